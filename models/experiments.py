"""Did switching a channel on or off change sales, and how small a change could a test have seen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from models.arrays import Array, as_array

FEWEST_BEFORE = 4  # weeks or days before the change
SEEN_AT = 1.6449 + 0.8416  # one-sided 5 %, power 80 %, in standard deviations


@dataclass(frozen=True, kw_only=True)
class LiftEstimate:
    """Money that the test group sold beyond what the control group foretold, over all periods after the start.

    `low`, `high`: 80 % range; `probability_positive` that there was any lift.
    """

    lift: float
    sd: float
    low: float
    high: float
    probability_positive: float
    expected: float  # what the test group would have sold without the change
    ratio: float  # of test to control before the start


def lift_of(test: npt.ArrayLike, control: npt.ArrayLike, start: int) -> LiftEstimate:
    """Sales (T,) of the group whose media changed from period `start` on, beside a group whose did not.

    Ratio estimator: `lift = sum(test - ratio control)` after the start; its variance is
    `s^2 (n + (sum control after)^2 / sum control before^2)`, widened for residuals that follow one another.
    """
    ours = as_array("test", test, (None,))
    theirs = as_array("control", control, ours.shape)
    if not FEWEST_BEFORE <= start < len(ours):
        raise ValueError(
            f"lift_of: found start {start} of {len(ours)}, expected {FEWEST_BEFORE} or more before and 1 or more after"
        )
    ratio, sd = _fit(ours[:start], theirs[:start])
    after = theirs[start:]
    lift = float((ours[start:] - ratio * after).sum())
    whole = sd * _spread(theirs[:start], after)
    chance = float(ndtr(lift / whole)) if whole > 0 else float(lift > 0)
    half = 1.2816 * whole
    return LiftEstimate(
        lift=lift, sd=whole, low=lift - half, high=lift + half, probability_positive=chance,
        expected=float(ratio * after.sum()), ratio=ratio,
    )  # fmt: skip


def detectable_lift(test: npt.ArrayLike, control: npt.ArrayLike, periods: int) -> float:
    """The smallest total lift that a test of `periods` would show (one-sided 5 %, power 80 %): 2.49 sd.

    `test`, `control`: past sales (T,) of the two groups, media unchanged; the future is taken to be like the past.
    """
    ours = as_array("test", test, (None,))
    theirs = as_array("control", control, ours.shape)
    if len(ours) < FEWEST_BEFORE or periods < 1:
        raise ValueError(
            f"detectable_lift: found {len(ours)} past, {periods} of test, expected {FEWEST_BEFORE} and 1 or more"
        )
    _, sd = _fit(ours, theirs)
    return SEEN_AT * sd * _spread(theirs, np.full(periods, theirs.mean()))


def _fit(test: Array, control: Array) -> tuple[float, float]:
    """Ratio through the origin and the sd of a period's residual, widened by (1 + rho) / (1 - rho) for rho > 0."""
    squares = float(control @ control)
    if squares <= 0:
        raise ValueError("control: found no sales, expected a group that sells without the change")
    ratio = float(test @ control) / squares
    residual = test - ratio * control
    variance = float(residual @ residual) / (len(test) - 1)
    before = float(residual[:-1] @ residual[:-1])
    rho = float(residual[1:] @ residual[:-1]) / before if before > 0 else 0.0
    rho = min(max(rho, 0.0), 0.9)
    return ratio, float(np.sqrt(variance * (1 + rho) / (1 - rho)))


def _spread(before: Array, after: Array) -> float:
    """Standard deviations of one period that the summed lift has."""
    return float(np.sqrt(len(after) + after.sum() ** 2 / (before @ before)))
