"""When a running total turns positive for good."""

import numpy as np

Array = np.ndarray


def payback_week(cumulative: Array) -> int | None:
    """The first week, counted from 1, from which the total (T,) stays at 0 or more; None if it never does."""
    negative = np.flatnonzero(cumulative < 0)
    first = int(negative[-1]) + 2 if negative.size else 1
    return first if first <= len(cumulative) else None
