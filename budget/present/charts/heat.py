"""A table of figures that are darker the higher they are, among those of one denominator."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Spec, data, expr, field
from budget.present.charts.style import FIGURE, LABEL, by_name, colour, finish
from budget.present.numbers import Numbers

ROW, HEAD = 30, 38
BREAK = ", "
"""A column's name goes on below where it says more."""
PALEST, DARKEST = 0.08, 0.5
"""Opacities of the lowest and the highest figure: ink stays readable on both, in either scheme."""
BREAK = ", "
"""A column's name goes on below where it says more."""
HIGHEST = 2.4
"""The ramp ends that far above the highest value, so that figures stay readable on it."""


@dataclass(frozen=True)
class Heat:
    """A cell: its row and column, its figure as text, how dark it is (0 to 1), what the pointer says."""

    row: str
    column: str
    figure: str
    shade: float
    tip: str


def heat(cells: Sequence[Heat], rows: Sequence[str], columns: Sequence[str], numbers: Numbers) -> Spec:
    """Rows by columns in the given order; what is missing is an empty place."""
    table = [
        {
            "name": one.row, "column": one.column, "figure": one.figure, "tip": one.tip, "role": "actual",
            "shade": PALEST + (DARKEST - PALEST) * one.shade,
        }
        for one in cells
    ]  # fmt: skip
    deep = any(BREAK in column for column in columns)
    axis = {
        "orient": "top", "title": None, "ticks": False, "domain": False, "labelAngle": 0,
        "labelPadding": HEAD - 16 if deep else 6, "labelFontSize": LABEL, "labelExpr": f"split(datum.label, '{BREAK}')",
        "labelLimit": expr(f"max(width / {max(len(columns), 1)} - 6, 40)"),
    }  # fmt: skip
    x = field("column:N", sort=None, axis=axis, scale={"domain": list(columns), "paddingInner": 0.03})
    y = by_name(list(rows), 0.12)
    opacity = field("shade:Q", scale=None, legend=None)
    squares = data(table).mark("rect", cornerRadius=2)
    drawn = squares.encode(x=x, y=y, color=colour(), opacity=opacity, tooltip=field("tip:N"))
    written = data([{**row, "role": "ink"} for row in table]).mark("text", fontSize=FIGURE)
    text = written.encode(x=x, y=y, text=field("figure:N"), color=colour())
    return finish([drawn, text], numbers, ROW * len(rows) + HEAD)
