"""Sales without media: intercept, trend, season, slow drift and controls, integrated out of the density exactly."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array

YEAR = 52.18
_INTERCEPT, _TREND_SD, _SEASON_SD, _KNOT_SD, _CONTROL_SD = (0.8, 1.0), 0.2, 0.2, 0.05, 0.2


@dataclass(frozen=True, eq=False)
class Baseline:
    """Columns of every week (T, Q) with their priors, and the singular values of the known weeks' scaled columns."""

    all_weeks: Array
    mean: Array
    sd: Array
    left: Array  # (n, p) of the known weeks
    values: Array  # (p,)
    right: Array  # (Q, p)
    offset: Array  # (n,)

    @property
    def columns(self) -> int:
        """Q."""
        return len(self.mean)

    def likelihood(self, rest: Array, noise_log: Array) -> tuple[Array, Array, Array]:
        """Of (N, n) sales less media and (N,) ln sigma: log density, its slopes by media (N, n) and by ln sigma."""
        residual = rest - self.offset
        variance = np.exp(2 * noise_log)[:, None]
        inside = residual @ self.left
        spread = variance + self.values**2
        outside = (residual**2).sum(axis=1, keepdims=True) - (inside**2).sum(axis=1, keepdims=True)
        free = residual.shape[1] - len(self.values)
        value = (
            free * np.log(variance)[:, 0] + np.log(spread).sum(axis=1) + (outside / variance)[:, 0]
            + (inside**2 / spread).sum(axis=1)
        )  # fmt: skip
        by_media = (residual - (inside * self.values**2 / spread) @ self.left.T) / variance
        by_variance = (
            free / variance[:, 0] + (1 / spread).sum(axis=1) - (outside / variance**2)[:, 0]
            - (inside**2 / spread**2).sum(axis=1)
        )  # fmt: skip
        return -value / 2, by_media, -by_variance * variance[:, 0]

    def draw(self, rest: Array, variance: Array, noise: Array) -> Array:
        """(N, T): the baseline given (N, n) sales less media, (N,) variances and (N, Q) standard normal numbers."""
        inside = (rest - self.offset) @ self.left
        spread = variance[:, None] + self.values**2
        found = inside * self.values / spread - noise @ self.right
        found = found + noise @ self.right * np.sqrt(variance[:, None] / spread)
        coefficients = self.mean + self.sd * (noise + found @ self.right.T)
        return coefficients @ self.all_weeks.T


def baseline_of(
    sales: Array, controls: npt.ArrayLike | None, period: float, harmonics: int, knots_every: int | None
) -> Baseline:
    """The columns for (T,) sales (NaN: not known) and (K, T) controls."""
    weeks = len(sales)
    time = np.arange(weeks, dtype=np.float64)
    columns = [np.ones(weeks), (time - time.mean()) / YEAR]
    sds = [_INTERCEPT[1], _TREND_SD]
    for wave in range(1, harmonics + 1):
        angle = 2 * np.pi * wave * time / period
        columns += [np.sin(angle), np.cos(angle)]
        sds += [_SEASON_SD / wave] * 2
    for knot in np.arange(0, weeks + (knots_every or 0), knots_every) if knots_every else ():
        columns.append(np.maximum(1 - np.abs(time - knot) / float(knots_every or 1), 0.0))
        sds.append(_KNOT_SD)
    for row in () if controls is None else as_array("controls", controls, (None, weeks), signed=True):
        spread = row.std()
        columns.append((row - row.mean()) / (spread if spread > 0 else 1.0))
        sds.append(_CONTROL_SD)
    table, sd = np.stack(columns, axis=1), np.array(sds)
    mean = np.zeros(len(sd))
    mean[0] = _INTERCEPT[0]
    known = np.isfinite(sales)
    left, values, right = np.linalg.svd(table[known] * sd, full_matrices=False)
    return Baseline(table, mean, sd, left, values, right.T, table[known] @ mean)
