"""Weeks whose conversions had not all arrived when they were exported: what is said of them, and what they will be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from budget.funnels import Channels
from budget.measures import Measures
from models import History

SETTLED = 0.98
"""A week with so much of its conversions is called complete."""
COMING_IN_WEEKS = 4
"""Conversions arrive for so many weeks; later on only another export brings what is missing."""


@dataclass(frozen=True)
class Young:
    """Weeks of a platform whose conversions had not all arrived when they were last exported.

    They are counted as `share` complete, their mean. `days` of the newest weeks, where more is still coming in; else
    None: the weeks are older, and were not exported again.
    """

    platform: str
    weeks: int
    share: float
    days: int | None


def young_weeks(channels: Channels, history: History | None) -> tuple[Young, ...]:
    """By platform the newest weeks that are not settled, then the older ones, of those with money."""
    if history is None or history.reported_share is None:
        return ()
    made = []
    for platform in dict.fromkeys(line.platform for line in channels.lines):
        rows = [c for c, line in enumerate(channels.lines) if line.platform == platform]
        shares = history.reported_share[rows[0]]
        open_weeks = (shares < SETTLED) & (history.spend[rows] > 0).any(axis=0)
        newest = np.arange(len(shares)) >= len(shares) - COMING_IN_WEEKS
        for part, coming in ((open_weeks & newest, True), (open_weeks & ~newest, False)):
            if part.any():
                first = int(np.flatnonzero(part)[0])
                days = 7 * (len(shares) - first) if coming else None
                made.append(Young(platform, int(part.sum()), float(shares[part].mean()), days))
    return tuple(made)


def arrived(history: History | None, line: int, weeks: Sequence[Measures]) -> list[Measures]:
    """Weeks of a line with those conversions too that are still to arrive: a young week is no drift."""
    if history is None or history.reported_share is None:
        return list(weeks)
    shares = history.reported_share[line]
    return [_whole(week, float(share)) for week, share in zip(weeks, shares, strict=True)]


def _whole(week: Measures, share: float) -> Measures:
    if week.conversions_micros is None:
        return week
    return replace(week, conversions_micros=round(week.conversions_micros / share))
