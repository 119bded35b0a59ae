"""Which platform every row is of: the report's own, or the file's word where one table holds several."""

from budget.exports.cells import each
from budget.exports.headers import plain
from budget.exports.tables import Table


def read_platforms(table: Table) -> list[str | None]:
    """The platform of every row; `other` for a word that the report's description does not know."""
    report, use = table.match.report, table.match.column("platform")
    if report is None or use is None:
        return [table.match.platform] * len(table.rows)
    known = report.platforms
    return list(each(table.cells(use), lambda cell: known.get(plain(cell), "other")))
