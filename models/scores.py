"""Were the ranges honest: forecasts with a low, middle and high end against what happened."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from models.arrays import as_array

FEWEST_FORECASTS = 10
Verdict = Literal["too few", "too narrow", "about right", "too wide"]


@dataclass(frozen=True, kw_only=True)
class RangeScore:
    """`coverage`: share of results inside their range, with its 95 % Wilson interval; NaN without forecasts."""

    forecasts: int
    coverage: float
    coverage_low: float
    coverage_high: float
    bias: float  # median ln(actual / middle) of those above 0: negative where forecasts were too high
    interval_score: float  # mean width plus the penalty for results outside; smaller is better
    verdict: Verdict


def score_ranges(
    low: npt.ArrayLike, high: npt.ArrayLike, middle: npt.ArrayLike, actual: npt.ArrayLike, level: float = 0.8
) -> RangeScore:
    """Score of n ranges meant to hold `level` of results; all (n,).

    Below 10 forecasts there is no verdict. Interval score: Gneiting and Raftery (2007).
    """
    known = as_array("actual", actual, (None,), signed=True)
    bottom, top, mid = (
        as_array(name, part, known.shape, signed=True)
        for name, part in (("low", low), ("high", high), ("middle", middle))
    )
    if (bottom > top).any() or not 0 < level < 1:
        raise ValueError(
            f"score_ranges: found level {level} or a low above its high, expected low <= high, 0 < level < 1"
        )
    inside = (bottom <= known) & (known <= top)
    outside = np.maximum(bottom - known, 0.0) + np.maximum(known - top, 0.0)
    judged = (known > 0) & (mid > 0)
    some = known.size > 0
    ends = _wilson(int(inside.sum()), known.size)
    return RangeScore(
        forecasts=known.size,
        coverage=float(inside.mean()) if some else np.nan,
        coverage_low=ends[0],
        coverage_high=ends[1],
        bias=float(np.median(np.log(known[judged] / mid[judged]))) if judged.any() else np.nan,
        interval_score=float((top - bottom + 2 / (1 - level) * outside).mean()) if some else np.nan,
        verdict=_verdict(known.size, ends, level),
    )


def _wilson(hits: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share; 0..1 without trials."""
    if not trials:
        return 0.0, 1.0
    z = float(ndtri((1 + level) / 2))
    share, scale = hits / trials, 1 + z**2 / trials
    middle = (share + z**2 / (2 * trials)) / scale
    half = z / scale * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def _verdict(forecasts: int, ends: tuple[float, float], level: float) -> Verdict:
    if forecasts < FEWEST_FORECASTS:
        return "too few"
    if ends[1] < level:
        return "too narrow"
    return "too wide" if ends[0] > level else "about right"
