"""Early days: by age and by what uploads showed, weighted by conversions, judged from 80 % on."""

from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.immature import Arrived, Immature, arrived, early_from, early_weeks, immature
from budget.measures import Measures
from budget.ripeness import Ripeness
from tests.budget.builders import usual_plan, week

PLAN = usual_plan()
WEEKS = [week(n) for n in range(5)]
HALF_A_WEEK = np.array([0.5] * 4 + [1.0] * 25)
"""Half of a day's conversions while it is at most three days old, then all."""


def known(until: int = 28, platform: str = "meta") -> Immature:
    """One platform, looked at on the morning after its last exported day."""
    end = week(0) + timedelta(days=until)
    ripe = Ripeness({platform: HALF_A_WEEK}, {platform: datetime.combine(end, time(9), UTC)},
                    ranges={platform: (HALF_A_WEEK * 0.8, np.minimum(HALF_A_WEEK * 1.2, 1))})  # fmt: skip
    return immature(ripe, WEEKS, {platform: end})


def orders(*counts: int) -> tuple[Measures, ...]:
    """A line's weeks with so many conversions."""
    return tuple(Measures(spend_micros=1_000_000, conversions_micros=n * 1_000_000) for n in counts)


def test_the_last_days_are_early() -> None:
    """Three exported days are younger than four: the 25th to the 27th; nothing was seen twice."""
    found = known()
    assert found.first_day == week(0) + timedelta(days=25)
    assert found.days == 3
    assert found.seen == frozenset()


def test_a_week_is_the_mean_of_its_exported_days() -> None:
    """Three of seven days half there: 5.5 of 7 have arrived; of the week with one exported day a half."""
    assert known().of_week("meta", week(3)).share == pytest.approx(5.5 / 7)
    assert known().of_week("meta", week(2)).share == 1
    half = known(29).of_week("meta", week(4))
    assert (half.share, half.low, half.high) == pytest.approx((0.5, 0.4, 0.6))
    assert [part.needs_range for part in (half, Arrived(0.49))] == [False, True]
    assert not half.is_judged


def test_what_was_seen_counts_before_the_age() -> None:
    """Days whose last look was late have arrived, however young the platform's newest data are."""
    end = week(4)
    days = {week(3) + timedelta(days=n): 1.0 for n in range(7)}
    ripe = Ripeness({"meta": HALF_A_WEEK}, {"meta": datetime.combine(end, time(9), UTC)}, {"meta": days})
    found = immature(ripe, WEEKS, {"meta": end})
    assert found.first_day is None
    assert found.seen == {"meta"}


def test_shares_are_weighted_by_conversions() -> None:
    """Meta's 55 of 70 expected beside Google's 30 of 30: 85 of 100 have arrived; expected is reported by share."""
    actual = {"meta-prospecting": orders(0, 0, 0, 55), "google-search": orders(0, 0, 0, 30)}
    found = arrived(PLAN, known(), actual, WEEKS[:4])
    assert found.share == pytest.approx(0.85)
    assert found.expected(85)[1] == pytest.approx(100)
    assert arrived(PLAN, known(), actual, WEEKS[:4], ["meta-prospecting"]).share == pytest.approx(5.5 / 7)


def test_unmatched_spend_is_its_platforms() -> None:
    """What no line owns is as early as its platform."""
    assert not arrived(PLAN, known(), {"unmatched:meta": orders(0, 0, 0, 10)}, WEEKS[:4]).is_judged


def test_weeks_are_early_from_the_first_that_stays_so() -> None:
    """Of four weeks the last one is early; a platform that says nothing never is."""
    actual = {"meta-prospecting": orders(10, 10, 10, 10)}
    assert early_from(PLAN, known(), actual, WEEKS[:4]) == 3
    assert [part.is_judged for part in early_weeks(PLAN, known(), actual, WEEKS[:4])] == [True, True, True, False]
    assert early_from(PLAN, Immature(), actual, WEEKS[:4]) == 4
    assert arrived(PLAN, Immature(), actual, WEEKS[:4]) == Arrived()


@given(st.floats(0.06, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6))
def test_expected_is_ordered_and_never_below_reported(share: float, down: float, up: float, reported: float) -> None:
    """Whatever the shares: low <= middle <= high, and none below what is there already."""
    part = Arrived(share, share * (0.5 + down / 2), share + (1 - share) * up)
    low, middle, high = part.expected(reported)
    assert reported <= low * (1 + 1e-9)
    assert low <= middle * (1 + 1e-9)
    assert middle <= high * (1 + 1e-9)
