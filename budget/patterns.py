"""Shapes of a line's weeks: even, burst, pulse, by the season, or as the last period went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from budget.phasing import phased
from budget.plan import PlanLine, PlanWeek, StoredPlan
from budget.season import day_worth
from budget.weeks import WEEK, Period, weeks_of

Pattern = Literal["even", "burst", "pulse", "seasonal", "last"]
PATTERNS: tuple[Pattern, ...] = ("even", "burst", "pulse", "seasonal", "last")
BURST_MONEY, BURST_WEEKS = 0.5, 0.25
"""A burst spends half of the money in the first quarter of the weeks."""


@dataclass(frozen=True)
class Shape:
    """How to phase: the pattern, weeks on and off of a pulse, and weights of earlier weeks by line for `last`."""

    pattern: Pattern = "even"
    on_weeks: int = 2
    off_weeks: int = 2
    last: Mapping[str, Sequence[float]] | None = None


def with_pattern(plan: StoredPlan, shape: Shape, keys: Collection[str] = ()) -> StoredPlan:
    """The plan with these lines (default: all) phased anew; every line's weeks add up to its budget, to the cent.

    A line of which the shape knows nothing (no last period, no season) stays as it is.
    """
    weeks: list[PlanWeek] = []
    for line in plan.lines:
        own = tuple(week for week in plan.weeks if week.line_key == line.line_key)
        weights = weights_of(plan, line, shape) if not keys or line.line_key in set(keys) else None
        weeks.extend(phased(line, weights) if weights else own)
    return replace(plan, weeks=tuple(weeks))


def weights_of(plan: StoredPlan, line: PlanLine, shape: Shape) -> dict[date, float] | None:
    """Weight a full week of the line's flight; None where the shape knows nothing of it."""
    mondays = weeks_of(line.flight) if line.flight else ()
    if not mondays:
        return None
    if shape.pattern == "burst":
        first = -(-len(mondays) * BURST_WEEKS // 1)
        rest = len(mondays) - first
        late = (1 - BURST_MONEY) / rest if rest else 0.0
        return {week: BURST_MONEY / first if n < first else late for n, week in enumerate(mondays)}
    if shape.pattern == "pulse":
        length = shape.on_weeks + shape.off_weeks
        return {week: float(n % length < shape.on_weeks) for n, week in enumerate(mondays)}
    if shape.pattern == "seasonal":
        return _seasonal(plan, mondays) if has_season(plan) else None
    if shape.pattern == "last":
        return _stretched((shape.last or {}).get(line.line_key, ()), mondays)
    return dict.fromkeys(mondays, 1.0)


def has_season(plan: StoredPlan) -> bool:
    """Whether the plan says that some of its days are worth more than others."""
    return plan.period is not None and len({day_worth(plan, day) for day in _days(plan.period)}) > 1


def _seasonal(plan: StoredPlan, mondays: Sequence[date]) -> dict[date, float]:
    return {week: sum(day_worth(plan, day) for day in _days(Period(week, week + WEEK))) / 7 for week in mondays}


def _days(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(period.days)]


def _stretched(earlier: Sequence[float], mondays: Sequence[date]) -> dict[date, float] | None:
    """Earlier weeks laid over these, first on first and last on last, evenly in between; None where all were empty."""
    if not any(earlier):
        return None
    if len(mondays) == 1:
        return {mondays[0]: 1.0}
    found = {}
    for n, week in enumerate(mondays):
        place = n * (len(earlier) - 1) / (len(mondays) - 1)
        low = min(int(place), len(earlier) - 1)
        high = min(low + 1, len(earlier) - 1)
        found[week] = max(earlier[low] + (earlier[high] - earlier[low]) * (place - low), 0.0)
    return found if any(found.values()) else None
