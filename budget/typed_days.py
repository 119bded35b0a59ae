"""A day as people type and paste it: `26.10.2026`, `2026-10-26`, `26 Oct 2026`; of two readings the day comes first."""

from dataclasses import dataclass
from datetime import date, datetime

from budget.exports.dates import Triple, read_date
from budget.exports.years import Yearless
from budget.findings import Finding

LONGEST = 40


@dataclass(frozen=True)
class TypedDay:
    """What was read; None for an empty cell, and for one that `finding` (severity `stop`) says cannot be read."""

    day: date | None
    finding: Finding | None = None


def read_day(text: str | None, today: date) -> TypedDay:
    """The day that a cell holds. DAY_READ_AS says how it was understood where it could have meant another day."""
    clean = " ".join((text or "").split())
    if not clean:
        return TypedDay(None)
    parsed = read_date(clean[: LONGEST + 1])
    found, sure = _settled(parsed, today) if parsed else (None, True)
    if found is None:
        return TypedDay(None, Finding("DAY_UNREADABLE", "stop", "", {"text": clean[:LONGEST]}))
    facts = {"text": clean, "day": found.isoformat()}
    return TypedDay(found, None if sure else Finding("DAY_READ_AS", "info", "", facts))


def day_of(cell: object) -> date | None:
    """The day of a date cell, whether the grid gives a date, a time stamp or ISO text; None for anything else."""
    if isinstance(cell, str):
        try:
            return date.fromisoformat(cell[:10])
        except ValueError:
            return None
    if isinstance(cell, datetime):
        # The missing time of pandas is a datetime too, and the only one that differs from itself.
        return cell.date() if cell == cell else None
    return cell if isinstance(cell, date) else None


def _settled(parsed: date | Triple | Yearless, today: date) -> tuple[date | None, bool]:
    """The day, and whether it could be no other: points mean day first, a missing year is this one."""
    if isinstance(parsed, date):
        return parsed, True
    if isinstance(parsed, Yearless):
        return _day(today.year, parsed.month, parsed.day), False
    day_first = _day(parsed.year, parsed.second, parsed.first)
    if day_first:
        return day_first, parsed.dotted or parsed.first > 12 or parsed.first == parsed.second
    return _day(parsed.year, parsed.first, parsed.second), False


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
