"""What all charts share: colour by role, quiet axes, the language's signs, labels that keep apart."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args

from budget.present.charts.apart import apart
from budget.present.charts.marks import Row, Spec, data, expr, field, value
from budget.present.charts.signs import locale
from budget.present.numbers import Numbers, Unit
from budget.present.words import N_
from budget.weeks import week_of

Role = Literal[
    "actual", "plan", "forecast", "good", "bad", "neutral", "ink", "muted", "grid",
    "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
"""The theme's categorical palette in its order: the browser picks the colours of its scheme."""

LABEL, FIGURE, NOTE = 12, 12.5, 11
ROW = 26
TODAY = N_("today")
DATA_END = N_("last data")
PALE = 0.45
"""Opacity of what is not complete yet: Vega-Lite has no hatching."""
LONG_DAYS = 75
"""A time axis of more days counts in months, a shorter one in weeks."""

PLAIN = Unit(1, 0, "")


def colour() -> Spec:
    """The one colour scale: the field `role` of each row, drawn in the theme's colour of that role."""
    return field("role:N", scale={"domain": list(ROLES), "range": "category"}, legend=None)


def role(name: Role) -> Spec:
    """The colour of a role where Vega allows an expression."""
    return expr(f"scale('color','{name}')")


def moment(day: date) -> str:
    """A day as local midnight: without the time, browsers west of Greenwich would show the day before."""
    return datetime.combine(day, time()).isoformat()


def calendar_day(day: date) -> Spec:
    """A day in a domain or a list of ticks."""
    return {"year": day.year, "month": day.month, "date": day.day}


def unique(names: Sequence[str]) -> list[str]:
    """Names for rows: equal ones stay apart by invisible signs, since one name would be one row."""
    found: list[str] = []
    for name in names:
        while name in found:
            name += "\u200b"
        found.append(name)
    return found


def by_name(names: Sequence[str], padding: float = 0.3) -> Spec:
    """Rows in the given order, named on the left; long names are cut on narrow screens."""
    axis = {
        "title": None,
        "ticks": False,
        "domain": False,
        "grid": False,
        "labelPadding": 6,
        "labelLimit": expr("width < 280 ? 118 : 190"),
    }
    scale = {"domain": list(names), "paddingInner": padding, "paddingOuter": padding / 2}
    return field("name:N", sort=None, axis=axis, scale=scale)


def number_axis(unit: Unit, signed: bool = False, grid: bool = True, **more: Any) -> Spec:
    """A quiet axis of figures: four or five labels, trailing zeros dropped, zero without a sign."""
    figure = f",.{unit.digits}~f" if unit.digits else ",.0f"
    label = f"datum.value === 0 ? '0' : format(datum.value, '{'+' if signed else ''}{figure}')"
    return dict(title=None, ticks=False, domain=False, grid=grid, tickCount=5, labelExpr=label, **more)


def day_axis(start: date, end: date, grid: bool = False, long_days: int = LONG_DAYS) -> Spec:
    """Ticks on the first of months, or on Mondays where the time is short; labels that would touch are left out."""
    return {
        "title": None,
        "ticks": False,
        "domain": False,
        "grid": grid,
        "format": "%-d %b",
        "labelOverlap": True,
        "labelFlush": False,
        "values": [calendar_day(day) for day in ticks(start, end, long_days)],
    }


def ticks(start: date, end: date, long_days: int = LONG_DAYS) -> list[date]:
    """First days of months in [start, end] when it is long, else its Mondays."""
    days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    if len(days) > long_days:
        return [day for day in days if day.day == 1]
    return [day for day in days if day == week_of(day)]


def day_scale(start: date, end: date, room: float = 0.0) -> Spec:
    """The time from start to end, and `room` times its length on the right for labels."""
    after = end + (end - start) * room
    return {"domain": [calendar_day(start), calendar_day(after)], "nice": False}


def figures(rows: Iterable[Row], y: Spec, x: Spec) -> Spec:
    """The column of figures: field `figure`, right-aligned at field `edge`."""
    marks = data(rows).mark("text", align="right", fontSize=FIGURE)
    return marks.encode(x=x, y=y, text=field("figure:N"), color=colour())


def end_labels(
    day: date, ends: Sequence[tuple[str, float, Role]], low: float, high: float, height: int, x: Spec, y: Spec
) -> Spec:
    """Names at the right ends of lines, each in its line's role, pushed apart."""
    places = apart([at for _, at, _ in ends], low, high, height)
    rows = [
        {"day": moment(day), "y": place, "text": text, "role": role_name}
        for (text, _, role_name), place in zip(ends, places, strict=True)
    ]
    marks = data(rows).mark("text", align="left", dx=6, fontSize=LABEL)
    return marks.encode(x=x, y=y, text=field("text:N"), color=colour())


def today_rule(day: date, word: str, x: Spec) -> list[Spec]:
    """A dotted line through the day, its word at the top where there is room."""
    rows = data([{"day": moment(day), "text": word, "role": "muted"}])
    rule = rows.mark("rule", strokeDash=[1, 2], strokeWidth=1.25).encode(x=x, color=colour())
    label = rows.mark("text", align="left", dx=4, fontSize=NOTE, opacity=expr("width < 420 ? 0 : 1")).encode(
        x=x, y=value(6), text=field("text:N"), color=colour()
    )
    return [rule, label]


def reach(values: Iterable[float], zero: bool = False, above: float = 0.04, below: float = 0.04) -> tuple[float, float]:
    """The lowest and highest value with a little air, for an axis of which labels must know the length."""
    found = [*values, *([0.0] if zero else [])] or [0.0]
    low, high = min(found), max(found)
    size = (high - low) or max(abs(high), 1.0)
    floor, ceiling = zero and low == 0, zero and high == 0
    return low - (0 if floor else below * size), high + (0 if ceiling else above * size)


def finish(layers: Sequence[Spec], numbers: Numbers, height: int, top: int = 4) -> Spec:
    """Layers as one chart as wide as its place, in the language's signs; `height` holds axis and paddings."""
    axis = {"labelColor": role("muted"), "labelFontSize": LABEL, "labelFontWeight": "normal", "labelFlush": False}
    return {
        "layer": _timed(layers),
        "height": height,
        "width": "container",
        "padding": {"left": 0, "right": 4, "top": top, "bottom": 4},
        "config": {
            "locale": locale(numbers.lang),
            "axis": {**axis, "gridOpacity": 0.75},
            "view": {"stroke": None},
        },
    }


def _timed(layers: Sequence[Spec]) -> list[Spec]:
    """The same layers; only the first says the scale of time, since Vega-Lite cannot merge dates in domains."""
    found, said = [], False
    for layer in layers:
        x = layer["encoding"].get("x", {})
        timed = x.get("type") == "temporal" and "scale" in x
        if timed and said:
            rest = {name: part for name, part in x.items() if name != "scale"}
            layer = {**layer, "encoding": {**layer["encoding"], "x": rest}}
        found.append(layer)
        said = said or timed
    return found
