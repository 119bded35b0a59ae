"""Weeks whose conversions had not all arrived when they were exported: what is said of them, and what they will be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from budget.funnels import Channels
from budget.measures import Measures
from models import History

Array = np.ndarray
SETTLED = 0.98
"""A week with so much of its conversions is called complete."""
COMING_IN_WEEKS = 4
"""Conversions arrive for so many weeks; later on only another export brings what is missing."""


@dataclass(frozen=True)
class Young:
    """Weeks of platforms whose conversions had not all arrived when they were last exported.

    They are counted as `share` complete, their mean, in whole hundredths. `days` of the newest weeks, where more is
    still coming in; else None: the weeks are older, and were not exported again.
    """

    platforms: tuple[str, ...]
    weeks: int
    share: float
    days: int | None


def young_weeks(channels: Channels, history: History | None) -> tuple[Young, ...]:
    """The newest weeks that are not settled, then the older ones, of those with money; platforms alike as one."""
    if history is None or history.reported_share is None:
        return ()
    alike: dict[tuple[bool, int, float, int | None], list[str]] = {}
    for platform in dict.fromkeys(line.platform for line in channels.lines):
        lines = [c for c, line in enumerate(channels.lines) if line.platform == platform]
        shares = history.reported_share[lines[0]]
        for key in _parts(shares, history.spend[lines].sum(axis=0) > 0):
            alike.setdefault(key, []).append(platform)
    return tuple(Young(tuple(names), *key[1:]) for key, names in sorted(alike.items(), key=lambda item: item[0][0]))


def _parts(shares: Array, spent: Array) -> Iterator[tuple[bool, int, float, int | None]]:
    """(whether older, weeks, mean share, days) of a platform's young weeks."""
    unsettled, newest = (shares < SETTLED) & spent, np.arange(len(shares)) >= len(shares) - COMING_IN_WEEKS
    for older, part in ((False, unsettled & newest), (True, unsettled & ~newest)):
        if part.any():
            days = None if older else 7 * (len(shares) - int(np.flatnonzero(part)[0]))
            yield older, int(part.sum()), round(float(shares[part].mean()), 2), days


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
