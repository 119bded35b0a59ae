"""Days without a year: told by their order and by today, and always asked."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.exports import Reading, read_export
from budget.exports.years import Yearless, years_of
from budget.weeks import Period
from tests.exports import creators
from tests.exports.archives import zip_bytes

TODAY = date(2026, 9, 1)
WEEK = Period(date(2026, 2, 2), date(2026, 2, 9))


def _read(data: bytes, name: str = "file.csv", **answers: str) -> Reading:
    return read_export(name, data, answers, today=TODAY)


def _codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def _asked(reading: Reading) -> set[str]:
    return {question.key for question in reading.questions}


def _places(days: Sequence[date]) -> dict[int, Yearless]:
    return {place: Yearless(day.month, day.day) for place, day in enumerate(days)}


@given(
    st.dates(date(2020, 1, 1), date(2024, 6, 1)), st.integers(1, 900), st.booleans(), st.integers(0, 300)
)  # fmt: skip
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_run_of_days_gets_its_years_back(first: date, count: int, backward: bool, later: int) -> None:
    """A daily run of any length, either end on top, has its own years once the year of its last day is told."""
    days = [first + timedelta(days=number) for number in range(count)]
    last = days[-1]
    given_days = days[::-1] if backward and count > 1 else days
    told = years_of(_places(given_days), str(last.year), last + timedelta(days=later), running=True)
    assert [told[place] for place in range(count)] == [day.year for day in given_days]


@given(st.sets(st.integers(0, 364), min_size=1, max_size=40), st.booleans())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_posts_of_the_last_twelve_months_have_their_years(ages: set[int], newest_first: bool) -> None:
    """Posts of the year before today get their own years untold, either end on top."""
    days = sorted((TODAY - timedelta(days=age) for age in ages), reverse=newest_first)
    told = years_of(_places(days), None, TODAY, running=False)
    assert [told[place] for place in range(len(days))] == [day.year for day in days]


@given(st.permutations([0, 40, 200, 260, 300]))
@settings(max_examples=120, derandomize=True, deadline=None)
def test_a_few_posts_have_their_years_in_any_order(ages: list[int]) -> None:
    """So few that their order proves nothing lie within the twelve months before today."""
    days = [TODAY - timedelta(days=age) for age in ages]
    told = years_of(_places(days), None, TODAY, running=False)
    assert [told[place] for place in range(len(days))] == [day.year for day in days]


def test_old_posts_follow_their_order() -> None:
    """Posts that run over a turn of the year, newest first, stay together where today's year would part them."""
    days = [date(2026, 2, 3), date(2026, 1, 5), date(2025, 12, 24), *(date(2025, 12 - back, 1) for back in range(4))]
    told = years_of(_places(days), "2026", date(2026, 12, 31), running=False)
    assert [told[place] for place in range(len(days))] == [day.year for day in days]


def test_the_29th_of_february_is_of_a_leap_year() -> None:
    """A year is not supposed in which a day of the file does not exist."""
    told = years_of(_places([date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]), None, TODAY, running=True)
    assert set(told.values()) == {2024}
    assert calendar.isleap(2024)


@pytest.mark.parametrize(("today", "year"), [(date(2026, 2, 8), 2026), (date(2026, 2, 7), 2025)])
def test_the_year_is_the_latest_that_puts_no_day_after_today(today: date, year: int) -> None:
    """On the export's last day it is this year, the day before that it was the last; it is asked all the same."""
    reading = read_export("Overview.csv", creators.text(creators.overview()), today=today)
    assert reading.period == Period(date(year, 2, 2), date(year, 2, 9))
    assert [(one.key, one.default, dict(one.facts)) for one in reading.questions] == [
        ("year", str(year), {"year": year})
    ]
    assert not reading.questions[0].remembered


def test_an_answered_year_moves_all_tables_of_a_file() -> None:
    """One answer dates every table of the archive; nothing but the days changes."""
    members = {"Overview.csv": creators.text(creators.overview()), "F.csv": creators.text(creators.followers()[0])}
    asked, said = (_read(zip_bytes(members), "a.zip", **more) for more in ({}, {"year": "2024"}))
    assert asked.period == WEEK
    assert said.period == Period(date(2024, 2, 2), date(2024, 2, 9))
    assert (_asked(asked), _asked(said)) == ({"year"}, set())
    assert list(asked.metrics["value"]) == list(said.metrics["value"])


def test_days_with_a_year_are_not_asked_for_one() -> None:
    """The business suite and X write the year: no question, no finding."""
    for path in ("tiktok/business.csv", "x/account.csv", "x/content.csv", "youtube/table-en.csv"):
        data = next(data for name, data, _ in creators.samples() if name == path)
        assert "YEAR_UNKNOWN" not in _codes(_read(data)), path
