"""What a channel's money is believed to sell: measured where it was, else its claims times the assumed share."""

from dataclasses import replace

import pytest

from budget.actuals import actuals_of
from budget.believed import believed_return
from budget.money import micros
from budget.sales_model import Missing, SalesModel, sales_model
from budget.weekly_spend import Channel
from tests.budget.builders import BUSINESS, fact, facts_of, usual_plan, week
from tests.budget.shops import firm, sales_of, spend_of

META = Channel("meta", "prospecting")
PLAN = usual_plan()
ROWS = [fact(t, "meta", "meta-prospecting", spend_micros=micros(500), value_micros=micros(1000)) for t in range(3)]
ACTUALS = actuals_of(PLAN, facts_of(ROWS), {"meta": week(3)})
NONE = Missing(())


def test_claims_are_scaled_by_the_assumed_share() -> None:
    """Claims of 2 for 1 at a share of .68 are 1.36; a channel without claims says nothing."""
    assert believed_return(PLAN, BUSINESS, ACTUALS, NONE, META) == pytest.approx(2 * 0.68)
    assert believed_return(PLAN, BUSINESS, ACTUALS, NONE, Channel("google", "search")) is None
    assert believed_return(PLAN, BUSINESS, ACTUALS, NONE, Channel("x", "")) is None


def test_what_is_measured_wins_where_the_fit_speaks() -> None:
    """The model's middle; a fit in doubt leaves the claims."""
    found = sales_model(sales_of(firm(60)), spend_of(firm(60)), seed=(1, 1))
    assert isinstance(found, SalesModel)
    speaks = replace(found, settled=True, level_share=0.1, prior_conflict=0.0)
    (own,) = [one.iroas.mid for one in found.channels if one.channel == META]
    assert believed_return(PLAN, BUSINESS, ACTUALS, speaks, META) == own
    assert believed_return(PLAN, BUSINESS, ACTUALS, replace(found, settled=False), META) == pytest.approx(1.36)
