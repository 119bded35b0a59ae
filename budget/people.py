"""People reached over all channels, each person once."""

import numpy as np

from models import FunnelDraws, Outcomes, deduplicate_reach

Array = np.ndarray


def people_reached(draws: FunnelDraws, outcomes: Outcomes) -> Array:
    """People reached by any channel since the first week (D, T).

    The overlap is computed once a week at the medians and applied to every draw; the smaller audiences are taken to lie
    inside the largest. Always between the largest channel and the sum of all.
    """
    reach, impressions = np.median(outcomes.reach, axis=0), np.median(outcomes.impressions, axis=0).cumsum(axis=1)
    impressions = np.maximum(impressions, reach)
    universe = float(max(np.median(draws.audience, axis=0).max(), reach.max()))
    share = np.ones(reach.shape[1])
    for t in range(reach.shape[1]):
        active = reach[:, t] > 0
        if active.sum() > 1:
            once = deduplicate_reach(impressions[active, t], reach[active, t], universe).reach
            share[t] = once / reach[active, t].sum()
    summed = outcomes.reach.sum(axis=1)
    people: Array = np.maximum.accumulate(np.maximum(summed * share, outcomes.reach.max(axis=1)), axis=1)
    return people
