"""Plans: saved as a whole, by version; proposed, withdrawn, edited; a lock is a copy that never changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from budget.errors import NotAllowed, PlanChanged, PlanLocked, PlanMissing
from budget.plan import (
    PlanAssumption,
    PlanAudience,
    PlanChallenge,
    PlanCost,
    PlanEvent,
    PlanHead,
    PlanLine,
    PlanObjective,
    PlanWeek,
    Proposal,
    StoredPlan,
)
from budget.store import audit, checks, schema, workspaces
from budget.store.connect import inserted
from budget.store.people import Actor
from budget.store.plan_checks import checked
from budget.store.schema import plan

PARTS: Mapping[str, tuple[Table, type[Any]]] = {
    "lines": (schema.plan_line, PlanLine),
    "weeks": (schema.plan_week, PlanWeek),
    "objectives": (schema.plan_objective, PlanObjective),
    "audiences": (schema.plan_audience, PlanAudience),
    "challenges": (schema.plan_challenge, PlanChallenge),
    "assumptions": (schema.plan_assumption, PlanAssumption),
    "costs": (schema.plan_cost, PlanCost),
    "events": (schema.plan_event, PlanEvent),
}
EDITABLE = ("draft", "proposed")
LATER: Mapping[tuple[type[Any], str], Any] = {
    (PlanAudience, "product"): "",
    (PlanAudience, "networks"): "",
    (PlanEvent, "price_factor"): 1.0,
    (PlanEvent, "reason"): "",
}


def content_sha256(value: StoredPlan) -> str:
    """SHA-256 of the canonical body: name, currency and all parts, in order."""
    body = {part: [_body(item) for item in getattr(value, part)] for part in PARTS}
    text = audit.canonical({"name": value.name, "currency": value.currency, **body})
    return hashlib.sha256(text.encode()).hexdigest()


def _body(item: Any) -> dict[str, Any]:
    """A part as it is hashed: a plan that says nothing in a later column hashes as it did before that column."""
    return {name: value for name, value in asdict(item).items() if LATER.get((type(item), name), ...) != value}


def create(connection: Connection, value: StoredPlan, actor: Actor, now: datetime) -> StoredPlan:
    """A new draft with the parts of `value`; its id and version are given here."""
    workspaces.find(connection, value.workspace_id)
    if value.based_on_plan_id is not None:
        load(connection, value.workspace_id, value.based_on_plan_id)
    made = _insert(connection, checked(value), actor, now)
    audit.record(connection, value.workspace_id, actor, "create", "plan", made.plan_id, (None, 1))
    return made


def _insert(connection: Connection, value: StoredPlan, actor: Actor, now: datetime) -> StoredPlan:
    values = {
        "workspace_id": value.workspace_id,
        "name": value.name,
        "status": "draft",
        "currency": value.currency,
        "version": 1,
        "based_on_plan_id": value.based_on_plan_id,
        "content_sha256": content_sha256(value),
        "created_by": actor.key,
        "created_at": now,
        "updated_by": actor.key,
        "updated_at": now,
    }
    plan_id = inserted(connection, insert(plan).values(values))
    _write_parts(connection, replace(value, plan_id=plan_id))
    return load(connection, value.workspace_id, plan_id)


def _write_parts(connection: Connection, value: StoredPlan) -> None:
    where = {"workspace_id": value.workspace_id, "plan_id": value.plan_id}
    for part, (table, _) in PARTS.items():
        rows = [where | {"seq": seq} | asdict(item) for seq, item in enumerate(getattr(value, part))]
        if rows:
            connection.execute(insert(table), rows)


def load(connection: Connection, workspace_id: int, plan_id: int) -> StoredPlan:
    """The whole plan, else `PlanMissing`."""
    row = _head(connection, workspace_id, plan_id)
    parts: dict[str, Any] = {part: _read_part(connection, row, table, kind) for part, (table, kind) in PARTS.items()}
    names = [field.name for field in fields(StoredPlan) if field.name not in PARTS]
    return StoredPlan(**{name: row[name] for name in names}, **parts)


def _head(connection: Connection, workspace_id: int, plan_id: int) -> Mapping[str, Any]:
    asked = checks.identity("plan", plan_id)
    query = select(plan).where(
        plan.c.workspace_id == checks.identity("workspace", workspace_id), plan.c.plan_id == asked
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise PlanMissing(f"plan {plan_id!a:.30}: none of that number")
    return {str(name): value for name, value in row.items()}


def _read_part(connection: Connection, head: Mapping[str, Any], table: Table, kind: type[Any]) -> tuple[Any, ...]:
    names = [field.name for field in fields(kind)]
    mine = (table.c.workspace_id == head["workspace_id"], table.c.plan_id == head["plan_id"])
    query = select(*(table.c[name] for name in names)).where(*mine).order_by(table.c.seq)
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in connection.execute(query))


def listed(connection: Connection, workspace_id: int) -> tuple[PlanHead, ...]:
    """Heads of all plans, the last edited first."""
    workspaces.find(connection, workspace_id)
    names = [field.name for field in fields(PlanHead)]
    query = select(*(plan.c[name] for name in names)).where(plan.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(plan.c.updated_at.desc(), plan.c.plan_id.desc()))
    return tuple(PlanHead(**dict(zip(names, row, strict=True))) for row in rows)


def save(connection: Connection, workspace_id: int, value: StoredPlan, actor: Actor, now: datetime) -> StoredPlan:
    """Replace the stored plan by `value` if `value.version` is still the stored one; returns `version + 1`.

    The result is a draft: who edits a proposed plan takes the proposal back.
    """
    clean = checked(replace(value, workspace_id=workspace_id))
    if value.status == "locked":
        raise PlanLocked(f"plan {value.plan_id}: locked, expected a draft")
    values = {"name": clean.name, "currency": clean.currency, "content_sha256": content_sha256(clean)}
    _step(connection, workspace_id, value.plan_id, value.version, values | {"status": "draft"}, actor, now)
    for table, _ in reversed(tuple(PARTS.values())):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id, table.c.plan_id == clean.plan_id))
    _write_parts(connection, clean)
    audit.record(connection, workspace_id, actor, "save", "plan", value.plan_id, (value.version, value.version + 1))
    return load(connection, workspace_id, value.plan_id)


def _step(
    connection: Connection,
    workspace_id: int,
    plan_id: int,
    seen: int,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    statuses: Sequence[str] = EDITABLE,
) -> None:
    """Change an editable plan from the version seen to the next; else say what is there."""
    change = update(plan).where(
        plan.c.plan_id == checks.identity("plan", plan_id),
        plan.c.workspace_id == checks.identity("workspace", workspace_id),
        plan.c.version == checks.identity("version", seen),
        plan.c.status.in_(statuses),
    )
    stamp = {"version": plan.c.version + 1, "updated_by": actor.key, "updated_at": now}
    if connection.execute(change.values(**values, **stamp)).rowcount != 1:
        raise _refusal(_head(connection, workspace_id, plan_id), seen)


def _refusal(row: Mapping[str, Any], seen: int) -> Exception:
    if row["status"] == "locked":
        return PlanLocked(f"plan {row['plan_id']}: locked, expected a draft")
    if row["version"] != seen:
        return PlanChanged(seen, row["version"], row["updated_by"], row["updated_at"])
    return NotAllowed(f"plan {row['plan_id']}: found {row['status']}, expected another state for this step")


def rename(
    connection: Connection, workspace_id: int, plan_id: int, name: str, seen: int, actor: Actor, now: datetime
) -> StoredPlan:
    """The plan under another name, as its next version."""
    before = load(connection, workspace_id, plan_id)
    clean = checks.words("name", name, needed=True)
    values = {"name": clean, "content_sha256": content_sha256(replace(before, name=clean)), "status": "draft"}
    _step(connection, workspace_id, plan_id, seen, values, actor, now)
    audit.record(connection, workspace_id, actor, "rename", "plan", plan_id, (seen, seen + 1), {"before": before.name})
    return load(connection, workspace_id, plan_id)


def move(
    connection: Connection, workspace_id: int, plan_id: int, seen: int, actor: Actor, now: datetime, *, archive: bool
) -> StoredPlan:
    """Put a draft away, or bring it back."""
    status, allowed = ("archived", EDITABLE) if archive else ("draft", ("archived",))
    _step(connection, workspace_id, plan_id, seen, {"status": status}, actor, now, allowed)
    audit.record(connection, workspace_id, actor, status, "plan", plan_id, (seen, seen + 1))
    return load(connection, workspace_id, plan_id)


def lock(connection: Connection, workspace_id: int, plan_id: int, seen: int, actor: Actor, now: datetime) -> StoredPlan:
    """A locked copy of a draft or proposed plan, which is a draft from then on: editing goes on in it."""
    draft = load(connection, workspace_id, plan_id)
    if draft.status not in EDITABLE or draft.version != seen:
        raise _refusal(_head(connection, workspace_id, plan_id), seen)
    if draft.status == "proposed":
        _turn(connection, workspace_id, plan_id, seen, ("proposed", "draft"))
    copy = _insert(connection, replace(draft, based_on_plan_id=plan_id), actor, now)
    done = update(plan).where(plan.c.workspace_id == workspace_id, plan.c.plan_id == copy.plan_id)
    connection.execute(done.values(status="locked", locked_by=actor.key, locked_at=now))
    audit.record(connection, workspace_id, actor, "lock", "plan", copy.plan_id, (seen, 1), {"draft": plan_id})
    return load(connection, workspace_id, copy.plan_id)


def propose(connection: Connection, workspace_id: int, plan_id: int, seen: int, note: str, actor: Actor) -> StoredPlan:
    """Ask for approval of a draft as it stands, with a note. The version counts contents, so it stays."""
    said = {"note": checks.words("note", note, checks.NOTE_LENGTH).strip(), "version": seen}
    _turn(connection, workspace_id, plan_id, seen, ("draft", "proposed"))
    audit.record(connection, workspace_id, actor, "propose", "plan", plan_id, (seen, seen), said)
    return load(connection, workspace_id, plan_id)


def withdraw(connection: Connection, workspace_id: int, plan_id: int, seen: int, actor: Actor) -> StoredPlan:
    """Take a proposal back: the plan is a draft again."""
    _turn(connection, workspace_id, plan_id, seen, ("proposed", "draft"))
    audit.record(connection, workspace_id, actor, "withdraw", "plan", plan_id, (seen, seen))
    return load(connection, workspace_id, plan_id)


def _turn(connection: Connection, workspace_id: int, plan_id: int, seen: int, statuses: tuple[str, str]) -> None:
    """From one status to another, contents and version as they are; else say what is there."""
    before, after = statuses
    change = update(plan).where(
        plan.c.plan_id == checks.identity("plan", plan_id),
        plan.c.workspace_id == checks.identity("workspace", workspace_id),
        plan.c.version == checks.identity("version", seen),
        plan.c.status == before,
    )
    if connection.execute(change.values(status=after)).rowcount != 1:
        raise _refusal(_head(connection, workspace_id, plan_id), seen)


def proposal(connection: Connection, workspace_id: int, plan_id: int) -> Proposal | None:
    """The last proposal of the plan, None where there is none that still matters: it was withdrawn or approved."""
    _head(connection, workspace_id, plan_id)
    event = schema.audit_event
    of_plan = (event.c.workspace_id == workspace_id, event.c.object_type == "plan")
    last = select(event).where(*of_plan, event.c.action.in_(("propose", "withdraw", "lock")))
    for row in connection.execute(last.order_by(event.c.event_id.desc())).mappings():
        detail = json.loads(row["detail_json"])
        about = detail.get("draft") if row["action"] == "lock" else row["object_id"]
        if about == plan_id:
            by_at = (row["actor"], row["at"])
            return Proposal(plan_id, detail["version"], *by_at, detail["note"]) if row["action"] == "propose" else None
    return None


def remove(connection: Connection, workspace_id: int, plan_id: int, seen: int, actor: Actor) -> None:
    """Delete a plan that is not locked; one that a locked plan is based on can only be archived."""
    row = _head(connection, workspace_id, plan_id)
    if row["status"] == "locked" or row["version"] != seen:
        raise _refusal(row, seen)
    based = (plan.c.workspace_id == workspace_id, plan.c.based_on_plan_id == plan_id)
    if connection.execute(select(plan.c.plan_id).where(*based, plan.c.status == "locked")).first():
        raise NotAllowed(f"plan {plan_id}: a locked plan is based on it; archive it instead")
    judged = (schema.forecast.c.workspace_id == workspace_id, schema.forecast.c.plan_id == plan_id)
    if connection.execute(select(schema.forecast.c.forecast_id).where(*judged).limit(1)).first():
        raise NotAllowed(f"plan {plan_id}: forecasts of it are kept; archive it instead")
    connection.execute(update(plan).where(*based).values(based_on_plan_id=None))
    for table in (*(table for table, _ in reversed(tuple(PARTS.values()))), plan):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id, table.c.plan_id == plan_id))
    audit.record(connection, workspace_id, actor, "delete", "plan", plan_id, (seen, None), {"name": row["name"]})
