"""From plan to actual, one driver a row, on a cut axis: the steps are small beside the two totals."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.money import major
from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import FIGURE, Role, colour, unique
from budget.present.charts.waterfall import Bar, draw
from budget.present.numbers import Numbers

BELOW, ABOVE = 0.22, 0.42
"""The axis reaches beyond the lowest and highest level by these shares of their distance."""


@dataclass(frozen=True)
class Effect:
    """What one driver did to the result; `within_noise` draws it neutral whatever its sign."""

    name: str
    effect_micros: int
    within_noise: bool = False


def bars(
    plan: tuple[str, int], effects: Sequence[Effect], actual: tuple[str, int], numbers: Numbers, digits: int = 0
) -> tuple[Bar, ...]:
    """The rows behind the chart: plan, effects, actual, in micros.

    Effects that do not lead from plan to actual exactly: `ValueError`.
    """
    if plan[1] + sum(effect.effect_micros for effect in effects) != actual[1]:
        raise ValueError(f"bridge: found effects that do not lead from {plan[1]} to {actual[1]}, expected an exact sum")
    names = unique([plan[0], *(effect.name for effect in effects), actual[0]])
    running, found = plan[1], [Bar(names[0], 0, plan[1], "plan", numbers.decimal(major(plan[1]), digits))]
    for name, effect in zip(names[1:-1], effects, strict=True):
        start, running = running, running + effect.effect_micros
        found.append(Bar(name, start, running, _role(effect), numbers.signed(major(effect.effect_micros), digits)))
    return (*found, Bar(names[-1], 0, actual[1], "actual", numbers.decimal(major(actual[1]), digits)))


def _role(effect: Effect) -> Role:
    if effect.within_noise or not effect.effect_micros:
        return "neutral"
    return "good" if effect.effect_micros > 0 else "bad"


def bridge(
    plan: tuple[str, int], effects: Sequence[Effect], actual: tuple[str, int], numbers: Numbers, digits: int = 0
) -> Spec:
    """The bridge from (name, micros) of the plan to those of the actual; effects in display order."""
    rows = bars(plan, effects, actual, numbers, digits)
    levels = [major(level) for row in rows[1:-1] for level in (row.start_micros, row.end_micros)]
    levels = [*levels, major(plan[1]), major(actual[1])]
    size = (max(levels) - min(levels)) or max(abs(levels[0]), 1.0)
    low, high = min(levels) - BELOW * size, max(levels) + ABOVE * size
    scale = {"domain": [low, high], "nice": False}
    cut = [Bar(row.name, round(low * 1e6), row.end_micros, row.role, row.figure) for row in (rows[0], rows[-1])]
    marks = _cut_marks(cut, low + 0.04 * (high - low), scale)
    return draw((cut[0], *rows[1:-1], cut[1]), numbers, scale, zero=False, extra=[marks])


def _cut_marks(rows: Sequence[Bar], at: float, scale: Spec) -> Spec:
    """Two strokes across a bar that does not begin at zero."""
    found = [{"name": row.name, "start": at, "text": "//", "role": "grid"} for row in rows]
    return (
        data(found)
        .mark("text", fontSize=FIGURE + 3, fontWeight="bold")
        .encode(x=field("start:Q", scale=scale), y=field("name:N", sort=None), text=field("text:N"), color=colour())
    )
