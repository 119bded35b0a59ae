"""Native charts of a pack, drawn from cells of its tables: lines over time, bars beside each other, rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from budget.reports.pack_looks import (
    ACTUAL,
    BAD,
    FORECAST,
    GOOD,
    INK,
    NEUTRAL,
    PLAN,
    PackLooks,
    number_format,
)
from budget.reports.pack_sheet import Sheet
from budget.reports.plan_looks import MUTED, RULE

COLOURS: Mapping[str, str] = {
    "plan": PLAN, "actual": ACTUAL, "forecast": FORECAST, "good": GOOD, "bad": BAD, "neutral": NEUTRAL, "ink": INK,
}  # fmt: skip
SMALL, USUAL = 9, 10
Dash = Literal["solid", "dash", "round_dot"]
FAN: Sequence[tuple[str, Dash, float]] = (
    ("plan", "dash", 1.75), ("actual", "solid", 2.75), ("actual", "round_dot", 1.75),
    ("forecast", "solid", 1.0), ("forecast", "solid", 1.0),
)  # fmt: skip
"""How the columns after the first are drawn where a plan, what came, and what is to come with its range run in days."""
Maker = Callable[[], Any]
"""Makes a chart anew: each stands in one place only."""


@dataclass(frozen=True)
class Series:
    """One series of a chart: cells of its name and its values, its role's colour, and how a line is drawn."""

    name: str
    values: str
    role: str
    dash: Dash = "solid"
    width: float = 2.25


def fan(sheet: Sheet, looks: PackLooks, first: int, last: int) -> Any:
    """Plan, what came and what is to come of a table's rows, over the days in its first column."""
    series = [
        Series(sheet.at(first - 1, place), sheet.span(first, last, place), role, dash, width)
        for place, (role, dash, width) in enumerate(FAN, 1)
    ]
    return lines(looks, sheet.book, sheet.span(first, last, 0), series)


def lines(looks: PackLooks, book: Any, over: str, series: Sequence[Series], *, kind: str = "count") -> Any:
    """Lines over the days in the cells `over`."""
    chart = book.add_chart({"type": "line"})
    for one in series:
        line = {"color": COLOURS[one.role], "width": one.width, "dash_type": one.dash}
        chart.add_series({"name": "=" + one.name, "categories": "=" + over, "values": "=" + one.values, "line": line})
    short = number_format("day", looks.words.lang).replace(" yyyy", "")
    chart.set_x_axis({
        "date_axis": True, "num_format": short, "num_font": _font(), "label_position": "low", "line": _rule(),
        "major_unit": 14, "major_unit_type": "days", "major_tick_mark": "none", "minor_tick_mark": "none",
    })  # fmt: skip
    _values(chart, looks, kind)
    _frame(chart)
    return chart


def columns(
    looks: PackLooks, book: Any, over: str, series: Sequence[Series], *, kind: str = "count", early: Sequence[bool] = ()
) -> Any:
    """Columns beside each other over the days in the cells `over`; those that are `early` are pale on the last one."""
    chart = book.add_chart({"type": "column"})
    for one in series:
        pale = {"points": [_pale(one.role) if each else None for each in early]} if one is series[-1] else {}
        chart.add_series({
            "name": "=" + one.name, "categories": "=" + over, "values": "=" + one.values,
            "fill": {"color": COLOURS[one.role]}, "gap": 60, "overlap": -5, **(pale if any(early) else {}),
        })  # fmt: skip
    short = number_format("day", looks.words.lang).replace(" yyyy", "")
    chart.set_x_axis({"num_format": short, "num_font": _font(), "label_position": "low", "line": _rule(),
                      "text_axis": True, "major_tick_mark": "none"})  # fmt: skip
    _values(chart, looks, kind)
    _frame(chart)
    return chart


def scatter(looks: PackLooks, book: Any, over: str, series: Sequence[Series], *, kind: str = "count") -> Any:
    """Lines over the amounts in the cells `over`."""
    chart = book.add_chart({"type": "scatter", "subtype": "straight"})
    for one in series:
        line = {"color": COLOURS[one.role], "width": one.width, "dash_type": one.dash}
        chart.add_series({"name": "=" + one.name, "categories": "=" + over, "values": "=" + one.values, "line": line,
                          "marker": {"type": "none"}})  # fmt: skip
    form = number_format(kind, looks.words.lang)
    chart.set_x_axis({"num_format": form, "num_font": _font(), "label_position": "low", "line": _rule(),
                      "major_gridlines": {"visible": False}})  # fmt: skip
    _values(chart, looks, kind)
    _frame(chart)
    return chart


def rows(book: Any, over: str, series: Sequence[Mapping[str, Any]], *, gap: int = 35) -> Any:
    """Bars of named rows, the first on top; what stands in one row is stacked. The names hold the figures."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for one in series:
        chart.add_series({"categories": "=" + over, "gap": gap, **one})
    chart.set_y_axis({"reverse": True, "label_position": "low", "line": _rule(), "major_tick_mark": "none",
                      "num_font": _font(USUAL)})  # fmt: skip
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _pale(role: str) -> dict[str, Any]:
    """A point whose figure is not final: pale inside a dashed edge."""
    colour = COLOURS[role]
    return {"fill": {"color": colour, "transparency": 65}, "border": {"color": colour, "dash_type": "dash"}}


def _values(chart: Any, looks: PackLooks, kind: str) -> None:
    grid = {"visible": True, "line": {"color": RULE, "width": 0.5}}
    form = number_format(kind, looks.words.lang)
    most = {"max": 1} if kind == "share" else {}
    chart.set_y_axis({"num_format": form, "num_font": _font(), "line": {"none": True}, "major_gridlines": grid,
                      "major_tick_mark": "none", **most})  # fmt: skip


def _frame(chart: Any) -> None:
    chart.set_legend({"position": "top", "font": _font()})
    chart.set_chartarea({"border": {"none": True}})
    chart.show_blanks_as("gap")


def _font(size: int = SMALL) -> dict[str, Any]:
    return {"size": size, "color": MUTED}


def _rule() -> dict[str, Any]:
    return {"color": MUTED, "width": 0.75}
