"""The range of outcomes over time: what happened solid, what may come as a band with a dotted middle."""

from collections.abc import Iterable, Sequence
from datetime import date

from budget.present.charts.marks import Spec, data, field, value
from budget.present.charts.series import Band, band, happened, hints, line, points, scaled
from budget.present.charts.style import (
    DATA_END,
    LABEL,
    NOTE,
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

HEIGHT = 250
ROOM = 0.3


def fan(
    days: Sequence[date],
    outcomes: Band,
    numbers: Numbers,
    words: Words,
    unit: Unit = PLAIN,
    *,
    done: int = 0,
    plan: Iterable[float] = (),
    goal: float | None = None,
    height: int = HEIGHT,
    early: int = 0,
) -> Spec:
    """A fan chart; outcomes, plan and goal in major units, one value a day of `days`.

    The first `done` values have happened (their range is not drawn), the last `early` of these are pale. With `plan`
    the line ends are named Projected (Actual once all has happened) and Plan, without it high, middle and low.
    """
    low, mid, high = (scaled(side, unit.divisor) for side in (outcomes.low, outcomes.mid, outcomes.high))
    planned = scaled(plan, unit.divisor)
    level = None if goal is None else goal / unit.divisor
    floor, ceiling = reach([*low, *high, *planned, *([] if level is None else [level])])
    x = field("day:T", axis=day_axis(days[0], days[-1]), scale=day_scale(days[0], days[-1], ROOM))
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [floor, ceiling], "nice": False, "zero": False})
    now, ahead = max(done - 1, 0), slice(max(done - 1, 0), None)
    ends = _ends(low, mid, high, planned, words, numbers, unit, over=done == len(days))
    layers: list[Spec] = [_zero(y)] if floor < 0 < ceiling else []
    if done < len(days):
        layers += [
            band(days[ahead], low[ahead], high[ahead], "forecast", x, y, 0.3),
            line(points(days[ahead], mid[ahead], "actual"), x, y, 1.75, [1, 3]),
        ]
    layers += [line(points(days, planned, "plan"), x, y, 1.75, [6, 4])] if planned else []
    layers += _goal(level, words, numbers, unit, y) if level is not None else []
    if done:
        layers += happened(days[:done], mid[:done], x, y, early=min(early, done))
    if 0 < done < len(days):
        layers += [*today_rule(days[now], words.say(DATA_END), x), _actual(days[now], mid[now], words, x, y)]
    layers += [
        end_labels(days[-1], ends, floor, ceiling, height, x, y),
        hints(days, mid, _tips(days, low, mid, high, numbers, unit), x, y),
    ]
    return finish(layers, numbers, height)


def _ends(
    low: Sequence[float],
    mid: Sequence[float],
    high: Sequence[float],
    planned: Sequence[float],
    words: Words,
    numbers: Numbers,
    unit: Unit,
    *,
    over: bool,
) -> list[tuple[str, float, Role]]:
    def figure(x: float) -> str:
        return numbers.decimal(x, unit.digits)

    if planned:
        end = words.say("Actual {n}", n=figure(mid[-1])) if over else words.say("Projected {n}", n=figure(mid[-1]))
        return [
            (end, mid[-1], "actual"),
            (words.say("Plan {n}", n=figure(planned[-1])), planned[-1], "plan"),
        ]
    return [
        (words.say("{n} high", n=figure(high[-1])), high[-1], "muted"),
        (words.say("{n} middle", n=figure(mid[-1])), mid[-1], "actual"),
        (words.say("{n} low", n=figure(low[-1])), low[-1], "muted"),
    ]


def _tips(
    days: Sequence[date],
    low: Sequence[float],
    mid: Sequence[float],
    high: Sequence[float],
    numbers: Numbers,
    unit: Unit,
) -> list[str]:
    found = []
    for day, bottom, middle, top in zip(days, low, mid, high, strict=True):
        bottom_text, text, top_text = (numbers.decimal(x, unit.digits) for x in (bottom, middle, top))
        span = "" if bottom_text == top_text else f" ({numbers.span(bottom_text, top_text)})"
        found.append(f"{numbers.date_short(day)}: {text}{span}")
    return found


def _zero(y: Spec) -> Spec:
    return data([{"y": 0, "role": "muted"}]).mark("rule", strokeWidth=1).encode(y=y, color=colour())


def _goal(level: float, words: Words, numbers: Numbers, unit: Unit, y: Spec) -> list[Spec]:
    """The goal as a line in ink, its word left above it."""
    text = words.say("goal {n}", n=numbers.decimal(level, unit.digits))
    rows = data([{"y": level, "text": text, "role": "ink"}])
    rule = rows.mark("rule", strokeWidth=1.25).encode(y=y, color=colour())
    label = rows.mark("text", align="left", baseline="bottom", dx=2, dy=-3, fontSize=NOTE).encode(
        x=value(0), y=y, text=field("text:N"), color=colour()
    )
    return [rule, label]


def _actual(day: date, value: float, words: Words, x: Spec, y: Spec) -> Spec:
    """The word beside the end of what has happened."""
    rows = data([{"day": moment(day), "y": value, "text": words.say("Actual"), "role": "actual"}])
    marks = rows.mark("text", align="right", baseline="bottom", dx=-8, dy=-6, fontSize=LABEL)
    return marks.encode(x=x, y=y, text=field("text:N"), color=colour())
