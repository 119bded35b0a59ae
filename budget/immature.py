"""Which recent days and weeks are still early: their conversions arrive for days after, so nothing is judged there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from budget.actuals import UNMATCHED
from budget.measures import Measures
from budget.plan import StoredPlan
from budget.ripeness import LEAST, Ripeness
from budget.weeks import DAY

JUDGED_FROM, RANGED_BELOW = 0.8, 0.5
"""Shares arrived: from the first on figures are judged, below the second they are shown with a range."""
LOOKED_BACK_DAYS = 28
Table = Mapping[str, Sequence[Measures]]


@dataclass(frozen=True)
class Arrived:
    """The share of conversions that has arrived, in (0, 1]; `low` to `high` hold 8 of 10 outcomes."""

    share: float = 1.0
    low: float = 1.0
    high: float = 1.0

    @property
    def is_judged(self) -> bool:
        """Whether enough has arrived to call a result good or bad."""
        return self.share >= JUDGED_FROM

    @property
    def needs_range(self) -> bool:
        """Whether so little has arrived that one figure would mislead."""
        return self.share < RANGED_BELOW

    def expected(self, reported: float) -> tuple[float, float, float]:
        """What the reported count stands for once all has arrived: low, middle, high; reported / share."""
        return reported / self.high, reported / self.share, reported / self.low


@dataclass(frozen=True)
class Immature:
    """By platform: what has arrived of each week's exported days, and the first of the days that are still early.

    `seen` are platforms whose delay the uploads have shown; of the others the usual delay is assumed.
    """

    weeks: Mapping[str, Mapping[date, Arrived]] = field(default_factory=dict)
    early_from: Mapping[str, date] = field(default_factory=dict)
    until: Mapping[str, date] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    @property
    def first_day(self) -> date | None:
        """The first day that is early on some platform; None where no day is."""
        return min(self.early_from.values(), default=None)

    @property
    def days(self) -> int:
        """Early days of the platform that has the most of them."""
        return max(((self.until[platform] - day).days for platform, day in self.early_from.items()), default=0)

    def of_week(self, platform: str, week: date) -> Arrived:
        """What has arrived of a platform's week; all where nothing is known."""
        return self.weeks.get(platform, {}).get(week, Arrived())


def immature(ripe: Ripeness, weeks: Sequence[date], until: Mapping[str, date]) -> Immature:
    """Of weeks (Mondays) and the first day without data by platform: F of each exported day by its age."""
    shares = {platform: _days(ripe, platform, end) for platform, end in until.items() if platform in ripe.as_of}
    early = {
        platform: min(day for day, part in days.items() if not part.is_judged)
        for platform, days in shares.items()
        if any(not part.is_judged for part in days.values())
    }
    by_week = {
        platform: {week: _mean(days, week) for week in weeks if week < until[platform] <= week + _LONG}
        for platform, days in shares.items()
    }
    return Immature(by_week, early, dict(until), frozenset(ripe.days))


_LONG = timedelta(days=LOOKED_BACK_DAYS)


def _days(ripe: Ripeness, platform: str, end: date) -> dict[date, Arrived]:
    """The last four weeks' exported days of a platform."""
    shares, known = ripe.shares[platform], ripe.days.get(platform, {})
    low, high = ripe.ranges.get(platform, (shares, shares))
    found = {}
    for day in (end - timedelta(days=n) for n in range(1, LOOKED_BACK_DAYS + 1)):
        age = max((ripe.as_of[platform].date() - day).days, 0)
        share = max(known.get(day, float(shares[min(age, len(shares) - 1)])), LEAST)
        ends = [max(float(np.interp(share, shares, side)), LEAST) for side in (low, high)]
        found[day] = Arrived(share, min(ends[0], share), max(min(ends[1], 1.0), share))
    return found


def _mean(days: Mapping[date, Arrived], week: date) -> Arrived:
    """Days of a week alike; those before the last four weeks have arrived."""
    inside = [days.get(week + n * DAY) for n in range(7) if week + n * DAY <= max(days)]
    parts = [part or Arrived() for part in inside]
    return Arrived(*(float(np.mean([getattr(part, name) for part in parts])) for name in ("share", "low", "high")))


def platform_of(plan: StoredPlan, key: str) -> str:
    """The platform of a review's channel: of a line, or of what matches none."""
    if key.startswith(UNMATCHED):
        return key.removeprefix(UNMATCHED)
    return next((line.platform for line in plan.lines if line.line_key == key), "")


def arrived(
    plan: StoredPlan, known: Immature, actual: Table, weeks: Sequence[date], keys: Iterable[str] = ()
) -> Arrived:
    """What has arrived of all conversions of the channels (none: all) in the weeks: reported over expected sums."""
    chosen = list(keys) or list(actual)
    cells = [
        (actual[key][t].conversions or 0.0, known.of_week(platform_of(plan, key), week))
        for key in chosen
        for t, week in enumerate(weeks)
        if actual[key][t].spend_micros or actual[key][t].conversions_micros
    ]
    reported = sum(count for count, _ in cells)
    if not reported:
        return min((part for _, part in cells), key=lambda part: part.share, default=Arrived())
    sums = [sum(count / getattr(part, name) for count, part in cells) for name in ("share", "low", "high")]
    return Arrived(*(min(reported / total, 1.0) for total in sums))


def early_weeks(plan: StoredPlan, known: Immature, actual: Table, weeks: Sequence[date]) -> tuple[Arrived, ...]:
    """The same week by week."""
    rows = [{key: [row[t]] for key, row in actual.items()} for t in range(len(weeks))]
    return tuple(arrived(plan, known, row, [week]) for row, week in zip(rows, weeks, strict=True))


def early_from(plan: StoredPlan, known: Immature, actual: Table, weeks: Sequence[date]) -> int:
    """The place of the first week from which on none is judged; the number of weeks where all are."""
    first = len(weeks)
    for t, part in reversed(list(enumerate(early_weeks(plan, known, actual, weeks)))):
        if part.is_judged:
            break
        first = t
    return first
