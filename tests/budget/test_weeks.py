"""Weeks and months of a period."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from budget.weeks import WEEK, Period, months_of, week_of, weeks_of

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(0, 900))
def test_weeks_cover_the_period_and_no_more(start: date, length: int) -> None:
    """Every day of a period lies in exactly one of its weeks, and every week holds one of its days."""
    period = Period(start, start + timedelta(days=length))
    weeks = weeks_of(period)
    assert sum(period.common(Period(week, week + WEEK)).days for week in weeks) == length
    assert all(period.common(Period(week, week + WEEK)).days for week in weeks)
    assert all(week == week_of(week) for week in weeks)


@given(days, st.integers(0, 900))
def test_months_share_out_the_days(start: date, length: int) -> None:
    """The parts of months add up to the days of the period."""
    parts = list(months_of(Period(start, start + timedelta(days=length))))
    assert sum(part.days for part in parts) == length
    assert all(0 < part.days <= part.month_days for part in parts)
