"""The range that one sheet of a file states for all of them: a summary's line, a list of filters."""

from collections.abc import Sequence
from dataclasses import replace

from budget.exports.cells import Grid, is_blank, text_of
from budget.exports.dates import read_span
from budget.exports.headers import plain
from budget.exports.preamble import compact_range
from budget.exports.side.sections import Section
from budget.weeks import Period

_SHORT = 30
_WHEN = frozenset({"date", "date range", "datum", "fecha", "дата", "tarih", "tarix"})
_PLATFORMS = frozenset({"ga4", "search_console"})


def with_stated(sections: list[Section], grids: Sequence[Grid]) -> list[Section]:
    """The tables of files that state their days apart, each with them unless it has its own."""
    if not any(one.table.match.platform in _PLATFORMS and one.table.stated is None for one in sections):
        return sections
    stated = next((period for grid in grids if (period := _stated(grid))), None)
    return [
        one if one.table.stated or stated is None else replace(one, table=replace(one.table, stated=stated))
        for one in sections
    ]


def _stated(grid: Grid) -> Period | None:
    for row in grid.rows[:_SHORT]:
        texts = [text_of(cell) for cell in row if not is_blank(cell)]
        if period := compact_range(texts) if len(texts) == 1 else None:
            return period
        if len(texts) == 2 and plain(texts[0]) in _WHEN:
            period = compact_range(texts[1:]) or read_span(texts[1], None)
            if period:
                return period
    return None
