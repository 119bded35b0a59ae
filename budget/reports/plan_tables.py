"""The sheets of a filled-in plan workbook: recognised by name or by headers, in any language, in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from budget.exports.book import Book, BookSheet
from budget.exports.cells import Cell, is_blank
from budget.exports.dates import read_date
from budget.exports.guard import column_letters
from budget.exports.headers import plain
from budget.findings import Finding
from budget.present.plan_sheets import GUIDE_TITLE, META_TITLE, PNL_TITLE, TABLES, WEEKS, Column, Sheet
from budget.present.words import LANGUAGES, words_for
from budget.reports.plan_cells import Fault, Value, read_values

HEADER_WITHIN = 25
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "lines": ("line_key",), "weeks": ("line_key",), "figures": ("scope", "key"), "business": ("scope", "key"),
    "objectives": ("objective_key",), "audiences": ("audience_key",), "challenges": ("challenge",),
}  # fmt: skip
"""The columns that name the item of a row: a sheet without them cannot be read."""


class Place(NamedTuple):
    """A cell by sheet, row and column from 0; its text is as in `Lines!E7`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column + 1)}{self.row + 1}"


@dataclass(frozen=True)
class Row:
    """One row below the header: what its cells say by column name, and where it stands. Absent: no such column."""

    values: Mapping[str, Value]
    places: Mapping[str, Place]
    weeks: Mapping[date, Value]
    week_places: Mapping[date, Place]
    unvalued: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """One recognised sheet: its name in the file, its rows, the columns that it has."""

    name: str
    rows: tuple[Row, ...]
    columns: frozenset[str]
    weeks: frozenset[date] = frozenset()


def tables_of(book: Book, lang: str) -> tuple[dict[str, Table], list[Finding]]:
    """The recognised sheets by key, and what is wrong with their headers and cells' formulas."""
    found: dict[str, Table] = {}
    findings: list[Finding] = []
    for sheet, grid in _recognised(book):
        table, faults = _table(sheet, grid, lang)
        findings += faults
        if table is not None:
            found[sheet.key] = table
    return found, findings


def _recognised(book: Book) -> list[tuple[Sheet, BookSheet]]:
    """Each known sheet with the grid that is it: by its title, else the one whose headers fit best."""
    rest = [grid for grid in book.sheets if plain(grid.name) != META_TITLE and plain(grid.name) not in _other_titles()]
    found: dict[str, tuple[Sheet, BookSheet]] = {}
    for grid in list(rest):
        key = _titles().get(plain(grid.name))
        if key is not None and key not in found:
            found[key] = (_by_key(key), grid)
            rest.remove(grid)
    for grid in rest:
        merits = {sheet.key: _merit(sheet, grid) for sheet in TABLES if sheet.key not in found}
        best = max(merits, key=lambda key: merits[key], default="")
        if best and merits[best] >= 3 and list(merits.values()).count(merits[best]) == 1:
            found[best] = (_by_key(best), grid)
    return list(found.values())


def _by_key(key: str) -> Sheet:
    return next(sheet for sheet in TABLES if sheet.key == key)


def _merit(sheet: Sheet, grid: BookSheet) -> int:
    return max((_known(sheet, row) for row in grid.rows[:HEADER_WITHIN]), default=0)


def _known(sheet: Sheet, row: Sequence[Cell]) -> int:
    headers = {plain(cell) for cell in row if isinstance(cell, str)}
    days = sum(not isinstance(cell, float | int) and isinstance(read_date(cell), date) for cell in row)
    return len({_headers(sheet.key)[one] for one in headers if one in _headers(sheet.key)}) + (
        days if sheet is WEEKS else 0
    )


@cache
def _titles() -> Mapping[str, str]:
    return {plain(words_for(lang).say(sheet.title)): sheet.key for lang in LANGUAGES for sheet in TABLES}


@cache
def _other_titles() -> frozenset[str]:
    return frozenset(plain(words_for(lang).say(title)) for lang in LANGUAGES for title in (PNL_TITLE, GUIDE_TITLE))


@cache
def _headers(key: str) -> Mapping[str, str]:
    """Plain header -> column name of a sheet, in every language."""
    return {plain(words_for(lang).say(c.header)): c.name for lang in LANGUAGES for c in _by_key(key).columns}


def _table(sheet: Sheet, grid: BookSheet, lang: str) -> tuple[Table | None, list[Finding]]:
    start = max(range(min(len(grid.rows), HEADER_WITHIN)), key=lambda n: _known(sheet, grid.rows[n]), default=None)
    if start is None or not _known(sheet, grid.rows[start]):
        return None, [Finding("PLANBOOK_NO_HEADER", "stop", grid.name)] if any(map(any, grid.rows)) else []
    head = grid.rows[start]
    columns, findings = _columns(sheet, grid.name, head, start)
    if any(finding.code == "PLANBOOK_NO_COLUMN" for finding in findings):
        return None, findings
    weeks = {place: day for place, cell in enumerate(head) if sheet is WEEKS and (day := _week(cell, place, columns))}
    if len(set(weeks.values())) < len(weeks):
        twice = next(place for place, day in weeks.items() if list(weeks.values()).count(day) > 1)
        findings.append(Finding("PLANBOOK_HEADER_TWICE", "stop", str(Place(grid.name, start, twice))))
    body = [n for n in range(start + 1, len(grid.rows)) if _is_data(grid.rows[n], [*columns, *weeks])]
    read = {p: read_values(c, [_cell(grid, n, p) for n in body], lang) for p, c in columns.items()}
    money = Column("week", "money", "", "")
    read |= {p: read_values(money, [_cell(grid, n, p) for n in body], lang) for p in weeks}
    rows = tuple(_row(grid, body, i, columns, weeks, read) for i in range(len(body)))
    for row in rows:
        findings += _faults(row)
    return Table(grid.name, rows, frozenset(c.name for c in columns.values()), frozenset(weeks.values())), findings


def _columns(sheet: Sheet, name: str, head: Sequence[Cell], start: int) -> tuple[dict[int, Column], list[Finding]]:
    """Place -> column of the header row; a header that stands twice is not read on."""
    found: dict[int, Column] = {}
    findings = []
    for place, cell in enumerate(head):
        key = _headers(sheet.key).get(plain(cell)) if isinstance(cell, str) else None
        if key is not None and key in {column.name for column in found.values()}:
            findings.append(Finding("PLANBOOK_HEADER_TWICE", "stop", str(Place(name, start, place))))
        elif key is not None:
            found[place] = sheet.column(key)
    have = {column.name for column in found.values()}
    missing = [sheet.column(field) for field in IDENTITY.get(sheet.key, ()) if field not in have]
    findings += [Finding("PLANBOOK_NO_COLUMN", "stop", name, {"column": column.header}) for column in missing]
    return found, findings


def _week(cell: Cell, place: int, columns: Mapping[int, Column]) -> date | None:
    day = None if place in columns or isinstance(cell, float | int) else read_date(cell)
    return day if isinstance(day, date) else None


def _is_data(row: Sequence[Cell], places: Sequence[int]) -> bool:
    """Whether a row says something in a column that counts."""
    return any(not is_blank(row[place]) for place in places if place < len(row))


def _cell(grid: BookSheet, row: int, place: int) -> Cell:
    return grid.rows[row][place] if place < len(grid.rows[row]) else None


def _row(
    grid: BookSheet,
    body: Sequence[int],
    i: int,
    columns: Mapping[int, Column],
    weeks: Mapping[int, date],
    read: Mapping[int, Sequence[Value]],
) -> Row:
    line = body[i]
    unvalued = {p for p in read if (line, p) in grid.formulas and is_blank(_cell(grid, line, p))}
    return Row(
        {column.name: read[p][i] for p, column in columns.items()},
        {column.name: Place(grid.name, line, p) for p, column in columns.items()},
        {day: Fault("", "formula") if p in unvalued else read[p][i] for p, day in weeks.items()},
        {day: Place(grid.name, line, p) for p, day in weeks.items()},
        frozenset(columns[p].name for p in unvalued if p in columns),
    )


def _faults(row: Row) -> list[Finding]:
    """One finding for each cell that is not what its column holds."""
    cells = [(value, row.places[name]) for name, value in row.values.items()]
    cells += [(value, row.week_places[day]) for day, value in row.weeks.items()]
    found = [cell_finding(place, value) for value, place in cells if isinstance(value, Fault)]
    lost = [row.places[name] for name in sorted(row.unvalued) if name != "budget_micros"]
    return found + [cell_finding(place, Fault("", "formula")) for place in lost]


def cell_finding(place: Place, fault: Fault) -> Finding:
    """The finding of one cell: where, what was found, a code of what was expected."""
    return Finding("PLANBOOK_CELL", "stop", str(place), {"found": fault.found, "expected": fault.expected})
