"""Results of reads as data frames whose types never depend on what was in them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, select
from sqlalchemy.sql.elements import ColumnElement

from budget.errors import InvalidValue
from budget.store import checks, reads, schema
from budget.store.grains import KINDS, Kind
from budget.store.schema import campaign_match, import_batch

DATES = frozenset(
    {"week_start", "date_day", "period_start", "period_end", "first_day", "last_day", "start", "first", "last"}
)
MOMENTS = frozenset({"as_of", "newest_as_of"})
NUMBERS = frozenset(
    {
        *(*reads.ORDER, "results", "rows", "import_id", "days", "missing_days", "restated_days", "source_row"),
        *("merged_rows", "orders", "new_customers", "revenue_micros", "units"),
        *("total_micros", "tax_micros", "discount_micros", "refunded_micros"),
    }
)
FLAGS = frozenset({"as_of_sure", "counted"})
KEYS = (*reads.BY, "currency")


def run(connection: Connection, read: str, *arguments: Any) -> pd.DataFrame:
    """Run one of the reads on this connection, inside its transaction."""
    result = connection.exec_driver_sql(reads.sql(connection.dialect.name, read, *arguments))
    return typed(list(result.keys()), result.fetchall())


def typed(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Rows as a frame: numbers `Int64`, dates `datetime64[us]`, moments in UTC, flags bool, the rest text."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame({name: _column(name, list(values)) for name, values in zip(names, columns, strict=True)})


def _column(name: str, values: list[Any]) -> Any:
    if name in NUMBERS:
        return _whole(values)
    if name in DATES:
        return pd.Series(np.array([_iso(value) for value in values], "datetime64[us]"))
    if name in MOMENTS:
        return pd.Series(np.array([_iso(value) for value in values], "datetime64[us]")).dt.tz_localize("UTC")
    if name in FLAGS:
        return np.array(values, bool)
    return pd.Series(values, dtype="str")


def _iso(value: Any) -> str | None:
    return None if value is None else str(value).removesuffix("+00:00").replace(" ", "T")


def _whole(values: list[Any]) -> Any:
    absent = np.array([value is None for value in values], bool)
    return pd.arrays.IntegerArray(np.array([0 if value is None else int(value) for value in values], np.int64), absent)


def span(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """The range as given, checked; `InvalidValue` for anything but dates from 2000 to 2100."""
    return checks.day_or_none("start", start), checks.day_or_none("end", end)


def coverage(connection: Connection, workspace_id: int) -> pd.DataFrame:
    """One row an account: first and last day, missing days between, newest look, restated days."""
    keys = ["platform", "account_id"]
    covered = run(connection, "spans", workspace_id)
    covered["last_day"] = covered["start"] + pd.to_timedelta(covered["days"].astype("int64") - 1, unit="D").astype(
        "timedelta64[us]"
    )
    made = covered.groupby(keys, as_index=False).agg(
        first_day=("start", "min"), last_day=("last_day", "max"), days=("days", "sum")
    )
    length = (made["last_day"] - made["first_day"]).dt.days + 1
    made["missing_days"] = (length - made["days"]).astype("Int64")
    found = run(connection, "looks", workspace_id)
    times = select(import_batch.c.import_id, import_batch.c.as_of).where(import_batch.c.workspace_id == workspace_id)
    at = typed(("import_id", "as_of"), [(row.import_id, row.as_of) for row in connection.execute(times)])
    newest = found.merge(at, on="import_id").sort_values(["as_of", "import_id"])
    last = newest.groupby(keys, as_index=False).agg(
        account_name=("account_name", "last"), newest_as_of=("as_of", "last")
    )
    restated = run(connection, "restated", workspace_id).rename(columns={"days": "restated_days"})
    made = made.merge(last, on=keys, how="left").merge(restated, on=keys, how="left")
    made["restated_days"] = made["restated_days"].fillna(0)
    order = ["first_day", "last_day", "days", "missing_days", "newest_as_of", "restated_days"]
    return made[["platform", "account_id", "account_name", *order]]


def campaigns(connection: Connection, workspace_id: int) -> pd.DataFrame:
    """One row a campaign and currency, with its newest name and its match."""
    keys = ["platform", "account_id", "campaign_slot"]
    made = run(connection, "campaigns", workspace_id)
    made = made.rename(columns={"first": "first_day", "last": "last_day"})
    names = typed((*keys, "campaign_name", "earlier_name"), _newest_names(connection, workspace_id))
    table = campaign_match
    query = select(*(table.c[name] for name in (*keys, "tactic", "line_key", "how"))).where(
        table.c.workspace_id == workspace_id
    )
    matched = typed((*keys, "tactic", "line_key", "how"), [tuple(row) for row in connection.execute(query)])
    made = made.merge(names, on=keys, how="left").merge(matched, on=keys, how="left")
    order = ["campaign_name", "first_day", "last_day", "spend_micros", "currency", "tactic", "line_key", "how"]
    return made[[*keys, *order, "earlier_name"]]


def _newest_names(connection: Connection, workspace_id: int) -> list[tuple[Any, ...]]:
    """The name that the latest counted row gives a campaign (an account row: the account's), and the one before it."""
    earlier: dict[tuple[str, str, str], str | None] = {}
    found: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for kind in KINDS:
        table = kind.table
        start = table.c[kind.start]
        query = (
            select(table.c.platform, table.c.account_id, table.c.campaign_slot, start, table.c.import_id)
            .add_columns(table.c.campaign_name, table.c.account_name)
            .where(table.c.workspace_id == workspace_id, table.c.counted)
            .order_by(start, table.c.import_id, table.c.fact_id)
        )
        for platform, account, slot, day, import_id, campaign, name in connection.execute(query):
            key = (platform, account, slot)
            called = campaign if slot else name
            if key not in found or (day, import_id) >= found[key][0]:
                if key in found and found[key][1] != called:
                    earlier[key] = found[key][1]
                found[key] = ((day, import_id), called)
    return [(*key, name, earlier.get(key)) for key, (_, name) in found.items()]


LINEAGE = (
    "platform",
    "account_id",
    "account_name",
    "campaign_slot",
    "campaign_name",
    "ad_group_name",
    "ad_name",
    "entity_level",
    "breakdown",
    "currency",
    *schema.MEASURES,
    "result_type",
    "source_sheet",
    "source_row",
    "merged_rows",
)


def lineage(
    connection: Connection, workspace_id: int, start: date, end: date, keys: dict[str, str | None]
) -> pd.DataFrame:
    """The counted rows behind a number, with file, sheet and row; None as a key asks for rows without a value."""
    wrong = sorted(set(keys) - set(KEYS))
    if wrong:
        raise InvalidValue(f"lineage: found {wrong}, expected some of {', '.join(KEYS)}")
    for name, value in keys.items():
        if value is not None:
            checks.words(name, value, 2_000)
    rows = [row for kind in KINDS for row in _counted_rows(connection, workspace_id, kind, start, end, keys)]
    names = ("import_id", "original_name", "as_of", "period_start", "period_end", *LINEAGE)
    made = typed(names, rows)
    return made.sort_values(["period_start", "import_id", "source_row"], ignore_index=True)


def _counted_rows(
    connection: Connection, workspace_id: int, kind: Kind, start: date, end: date, keys: dict[str, str | None]
) -> list[tuple[Any, ...]]:
    table, match = kind.table, campaign_match
    same = [table.c[name] == match.c[name] for name in ("workspace_id", "platform", "account_id", "campaign_slot")]
    last = table.c.date_day if kind.is_day else table.c.period_end
    where: list[ColumnElement[bool]] = [table.c.counted, table.c[kind.start] >= start]
    where.append(last < end if kind.is_day else last <= end)
    for name, value in keys.items():
        column = match.c[name] if name in reads.MATCHED else table.c[name]
        where.append(column.is_(None) if value is None else column == value)
    query = (
        select(table.c.import_id, import_batch.c.original_name, import_batch.c.as_of, table.c[kind.start], last)
        .add_columns(*(table.c[name] for name in LINEAGE))
        .join(import_batch, import_batch.c.import_id == table.c.import_id)
        .outerjoin(match, and_(*same))
        .where(table.c.workspace_id == workspace_id, import_batch.c.workspace_id == workspace_id, *where)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    if not kind.is_day:
        return rows
    return [(*row[:4], date.fromordinal(row[4].toordinal() + 1), *row[5:]) for row in rows]
