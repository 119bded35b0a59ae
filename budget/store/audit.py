"""The chain of what was done: each entry carries the hash of the one before it, in the same transaction as the act."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from budget.store.people import Actor
from budget.store.schema import audit_event
from budget.store.values import AuditEvent

FIRST = "0" * 64


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: equal values give equal texts."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def link(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 of the previous hash and the canonical row."""
    return sha256((previous + canonical(dict(row))).encode()).hexdigest()


def record(
    connection: Connection,
    workspace_id: int,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: int | None = None,
    versions: tuple[int | None, int | None] = (None, None),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry to the workspace's chain."""
    last = (
        select(audit_event.c.hash)
        .where(audit_event.c.workspace_id == workspace_id)
        .order_by(audit_event.c.event_id.desc())
        .limit(1)
    )
    previous = connection.execute(last).scalar() or FIRST
    at = datetime.now(UTC)
    row = {
        "at": at.isoformat(),
        "actor": actor.key,
        "action": action,
        "object_type": object_type,
        "object_id": object_id,
        "version_from": versions[0],
        "version_to": versions[1],
        "detail_json": canonical(dict(detail or {})),
    }
    values = row | {"at": at, "workspace_id": workspace_id, "prev_hash": previous, "hash": link(previous, row)}
    connection.execute(insert(audit_event), [values])


def newest(connection: Connection, workspace_id: int, limit: int) -> tuple[AuditEvent, ...]:
    """The last `limit` entries of the workspace's chain, the newest first."""
    query = select(audit_event).where(audit_event.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(audit_event.c.event_id.desc()).limit(limit)).mappings()
    names = ("event_id", "at", "actor", "action", "object_type", "object_id")
    return tuple(AuditEvent(**{n: row[n] for n in names}, detail=json.loads(row["detail_json"])) for row in rows)


def broken_at(connection: Connection, workspace_id: int) -> int | None:
    """The first event whose hash does not follow from its content and predecessor; None when the chain holds."""
    rows = connection.execute(
        select(audit_event).where(audit_event.c.workspace_id == workspace_id).order_by(audit_event.c.event_id)
    ).mappings()
    previous = FIRST
    for row in rows:
        names = ("actor", "action", "object_type", "object_id", "version_from", "version_to", "detail_json")
        said = {"at": row["at"].isoformat()} | {name: row[name] for name in names}
        if row["prev_hash"] != previous or row["hash"] != link(previous, said):
            return int(row["event_id"])
        previous = row["hash"]
    return None
