"""Summary rows: found by what the description says, taken out of the detail, and held against it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from budget.exports.cells import Cell, Row, each, is_blank, text_of
from budget.exports.columns import Places, integers
from budget.exports.currencies import WITHOUT_MINOR
from budget.exports.formats import Report
from budget.exports.headers import plain
from budget.exports.numbers import NULLS, Numbers
from budget.exports.reading import found
from budget.exports.roles import BREAKDOWNS, ENTITIES, METRICS, MICROS, RECONCILED
from budget.exports.tables import Table, Use
from budget.findings import Finding
from budget.money import MICROS as MICRO

_KEYED = (*ENTITIES, *BREAKDOWNS, "day", "week", "month")


@dataclass(frozen=True)
class TotalRow:
    """A summary row: its place in the table, what it says of itself, and the cells that narrow what it sums."""

    place: int
    label: str
    scope: str
    keys: Mapping[int, str] = field(default_factory=dict)


def _cell(row: Row, use: Use) -> Cell:
    return row[use.index] if use.index < len(row) else None


def is_null(cell: Cell) -> bool:
    """Whether a cell is blank or one of the signs for nothing."""
    return is_blank(cell) or (isinstance(cell, str) and cell.strip().casefold() in NULLS)


def find_totals(
    table: Table, report: Report | None, keys: Collection[str] = _KEYED, values: Collection[str] = METRICS
) -> list[TotalRow]:
    """The summary rows that the report's description lets us know by their words or blanks.

    `keys` are the roles that say what a row is about, `values` those that a summary row sums.
    """
    if report is None:
        return []
    keyed = [use for use in table.match.uses if use.role in keys]
    metrics = [use for use in table.match.uses if use.role in values]
    rows = [_total(report, table.rows[place], place, keyed, metrics) for place in _suspects(table, report, keyed)]
    return [row for row in rows if row]


def _suspects(table: Table, report: Report, keyed: Sequence[Use]) -> list[int]:
    """Places that may be summary rows: by a word in front, a word for all, or no name at all."""
    places: set[int] = set()
    if report.total_words or report.total_labels:
        said = each(
            table.firsts(),
            lambda cell: plain(cell).startswith(report.total_words) or plain(cell) in report.total_labels,
        )
        places |= set(np.flatnonzero(said.where(bool)).tolist())
    nameless = np.ones(len(table.rows), bool)
    for use in keyed:
        cells = table.cells(use)
        if report.sentinels and use.role not in ENTITIES:
            every = each(cells, lambda cell: plain(cell) in report.sentinels)
            places |= set(np.flatnonzero(every.where(bool)).tolist())
        if nameless.any():
            nameless &= cells.where(is_null)
    return sorted(places.union(np.flatnonzero(nameless).tolist()))


def _total(report: Report, row: Row, place: int, keyed: Sequence[Use], metrics: Sequence[Use]) -> TotalRow | None:
    first = next((cell for cell in row if not is_blank(cell)), None)
    names = {use.index: text_of(_cell(row, use)) for use in keyed if not is_null(_cell(row, use))}
    if isinstance(first, str):
        label = plain(first)
        word = next((word for word in report.total_words if label.startswith(word)), None)
        word = label if label in report.total_labels else word
        if word and all(text == first.strip() for text in names.values()):
            return TotalRow(place, first.strip(), label.removeprefix(word).strip() or "file")
    said = {use.index for use in keyed if use.role not in ENTITIES and plain(names.get(use.index)) in report.sentinels}
    if said:
        keys = {index: text for index, text in names.items() if index not in said}
        return TotalRow(place, "", "entity" if keys else "account", keys)
    if report.blank_totals and keyed and not names and any(not is_null(_cell(row, use)) for use in metrics):
        return TotalRow(place, "", "account")
    return None


def sum_row(numbers: Mapping[str, Numbers], rows: int) -> int | None:
    """A first or last row that equals the sum of all others in every additive column: for tables nobody described."""
    additive = [column.values for role, column in numbers.items() if role != "reach"]
    if rows < 3 or not additive:
        return None
    for place in (rows - 1, 0):
        pairs = [(values[place], integers(values).total()) for values in additive]
        if any(own for own, _ in pairs) and all(own is not None and total == 2 * own for own, total in pairs):
            return place
    return None


def matching(table: Table, total: TotalRow, detail: Places) -> Places:
    """The detail rows that a summary row sums."""
    if not total.keys:
        return detail
    same = np.ones(len(table.rows), bool)
    for index, text in total.keys.items():
        named = table.rows.column(index).where(lambda cell: text_of(cell) == text)  # noqa: B023  called at once
        same &= named | (table.rows.lengths() <= index)
    return detail[same[detail]]


def _tolerance(column: Numbers, total_decimals: int, rows: int, currency: str | None) -> int:
    """(rows + 1) x half a unit of the last digit shown, in micros."""
    shown = column.decimals
    if not column.from_text:
        shown = max(shown, 0 if currency in WITHOUT_MINOR else 2)
    row_unit = 10 ** (6 - min(shown, 6))
    total_unit = 10 ** (6 - min(total_decimals or shown, 6))
    tolerance: int = (rows * row_unit + total_unit + 1) // 2
    return tolerance


def _amount(value: int, role: str, currency: str | None) -> str:
    if role not in MICROS:
        return str(value)
    whole, rest = divmod(abs(value), MICRO)
    digits = f"{rest:06d}".rstrip("0").ljust(2, "0")
    text = f"{'-' if value < 0 else ''}{whole}.{digits}"
    return f"{text} {currency}" if currency and role != "conversions_micros" else text


def reconcile(
    total: Mapping[str, int],
    decimals: Mapping[str, int],
    numbers: Mapping[str, Numbers],
    rows: Places,
    currency: str | None,
    reason: str,
) -> list[Finding]:
    """One total against the rows it sums: exact for counts, within the platform's rounding for amounts."""
    findings = []
    for role in RECONCILED:
        if role not in total or role not in numbers:
            continue
        column = numbers[role]
        summed = integers(column.values).take(rows).total()
        difference = summed - total[role]
        if not difference:
            continue
        inside = role in MICROS and abs(difference) <= _tolerance(column, decimals[role], len(rows), currency)
        shown = _amount(abs(difference), role, currency)
        if inside:
            findings.append(found("TOTAL_ROUNDED", role, {"metric": role, "difference": shown}))
            continue
        facts = {
            "metric": role,
            "sum": _amount(summed, role, currency),
            "declared": _amount(total[role], role, currency),
            "difference": shown,
            "reason": reason,
        }
        findings.append(found("TOTAL_DIFFERS", role, facts))
    return findings
