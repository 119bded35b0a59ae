"""Ranges of rates that were counted: how far chance alone may have moved them."""

from math import sqrt

from scipy.special import gammaincinv, ndtri


def count_range(events: int, base: int, level: float = 0.8) -> tuple[float, float]:
    """Low and high of events per unit of base, both exact for a Poisson count (Garwood 1936).

    Several events may fall on one unit of base, so the rate may pass 1. `base` above 0, `events` from 0.
    """
    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return low / base, float(gammaincinv(events + 1, 1 - tail)) / base


def share_range(hits: int, base: int, level: float = 0.8) -> tuple[float, float]:
    """Low and high of the share hits / base (Wilson 1927); `0 <= hits <= base`, `base` above 0."""
    z = float(ndtri((1 + level) / 2))
    share, weight = hits / base, z * z / base
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / base + weight / (4 * base)) / (1 + weight)
    return max(middle - half, 0.0), min(middle + half, 1.0)
