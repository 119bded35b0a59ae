"""What a person said once and should not be asked again: answers by header signature, rates of exchange."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from budget.rates import Rate
from budget.store import audit, checks, workspaces
from budget.store.people import Actor
from budget.store.schema import fx_rate, import_answer

SIGNATURE_LENGTH = 64
ANSWERS_LENGTH = 200_000


def answers(connection: Connection, workspace_id: int, signature: str) -> dict[str, str]:
    """The remembered answers for files of these headers; empty if there are none."""
    query = select(import_answer.c.answers_json).where(
        import_answer.c.workspace_id == workspace_id, import_answer.c.signature == _signature(signature)
    )
    text = connection.execute(query).scalar()
    return {} if text is None else dict(json.loads(text))


def remembered(connection: Connection, workspace_id: int) -> dict[str, dict[str, str]]:
    """All remembered answers by signature."""
    query = (
        select(import_answer).where(import_answer.c.workspace_id == workspace_id).order_by(import_answer.c.signature)
    )
    return {row["signature"]: dict(json.loads(row["answers_json"])) for row in connection.execute(query).mappings()}


def remember(
    connection: Connection, workspace_id: int, signature: str, said: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Keep answers in place of those remembered for these headers; none: forget."""
    clean = {checks.words("answer", key): checks.words("answer", value, ANSWERS_LENGTH) for key, value in said.items()}
    forget(connection, workspace_id, signature)
    if clean:
        values = {"signature": signature, "answers_json": audit.canonical(clean)}
        who = {"workspace_id": workspace_id, "confirmed_by": actor.key, "confirmed_at": now}
        connection.execute(insert(import_answer).values(values | who))


def forget(connection: Connection, workspace_id: int, signature: str) -> None:
    """Forget the answers for files of these headers."""
    mine = import_answer.c.workspace_id == workspace_id
    connection.execute(delete(import_answer).where(mine, import_answer.c.signature == _signature(signature)))


def _signature(value: str) -> str:
    return checks.words("signature", value, SIGNATURE_LENGTH, needed=True)


def rates(connection: Connection, workspace_id: int) -> tuple[Rate, ...]:
    """All rates, by day and currencies."""
    table = fx_rate
    query = select(table).where(table.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(table.c.date_day, table.c.from_currency, table.c.to_currency)).mappings()
    return tuple(Rate(**{name: row[name] for name in Rate.__dataclass_fields__}) for row in rows)


def set_rate(connection: Connection, workspace_id: int, rate: Rate, actor: Actor) -> int:
    """Keep a rate in place of the one of that day; returns the data version, raised only if something changed."""
    values = {
        "date_day": checks.day("date_day", rate.date_day),
        "from_currency": checks.currency(rate.from_currency),
        "to_currency": checks.currency(rate.to_currency),
        "rate_e9": checks.whole("rate_e9", rate.rate_e9, 1, 10**18),
        "source": checks.words("source", rate.source),
    }
    if rate in rates(connection, workspace_id):
        return workspaces.find(connection, workspace_id).data_version
    connection.execute(delete(fx_rate).where(*_same(workspace_id, rate)))
    connection.execute(insert(fx_rate).values(workspace_id=workspace_id, **values))
    audit.record(connection, workspace_id, actor, "set", "rate", detail={"rate": _told(rate)})
    return workspaces.bump(connection, workspace_id)


def remove_rate(connection: Connection, workspace_id: int, rate: Rate, actor: Actor) -> int:
    """Forget the rate of that day and those currencies; returns the data version, raised only if there was one."""
    if connection.execute(delete(fx_rate).where(*_same(workspace_id, rate))).rowcount == 0:
        return workspaces.find(connection, workspace_id).data_version
    audit.record(connection, workspace_id, actor, "remove", "rate", detail={"rate": _told(rate)})
    return workspaces.bump(connection, workspace_id)


def _same(workspace_id: int, rate: Rate) -> tuple[ColumnElement[bool], ...]:
    """The rate of that day between those currencies."""
    return (
        fx_rate.c.workspace_id == workspace_id,
        fx_rate.c.date_day == checks.day("date_day", rate.date_day),
        fx_rate.c.from_currency == checks.currency(rate.from_currency),
        fx_rate.c.to_currency == checks.currency(rate.to_currency),
    )


def _told(rate: Rate) -> str:
    return f"{rate.date_day} {rate.from_currency} {rate.to_currency} {rate.rate_e9}"
