"""Cash as the plan has it at its likely figures, to be laid beside what was paid and received."""

from collections.abc import Sequence

import numpy as np

from budget.business import Business, business_of
from budget.cash import CashTerms, cash_paths, terms_of
from budget.forecast import weekly_team_cost
from budget.funnels import Channels, channels_of
from budget.likely import likely_plan
from budget.measures import total
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl

Array = np.ndarray


def planned_cash(plan: StoredPlan, terms: CashTerms | None = None) -> Array:
    """Money on hand since the start at the end of each week until the last payment, in major units, by plan.

    Other `terms` than the plan's own: those that hold by now, so that both lines end in the same week.
    """
    channels = channels_of(plan)
    weekly = _weekly(business_of(plan), channels)
    team = weekly_team_cost(plan, channels.weeks)
    revenue, media = (_major(weekly, name) for name in ("net_revenue", "media"))
    paths = {"revenue": revenue[None], "profit": (_major(weekly, "after_media") - team)[None]}
    found: Array = cash_paths(terms or terms_of(plan), paths, media, team)[0]
    return found


def _weekly(business: Business, channels: Channels) -> list[ProfitAndLoss]:
    rows = likely_plan(channels).measures.values()
    return [channel_pnl(business, total(row[t] for row in rows)) for t in range(len(channels.weeks))]


def _major(weekly: Sequence[ProfitAndLoss], name: str) -> Array:
    return np.array([getattr(week, name) / MICROS for week in weekly])
