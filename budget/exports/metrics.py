"""All number columns of a table: one decimal mark a column, decided together, and what could not be read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from budget.exports.cells import Cell, example_of
from budget.exports.numbers import Numbers, Scan, convert, scan
from budget.exports.reading import Bound, Question, found
from budget.exports.roles import COUNTS, METRICS
from budget.exports.tables import Table, Use
from budget.findings import Fact, Finding

_DOT_LANGUAGES = frozenset({"en", "ja", "zh-CN", "zh-TW", "ko"})


@dataclass(frozen=True)
class Metrics:
    """The number columns by role, with their conventions, findings, bounds and the question that was put, if any."""

    numbers: Mapping[str, Numbers]
    conventions: Mapping[str, str]
    currencies: frozenset[str]
    findings: tuple[Finding, ...]
    bounds: tuple[Bound, ...]
    question: Question | None


def read_metrics(
    table: Table,
    usual: str | None,
    answer: str | None,
    roles: Collection[str] = METRICS,
    counts: Collection[str] = COUNTS,
) -> Metrics:
    """Read every number column of `roles`, those of `counts` as whole numbers, the others times 10^6.

    `usual` is the mark of the report's description, `answer` the person's.
    """
    uses = [use for use in table.match.uses if use.role in roles]
    cells = {use.role: table.cells(use) for use in uses}
    scans = {role: scan(column) for role, column in cells.items()}
    marks, open_body = _marks(scans, _fallback(table, usual), answer, counts)
    numbers = {role: convert(cells[role], scans[role], marks[role], as_count=role in counts) for role in cells}
    findings: list[Finding] = []
    bounds: list[Bound] = []
    for use in uses:
        findings += _faults(table, use, cells[use.role], numbers[use.role])
        bounds += [
            Bound(table.grid.sheet, table.lines[place], use.role, op, value)
            for place, op, value in numbers[use.role].bounds
        ]
    if bounds:
        facts: Mapping[str, Fact] = {"count": len(bounds), "n": str(bounds[0].value)}
        findings.append(found("BOUNDED_VALUES", table.grid.sheet, facts))
    currencies = frozenset().union(*(one.currencies for one in scans.values())) if scans else frozenset()
    question = None
    if open_body:
        small = open_body.replace(",", ".").split(".")[0]
        question = Question("decimal", (".", ","), ".", {"example": open_body, "small": small})
    return Metrics(
        MappingProxyType(numbers), MappingProxyType(marks), currencies, tuple(findings), tuple(bounds), question
    )


def _fallback(table: Table, usual: str | None) -> str | None:
    if table.grid.delimiter == ";":
        return ","
    language = table.match.language
    return usual or (None if language is None else "." if language in _DOT_LANGUAGES else ",")


def _marks(
    scans: Mapping[str, Scan], fallback: str | None, answer: str | None, counts: Collection[str]
) -> tuple[dict[str, str], str]:
    """Role -> decimal mark, and the first body that only the person can settle (empty: none)."""
    proven = [one.decided for role, one in scans.items() if role not in counts and one.decided]
    others = max(set(proven), key=lambda mark: (proven.count(mark), mark)) if proven else None
    marks, open_body = {}, ""
    for role, one in scans.items():
        mark = one.decided
        if mark is None and one.ambiguous and role in counts:
            mark = "," if "." in one.ambiguous else "."
        if mark is None and one.ambiguous:
            mark = others or fallback
            if mark is None:
                mark, open_body = answer, open_body or one.ambiguous
        marks[role] = mark or "."
    return marks, open_body


def _faults(table: Table, use: Use, cells: Sequence[Cell], column: Numbers) -> list[Finding]:
    findings = []
    for code, places in (("NUMBER_UNREADABLE", column.unreadable), ("DATE_IN_NUMBER", column.dates)):
        if not places:
            continue
        facts: dict[str, Fact] = {"count": len(places), "example": example_of(cells[places[0]])}
        if code == "NUMBER_UNREADABLE":
            facts |= {"column": use.header, "row": table.lines[places[0]]}
        findings.append(found(code, use.header, facts))
    return findings
