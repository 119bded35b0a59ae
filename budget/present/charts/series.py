"""Marks of charts over time: lines, bands and what one reads when pointing at them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from budget.present.charts.marks import Row, Spec, data, field
from budget.present.charts.style import PALE, Role, colour, moment

EARLY_DASH = (3, 3)


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


def line(
    rows: Sequence[Row], x: Spec, y: Spec, width: float, dash: Sequence[int] = (), opacity: float | None = None
) -> Spec:
    """A line: solid, or with the given dashes."""
    more = {} if opacity is None else {"opacity": opacity}
    marks = data(rows).mark("line", strokeWidth=width, strokeDash=list(dash), strokeCap="round", clip=True, **more)
    return marks.encode(x=x, y=y, color=colour())


def happened(
    days: Sequence[date], values: Sequence[float], x: Spec, y: Spec, *, early: int = 0, width: float = 2.75
) -> list[Spec]:
    """What happened as a solid line; its last `early` points, for which figures still arrive, pale and dashed."""
    settled = max(len(days) - early, 0)
    layers = [line(points(days[:settled], values[:settled], "actual"), x, y, width)] if settled else []
    if early and days:
        start = max(settled - 1, 0)
        layers.append(line(points(days[start:], values[start:], "actual"), x, y, width, EARLY_DASH, PALE))
    return layers


def band(
    days: Sequence[date], low: Sequence[float], high: Sequence[float], role: Role, x: Spec, y: Spec, opacity: float
) -> Spec:
    """An area from low to high."""
    rows = [
        {"day": moment(day), "y": bottom, "top": top, "role": role}
        for day, bottom, top in zip(days, low, high, strict=True)
    ]
    marks = data(rows).mark("area", opacity=opacity, clip=True)
    return marks.encode(x=x, y=y, y2=field("top"), color=colour())


def hints(days: Sequence[date], values: Sequence[float], tips: Sequence[str], x: Spec, y: Spec) -> Spec:
    """Unseen points that say day, value and range under the pointer."""
    rows = [
        {"day": moment(day), "y": value, "tip": tip, "role": "ink"}
        for day, value, tip in zip(days, values, tips, strict=True)
    ]
    marks = data(rows).mark("point", size=260, filled=True, opacity=0)
    return marks.encode(x=x, y=y, color=colour(), tooltip=field("tip:N"))
