"""An incoming set of facts beside the current ones: new, changed, unchanged, vanished, stale."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from budget.store import cells
from budget.store.cells import NONE, Bools
from budget.store.rows import breakdown_names
from budget.store.schema import MEASURES

Family = tuple[Any, ...]
EXAMPLES = 200
SHOWN = ("platform", "account_id", "entity_level", "campaign_name", "ad_group_name", "ad_name", "breakdown", "currency")


@dataclass(frozen=True)
class Difference:
    """Incoming rows by what they would do (`new`, `changed`, `stale`: flags) and current rows that they lack."""

    incoming: pd.DataFrame
    new: Bools
    changed: Bools
    stale: Bools
    before: pd.DataFrame
    vanished: pd.DataFrame
    known: frozenset[str]

    @property
    def unchanged(self) -> int:
        """Rows that say what is known."""
        return int((~self.new & ~self.changed).sum())


@dataclass(frozen=True)
class Shape:
    """What of a dataset is compared: whole numbers and texts; `families` tell beside what a row would be missed.

    `families` None: a file never says that it holds all.
    """

    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    families: Callable[[pd.DataFrame], Iterable[Family]] | None


def difference(
    incoming: pd.DataFrame,
    current: pd.DataFrame,
    looks: dict[int, datetime],
    as_of: datetime,
    stated: tuple[int, int] | None,
    shape: Shape,
) -> Difference:
    """Compare by grain. `looks`: the `as_of` of each import; `stated`: the day numbers that the file says it covers."""
    at = current.reset_index(drop=True).drop_duplicates("grain_key").set_index("grain_key", drop=False)
    before = at.reindex(incoming["grain_key"]).reset_index(drop=True)
    known = before["fact_id"].notna().to_numpy(bool)
    same = known & (before["tombstone"].to_numpy(object) != True)  # noqa: E712  # an object column with gaps
    equal = same.copy()
    for name in shape.numbers:
        old = before[name].fillna(NONE).astype("int64").to_numpy()
        equal &= old == incoming[name].to_numpy(np.int64)
    for name in shape.texts:
        equal &= before[name].fillna("").to_numpy(object) == incoming[name].fillna("").to_numpy(object)
    later = np.array(
        [
            bool(k) and looks.get(int(i), as_of) > as_of
            for k, i in zip(known, before["import_id"].fillna(0), strict=True)
        ],
        bool,
    )
    lacking = current[~current["grain_key"].isin(set(incoming["grain_key"])) & ~current["tombstone"]]
    if shape.families is None:
        gone = lacking.iloc[:0]
    else:
        gone = lacking[_within(lacking, incoming, stated, shape.families)] if len(lacking) else lacking
    stale = known & ~equal & later
    return Difference(incoming, ~same, same & ~equal, stale, before, gone, frozenset(current["grain_key"]))


def _within(
    rows: pd.DataFrame,
    incoming: pd.DataFrame,
    stated: tuple[int, int] | None,
    families: Callable[[pd.DataFrame], Iterable[Family]],
) -> Bools:
    """Rows of a family that the file holds, in the days that it covers."""
    spans: dict[Family, tuple[int, int]] = {}
    for family, start, end in zip(families(incoming), incoming["start"], incoming["end"], strict=True):
        low, high = spans.get(family, stated or (start, end))
        spans[family] = min(low, start), max(high, end)
    never = (0, 0)
    pairs = zip(families(rows), rows["start"], rows["end"], strict=True)
    return np.array([spans.get(f, never)[0] <= s and e <= spans.get(f, never)[1] for f, s, e in pairs], bool)


def _families(frame: pd.DataFrame) -> Iterable[Family]:
    """Account, level, what the breakdown is by, and grain."""
    columns = ("platform", "account_id", "entity_level", "grain", "breakdown")
    rows = zip(*(frame[name] for name in columns), strict=True)
    return ((p, a, level, g, breakdown_names(b)) for p, a, level, g, b in rows)


DELIVERY = Shape(MEASURES, ("currency", "result_type"), _families)


def tombstones(vanished: pd.DataFrame) -> pd.DataFrame:
    """Rows that say: the person told us that these grains no longer exist."""
    empty = dict.fromkeys(MEASURES, NONE)
    return vanished.assign(**empty, result_type=None, source_sheet="", source_row=0, merged_rows=0, tombstone=True)


def examples(parts: Iterable[Difference]) -> dict[str, pd.DataFrame]:
    """Up to 200 rows of each kind: names, days, numbers; changed and stale ones with the numbers `before` as well."""
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in ("new", "changed", "vanished", "stale")}
    for part in parts:
        made["new"].append(shown(part.incoming[part.new]))
        made["vanished"].append(shown(part.vanished))
        for name, which in (("changed", part.changed), ("stale", part.stale)):
            old = shown(part.before[which])[
                ["spend_micros", "impressions", "clicks", "conversions_micros", "value_micros"]
            ]
            made[name].append(pd.concat([shown(part.incoming[which]), old.add_prefix("before_")], axis=1))
    return {name: pd.concat(frames, ignore_index=True).head(EXAMPLES) for name, frames in made.items()}


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that a person can read, numbers as Int64, dates as datetime64."""
    frame = frame.head(EXAMPLES)
    made: dict[str, Any] = {name: pd.array(frame[name].tolist(), dtype="str") for name in SHOWN}
    for name in ("start", "end"):
        made[name] = pd.to_datetime(pd.Series(cells.dates_of(frame[name].to_numpy("int64")), dtype="datetime64[s]"))
    for name in MEASURES:
        made[name] = whole(frame[name])
    return pd.DataFrame(made)


def whole(numbers: "pd.Series[Any]") -> Any:
    """int64 with NONE as a nullable Int64 array."""
    plain = numbers.astype("int64").to_numpy()
    return pd.arrays.IntegerArray(np.where(plain == NONE, 0, plain), plain == NONE)


def day_sums(rows: pd.DataFrame) -> pd.DataFrame:
    """`date_day, currency, spend_micros, impressions, clicks, conversions_micros, value_micros`, one row a day."""
    names = ["spend_micros", "impressions", "clicks", "conversions_micros", "value_micros"]
    table = pd.DataFrame({"date_day": rows["start"].to_numpy("int64"), "currency": rows["currency"].to_numpy()})
    for name in names:
        table[name] = whole(rows[name])
    sums = table.groupby(["date_day", "currency"], as_index=False)[names].sum(min_count=1)
    sums["date_day"] = pd.Series(cells.dates_of(sums["date_day"].to_numpy("int64")), dtype="datetime64[s]")
    return sums
