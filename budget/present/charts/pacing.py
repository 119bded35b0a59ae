"""Is the money going out as planned: cumulative spend, and below it the same as a distance from plan in percent."""

from collections.abc import Iterable, Sequence
from datetime import date
from json import dumps
from typing import Protocol

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import band, happened, hints, line, points, scaled
from budget.present.charts.style import (
    DATA_END,
    LABEL,
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
    today_rule,
)
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

HEIGHT, FUNNEL_HEIGHT = 200, 120
ROOM = 0.27
EXTENT = 44
"""Pixels left of both charts, so that their dates stand under each other."""
CLAMP, TICK = 0.12, 0.1
ALLOWED = (0.25, 0.01)
JUDGED_FROM = 0.1
"""The distance is drawn once this share of the plan should be spent: before, it is mostly chance."""


class Path(Protocol):
    """Cumulative money by day: planned, and spent so far then projected with 8 of 10 outcomes; in major units."""

    @property
    def ideal(self) -> Iterable[float]:
        """As planned."""

    @property
    def path(self) -> Iterable[float]:
        """As spent, then projected."""

    @property
    def path_low(self) -> Iterable[float]:
        """10 % points of the projection."""

    @property
    def path_high(self) -> Iterable[float]:
        """90 % points of the projection."""


def pacing(
    days: Sequence[date], pace: Path, done: int, numbers: Numbers, words: Words, unit: Unit = PLAIN, early: int = 0
) -> Spec:
    """Cumulative spend of `days`, of which the first `done` are complete; the last `early` of them are pale."""
    ideal, path, low, high = _sides(pace, unit.divisor)
    floor, ceiling = reach([*ideal, *high, *path], zero=True)
    x, y = _x(days), _y(number_axis(unit, minExtent=EXTENT, maxExtent=EXTENT), floor, ceiling)
    ends: list[tuple[str, float, Role]] = [
        (words.say("Plan {n}", n=numbers.decimal(ideal[-1], unit.digits)), ideal[-1], "plan"),
        (words.say("End {n}", n=numbers.decimal(path[-1], unit.digits)), path[-1], "actual"),
    ]
    layers = _paths(days, done, (ideal, path, low, high), x, y, early=early)
    layers += today_rule(days[done], words.say(DATA_END), x) if 0 < done < len(days) else []
    if 0 < done < len(days):
        layers.append(_so_far(days[done - 1], path[done - 1], words, numbers, unit, x, y))
    tips = [
        f"{numbers.date_short(day)}: {numbers.decimal(value, unit.digits)} / {numbers.decimal(plan, unit.digits)}"
        for day, value, plan in zip(days, path, ideal, strict=True)
    ]
    layers += [end_labels(days[-1], ends, floor, ceiling, HEIGHT, x, y), hints(days, path, tips, x, y)]
    return finish(layers, numbers, HEIGHT)


def funnel(
    days: Sequence[date],
    pace: Path,
    done: int,
    numbers: Numbers,
    words: Words,
    allowed: tuple[float, float] = ALLOWED,
    early: int = 0,
) -> Spec:
    """The same as a share above or below plan, over the allowed band that narrows from the first day to the last."""
    ideal, path, low, high = _sides(pace, 1)
    start = next((i for i, planned in enumerate(ideal) if planned >= JUDGED_FROM * ideal[-1] > 0), len(days) - 1)
    away = [
        [value / planned - 1 if planned else 0.0 for value, planned in zip(side, ideal, strict=True)]
        for side in (path, low, high)
    ]
    width = [allowed[0] + (allowed[1] - allowed[0]) * (i + 1) / len(days) for i in range(len(days))]
    word = dumps(words.say("plan"))
    axis = {
        "title": None,
        "ticks": False,
        "domain": False,
        "values": [-TICK, 0, TICK],
        "minExtent": EXTENT,
        "maxExtent": EXTENT,
        "labelExpr": f"datum.value === 0 ? {word} : format(datum.value, '+.0%')",
    }
    x, y = _x(days), _y(axis, -CLAMP, CLAMP)
    end = _clamped(away[0][-1])
    tips = [
        f"{numbers.date_short(day)}: {numbers.percent_signed(value, 1)}"
        for day, value in zip(days, away[0], strict=True)
    ]
    last: list[tuple[str, float, Role]] = [(numbers.percent_signed(away[0][-1], 1), end, "actual")]
    zeros = [0.0] * len(days)
    layers: list[Spec] = [
        band(days, [-w for w in width], width, "plan", x, y, 0.16),
        *_paths(days, done, (zeros, *away), x, y, start, early),
        *(today_rule(days[done], "", x) if 0 < done < len(days) else []),
        end_labels(days[-1], last, -CLAMP, CLAMP, FUNNEL_HEIGHT, x, y),
        hints(days[start:], [_clamped(value) for value in away[0][start:]], tips[start:], x, y),
    ]
    return finish(layers, numbers, FUNNEL_HEIGHT)


def _clamped(share: float) -> float:
    return max(min(share, CLAMP), -CLAMP)


def _sides(pace: Path, divisor: float) -> tuple[list[float], ...]:
    return tuple(scaled(side, divisor) for side in (pace.ideal, pace.path, pace.path_low, pace.path_high))


def _x(days: Sequence[date]) -> Spec:
    return field("day:T", axis=day_axis(days[0], days[-1]), scale=day_scale(days[0], days[-1], ROOM))


def _y(axis: Spec, low: float, high: float) -> Spec:
    return field("y:Q", axis=axis, scale={"domain": [low, high], "nice": False, "zero": False})


def _paths(
    days: Sequence[date],
    done: int,
    sides: Sequence[Sequence[float]],
    x: Spec,
    y: Spec,
    start: int = 0,
    early: int = 0,
) -> list[Spec]:
    """Plan dashed; from `start` the actual solid; then the projection dotted in its band, from yesterday on."""
    ideal, path, low, high = sides
    now = max(done - 1, 0)
    layers: list[Spec] = []
    if done < len(days):
        layers.append(band(days[now:], low[now:], high[now:], "forecast", x, y, 0.3))
    layers.append(line(points(days, ideal, "plan"), x, y, 1.75, [6, 4]))
    if done < len(days):
        layers.append(line(points(days[now:], path[now:], "actual"), x, y, 1.75, [1, 3]))
    if start < done:
        layers += happened(days[start:done], path[start:done], x, y, early=min(early, done - start))
    return layers


def _so_far(day: date, value: float, words: Words, numbers: Numbers, unit: Unit, x: Spec, y: Spec) -> Spec:
    """What is spent, in words right of today and below the line."""
    text = words.say("Actual {n}", n=numbers.decimal(value, unit.digits))
    marks = data([{"day": moment(day), "y": value, "text": text, "role": "actual"}]).mark(
        "text", align="left", baseline="top", dx=12, dy=6, fontSize=LABEL
    )
    return marks.encode(x=x, y=y, text=field("text:N"), color=colour())
