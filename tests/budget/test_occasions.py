"""Examples of events lie where the calendar has them; months come from the firm's own sales."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.occasions import Occasion, occasions
from budget.present.season_words import OCCASIONS
from budget.weeks import WEEK, Period
from budget.yearly import own_months

FIRST = date(2024, 1, 1)
SHAPE = {1: 0.8, 2: 0.85, 3: 1.2, 4: 0.9, 5: 0.95, 6: 0.9, 7: 0.85, 8: 0.9, 9: 1.0, 10: 1.05, 11: 1.3, 12: 1.3}


def occasion(key: str) -> Occasion:
    """One example by its key."""
    return next(found for found in occasions() if found.key == key)


@pytest.mark.parametrize(
    ("key", "year", "first", "last"),
    [
        ("novruz", 2026, "2026-03-20", "2026-03-24"),
        ("ramadan", 2026, "2026-02-18", "2026-03-19"),
        ("ramadan", 2027, "2027-02-08", "2027-03-09"),
        ("ramadan", 2028, "2028-01-28", "2028-02-25"),
        ("black_friday", 2026, "2026-11-26", "2026-11-30"),
        ("black_friday", 2027, "2027-11-25", "2027-11-29"),
        ("black_friday", 2029, "2029-11-22", "2029-11-26"),
        ("new_year", 2026, "2026-12-15", "2026-12-31"),
        ("womens_day", 2027, "2027-03-01", "2027-03-08"),
    ],
)
def test_days_of_the_examples(key: str, year: int, first: str, last: str) -> None:
    """Five days from 20 March; Ramadan as calculated; Thursday to Monday around the day after the fourth Thursday."""
    found = occasion(key).in_year(year)
    assert found == Period(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))


@given(st.integers(2000, 2090))
def test_black_friday_is_a_friday(year: int) -> None:
    """The second day of its five is the Friday from 23 to 29 November."""
    found = occasion("black_friday").in_year(year)
    assert found is not None
    friday = found.start + timedelta(days=1)
    assert (friday.weekday(), friday.month) == (4, 11)
    assert 23 <= friday.day <= 29


def test_an_example_is_the_one_near_the_plan() -> None:
    """In the plan's days where it has some, else the next one; none where the moon is not known."""
    autumn, spring = Period(date(2026, 9, 7), date(2026, 12, 7)), Period(date(2027, 2, 1), date(2027, 4, 1))
    assert [found.near(autumn) for found in occasions()] == [
        occasion(key).in_year(year)
        for key, year in (
            ("novruz", 2027), ("ramadan", 2027), ("black_friday", 2026), ("new_year", 2026), ("womens_day", 2027),
        )
    ]  # fmt: skip
    assert occasion("ramadan").near(spring) == occasion("ramadan").in_year(2027)
    far = Period(date(2029, 1, 1), date(2029, 4, 1))
    assert occasion("ramadan").near(far) is None
    assert occasion("novruz").near(far) == occasion("novruz").in_year(2029)


def test_every_example_has_its_name_and_a_source() -> None:
    """No example without a word for it, a source and multipliers inside the usual."""
    assert {found.key for found in occasions()} == set(OCCASIONS)
    for found in occasions():
        assert found.source
        assert 0.2 <= min(found.factor, found.price_factor) <= max(found.factor, found.price_factor) <= 5
        event = found.event(Period(FIRST, FIRST + WEEK), "name", "why")
        assert (event.name, event.factor, event.price_factor, event.reason) == (
            "name", found.factor, found.price_factor, "why",
        )  # fmt: skip


def sold(weeks: int, yearly: float = 0.0, shape: dict[int, float] | None = None) -> dict[date, float]:
    """Weekly sales of days that follow the months, growing steadily."""
    found = {}
    for n in range(weeks):
        week = FIRST + n * WEEK
        days = [(shape or SHAPE)[(week + timedelta(days=i)).month] for i in range(7)]
        found[week] = 1000 * sum(days) / 7 * (1 + yearly) ** (n / 52)
    return found


@settings(max_examples=15, deadline=None)
@given(st.floats(-0.4, 0.8), st.integers(105, 200))
def test_months_come_back_without_the_growth(yearly: float, weeks: int) -> None:
    """Two years and more of sales with a season and growth give back both."""
    found = own_months(sold(weeks, yearly))
    assert found is not None
    usual = np.mean(list(SHAPE.values()))
    assert [found.factors[m] for m in range(1, 13)] == pytest.approx([x / usual for x in SHAPE.values()], rel=0.06)
    assert found.growth == pytest.approx(yearly, abs=0.02)
    assert sum(found.factors.values()) == pytest.approx(12)
    assert found.weeks == weeks


def test_a_year_cannot_tell_growth_from_season() -> None:
    """From 52 weeks months are told, growth is not; even sales are 1 in every month."""
    found = own_months(sold(52, shape=dict.fromkeys(range(1, 13), 1.0)))
    assert found is not None
    assert found.growth is None
    assert list(found.factors.values()) == pytest.approx([1.0] * 12)
    assert found.years == pytest.approx(1.0, abs=0.01)


def test_less_than_a_year_says_nothing() -> None:
    """51 weeks, 60 weeks that leave out a month, and a year without a sale give no months."""
    assert own_months(sold(51)) is None
    assert own_months({week: x for week, x in sold(100).items() if week.month != 7 and week.day < 28}) is None
    assert own_months(dict.fromkeys(sold(60), 0.0)) is None
