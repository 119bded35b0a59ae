"""What a channel's money is believed to sell now: measured where it was, else what its platform claims, scaled."""

from budget.actuals import Actuals
from budget.business import Business
from budget.measures import total
from budget.plan import StoredPlan
from budget.sales_model import Missing, SalesModel
from budget.weekly_spend import Channel


def believed_return(
    plan: StoredPlan, business: Business, actuals: Actuals, sales: SalesModel | Missing, channel: Channel
) -> float | None:
    """Sales for 1 spent on the channel; None where nothing is measured and nothing claimed."""
    if isinstance(sales, SalesModel) and sales.speaks:
        known = [found.iroas.mid for found in sales.channels if found.channel == channel]
        if known:
            return known[0]
    keys = [line.line_key for line in plan.lines if Channel(line.platform, line.tactic) == channel]
    claimed = total(found for key in keys for found in actuals.measures.get(key, ())).roas
    return claimed * business.incrementality.likely if claimed else None
