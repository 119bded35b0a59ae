"""Workspaces: one firm each, with the version that every change of its facts raises."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from budget.errors import InvalidValue, NotAllowed, WorkspaceMissing
from budget.store import audit, checks, schema
from budget.store.connect import inserted
from budget.store.people import Actor
from budget.store.schema import schema_meta, workspace
from budget.store.values import Workspace

QUOTA_BYTES = 2 * 1024**3
MARKER = "deleting_workspace"


def create(connection: Connection, name: str, currency: str, timezone: str, actor: Actor, now: datetime) -> Workspace:
    """A new, empty workspace; `InvalidValue` for a name, currency or zone that cannot be."""
    values = {
        "name": checks.words("name", name, needed=True),
        "base_currency": checks.currency(currency),
        "timezone": _zone(timezone),
        "customer_key": secrets.token_hex(32),
        "quota_bytes": QUOTA_BYTES,
        "created_at": now,
    }
    made = inserted(connection, insert(workspace).values(values))
    audit.record(connection, made, actor, "create", "workspace", made)
    return find(connection, made)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(checks.words("timezone", name)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise InvalidValue(f"timezone: found {name!a:.60}, expected a name such as Asia/Baku") from err


def find(connection: Connection, workspace_id: int) -> Workspace:
    """The workspace, else `WorkspaceMissing`."""
    asked = checks.identity("workspace", workspace_id)
    row = connection.execute(select(workspace).where(workspace.c.workspace_id == asked)).mappings().first()
    if row is None:
        raise WorkspaceMissing(f"workspace {workspace_id!a:.30}: none of that number")
    return _value(row)


def customer_key(connection: Connection, workspace_id: int) -> str:
    """The firm's secret under which e-mail addresses of orders become keys of customers."""
    query = select(workspace.c.customer_key).where(workspace.c.workspace_id == workspace_id)
    return str(connection.execute(query).scalar_one())


def _value(row: RowMapping) -> Workspace:
    return Workspace(
        workspace_id=row["workspace_id"],
        name=row["name"],
        currency=row["base_currency"],
        timezone=row["timezone"],
        week_start=row["week_start"],
        data_version=row["data_version"],
        created_at=row["created_at"],
    )


def listed(connection: Connection) -> tuple[Workspace, ...]:
    """All workspaces, oldest first."""
    rows = connection.execute(select(workspace).order_by(workspace.c.workspace_id)).mappings()
    return tuple(_value(row) for row in rows)


def rename(connection: Connection, workspace_id: int, name: str, actor: Actor) -> Workspace:
    """The workspace under another name."""
    before = find(connection, workspace_id)
    change = update(workspace).where(workspace.c.workspace_id == workspace_id)
    connection.execute(change.values(name=checks.words("name", name, needed=True)))
    audit.record(connection, workspace_id, actor, "rename", "workspace", workspace_id, detail={"before": before.name})
    return find(connection, workspace_id)


def remove(connection: Connection, workspace_id: int, confirm: str) -> None:
    """Delete everything of a workspace; `confirm` is its name, typed by the person."""
    found = find(connection, workspace_id)
    if confirm != found.name:
        raise NotAllowed("workspace: deleting needs its exact name")
    connection.execute(delete(schema_meta).where(schema_meta.c.key == MARKER))
    connection.execute(insert(schema_meta).values(key=MARKER, value=str(workspace_id)))
    for table in reversed(schema.TENANT_TABLES):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id))
    connection.execute(delete(schema_meta).where(schema_meta.c.key == MARKER))


def bump(connection: Connection, workspace_id: int) -> int:
    """Raise the data version by one; returns the new one."""
    change = update(workspace).where(workspace.c.workspace_id == workspace_id)
    connection.execute(change.values(data_version=workspace.c.data_version + 1))
    return find(connection, workspace_id).data_version


def quota(connection: Connection, workspace_id: int) -> int:
    """How many bytes of originals the workspace may keep."""
    query = select(workspace.c.quota_bytes).where(workspace.c.workspace_id == workspace_id)
    return int(connection.execute(query).scalar_one())
