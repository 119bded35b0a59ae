"""The goal of the plan: which figures can be one, and the chance of reaching it."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from budget.business import Business
from budget.economics import net_share
from budget.funnels import contribution_after_media
from budget.money import MICROS
from budget.plan import PlanObjective
from models import Outcomes

Array = np.ndarray
MONEY_KPIS = ("profit", "revenue")
FORECAST_KPIS = (*MONEY_KPIS, "conversions", "clicks", "impressions", "reach")
"""`profit` after the team, `revenue` net and caused, `conversions` as platforms claim them."""
SHARE_KPIS = ("engagement",)
WATCHED_KPIS = ("repeat_orders", *SHARE_KPIS, "negative_feedback", "followers")
"""Goals that no forecast speaks of: uploads show them week by week."""
KPIS = (*FORECAST_KPIS, *WATCHED_KPIS)


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
    last = len(weeks) - 1
    if objective.due_date is not None:
        last = max((t for t, week in enumerate(weeks) if week <= objective.due_date), default=0)
    reached = cumulative[objective.kpi][:, last] >= objective.target_micros / MICROS
    return float(reached.mean())
