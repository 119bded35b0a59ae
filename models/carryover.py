"""Media that works on after its week and less with each unit: adstock, Hill curve, and their derivatives.

`a_t = sum_l w_l x_(t-l)` with `w_l` proportional to `alpha^l` over 13 weeks; `h = a^s / (a^s + k^s)`.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import Array

LAGS = 13
_LEAST = 1e-12  # money below which a curve is at its foot


@dataclass(frozen=True, eq=False)
class Response:
    """Curves (C, N, T) of N parameter vectors: their level, and what their slopes by the parameters are made of.

    `steep = s h (1 - h)`; the slope by `logit alpha` is `steep * carried`, by `ln k` -steep, by `ln s` `steep * above`.
    """

    level: Array
    steep: Array
    carried: Array
    above: Array  # ln(stock / k)


def lagged(spend: Array) -> Array:
    """(C, LAGS, T): spend of the weeks before; before the window each channel's mean over all weeks."""
    weeks = spend.shape[1]
    before = np.repeat(spend.mean(axis=1, keepdims=True), LAGS - 1, axis=1)
    whole = np.concatenate([before, spend], axis=1)
    return np.stack([whole[:, LAGS - 1 - lag : LAGS - 1 - lag + weeks] for lag in range(LAGS)], axis=1)


def responses(past: Array, alpha_logit: Array, half_log: Array, slope_log: Array) -> Response:
    """Curves for `past` (C, LAGS, T) and parameters (C, N) each."""
    lags = np.arange(LAGS)
    alpha = 1 / (1 + np.exp(-alpha_logit[..., None]))
    weights = alpha**lags
    weights /= weights.sum(axis=2, keepdims=True)
    middle = weights @ lags
    weights_by_alpha = weights * (lags - middle[..., None]) * (1 - alpha)
    stock = np.maximum(weights @ past, _LEAST)
    carried = weights_by_alpha @ past
    carried /= stock
    return _hill(stock, carried, half_log, slope_log)


def steady(money: Array, half_log: Array, slope_log: Array) -> Response:
    """The same curves at steady money (C, N, G): carry-over changes nothing there."""
    return _hill(np.maximum(money, _LEAST), np.zeros_like(money), half_log, slope_log)


def _hill(stock: Array, carried: Array, half_log: Array, slope_log: Array) -> Response:
    """Of (C, N, ..) stocks from `_LEAST` up and (C, N) parameters; steps share memory: this is the hot spot."""
    slope = np.exp(slope_log)[..., None]
    above = np.log(stock)
    above -= half_log[..., None]
    level = above * -slope
    np.exp(np.minimum(level, 700.0, out=level), out=level)
    level += 1
    np.reciprocal(level, out=level)
    level[stock <= _LEAST] = 0.0
    steep = 1 - level
    steep *= level
    steep *= slope
    return Response(level, steep, carried, above)
