"""Marks of charts over time: lines, bands and what one reads when pointing at them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

import altair as alt

from budget.present.charts.style import Role, Row, colour, data, moment


class Band(Protocol):
    """8 of 10 outcomes and their middle over time, in major units."""

    @property
    def low(self) -> Iterable[float]:
        """10 % points."""

    @property
    def mid(self) -> Iterable[float]:
        """Middle."""

    @property
    def high(self) -> Iterable[float]:
        """90 % points."""


def scaled(values: Iterable[float], divisor: float) -> list[float]:
    """Plain floats in the chart's unit."""
    return [float(value) / divisor for value in values]


def points(days: Sequence[date], values: Sequence[float], role: Role) -> list[Row]:
    """Rows of one line."""
    return [{"day": moment(day), "y": value, "role": role} for day, value in zip(days, values, strict=True)]


def line(rows: Sequence[Row], x: alt.X, y: alt.Y, width: float, dash: Sequence[int] = ()) -> alt.Chart:
    """A line: solid, or with the given dashes."""
    marks = data(rows).mark_line(strokeWidth=width, strokeDash=list(dash), strokeCap="round", clip=True)
    drawn: alt.Chart = marks.encode(x=x, y=y, color=colour())
    return drawn


def band(
    days: Sequence[date], low: Sequence[float], high: Sequence[float], role: Role, x: alt.X, y: alt.Y, opacity: float
) -> alt.Chart:
    """An area from low to high."""
    rows = [
        {"day": moment(day), "y": bottom, "top": top, "role": role}
        for day, bottom, top in zip(days, low, high, strict=True)
    ]
    marks = data(rows).mark_area(opacity=opacity, clip=True)
    drawn: alt.Chart = marks.encode(x=x, y=y, y2=alt.Y2("top:Q"), color=colour())
    return drawn


def hints(days: Sequence[date], values: Sequence[float], tips: Sequence[str], x: alt.X, y: alt.Y) -> alt.Chart:
    """Unseen points that say day, value and range under the pointer."""
    rows = [
        {"day": moment(day), "y": value, "tip": tip, "role": "ink"}
        for day, value, tip in zip(days, values, tips, strict=True)
    ]
    marks = data(rows).mark_point(size=260, filled=True, opacity=0)
    drawn: alt.Chart = marks.encode(x=x, y=y, color=colour(), tooltip=alt.Tooltip("tip:N"))
    return drawn
