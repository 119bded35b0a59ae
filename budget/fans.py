"""Draws summarised as the range that 8 of 10 outcomes fall into, and its middle."""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Interval:
    """10 %, 50 % and 90 % points of one number."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, eq=False)
class Fan:
    """10 %, 50 % and 90 % points over time, each (T,)."""

    low: Array
    mid: Array
    high: Array


def interval(draws: Array) -> Interval:
    """Of draws (D,)."""
    low, mid, high = np.quantile(draws, (0.1, 0.5, 0.9))
    return Interval(float(low), float(mid), float(high))


def fan(draws: Array) -> Fan:
    """Of draws (D, T)."""
    return Fan(*np.quantile(draws, (0.1, 0.5, 0.9), axis=0))
