"""Weekly or daily sales pasted from a spreadsheet as two columns: a day or week, and the money sold."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from budget.exports.dates import Dates, read_date, read_dates
from budget.exports.numbers import convert, read_token, scan
from budget.findings import Finding
from budget.money import major
from budget.store import SalesTotal
from budget.weeks import Period

MOST_LINES = 5_000
_WEEK = re.compile(r"(\d{4})[-\s]?W(\d{1,2})", re.IGNORECASE)
_PARTS = (r"\t", r"\s*;\s*", r"\s{2,}", r",", r"\s")


@dataclass(frozen=True)
class Question:
    """What only the person can say: `decimal` of `example` (options `.` `,`), or its `day_order` (`dmy` `mdy`)."""

    key: str
    example: str
    options: tuple[str, str]


@dataclass(frozen=True)
class Pasted:
    """Totals of whole days or weeks, in order; nothing to store while a question is open."""

    totals: tuple[SalesTotal, ...] = ()
    step_days: int = 7
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def period(self) -> Period | None:
        """From the first day to after the last one; None where nothing was read."""
        return Period(self.totals[0].period_start, self.totals[-1].period_end) if self.totals else None

    @property
    def revenue_micros(self) -> int:
        """The sum of all totals."""
        return sum(total.revenue_micros or 0 for total in self.totals)


def read_pasted(text: str, currency: str, *, today: date, answers: Mapping[str, str] | None = None) -> Pasted:
    """What was pasted; a first line without a date is a header, an empty amount is a week nobody knows.

    Days and decimal marks are read as in exports: by the whole column, asked where it does not tell. Steps of one day
    are days, everything else weeks that begin on the day written.
    """
    said = answers or {}
    lines = [(n, line) for n, line in enumerate(text.splitlines()[: MOST_LINES + 1], 1) if line.strip()]
    if len(lines) > MOST_LINES:
        return Pasted(findings=(Finding("PASTE_TOO_LONG", "stop", "pasted", {"most": MOST_LINES}),))
    pairs = [(n, _pair(line)) for n, line in lines]
    if pairs and pairs[0][1] is None:
        del pairs[0]
    bad = [n for n, pair in pairs if pair is None]
    rows = [(n, *pair) for n, pair in pairs if pair]
    if not rows:
        return Pasted(findings=(Finding("PASTE_EMPTY", "stop", "pasted"),))
    days = _dates([_monday(cell) for _, cell, _ in rows], said.get("day_order"), today)
    amounts = [cell for *_, cell in rows]
    scanned = scan(amounts)
    asked = _asked(days.question, days.example, scanned.decided, scanned.ambiguous, said)
    mark = scanned.decided or said.get("decimal", ".")
    numbers = convert(amounts, scanned, mark, as_count=False)
    bad += [rows[place][0] for place in {*days.unreadable, *numbers.unreadable, *numbers.dates}]
    found = {
        day: amount
        for place, (day, amount) in enumerate(zip(days.values, numbers.values, strict=True))
        if day and amount is not None and place not in numbers.unreadable
    }
    doubled = sum(1 for day in days.values if day) - len({day for day in days.values if day})
    return _totals(found, currency, today, Pasted(questions=asked, findings=_faults(bad, doubled, bool(found))))


def _dates(cells: Sequence[str], answer: str | None, today: date) -> Dates:
    """The days; where day and month could change places, the one order that gives whole weeks is taken."""
    read = partial(read_dates, cells, language=None, stated=None, usual=None, today=today)
    found = read(answers=(answer, None))
    if found.question != "day_order" or answer:
        return found
    weekly = [made for order in ("dmy", "mdy") if _is_weekly((made := read(answers=(order, None))).values)]
    return replace(weekly[0], question="") if len(weekly) == 1 else found


def _is_weekly(days: Sequence[date | None]) -> bool:
    known = sorted({day for day in days if day})
    return len(known) > 1 and all((b - a).days % 7 == 0 for a, b in pairwise(known))


def _pair(line: str) -> tuple[str, str] | None:
    """The cell of the day and the cell of the money, whichever comes first; None where no cell is a day."""
    for mark in _PARTS:
        cells = [cell.strip().strip('"') for cell in re.split(mark, line.strip("\r\n"), maxsplit=1)]
        if len(cells) == 2 and _is_day(cells[0]):
            return cells[0], cells[1]
        if len(cells) == 2 and _is_day(cells[1]):
            return cells[1], cells[0]
    words = line.split()
    for count in range(len(words) - 1, 1, -1):
        if _is_day(" ".join(words[:count])) and read_token(" ".join(words[count:])).kind == "number":
            return " ".join(words[:count]), " ".join(words[count:])
    return None


def _is_day(cell: str) -> bool:
    return read_date(_monday(cell)) is not None


def _monday(cell: str) -> str:
    """`2026-W05` as its Monday; any other text as it is."""
    match = _WEEK.fullmatch(cell.strip())
    if not match:
        return cell
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat()
    except ValueError:
        return cell


def _asked(
    asks: str, example: str, decided: str | None, ambiguous: str | None, said: Mapping[str, str]
) -> tuple[Question, ...]:
    found = []
    if asks == "day_order" and "day_order" not in said:
        found.append(Question("day_order", example, ("dmy", "mdy")))
    if decided is None and ambiguous is not None and "decimal" not in said:
        found.append(Question("decimal", ambiguous, (".", ",")))
    return tuple(found)


def _faults(bad: Sequence[int], doubled: int, found: bool) -> tuple[Finding, ...]:
    faults = []
    if bad:
        shown = ", ".join(map(str, sorted(set(bad))[:10]))
        faults.append(Finding("PASTE_UNREADABLE", "warn", "pasted", {"lines": shown, "count": len(set(bad))}))
    if doubled:
        faults.append(Finding("PASTE_DOUBLE", "stop", "pasted", {"count": doubled}))
    return tuple(faults) if found or faults else (Finding("PASTE_EMPTY", "stop", "pasted"),)


def _totals(found: Mapping[date, int], currency: str, today: date, said: Pasted) -> Pasted:
    days = sorted(found)
    steps = Counter((b - a).days for a, b in pairwise(days))
    usual = 1 if steps and steps.most_common(1)[0][0] == 1 else 7
    stopped = any(fault.severity == "stop" for fault in said.findings)
    if said.questions or stopped:
        return said
    if any(step < usual or step % usual for step in steps):
        return replace(said, findings=(*said.findings, Finding("PASTE_STEPS", "stop", "pasted")))
    length = timedelta(days=usual)
    over = tuple(SalesTotal(day, day + length, currency, found[day]) for day in days if day + length <= today)
    early = Finding("PASTE_UNFINISHED", "info", "pasted", {"count": len(days) - len(over)})
    more = (early,) if len(over) < len(days) else ()
    return replace(said, totals=over, step_days=usual, findings=(*said.findings, *more))


@dataclass(frozen=True)
class Groups:
    """Weekly sales of a tested part and of a control part, oldest first, in major units."""

    test: tuple[float, ...] = ()
    control: tuple[float, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_groups(text: str, *, answers: Mapping[str, str] | None = None) -> Groups:
    """Two columns of money pasted from a spreadsheet; a first line without two numbers is a header."""
    lines = [(n, line) for n, line in enumerate(text.splitlines()[:MOST_LINES], 1) if line.strip()]
    cells = [(n, _two(line)) for n, line in lines]
    if cells and cells[0][1] is None:
        del cells[0]
    bad = [n for n, pair in cells if pair is None]
    rows = [pair for _, pair in cells if pair]
    if bad or not rows:
        return Groups(findings=_faults(bad, 0, bool(rows)))
    flat = [cell for pair in rows for cell in pair]
    scanned = scan(flat)
    asked = _asked("", "", scanned.decided, scanned.ambiguous, answers or {})
    mark = scanned.decided or (answers or {}).get("decimal", ".")
    values = convert(flat, scanned, mark, as_count=False).values
    if asked or any(value is None for value in values):
        return Groups(questions=asked, findings=() if asked else (Finding("PASTE_EMPTY", "stop", "pasted"),))
    money = [major(value or 0) for value in values]
    return Groups(tuple(money[::2]), tuple(money[1::2]))


def _two(line: str) -> tuple[str, str] | None:
    """Two numbers of a line; a comma or a single blank parts them only where nothing else does."""
    for mark in _PARTS:
        cells = [cell.strip().strip('"') for cell in re.split(mark, line.strip("\r\n"))]
        if len(cells) == 2 and all(read_token(cell).kind == "number" for cell in cells):
            return cells[0], cells[1]
    return None
