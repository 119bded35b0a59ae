"""The best split over curves of any shape, in whole units of money: dynamic programming over cells."""

import numpy as np
import numpy.typing as npt

from models.arrays import Array

MOST_CELLS = 300
UNITS_A_WEEK = 400
MOST_WEEKS = 5  # finer units for plans of up to so many weeks


def units_of(weeks: int) -> int:
    """Into how many units the money is cut."""
    return UNITS_A_WEEK * min(weeks, MOST_WEEKS)


def best_units(worth: list[Array], units: int) -> npt.NDArray[np.int64]:
    """Units for every cell, at most `units` in all; `worth[i][j]` is what cell i brings with j units beyond its least.

    Exact on that grid: V(b) = max over j of V(b - j) + worth(j), cell by cell.
    """
    best = np.zeros(units + 1)
    chosen = np.zeros((len(worth), units + 1), dtype=np.int32)
    for cell, gains in enumerate(worth):
        most = min(len(gains) - 1, units)
        padded = np.concatenate([np.full(most, -np.inf), best])
        windows = np.lib.stride_tricks.sliding_window_view(padded, most + 1)[:, ::-1]
        totals = windows + gains[: most + 1]
        chosen[cell] = totals.argmax(axis=1)
        best = totals[np.arange(units + 1), chosen[cell]]
    left, out = int(best.argmax()), np.zeros(len(worth), dtype=np.int64)
    for cell in range(len(worth) - 1, -1, -1):
        out[cell] = chosen[cell, left]
        left -= int(out[cell])
    return out
