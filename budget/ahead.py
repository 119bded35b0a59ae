"""The weeks of a plan whose money can still move."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.funnels import Channels
from budget.money import micros
from budget.phasing import active_days
from models import Season

Array = np.ndarray
BEGINNING = date.min


@dataclass(frozen=True, eq=False)
class Ahead:
    """Weeks to come of the plan's lines: `today_micros` (C, T) whole micros, 0 where money cannot move.

    `part` (C, T): share of the week in which the line runs, 0 where its money cannot move. `ended`: the plan is over by
    the calendar, and the weeks are those that nobody has uploaded yet. `season` (C, T): what is known of the weeks.
    """

    channels: Channels
    weeks: tuple[date, ...]
    today_micros: Array
    part: Array
    ended: bool
    season: Season

    @property
    def open(self) -> Array:
        """(C, T) bool: cells whose money can move."""
        found: Array = self.part > 0
        return found

    @property
    def running(self) -> tuple[str, ...]:
        """Keys of the lines that still run."""
        return tuple(line.line_key for line, row in zip(self.channels.lines, self.open, strict=True) if row.any())


def ahead_of(channels: Channels, actuals: Actuals | None, today: date) -> Ahead:
    """Whole weeks from `today` on that the line's platform was not yet uploaded for.

    Once the calendar has passed the last week, weeks that nobody uploaded count as to come: what happened in them is
    not known.
    """
    ended = not any(week >= today for week in channels.weeks)
    start = BEGINNING if ended and actuals is not None and actuals.until else today
    until = actuals.until if actuals else {}
    part = np.array(
        [
            [
                active_days(line, week) / 7 if week >= max(start, until.get(line.platform, BEGINNING)) else 0.0
                for week in channels.weeks
            ]
            for line in channels.lines
        ]
    ).reshape(len(channels.lines), len(channels.weeks))
    kept = [t for t in range(len(channels.weeks)) if (part[:, t] > 0).any()]
    money = [[micros(channels.spend[c, t]) if part[c, t] else 0 for t in kept] for c in range(len(channels.lines))]
    return Ahead(
        channels,
        tuple(channels.weeks[t] for t in kept),
        np.array(money, np.int64).reshape(len(channels.lines), len(kept)),
        part[:, kept],
        ended,
        channels.season.weeks(kept),
    )
