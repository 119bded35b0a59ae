"""Is the money going out as planned: daily spend beside the plan's weighted calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from budget.money import MICROS
from budget.phasing import active_days
from budget.plan import StoredPlan
from budget.rates import Rate, in_currency
from budget.weeks import DAY, WEEK, Period
from models import Pace, pace

Array = np.ndarray
CENT = 10_000


@dataclass(frozen=True, eq=False)
class Pacing:
    """Every day of the plan, `days_done` of them uploaded by every platform; money of `pace` in major units."""

    days: tuple[date, ...]
    days_done: int
    budget_micros: int
    spent_micros: int
    pace: Pace

    @property
    def required_day_micros(self) -> int:
        """The same money every day left, in whole cents; 0 when none is left."""
        left = max(self.budget_micros - self.spent_micros, 0)
        return left // self.days_left // CENT * CENT if self.days_left else 0

    @property
    def days_left(self) -> int:
        """Days of the plan that are not uploaded yet."""
        return len(self.days) - self.days_done


def pacing(
    plan: StoredPlan, daily: pd.DataFrame, until: Mapping[str, date], rates: Sequence[Rate], *, seed: tuple[int, ...]
) -> Pacing | None:
    """Pacing of all spend (unmatched too) from `Store.daily`; None without a plan period, budget or full day of data.

    Days count up to the platform that was uploaded least far, so that no platform is taken for stopped.
    """
    if plan.period is None or not plan.budget_micros or not until:
        return None
    days = tuple(plan.period.start + timedelta(days=i) for i in range(plan.period.days))
    done = Period(plan.period.start, min(min(until.values()), plan.period.end)).days
    weights = day_weights(plan, days)
    if not done or not weights.any():
        return None
    spent = spent_by_day(plan, daily, rates, days[:done])
    paid = np.array([max(spent[day], 0) / MICROS for day in days[:done]])
    found = pace(paid, weights, plan.budget_micros / MICROS, rng=np.random.default_rng((*seed, 3)))
    return Pacing(days, done, plan.budget_micros, sum(spent.values()), found)


def day_weights(plan: StoredPlan, days: Sequence[date], *, platform: str = "") -> Array:
    """Planned money of each day (T,): a week's budget evenly over the days on which the line runs; "" all platforms."""
    weights = np.zeros(len(days))
    for week in plan.weeks:
        line = plan.line(week.line_key)
        running = active_days(line, week.week_start)
        if running and line.flight and platform in ("", line.platform):
            span = line.flight.common(Period(week.week_start, week.week_start + WEEK))
            first = (span.start - days[0]) // DAY
            weights[first : first + running] += week.budget_micros / running
    return weights


def spent_by_day(plan: StoredPlan, daily: pd.DataFrame, rates: Sequence[Rate], days: Sequence[date]) -> dict[date, int]:
    """Micros of each of the days in the plan's currency; money without a rate does not count."""
    spent = dict.fromkeys(days, 0)
    for row in daily.to_dict("records"):
        day = row["date_day"].date()
        if day in spent and not pd.isna(row["spend_micros"]):
            amount = in_currency(int(row["spend_micros"]), str(row["currency"]), plan.currency, day, rates)
            spent[day] += amount or 0
    return spent
