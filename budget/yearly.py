"""How strong each month is, from the firm's own weekly sales."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from budget.weeks import WEEK

FEWEST_WEEKS = 52
FEWEST_PAIRS = 13
"""Weeks with sales a year apart, below which growth cannot be told from the season."""
YEAR_WEEKS = 365.25 / 7


@dataclass(frozen=True)
class OwnMonths:
    """Each month's daily sales over the mean of all twelve, growth taken out: `factors` by month, 1 to 12.

    They rest on `weeks` of sales. `growth` is that of a year (0.1: a tenth more), None where it cannot be told from the
    season and is left in. All sales count, whatever brought them.
    """

    factors: Mapping[int, float]
    weeks: int
    growth: float | None

    @property
    def years(self) -> float:
        """Years of sales."""
        return self.weeks / YEAR_WEEKS


def own_months(sales: Mapping[date, float]) -> OwnMonths | None:
    """The months of weekly sales (Monday to amount); None below 52 weeks, or where a month has none.

    Growth is the median of what weeks sold against those 52 weeks before; a week counts for the months of its days.
    """
    known = {week: max(amount, 0.0) for week, amount in sorted(sales.items()) if np.isfinite(amount)}
    if len(known) < FEWEST_WEEKS:
        return None
    pace = _pace(known)
    first = min(known)
    sums, days = dict.fromkeys(range(1, 13), 0.0), dict.fromkeys(range(1, 13), 0)
    for week, amount in known.items():
        steady = amount / 7 * float(np.exp(-(pace or 0.0) * ((week - first) / WEEK)))
        for day in (week + timedelta(days=i) for i in range(7)):
            sums[day.month] += steady
            days[day.month] += 1
    if not all(days.values()) or not any(sums.values()):
        return None
    means = {month: sums[month] / days[month] for month in sums}
    usual = sum(means.values()) / 12
    growth = None if pace is None else float(np.expm1(52 * pace))
    return OwnMonths({month: mean / usual for month, mean in means.items()}, len(known), growth)


def _pace(sales: Mapping[date, float]) -> float | None:
    """Growth a week, in logarithms."""
    pairs = [
        np.log(amount / before) / 52
        for week, amount in sales.items()
        if amount > 0 and (before := sales.get(week - 52 * WEEK, 0.0)) > 0
    ]
    return float(np.median(pairs)) if len(pairs) >= FEWEST_PAIRS else None
