"""The lines above a table that have a name and a colon: the range, the time zone, when the platform wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from budget.exports.cells import Cell, Grid, Row, filled, text_of
from budget.exports.dates import read_dates, read_span
from budget.exports.formats import Report
from budget.exports.headers import plain
from budget.weeks import DAY, Period

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp])?")
_COMPACT = re.compile(r"(?:# ?)?(\d{8}) ?- ?(\d{8})")
_ZONE = re.compile(r"\(in ([A-Za-z0-9/_+:\-]{2,40})\)")
_LAST_DAY = date.max
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Preamble:
    """What the named lines say; `named` of `lines` filled lines had a name that the report knows."""

    stated: Period | None = None
    as_of: datetime | None = None
    zone: str | None = None
    named: int = 0
    lines: int = 0


NOTHING = Preamble()


def line_of(row: Row, delimiter: str) -> str:
    """A row as the line that it was before commas in it made cells of it."""
    cells = [text_of(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return (delimiter or " ").join(cells).strip().strip('"')


def read_preamble(grid: Grid, rows: Sequence[Row], report: Report) -> Preamble:
    """The named lines among `rows`, which stand above the header of a report."""
    lines = [line_of(row, grid.delimiter) for row in rows if filled(row)]
    said: dict[str, tuple[str, str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if key := report.preamble.get(plain(name)):
            said.setdefault(key[0], (value.strip(), key[1]))
    zone = said["zone"][0] if "zone" in said else next(iter(_ZONE.findall("\n".join(lines))), None)
    stated, as_of = _range(said, report) or compact_range(lines), None
    if "as_of" in said:
        text, language = said["as_of"]
        span = read_span(text, language, report.order_for(language) or "dmy")
        stated, as_of = (span, None) if span else (stated, _moment(text, language, report, zone))
    return Preamble(stated, as_of, zone or None, len(said), len(lines))


def compact_range(lines: Sequence[str]) -> Period | None:
    """The first `20241122-20260120` among the lines, the last day included."""
    for match in filter(None, (_COMPACT.fullmatch(line[:40].strip()) for line in lines)):
        try:
            first, last = (date.fromisoformat(text) for text in match.groups())
        except ValueError:
            continue
        if _EARLIEST <= first <= last <= _LATEST:
            return Period(first, last + DAY)
    return None


def _range(said: dict[str, tuple[str, str]], report: Report) -> Period | None:
    days = []
    for key in ("start", "end"):
        if key not in said:
            return None
        moment = _moment(*said[key], report, None)
        if moment is None:
            return None
        days.append(moment.date())
    return Period(days[0], days[1] + DAY) if days[0] <= days[1] else None


def _moment(text: str, language: str, report: Report, zone: str | None) -> datetime | None:
    """A day with its clock time, midnight without one; in UTC where the file says so, else as written."""
    cells: list[Cell] = [text]
    read = read_dates(
        cells, language=language, stated=None, usual=report.order_for(language), answers=(None, None), today=_LAST_DAY
    )
    day = read.values[0]
    if day is None or read.question == "year":
        return None
    return datetime.combine(day, _clock(text), UTC if zone == "UTC" else None)


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if match is None:
        return time()
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    return time(hour, minute) if hour < 24 and minute < 60 else time()
