"""Drift: it is found where there is one, and not where there is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.drift import shifts_of
from budget.measures import Measures
from budget.money import MICROS

CALM = (0.05, 0.05, 0.05)


def weekly(spend: float = 1000, impressions: int = 250_000, clicks: int = 5000, orders: float = 200) -> Measures:
    """One week."""
    return Measures(round(spend * MICROS), impressions, clicks, round(orders * MICROS), round(orders * 50 * MICROS))


@given(st.integers(8, 30), st.floats(1, 1e5), st.integers(1, 10**7), st.integers(1, 10**5))
@settings(derandomize=True, max_examples=60)
def test_equal_weeks_do_not_move(weeks: int, spend: float, impressions: int, clicks: int) -> None:
    """Whatever the level, weeks that are all alike show a change of exactly nothing."""
    found = shifts_of([weekly(spend, impressions, clicks)] * weeks, CALM)
    assert [shift.name for shift in found] == ["cpm", "ctr", "cvr"]
    assert all(shift.within_noise for shift in found)
    assert all(shift.change == pytest.approx(0, abs=1e-12) for shift in found)


def test_a_halved_conversion_rate_is_found() -> None:
    """Four weeks at half the conversion rate: that rate moved by half, price and click rate did not."""
    found = {shift.name: shift for shift in shifts_of([weekly()] * 8 + [weekly(orders=100)] * 4, CALM)}
    assert found["cvr"].change == pytest.approx(-0.5)
    assert found["cvr"].recent == pytest.approx(0.02)
    assert found["cvr"].before == pytest.approx(0.04)
    assert [name for name, shift in found.items() if not shift.within_noise] == ["cvr"]


def test_few_conversions_are_no_proof() -> None:
    """The same halving on four orders a week is within the noise: chance alone explains it."""
    found = {shift.name: shift for shift in shifts_of([weekly(orders=2)] * 8 + [weekly(orders=1)] * 4, CALM)}
    assert found["cvr"].change == pytest.approx(-0.5)
    assert found["cvr"].within_noise


def test_a_restless_line_needs_more() -> None:
    """A tenth dearer is a drift where weeks usually differ by 2 %, and none where they differ by a fifth."""
    weeks = [weekly()] * 8 + [weekly(spend=1100)] * 4
    assert not shifts_of(weeks, (0.02, 0.02, 0.02))[0].within_noise
    assert shifts_of(weeks, (0.2, 0.2, 0.2))[0].within_noise


@pytest.mark.parametrize("weeks", [0, 1, 4, 7])
def test_it_takes_eight_weeks(weeks: int) -> None:
    """With fewer than four weeks before the last four nothing is said."""
    assert shifts_of([weekly()] * weeks, CALM) == ()


def test_weeks_without_money_do_not_count() -> None:
    """A pause is no week: seven weeks with spend around it stay too few, eight are enough."""
    pause = [Measures(0, 0, 0, 0, 0), Measures()]
    assert shifts_of([weekly()] * 4 + pause + [weekly()] * 3, CALM) == ()
    assert len(shifts_of([weekly()] * 4 + pause + [weekly()] * 4, CALM)) == 3


def test_what_was_not_reported_is_not_judged() -> None:
    """Without clicks neither click nor conversion rate is compared."""
    unclicked = Measures(1000 * MICROS, 250_000, None, 200 * MICROS, None)
    assert [shift.name for shift in shifts_of([unclicked] * 9, CALM)] == ["cpm"]
