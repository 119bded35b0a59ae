"""Weeks and months as [start, end) ranges of dates; weeks are ISO weeks, Monday first."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days; 0 for an empty or reversed range."""
        return max((self.end - self.start).days, 0)

    @property
    def is_whole_weeks(self) -> bool:
        """Whether it begins and ends with a Monday's morning."""
        return self.start == week_of(self.start) and self.end == week_of(self.end)

    def common(self, other: "Period") -> "Period":
        """The days that both hold (possibly none: `days == 0`)."""
        return Period(max(self.start, other.start), min(self.end, other.end))


def week_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(period: Period) -> tuple[date, ...]:
    """Mondays of all weeks that hold a day of the period, in order."""
    first = week_of(period.start)
    count = max(((period.end - first).days + 6) // 7, 0) if period.days else 0
    return tuple(first + i * WEEK for i in range(count))


def week_ends(weeks: Sequence[date]) -> tuple[date, ...]:
    """The Sunday of each week that begins on the given Monday."""
    return tuple(week + WEEK - DAY for week in weeks)


@dataclass(frozen=True)
class MonthPart:
    """The days of one calendar month that a period holds, and how many the month has."""

    month_start: date
    days: int
    month_days: int


def months_of(period: Period) -> Iterator[MonthPart]:
    """The parts of calendar months that make up the period, in order."""
    month = period.start.replace(day=1)
    while period.days and month < period.end:
        length = monthrange(month.year, month.month)[1]
        after = month + timedelta(days=length)
        yield MonthPart(month, period.common(Period(month, after)).days, length)
        month = after
