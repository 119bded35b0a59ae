"""Tables whose rows are about persons: what may be said of their cells, and what becomes of an e-mail address."""

import hmac
import unicodedata
from dataclasses import replace
from hashlib import sha256

import numpy as np

from budget.exports.cells import Cell, text_of
from budget.exports.metrics import Metrics
from budget.exports.privacy import MASK, is_person_column, scrub
from budget.exports.side.collect import Collect
from budget.exports.tables import Table
from budget.exports.totals import is_null
from budget.findings import Finding

_KEY_DIGITS = 16
_TEXT = 60


def customer_key(cell: Cell, secret: str | None) -> str | None:
    """HMAC-SHA256 of the normalised address under the workspace's secret, 16 hex digits; None without either."""
    address = unicodedata.normalize("NFKC", text_of(cell)).strip().strip("'\"<>").strip().casefold()
    if not secret or "@" not in address:
        return None
    return hmac.new(secret.encode(), address.encode(), sha256).hexdigest()[:_KEY_DIGITS]


def word_of(cell: Cell) -> str | None:
    """A short text such as a status or a code; None where nothing is left of it without a person's data."""
    text = scrub(text_of(cell)).strip().lstrip("'")[:_TEXT]
    return None if is_null(text) or not text.strip(f"{MASK} ") else text


def masked(findings: list[Finding]) -> list[Finding]:
    """Findings without cells: where a line has slipped, a column of numbers holds names."""
    return [
        replace(one, facts={key: MASK if key == "example" else fact for key, fact in one.facts.items()})
        for one in findings
    ]


def masked_metrics(metrics: Metrics) -> Metrics:
    """Number columns that quote no cell."""
    return replace(metrics, findings=tuple(masked([*metrics.findings])))


def without_slipped(table: Table, collect: Collect) -> Table:
    """The table without lines of more cells than the header: a number there may be somebody's telephone."""
    width = len(table.match.uses)
    lost = np.zeros(len(table.rows), bool)
    for index in range(width, table.rows.width):
        lost |= ~table.rows.column(index).nulls()
    if not lost.any():
        return table
    count = int(lost.sum())
    collect.find("ROWS_SLIPPED", table.grid.sheet, {"count": count, "row": table.lines[int(lost.argmax())]})
    return replace(table.take(np.flatnonzero(~lost)), ragged=max(table.ragged - count, 0))


def say_removed(table: Table, collect: Collect) -> None:
    """Say that persons were left out, where the table has such columns or ones that nobody knows."""
    for use in table.match.uses:
        if use.role == "email" or (use.header and not use.role and is_person_column(use.header, ())):
            collect.find("PERSONAL_DATA_REMOVED")
            return
