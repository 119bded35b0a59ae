"""Years of dates that carry none: told by the order of the rows, counted back from the last."""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

_LEAP_DAY = (2, 29)
_LEAP_CYCLE = 8
# So many rows are hardly ever in order by chance.
_ENOUGH = 6


class Yearless(NamedTuple):
    """A day and month without a year."""

    month: int
    day: int


def years_of(days: Mapping[int, Yearless], answer: str | None, today: date, *, running: bool) -> dict[int, int]:
    """Place -> year. `answer` is the year of the latest date, else the latest year that puts no date after today.

    `running` rows follow each other in time, first or last day on top, and a step against the run is a new year.
    Other rows may stand in any order; they lie within the twelve months before today unless many in order say more.
    """
    if not days:
        return {}
    given = list(days.values())
    offsets = _run(given) if running else _loose(given, today)
    last = int(answer) if answer else _latest(given, offsets, today)
    return {place: last + offset for place, offset in zip(days, offsets, strict=True)}


def _forward(days: Sequence[Yearless]) -> list[int]:
    """Years before the last row's, when rows run forward."""
    turns, out = 0, []
    for place, one in enumerate(days):
        turns += place > 0 and one < days[place - 1]
        out.append(turns)
    return [turn - turns for turn in out]


def _run(days: Sequence[Yearless]) -> list[int]:
    forward, backward = _forward(days), _forward(days[::-1])[::-1]
    return backward if min(backward) > min(forward) else forward


def _loose(days: Sequence[Yearless], today: date) -> list[int]:
    late = [tuple(one) > (today.month, today.day) for one in days]
    recent = [0 if all(late) else -int(one) for one in late]
    if _is_sorted(days, recent):
        return recent
    run = _run(days)
    return run if len(days) >= _ENOUGH and min(run) >= -1 and _is_sorted(days, run) else recent


def _is_sorted(days: Sequence[Yearless], offsets: Sequence[int]) -> bool:
    dated = list(zip(offsets, days, strict=True))
    return dated in (sorted(dated), sorted(dated, reverse=True))


def _latest(days: Sequence[Yearless], offsets: Sequence[int], today: date) -> int:
    past = max(one for one, offset in zip(days, offsets, strict=True) if not offset) <= (today.month, today.day)
    last = today.year - (0 if past else 1)
    leaps = {offset for one, offset in zip(days, offsets, strict=True) if one == _LEAP_DAY}
    possible = (last - back for back in range(_LEAP_CYCLE) if all(calendar.isleap(last - back + o) for o in leaps))
    return next(possible, last)
