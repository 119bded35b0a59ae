"""Laws of lift tests, against simulated ones."""

import numpy as np
import pytest

from models import detectable_lift, lift_of
from models.arrays import Array

BEFORE, AFTER = 12, 6


def weeks(rng: np.random.Generator, lift: float = 0.0, noise: float = 40.0) -> tuple[Array, Array]:
    """Sales of a test and a control group; the test sells 1.5 times as much, and `lift` more a week after the start."""
    control = rng.normal(1000, 60, BEFORE + AFTER)
    test = 1.5 * control + rng.normal(0, noise, BEFORE + AFTER)
    test[BEFORE:] += lift
    return test, control


def test_exact_lift_without_noise() -> None:
    """When the groups move as one, the lift is what was added, with no doubt."""
    control = np.array([100.0, 120, 80, 110, 90, 105])
    test = 2 * control
    test[4:] += 30
    found = lift_of(test, control, 4)
    assert found.lift == pytest.approx(60)
    assert found.ratio == pytest.approx(2)
    assert found.expected == pytest.approx(2 * (90 + 105))
    assert found.sd == pytest.approx(0, abs=1e-9)


def test_ranges_hold_what_they_say() -> None:
    """The 80 % range holds the true lift in about four of five tests (residuals unlinked)."""
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(600):
        found = lift_of(*weeks(rng, lift=50), BEFORE)
        inside += found.low <= 50 * AFTER <= found.high
    assert 0.74 < inside / 600 < 0.9


def test_no_lift_is_seldom_called_one() -> None:
    """Without any change, `probability_positive` above 95 % comes about once in twenty."""
    rng = np.random.default_rng(3)
    false = sum(lift_of(*weeks(rng), BEFORE).probability_positive > 0.95 for _ in range(600))
    assert false / 600 < 0.09


def test_detectable_lift_is_detected() -> None:
    """A lift of the size promised is seen (above one-sided 5 %) about four times in five."""
    rng = np.random.default_rng(4)
    seen = 0
    for _ in range(400):
        test, control = weeks(rng)
        size = detectable_lift(test[:BEFORE], control[:BEFORE], AFTER)
        test[BEFORE:] += size / AFTER
        seen += lift_of(test, control, BEFORE).probability_positive > 0.95
    assert 0.7 < seen / 400 < 0.9


def test_longer_tests_see_smaller_weekly_lifts() -> None:
    """Total detectable lift grows slower than the number of weeks."""
    test, control = weeks(np.random.default_rng(5))
    sizes = [detectable_lift(test, control, periods) / periods for periods in (1, 2, 4, 8)]
    assert sizes == sorted(sizes, reverse=True)


def test_nonsense_is_refused() -> None:
    """Too short a past, a group without sales, a start after the end."""
    for call in (
        lambda: lift_of([1, 2, 3, 4], [1, 2, 3, 4], 2),
        lambda: lift_of([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 5),
        lambda: lift_of([1, 2, 3, 4, 5], [0, 0, 0, 0, 0], 4),
        lambda: detectable_lift([1, 2], [1, 2], 3),
    ):
        with pytest.raises(ValueError, match="found"):
            call()
