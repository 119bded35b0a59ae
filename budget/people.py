"""People reached over all channels, each person once."""

import numpy as np

from models import FunnelDraws, Outcomes, TotalReach, deduplicate_reach

Array = np.ndarray
OUTER = 1.2815515655446004
"""Standard deviations from the middle of a normal to its 10 % and 90 % points."""
MOST_WEEKS = 14


def people_reached(draws: FunnelDraws, outcomes: Outcomes, *, rng: np.random.Generator | None = None) -> Array:
    """People reached by any channel since the first week (D, T).

    The overlap is computed once a week at the medians and applied to every draw; the smaller audiences are taken to lie
    inside the largest. With `rng` the overlap is uncertain too: its range holds 8 of 10 draws, each draw on the same
    side in all weeks. Always between the largest channel and the sum of all.
    """
    shares = _shares(draws, outcomes)
    side = np.zeros((len(outcomes.reach), 1)) if rng is None else rng.standard_normal((len(outcomes.reach), 1)) / OUTER
    low, mid, high = np.log(shares)
    share = np.exp(mid + np.where(side > 0, side * (high - mid), side * (mid - low)))
    summed = outcomes.reach.sum(axis=1)
    people = np.maximum(summed * np.minimum(share, 1.0), outcomes.reach.max(axis=1))
    return np.asarray(np.maximum.accumulate(people, axis=1), dtype=np.float64)


def common_audience(draws: FunnelDraws, reach: Array) -> float:
    """The people that all audiences lie in: the largest of them at the medians, at least those reached (C,)."""
    return float(max(np.median(draws.audience, axis=0).max(), reach.max()))


def together(draws: FunnelDraws, outcomes: Outcomes) -> TotalReach:
    """All channels at the medians, at the end of the last week: people reached, and by whom alone (C,)."""
    reach, impressions = _medians(outcomes)
    return deduplicate_reach(impressions[:, -1], reach[:, -1], common_audience(draws, reach))


def _medians(outcomes: Outcomes) -> tuple[Array, Array]:
    """People and impressions since the first week (C, T)."""
    reach, impressions = np.median(outcomes.reach, axis=0), np.median(outcomes.impressions, axis=0).cumsum(axis=1)
    return reach, np.maximum(impressions, reach)


def _shares(draws: FunnelDraws, outcomes: Outcomes) -> Array:
    """People over the sum of the channels' people by week (3, T): at much, usual and little overlap."""
    reach, impressions = _medians(outcomes)
    universe = common_audience(draws, reach)
    computed = _weeks(reach)
    found = np.array([_overlap(impressions[:, t], reach[:, t], universe) for t in computed]).T
    return np.array([np.interp(np.arange(reach.shape[1]), computed, row) for row in found])


def _overlap(impressions: Array, reach: Array, universe: float) -> tuple[float, float, float]:
    """Of one week's channels (C,)."""
    active = reach > 0
    if active.sum() < 2:
        return 1.0, 1.0, 1.0
    once, every = deduplicate_reach(impressions[active], reach[active], universe), reach[active].sum()
    return once.low / every, once.reach / every, once.high / every


def _weeks(reach: Array) -> Array:
    """The weeks (n,) that are computed: all of a quarter; of more, as many and those about a channel's first one.

    Between them the overlap changes slowly, as people only add up.
    """
    many = reach.shape[1]
    if many <= MOST_WEEKS:
        return np.arange(many)
    first = np.flatnonzero(np.diff((reach > 0).sum(axis=0)))
    return np.unique([*np.linspace(0, many - 1, MOST_WEEKS).round().astype(int), *first, *(first + 1)])
