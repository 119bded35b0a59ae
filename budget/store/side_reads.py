"""Rows of the other datasets as frames: what is current, where it comes from, what a file would change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Column, Connection, and_, select

from budget.errors import InvalidValue
from budget.store import checks
from budget.store.cells import EPOCH, NONE, Ints
from budget.store.compare import EXAMPLES, Difference
from budget.store.frames import typed
from budget.store.schema import import_batch
from budget.store.sides import METRICS, SIDES, Side, side_named

FROM = ("import_id", "source_sheet", "source_row", "merged_rows")
FILE = ("original_name", "as_of")
WORDS_LENGTH = 2_000


def rows(
    connection: Connection, workspace_id: int, side: Side, start: date | None = None, end: date | None = None
) -> pd.DataFrame:
    """The current rows of a dataset in [start, end), by day: its own columns, then `FROM`."""
    return _read(connection, workspace_id, side, start, end, {})


def lineage(
    connection: Connection,
    workspace_id: int,
    dataset: str,
    start: date | None,
    end: date | None,
    keys: Mapping[str, str | None],
) -> pd.DataFrame:
    """The same rows, of some keys, with name and look of their files."""
    side = side_named(dataset)
    if side is None:
        raise InvalidValue(f"dataset: found {dataset!a:.40}, expected one of {', '.join(one.name for one in SIDES)}")
    wrong = sorted(set(keys) - set(side.texts))
    if wrong:
        raise InvalidValue(f"lineage: found {wrong!a:.80}, expected some of {', '.join(side.texts)}")
    for name, value in keys.items():
        if value is not None:
            checks.words(name, value, WORDS_LENGTH)
    return _read(connection, workspace_id, side, start, end, keys, FILE)


def _read(
    connection: Connection,
    workspace_id: int,
    side: Side,
    start: date | None,
    end: date | None,
    keys: Mapping[str, str | None],
    of_file: Sequence[str] = (),
) -> pd.DataFrame:
    table, batch = side.table, import_batch
    own = [column for column in table.c if column.name in _own(side)]
    where = [table.c.workspace_id == workspace_id, table.c.superseded_by.is_(None), table.c.tombstone.is_(False)]
    if start is not None:
        where.append(table.c[side.start] >= start)
    if end is not None:
        where.append(table.c[side.end] <= end if side.end else table.c[side.start] < end)
    where += [table.c[name].is_(None) if value is None else table.c[name] == value for name, value in keys.items()]
    same = and_(batch.c.workspace_id == workspace_id, batch.c.import_id == table.c.import_id)
    query = (
        select(*own, *(table.c[name] for name in FROM), *(batch.c[name] for name in of_file))
        .join(batch, same)
        .where(*where)
        .order_by(table.c[side.start], table.c[side.owner], table.c.import_id, table.c.source_row, table.c.fact_id)
    )
    frame = framed([*own, *(table.c[name] for name in FROM)], of_file, connection.execute(query).fetchall())
    if side is METRICS:
        frame.insert(0, "date_day", frame["period_start"].where(frame["grain"] == "day"))
    return frame


def _own(side: Side) -> frozenset[str]:
    days = [name for name in (side.start, side.end) if name]
    return frozenset((*days, *side.texts, *side.numbers, *side.flags, *side.marks))


def framed(columns: Sequence[Column[Any]], more: Sequence[str], found: Sequence[Any]) -> pd.DataFrame:
    """Rows as a frame: numbers `Int64`, dates `datetime64[us]`, flags `boolean`, moments in UTC, the rest text."""
    lists = list(zip(*found, strict=True)) if found else [()] * (len(columns) + len(more))
    made: dict[str, Any] = {}
    for column, values in zip(columns, lists, strict=False):
        made[column.name] = _column(column, list(values))
    for name, values in zip(more, lists[len(columns) :], strict=True):
        made[name] = typed([name], [(value,) for value in values])[name]
    return pd.DataFrame(made)


def _column(column: Column[Any], values: list[Any]) -> Any:
    if isinstance(column.type, Boolean):
        return pd.array(values, dtype="boolean")
    kind = column.type.python_type
    if kind is int:
        return whole(np.array([NONE if value is None else value for value in values], np.int64))
    if kind is date:
        return pd.Series(np.array([None if value is None else value.isoformat() for value in values], "datetime64[us]"))
    return pd.Series(values, dtype="str")


def whole(numbers: Ints) -> pd.arrays.IntegerArray:
    """int64 with NONE as nullable integers."""
    return pd.arrays.IntegerArray(np.where(numbers == NONE, 0, numbers), numbers == NONE)


def examples(side: Side, part: Difference) -> dict[str, pd.DataFrame]:
    """Up to 200 rows of each kind, with the dataset's own columns; changed and stale ones with the numbers before."""
    made = {"new": shown(side, part.incoming[part.new]), "vanished": shown(side, part.vanished)}
    for name, which in (("changed", part.changed), ("stale", part.stale)):
        old = shown(side, part.before[which])[list(side.numbers)]
        made[name] = pd.concat([shown(side, part.incoming[which]), old.add_prefix("before_")], axis=1)
    return made


def shown(side: Side, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows as a person can read them: `start, end` (end: the day after), texts, numbers, flags."""
    frame = frame.head(EXAMPLES)
    made: dict[str, Any] = {}
    for name in ("start", "end"):
        numbers = frame[name].to_numpy("int64")
        days = np.datetime64(EPOCH, "D") + np.where(numbers == NONE, 0, numbers)
        made[name] = pd.Series(np.where(numbers == NONE, np.datetime64("NaT"), days).astype("datetime64[us]"))
    for name in side.texts:
        made[name] = pd.Series(
            [None if value is None or value != value else value for value in frame[name]], dtype="str"
        )
    for name in side.numbers:
        made[name] = whole(frame[name].to_numpy(np.int64))
    for name in (*side.flags, *side.marks):
        made[name] = pd.array([None if flag == NONE else bool(flag) for flag in frame[name]], dtype="boolean")
    return pd.DataFrame(made)
