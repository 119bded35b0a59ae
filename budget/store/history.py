"""The files that came in: their records, originals and rejected rows."""

import json
import zlib
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from budget.errors import ImportMissing
from budget.store import checks
from budget.store.schema import import_batch, import_issue, source_blob
from budget.store.values import ImportIssue, ImportRecord
from budget.weeks import DAY, Period


def records(connection: Connection, workspace_id: int) -> tuple[ImportRecord, ...]:
    """Every import, active or undone, oldest first."""
    blob = source_blob
    same = (blob.c.workspace_id == import_batch.c.workspace_id) & (
        blob.c.content_sha256 == import_batch.c.content_sha256
    )
    query = (
        select(import_batch, blob.c.size_bytes.label("kept"))
        .outerjoin(blob, same)
        .where(import_batch.c.workspace_id == workspace_id)
        .order_by(import_batch.c.import_id)
    )
    return tuple(_record(row) for row in connection.execute(query).mappings())


def _record(row: RowMapping) -> ImportRecord:
    same = ("import_id", "content_sha256", "size_bytes", "kind", "platform", "reader", "signature", "as_of")
    also = ("as_of_source", "grain", "currency", "status", "created_by", "created_at", "undone_by", "undone_at")
    plain: dict[str, Any] = {name: row[name] for name in (*same, *also)}
    stated = Period(row["period_start"], row["period_end"]) if row["period_start"] else None
    return ImportRecord(
        **plain,
        name=row["original_name"],
        answers=json.loads(row["answers_json"]),
        period=stated,
        days=Period(row["min_date"], row["max_date"] + DAY) if row["min_date"] else None,
        rows=row["row_count"],
        rejected=row["rejected_count"],
        declared_totals=tuple(json.loads(row["declared_totals_json"])),
        totals=json.loads(row["totals_json"]),
        kept=row["kept"] is not None,
    )


def original(connection: Connection, workspace_id: int, import_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the file as uploaded; None if it was not kept, `ImportMissing` if there is none."""
    batch, blob = import_batch, source_blob
    asked = batch.c.import_id == checks.identity("import", import_id)
    query = select(batch.c.original_name, batch.c.content_sha256).where(batch.c.workspace_id == workspace_id, asked)
    found = connection.execute(query).first()
    if found is None:
        raise ImportMissing(f"import {import_id!a:.30}: none of that number")
    mine = (blob.c.workspace_id == workspace_id, blob.c.content_sha256 == found.content_sha256)
    body = connection.execute(select(blob.c.body).where(*mine)).scalar()
    return None if body is None else (found.original_name, zlib.decompress(body))


def issues(connection: Connection, workspace_id: int, import_id: int) -> tuple[ImportIssue, ...]:
    """The rows that an import could not take, in the order of the file."""
    table = import_issue
    asked = table.c.import_id == checks.identity("import", import_id)
    query = select(table).where(table.c.workspace_id == workspace_id, asked).order_by(table.c.seq)
    rows = connection.execute(query).mappings()
    return tuple(ImportIssue(row["code"], row["sheet"], row["row"], json.loads(row["raw_row_json"])) for row in rows)
