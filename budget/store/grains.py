"""What one fact is about: its key, its rank among the slices of a day, and rows of one grain summed into one."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
import pandas as pd
from sqlalchemy import Table

from budget.store.cells import NONE, Bools, Ints
from budget.store.rows import LEVELS, Rows, breakdown_names
from budget.store.schema import MEASURES, fact_delivery, fact_period

SEPARATOR = "\x1f"
BY_NAME = "name:"


@dataclass(frozen=True)
class Kind:
    """One of the two fact tables: days, or anything that is not one day."""

    table: Table
    start: str
    is_day: bool


DAYS = Kind(fact_delivery, "date_day", is_day=True)
PERIODS = Kind(fact_period, "period_start", is_day=False)
KINDS = (DAYS, PERIODS)


@cache
def name_key(name: str) -> str:
    """A name for comparison: NFKC, casefolded, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def hex_day(number: int) -> str:
    """The first five signs of every key of that day, so that keys sort by day."""
    return f"{number:05x}"


@cache
def slice_rank(level: str, by_name: bool, breakdown: str) -> int:
    """The least rank of a campaign's day is counted: few dimensions, then campaign before ad, then ids before names."""
    names = breakdown_names(breakdown)
    crc = crc32("|".join(names).encode()) if names else 0
    return len(names) << 44 | LEVELS[level] << 40 | int(by_name) << 36 | crc


def describe(frame: pd.DataFrame) -> pd.DataFrame:
    """Add `campaign_name_key, entity_id, grain_key, slice_rank` to rows whose account is settled."""
    frame = frame.copy()
    frame["campaign_name_key"] = pd.Series(
        [BY_NAME + name_key(name) if name else None for name in frame["campaign_name"]], index=frame.index, dtype=object
    )
    ids = ("entity_level", "account_id", "campaign_id", "ad_group_id", "ad_id")
    names = ("campaign_name_key", "ad_group_name", "ad_name")
    frame["entity_id"] = pd.Series(
        [_entity(*row) for row in zip(*(frame[name] for name in (*ids, *names)), strict=True)],
        index=frame.index,
        dtype=object,
    )
    keyed = ("start", "end", "is_day", "grain", "platform", "account_id", "entity_level", "entity_id", "breakdown")
    frame["grain_key"] = [grain_key(*row) for row in zip(*(frame[name] for name in keyed), strict=True)]
    ranked = zip(frame["entity_level"], frame["entity_id"], frame["breakdown"], strict=True)
    frame["slice_rank"] = np.array([slice_rank(lv, e.startswith(BY_NAME), b) for lv, e, b in ranked], np.int64)
    return frame


def _entity(
    level: str,
    account_id: str,
    campaign_id: str | None,
    ad_group_id: str | None,
    ad_id: str | None,
    campaign: str | None,
    ad_group: str | None,
    ad: str | None,
) -> str:
    """The platform's id, else names; below the campaign with those above, as equal names there are different things."""
    if level == "account":
        return account_id
    own = {"campaign": campaign_id, "ad_group": ad_group_id, "ad": ad_id}[level]
    if own:
        return own
    path = [campaign_id or (campaign or BY_NAME).removeprefix(BY_NAME)]
    if level != "campaign":
        path.append(ad_group_id or name_key(ad_group or ""))
    if level == "ad":
        path.append(name_key(ad or ""))
    return BY_NAME + " > ".join(path)


def grain_key(
    start: int, end: int, is_day: bool, grain: str, platform: str, account: str, level: str, entity: str, breakdown: str
) -> str:
    """The day in five hex digits, then the digest of what the fact is about; periods have their bounds in it."""
    parts = [platform, account, level, entity, breakdown]
    if not is_day:
        parts += [grain, str(start), str(end)]
    return hex_day(start) + blake2b(SEPARATOR.join(parts).encode(), digest_size=14).hexdigest()[:27]


def merged(rows: Rows) -> pd.DataFrame:
    """One row a grain: measures summed (missing only where all are), reach dropped, names and lineage of the first row.

    Rows of a grain in another currency than its first are refused; results of several types are not added.
    """
    first_currency = rows.frame.groupby("grain_key", sort=False)["currency"].transform("first")
    rows.refuse("CURRENCY_CONFLICT", (rows.frame["currency"] != first_currency).to_numpy(bool))
    frame = rows.frame
    codes, _ = pd.factorize(frame["grain_key"])
    sizes = np.bincount(codes, minlength=0)
    if not len(frame) or sizes.max() == 1:
        return frame.assign(merged_rows=np.ones(len(frame), np.int64))
    first = frame.groupby(codes, sort=True).head(1).reset_index(drop=True)
    for name in MEASURES:
        first[name] = _sums(codes, frame[name].to_numpy(), len(sizes))
    several = sizes > 1
    first.loc[several, "reach"] = NONE
    mixed = _mixed_types(codes, frame, len(sizes))
    first.loc[mixed, "results"] = NONE
    first.loc[mixed, "result_type"] = None
    return first.assign(merged_rows=sizes)


def _sums(codes: Ints, numbers: Ints, groups: int) -> Ints:
    said = numbers != NONE
    total = np.zeros(groups, np.int64)
    np.add.at(total, codes[said], numbers[said])
    return np.where(np.bincount(codes[said], minlength=groups) > 0, total, NONE)


def _mixed_types(codes: Ints, frame: pd.DataFrame, groups: int) -> Bools:
    types = frame["result_type"].where(frame["results"].to_numpy() != NONE)
    kinds = pd.DataFrame({"code": codes, "type": types.fillna("").to_numpy()})[frame["results"].to_numpy() != NONE]
    several = kinds.groupby("code")["type"].nunique()
    return np.isin(np.arange(groups), several.index[several > 1])


def counted_flags(frame: pd.DataFrame) -> Bools:
    """Which current rows make up the totals: per campaign and day (or period) the slice of least rank.

    Columns: `platform, account_id, campaign_slot, start, end, grain, slice_rank, tombstone`. Rows of no campaign (the
    account as a whole) count only where nothing else of that account is known of those days.
    """
    alive = ~frame["tombstone"].to_numpy(bool)
    living = frame[alive]
    when = ["platform", "account_id", "grain", "start", "end"]
    least = living.groupby([*when, "campaign_slot"], sort=False)["slice_rank"].transform("min")
    named = living["campaign_slot"] != ""
    any_named = named.groupby([living[name] for name in when], sort=False).transform("any")
    flags = np.zeros(len(frame), bool)
    flags[alive] = ((living["slice_rank"] == least) & (named | ~any_named)).to_numpy(bool)
    return flags
