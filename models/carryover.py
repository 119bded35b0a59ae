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
    """Curves (C, N, T) of N parameter vectors and their derivatives by `logit alpha`, `ln k` and `ln s`."""

    level: Array
    by_alpha: Array
    by_half: Array
    by_slope: Array


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
    middle = (weights * lags).sum(axis=2, keepdims=True)
    stock = weights @ past
    stock_by_alpha = (weights * (lags - middle) * (1 - alpha)) @ past
    level, above, slope = _hill(stock, half_log, slope_log)
    rest = level * (1 - level)
    steep = slope * rest
    by_stock = np.where(stock > _LEAST, steep / np.maximum(stock, _LEAST), 0.0)
    return Response(level, by_stock * stock_by_alpha, -steep, steep * above)


def _hill(stock: Array, half_log: Array, slope_log: Array) -> tuple[Array, Array, Array]:
    """Level, `ln(stock / k)` and the slope, for (C, N, ..) stocks and (C, N) parameters."""
    slope = np.exp(slope_log)[..., None]
    above = np.log(np.maximum(stock, _LEAST)) - half_log[..., None]
    level = np.where(stock > _LEAST, 1 / (1 + np.exp(-np.clip(slope * above, -700.0, 700.0))), 0.0)
    return level, above, slope


def steady(money: Array, half_log: Array, slope_log: Array) -> Response:
    """The same curves at steady money (C, N, G): carry-over changes nothing there."""
    level, above, slope = _hill(money, half_log, slope_log)
    steep = slope * level * (1 - level)
    return Response(level, np.zeros_like(level), -steep, steep * above)
