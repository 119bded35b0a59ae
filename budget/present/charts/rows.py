"""Results in rows: plain bars from zero, or ranges of 8 of 10 outcomes with a dot in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import PLAIN, Role, by_name, colour, figures, finish, number_axis, reach, unique
from budget.present.numbers import Numbers, Unit

BAR_ROW, RANGE_ROW = 30, 26
FIGURES_ROOM, NOTES_ROOM = 0.26, 0.44
"""The x axis is that much longer than the marks, so that the column of figures is free."""


@dataclass(frozen=True)
class Result:
    """One bar from zero, in major units."""

    name: str
    value: float
    role: Role = "actual"


@dataclass(frozen=True)
class Range:
    """8 of 10 outcomes and their middle, in major units. `good` or `bad` only when the whole range lies on one side.

    `note` stands behind the figure.
    """

    name: str
    low: float
    mid: float
    high: float
    role: Role = "actual"
    note: str = ""


def results(rows: Sequence[Result], numbers: Numbers, unit: Unit = PLAIN) -> Spec:
    """Bars from zero with their figures; for the three results in roles plan, forecast, actual."""
    names, shown = unique([row.name for row in rows]), [row.value / unit.divisor for row in rows]
    low, high = min(0.0, *shown), max(0.0, *shown)
    edge = high + FIGURES_ROOM * ((high - low) or 1)
    scale = {"domain": [low, edge], "nice": False}
    x = field("value:Q", axis=number_axis(unit, grid=False, labels=False), scale=scale)
    y = by_name(names)
    table = [
        {"name": name, "value": value, "zero": 0, "role": row.role, "figure": numbers.decimal(value, unit.digits)}
        for name, value, row in zip(names, shown, rows, strict=True)
    ]
    marks = data([{**row, "tip": f"{row['name']}: {row['figure']}"} for row in table]).mark("bar", size=16)
    bars = marks.encode(x=x, x2=field("zero"), y=y, color=colour(), tooltip=field("tip:N"))
    column = figures([{**row, "value": edge, "role": "ink"} for row in table], y, x)
    zero = data([{"value": 0, "role": "muted"}]).mark("rule", strokeWidth=1).encode(x=x, color=colour())
    return finish([bars, column, *([zero] if low < 0 else [])], numbers, BAR_ROW * len(rows))


def ranges(rows: Sequence[Range], numbers: Numbers, unit: Unit = PLAIN, signed: bool = False) -> Spec:
    """Range bars with dots around zero and the middle in the figure column."""
    names = unique([row.name for row in rows])
    low, high = reach((x / unit.divisor for row in rows for x in (row.low, row.high)), zero=True)
    edge = high + (NOTES_ROOM if any(row.note for row in rows) else FIGURES_ROOM) * (high - low)
    y = by_name(names)
    x = field("low:Q", axis=number_axis(unit, signed), scale={"domain": [low, edge], "nice": False})
    middle, end = field("mid:Q"), field("high")
    table = [_drawn(name, row, numbers, unit, signed) for name, row in zip(names, rows, strict=True)]
    band = data(table).mark("bar", size=9, cornerRadius=4.5, opacity=0.35)
    dots = data(table).mark("point", size=70, filled=True, opacity=1)
    tip = field("tip:N")
    layers = [
        data([{"low": 0, "role": "ink"}]).mark("rule", strokeWidth=1).encode(x=x, color=colour()),
        band.encode(x=x, x2=end, y=y, color=colour(), tooltip=tip),
        dots.encode(x=middle, y=y, color=colour(), tooltip=tip),
        figures([{**row, "low": edge, "role": "ink"} for row in table], y, x),
    ]
    return finish(layers, numbers, RANGE_ROW * len(rows) + 24)


def _drawn(name: str, row: Range, numbers: Numbers, unit: Unit, signed: bool) -> dict[str, object]:
    write = numbers.signed if signed else numbers.decimal
    low, mid, high = (x / unit.divisor for x in (row.low, row.mid, row.high))
    figure = write(mid, unit.digits)
    span = numbers.span(write(low, unit.digits), write(high, unit.digits))
    ends: dict[str, object] = {"low": low, "mid": mid, "high": high}
    shown = f"{figure} · {row.note}" if row.note else figure
    return {"name": name, **ends, "role": row.role, "figure": shown, "tip": f"{name}: {figure} ({span})"}
