"""The rows of a reading's other datasets, cleaned: what can be stored, and findings for what cannot."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from budget.errors import InvalidValue
from budget.findings import Finding
from budget.store import cells
from budget.store.cells import NONE, Bools
from budget.store.rows import (
    CELL_LIMIT,
    TOTAL_LIMIT,
    Rows,
    odd_currencies,
    refuse_each,
    refuse_endless_sums,
)
from budget.store.sides import METRICS, ORDERS, POSTS, SALES, SIDES, Side
from budget.store.values import Importable, ImportIssue

MICRO = 10**6
SHOP, TYPED = "shop", "typed"
SHOPS = ("shopify", "woocommerce")
UNITS = ("count", "share", "seconds", "micros")
LIFETIME = "lifetime"
Bad = dict[str, Bools]


def clean_sides(reading: Importable) -> dict[Side, Rows]:
    """The rows of each dataset that the reading holds, without keys; nothing is raised for any content.

    Raises `InvalidValue` only for what is no table or names a column twice.
    """
    tables = {side: getattr(reading, side.name, None) for side in SIDES}
    return {side: _clean(side, table, reading) for side, table in tables.items() if table is not None and len(table)}


def _clean(side: Side, source: Any, reading: Importable) -> Rows:
    if not isinstance(source, pd.DataFrame) or source.columns.has_duplicates:
        raise InvalidValue(f"{side.name}: expected a table in which each column has its own name")
    rows = Rows(pd.DataFrame(index=range(len(source))))
    bad = _typed(side, rows, source)
    _with_defaults(side, rows.frame, reading)
    refuse_each(rows, {**bad, **_refusals(side, rows.frame)})
    refuse_endless_sums(rows, side.sums)
    return rows


def _typed(side: Side, rows: Rows, source: pd.DataFrame) -> Bad:
    """Fill the typed columns; return where cells were refused, by code."""
    bad = {code: np.zeros(len(source), bool) for code in ("TEXT_TOO_LONG", "NUMBER_INVALID", "DATE_INVALID")}
    made: dict[str, Any] = {}
    changed = np.zeros(len(source), bool)
    for name in (*side.texts, "source_sheet"):
        found, long, cleaned = cells.texts(_column(source, name))
        made[name] = pd.Series(found, dtype=object)
        bad["TEXT_TOO_LONG"] |= long
        changed |= cleaned
    for name in side.numbers:
        made[name], wrong = _number(name, source, made)
        bad["NUMBER_INVALID"] |= wrong
    for name in (*side.flags, *side.marks):
        made[name], wrong = cells.flags(_column(source, name))
        bad["NUMBER_INVALID"] |= wrong
    made["source_row"], wrong = cells.wholes(_column(source, "source_row"), CELL_LIMIT)
    made["source_row"] = np.where(made["source_row"] == NONE, np.arange(1, len(source) + 1), made["source_row"])
    bad["NUMBER_INVALID"] |= wrong
    made["start"], made["end"], bad["DATE_INVALID"] = _days(side, source)
    rows.frame = pd.DataFrame(made)
    if changed.any():
        rows.note("TEXT_CLEANED", rows.frame[changed], "info")
    return bad


def _column(source: pd.DataFrame, name: str) -> "pd.Series[Any]":
    return source.get(name, pd.Series([None] * len(source), dtype=object))


def _number(name: str, source: pd.DataFrame, made: Mapping[str, Any]) -> tuple[cells.Ints, Bools]:
    """Values and seconds become millionths; a value that is micros already stays."""
    if name == "watch_seconds_micros":
        return cells.scaled(_column(source, "watch_seconds"), MICRO, TOTAL_LIMIT)
    if name != "value_micros":
        return cells.wholes(_column(source, name), CELL_LIMIT)
    values, bad = cells.scaled(_column(source, "value"), MICRO, TOTAL_LIMIT)
    money = (made["unit"] == "micros").to_numpy(bool)
    if not money.any():
        return values, bad
    as_is, wrong = cells.scaled(_column(source, "value"), 1, TOTAL_LIMIT)
    return np.where(money, as_is, values), np.where(money, wrong, bad)


def _days(side: Side, source: pd.DataFrame) -> tuple[cells.Ints, cells.Ints, Bools]:
    """The days of each row, [start, end): a day, else a period."""
    first = "date_day" if side.end else side.start
    start, bad = cells.days(_column(source, first))
    end = np.where(start == NONE, NONE, start + 1)
    if side.end:
        for name, into in (("period_start", start), ("period_end", end)):
            found, wrong = cells.days(_column(source, name))
            np.copyto(into, found, where=into == NONE)
            bad |= wrong
    return start, end, bad


def _with_defaults(side: Side, frame: pd.DataFrame, reading: Importable) -> None:
    """What the file says once for all rows."""
    usual = {side.owner: TYPED if side is SALES else reading.platform or (SHOP if side is ORDERS else None)}
    if side is ORDERS and reading.platform in SHOPS:
        # The file's own source is the counter an order came over; one shop numbers its orders over all of them.
        frame[side.owner] = reading.platform
    if side in (ORDERS, SALES):
        usual["currency"] = reading.currency
    for name, value in usual.items():
        frame[name] = frame[name].where(frame[name].notna(), value)
    if side is METRICS:
        money = frame["unit"] == "micros"
        frame["currency"] = frame["currency"].where(frame["currency"].notna(), reading.currency).where(money, None)
    if side.end:
        length = frame["end"] - frame["start"]
        named = frame["grain"].where(frame["grain"].notna() & (frame["grain"] != "day"), "period")
        frame["grain"] = named.where((length != 1) | (named == LIFETIME), "day")
    if side.counted:
        frame[side.counted] = 1


def _refusals(side: Side, frame: pd.DataFrame) -> Bad:
    """Where a row cannot be a fact, by code."""
    start, end = frame["start"].to_numpy(), frame["end"].to_numpy()
    timeless = (
        (frame["grain"] == LIFETIME).to_numpy() & (start == NONE) if side is METRICS else np.zeros(len(frame), bool)
    )
    found = {"PLATFORM_UNKNOWN": frame[side.owner].isna().to_numpy()}
    if side is not POSTS:
        found["PERIOD_INVALID"] = ~timeless & ((start == NONE) | (end <= start))
    if side.needed:
        found[side.needed[1]] = frame[side.needed[0]].isna().to_numpy()
    if side is POSTS:
        own = frame["post_id"].notna() | frame["permalink"].notna() | frame["title"].notna() & (frame["start"] != NONE)
        found["POST_UNKNOWN"] = (~own).to_numpy(bool)
    if side is METRICS:
        found["UNIT_UNKNOWN"] = ~frame["unit"].isin(UNITS).to_numpy()
        found["CURRENCY_UNKNOWN"] = (frame["unit"] == "micros").to_numpy() & odd_currencies(frame["currency"])
    if side in (ORDERS, SALES):
        found["CURRENCY_UNKNOWN"] = odd_currencies(frame["currency"])
    return found


def last_day(rows: Mapping[Side, Rows]) -> int | None:
    """The day after the last that any row covers; None where no row says."""
    ends = [int(found.frame["end"].max()) for found in rows.values() if len(found.frame)]
    known = [end for end in ends if end != NONE]
    return max(known, default=None)


def keyed(side: Side, rows: Rows, as_of: datetime) -> pd.DataFrame:
    """One row a grain, with `grain_key, merged_rows, tombstone`; a count without a day is one of the day of the look.

    A second row of a grain with other values is refused; leads of one grain are counted.
    """
    frame = rows.frame = rows.frame.copy()
    if side is METRICS:
        timeless = frame["start"].to_numpy() == NONE
        frame.loc[timeless, "start"] = cells.number_of(as_of.date())
        frame.loc[timeless, "end"] = cells.number_of(as_of.date()) + 1
    frame["grain_key"] = pd.Series(side.key(frame), index=frame.index, dtype=object)
    if not side.counted:
        rows.refuse("ROWS_DIFFER", _differing(side, frame))
        frame = rows.frame
    sizes = frame.groupby("grain_key", sort=False)["grain_key"].transform("size").astype("int64")
    frame = frame.assign(merged_rows=sizes, tombstone=False)
    if side.counted:
        frame[side.counted] = sizes
    return frame.drop_duplicates("grain_key", ignore_index=True)


def _differing(side: Side, frame: pd.DataFrame) -> Bools:
    """Where a row says something else than the first of its grain."""
    codes, _ = pd.factorize(frame["grain_key"])
    if not len(codes) or codes.max() + 1 == len(codes):
        return np.zeros(len(frame), bool)
    first = np.unique(codes, return_index=True)[1][codes]
    differs = np.zeros(len(frame), bool)
    for name in side.values:
        differs |= frame[name].to_numpy() != frame[name].to_numpy()[first]
    for name in side.said:
        words = frame[name].fillna("").to_numpy(object)
        differs |= words != words[first]
    return differs


def merged(parts: Mapping[Side, Rows]) -> tuple[list[Finding], list[ImportIssue], int]:
    """Findings, refused rows and their number over all datasets."""
    findings = [finding for rows in parts.values() for finding in rows.findings]
    return (
        findings,
        [issue for rows in parts.values() for issue in rows.issues],
        sum(r.rejected for r in parts.values()),
    )
