"""How every column of a table was used, and which headers were guessed, double or of no use."""

from collections.abc import Mapping

from budget.exports.cells import each, text_of
from budget.exports.headers import header
from budget.exports.reading import ColumnUse, found
from budget.exports.tables import Table
from budget.findings import Fact, Finding

_SHOWN_HEADERS = 20


def describe_columns(table: Table, conventions: Mapping[str, str]) -> tuple[list[ColumnUse], list[Finding]]:
    """The table's columns with the convention of each role, and what is to be said about their headers."""
    seen: dict[str, int] = {}
    unused: list[str] = []
    uses: list[ColumnUse] = []
    findings: list[Finding] = []
    for use in table.match.uses:
        key = header(use.header).key
        convention = conventions.get(use.role, "")
        uses.append(ColumnUse(table.grid.sheet, use.index, use.header, use.role, use.evidence, convention))
        if use.evidence == "guess":
            findings.append(found("HEADER_GUESSED", use.header, {"header": use.header}))
        if key and key in seen:
            first, again = (each(table.rows.column(place), text_of) for place in (seen[key], use.index))
            facts: dict[str, Fact] = {"header": use.header[:60]}
            findings.append(found("DUPLICATE_HEADER", use.header[:60], facts, warn=first != again))
        elif key and not use.role:
            unused.append(use.header[:60])
        seen.setdefault(key, use.index)
    if unused:
        text = ", ".join(unused[:_SHOWN_HEADERS]) + (", …" if len(unused) > _SHOWN_HEADERS else "")
        findings.append(found("COLUMNS_IGNORED", table.grid.sheet, {"headers": text}))
    return uses, findings
