"""Plan lines pasted from a spreadsheet: names in any of our languages, dates and money as people write them."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget.exports.dates import read_dates
from budget.findings import Finding
from budget.plan import StoredPlan
from budget.typed_lines import TypedPlan, typed_lines
from budget.typed_numbers import Writing, read_typed

MOST_ROWS = 500
ORDER = ("platform", "tactic", "start", "end", "budget", "status", "objective", "owner", "audience", "people", "utm",
         "note")  # fmt: skip
"""The columns of a paste without a header, as in the line editor."""
CHOICES = ("platform", "tactic", "status", "objective", "audience")
_FEWEST_HEADERS = 2
_CHANNEL = re.compile(r"\s*[·/|>]\s*|\s+[-–]\s+")

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Names:
    """What names mean, folded (`folded`): `columns` a column, `choices[column]` a key of that column."""

    columns: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class PastedLines:
    """Rows as `typed_lines` takes them, the columns that were found, and findings whose `where` is a row's number."""

    rows: tuple[Cells, ...] = ()
    columns: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def folded(text: str) -> str:
    """A name without case, blanks around it, and the dots that tell a Turkic i from another."""
    return " ".join(text.split()).casefold().replace("i\u0307", "i").replace("ı", "i")


def _column(cell: str, names: Names) -> str:
    """The column that a header names, also as `Budget, AZN` or `Budget (AZN)`; "" for none."""
    whole = folded(cell)
    return names.columns.get(whole) or names.columns.get(re.split(r"[,(\[]", whole, maxsplit=1)[0].strip(), "")


def read_lines(text: str, names: Names, writing: Writing, *, today: date) -> PastedLines:
    """The rows of a paste; one whose platform or tactic is not known is left out, and said.

    A first row with two or more known column names is the header; else the columns are those of `ORDER`. Where day
    and month could change places, the day is taken first, and PASTED_DAY_FIRST says so.
    """
    table = [(n, row) for n, row in enumerate(_table(text), 1) if any(cell.strip() for cell in row)]
    if len(table) > MOST_ROWS:
        return PastedLines(findings=(Finding("PASTED_TOO_LONG", "stop", "", {"most": MOST_ROWS}),))
    columns = _header(table[0][1], names) if table else ()
    body = table[1:] if columns else table
    columns = columns or ORDER
    named = [(n, _named(row, columns, names)) for n, row in body]
    findings: list[Finding] = []
    days = {column: _days(column, named, today, findings) for column in ("start", "end")}
    rows: list[Cells] = []
    for place, (n, cells) in enumerate(named):
        faults = list(_unknown(cells, names, str(n)))
        findings += faults
        if any(fault.code == "PASTED_ROW_OUT" for fault in faults):
            continue
        dates = {column: found[place] for column, found in days.items()}
        rows.append(_row(cells, names, writing, str(n), dates, findings))
    if not rows and not findings:
        findings.append(Finding("PASTED_NOTHING", "stop"))
    return PastedLines(tuple(rows), tuple(column for column in columns if column), tuple(findings))


def with_pasted(plan: StoredPlan, pasted: PastedLines, writing: Writing, today: date) -> TypedPlan:
    """The plan with the pasted lines below its own."""
    own = [{"key": x.line_key, "platform": x.platform, "tactic": x.tactic} for x in plan.lines]
    return typed_lines(plan, [*own, *pasted.rows], writing, today)


def _table(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((mark for mark in ("\t", ";") if mark in first), ",")
    try:
        return list(csv.reader(text.strip("\n").splitlines(keepends=True), delimiter=mark))
    except csv.Error:
        return [line.split(mark) for line in text.splitlines()]


def _header(row: Sequence[str], names: Names) -> tuple[str, ...]:
    """Column by cell, "" for cells that name none; empty where this is no header."""
    found = [_column(cell, names) for cell in row]
    return tuple(found) if sum(1 for name in found if name) >= _FEWEST_HEADERS else ()


def _named(row: Sequence[str], columns: Sequence[str], names: Names) -> dict[str, str]:
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name and cell.strip()}
    parts = _CHANNEL.split(cells.get("platform", ""), maxsplit=1)
    if len(parts) > 1 and "tactic" not in cells and folded(cells["platform"]) not in names.choices["platform"]:
        cells |= {"platform": parts[0], "tactic": parts[1]}
    return cells


def _unknown(cells: Cells, names: Names, where: str) -> Iterator[Finding]:
    """Names that are not known: without platform or tactic there is no line, the rest is left empty."""
    for column in ("platform", "tactic"):
        if folded(cells.get(column, "")) not in names.choices[column]:
            facts = {"text": cells.get(column, ""), "column": column}
            yield Finding("PASTED_ROW_OUT", "stop", where, facts)
            return
    for column in CHOICES[2:]:
        if column in cells and folded(cells[column]) not in names.choices[column]:
            yield Finding("PASTED_CELL_EMPTY", "warn", where, {"text": cells[column], "column": column})


def _days(column: str, named: Sequence[tuple[int, Cells]], today: date, findings: list[Finding]) -> list[date | None]:
    cells = [row.get(column) for _, row in named]
    found = read_dates(cells, language=None, stated=None, usual=None, answers=("dmy", None), today=today)
    for place in found.unreadable:
        facts = {"text": str(cells[place]), "column": column}
        findings.append(Finding("PASTED_CELL_EMPTY", "warn", str(named[place][0]), facts))
    if found.question == "day_order":
        findings.append(Finding("PASTED_DAY_FIRST", "info", "", {"text": found.example, "column": column}))
    return list(found.values)


def _row(
    cells: Cells, names: Names, writing: Writing, where: str, days: Mapping[str, date | None], findings: list[Finding]
) -> Cells:
    row = {column: day.isoformat() for column, day in days.items() if day}
    for column, cell in cells.items():
        if column in CHOICES:
            if key := names.choices[column].get(folded(cell)):
                row[column] = key
        elif column in ("budget", "people"):
            typed = read_typed(cell, writing, digits=0 if column == "people" else 2)
            if typed.value is not None:
                row[column] = cell
            if typed.finding:
                code = "NUMBER_READ_AS" if typed.value is not None else "PASTED_CELL_EMPTY"
                facts = {**typed.finding.facts, "column": column}
                findings.append(replace(typed.finding, code=code, severity="warn", where=where, facts=facts))
        elif column not in days:
            row[column] = cell
    return row
