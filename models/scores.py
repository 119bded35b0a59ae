"""Were the ranges honest: forecasts with a low, middle and high end against what happened."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from models.arrays import Array, as_array

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


def judge_share(share: float, trials: int, level: float) -> tuple[float, float, Verdict]:
    """Of ranges meant to hold `level`: the 95 % Wilson interval of the `share` of `trials` that fell inside; verdict.

    `trials` may be fewer than the results behind `share` where these come in groups that move together.
    """
    low, high = _wilson(share * trials if trials else 0.0, trials)
    return low, high, _verdict(trials, (low, high), level)


def crps_of_quantiles(levels: npt.ArrayLike, points: npt.ArrayLike, actual: npt.ArrayLike) -> Array:
    """Continuous ranked probability score (n,) of results (n,) under quantiles `points` (n, Q) at `levels` (Q,).

    The distribution is linear between its quantiles and goes on at the slope of the outer two; the integral of
    (F(x) - [x >= actual])^2 is exact for it. Unit of the result; smaller is better. Q >= 2, levels rise inside (0, 1).
    """
    known = as_array("actual", actual, (None,), signed=True)
    at = as_array("levels", levels, (None,))
    inner = as_array("points", points, (len(known), len(at)), signed=True)
    if len(at) < 2 or (np.diff(at) <= 0).any() or not (at[0] > 0 and at[-1] < 1) or (np.diff(inner) < 0).any():
        raise ValueError(
            f"crps_of_quantiles: found levels {at}, expected 2 or more that rise, and points that do not fall"
        )
    first = inner[:, 0] - at[0] * (inner[:, 1] - inner[:, 0]) / (at[1] - at[0])
    last = inner[:, -1] + (1 - at[-1]) * (inner[:, -1] - inner[:, -2]) / (at[-1] - at[-2])
    x, p = np.column_stack([first, inner, last]), np.concatenate([[0.0], at, [1.0]])
    a, b, below, above = x[:, :-1], x[:, 1:], p[:-1], 1 - p[1:]
    split = np.clip(known[:, None], a, b)
    share = (split - a) / np.where(b > a, b - a, 1.0)
    here = below + (p[1:] - below) * share
    left = (split - a) * (below**2 + below * here + here**2) / 3
    right = (b - split) * ((1 - here) ** 2 + (1 - here) * above + above**2) / 3
    outside = np.maximum(first - known, 0.0) + np.maximum(known - last, 0.0)
    score: Array = (left + right).sum(axis=1) + outside
    return score


def _wilson(hits: float, trials: int, level: float = 0.95) -> tuple[float, float]:
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
