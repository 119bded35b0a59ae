"""A P&L as rows: each bar begins where the one before ended, totals begin at zero, the figures stand in a column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budget.money import major
from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import ROW, Role, by_name, colour, figures, finish, number_axis, unique
from budget.present.numbers import Numbers, Unit

BAR = 14
FIGURES_ROOM = 0.3
"""The x axis is that much longer than the bars, so that the column of figures is free."""


@dataclass(frozen=True)
class Step:
    """One row: a signed change, or with `total` the level reached so far."""

    name: str
    amount_micros: int
    total: bool = False


@dataclass(frozen=True)
class Bar:
    """A row as drawn: from `start_micros` to `end_micros`; a total starts at 0."""

    name: str
    start_micros: int
    end_micros: int
    role: Role
    figure: str


def bars(
    steps: Sequence[Step], numbers: Numbers, digits: int = 0, totals: Role = "actual", *, judged: bool = True
) -> tuple[Bar, ...]:
    """The rows behind the chart; they add up exactly. Not `judged`: the last total is neither good nor bad.

    A total that is not the sum of the steps before it: `ValueError`.
    """
    running = 0
    found: list[Bar] = []
    for name, step in zip(unique([step.name for step in steps]), steps, strict=True):
        if step.total and found and step.amount_micros != running:
            raise ValueError(
                f"waterfall: found {step.name} {step.amount_micros}, expected {running} as the steps add up"
            )
        start, end = (0, step.amount_micros) if step.total else (running, running + step.amount_micros)
        running = end
        last = len(found) == len(steps) - 1
        role: Role = (
            ("good" if end >= 0 else "bad") if last and step.total and judged else totals if step.total else "neutral"
        )
        found.append(Bar(name, start, end, role, numbers.decimal(major(step.amount_micros), digits)))
    return tuple(found)


def waterfall(
    steps: Sequence[Step], numbers: Numbers, digits: int = 0, totals: Role = "actual", *, judged: bool = True
) -> Spec:
    """The waterfall of steps in display order; `totals="plan"` where all figures are assumptions."""
    rows = bars(steps, numbers, digits, totals, judged=judged)
    low, high = ends(rows)
    scale = {"domain": [min(low, 0), max(high, 0) + FIGURES_ROOM * ((max(high, 0) - min(low, 0)) or 1)], "nice": False}
    return draw(rows, numbers, scale, zero=True)


def ends(rows: Iterable[Bar]) -> tuple[float, float]:
    """The lowest and the highest end of any bar and zero, in major units."""
    levels = [0.0, *(major(level) for row in rows for level in (row.start_micros, row.end_micros))]
    return min(levels), max(levels)


def draw(rows: Sequence[Bar], numbers: Numbers, scale: Spec, *, zero: bool, extra: Sequence[Spec] = ()) -> Spec:
    """Bars, connectors and the column of figures on a given scale."""
    y = by_name([row.name for row in rows])
    axis = number_axis(Unit(1, 0, ""), grid=False, labels=False)
    x = field("start:Q", axis=axis, scale=scale)
    marks = (
        data(_bar_rows(rows))
        .mark("bar", size=BAR)
        .encode(x=x, x2=field("end"), y=y, color=colour(), tooltip=field("tip:N"))
    )
    joins = data(_joins(rows)).mark("rule", strokeWidth=1).encode(x=x, y=y, y2=field("next"), color=colour())
    column = figures(
        [{"name": row.name, "start": scale["domain"][1], "figure": row.figure, "role": "ink"} for row in rows], y, x
    )
    layers: list[Spec] = [joins, marks, *extra, column]
    if zero:
        layers.append(data([{"start": 0, "role": "muted"}]).mark("rule", strokeWidth=1).encode(x=x, color=colour()))
    return finish(layers, numbers, ROW * len(rows))


def _bar_rows(rows: Iterable[Bar]) -> list[dict[str, object]]:
    return [
        {
            "name": row.name,
            "start": major(row.start_micros),
            "end": major(row.end_micros),
            "role": row.role,
            "tip": f"{row.name}: {row.figure}",
        }
        for row in rows
    ]


def _joins(rows: Sequence[Bar]) -> list[dict[str, object]]:
    """From each bar's end down through the row below."""
    return [
        {"name": row.name, "next": below.name, "start": major(row.end_micros), "role": "muted"}
        for row, below in pairwise(rows)
    ]
