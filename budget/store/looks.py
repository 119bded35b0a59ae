"""The looks at a grain as a chain in time: a new one takes its place in it, an undone one leaves it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, literal, select, update

from budget.store.schema import import_batch


@dataclass(frozen=True)
class Place:
    """Where new rows go: the fact table, and the import that brings them."""

    table: Table
    workspace_id: int
    import_id: int


def take_place(connection: Connection, place: Place, keys: list[str], known: Collection[str]) -> list[int | None]:
    """Let the look before each incoming one point to it; returns for each key the import that looked next.

    `known`: at least those keys that are stored already.
    """
    after = _successors(connection, place, keys)
    _step_back(connection, place, [key for key in keys if key in known], after)
    return [after.get(key) for key in keys]


def _successors(connection: Connection, place: Place, keys: list[str]) -> dict[str, int]:
    """For keys that a later look (greater `as_of`) holds: the nearest such import."""
    if not keys or not _any_later(connection, place):
        return {}
    table, own, later = place.table, import_batch.alias("own"), import_batch.alias("later")
    query = (
        select(table.c.grain_key, table.c.import_id)
        .join(later, (later.c.import_id == table.c.import_id) & (later.c.workspace_id == place.workspace_id))
        .join(own, (own.c.import_id == place.import_id) & (own.c.workspace_id == place.workspace_id))
        .where(
            table.c.workspace_id == place.workspace_id,
            table.c.grain_key.between(min(keys)[:5], max(keys)[:5] + "g"),
            later.c.as_of > own.c.as_of,
            later.c.status == "active",
        )
        .order_by(later.c.as_of.desc(), later.c.import_id.desc())
    )
    wanted = set(keys)
    return {key: found for key, found in connection.execute(query) if key in wanted}


def _any_later(connection: Connection, place: Place) -> bool:
    mine = import_batch.c.workspace_id == place.workspace_id
    own = select(import_batch.c.as_of).where(mine, import_batch.c.import_id == place.import_id)
    later = import_batch.c.as_of > own.scalar_subquery()
    query = select(literal(1)).where(mine, import_batch.c.status == "active", later)
    return connection.execute(query.limit(1)).first() is not None


def _step_back(connection: Connection, place: Place, keys: Iterable[str], after: Mapping[str, int]) -> None:
    """The look before each incoming one now points to it."""
    table = place.table
    mine = [table.c.workspace_id == place.workspace_id, table.c.grain_key == bindparam("key")]
    change = update(table).values(superseded_by=place.import_id, **_not_counted(table))
    newest = [{"key": key} for key in keys if key not in after]
    behind = [{"key": key, "next": after[key]} for key in keys if key in after]
    if newest:
        connection.execute(change.where(*mine, table.c.superseded_by.is_(None)), newest)
    if behind:
        connection.execute(change.where(*mine, table.c.superseded_by == bindparam("next")), behind)


def _not_counted(table: Table) -> dict[str, bool]:
    return {"counted": False} if "counted" in table.c else {}


def insert_columns(connection: Connection, place: Place, columns: Mapping[str, list[Any]]) -> None:
    """Hand whole columns to the driver: going through a mapping for each row took most of an import's time."""
    rows = len(next(iter(columns.values())))
    columns = {"workspace_id": [place.workspace_id] * rows, "import_id": [place.import_id] * rows, **columns}
    dialect = connection.dialect
    statement = insert(place.table).values({name: bindparam(name) for name in columns})
    compiled = statement.compile(dialect=dialect)
    ready = []
    for name in compiled.positiontup or ():
        prepare = place.table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        ready.append([prepare(value) for value in columns[name]] if prepare else columns[name])
    connection.exec_driver_sql(str(compiled), list(zip(*ready, strict=True)))


def take_out(connection: Connection, place: Place) -> int:
    """Remove an undone import's facts: what it superseded takes its place again; returns how many left."""
    table, import_id = place.table, place.import_id
    here, gone = table.c.workspace_id == place.workspace_id, table.alias("gone")
    of_import = table.c.import_id == import_id
    parked = update(table).where(here, of_import, table.c.superseded_by.is_(None))
    connection.execute(parked.values(superseded_by=import_id, **_not_counted(table)))
    following = (
        select(func.nullif(gone.c.superseded_by, import_id))
        .where(
            gone.c.workspace_id == place.workspace_id,
            gone.c.grain_key == table.c.grain_key,
            gone.c.import_id == import_id,
        )
        .scalar_subquery()
    )
    before = update(table).where(here, table.c.superseded_by == import_id, table.c.import_id != import_id)
    connection.execute(before.values(superseded_by=following))
    return connection.execute(delete(table).where(here, of_import)).rowcount
