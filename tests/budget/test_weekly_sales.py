"""Sales by week: whole weeks only, exact money, orders and totals alike; what cannot be told apart is left out."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import pytest

from budget.money import micros
from budget.rates import Rate
from budget.weekly_sales import weekly_sales
from tests.budget.shops import daily

MONDAY = date(2026, 3, 2)


def rows(*said: tuple[int, int, float | None], currency: str = "AZN", grain: str = "") -> pd.DataFrame:
    """`Store.daily_sales`: (first day, days, manat), days counted from `MONDAY`."""
    made = [
        {
            "period_start": pd.Timestamp(MONDAY + timedelta(days=start)),
            "period_end": pd.Timestamp(MONDAY + timedelta(days=start + length)),
            "grain": grain or ("day" if length == 1 else "period"), "currency": currency, "orders": None,
            "new_customers": None, "revenue_micros": None if sold is None else micros(sold), "units": None,
        }
        for start, length, sold in said
    ]  # fmt: skip
    return pd.DataFrame(made).astype({"revenue_micros": "Int64"})


def week(number: int) -> date:
    """The n-th Monday."""
    return MONDAY + timedelta(weeks=number)


def test_days_make_a_week() -> None:
    """Seven days of 10.01 are a week of 70.07; an eighth day makes no second week."""
    found = weekly_sales(rows(*((n, 1, 10.01) for n in range(8))), "AZN")
    assert dict(found.amounts) == {MONDAY: pytest.approx(70.07)}
    assert found.findings == ()


@pytest.mark.parametrize("missing", [0, 3, 6])
def test_a_week_with_an_unknown_day_is_left_out(missing: int) -> None:
    """A day of which nobody said the money makes its week unknown, never smaller."""
    said = [(n, 1, None if n == 7 + missing else 5.0) for n in range(21)]
    assert list(weekly_sales(rows(*said), "AZN").amounts) == [week(0), week(2)]


def test_quiet_days_are_days_without_sales() -> None:
    """A shop that sells every other day has whole weeks; the days between count as nothing."""
    found = weekly_sales(rows(*((n, 1, 8.0) for n in range(0, 21, 2))), "AZN")
    assert [round(x) for x in found.amounts.values()] == [32, 24, 32]


def test_a_missing_file_is_no_quiet_time() -> None:
    """A month without orders in a shop that sells daily is unknown, not a month of nothing."""
    said = [(n, 1, 5.0) for n in [*range(14), *range(42, 56)]]
    assert list(weekly_sales(rows(*said), "AZN").amounts) == [week(0), week(1), week(6), week(7)]


def test_a_total_across_two_weeks_is_shared_by_days() -> None:
    """A week from Thursday to Wednesday gives four sevenths to the first week and three to the next."""
    found = weekly_sales(rows((0, 3, 30.0), (3, 7, 70.0), (10, 4, 4.0)), "AZN")
    assert dict(found.amounts) == {week(0): pytest.approx(70.0), week(1): pytest.approx(34.0)}


def test_a_total_of_a_month_says_nothing_of_weeks() -> None:
    """It is left out and said, beside the weeks that are known."""
    found = weekly_sales(rows((0, 31, 3100.0), (35, 7, 70.0)), "AZN")
    assert list(found.amounts) == [week(5)]
    assert [(one.code, one.facts) for one in found.findings] == [("SALES_TOO_COARSE", {"count": 1})]


def test_money_is_turned_by_the_rate_of_the_day() -> None:
    """100 dollars at 1.7 are 170 manat; without a rate the week is unknown and the currency named."""
    rate = Rate(MONDAY, "USD", "AZN", 1_700_000_000)
    said = rows((0, 7, 100.0), currency="USD")
    assert dict(weekly_sales(said, "AZN", [rate]).amounts) == {MONDAY: pytest.approx(170.0)}
    without = weekly_sales(said, "AZN")
    assert (dict(without.amounts), without.findings[0].facts) == ({}, {"currency": "USD"})


def test_two_currencies_of_one_week_need_both_rates() -> None:
    """A week partly in a currency without a rate is unknown as a whole."""
    both = pd.concat([rows((0, 7, 100.0)), rows((0, 7, 1.0), currency="USD")])
    assert dict(weekly_sales(both, "AZN").amounts) == {}


@pytest.mark.parametrize("sales", [[], [float("nan")] * 3])
def test_nothing_said_is_nothing_known(sales: Sequence[float]) -> None:
    """No rows, no weeks, no fault."""
    assert dict(weekly_sales(daily(sales), "AZN").amounts) == {}
