"""The income statement of the plan at its likely figures, without any draw: what answers while one types."""

from dataclasses import dataclass

from budget.business import business_of
from budget.forecast import likely_pnl
from budget.funnels import channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss


@dataclass(frozen=True)
class Income:
    """Sums of the whole plan as platforms would claim them, and its P&L."""

    sums: Measures
    pnl: ProfitAndLoss


def income_of(plan: StoredPlan) -> Income | None:
    """The same as the forecast's likely figures; None while no line can be computed."""
    channels = channels_of(plan)
    if channels.prior is None:
        return None
    likely = likely_plan(channels)
    sums = total(measures for row in likely.measures.values() for measures in row)
    return Income(sums, likely_pnl(plan, business_of(plan), likely))
