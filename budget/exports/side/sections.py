"""Stacked tables of one sheet: each header with the lines that stand above it, as a table of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from budget.exports.cells import Grid, Row, filled, is_blank, text_of
from budget.exports.dates import read_date
from budget.exports.numbers import read_token
from budget.exports.tables import Match, Table, cut_table, match_row

_FIRST_ROWS = 60
_SHOWN = 20


@dataclass(frozen=True)
class Section:
    """One table and the one-cell line right above its header, if there is one.

    `passed`: the headers of tables below it that nobody knows.
    """

    title: str
    table: Table
    passed: tuple[str, ...] = ()


def sections_of(grid: Grid, name: str, platform: str | None) -> list[Section]:
    """Every table of a sheet whose headers some report of the other datasets knows."""
    heads = _heads(grid.rows, platform)
    starts = [_above(grid.rows, match.row) for match in heads]
    limits = [*starts[1:], len(grid.rows)][: len(starts)]
    ends = [_end(grid.rows, match, limit) for match, limit in zip(heads, limits, strict=True)]
    cuts = zip(heads, starts, ends, limits, strict=True)
    return [
        replace(_cut(grid, match, start, end, name), passed=_passed(grid.rows[end:limit]))
        for match, start, end, limit in cuts
    ]


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
    return filled(row) <= 1 or _is_comment(row)


def _is_comment(row: Row) -> bool:
    """Whether a line is `# ...`; an order's number `#1001` is none."""
    first = next((text_of(cell) for cell in row if not is_blank(cell)), "")
    return first == "#" or first.startswith("# ")


def _end(rows: Sequence[Row], match: Match, limit: int) -> int:
    """Where a table of metrics ends before the next known one: at a comment, or above a header that nobody knows."""
    if match.report is None or match.report.kind != "metrics":
        return limit
    for place in range(match.row + 2, limit):
        if _is_comment(rows[place]):
            return place
        if _parts(rows[place - 1]) and _is_header(rows[place]):
            return _above(rows, place)
    return limit


def _passed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The headers among rows that belong to no table of ours."""
    heads = [row for place, row in enumerate(rows) if place and _parts(rows[place - 1]) and _is_header(row)]
    return tuple(text_of(cell)[:60] for row in heads for cell in row if not is_blank(cell))[:_SHOWN]


def _is_header(row: Row) -> bool:
    """Whether a row is nothing but words."""
    cells = [cell for cell in row if not is_blank(cell)]
    words = all(isinstance(cell, str) and read_token(cell).kind == "bad" for cell in cells)
    return len(cells) > 1 and words and not any(read_date(cell) for cell in cells)


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
