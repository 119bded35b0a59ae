"""Laws of cash: it is the profit, later; terms move money and never make any."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.business import business_of, with_business
from budget.cash import CashTerms, cash_of, later, terms_of, with_terms
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.frequency import with_cap
from budget.plan import StoredPlan
from budget.present.words import words_for
from budget.reports.plan_file import plan_workbook
from budget.reports.plan_upload import read_plan_file
from tests.budget.builders import START, usual_plan, week

DAYS = st.integers(0, 60)
WEEKS = tuple(week(n) for n in range(4))


def forecasted(plan: StoredPlan) -> Forecast:
    """A forecast that must exist."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    return found


def by_hand(revenue: list[float], goods: list[float], media: float = 10.0) -> dict[str, np.ndarray]:
    """One draw of four weeks, media and team apart."""
    income = np.array([revenue])
    return {"revenue": income, "profit": income - np.array([goods]) - media - 1.0}


def test_a_week_by_hand() -> None:
    """Spend 10 a week, team 1, goods 20 and revenue 50 a week later by 14 days: 31 a week is missing twice."""
    weekly = by_hand([50.0] * 4, [20.0] * 4)
    found = cash_of(CashTerms(revenue_days=14), WEEKS, weekly, np.full(4, 10.0), np.full(4, 1.0))
    assert found.cumulative.mid == pytest.approx([-31, -62, -43, -24, 26, 76])
    assert found.need.mid == pytest.approx(62)
    assert found.need_week == week(1)
    assert found.back_week == 5
    assert found.weeks[-1] == week(5)


def test_half_a_week_falls_into_two() -> None:
    """What comes evenly over a week and is paid 10 days later lies 4/7 in the next week and 3/7 in the one after."""
    moved = later(np.array([[7.0, 0.0]]), 10, 2)
    assert moved[0] == pytest.approx([0, 4, 3, 0])


@given(DAYS, DAYS, DAYS)
@settings(derandomize=True, max_examples=25, deadline=None)
def test_after_the_last_payment_cash_is_profit(media: int, goods: int, revenue: int) -> None:
    """Whatever the terms, in every week money only moves: the last total is the profit of each draw."""
    rng = np.random.default_rng(1)
    weekly = {"revenue": rng.gamma(2, 50, (9, 4)), "profit": rng.normal(0, 30, (9, 4))}
    paid, team = rng.gamma(2, 10, 4), np.full(4, 5.0)
    found = cash_of(CashTerms(media, goods, revenue), WEEKS, weekly, paid, team)
    total = weekly["profit"].sum(axis=1)
    assert found.cumulative.mid[-1] == pytest.approx(np.median(total))
    assert found.cumulative.low[-1] == pytest.approx(np.quantile(total, 0.1))
    assert 0 <= found.need.low <= found.need.mid <= found.need.high


def test_paid_at_once_cash_is_the_cumulative_profit() -> None:
    """Without terms the cash of a forecast is its cumulative profit, week by week."""
    found = forecasted(usual_plan())
    assert found.cash.cumulative.mid == pytest.approx(found.cumulative_profit.mid)
    assert found.cash.weeks == found.weeks


def test_later_revenue_needs_more_and_later_media_less() -> None:
    """Customers who pay a month later raise the money needed up front; a media invoice a month later lowers it."""
    plan = usual_plan()
    usual = forecasted(plan).cash.need.mid
    slow = forecasted(with_terms(plan, CashTerms(revenue_days=30))).cash
    easy = forecasted(with_terms(plan, CashTerms(media_days=30))).cash
    assert slow.need.mid > usual > easy.need.mid
    assert slow.weeks[-1] == START + timedelta(weeks=12 + 5)


def test_terms_are_kept_on_the_plan_beside_the_business() -> None:
    """Terms read back as written, survive an edit of the business, and leave nothing behind where all is at once."""
    plan = usual_plan()
    terms = CashTerms(media_days=30, revenue_days=5)
    kept = with_terms(plan, terms)
    assert terms_of(kept) == terms
    assert terms_of(with_business(kept, replace(business_of(kept), cogs_share=0.3))) == terms
    assert with_terms(kept, CashTerms()) == plan
    assert terms_of(plan) == CashTerms()


@pytest.mark.parametrize("lang", ["en", "az"])
def test_terms_and_cap_travel_in_the_workbook(lang: str) -> None:
    """The plan's workbook carries the terms of payment and the cap, in words, and brings them back unchanged."""
    plan = with_cap(with_terms(usual_plan(), CashTerms(media_days=30, revenue_days=14)), 4.0)
    book = plan_workbook(plan, words_for(lang))
    found = read_plan_file(book, plan)
    assert not [finding for finding in found.findings if finding.severity in ("stop", "warn")]
    assert found.changes == ()
    assert found.plan == plan
    assert len(read_plan_file(book, usual_plan()).meanwhile) == 3


def test_terms_out_of_range_are_refused() -> None:
    """Days below zero or beyond a year are an error that says what was found."""
    with pytest.raises(InvalidValue, match="revenue_days: found 400"):
        CashTerms(revenue_days=400)
    with pytest.raises(InvalidValue, match="media_days: found -1"):
        CashTerms(media_days=-1)


def test_a_plan_that_never_dips_needs_nothing() -> None:
    """Where every week earns, nothing is needed up front and no week is named."""
    weekly = by_hand([50.0] * 4, [20.0] * 4)
    found = cash_of(CashTerms(), WEEKS, weekly, np.full(4, 10.0), np.full(4, 1.0))
    assert found.need.mid == 0.0
    assert found.need_week is None
    assert found.back_week == 1
