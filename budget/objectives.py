"""The goal of the plan: which figures can be one, and the chance of reaching it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np

from budget.business import Business
from budget.economics import net_share
from budget.errors import InvalidValue
from budget.funnels import contribution_after_media
from budget.money import MICROS
from budget.plan import PlanObjective, StoredPlan
from models import Outcomes

Array = np.ndarray
MONEY_KPIS = ("profit", "revenue")
FORECAST_KPIS = (*MONEY_KPIS, "conversions", "clicks", "impressions", "reach")
"""`profit` after the team, `revenue` net and caused, `conversions` as platforms claim them."""
SHARE_KPIS = ("engagement",)
WATCHED_KPIS = ("repeat_orders", *SHARE_KPIS, "negative_feedback", "followers")
"""Goals that no forecast speaks of: uploads show them week by week."""
KPIS = (*FORECAST_KPIS, *WATCHED_KPIS)
CHANCE_LOW, CHANCE_HIGH = 0.3, 0.7
Verdict = Literal["achievable", "open", "out_of_reach", "no_target", "watched", "no_forecast"]


def verdict(objective: PlanObjective, chance: float | None) -> Verdict:
    """Whether a goal can be reached, by the share of outcomes that reach it; without one, why there is none."""
    if not objective.target_micros:
        return "no_target"
    if objective.kpi not in FORECAST_KPIS:
        return "watched"
    if chance is None:
        return "no_forecast"
    return "achievable" if chance >= CHANCE_HIGH else "open" if chance >= CHANCE_LOW else "out_of_reach"


def purpose_of(objective_key: str) -> str:
    """What a goal is for: its key without the number that tells goals of one purpose apart."""
    return objective_key.partition("-")[0]


def free_key(plan: StoredPlan, purpose: str, own: str = "") -> str:
    """`purpose`, with a number where another goal than `own` has it already."""
    taken = {each.objective_key for each in plan.objectives} - {own}
    return next(key for n in range(1, len(taken) + 2) if (key := purpose if n == 1 else f"{purpose}-{n}") not in taken)


def with_objective(plan: StoredPlan, key: str, objective: PlanObjective) -> StoredPlan:
    """The plan with the goal of that key as said, in its place; one that is new comes last. Raises `InvalidValue`."""
    if objective.kpi not in KPIS:
        raise InvalidValue(f"objective: found the KPI {objective.kpi!a:.40}, expected one of {KPIS}")
    clean = replace(objective, objective_key=free_key(plan, purpose_of(objective.objective_key), own=key))
    if key not in {each.objective_key for each in plan.objectives}:
        return replace(plan, objectives=(*plan.objectives, clean))
    return replace(plan, objectives=tuple(clean if o.objective_key == key else o for o in plan.objectives))


def without_objective(plan: StoredPlan, key: str) -> StoredPlan:
    """The plan without that goal; the next one becomes the main one."""
    return replace(plan, objectives=tuple(each for each in plan.objectives if each.objective_key != key))


def moved_up(plan: StoredPlan, key: str) -> StoredPlan:
    """The plan with that goal one place further up; the first one is the main goal."""
    keys = [each.objective_key for each in plan.objectives]
    place = keys.index(key) if key in keys else 0
    if not place:
        return plan
    rows = list(plan.objectives)
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return replace(plan, objectives=tuple(rows))


def of_challenge(objectives: Iterable[PlanObjective], challenge: str) -> tuple[PlanObjective, ...]:
    """The goals that are there because of a challenge."""
    return tuple(each for each in objectives if each.challenge_key == challenge)


def weekly_paths(business: Business, outcomes: Outcomes, team: Array) -> dict[str, Array]:
    """Draws (D, T) of each additive KPI by week, over all channels; `team` (T,) is the weekly cost beside media."""
    return {
        "profit": contribution_after_media(business, outcomes).sum(axis=1) - team,
        "revenue": outcomes.incremental_value.sum(axis=1) * net_share(business),
        "conversions": outcomes.conversions.sum(axis=1),
        "clicks": outcomes.clicks.sum(axis=1),
        "impressions": outcomes.impressions.sum(axis=1),
    }


def chance_of_goal(
    objective: PlanObjective | None, cumulative: Mapping[str, Array], weeks: Sequence[date]
) -> float | None:
    """Share of draws whose KPI has reached the target in the week of the deadline (None: in the last week).

    `cumulative` holds (D, T) by KPI. None without objective, target, or paths of its KPI.
    """
    if objective is None or not objective.target_micros or objective.kpi not in cumulative or not weeks:
        return None
    reached = cumulative[objective.kpi][:, due_week(objective, weeks)] >= objective.target_micros / MICROS
    return float(reached.mean())


def due_week(objective: PlanObjective, weeks: Sequence[date]) -> int:
    """The place of the week of the goal's deadline; the last week without one."""
    if objective.due_date is None:
        return len(weeks) - 1
    return max((t for t, week in enumerate(weeks) if week <= objective.due_date), default=0)
