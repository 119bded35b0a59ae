"""What the KPI of every goal comes to by its deadline, beside the chance of reaching it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.fans import Interval, interval
from budget.money import MICROS
from budget.objectives import due_week
from budget.plan import PlanObjective

Array = np.ndarray


@dataclass(frozen=True)
class Outlook:
    """A goal with a target on a figure that the forecast has.

    `amount` holds 8 of 10 outcomes of the KPI by the deadline (money in major units), `chance` of reaching the target
    by then, `chance_at_end` by the last week of the plan.
    """

    amount: Interval
    chance: float
    chance_at_end: float


def outlooks(
    objectives: Sequence[PlanObjective], cumulative: Mapping[str, Array], weeks: Sequence[date]
) -> dict[str, Outlook]:
    """By objective_key; `cumulative` holds draws (D, T) by KPI. Goals without a target or such a KPI have none."""
    known = [o for o in objectives if o.target_micros and o.kpi in cumulative and weeks]
    return {each.objective_key: _outlook(each, cumulative[each.kpi], weeks) for each in known}


def _outlook(objective: PlanObjective, paths: Array, weeks: Sequence[date]) -> Outlook:
    target, due = objective.target_micros / MICROS, paths[:, due_week(objective, weeks)]
    return Outlook(interval(due), float((due >= target).mean()), float((paths[:, -1] >= target).mean()))
