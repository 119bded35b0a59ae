"""Late conversions against simulated arrivals."""

import numpy as np
import pytest

from models import Maturity, completeness
from models.arrays import Array

HORIZON = 28


def shares(mean_days: float) -> Array:
    """True shares arrived: half at once, the others later."""
    late: Array = 1 - np.exp(-(np.arange(HORIZON + 1) + 1) / mean_days)
    return 0.5 + late * (0.5 / float(late[-1]))


def uploads(weeks: int, truth: Array, seed: int, a_day: float = 25.0) -> tuple[Array, Array]:
    """Weekly uploads of an export of the last thirty days: ages and cumulative counts (S, N)."""
    rng = np.random.default_rng(seed)
    dates = 7 * weeks + 30
    arrivals = rng.poisson(a_day * np.diff(truth, prepend=0.0), (dates, HORIZON + 1)).cumsum(axis=1)
    age, reported = np.full((2, weeks, dates), np.nan)
    for snapshot in range(weeks):
        today = 30 + 7 * snapshot
        days = np.arange(today - 30, today)
        age[snapshot, days] = today - 1 - days
        reported[snapshot, days] = arrivals[days, np.minimum(today - 1 - days, HORIZON)]
    return age, reported


def learnt(age: Array, reported: Array) -> Maturity:
    """With the default prior."""
    return completeness(age, reported, rng=np.random.default_rng(1))


def test_no_history_is_the_default() -> None:
    """Without uploads the shares are those of exponential delays, renormalised at the horizon."""
    result = learnt(np.zeros((0, 0)), np.zeros((0, 0)))
    plain = 1 - np.exp(-(np.arange(HORIZON + 1) + 1) / 4.0)
    np.testing.assert_allclose(result.share, plain / plain[-1], atol=1e-9)
    assert result.own_share == 0


def test_one_upload_says_nothing_of_delays() -> None:
    """A date seen once tells how many, not when."""
    age, reported = uploads(1, shares(2.0), 2)
    np.testing.assert_allclose(learnt(age, reported).share, learnt(age[:0], reported[:0]).share, atol=1e-6)


@pytest.mark.parametrize(("weeks", "error"), [(3, 0.06), (10, 0.03)])
def test_weekly_uploads_tell_the_shares(weeks: int, error: float) -> None:
    """Mean error of the shares at ages 0 to 13 falls with the number of uploads."""
    for truth in (shares(2.0), shares(6.0)):
        found = [learnt(*uploads(weeks, truth, seed)).share for seed in range(6)]
        assert np.mean([np.abs(each - truth)[:14].mean() for each in found]) < error


def test_range_holds_the_truth() -> None:
    """80 % ranges hold the share at ages 0 to 9 in most of twenty worlds, in not many fewer than said."""
    truth = shares(4.0)
    held = []
    for seed in range(20):
        result = learnt(*uploads(12, truth, seed))
        held.append((result.low <= truth) & (truth <= result.high))
    assert np.mean(held, axis=0)[:10].mean() >= 0.65


def test_shares_rise_to_one() -> None:
    """Shares rise, end at one, lie in their range, and settle where 98 % have arrived."""
    result = learnt(*uploads(6, shares(3.0), 3))
    assert (np.diff(result.share) >= 0).all()
    assert result.share[-1] == pytest.approx(1)
    assert (result.low <= result.share).all()
    assert (result.share <= result.high).all()
    assert result.share[result.settled_after] >= 0.98 > result.share[result.settled_after - 1]
    assert 0.9 < result.own_share < 1


def test_order_of_uploads_is_irrelevant() -> None:
    """Snapshots in any order give the same shares."""
    age, reported = uploads(6, shares(3.0), 4)
    np.testing.assert_allclose(learnt(age, reported).share, learnt(age[::-1], reported[::-1]).share)


def test_falls_are_not_counted_twice() -> None:
    """A count that falls and recovers is one that stayed."""
    age = np.array([[0.0], [3.0], [6.0]])
    steady, dipped = np.array([[50.0], [50.0], [50.0]]), np.array([[50.0], [20.0], [50.0]])
    np.testing.assert_array_equal(learnt(age, steady).share, learnt(age, dipped).share)
    assert learnt(age, steady).share[0] > learnt(age[:0], steady[:0]).share[0]


def test_impossible_snapshots_are_refused() -> None:
    """Negative ages, other shapes, a prior of nothing."""
    with pytest.raises(ValueError, match="negative"):
        learnt(np.array([[-1.0]]), np.array([[1.0]]))
    with pytest.raises(ValueError, match="shape"):
        learnt(np.zeros((1, 2)), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="above 0"):
        completeness([[0]], [[1]], weight=0, rng=np.random.default_rng(1))
