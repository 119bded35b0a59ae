"""Every fact, file, plan and audit entry of a workspace against its definition."""

import json
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Table, bindparam, func, select, update

from budget.store import audit, cells, grains, ledger, names, plans, review_checkup, side_checks
from budget.store import sums as exact
from budget.store.faults import Fault, fault
from budget.store.grains import BY_NAME, DAYS, PERIODS, Kind, counted_flags
from budget.store.schema import MEASURES, import_batch, plan, source_blob
from budget.store.sides import SIDES
from budget.store.values import Workspace

COLUMNS = (
    *("fact_id", "import_id", "superseded_by", "counted", "tombstone", "slice_rank", "week_start", "platform"),
    *("account_id", "campaign_slot", "campaign_id", "campaign_name_key", "entity_level", "entity_id", "breakdown"),
    "grain_key",
)
NOT_KEPT = frozenset({"orders", "leads"})
DERIVED = {
    "superseded_by": "SUPERSEDED_BY",
    "counted": "COUNTED",
    "week_start": "WEEK_START",
    "campaign_slot": "CAMPAIGN_SLOT",
}


def faults(connection: Connection, found: Workspace) -> list[Fault]:
    """All faults of one workspace."""
    made = []
    for kind, rows, wanted in _facts(connection, found):
        made += _of_rows(kind, rows, found.workspace_id)
        for name, code in DERIVED.items():
            wrong = _differs(rows[name], wanted[name])
            made += fault(code, _labels(kind, rows[wrong]), found.workspace_id)
    made += side_checks.faults(connection, found.workspace_id, _looks(connection, found))
    checks = (_batches, _blobs, _audit, _plans, review_checkup.faults)
    return [*made, *(one for check in checks for one in check(connection, found.workspace_id))]


def mend(connection: Connection, found: Workspace) -> int:
    """Write the derived columns as they must be; returns how many rows changed."""
    fixed = side_checks.mend(connection, found.workspace_id, _looks(connection, found))
    for kind, rows, wanted in _facts(connection, found):
        wrong = np.zeros(len(rows), bool)
        for name in DERIVED:
            wrong |= _differs(rows[name], wanted[name])
        fixed += int(wrong.sum())
        _rewrite(connection, found.workspace_id, kind.table, wanted[wrong].assign(fact_id=rows.loc[wrong, "fact_id"]))
    return fixed


def _rewrite(connection: Connection, workspace_id: int, table: Table, rows: pd.DataFrame) -> None:
    """Rows that become current last: two current rows of a grain never meet."""
    change = update(table).where(table.c.workspace_id == workspace_id, table.c.fact_id == bindparam("row"))
    for last in (False, True):
        part = rows[rows["superseded_by"].isna().to_numpy(bool) == last]
        values = [
            {"row": int(row["fact_id"])} | {name: row[name] for name in DERIVED} for row in part.to_dict("records")
        ]
        if values:
            connection.execute(change.values({name: bindparam(name) for name in DERIVED}), values)


Facts = tuple[Kind, pd.DataFrame, pd.DataFrame]


def _facts(connection: Connection, found: Workspace) -> list[Facts]:
    """Both tables: the rows as stored, and beside them the derived columns as they must be."""
    batches = _looks(connection, found)
    stored = {kind: _rows(connection, found.workspace_id, kind, batches) for kind in (DAYS, PERIODS)}
    platforms = {platform for rows in stored.values() for platform in rows["platform"]}
    slots = names.slots_of(names.registry(connection, found.workspace_id, platforms))
    wanted = {kind: _wanted(rows, slots, found.week_start) for kind, rows in stored.items()}
    now = {kind: stored[kind].assign(**wanted[kind])[wanted[kind]["superseded_by"].isna()] for kind in stored}
    for kind in (DAYS, PERIODS):
        current = now[kind]
        flags = counted_flags(current)
        if not kind.is_day:
            flags = ledger.counted_weeks(current, now[DAYS], found.week_start)
        wanted[kind]["counted"] = False
        wanted[kind].loc[current.index, "counted"] = flags
    return [(kind, stored[kind], wanted[kind]) for kind in (DAYS, PERIODS)]


def _looks(connection: Connection, found: Workspace) -> pd.DataFrame:
    """Number, time of the look and status of every import."""
    names = ["import_id", "as_of", "status"]
    query = select(*(import_batch.c[name] for name in names)).where(import_batch.c.workspace_id == found.workspace_id)
    return pd.DataFrame([*map(tuple, connection.execute(query))], columns=names)


def _rows(connection: Connection, workspace_id: int, kind: Kind, batches: pd.DataFrame) -> pd.DataFrame:
    table = kind.table
    dates = ("date_day",) if kind.is_day else ("grain", "period_start", "period_end")
    wide = [table.c[name] for name in (*COLUMNS, *dates)]
    query = select(*wide).where(table.c.workspace_id == workspace_id)
    rows = pd.DataFrame([*map(tuple, connection.execute(query))], columns=[*COLUMNS, *dates], dtype=object)
    rows["start"], _ = cells.days(rows[kind.start])
    rows["end"] = rows["start"] + 1 if kind.is_day else cells.days(rows["period_end"])[0]
    if kind.is_day:
        rows["grain"] = "day"
    for name in ("import_id", "fact_id", "slice_rank"):
        rows[name] = rows[name].astype("int64")
    return rows.merge(batches, on="import_id", how="left", sort=False)


def _wanted(rows: pd.DataFrame, slots: names.Slots, first_weekday: int) -> pd.DataFrame:
    order = rows.sort_values(["grain_key", "as_of", "import_id"], kind="stable")
    following = order.groupby("grain_key", sort=False)["import_id"].shift(-1).astype("Int64").astype(object)
    following = following.where(following.notna(), None)
    settled = names.with_slots(rows, slots)["campaign_slot"]
    dead = rows["tombstone"].to_numpy(bool)
    weeks = cells.dates_of(cells.week_numbers(rows["start"].to_numpy(np.int64), first_weekday))
    return pd.DataFrame(
        {
            "superseded_by": following.reindex(rows.index),
            "week_start": pd.Series(weeks, index=rows.index, dtype=object),
            "campaign_slot": settled.where(~dead, rows["campaign_slot"]),
        }
    )


def _differs(stored: "pd.Series[Any]", wanted: "pd.Series[Any]") -> cells.Bools:
    pairs = zip(stored.tolist(), wanted.tolist(), strict=True)
    return np.array([old != new and not (cells.missing(old) and cells.missing(new)) for old, new in pairs], bool)


def _labels(kind: Kind, rows: pd.DataFrame) -> list[str]:
    return [f"{kind.table.name} {number}" for number in rows["fact_id"].tolist()]


def _of_rows(kind: Kind, rows: pd.DataFrame, workspace_id: int) -> list[Fault]:
    """What of a row follows from its own columns, and that its import is active."""
    keyed = ("start", "end", "grain", "platform", "account_id", "entity_level", "entity_id", "breakdown")
    keys = [
        grains.grain_key(start, end, kind.is_day, grain, *rest)
        for start, end, grain, *rest in zip(*(rows[name] for name in keyed), strict=True)
    ]
    ranked = zip(rows["entity_level"], rows["entity_id"], rows["breakdown"], strict=True)
    ranks = np.array([grains.slice_rank(lv, e.startswith(BY_NAME), b) for lv, e, b in ranked], np.int64)
    wrong = {
        "GRAIN_KEY": (rows["grain_key"] != pd.Series(keys, index=rows.index, dtype=object)).to_numpy(bool),
        "SLICE_RANK": rows["slice_rank"].to_numpy(np.int64) != ranks,
        "INACTIVE_ROWS": (rows["status"] != "active").to_numpy(bool),
    }
    return [one for code, which in wrong.items() for one in fault(code, _labels(kind, rows[which]), workspace_id)]


def _batches(connection: Connection, workspace_id: int) -> list[Fault]:
    """Counts and sums of every active import, as they were when it came in, against its facts (tombstones apart)."""
    counts: dict[int, int] = {}
    sums: dict[int, dict[str, int]] = {}
    measures = tuple(name for name in MEASURES if name != "reach")
    told = [(kind.table, measures, "") for kind in (DAYS, PERIODS)]
    told += [(side.table, side.sums, f"{side.name}.") for side in SIDES]
    for table, names_of, prefix in told:
        for import_id, count, found in _sums(connection, workspace_id, table, names_of):
            counts[import_id] = counts.get(import_id, 0) + count
            total = sums.setdefault(import_id, {})
            if prefix:
                total[f"{prefix}rows"] = count
            for name, value in found.items():
                total[prefix + name] = total.get(prefix + name, 0) + value
    batch = import_batch
    asked = select(batch.c.import_id, batch.c.row_count, batch.c.totals_json)
    active = connection.execute(asked.where(batch.c.workspace_id == workspace_id, batch.c.status == "active")).all()
    rows = [f"import {one.import_id}" for one in active if counts.get(one.import_id, 0) != one.row_count]
    totals = [f"import {one.import_id}" for one in active if sums.get(one.import_id, {}) != json.loads(one.totals_json)]
    return [*fault("ROW_COUNT", rows, workspace_id), *fault("TOTALS", totals, workspace_id)]


def _sums(
    connection: Connection, workspace_id: int, table: Table, measures: Sequence[str]
) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Rows and sums of each import in a table, tombstones apart."""
    wide = [half for name in measures for half in exact.halves(table.c[name])]
    query = select(table.c.import_id, func.count(), *wide)
    where = (table.c.workspace_id == workspace_id, table.c.tombstone.is_(False))
    for import_id, count, *found in connection.execute(query.where(*where).group_by(table.c.import_id)):
        yield import_id, count, exact.joined(measures, found)


def _blobs(connection: Connection, workspace_id: int) -> list[Fault]:
    batch, blob = import_batch, source_blob
    columns = (batch.c.content_sha256, batch.c.kind, batch.c.raw_kept)
    wanted = connection.execute(select(*columns).where(batch.c.workspace_id == workspace_id))
    needed = {row.content_sha256 for row in wanted if _was_kept(row.kind, row.raw_kept)}
    wrong, have = [], set()
    for row in connection.execute(select(blob).where(blob.c.workspace_id == workspace_id)):
        have.add(row.content_sha256)
        try:
            body = zlib.decompress(row.body)
        except zlib.error:
            body = b""
        if sha256(body).hexdigest() != row.content_sha256 or len(body) != row.size_bytes:
            wrong.append(f"file {row.content_sha256[:12]}")
    missing = [f"file {digest[:12]}" for digest in sorted(needed - have)]
    return [*fault("FILE_CHANGED", wrong, workspace_id), *fault("FILE_MISSING", missing, workspace_id)]


def _was_kept(kind: str, said: bool | None) -> bool:
    """Whether the file of an import must be there; imports of the first schema do not say so themselves."""
    return kind not in NOT_KEPT if said is None else said


def _audit(connection: Connection, workspace_id: int) -> list[Fault]:
    broken = audit.broken_at(connection, workspace_id)
    return fault("AUDIT_CHAIN", [] if broken is None else [f"event {broken}"], workspace_id)


def _plans(connection: Connection, workspace_id: int) -> list[Fault]:
    locked = select(plan.c.plan_id).where(plan.c.workspace_id == workspace_id, plan.c.status == "locked")
    loaded = [plans.load(connection, workspace_id, number) for number in connection.execute(locked).scalars()]
    wrong = [f"plan {one.plan_id}" for one in loaded if plans.content_sha256(one) != one.content_sha256]
    return fault("LOCKED_PLAN", wrong, workspace_id)
