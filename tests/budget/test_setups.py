"""Who does the work: costs of three set-ups over the plan, where they cross, and the chosen one in the P&L."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.business import business_of, with_business
from budget.editing import with_lines
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.money import MICROS, micros
from budget.plan import PlanCost, StoredPlan
from budget.pnl import ProfitAndLoss, team_cost
from budget.setups import (
    SETUPS,
    Setup,
    SetupCost,
    choose,
    chosen,
    compared,
    cost_over,
    crossings,
    setup_of,
    today,
    with_setup,
)
from budget.weeks import Period
from tests.budget.builders import usual_plan

HOUSE = Setup(micros(3000), 0, micros(200), micros(100))
AGENCY = Setup(0, micros(900), 0, micros(400), 0.15)
FREE = Setup(0, micros(1500), micros(50), 0, 0.05)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
amounts = st.integers(0, 10**10)


def known() -> StoredPlan:
    """The usual plan with all three set-ups."""
    plan = usual_plan()
    for name, setup in zip(SETUPS, (HOUSE, AGENCY, FREE), strict=True):
        plan = with_setup(plan, name, setup)
    return plan


def pnl_of(plan: StoredPlan) -> ProfitAndLoss:
    """The likely P&L of the plan."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    return found.pnl


def test_a_year_by_hand() -> None:
    """12 × 1,300 fixed and 15 % of 40,000 media: 21,600 for the agency; 12 × 3,300 = 39,600 in-house."""
    cost = cost_over(AGENCY, "agency", YEAR, micros(40_000))
    assert (cost.fixed_micros, cost.media_fee_micros, cost.total_micros) == (
        micros(15_600), micros(6_000), micros(21_600),
    )  # fmt: skip
    assert cost_over(HOUSE, "in_house", YEAR, micros(40_000)).total_micros == micros(39_600)


def test_the_break_even_by_hand() -> None:
    """15,600 + 15 % of media meets 39,600 at 160,000 of media; below it the agency costs less."""
    costs = [cost_over(HOUSE, "in_house", YEAR, 0), cost_over(AGENCY, "agency", YEAR, 0)]
    (found,) = crossings(costs)
    assert (found.below, found.above, found.media_micros) == ("agency", "in_house", micros(160_000))


@given(amounts, amounts, st.floats(0, 1), st.floats(0, 1))
def test_at_the_break_even_both_cost_the_same(first: int, second: int, one: float, other: float) -> None:
    """At the crossing the costs are equal to a micro's rounding; without one, one set-up is never dearer."""
    costs = (SetupCost("agency", first, 0, one), SetupCost("freelancer", second, 0, other))
    found = crossings(costs)
    if found:
        media = found[0].media_micros
        sums = [cost.fixed_micros + media * Fraction(cost.media_fee_share) for cost in costs]
        assert abs(sums[0] - sums[1]) <= 1
    else:
        low, high = sorted(costs, key=lambda cost: (cost.fixed_micros, cost.media_fee_share))
        assert low.media_fee_share <= high.media_fee_share or low.fixed_micros == high.fixed_micros


def test_the_chosen_one_is_what_the_pnl_pays() -> None:
    """Team cost and media of the P&L rise by exactly what the comparison says, for each of the three."""
    plan = known()
    assert plan.period is not None
    bare = with_business(plan, replace(business_of(plan), monthly_micros={}))
    without = pnl_of(bare)
    for name in SETUPS:
        pnl = pnl_of(choose(plan, name))
        (cost,) = [cost for cost in compared(plan) if cost.name == name]
        assert pnl.team == cost.fixed_micros == sum(team_cost(choose(plan, name), plan.period).values())
        assert abs(pnl.media - without.media - cost.media_fee_micros) <= len(plan.lines) * 13
        assert abs(without.profit - pnl.profit - cost.total_micros) <= len(plan.lines) * 13


def test_kinds_of_cost_stand_where_they_belong() -> None:
    """Salaries are people, a fixed fee is the agency's, a fee in percent is media."""
    plan = choose(known(), "freelancer")
    business = business_of(plan)
    assert business.monthly_micros == {"people": 0, "agency": micros(1500), "tools": micros(50), "production": 0}
    assert business.media_fee_share == 0.05
    assert (chosen(plan), today(plan)) == ("freelancer", FREE)


def test_the_cheapest_comes_first() -> None:
    """Set-ups are listed by their cost over the plan; those without figures are left out."""
    costs = compared(known())
    assert [cost.total_micros for cost in costs] == sorted(cost.total_micros for cost in costs)
    assert [cost.name for cost in compared(with_setup(usual_plan(), "agency", AGENCY))] == ["agency"]
    assert compared(StoredPlan(1, 1, "P", "AZN")) == ()


def test_figures_of_the_chosen_one_change_the_pnl_at_once() -> None:
    """A new salary in the chosen set-up is in the monthly costs; in another one it is not."""
    plan = choose(known(), "in_house")
    dearer = with_setup(plan, "in_house", replace(HOUSE, salaries_micros=micros(4000)))
    assert business_of(dearer).monthly_micros["people"] == micros(4000)
    assert chosen(dearer) == "in_house"
    other = with_setup(plan, "agency", replace(AGENCY, fee_micros=micros(1)))
    assert business_of(other) == business_of(plan)


def test_costs_typed_by_themselves_leave_the_set_up() -> None:
    """Once the monthly costs differ from the chosen set-up's, it is no longer the one in the P&L."""
    plan = choose(known(), "in_house")
    typed = with_business(plan, replace(business_of(plan), monthly_micros={"people": micros(1)}))
    assert chosen(typed) is None
    assert chosen(choose(plan, None)) is None
    assert business_of(choose(plan, None)) == business_of(plan)


def test_costs_of_a_month_stay() -> None:
    """A cost of one month only is no part of a set-up and survives the choice."""
    extra = PlanCost("production", micros(700), date(2026, 10, 1))
    plan = replace(known(), costs=(*usual_plan().costs, extra))
    assert extra in choose(plan, "agency").costs


def test_figures_survive_other_edits() -> None:
    """The set-ups are read back as said, also after lines were edited."""
    plan = choose(known(), "agency")
    edited = with_lines(plan, plan.lines[:1])
    assert [setup_of(edited, name) for name in SETUPS] == [HOUSE, AGENCY, FREE]
    assert chosen(edited) == "agency"
    assert setup_of(usual_plan(), "agency") == Setup()


@pytest.mark.parametrize(
    "wrong",
    [{"salaries_micros": -1}, {"fee_micros": 10**16}, {"media_fee_share": 1.5}],
    ids=["negative", "absurd", "share"],
)
def test_what_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    """Negative or absurd money and shares above one raise, and so does an unknown set-up."""
    with pytest.raises(InvalidValue):
        Setup(**wrong)
    with pytest.raises(InvalidValue):
        choose(known(), "robots")


def test_money_is_whole() -> None:
    """A cent is kept to the micro through the store's floats."""
    setup = Setup(micros("1234.56"), micros("0.01"), 7 * MICROS, 0, 0.125)
    assert setup_of(with_setup(usual_plan(), "agency", setup), "agency") == setup
