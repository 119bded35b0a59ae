"""The record of an import: what the file is, what it brought, what was refused, and the file itself."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, insert, select

from budget.errors import QuotaReached
from budget.store import audit, cells, side_ledger, workspaces
from budget.store.cells import NONE, day_of
from budget.store.connect import inserted
from budget.store.incoming import File
from budget.store.people import Actor
from budget.store.schema import MEASURES, import_batch, import_issue, source_blob
from budget.store.sides import Side
from budget.store.values import ImportIssue


@dataclass(frozen=True)
class Brought:
    """What a file brings: rows of delivery (days, periods), rows of other datasets, rows that were refused."""

    facts: Sequence[pd.DataFrame]
    sides: Mapping[Side, pd.DataFrame]
    rejected: int
    issues: Sequence[ImportIssue]

    @property
    def frames(self) -> list[pd.DataFrame]:
        """All rows."""
        return [*self.facts, *self.sides.values()]


def keeps_raw(file: File) -> bool:
    """Whether the file itself may be kept; else only its digest is."""
    return bool(getattr(file.reading, "keep_raw", True))


def keep_original(connection: Connection, workspace_id: int, file: File) -> None:
    """Keep the file's bytes, once however often it comes; `QuotaReached` where there is no room."""
    if not keeps_raw(file):
        return
    mine = source_blob.c.workspace_id == workspace_id
    if connection.execute(
        select(source_blob.c.size_bytes).where(mine, source_blob.c.content_sha256 == file.digest)
    ).first():
        return
    used = connection.execute(select(func.coalesce(func.sum(source_blob.c.size_bytes), 0)).where(mine)).scalar_one()
    quota = workspaces.quota(connection, workspace_id)
    if used + len(file.raw) > quota:
        raise QuotaReached(f"files: found {used + len(file.raw)} bytes, expected at most {quota}")
    body = zlib.compress(file.raw)
    values = {"workspace_id": workspace_id, "content_sha256": file.digest, "size_bytes": len(file.raw), "body": body}
    connection.execute(insert(source_blob), [values])


def record(connection: Connection, workspace_id: int, file: File, brought: Brought, actor: Actor) -> int:
    """Write the record of an import and its refused rows; returns its number."""
    starts = [number for rows in brought.frames for number in rows["start"].tolist() if number != NONE]
    ends = [number for rows in brought.frames for number in rows["end"].tolist() if number != NONE]
    values = {
        "workspace_id": workspace_id,
        "original_name": _label(file.reading.name, 1_000),
        "content_sha256": file.digest,
        "size_bytes": len(file.raw),
        "kind": _label(file.reading.kind),
        "platform": _label(file.reading.platform) if file.reading.platform else None,
        "reader": _label(file.reading.reader),
        "signature": _label(getattr(file.reading, "signature", "") or ""),
        "answers_json": file.answers,
        "answers_sha256": file.answers_digest,
        "as_of": file.as_of,
        "as_of_source": file.as_of_source,
        "grain": _label(file.reading.grain),
        "currency": _one_of(brought.frames, "currency"),
        "attribution_setting": _one_of(brought.facts, "attribution_setting"),
        "period_start": day_of(file.stated[0]) if file.stated else None,
        "period_end": day_of(file.stated[1]) if file.stated else None,
        "min_date": day_of(min(starts, default=NONE)),
        "max_date": day_of(max(ends) - 1 if ends else NONE),
        "row_count": sum(len(rows) for rows in brought.frames),
        "rejected_count": brought.rejected,
        "declared_totals_json": audit.canonical([_declared(total) for total in file.reading.totals]),
        "totals_json": audit.canonical(_totals(brought)),
        "status": "active",
        "created_by": actor.key,
        "created_at": file.now,
        "raw_kept": keeps_raw(file),
    }
    import_id = inserted(connection, insert(import_batch).values(values))
    _keep_issues(connection, workspace_id, import_id, brought.issues)
    return import_id


def _keep_issues(connection: Connection, workspace_id: int, import_id: int, issues: Sequence[ImportIssue]) -> None:
    values = [
        {
            "workspace_id": workspace_id,
            "import_id": import_id,
            "seq": seq,
            "code": issue.code,
            "severity": "warn",
            "sheet": issue.sheet,
            "row": issue.row,
            "column": "",
            "raw_row_json": audit.canonical(dict(issue.cells)),
            "facts_json": "{}",
        }
        for seq, issue in enumerate(issues)
    ]
    if values:
        connection.execute(insert(import_issue), values)


def _label(value: Any, length: int = 200) -> str:
    """A file's word about itself, as far as it can be stored."""
    found, _, _ = cells.texts(pd.Series([value], dtype=object))
    return (found[0] or "")[:length]


def _one_of(frames: Sequence[pd.DataFrame], column: str) -> str | None:
    """The one value that all rows that name one share, else None."""
    values = {value for rows in frames if column in rows for value in rows[column].unique() if value}
    return values.pop() if len(values) == 1 else None


def _declared(total: Any) -> dict[str, Any]:
    values = getattr(total, "values", {})
    kept = (
        {str(key): int(value) for key, value in dict(values).items() if value is not None}
        if isinstance(values, Mapping)
        else {}
    )
    return {
        "label": _label(getattr(total, "label", "")),
        "scope": _label(getattr(total, "scope", "")),
        "values": kept,
        "source_row": getattr(total, "source_row", None),
    }


def _totals(brought: Brought) -> dict[str, int]:
    made: dict[str, int] = {}
    for rows in brought.facts:
        for name in (measure for measure in MEASURES if measure != "reach"):
            numbers = rows[name].to_numpy(np.int64)
            said = numbers[numbers != NONE]
            if len(said):
                made[name] = made.get(name, 0) + int(said.sum())
    return made | side_ledger.totals(brought.sides)
