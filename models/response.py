"""What one week of money brings each channel, draw by draw, as a table that a budget can be split over."""

import numpy as np
import numpy.typing as npt

from models.allocation import ResponseTable
from models.arrays import as_array
from models.funnel import FunnelDraws, expect

POINTS = 97
BEND = 1.5  # points stand closer where curves bend most


def response_table(
    draws: FunnelDraws, top: npt.ArrayLike, *, rate: npt.ArrayLike, points: int = POINTS
) -> ResponseTable:
    """Contribution by weekly spend: `top` (C,) ends each grid, `rate` (C,) is contribution per money of value.

    Grid: `top * linspace(0, 1, points)^1.5`; worth = incremental value of `expect` times the rate.
    """
    channels = draws.spend_week.size
    ends = as_array("top", top, (channels,))
    if not (ends > 0).all() or points < 2:
        raise ValueError(f"response_table: found top {ends}, {points} points, expected amounts > 0, 2 or more")
    grid = ends[:, None] * np.linspace(0.0, 1.0, points) ** BEND
    rates = as_array("rate", rate, (channels,), signed=True)
    return ResponseTable(grid, expect(draws, grid).incremental_value * rates[:, None])
