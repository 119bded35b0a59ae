"""What every question about the money still to come stands on: the weeks ahead, what is believed, and its curves."""

from dataclasses import dataclass
from datetime import date

from budget.actuals import Actuals
from budget.ahead import Ahead, ahead_of
from budget.business import Business, business_of
from budget.findings import Finding
from budget.forecast import Missing
from budget.funnels import channels_of
from budget.learning import Beliefs, beliefs
from budget.plan import StoredPlan
from budget.sales_model import SalesModel
from budget.splits import Curves, curves_of


@dataclass(frozen=True, eq=False)
class Ground:
    """A plan as of a day; the same for all questions of that day, and what takes longest to make."""

    plan: StoredPlan
    today: date
    business: Business
    ahead: Ahead
    beliefs: Beliefs
    curves: Curves


def ground_of(
    plan: StoredPlan,
    today: date,
    *,
    seed: tuple[int, ...],
    actuals: Actuals | None = None,
    sales: SalesModel | None = None,
) -> Ground | Missing:
    """The ground from the same draws as the forecast's, or what is missing before there can be one."""
    channels, business = channels_of(plan), business_of(plan)
    if channels.prior is None:
        return Missing(channels.findings or (Finding("PLAN_EMPTY", "warn", "plan"),))
    ahead = ahead_of(channels, actuals, today)
    if not ahead.running:
        return Missing((Finding("ADVICE_NO_WEEKS", "stop", "plan"),))
    found = beliefs(channels, actuals, seed, sales)
    return Ground(plan, today, business, ahead, found, curves_of(business, found, ahead))
