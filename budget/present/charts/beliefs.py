"""What was believed beside what the data say: two ranges a row, on a scale that grows by factors where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from budget.present.charts.marks import Row, Spec, data, field
from budget.present.charts.style import NOTE, Role, by_name, colour, figures, finish, number_axis, unique
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

ROW_HEIGHT = 38
OFFSET = 6
FIGURES_ROOM = 0.56
FACTORS_FROM = 12.0
"""From a largest value that many times the smallest on, equal steps of the axis are equal factors."""


@dataclass(frozen=True)
class Belief:
    """One row: low, middle and high (all > 0) before and after the data; `after` None where the data do not tell.

    `figure` stands at the right end; `tip_before` and `tip_after` are finished texts.
    """

    name: str
    before: tuple[float, float, float]
    after: tuple[float, float, float] | None
    figure: str
    tip_before: str
    tip_after: str = ""


def by_factors(rows: Sequence[Belief]) -> bool:
    """Whether the rows are so far apart that the axis counts in factors."""
    found = _values(rows)
    return bool(found) and max(found) > FACTORS_FROM * min(found)


def beliefs(rows: Sequence[Belief], numbers: Numbers, words: Words) -> Spec:
    """Plan above, data below, a dot in the middle of each; the roomiest row says which is which."""
    names = unique([row.name for row in rows])
    scale, axis, edge = _axis(rows)
    x = field("low:Q", axis=axis, scale=scale)
    y = by_name(names, padding=0.15)
    sides: list[tuple[Role, int, list[Row]]] = [("plan", -OFFSET, []), ("actual", OFFSET, [])]
    for name, row in zip(names, rows, strict=True):
        for side, ends, tip in ((0, row.before, row.tip_before), (1, row.after, row.tip_after)):
            if ends:
                low, mid, high = ends
                sides[side][2].append(
                    {"name": name, "low": low, "mid": mid, "high": high, "role": sides[side][0], "tip": tip}
                )
    layers = [layer for _, offset, drawn in sides if drawn for layer in _ranges(drawn, offset, x, y)]
    ends_at = [{"name": n, "low": edge, "role": "ink", "figure": r.figure} for n, r in zip(names, rows, strict=True)]
    layers += [figures(ends_at, y, x), *_named(rows, names, words, x, y)]
    return finish(layers, numbers, ROW_HEIGHT * len(rows) + 24)


def _values(rows: Sequence[Belief]) -> list[float]:
    return [x for row in rows for ends in (row.before, row.after) if ends for x in ends if x > 0]


def _axis(rows: Sequence[Belief]) -> tuple[Spec, Spec, float]:
    """Scale and axis, and where the figures end; finer figures where the values are small."""
    found = _values(rows) or [1.0]
    low, high = min(found), max(found)
    if by_factors(rows):
        start = low * 0.9
        edge = high * (high / start) ** FIGURES_ROOM
        ticks = _round_numbers(start, high * 1.05)
        axis = number_axis(_unit(ticks[0]), values=ticks)
        return {"type": "log", "domain": [start, edge], "nice": False}, axis, edge
    edge = high * (1 + FIGURES_ROOM)
    return {"type": "linear", "domain": [0, edge], "nice": False}, number_axis(_unit(high / 5)), edge


def _unit(step: float) -> Unit:
    """As many decimals as a step of the axis needs, at most four."""
    return Unit(1, min(max(0, -floor(log10(max(step, 1e-9)))), 4), "")


def _round_numbers(low: float, high: float) -> list[float]:
    """1, 2, 5 of each power of ten inside; only the powers and fives where these would be many."""
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 5), (1,)):
        found = [float(f"{step}e{power}") for power in powers for step in steps if low <= step * 10.0**power <= high]
        if len(found) <= 6:
            break
    return found or [low]


def _ranges(drawn: Sequence[Row], offset: int, x: Spec, y: Spec) -> list[Spec]:
    tip = field("tip:N")
    bar = data(drawn).mark("bar", size=8, cornerRadius=4, opacity=0.38, yOffset=offset)
    dot = data(drawn).mark("point", size=64, filled=True, opacity=1, yOffset=offset)
    middle = x | {"field": "mid"}
    return [
        bar.encode(x=x, x2=field("high"), y=y, color=colour(), tooltip=tip),
        dot.encode(x=middle, y=y, color=colour(), tooltip=tip),
    ]


def _named(rows: Sequence[Belief], names: Sequence[str], words: Words, x: Spec, y: Spec) -> list[Spec]:
    """The words of the two colours, right of the bars of the row that leaves most room."""
    both = [i for i, row in enumerate(rows) if row.after]
    if not both:
        return []
    at = min(both, key=lambda i: max(rows[i].before[2], (rows[i].after or rows[i].before)[2]))
    after = rows[at].after or rows[at].before
    layers = []
    sides: tuple[tuple[Role, str, float, int], ...] = (
        ("plan", words.say("assumed"), rows[at].before[2], -OFFSET),
        ("actual", words.say("your data"), after[2], OFFSET),
    )
    for role_name, text, end, offset in sides:
        row = data([{"name": names[at], "low": end, "text": text, "role": role_name}])
        mark = row.mark("text", align="left", dx=8, fontSize=NOTE, yOffset=offset)
        layers.append(mark.encode(x=x, y=y, text=field("text:N"), color=colour()))
    return layers
