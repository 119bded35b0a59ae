"""All sales by week beside what they would be without ads: the gap between the two lines is what ads added."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import Band, band, hints, line, points, scaled
from budget.present.charts.style import PLAIN, Role, colour, day_axis, day_scale, end_labels, finish, number_axis, reach
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

HEIGHT = 250
ROOM = 0.26


def sales(
    days: Sequence[date], sold: Sequence[float], without: Band, numbers: Numbers, words: Words, unit: Unit = PLAIN
) -> Spec:
    """Weekly sales (NaN: not known, the line is broken) and the range of sales without ads; in major units."""
    low, mid, high = (scaled(side, unit.divisor) for side in (without.low, without.mid, without.high))
    shown = scaled(sold, unit.divisor)
    known = [y for y in shown if isfinite(y)]
    floor, ceiling = reach([*low, *high, *known])
    x = field("day:T", axis=day_axis(days[0], days[-1]), scale=day_scale(days[0], days[-1], ROOM))
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [floor, ceiling], "nice": False, "zero": False})
    ends: list[tuple[str, float, Role]] = [
        (words.say("Sales {n}", n=numbers.decimal(known[-1], unit.digits)), known[-1], "actual"),
        (words.say("Without ads {n}", n=numbers.decimal(mid[-1], unit.digits)), mid[-1], "muted"),
    ]
    layers: list[Spec] = [
        band(days, low, high, "forecast", x, y, 0.3),
        line(points(days, mid, "muted"), x, y, 1.75, [1, 3]),
        *(line(points(days[a:b], shown[a:b], "actual"), x, y, 2.25) for a, b in runs(sold)),
        end_labels(days[-1], ends, floor, ceiling, HEIGHT, x, y),
        hints(days, mid, _tips(days, shown, (low, mid, high), numbers, words, unit), x, y),
    ]
    if floor < 0 < ceiling:
        layers.insert(0, _zero(y))
    return finish(layers, numbers, HEIGHT)


def runs(values: Sequence[float]) -> Iterator[tuple[int, int]]:
    """[start, end) of each stretch of known values."""
    start = None
    for place, value in enumerate([*values, float("nan")]):
        if isfinite(value) and start is None:
            start = place
        elif not isfinite(value) and start is not None:
            yield start, place
            start = None


def _zero(y: Spec) -> Spec:
    return data([{"y": 0, "role": "ink"}]).mark("rule", strokeWidth=1).encode(y=y, color=colour())


def _tips(
    days: Sequence[date],
    sold: Sequence[float],
    without: tuple[Sequence[float], Sequence[float], Sequence[float]],
    numbers: Numbers,
    words: Words,
    unit: Unit,
) -> list[str]:
    found = []
    for day, value, low, mid, high in zip(days, sold, *without, strict=True):
        texts = [numbers.decimal(x, unit.digits) for x in (value, low, mid, high)]
        span = numbers.span(texts[1], texts[3])
        said = words.say("sales {sales}, without ads {middle} ({range})", sales=texts[0], middle=texts[2], range=span)
        found.append(f"{numbers.date(day)}: {said}")
    return found
