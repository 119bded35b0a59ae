"""Weeks and months as they were read, and alerts that were seen: only ever added."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select

from budget.errors import RecordChanged
from budget.store import audit, plans, workspaces
from budget.store.connect import inserted
from budget.store.people import Actor
from budget.store.review_checks import checked_acknowledgement, checked_closing
from budget.store.review_values import Acknowledgement, Closing
from budget.store.schema import acknowledgement, closing


def add_closing(connection: Connection, workspace_id: int, value: Closing, actor: Actor, now: datetime) -> Closing:
    """Keep a period as it was read; `RecordChanged` where somebody closed it since."""
    firm = workspaces.find(connection, workspace_id).workspace_id
    clean = checked_closing(value)
    plans.load(connection, firm, clean.plan_id)
    period = (closing.c.workspace_id == firm, closing.c.kind == clean.kind, closing.c.start_date == clean.start_date)
    stored = connection.execute(select(func.count()).select_from(closing).where(*period)).scalar_one()
    if clean.revision != stored + 1:
        raise RecordChanged(closing.name, clean.revision - 1, stored)
    values = {field.name: getattr(clean, field.name) for field in fields(Closing)}
    del values["closing_id"], values["body"]
    body = audit.canonical(dict(clean.body))
    values |= {"workspace_id": firm, "body_json": body, "body_sha256": sha256(body.encode()).hexdigest()}
    values |= {"closed_by": actor.key, "closed_at": now}
    made = inserted(connection, insert(closing).values(values))
    audit.record(connection, firm, actor, "close", closing.name, made, (stored or None, stored + 1))
    row = connection.execute(select(closing).where(closing.c.workspace_id == firm, closing.c.closing_id == made))
    return _closing(row.mappings().one())


def closings(connection: Connection, workspace_id: int) -> tuple[Closing, ...]:
    """Every closing, the newest first."""
    query = select(closing).where(closing.c.workspace_id == workspace_id).order_by(closing.c.closing_id.desc())
    return tuple(_closing(row) for row in connection.execute(query).mappings())


def _closing(row: Mapping[Any, Any]) -> Closing:
    names = [field.name for field in fields(Closing) if field.name != "body"]
    return Closing(**{name: row[name] for name in names}, body=json.loads(row["body_json"]))


def acknowledge(
    connection: Connection, workspace_id: int, value: Acknowledgement, actor: Actor, now: datetime
) -> Acknowledgement:
    """Keep that somebody has seen an alert."""
    firm = workspaces.find(connection, workspace_id).workspace_id
    clean = checked_acknowledgement(value)
    values = {
        "workspace_id": firm,
        "alert_key": clean.alert_key,
        "level_micros": clean.level_micros,
        "until": clean.until,
        "acknowledged_by": actor.key,
        "acknowledged_at": now,
    }
    made = inserted(connection, insert(acknowledgement).values(values))
    audit.record(connection, firm, actor, "add", acknowledgement.name, made, detail={"alert": clean.alert_key})
    own = (acknowledgement.c.workspace_id == firm, acknowledgement.c.acknowledgement_id == made)
    return _acknowledgement(connection.execute(select(acknowledgement).where(*own)).mappings().one())


def acknowledgements(connection: Connection, workspace_id: int) -> tuple[Acknowledgement, ...]:
    """Every acknowledgement, the newest first."""
    query = select(acknowledgement).where(acknowledgement.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(acknowledgement.c.acknowledgement_id.desc())).mappings()
    return tuple(_acknowledgement(row) for row in rows)


def _acknowledgement(row: Mapping[Any, Any]) -> Acknowledgement:
    return Acknowledgement(**{field.name: row[field.name] for field in fields(Acknowledgement)})
