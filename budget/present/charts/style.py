"""What all charts share: colour by role, quiet axes, the language's signs, labels that keep apart."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args

import altair as alt

from budget.present.charts.apart import apart
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
LONG_DAYS = 75
"""A time axis of more days counts in months, a shorter one in weeks."""

PLAIN = Unit(1, 0, "")

Row = Mapping[str, object]


def colour() -> alt.Color:
    """The one colour scale: the field `role` of each row, drawn in the theme's colour of that role."""
    return alt.Color("role:N", scale=alt.Scale(domain=list(ROLES), range="category"), legend=None)


def role(name: Role) -> dict[str, str]:
    """The colour of a role where Vega allows an expression."""
    return {"expr": f"scale('color','{name}')"}


def data(rows: Iterable[Row]) -> alt.Chart:
    """Rows as a chart's own data; charts of a layer never share one table."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def moment(day: date) -> str:
    """A day as local midnight: without the time, browsers west of Greenwich would show the day before."""
    return datetime.combine(day, time()).isoformat()


def calendar_day(day: date) -> alt.DateTime:
    """A day in a domain or a list of ticks."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def unique(names: Sequence[str]) -> list[str]:
    """Names for rows: equal ones stay apart by invisible signs, since one name would be one row."""
    found: list[str] = []
    for name in names:
        while name in found:
            name += "\u200b"
        found.append(name)
    return found


def by_name(names: Sequence[str], field: str = "name", padding: float = 0.3) -> alt.Y:
    """Rows in the given order, named on the left; long names are cut on narrow screens."""
    axis = alt.Axis(
        title=None, ticks=False, domain=False, grid=False, labelPadding=6,
        labelLimit=alt.ExprRef("width < 280 ? 118 : 190"),
    )  # fmt: skip
    scale = alt.Scale(domain=list(names), paddingInner=padding, paddingOuter=padding / 2)
    return alt.Y(f"{field}:N", sort=None, axis=axis, scale=scale)


def number_axis(unit: Unit, signed: bool = False, grid: bool = True, **more: Any) -> alt.Axis:
    """A quiet axis of figures: four or five labels, trailing zeros dropped, zero without a sign."""
    figure = f",.{unit.digits}~f" if unit.digits else ",.0f"
    label = f"datum.value === 0 ? '0' : format(datum.value, '{'+' if signed else ''}{figure}')"
    return alt.Axis(title=None, ticks=False, domain=False, grid=grid, tickCount=5, labelExpr=label, **more)


def day_axis(start: date, end: date, grid: bool = False, long_days: int = LONG_DAYS) -> alt.Axis:
    """Ticks on the first of months, or on Mondays where the time is short; labels that would touch are left out."""
    return alt.Axis(
        title=None, ticks=False, domain=False, grid=grid, format="%-d %b", labelOverlap=True, labelFlush=False,
        values=[calendar_day(day) for day in ticks(start, end, long_days)],
    )  # fmt: skip


def ticks(start: date, end: date, long_days: int = LONG_DAYS) -> list[date]:
    """First days of months in [start, end] when it is long, else its Mondays."""
    days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    if len(days) > long_days:
        return [day for day in days if day.day == 1]
    return [day for day in days if day == week_of(day)]


def day_scale(start: date, end: date, room: float = 0.0) -> alt.Scale:
    """The time from start to end, and `room` times its length on the right for labels."""
    after = end + (end - start) * room
    return alt.Scale(domain=[calendar_day(start), calendar_day(after)], nice=False)


def figures(rows: Iterable[Row], y: alt.Y, x: alt.X) -> alt.Chart:
    """The column of figures: field `figure`, right-aligned at field `edge`."""
    marks = data(rows).mark_text(align="right", fontSize=FIGURE)
    column: alt.Chart = marks.encode(x=x, y=y, text=alt.Text("figure:N"), color=colour())
    return column


def end_labels(
    day: date, ends: Sequence[tuple[str, float, Role]], low: float, high: float, height: int, x: alt.X, y: alt.Y
) -> alt.Chart:
    """Names at the right ends of lines, each in its line's role, pushed apart."""
    places = apart([value for _, value, _ in ends], low, high, height)
    rows = [
        {"day": moment(day), "y": place, "text": text, "role": role_name}
        for (text, _, role_name), place in zip(ends, places, strict=True)
    ]
    marks = data(rows).mark_text(align="left", dx=6, fontSize=LABEL)
    labels: alt.Chart = marks.encode(x=x, y=y, text=alt.Text("text:N"), color=colour())
    return labels


def today_rule(day: date, word: str, x: alt.X) -> list[alt.Chart]:
    """A dotted line through the day, its word at the top."""
    rows = data([{"day": moment(day), "text": word, "role": "muted"}])
    rule = rows.mark_rule(strokeDash=[1, 2], strokeWidth=1.25).encode(x=x, color=colour())
    label = rows.mark_text(align="left", dx=4, fontSize=NOTE).encode(
        x=x, y=alt.value(6), text=alt.Text("text:N"), color=colour()
    )
    return [rule, label]


def reach(values: Iterable[float], zero: bool = False, above: float = 0.04, below: float = 0.04) -> tuple[float, float]:
    """The lowest and highest value with a little air, for an axis of which labels must know the length."""
    found = [*values, *([0.0] if zero else [])] or [0.0]
    low, high = min(found), max(found)
    size = (high - low) or max(abs(high), 1.0)
    floor, ceiling = zero and low == 0, zero and high == 0
    return low - (0 if floor else below * size), high + (0 if ceiling else above * size)


def finish(layers: Sequence[alt.Chart], numbers: Numbers, height: int, top: int = 4) -> alt.LayerChart:
    """Layers as one chart as wide as its place, in the language's signs; `height` holds axis and paddings."""
    chart: alt.LayerChart = (
        alt.LayerChart(layer=_settled(layers))
        .properties(height=height, width="container", padding={"left": 0, "right": 4, "top": top, "bottom": 4})
        .configure(locale=locale(numbers.lang))
        .configure_axis(
            labelColor=role("muted"), labelFontSize=LABEL, labelFlush=False, gridOpacity=0.75, labelFontWeight="normal"
        )
        .configure_view(stroke=None)
    )
    return chart


def _settled(layers: Sequence[alt.Chart]) -> list[alt.Chart]:
    """The same layers: what has nothing to say is silent under the pointer, instead of showing its raw fields.

    Only the first layer says the scale of time, since Vega-Lite cannot merge dates in domains.
    """
    said = False
    for chart in layers:
        if chart.encoding.tooltip is alt.Undefined:
            chart.encoding.tooltip = alt.TooltipValue(None)
        x = chart.encoding.x
        if isinstance(x, alt.X) and x.shorthand.endswith(":T") and isinstance(x.scale, alt.Scale):
            chart.encoding.x = alt.X(x.shorthand, axis=x.axis) if said else x
            said = True
    return list(layers)
