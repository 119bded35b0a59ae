"""Response tables that the tests of budgets share, and the best split by a solver that knows nothing of ours."""

import numpy as np
from scipy.optimize import linprog

from models import ResponseTable
from models.arrays import Array


def table(channels: int = 4, draws: int = 60, points: int = 13, seed: int = 0, shape: float = 1.0) -> ResponseTable:
    """Saturating curves, uncertain in height and bend; `shape` above 1 makes them S-shaped."""
    rng = np.random.default_rng(seed)
    top = rng.uniform(500, 3000, channels)
    grid = top[:, None] * np.linspace(0, 1, points) ** 1.5
    half = top * rng.uniform(0.1, 0.6, channels) * np.exp(0.4 * rng.standard_normal((draws, channels)))
    height = half * rng.uniform(1, 4, channels) * np.exp(0.4 * rng.standard_normal((draws, channels)))
    bent = grid**shape
    return ResponseTable(grid, height[..., None] * bent / (bent + half[..., None] ** shape))


def today(curves: ResponseTable, weeks: int = 3, share: float = 0.4, seed: int = 1) -> Array:
    """An uneven plan (C, T)."""
    rng = np.random.default_rng(seed)
    return curves.spend[:, -1:] * share * rng.uniform(0.7, 1.3, (len(curves.spend), weeks))


def worth(curves: ResponseTable, spend: Array, season: Array | None = None) -> Array:
    """(D,): worth of a split by plain interpolation."""
    weeks = np.ones(spend.shape) if season is None else season
    return np.array(
        [
            sum(
                float((weeks[c] * np.interp(spend[c], curves.spend[c], curve[c])).sum())
                for c in range(len(curves.spend))
            )
            for curve in curves.worth
        ]
    )


def solved(
    curves: ResponseTable,
    budget: float,
    season: Array,
    low: Array,
    high: Array,
    channel_high: Array,
    member: Array | None = None,
    group_low: Array | None = None,
    group_high: Array | None = None,
) -> float:
    """The greatest expected worth, by linear programming over the weights of grid points (concave curves only).

    `member` (K, C) of ones and zeros says which channels a group has.
    """
    channels, points = curves.spend.shape
    weeks = season.shape[1]
    mean = curves.worth.mean(axis=0)
    cells = channels * weeks
    money = np.repeat(curves.spend, weeks, axis=0)
    cost = -(season.reshape(-1, 1) * np.repeat(mean, weeks, axis=0)).ravel()
    one = np.kron(np.eye(cells), np.ones(points))
    by_cell = np.zeros((cells, cells * points))
    for cell in range(cells):
        by_cell[cell, cell * points : (cell + 1) * points] = money[cell]
    by_channel = by_cell.reshape(channels, weeks, -1).sum(axis=1)
    groups = np.zeros((0, channels)) if member is None else member
    by_group = groups @ by_channel
    least = np.zeros(len(groups)) if group_low is None else group_low
    most = np.full(len(groups), 1e12) if group_high is None else group_high
    found = linprog(
        cost,
        np.vstack([-by_cell, by_cell, by_channel, -by_group, by_group]),
        np.concatenate([-low.ravel(), high.ravel(), np.minimum(channel_high, 1e12), -least, most]),
        np.vstack([one, money.ravel()[None]]),
        np.append(np.ones(cells), budget),
    )
    return -float(found.fun)
