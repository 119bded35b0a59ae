"""Cells of a column as dates; the order of day and month is decided once, from all cells of the column."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from budget.exports.cells import Cell, text_of
from budget.exports.columns import Column, coded
from budget.exports.months import month_of, weekday_words
from budget.exports.numbers import NULLS
from budget.exports.years import Yearless, years_of
from budget.weeks import DAY, Period

_EPOCH = date(1899, 12, 30)
_TIME = re.compile(r"[\sT,]+\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|[+\-]\d{2}:?\d{2})?$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TRIPLE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_EAST = re.compile(r"(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.](?:\s?(\d{1,2})\s?[日일.]?)?")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_SPAN = re.compile(r"\s+[-–—]\s+|\s*~\s*|\s+to\s+|(?<=\d)[–—](?=\d)")


class Triple(NamedTuple):
    """A date of three numbers whose first two may be day and month or month and day."""

    first: int
    second: int
    year: int
    dotted: bool


Parsed = date | Triple | Yearless | None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None


def read_date(cell: Cell, language: str | None = None) -> Parsed:
    """What one cell can be as a date; None where it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    if isinstance(cell, (int, float)):
        return _serial(cell)
    text = _TIME.sub("", " ".join(unicodedata.normalize("NFKC", cell[:80]).split()))
    for pattern in (_ISO, _COMPACT, _EAST):
        if match := pattern.fullmatch(text):
            return _date(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := _TRIPLE.fullmatch(text):
        return Triple(int(match[1]), int(match[3]), int(match[4]), match[2] == ".")
    return _written(text, language)


def _serial(cell: float) -> date | None:
    if 20_000_101 <= cell <= 21_001_231 and float(cell).is_integer():
        return _date(int(cell) // 10_000, int(cell) // 100 % 100, int(cell) % 100)
    return _EPOCH + timedelta(days=int(cell)) if 33_000 <= cell < 73_000 else None


def _written(text: str, language: str | None) -> Parsed:
    """`Sat, Sep 6, 2025`, `6 de abril de 2025`, `September 6`, `February 2026`."""
    month, numbers = None, []
    for piece in _PIECE.findall(text):
        if piece.isdecimal():
            numbers.append(int(piece))
        elif month is None and (number := month_of(piece, language)):
            month = number
        elif piece.casefold() not in weekday_words():
            return None
    years = [number for number in numbers if number > 99]
    days = [number for number in numbers if number <= 31]
    if month is None or len(years) + len(days) != len(numbers) or len(years) > 1 or len(days) > 1:
        return None
    if years:
        return _date(years[0], month, days[0] if days else 1)
    return Yearless(month, days[0]) if days else None


@dataclass
class Dates:
    """A column as dates: None where empty or unreadable.

    `order` is what was used, `question` what only the person can settle.
    """

    values: Column[date | None]
    order: str = ""
    question: str = ""
    example: str = ""
    readings: tuple[str, str] = ("", "")
    year: int = 0
    unreadable: list[int] = field(default_factory=list)


def _ordered(triple: Triple, order: str) -> date | None:
    day, month = (triple.first, triple.second) if order == "dmy" else (triple.second, triple.first)
    return _date(triple.year, month, day)


def _steps(triples: Sequence[Triple], order: str, stated: Period | None) -> int:
    """How many neighbours are one day apart, all lying in the stated range; -1 where some date cannot be."""
    days = [_ordered(triple, order) for triple in triples]
    if any(day is None or (stated and not stated.start <= day < stated.end) for day in days):
        return -1
    known = sorted({day for day in days if day})
    return sum(later - earlier == DAY for earlier, later in itertools.pairwise(known))


def decide_order(triples: Sequence[Triple], stated: Period | None, usual: str | None) -> tuple[str, bool]:
    """Order of day and month, and whether that is sure: dots, parts above 12, steps of a day, the usual order."""
    if any(triple.dotted for triple in triples):
        return "dmy", True
    votes = Counter("dmy" if t.first > 12 else "mdy" if t.second > 12 else "" for t in triples)
    if votes["dmy"] or votes["mdy"]:
        return ("dmy" if votes["dmy"] >= votes["mdy"] else "mdy"), True
    merits = {order: _steps(triples, order, stated) for order in ("dmy", "mdy")}
    if merits["dmy"] != merits["mdy"]:
        return max(merits, key=lambda order: merits[order]), True
    if all(triple.first == triple.second for triple in triples):
        return usual or "dmy", True
    return usual or "dmy", usual is not None


def read_dates(
    cells: Sequence[Cell],
    *,
    language: str | None,
    stated: Period | None,
    usual: str | None,
    answers: tuple[str | None, str | None],
    today: date,
    running: bool = True,
) -> Dates:
    """A column of single dates; `answers` are the person's day order and year of the last date.

    `running`: the rows follow each other in time, which tells where a year without a number turns.
    """
    column = coded(cells).compact()
    parsed = column.each(lambda cell: read_date(cell, language))
    triples = list(dict.fromkeys(one for one in parsed.values if isinstance(one, Triple)))
    order, sure = decide_order(triples, stated, usual) if triples else ("", True)
    out = Dates(column.each(lambda cell: None), order if sure else answers[0] or order)
    if not sure:
        out.question, out.example = "day_order", _example(column, parsed)
        first = next(triple for triple in triples if triple.first != triple.second)
        out.readings = (str(_ordered(first, "dmy")), str(_ordered(first, "mdy")))
    yearless = any(isinstance(one, Yearless) for one in parsed.values)
    years = _years(list(parsed), answers[1], today, running) if yearless else {}
    if years:
        out.question, out.year = "year", max(years.values())
        out.values = coded([_settled(one, out.order, years.get(place)) for place, one in enumerate(parsed)])
    else:
        out.values = parsed.each(lambda one: _settled(one, out.order, None))
    said = column.where(lambda cell: text_of(cell).casefold() not in NULLS)
    out.unreadable = np.flatnonzero(said & out.values.nulls()).tolist()
    return out


def _example(column: Column[Cell], parsed: Column[Parsed]) -> str:
    """The first cell that the two orders read otherwise; both columns have compact, equal places."""
    for cell, one in zip(column.values, parsed.values, strict=True):
        if isinstance(one, Triple) and one.first != one.second:
            return text_of(cell)
    return ""


def _settled(parsed: Parsed, order: str, year: int | None) -> date | None:
    if isinstance(parsed, Triple):
        return _ordered(parsed, order)
    if isinstance(parsed, Yearless):
        return _date(year, parsed.month, parsed.day) if year else None
    return parsed


def _years(parsed: Sequence[Parsed], answer: str | None, today: date, running: bool) -> dict[int, int]:
    """Place -> year for the dates of a column in which none carries one."""
    if any(one is not None and not isinstance(one, Yearless) for one in parsed):
        return {}
    days = {place: one for place, one in enumerate(parsed) if isinstance(one, Yearless)}
    return years_of(days, answer, today, running=running)


def read_span(text: str, language: str | None, order: str = "dmy") -> Period | None:
    """A range such as `March 27, 2026 - April 23, 2026`; the last day belongs to it."""
    parts = _SPAN.split(text[:200].strip().strip('"'))
    if len(parts) != 2:
        return None
    days = [_settled(read_date(part.strip(), language), order, None) for part in parts]
    return Period(days[0], days[1] + DAY) if days[0] and days[1] and days[0] <= days[1] else None
