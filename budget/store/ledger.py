"""The fact tables as a ledger of looks: add an import's rows in their place in time, take them out, recount."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Date, Select, bindparam, func, select, tuple_, update

from budget.store import cells, looks
from budget.store.cells import NONE
from budget.store.grains import DAYS, PERIODS, Kind, counted_flags
from budget.store.schema import MEASURES, NAMES

ATTRIBUTES = ("result_type", "attribution_setting", "campaign_id", "campaign_name_key", *NAMES, "source_sheet")
KEYED = ("platform", "currency", "account_id", "campaign_slot", "entity_level", "entity_id", "breakdown", "grain_key")
PLAIN = (*KEYED, *ATTRIBUTES, "slice_rank", "source_row", "merged_rows", *MEASURES)


@dataclass(frozen=True)
class Reach:
    """The accounts (platform, account_id) that an act touches and the day numbers [start, end) in which it does."""

    accounts: tuple[tuple[str, str], ...]
    start: int
    end: int


def reach_of(frame: pd.DataFrame) -> Reach | None:
    """Accounts and days of rows; None for no rows."""
    if not len(frame):
        return None
    accounts = sorted(set(zip(frame["platform"], frame["account_id"], strict=True)))
    return Reach(tuple(accounts), int(frame["start"].min()), int(frame["end"].max()))


def current_rows(connection: Connection, workspace_id: int, kind: Kind, reach: Reach) -> pd.DataFrame:
    """The current facts of these accounts that begin in these days, tombstones included; NONE for null numbers."""
    table = kind.table
    wide = [func.coalesce(table.c[name], NONE).label(name) for name in MEASURES]
    plain = [table.c[name] for name in PLAIN if name not in MEASURES]
    extra = [table.c[name] for name in ("fact_id", "import_id", "tombstone", "counted")]
    query = _in_reach(select(*plain, *wide, *extra, *_dates(kind)), workspace_id, kind, reach)
    return _frame(connection, query, kind)


def _dates(kind: Kind) -> list[Any]:
    if kind.is_day:
        return [kind.table.c.date_day]
    return [kind.table.c.grain, kind.table.c.period_start, kind.table.c.period_end]


def _in_reach(query: "Select[Any]", workspace_id: int, kind: Kind, reach: Reach) -> "Select[Any]":
    table = kind.table
    low, high = cells.dates_of(np.array([reach.start, reach.end], np.int64))
    return query.where(
        table.c.workspace_id == workspace_id,
        table.c.superseded_by.is_(None),
        tuple_(table.c.platform, table.c.account_id).in_(reach.accounts),
        table.c[kind.start].between(low, high),
    )


def _frame(connection: Connection, query: "Select[Any]", kind: Kind) -> pd.DataFrame:
    result = connection.execute(query)
    names = list(result.keys())
    frame = pd.DataFrame([*map(tuple, result)], columns=names, dtype=object)
    for name in (*MEASURES, "slice_rank", "fact_id", "import_id", "source_row", "merged_rows"):
        if name in frame:
            frame[name] = frame[name].astype("int64")
    for name in ("tombstone", "counted"):
        frame[name] = frame[name].astype(bool)
    if kind.is_day:
        frame["start"], _ = cells.days(frame["date_day"])
        return frame.assign(end=frame["start"] + 1, grain="day")
    frame["start"], _ = cells.days(frame["period_start"])
    frame["end"], _ = cells.days(frame["period_end"])
    return frame


@dataclass(frozen=True)
class Place:
    """Where new rows go: the import that brings them, the table, and how weeks begin (1 = Monday)."""

    workspace_id: int
    import_id: int
    kind: Kind
    first_weekday: int


def add_rows(connection: Connection, place: Place, rows: pd.DataFrame, known: Collection[str]) -> None:
    """Insert facts (with `tombstone`) in their place in time: before the next later look, after the one they follow.

    `known`: at least those keys of the rows that are stored already.
    """
    if not len(rows):
        return
    where = looks.Place(place.kind.table, place.workspace_id, place.import_id)
    following = looks.take_place(connection, where, rows["grain_key"].tolist(), known)
    newest = np.array([found is None for found in following], bool)
    counted = np.zeros(len(rows), bool)
    if place.kind.is_day:
        counted[newest] = counted_flags(rows[newest])
    looks.insert_columns(
        connection, where, {"superseded_by": following, "counted": counted.tolist(), **_columns(place, rows)}
    )


def _columns(place: Place, rows: pd.DataFrame) -> dict[str, list[Any]]:
    start = rows["start"].to_numpy(np.int64)
    columns: dict[str, list[Any]] = {name: rows[name].tolist() for name in (*KEYED, *ATTRIBUTES, "slice_rank")}
    for name in MEASURES:
        columns[name] = [None if number == NONE else number for number in rows[name].tolist()]
    columns["source_sheet"] = [sheet or "" for sheet in columns["source_sheet"]]
    columns["source_row"] = [max(number, 0) for number in rows["source_row"].tolist()]
    columns |= {name: rows[name].tolist() for name in ("tombstone", "merged_rows")}
    columns["week_start"] = list(cells.dates_of(cells.week_numbers(start, place.first_weekday)))
    columns[place.kind.start] = list(cells.dates_of(start))
    if not place.kind.is_day:
        columns["period_end"] = list(cells.dates_of(rows["end"].to_numpy(np.int64)))
        columns["grain"] = rows["grain"].tolist()
    return columns


def import_reach(
    connection: Connection, workspace_id: int, import_id: int, kind: Kind
) -> list[tuple[str, str, int, int]]:
    """Platform, account and days [start, end) that an import's facts touch."""
    table = kind.table
    end = table.c.date_day if kind.is_day else table.c.period_end
    query = (
        select(
            table.c.platform,
            table.c.account_id,
            func.min(table.c[kind.start], type_=Date()),
            func.max(end, type_=Date()),
        )
        .where(table.c.workspace_id == workspace_id, table.c.import_id == import_id)
        .group_by(table.c.platform, table.c.account_id)
    )
    extra = 1 if kind.is_day else 0
    return [
        (platform, account, cells.number_of(low), cells.number_of(high) + extra)
        for platform, account, low, high in connection.execute(query)
    ]


def recount(connection: Connection, workspace_id: int, reach: Reach | None, first_weekday: int) -> None:
    """Set `counted` of the touched accounts and days to its definition, in both tables."""
    if reach is None:
        return
    wide = Reach(reach.accounts, reach.start - 7, reach.end + 7)
    all_their_days = Reach(reach.accounts, wide.start - 7, wide.end + 7)
    days = _flag_columns(connection, workspace_id, DAYS, all_their_days)
    _flip(connection, workspace_id, DAYS, days, counted_flags(days))
    periods = _flag_columns(connection, workspace_id, PERIODS, wide)
    _flip(connection, workspace_id, PERIODS, periods, counted_weeks(periods, days, first_weekday))


def _flag_columns(connection: Connection, workspace_id: int, kind: Kind, reach: Reach) -> pd.DataFrame:
    names = ("fact_id", "platform", "account_id", "campaign_slot", "slice_rank", "tombstone", "counted")
    columns = [kind.table.c[name] for name in names]
    return _frame(connection, _in_reach(select(*columns, *_dates(kind)), workspace_id, kind, reach), kind)


def counted_weeks(periods: pd.DataFrame, days: pd.DataFrame, first_weekday: int) -> cells.Bools:
    """Which period rows stand in for days: whole weeks of the workspace in which that account has no day row."""
    start, end = periods["start"].to_numpy(np.int64), periods["end"].to_numpy(np.int64)
    whole = (periods["grain"] == "week").to_numpy(bool) & (end - start == 7)
    whole &= cells.week_numbers(start, first_weekday) == start
    living = days[~days["tombstone"].to_numpy(bool)]
    weeks = cells.week_numbers(living["start"].to_numpy(np.int64), first_weekday)
    daily = set(zip(living["platform"], living["account_id"], weeks.tolist(), strict=True))
    mine = zip(periods["platform"], periods["account_id"], start.tolist(), strict=True)
    free = np.array([key not in daily for key in mine], bool)
    flags: cells.Bools = counted_flags(periods) & whole & free
    return flags


def _flip(connection: Connection, workspace_id: int, kind: Kind, rows: pd.DataFrame, flags: cells.Bools) -> None:
    wrong = rows["counted"].to_numpy(bool) != flags
    if not wrong.any():
        return
    table = kind.table
    change = update(table).where(table.c.workspace_id == workspace_id, table.c.fact_id == bindparam("row"))
    values = [
        {"row": row, "flag": flag}
        for row, flag in zip(rows.loc[wrong, "fact_id"].tolist(), flags[wrong].tolist(), strict=True)
    ]
    connection.execute(change.values(counted=bindparam("flag")), values)


def move_slots(connection: Connection, workspace_id: int, changed: dict[tuple[str, str, str], str]) -> Reach | None:
    """Give rows without a campaign id the slot that their name now stands for; returns where that happened."""
    moved: list[tuple[str, str, int, int]] = []
    for kind in (DAYS, PERIODS):
        table = kind.table
        for (platform, account, name), slot in changed.items():
            whose = (
                table.c.workspace_id == workspace_id,
                table.c.platform == platform,
                table.c.account_id == account,
                table.c.campaign_name_key == name,
                table.c.campaign_id.is_(None),
                table.c.entity_level != "account",
            )
            span = select(func.min(table.c[kind.start], type_=Date()), func.max(table.c[kind.start], type_=Date()))
            low, high = connection.execute(span.where(*whose)).one()
            if low is not None:
                connection.execute(update(table).where(*whose).values(campaign_slot=slot))
                moved.append((platform, account, cells.number_of(low), cells.number_of(high) + 1))
    return joined(moved)


def joined(touched: list[tuple[str, str, int, int]]) -> Reach | None:
    """One reach over all accounts and days; None for nothing."""
    if not touched:
        return None
    accounts = tuple(sorted({(platform, account) for platform, account, _, _ in touched}))
    return Reach(accounts, min(row[2] for row in touched), max(row[3] for row in touched))


def union(reaches: Iterable[Reach | None]) -> Reach | None:
    """One reach that holds all; None for nothing."""
    known = [reach for reach in reaches if reach]
    return joined([(*account, reach.start, reach.end) for reach in known for account in reach.accounts])
