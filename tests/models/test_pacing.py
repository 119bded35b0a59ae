"""Laws of pacing."""

import numpy as np
import pytest

from models import Pace, pace
from models.arrays import Array

WEIGHTS = np.array([3.0, 1, 2, 2, 1, 4, 1] * 8)


def paced(spend: Array, weights: Array = WEIGHTS, budget: float = 1000.0, seed: int = 1) -> Pace:
    """Pacing of a budget of 1000 over 56 uneven days."""
    return pace(spend, weights, budget, rng=np.random.default_rng(seed))


def ideal(days: int) -> Array:
    """The first days spent exactly as planned."""
    share: Array = WEIGHTS[:days] / WEIGHTS.sum()
    return 1000.0 * share


@pytest.mark.parametrize("days", [0, 1, 6, 14, 40, 55, 56])
def test_spending_as_planned_ends_at_the_budget(days: int) -> None:
    """Ideal spending: projected is the budget and the state is on, at any moment."""
    result = paced(ideal(days))
    assert result.projected == pytest.approx(1000)
    assert result.low == pytest.approx(1000)
    assert result.high == pytest.approx(1000)
    assert result.state == "on"
    assert result.p_over == 0
    np.testing.assert_allclose(result.path, result.ideal)


def test_last_day_is_what_was_spent() -> None:
    """With no day left nothing is projected, required or suggested."""
    result = paced(np.full(56, 20.0))
    assert result.projected == result.low == result.high == pytest.approx(1120)
    assert (result.required_day, result.suggested_day, result.p_over) == (0, 0, 1)
    assert result.state == "over"


def test_rate_of_recent_days_goes_on() -> None:
    """Half the planned rate so far leads to half the budget; what is left is spread over the days left."""
    result = paced(ideal(28) / 2)
    assert result.projected == pytest.approx(500)
    assert result.state == "under"
    assert result.required_day == pytest.approx((1000 - 250) / 28)
    assert result.suggested_day == pytest.approx(750 * 3 / (14 * 4))


def test_older_days_do_not_set_the_rate() -> None:
    """Only the last fourteen days carry on; the older ones count as spent."""
    spend = np.concatenate([ideal(14) * 3, ideal(28)[14:]])
    assert paced(spend).projected == pytest.approx(750 + 750)


def test_band_narrows() -> None:
    """From 25 % on either side at the start to 1 % at the end."""
    assert paced(ideal(0)).band == pytest.approx((0.75, 1.25))
    assert paced(ideal(28)).band == pytest.approx((0.87, 1.13))
    assert paced(ideal(56)).band == pytest.approx((0.99, 1.01))


def test_range_holds_the_end_four_times_in_five() -> None:
    """Days that vary at random around the plan end inside the 80 % range in about 80 % of cases."""
    rng, inside = np.random.default_rng(3), 0
    for seed in range(200):
        days = ideal(56) * rng.lognormal(0, 0.4, 56)
        result = paced(days[:28], seed=seed)
        inside += result.low <= days.sum() <= result.high
        assert result.low <= result.projected <= result.high
    assert 0.66 <= inside / 200 <= 0.9


def test_paths_start_with_what_was_spent() -> None:
    """All three paths are the money spent so far and never fall after."""
    spend = ideal(20) * np.random.default_rng(4).lognormal(0, 0.5, 20)
    result = paced(spend)
    for path in (result.path_low, result.path, result.path_high):
        np.testing.assert_allclose(path[:20], np.cumsum(spend))
        assert (np.diff(path) >= -1e-9).all()
    assert (result.path_low <= result.path).all()
    assert (result.path <= result.path_high).all()
    assert 0 <= result.p_over <= 1


def test_nothing_spent_is_said() -> None:
    """Fourteen days without money project nothing and require all of it."""
    result = paced(np.zeros(14))
    assert (result.projected, result.p_over, result.state) == (0, 0, "under")
    assert result.required_day == pytest.approx(1000 / 42)


@pytest.mark.parametrize(("days", "weights", "budget"), [(57, WEIGHTS, 1.0), (1, WEIGHTS, 0.0), (1, WEIGHTS * 0, 1.0)])
def test_impossible_pacing_is_refused(days: int, weights: Array, budget: float) -> None:
    """More days than planned, no budget, no weights."""
    with pytest.raises(ValueError, match="expected a budget"):
        paced(np.ones(days), weights, budget)
