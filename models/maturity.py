"""Late conversions: which share of a day's conversions has arrived by which age.

A chain ladder for irregular uploads: what each date gained between its snapshots is an interval of ages; expectation
and maximisation spread it over the single ages, with the tail not yet seen added. Its range is a Bayesian bootstrap of
the dates, which knows that intervals hide single days and that dates differ by more than counting chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array

ROUNDS, DRAW_ROUNDS, CLOSE = 300, 60, 1e-8
DRAWS = 100
DELAY_LOG_SD = 0.7  # how far the prior's mean delay may be off
SETTLED = 0.98
Ages = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False, kw_only=True)
class Maturity:
    """Share arrived by age in whole days (horizon + 1,), rising to 1; low..high hold 80 %."""

    share: Array
    low: Array
    high: Array
    own_share: float  # how much of it comes from the uploads, 0..1
    settled_after: int  # first age at which 98 % have arrived


def completeness(
    age: npt.ArrayLike,
    reported: npt.ArrayLike,
    *,
    mean_days: float = 4.0,
    horizon: int = 28,
    weight: float = 60.0,
    rng: np.random.Generator,
) -> Maturity:
    """From snapshots S of conversion dates N: age in whole days and cumulative counts (S, N), NaN where a date lacks.

    Counts that fall are taken as not risen. Prior: exponential arrivals of `mean_days`, worth `weight` conversions;
    without history it is the answer.
    """
    if not (mean_days > 0 and horizon >= 1 and weight > 0):
        raise ValueError(f"completeness: found {mean_days}, {horizon}, {weight}, expected all above 0")
    ages = as_array("age", age, (None, None), nan=True)
    arrivals = _Arrivals.of(ages, as_array("reported", reported, ages.shape, nan=True), horizon)
    prior = _exponential(np.array([mean_days]), horizon)
    density = arrivals.fitted(arrivals.count.sum(axis=0)[None], prior, np.array([[weight]]), prior, ROUNDS)
    share = np.minimum(np.cumsum(density[0]), 1.0)
    low, high = np.quantile(_chances(arrivals, mean_days, weight, density, rng), [0.1, 0.9], axis=0)
    seen = float(arrivals.count.sum())
    return Maturity(
        share=share,
        low=np.minimum(low, share),
        high=np.maximum(high, share),
        own_share=seen / (seen + weight),
        settled_after=int(np.argmax(share >= SETTLED)),
    )


def _exponential(mean_days: Array, horizon: int) -> Array:
    """Density of arrivals by age (B, horizon + 1) for mean delays (B,)."""
    density: Array = np.exp(-np.arange(horizon + 1) / mean_days[:, None])
    shares: Array = density / density.sum(axis=1, keepdims=True)
    return shares


def _chances(arrivals: "_Arrivals", mean_days: float, weight: float, density: Array, rng: np.random.Generator) -> Array:
    """Shares (DRAWS, horizon + 1) of a Bayesian bootstrap of the dates, under priors of other delays and weights."""
    told = _exponential(mean_days * np.exp(DELAY_LOG_SD * rng.standard_normal(DRAWS)), density.shape[1] - 1)
    weights = weight * rng.random((DRAWS, 1))
    times = rng.exponential(size=(DRAWS, len(arrivals.count)))
    start = density * told / _exponential(np.array([mean_days]), density.shape[1] - 1)
    start = start / start.sum(axis=1, keepdims=True)
    drawn = arrivals.fitted(times @ arrivals.count, told, weights, start, DRAW_ROUNDS)
    shares: Array = np.minimum(np.cumsum(drawn, axis=1), 1.0)
    return shares


@dataclass(frozen=True, eq=False)
class _Arrivals:
    """K kinds of intervals of ages, and what arrived in them by date.

    Bounds are (K,), both ends included; `until` is the last age at which such an interval's date was seen.
    """

    first: Ages
    last: Ages
    until: Ages
    count: Array  # (dates, K)

    @classmethod
    def of(cls, age: Array, reported: Array, horizon: int) -> "_Arrivals":
        """From snapshots (S, N)."""
        kinds: dict[tuple[int, int, int], int] = {}
        gains: list[tuple[int, int, float]] = []
        for date, (ages, counts) in enumerate(zip(age.T, reported.T, strict=True)):
            for kind, gain in _intervals(ages, counts, horizon):
                gains.append((date, kinds.setdefault(kind, len(kinds)), gain))
        count = np.zeros((age.shape[1], len(kinds)))
        for date, place, gain in gains:
            count[date, place] += gain
        first, last, until = np.array(list(kinds), dtype=np.intp).reshape(-1, 3).T
        return cls(first, last, until, count)

    def fitted(self, count: Array, prior: Array, weight: Array, start: Array, rounds: int) -> Array:
        """Density of arrivals by age (B, horizon + 1) of counts (B, K), under priors like it of weight (B, 1)."""
        ages = np.arange(prior.shape[1])
        inside = ((ages >= self.first[:, None]) & (ages <= self.last[:, None])).astype(np.float64)
        unseen = (ages > self.until[:, None]).astype(np.float64)
        density = start
        for _ in range(rounds):
            within = count / np.maximum(density @ inside.T, 1e-12)
            beyond = count / np.maximum(1 - density @ unseen.T, 1e-12)
            expected = (within @ inside + beyond @ unseen) * density + weight * prior
            before, density = density, expected / expected.sum(axis=1, keepdims=True)
            if np.abs(density - before).max() < CLOSE:
                break
        return density


def _intervals(ages: Array, counts: Array, horizon: int) -> Iterator[tuple[tuple[int, int, int], float]]:
    """(first age, last age, last age seen) and gain of each step between the snapshots of one date."""
    known = np.flatnonzero(np.isfinite(ages) & np.isfinite(counts))
    if not known.size:
        return
    order = known[np.argsort(ages[known], kind="stable")]
    at = np.minimum(ages[order], horizon).astype(np.intp).tolist()
    gains = np.diff(np.maximum.accumulate(counts[order]), prepend=0.0).tolist()
    starts = [0, *(min(before + 1, now) for before, now in pairwise(at))]
    for first, last, gain in zip(starts, at, gains, strict=True):
        yield (first, last, at[-1]), gain
