"""A rate by week beside its alert line: points beyond it are marked."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import hints
from budget.present.charts.style import NOTE, colour, day_axis, day_scale, finish, moment, number_axis
from budget.present.numbers import Numbers, Unit
from budget.weeks import WEEK

HEIGHT = 190
ROOM = 1.15


def limit(
    weeks: Sequence[date],
    values: Sequence[float | None],
    line: float | None,
    word: str,
    tips: Sequence[str],
    numbers: Numbers,
    *,
    digits: int = 1,
    above_is_bad: bool = True,
) -> Spec:
    """`weeks` are Mondays, `word` names the line, `tips` say each week; a week without a value leaves a gap."""
    known = [(week, value, tip) for week, value, tip in zip(weeks, values, tips, strict=True) if value is not None]
    top = ROOM * max([value for _, value, _ in known] + ([line] if line is not None else []), default=1.0)
    axis = day_axis(weeks[0], weeks[-1] + WEEK)
    x = field("day:T", axis=axis, scale=day_scale(weeks[0], weeks[-1], 0.02))
    unit = Unit(1, digits, "")
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [0, top or 1], "nice": False})
    rows = [
        {"day": moment(week), "y": value, "role": "actual", "run": run} for week, value, run in _runs(weeks, values)
    ]
    drawn = data(rows).mark("line", strokeWidth=2.25, strokeCap="round")
    layers = [drawn.encode(x=x, y=y, color=colour(), detail=field("run:N"))]
    if line is not None:
        rule = data([{"y": line, "role": "bad", "text": word, "day": moment(weeks[0])}])
        layers.append(rule.mark("rule", strokeDash=[2, 2], strokeWidth=1.25).encode(y=y, color=colour()))
        label = rule.mark("text", align="left", baseline="bottom", dx=2, dy=-3, fontSize=NOTE)
        layers.append(label.encode(x=x, y=y, text=field("text:N"), color=colour()))
    dots = [
        {"day": moment(week), "y": value, "role": "bad" if _beyond(value, line, above_is_bad) else "actual"}
        for week, value, _ in known
    ]
    layers.append(data(dots).mark("point", size=50, filled=True, opacity=1).encode(x=x, y=y, color=colour()))
    layers.append(hints([k[0] for k in known], [k[1] for k in known], [k[2] for k in known], x, y))
    return finish(layers, numbers, HEIGHT, top=12)


def _beyond(value: float, line: float | None, above_is_bad: bool) -> bool:
    return line is not None and (value > line if above_is_bad else value < line)


def _runs(weeks: Sequence[date], values: Sequence[float | None]) -> list[tuple[date, float, int]]:
    """Known weeks with the number of their unbroken run."""
    gaps = [0, *(int(before is None) for before, _ in pairwise(values))]
    found, run = list[tuple[date, float, int]](), 0
    for week, value, gap in zip(weeks, values, gaps, strict=True):
        run += gap
        if value is not None:
            found.append((week, value, run))
    return found
