"""Which days a row is about: a day only when the file says so, else a range that is never spread."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from budget.exports.cells import Cell, example_of, text_of
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

    spans: list[Period | None]
    grains: list[str]
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
    out = Spans([], [])
    match = table.match
    if day := match.column("day"):
        _by_day(table, day, stated, asked, out, aggregated)
    elif use := match.column("week") or match.column("month"):
        _by_range(table, use, stated, asked, out)
    elif (start := match.column("start")) and (end := match.column("end")):
        _by_start_and_end(table, start, end, asked, out)
    else:
        period = stated or asked.period
        out.spans, out.grains = [period] * len(table.rows), ["period"] * len(table.rows)
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
    out.spans = [Period(day, day + DAY) if day else None for day in dates.values]
    out.grains = ["day"] * len(out.spans)
    cells = table.cells(use)
    for place in [place for place, span in enumerate(out.spans) if span is None]:
        cell = cells[place]
        written = read_span(cell, table.match.language, asked.usual or "dmy") if isinstance(cell, str) else None
        if written:
            out.spans[place], out.grains[place] = written, "day" if written.days == 1 else "period"
    days = {day for day in dates.values if day}
    if aggregated and stated and stated.days > 1 and days == {stated.start}:
        out.spans, out.grains = [stated] * len(out.spans), ["period"] * len(out.spans)
    _report_unreadable(table, use, [place for place, span in enumerate(out.spans) if span is None], out)


def _by_range(table: Table, use: Use, stated: Period | None, asked: Asked, out: Spans) -> None:
    """Weeks or months, as one date or `a - b`, cut to the range that the report states."""
    cells = table.cells(use)
    written = [read_span(cell, table.match.language) if isinstance(cell, str) else None for cell in cells]
    if any(written):
        out.spans = list(written)
    else:
        days = _column(table, use, asked, out, stated).values
        out.spans = [_from_first(day, use.role) if day else None for day in days]
    if stated:
        cut = [span.common(stated) if span else None for span in out.spans]
        out.spans = [span if span and span.days else None for span in cut]
    out.grains = [use.role] * len(out.spans)
    _report_unreadable(table, use, [place for place, span in enumerate(out.spans) if span is None], out)


def _from_first(day: date, role: str) -> Period:
    if role == "week":
        return Period(day, day + timedelta(days=7))
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1))


def _by_start_and_end(table: Table, start: Use, end: Use, asked: Asked, out: Spans) -> None:
    starts = _column(table, start, asked, out, None).values
    ends = _column(table, end, asked, out, None).values
    for first, last, cell in zip(starts, ends, table.cells(end), strict=True):
        if first and last and first < last and _is_midnight(cell):
            last -= DAY
        out.spans.append(Period(first, last + DAY) if first and last and first <= last else None)
        out.grains.append("day" if first == last else "period")
    _report_unreadable(table, start, [place for place, span in enumerate(out.spans) if span is None], out)


def _is_midnight(cell: Cell) -> bool:
    """Whether an end names the first moment of a day, which is then the day after."""
    return isinstance(cell, str) and bool(_MIDNIGHT.search(cell))


def _report_unreadable(table: Table, use: Use, places: list[int], out: Spans) -> None:
    if not places:
        return
    cells: list[Cell] = table.cells(use)
    shown = next((place for place in places if text_of(cells[place]).casefold() not in NULLS), places[0])
    facts: dict[str, Fact] = {
        "count": len(places),
        "example": example_of(cells[shown]),
        "row": table.lines[shown],
    }
    out.findings.append(found("DATE_UNREADABLE", use.header, facts))


def _leave_out_future(table: Table, today: date, out: Spans) -> None:
    """Rows that begin after tomorrow (somewhere it is tomorrow already) are no facts."""
    late = [place for place, span in enumerate(out.spans) if span and span.start > today + DAY]
    for place in late:
        out.spans[place] = None
    if late:
        out.findings.append(found("DATE_IN_FUTURE", table.grid.sheet, {"count": len(late)}))


def _whole(out: Spans, stated: Period | None) -> None:
    known = [span for span in out.spans if span]
    if known:
        out.period = Period(min(span.start for span in known), max(span.end for span in known))
    out.period = stated or out.period
    grains = {grain for grain, span in zip(out.grains, out.spans, strict=True) if span}
    out.grain = grains.pop() if len(grains) == 1 else "mixed" if grains else ""
