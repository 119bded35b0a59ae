"""Which platform every row is of: the report's own, or the file's word where one table holds several."""

from budget.exports.cells import Cell, each
from budget.exports.columns import Column, constant
from budget.exports.headers import plain
from budget.exports.tables import Table


def read_platforms(table: Table) -> Column[str | None]:
    """The platform of every row; `other` for a word that the report's description does not know."""
    report, use = table.match.report, table.match.column("platform")
    if report is None or use is None:
        return constant(table.match.platform, len(table.rows))
    known = report.platforms

    def named(cell: Cell) -> str | None:
        return known.get(plain(cell), "other")

    return each(table.cells(use), named)
