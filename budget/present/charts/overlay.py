"""Several ranges over time laid over each other, each with its middle and its name at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import Band, band, hints, line, points, scaled
from budget.present.charts.style import (
    PLAIN,
    Role,
    colour,
    day_axis,
    day_scale,
    end_labels,
    finish,
    moment,
    number_axis,
    reach,
)
from budget.present.numbers import Numbers, Unit

HEIGHT = 280
ROOM = 0.6
COLOURS: tuple[Role, ...] = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8")
OPACITY = 0.36
"""Of one band alone; several share it, so that the lowest is still seen."""


@dataclass(frozen=True, eq=False)
class Overlaid:
    """One range over time in major units; `name` of two words at most, since it stands beside the line's end."""

    name: str
    days: tuple[date, ...]
    outcomes: Band


def role_of(place: int) -> Role:
    """The colour of the plan at this place; the ninth and later are neutral."""
    return COLOURS[place] if place < len(COLOURS) else "neutral"


def overlay(shown: Sequence[Overlaid], numbers: Numbers, unit: Unit = PLAIN) -> Spec:
    """Bands of 8 of 10 outcomes below dotted middles; names and last middles in ink at the right ends."""
    sides = [[scaled(side, unit.divisor) for side in (x.outcomes.low, x.outcomes.mid, x.outcomes.high)] for x in shown]
    start, end = min(x.days[0] for x in shown), max(x.days[-1] for x in shown)
    floor, ceiling = reach([x for side in sides for values in side for x in values])
    x = field("day:T", axis=day_axis(start, end), scale=day_scale(start, end, ROOM))
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [floor, ceiling], "nice": False, "zero": False})
    opacity = max(OPACITY / len(shown), 0.08)
    layers: list[Spec] = [_zero(y)] if floor < 0 < ceiling else []
    layers += [
        band(one.days, low, high, role_of(at), x, y, opacity)
        for at, (one, (low, _, high)) in enumerate(zip(shown, sides, strict=True))
    ]
    for at, (one, (_, mid, _)) in enumerate(zip(shown, sides, strict=True)):
        layers += [line(points(one.days, mid, role_of(at)), x, y, 2), _end(one.days[-1], mid[-1], role_of(at), x, y)]
    ends: list[tuple[str, float, Role]] = [
        (f"{one.name} {numbers.decimal(mid[-1], unit.digits)}", mid[-1], "ink")
        for one, (_, mid, _) in zip(shown, sides, strict=True)
    ]
    layers.append(end_labels(end, ends, floor, ceiling, HEIGHT, x, y))
    for one, (low, mid, high) in zip(shown, sides, strict=True):
        layers.append(hints(one.days, mid, _tips(one, low, mid, high, numbers, unit), x, y))
    return finish(layers, numbers, HEIGHT)


def _zero(y: Spec) -> Spec:
    return data([{"y": 0, "role": "ink"}]).mark("rule", strokeWidth=1).encode(y=y, color=colour())


def _end(day: date, value: float, role: Role, x: Spec, y: Spec) -> Spec:
    dot = data([{"day": moment(day), "y": value, "role": role}]).mark("point", size=50, filled=True, opacity=1)
    return dot.encode(x=x, y=y, color=colour())


def _tips(
    of: Overlaid, low: Sequence[float], mid: Sequence[float], high: Sequence[float], numbers: Numbers, unit: Unit
) -> list[str]:
    found = []
    for day, *values in zip(of.days, low, mid, high, strict=True):
        bottom, middle, top = (numbers.decimal(value, unit.digits) for value in values)
        found.append(f"{of.name}, {numbers.date_short(day)}: {middle} ({numbers.span(bottom, top)})")
    return found
