"""Which days a row is about: a day only when the file says so, else a range that is never spread."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from budget.exports.cells import Cell, example_of, text_of
from budget.exports.columns import Column, coded, constant, together
from budget.exports.dates import Dates, read_dates, read_span
from budget.exports.numbers import NULLS
from budget.exports.reading import Question, found
from budget.exports.tables import Table, Use
from budget.findings import Fact, Finding
from budget.weeks import DAY, Period

_MIDNIGHT = re.compile(r"(?<![\d:])0{1,2}:00(?::00(?:\.0{1,9})?)?(?![\d:])")


@dataclass
class Spans:
    """Row by row the range (None: the row is left out) and its grain; the file's own grain and period."""

    spans: Column[Period | None]
    grains: Column[str]
    period: Period | None = None
    grain: str = ""
    undated: bool = False
    orders: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What the reader of dates may use beside the cells: description's order, the person's answers, today."""

    usual: str | None
    order: str | None
    year: str | None
    period: Period | None
    today: date


def _column(table: Table, use: Use, asked: Asked, out: Spans, stated: Period | None) -> Dates:
    cells = table.cells(use)
    dates = read_dates(
        cells, language=table.match.language, stated=stated, usual=asked.usual,
        answers=(asked.order, asked.year), today=asked.today,
    )  # fmt: skip
    out.orders[use.role] = dates.order
    if dates.question == "day_order":
        facts: dict[str, Fact] = {"example": dates.example, "a": dates.readings[0], "b": dates.readings[1]}
        _ask(out, Question("day_order", ("dmy", "mdy"), dates.order, facts))
    elif dates.question == "year":
        _ask(out, Question("year", (), str(dates.year), {"year": dates.year}))
    return dates


def _ask(out: Spans, question: Question) -> None:
    if question.key not in {known.key for known in out.questions}:
        out.questions.append(question)


def read_spans(table: Table, stated: Period | None, asked: Asked, aggregated: bool) -> Spans:
    """The range of every row, by the first evidence that the table has: day, week, month, start and end, stated."""
    out = Spans(constant(None, 0), constant("", 0))
    match = table.match
    if day := match.column("day"):
        _by_day(table, day, stated, asked, out, aggregated)
    elif use := match.column("week") or match.column("month"):
        _by_range(table, use, stated, asked, out)
    elif (start := match.column("start")) and (end := match.column("end")):
        _by_start_and_end(table, start, end, asked, out)
    else:
        period = stated or asked.period
        out.spans, out.grains = constant(period, len(table.rows)), constant("period", len(table.rows))
        if stated is None and table.rows:
            _ask(out, Question("period"))
        if period is None:
            out.undated = True
            return out
    _leave_out_future(table, asked.today, out)
    _whole(out, stated)
    return out


def _by_day(table: Table, use: Use, stated: Period | None, asked: Asked, out: Spans, aggregated: bool) -> None:
    dates = _column(table, use, asked, out, stated)
    out.spans = dates.values.each(lambda day: Period(day, day + DAY) if day else None)
    out.grains = constant("day", len(out.spans))
    unread = np.flatnonzero(out.spans.nulls()).tolist()
    if unread:
        _read_written(table, use, asked, out, unread)
    days = {day for day in dates.values.used() if day}
    if aggregated and stated and stated.days > 1 and days == {stated.start}:
        out.spans, out.grains = constant(stated, len(out.spans)), constant("period", len(out.spans))
    _report_unreadable(table, use, out)


def _read_written(table: Table, use: Use, asked: Asked, out: Spans, places: list[int]) -> None:
    """Cells that are no single day may be a range as `a - b`."""
    cells, spans, grains = table.cells(use), list(out.spans), list(out.grains)
    known: dict[str, Period | None] = {}
    for place in places:
        cell = cells[place]
        if not isinstance(cell, str):
            continue
        if cell not in known:
            known[cell] = read_span(cell, table.match.language, asked.usual or "dmy")
        if written := known[cell]:
            spans[place], grains[place] = written, "day" if written.days == 1 else "period"
    out.spans, out.grains = coded(spans), coded(grains)


def _by_range(table: Table, use: Use, stated: Period | None, asked: Asked, out: Spans) -> None:
    """Weeks or months, as one date or `a - b`, cut to the range that the report states."""
    cells = table.cells(use)
    out.spans = cells.each(lambda cell: read_span(cell, table.match.language) if isinstance(cell, str) else None)
    if out.spans.nulls().all():
        days = _column(table, use, asked, out, stated).values
        out.spans = days.each(lambda day: _from_first(day, use.role) if day else None)
    if stated:
        cut = out.spans.each(lambda span: span.common(stated) if span else None)
        out.spans = cut.each(lambda span: span if span and span.days else None)
    out.grains = constant(use.role, len(out.spans))
    _report_unreadable(table, use, out)


def _from_first(day: date, role: str) -> Period:
    if role == "week":
        return Period(day, day + timedelta(days=7))
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1))


def _by_start_and_end(table: Table, start: Use, end: Use, asked: Asked, out: Spans) -> None:
    starts = _column(table, start, asked, out, None).values
    ends = _column(table, end, asked, out, None).values
    read = together([starts, ends, table.cells(end)]).each(lambda cells: _from_start_to_end(*cells))
    out.spans, out.grains = read.each(lambda one: one[0]), read.each(lambda one: one[1])
    _report_unreadable(table, start, out)


def _from_start_to_end(first: date | None, last: date | None, end: Cell) -> tuple[Period | None, str]:
    if first and last and first < last and _is_midnight(end):
        last -= DAY
    span = Period(first, last + DAY) if first and last and first <= last else None
    return span, "day" if first == last else "period"


def _is_midnight(cell: Cell) -> bool:
    """Whether an end names the first moment of a day, which is then the day after."""
    return isinstance(cell, str) and bool(_MIDNIGHT.search(cell))


def _report_unreadable(table: Table, use: Use, out: Spans) -> None:
    places = np.flatnonzero(out.spans.nulls()).tolist()
    if not places:
        return
    cells = table.cells(use)
    shown = next((place for place in places if text_of(cells[place]).casefold() not in NULLS), places[0])
    facts: dict[str, Fact] = {
        "count": len(places),
        "example": example_of(cells[shown]),
        "row": table.lines[shown],
    }
    out.findings.append(found("DATE_UNREADABLE", use.header, facts))


def _leave_out_future(table: Table, today: date, out: Spans) -> None:
    """Rows that begin after tomorrow (somewhere it is tomorrow already) are no facts."""
    late = int(out.spans.where(lambda span: span is not None and span.start > today + DAY).sum())
    if late:
        out.spans = out.spans.each(lambda span: None if span and span.start > today + DAY else span)
        out.findings.append(found("DATE_IN_FUTURE", table.grid.sheet, {"count": late}))


def _whole(out: Spans, stated: Period | None) -> None:
    known = [span for span in out.spans.used() if span]
    if known:
        out.period = Period(min(span.start for span in known), max(span.end for span in known))
    out.period = stated or out.period
    grains = set(out.grains.take(np.flatnonzero(~out.spans.nulls())).used())
    out.grain = grains.pop() if len(grains) == 1 else "mixed" if grains else ""
