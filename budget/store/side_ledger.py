"""Facts of the other datasets: what is current beside what comes in, rows in their place in time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from budget.store import cells, looks
from budget.store.cells import NONE, day_of
from budget.store.compare import Difference, Shape, difference
from budget.store.schema import import_batch
from budget.store.sides import SIDES, Side, scope_of

LINEAGE = ("source_sheet", "source_row", "merged_rows")


def shape_of(side: Side) -> Shape:
    """What of a dataset is compared."""
    return Shape(side.values, side.said, (lambda frame: scope_of(side, frame)) if side.scope else None)


def compared(
    connection: Connection,
    workspace_id: int,
    side: Side,
    incoming: pd.DataFrame,
    as_of: datetime,
    stated: tuple[int, int] | None,
) -> Difference:
    """The incoming rows of a dataset against those that are current."""
    current = current_rows(connection, workspace_id, side, incoming, stated)
    return difference(incoming, current, looks_of(connection, workspace_id), as_of, stated, shape_of(side))


def looks_of(connection: Connection, workspace_id: int) -> dict[int, datetime]:
    """When each import looked."""
    batch = import_batch
    query = select(batch.c.import_id, batch.c.as_of).where(batch.c.workspace_id == workspace_id)
    return {row.import_id: row.as_of for row in connection.execute(query)}


def current_rows(
    connection: Connection, workspace_id: int, side: Side, incoming: pd.DataFrame, stated: tuple[int, int] | None
) -> pd.DataFrame:
    """The current facts, tombstones included, that these rows may restate or lack; NONE for null numbers."""
    table = side.table
    owners = sorted(set(incoming[side.owner]))
    where = [table.c.workspace_id == workspace_id, table.c.superseded_by.is_(None), table.c[side.owner].in_(owners)]
    if side.dated:
        low = min(int(incoming["start"].min()), *(stated or ())) if stated else int(incoming["start"].min())
        high = max(int(incoming["end"].max()), *(stated or ())) if stated else int(incoming["end"].max())
        where.append(table.c[side.start].between(day_of(low), day_of(high)))
    return stored(connection, side, *where)


def stored(connection: Connection, side: Side, *where: Any) -> pd.DataFrame:
    """Rows of a dataset's table as the rows that come in: numbers with NONE, day numbers `start, end`."""
    table = side.table
    days = [name for name in (side.start, side.end) if name]
    plain = ("fact_id", "import_id", "superseded_by", "tombstone", "grain_key", *side.texts, *LINEAGE, *days)
    flags = (*side.flags, *side.marks)
    wide = [func.coalesce(table.c[name], NONE).label(name) for name in side.numbers]
    query = select(*(table.c[name] for name in (*plain, *flags)), *wide).where(*where)
    names = [*plain, *flags, *side.numbers]
    frame = pd.DataFrame([*map(tuple, connection.execute(query))], columns=names, dtype=object)
    for name in flags:
        frame[name] = [NONE if flag is None else int(flag) for flag in frame[name].tolist()]
    for name in ("fact_id", "import_id", "source_row", "merged_rows", *flags, *side.numbers):
        frame[name] = frame[name].astype("int64")
    frame["tombstone"] = frame["tombstone"].astype(bool)
    frame["start"], _ = cells.days(frame[side.start])
    frame["end"] = (
        cells.days(frame[side.end])[0] if side.end else np.where(frame["start"] == NONE, NONE, frame["start"] + 1)
    )
    return frame


def tombstones(side: Side, vanished: pd.DataFrame) -> pd.DataFrame:
    """Rows that say: the person told us that these grains no longer exist."""
    empty = dict.fromkeys((*side.numbers, *side.flags), NONE)
    return vanished.assign(**empty, source_sheet="", source_row=0, merged_rows=0, tombstone=True)


def add_rows(
    connection: Connection, workspace_id: int, import_id: int, side: Side, part: Difference, replace_range: bool
) -> None:
    """Insert a dataset's facts in their place in time."""
    rows = part.incoming
    if replace_range and len(part.vanished):
        rows = pd.concat([rows, tombstones(side, part.vanished)], join="inner", ignore_index=True)
    if not len(rows):
        return
    place = looks.Place(side.table, workspace_id, import_id)
    following = looks.take_place(connection, place, rows["grain_key"].tolist(), part.known)
    looks.insert_columns(connection, place, {"superseded_by": following, **_columns(side, rows)})


def _columns(side: Side, rows: pd.DataFrame) -> dict[str, list[Any]]:
    same = ("grain_key", "tombstone", "merged_rows", *side.texts)
    columns: dict[str, list[Any]] = {name: rows[name].tolist() for name in same}
    for name in side.numbers:
        columns[name] = [None if number == NONE else number for number in rows[name].tolist()]
    for name in (*side.flags, *side.marks):
        columns[name] = [None if number == NONE else bool(number) for number in rows[name].tolist()]
    columns["source_sheet"] = [sheet or "" for sheet in rows["source_sheet"].tolist()]
    columns["source_row"] = [max(number, 0) for number in rows["source_row"].tolist()]
    columns[side.start] = [day_of(number) for number in rows["start"].tolist()]
    if side.end:
        columns[side.end] = [day_of(number) for number in rows["end"].tolist()]
    return columns


def take_out(connection: Connection, workspace_id: int, import_id: int) -> int:
    """Remove an undone import's facts of all datasets; returns how many left."""
    return sum(looks.take_out(connection, looks.Place(side.table, workspace_id, import_id)) for side in SIDES)


def totals(parts: Mapping[Side, pd.DataFrame]) -> dict[str, int]:
    """Rows and sums of what came in, as `posts.views`; of `metrics.value_micros` a check of the file, no quantity."""
    made: dict[str, int] = {}
    for side, rows in parts.items():
        made[f"{side.name}.rows"] = len(rows)
        for name in side.sums:
            said = rows[name].to_numpy(np.int64)
            said = said[said != NONE]
            if len(said):
                made[f"{side.name}.{name}"] = int(said.sum())
    return made
