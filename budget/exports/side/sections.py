"""Stacked tables of one sheet: each header with the lines that stand above it, as a table of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.exports.cells import Grid, Row, filled, is_blank, text_of
from budget.exports.tables import Match, Table, cut_table, match_row

_FIRST_ROWS = 60


@dataclass(frozen=True)
class Section:
    """One table and the one-cell line right above its header, if there is one."""

    title: str
    table: Table


def sections_of(grid: Grid, name: str, platform: str | None) -> list[Section]:
    """Every table of a sheet whose headers some report of the other datasets knows."""
    heads = _heads(grid.rows, platform)
    starts = [_above(grid.rows, match.row) for match in heads]
    ends = [*starts[1:], len(grid.rows)][: len(starts)]
    return [_cut(grid, match, start, end, name) for match, start, end in zip(heads, starts, ends, strict=True)]


def _heads(rows: Sequence[Row], platform: str | None) -> list[Match]:
    """The header rows: known, first or after a line that no table has within, and not repeated in a body."""
    found: list[Match] = []
    for place, row in enumerate(rows):
        if filled(row) < 2 or (found and not _parts(rows[place - 1])) or (not found and place > _FIRST_ROWS):
            continue
        match = match_row(rows, place, platform)
        if match and match.report and match.report.kind != "delivery":
            found.append(match)
    return found


def _parts(row: Row) -> bool:
    """Whether a line stands between tables: blank, a comment, or one cell."""
    first = next((text_of(cell) for cell in row if not is_blank(cell)), "")
    return filled(row) <= 1 or first.startswith("#")


def _above(rows: Sequence[Row], head: int) -> int:
    start = head
    while start and _parts(rows[start - 1]):
        start -= 1
    return start


def _cut(grid: Grid, match: Match, start: int, end: int, name: str) -> Section:
    part = Grid(grid.sheet, grid.rows[start:end], grid.lines[start:end], grid.delimiter)
    moved = Match(match.report, match.platform, match.language, match.row - start, match.uses, match.score, match.tied)
    above = [row for row in part.rows[: moved.row] if filled(row)]
    title = next((text_of(cell) for cell in above[-1] if not is_blank(cell)), "") if above else ""
    return Section(title, cut_table(part, moved, name))
