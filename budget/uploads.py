"""A file on its way in: what it is, whether it adds up, what storing it would change."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from budget import log
from budget.exports import Reading
from budget.money import MICROS
from budget.store import ImportPreview, ImportReceipt


@dataclass(frozen=True)
class Totals:
    """Spend of the rows and the file's own total in micros; `declared_micros` None where the file states none."""

    rows_micros: int | None
    declared_micros: int | None

    @property
    def difference_micros(self) -> int:
        """How far the rows lie from the declared total; 0 where either is unknown."""
        if self.rows_micros is None or self.declared_micros is None:
            return 0
        return self.rows_micros - self.declared_micros


def totals_of(reading: Reading) -> Totals:
    """Spend as read against the first summary row that covers the whole file."""
    spend = reading.frame["spend_micros"].dropna()
    rows = int(spend.sum()) if len(spend) else None
    whole = [total for total in reading.totals if total.scope == "account" or total.label]
    stated = (total.values.get("spend_micros") for total in whole)
    return Totals(rows, next((value for value in stated if value is not None), None))


OWN_TABLE = "template/daily"
DEFEATED = frozenset({"READ_FAILED", "READ_LIMIT"})


def note_stop(reading: Reading, size_bytes: int) -> None:
    """Log that a file defeated its reader, under the note id that the person sees: code, limit and size only."""
    for finding in reading.findings:
        if finding.code in DEFEATED:
            note_id = str(finding.facts.get("id", f"F-{reading.digest[:8]}"))
            limit = str(finding.facts.get("limit", ""))
            log.note(
                "read_stopped", code=finding.code, id=note_id, limit=limit, bytes=size_bytes, reader=reading.reader
            )


def note_import(workspace_id: int, reading: Reading, receipt: ImportReceipt) -> None:
    """Log that a file was stored: ids, counts and codes only."""
    codes = " ".join(sorted({finding.code for finding in (*reading.findings, *receipt.findings)}))
    ids = {"workspace": workspace_id, "import_id": receipt.import_id, "rows": receipt.rows}
    log.note("import", status=receipt.status, report=reading.report or "", findings=codes, **ids)


def can_store(reading: Reading) -> bool:
    """Whether the file is a table without an open question, and has something to keep: rows, or that nothing ran.

    Our own table, not filled in yet, says nothing of what ran.
    """
    if reading.questions or reading.stopped or (reading.kind == "empty" and reading.report == OWN_TABLE):
        return False
    return rows_of(reading) > 0 or reading.kind == "empty"


def rows_of(reading: Reading) -> int:
    """Rows of all tables of a reading together."""
    return sum(map(len, (reading.frame, reading.metrics, reading.posts, reading.orders, reading.leads)))


def booked_of(reading: Reading) -> dict[str, tuple[int, int]]:
    """Orders that were not cancelled, by currency ("" where none is said): their number and micros less refunds."""
    orders = reading.orders
    if not len(orders):
        return {}
    alive = orders[~orders["cancelled"].fillna(False).astype(bool)]
    net = alive["total_micros"].fillna(0) - alive["refunded_micros"].fillna(0)
    sums = net.groupby(alive["currency"].fillna("")).agg(["size", "sum"])
    return {str(code): (int(row["size"]), int(row["sum"])) for code, row in sums.iterrows()}


@dataclass(frozen=True)
class ChangedRow:
    """A stored row that an import would restate; money in major units, None where nobody said."""

    campaign: str
    day: date
    spend_before: float | None
    spend: float | None
    conversions_before: float | None
    conversions: float | None


def changed_rows(preview: ImportPreview, most: int = 10) -> tuple[ChangedRow, ...]:
    """The first rows that would change, from the examples of the preview; rows known better stay as they are."""
    frame, stale = preview.examples.get("changed"), preview.examples.get("stale")
    if frame is None:
        return ()
    known = set() if stale is None else {str(row) for row in stale.to_dict("records")}
    rows = [row for row in frame.to_dict("records") if str(row) not in known]
    return tuple(_changed(row) for row in rows[:most])


def _changed(row: Mapping[Hashable, Any]) -> ChangedRow:
    def number(column: str) -> float | None:
        return None if pd.isna(row[column]) else int(row[column]) / MICROS

    return ChangedRow(
        campaign=str(row["campaign_name"]),
        day=row["start"].date(),
        spend_before=number("before_spend_micros"),
        spend=number("spend_micros"),
        conversions_before=number("before_conversions_micros"),
        conversions=number("conversions_micros"),
    )
