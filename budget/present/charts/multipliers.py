"""How many times a usual week each week is: conversions per click and the price, as steps around 1."""

from collections.abc import Sequence
from datetime import date

from budget.present.charts.marks import Row, Spec, data, field
from budget.present.charts.series import hints
from budget.present.charts.style import (
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
from budget.present.words import Words
from budget.weeks import WEEK

HEIGHT = 170
ROOM = 0.24
TIMES = Unit(1, 2, "")


def multipliers(
    weeks: Sequence[date], demand: Sequence[float], price: Sequence[float], numbers: Numbers, words: Words
) -> Spec:
    """Steps over the weeks (Mondays, at least one): demand dashed as all that is planned, the price thin."""
    end = weeks[-1] + WEEK
    low, high = reach([*demand, *price, 1.0], above=0.12, below=0.12)
    x = field("day:T", axis=day_axis(weeks[0], end), scale=day_scale(weeks[0], end, ROOM))
    y = field("y:Q", axis=number_axis(TIMES), scale={"domain": [low, high], "nice": False, "zero": False})
    conversions, cpm = words.say("Conversions"), words.say("CPM")
    ends: list[tuple[str, float, Role]] = [
        (conversions, demand[-1], "plan"),
        (cpm, price[-1], "neutral"),
    ]
    tips = [
        f"{numbers.date_short(week)}: {conversions} × {numbers.decimal(found, TIMES.digits)}, "
        f"{cpm} × {numbers.decimal(cost, TIMES.digits)}"
        for week, found, cost in zip(weeks, demand, price, strict=True)
    ]
    usual = data([{"day": moment(day), "y": 1.0, "role": "ink"} for day in (weeks[0], end)])
    layers = [
        usual.mark("line", strokeWidth=1).encode(x=x, y=y, color=colour()),
        _steps(weeks, price, "neutral", x, y, width=1.5, dash=()),
        _steps(weeks, demand, "plan", x, y, width=2.25, dash=(6, 4)),
        end_labels(end, ends, low, high, HEIGHT, x, y),
        hints([week + WEEK / 2 for week in weeks], demand, tips, x, y),
    ]
    return finish(layers, numbers, HEIGHT)


def _steps(
    weeks: Sequence[date], values: Sequence[float], role: Role, x: Spec, y: Spec, *, width: float, dash: Sequence[int]
) -> Spec:
    days, levels = [*weeks, weeks[-1] + WEEK], [*values, values[-1]]
    rows: list[Row] = [{"day": moment(day), "y": level, "role": role} for day, level in zip(days, levels, strict=True)]
    marks = data(rows).mark("line", interpolate="step-after", strokeWidth=width, strokeDash=list(dash), clip=True)
    return marks.encode(x=x, y=y, color=colour())
