"""Today's split beside the proposed one, and what the next money brings before and after: one row a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import LABEL, PLAIN, Role, by_name, colour, finish, number_axis, reach, unique
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

ROW = 30
WORDS_ROOM = 0.22
"""The x axis is that much longer than the marks, so that the change can stand on the right."""


@dataclass(frozen=True)
class Move:
    """Money of one line today and as proposed, in major units."""

    name: str
    today: float
    proposed: float


@dataclass(frozen=True)
class Marginal:
    """What 100 more bring after their cost: the middle today, and 8 of 10 outcomes as proposed."""

    name: str
    before: float
    low: float
    mid: float
    high: float


def split(rows: Sequence[Move], numbers: Numbers, words: Words, unit: Unit = PLAIN, most: float | None = None) -> Spec:
    """Hollow: today; full: proposed; the change on the right of the larger. `most` ends the axis, in major units."""
    names = unique([row.name for row in rows])
    table = [_moved(name, row, numbers, words, unit) for name, row in zip(names, rows, strict=True)]
    _, top = reach((x / unit.divisor for row in rows for x in (row.today, row.proposed)), zero=True)
    if most is not None:
        top = most / unit.divisor
    scale = {"domain": [0, top * (1 + WORDS_ROOM)], "nice": False}
    y, x = by_name(names), field("today:Q", axis=number_axis(unit), scale=scale)
    tip, after = field("tip:N"), field("proposed:Q")
    hollow = [{**row, "role": "muted"} for row in table]
    return finish(
        [
            data(table)
            .mark("rule", strokeWidth=3, opacity=0.6)
            .encode(x=x, x2=field("proposed"), y=y, color=colour(), tooltip=tip),
            data(hollow).mark("point", size=80, strokeWidth=2, opacity=1).encode(x=x, y=y, color=colour(), tooltip=tip),
            data(table)
            .mark("point", size=90, filled=True, opacity=1)
            .encode(x=after, y=y, color=colour(), tooltip=tip),
            data([{**row, "role": "ink"} for row in table])
            .mark("text", align="left", dx=10, fontSize=LABEL)
            .encode(x=field("right:Q"), y=y, text=field("text:N"), color=colour()),
        ],
        numbers,
        ROW * len(rows) + 24,
    )


def _moved(name: str, row: Move, numbers: Numbers, words: Words, unit: Unit) -> dict[str, object]:
    today, proposed = row.today / unit.divisor, row.proposed / unit.divisor
    change = round(proposed - today, unit.digits)
    role: Role = "good" if change > 0 else "bad" if change < 0 else "neutral"
    text = numbers.signed(change, unit.digits) if change else words.say("same")
    written = numbers.decimal(today, unit.digits), numbers.decimal(proposed, unit.digits)
    ends: dict[str, object] = {"today": today, "proposed": proposed, "right": max(today, proposed)}
    return {"name": name, **ends, "role": role, "text": text, "tip": f"{name}: {written[0]} → {written[1]} ({text})"}


def marginals(rows: Sequence[Marginal], numbers: Numbers) -> Spec:
    """Bar: 8 of 10 outcomes after the move; hollow dot before, full dot after; zero in ink."""
    names = unique([row.name for row in rows])
    table = [_marginal(name, row, numbers) for name, row in zip(names, rows, strict=True)]
    low, high = reach((x for row in rows for x in (row.before, row.low, row.high)), zero=True)
    scale = {"domain": [low, high], "nice": False}
    y, x = by_name(names), field("low:Q", axis=number_axis(PLAIN, signed=True), scale=scale)
    tip, before, after = field("tip:N"), field("before:Q"), field("mid:Q")
    pale = [{**row, "role": "forecast"} for row in table]
    quiet = [{**row, "role": "muted"} for row in table]
    return finish(
        [
            data([{"low": 0, "role": "ink"}]).mark("rule", strokeWidth=1).encode(x=x, color=colour()),
            data(pale)
            .mark("bar", size=9, cornerRadius=4.5, opacity=0.35)
            .encode(x=x, x2=field("high"), y=y, color=colour(), tooltip=tip),
            data(quiet).mark("rule", strokeWidth=1.5).encode(x=before, x2=field("mid"), y=y, color=colour()),
            data(quiet)
            .mark("point", size=70, strokeWidth=1.75, opacity=1)
            .encode(x=before, y=y, color=colour(), tooltip=tip),
            data(table)
            .mark("point", size=80, filled=True, opacity=1)
            .encode(x=after, y=y, color=colour(), tooltip=tip),
        ],
        numbers,
        ROW * len(rows) + 24,
    )


def _marginal(name: str, row: Marginal, numbers: Numbers) -> dict[str, object]:
    span = numbers.span(numbers.signed(row.low), numbers.signed(row.high))
    tip = f"{name}: {numbers.signed(row.before)} → {numbers.signed(row.mid)} ({span})"
    ends: dict[str, object] = {"before": row.before, "low": row.low, "mid": row.mid, "high": row.high}
    return {"name": name, **ends, "role": "actual", "tip": tip}
