"""Lifetime value: a schedule of orders by hand, laws of discounting, CAC from the plan's own P&L."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.business import business_of, with_business
from budget.economics import order_economics
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.lifetime import (
    Repeat,
    customer_value,
    lifetime_of,
    payback_month,
    repeat_of,
    schedule,
    with_repeat,
)
from budget.measures import total
from budget.money import MICROS
from budget.plan import StoredPlan
from tests.budget.builders import BUSINESS, plan_of, usual_plan

repeats = st.builds(
    Repeat,
    st.floats(0, 60, allow_subnormal=False),
    st.integers(1, 120),
    st.floats(0, 2, allow_subnormal=False),
    st.floats(0.01, 1),
)


def test_a_schedule_by_hand() -> None:
    """1.8 orders a year over 24 months: at 0, 6 2/3, 13 1/3, 20 months; 3.6 orders, the last one 0.6."""
    orders = schedule(Repeat(1.8, 24, 0.1))
    assert [order.month for order in orders] == pytest.approx([0, 20 / 3, 40 / 3, 20])
    assert [order.weight for order in orders] == pytest.approx([1, 1, 1, 0.6])


def test_a_value_by_hand() -> None:
    """Two orders a year that leave 20 each, a year at 21 %: 20 + 20/1.1 = 38.18; half a year is one order more."""
    assert customer_value(20, Repeat(2, 12, 0.21)) == pytest.approx(38.1818, abs=1e-4)
    assert customer_value(20, Repeat(2, 18, 0.21)) == pytest.approx(20 + 20 / 1.1 + 20 / 1.21)
    assert customer_value(20, Repeat(2, 15, 0.21)) == pytest.approx(20 + 20 / 1.1 + 10 / 1.21)


def test_a_single_purchase_is_worth_the_order() -> None:
    """Once a year over a year, or more rarely than the horizon: the first order, however much is discounted."""
    for repeat in (Repeat(), Repeat(0.0, 120, 0.5), Repeat(0.5, 24, 0.5)):
        assert customer_value(21.19, repeat) == 21.19


@given(repeats)
def test_orders_sum_to_the_rate_over_the_horizon(repeat: Repeat) -> None:
    """The weights sum to orders a year times years, never below one; undiscounted the value is that many CM2."""
    expected = max(repeat.orders_per_year * repeat.horizon_months / 12, 1.0)
    assert sum(order.weight for order in schedule(repeat)) == pytest.approx(expected, rel=1e-7)
    assert customer_value(7, replace(repeat, discount_rate=0.0)) == pytest.approx(7 * expected, rel=1e-7)
    assert all(order.month <= repeat.horizon_months + 1e-6 for order in schedule(repeat))


@given(repeats, st.integers(1, 24), st.floats(0.01, 1))
def test_longer_is_never_less_and_dearer_money_never_more(repeat: Repeat, months: int, more: float) -> None:
    """A longer horizon adds value, a higher rate takes it; the first order is always inside."""
    value = customer_value(10, repeat)
    longer = replace(repeat, horizon_months=min(repeat.horizon_months + months, 120))
    assert customer_value(10, longer) >= value - 1e-9
    assert customer_value(10, replace(repeat, discount_rate=repeat.discount_rate + more)) <= value + 1e-9
    assert value >= 10


def test_payback_is_the_first_month_that_covers_the_cac() -> None:
    """Orders at months 0, 4 and 8 that leave 20: 15 at once, 35 in month 4, 60 in month 8, 61 never."""
    repeat = Repeat(3, 12, 0.3)
    assert [payback_month(20, cac, repeat) for cac in (15, 20, 35, 60, 61)] == [0, 0, 4, 8, None]
    assert payback_month(20, 35, Repeat(1.8, 24)) == 7
    assert payback_month(-1, 5, repeat) is None


def likely_customers(plan: StoredPlan) -> Fraction:
    """Caused customers of the plan's forecast at likely figures."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    business = business_of(plan)
    claimed = sum(total(row).conversions_micros or 0 for row in found.likely.measures.values())
    share = Fraction(str(business.incrementality.likely)) * Fraction(str(business.customers_per_conversion))
    return Fraction(claimed, MICROS) * share


def test_cac_is_the_plans_cost_by_new_customer() -> None:
    """Media, and all programme cost, by the customers that ads cause; half of them new doubles both."""
    plan = usual_plan()
    pnl = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(pnl, Forecast)
    found, customers = lifetime_of(plan), likely_customers(plan)
    assert found.cac_paid == pytest.approx(float(Fraction(pnl.pnl.media, MICROS) / customers))
    assert found.cac_full == pytest.approx(float(Fraction(pnl.pnl.programme_cost, MICROS) / customers))
    half = lifetime_of(with_repeat(plan, Repeat(new_share=0.5)))
    assert found.cac_full is not None
    assert half.cac_full == pytest.approx(2 * found.cac_full)
    assert found.first == found.value == order_economics(business_of(plan)).contribution
    assert found.ratio == pytest.approx(found.value / found.cac_full)


def test_leads_count_by_those_who_become_customers() -> None:
    """Where one lead in four becomes a customer, winning a customer costs four leads."""
    business = replace(BUSINESS, result_is_lead=True, lead_to_customer_share=0.25)
    plan = with_business(usual_plan(), business)
    all_buy = with_business(usual_plan(), replace(business, lead_to_customer_share=1.0))
    found, every = lifetime_of(plan), lifetime_of(all_buy)
    assert found.cac_paid is not None
    assert every.cac_paid is not None
    assert found.cac_paid == pytest.approx(4 * every.cac_paid)


def test_it_never_enters_the_plans_profit() -> None:
    """However often customers come back, the forecast's profit stays what it is."""
    plain = forecast(usual_plan(), seed=(1, 1, 1, 0))
    loyal = forecast(with_repeat(usual_plan(), Repeat(12, 120, 0.0, 0.3)), seed=(1, 1, 1, 0))
    assert isinstance(plain, Forecast)
    assert isinstance(loyal, Forecast)
    assert (plain.pnl, plain.profit) == (loyal.pnl, loyal.profit)


def test_a_plan_without_lines_has_a_value_but_no_cac() -> None:
    """The order's economics are enough for LTV; CAC, ratio and payback wait for a plan."""
    found = lifetime_of(with_repeat(plan_of(), Repeat(2, 12, 0.0)))
    assert found.value == pytest.approx(2 * order_economics(BUSINESS).contribution)
    assert (found.cac_paid, found.cac_full, found.ratio, found.payback_month) == (None, None, None, None)


def test_figures_are_kept_with_the_plan() -> None:
    """What was said is read back; saying it again, or the economics of the order, changes none of it."""
    said = Repeat(1.8, 24, 0.125, 0.6)
    plan = with_repeat(usual_plan(), said)
    assert repeat_of(plan) == said
    assert repeat_of(with_business(plan, BUSINESS)) == said
    assert with_repeat(plan, said).assumptions == plan.assumptions
    assert repeat_of(usual_plan()) == Repeat()


@pytest.mark.parametrize(
    "wrong",
    [{"orders_per_year": -1.0}, {"horizon_months": 0}, {"horizon_months": 121}, {"discount_rate": -0.1},
     {"new_share": 1.1}],
    ids=lambda wrong: "-".join(wrong),
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    """Shares above one, negative rates and endless horizons raise."""
    with pytest.raises(InvalidValue):
        Repeat(**wrong)  # type: ignore[arg-type]  # the faults tested
