"""What is read in sums, as Ibis expressions: one definition for every engine."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import ibis  # type: ignore[import-untyped]  # ibis ships no types
import ibis.expr.types as ir  # type: ignore[import-untyped]  # as above
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer, LargeBinary, SmallInteger, Table

from budget.errors import InvalidValue
from budget.store.columns import UtcTime, metadata

BY = ("platform", "tactic", "line_key", "account_id", "campaign_slot", "result_type")
MATCHED = ("tactic", "line_key")
SUMS = (
    "spend_micros",
    "impressions",
    "clicks",
    "link_clicks",
    "landing_page_views",
    "engagements",
    "conversions_micros",
    "value_micros",
)
ORDER = (*SUMS, "reach")
_TYPES: tuple[tuple[type[Any], str], ...] = (
    (Boolean, "boolean"),
    (BigInteger, "int64"),
    (SmallInteger, "int64"),
    (Integer, "int64"),
    (Double, "float64"),
    (Date, "date"),
    (UtcTime, "timestamp"),
    (DateTime, "timestamp"),
    (LargeBinary, "binary"),
)


@cache
def table(source: str) -> ir.Table:
    """The unbound Ibis table of a table in the schema."""
    return ibis.table({column.name: _type(column.type) for column in _known(source).c}, name=source)


def _known(source: str) -> Table:
    return metadata.tables[source]


def _type(kind: object) -> str:
    return next((name for known, name in _TYPES if isinstance(kind, known)), "string")


def groups(by: Sequence[str]) -> tuple[str, ...]:
    """The grouping columns in their order, each once; `InvalidValue` for a name that is none."""
    wrong = [name for name in by if name not in BY]
    if isinstance(by, str) or wrong:
        raise InvalidValue(f"by: found {wrong or by!a:.60}, expected some of {', '.join(BY)}")
    return tuple(dict.fromkeys(by))


@lru_cache(maxsize=512)
def sql(dialect: str, read: str, *arguments: Any) -> str:
    """The SQL of one of `READS` for these arguments (numbers, dates, names of a fixed list; never other text)."""
    return str(ibis.to_sql(READS[read](*arguments), dialect=dialect))


def _days(workspace_id: int, start: date | None, end: date | None) -> ir.Table:
    facts = table("fact_delivery")
    rows = facts.filter((facts.workspace_id == workspace_id) & facts.counted)
    if start is not None:
        rows = rows.filter(rows.date_day >= ibis.literal(start))
    return rows if end is None else rows.filter(rows.date_day < ibis.literal(end))


def _whole_weeks(workspace_id: int, start: date | None, end: date | None) -> ir.Table:
    facts = table("fact_period")
    rows = facts.filter((facts.workspace_id == workspace_id) & facts.counted)
    if start is not None:
        rows = rows.filter(rows.period_start >= ibis.literal(start))
    return rows if end is None else rows.filter(rows.period_end <= ibis.literal(end))


def _by_campaign(rows: ir.Table, when: str, by: tuple[str, ...]) -> ir.Table:
    keys = [
        when,
        "platform",
        "account_id",
        "campaign_slot",
        "currency",
        *(name for name in by if name == "result_type"),
    ]
    sums = {name: rows[name].sum() for name in _summed(by)}
    return rows.group_by(keys).agg(**sums, reach=rows.reach.max(), rows=rows.count())


def _summed(by: tuple[str, ...]) -> tuple[str, ...]:
    return (*SUMS, "results") if "result_type" in by else SUMS


def _regrouped(campaigns: ir.Table, workspace_id: int, when: str, by: tuple[str, ...]) -> ir.Table:
    """Join the matches to hundreds of campaigns, not to the facts; reach only where the group is one row."""
    if any(name in MATCHED for name in by):
        match = table("campaign_match")
        mine = match.filter(match.workspace_id == workspace_id)[
            "platform", "account_id", "campaign_slot", "tactic", "line_key"
        ]
        campaigns = campaigns.left_join(mine, ["platform", "account_id", "campaign_slot"])
    keys = [when, *by, "currency"]
    sums = {name: campaigns[name].sum() for name in _summed(by)}
    one = ibis.cases((campaigns["rows"].sum() == 1, campaigns.reach.max()), else_=ibis.null("int64"))
    results = ("results",) if "result_type" in by else ()
    return campaigns.group_by(keys).agg(**sums, reach=one)[[*keys, *ORDER, *results]].order_by(keys)


def weekly(workspace_id: int, start: date | None, end: date | None, by: tuple[str, ...]) -> ir.Table:
    """Sums by week: counted days, and counted whole weeks where an account has no days."""
    days = _by_campaign(_days(workspace_id, start, end), "week_start", by)
    weeks = _by_campaign(_whole_weeks(workspace_id, start, end), "week_start", by)
    return _regrouped(ibis.union(days, weeks), workspace_id, "week_start", by)


def daily(workspace_id: int, start: date | None, end: date | None, by: tuple[str, ...]) -> ir.Table:
    """Sums by day: counted days only."""
    return _regrouped(_by_campaign(_days(workspace_id, start, end), "date_day", by), workspace_id, "date_day", by)


def snapshots(workspace_id: int, start: date | None, end: date | None) -> ir.Table:
    """What each active import said of each day, current or not: how reported numbers mature."""
    facts, batches = table("fact_delivery"), table("import_batch")
    looks = batches.filter((batches.workspace_id == workspace_id) & (batches.status == "active"))
    looks = looks.mutate(as_of_sure=(looks.as_of_source != "inferred") | (looks.as_of == looks.created_at))
    mine = facts.filter((facts.workspace_id == workspace_id) & (facts.breakdown == "none") & ~facts.tombstone)
    if start is not None:
        mine = mine.filter(mine.date_day >= ibis.literal(start))
    if end is not None:
        mine = mine.filter(mine.date_day < ibis.literal(end))
    rows = mine.join(looks["import_id", "as_of", "as_of_sure"], "import_id")
    keys = ["platform", "account_id", "entity_level", "attribution_setting", "date_day", "as_of", "as_of_sure"]
    sums = {name: rows[name].sum() for name in ("spend_micros", "conversions_micros", "value_micros")}
    return (
        rows.group_by([*keys, "import_id"])
        .agg(rows=rows.count(), **sums)[[*keys, "rows", *sums, "import_id"]]
        .order_by([*keys, "import_id"])
    )


def period_facts(workspace_id: int) -> ir.Table:
    """Current rows that are not single days, one slice a campaign and period, as they were exported."""
    facts = table("fact_period")
    rows = facts.filter((facts.workspace_id == workspace_id) & facts.superseded_by.isnull() & ~facts.tombstone)
    when = ["platform", "account_id", "grain", "period_start", "period_end"]
    least = rows.slice_rank.min().over(ibis.window(group_by=[*when, "campaign_slot"]))
    named = (rows.campaign_slot != "").cast("int64").max().over(ibis.window(group_by=when))
    rows = rows.mutate(least=least, named=named)
    rows = rows.filter((rows.slice_rank == rows.least) & ((rows.campaign_slot != "") | (rows.named == 0)))
    keys = [*when, "campaign_slot", "currency"]
    sums = {name: rows[name].sum() for name in SUMS}
    one = ibis.cases((rows.count() == 1, rows.reach.max()), else_=ibis.null("int64"))
    made = rows.group_by(keys).agg(
        **sums, reach=one, campaign_name=rows.campaign_name.max(), counted=rows.counted.any()
    )
    return made[[*keys, "campaign_name", *ORDER, "counted"]].order_by(keys)


def spans(workspace_id: int) -> ir.Table:
    """Counted days and whole weeks of each account: `platform, account_id, start, days` (1 or 7)."""
    days = _days(workspace_id, None, None)
    weeks = _whole_weeks(workspace_id, None, None)
    single = days.select("platform", "account_id", start=days.date_day, days=ibis.literal(1)).distinct()
    seven = weeks.select("platform", "account_id", start=weeks.period_start, days=ibis.literal(7)).distinct()
    return ibis.union(single, seven).order_by(["platform", "account_id", "start"])


def looks(workspace_id: int) -> ir.Table:
    """The newest look at each account's current facts: `platform, account_id, import_id, account_name`."""
    parts = []
    for source in ("fact_delivery", "fact_period"):
        facts = table(source)
        rows = facts.filter((facts.workspace_id == workspace_id) & facts.superseded_by.isnull())
        parts.append(rows.group_by(["platform", "account_id", "import_id"]).agg(account_name=rows.account_name.max()))
    return ibis.union(*parts).order_by(["platform", "account_id", "import_id"])


def restated(workspace_id: int) -> ir.Table:
    """Days of which a later look said something else than an earlier one: `platform, account_id, days`."""
    facts = table("fact_delivery")
    mine = facts.filter(facts.workspace_id == workspace_id)
    compared = ["spend_micros", "impressions", "clicks", "conversions_micros", "value_micros"]
    old = mine.filter(mine.superseded_by.notnull())[
        "grain_key", "superseded_by", "platform", "account_id", "date_day", *compared
    ]
    new = mine.select("grain_key", successor=mine.import_id, **{f"new_{name}": mine[name] for name in compared})
    pairs = old.join(new, [old.grain_key == new.grain_key, old.superseded_by == new.successor])
    differs = [~pairs[name].identical_to(pairs[f"new_{name}"]) for name in compared]
    changed = pairs.filter(ibis.or_(*differs))
    return changed.group_by(["platform", "account_id"]).agg(days=changed.date_day.nunique())


def campaigns(workspace_id: int) -> ir.Table:
    """Sums by campaign and currency: `platform, account_id, campaign_slot, currency, first, last, spend_micros`."""
    days, weeks = _days(workspace_id, None, None), _whole_weeks(workspace_id, None, None)
    keys = ["platform", "account_id", "campaign_slot", "currency"]
    parts = [
        days.group_by(keys).agg(
            first=days.date_day.min(), last=days.date_day.max(), spend_micros=days.spend_micros.sum()
        ),
        weeks.group_by(keys).agg(
            first=weeks.period_start.min(), last=weeks.period_start.max(), spend_micros=weeks.spend_micros.sum()
        ),
    ]
    rows = ibis.union(*parts)
    return (
        rows.group_by(keys)
        .agg(first=rows["first"].min(), last=rows["last"].max(), spend_micros=rows.spend_micros.sum())
        .order_by(keys)
    )


VOID = ("cancelled", "canceled", "voided", "wc-cancelled")


def order_days(workspace_id: int, start: date | None, end: date | None) -> ir.Table:
    """Current orders by day and currency: `period_start, currency, orders, new_customers, revenue_micros, units`.

    Cancelled and voided orders count as none. A customer is new on the day of the first order that counts, null where
    no order of the day names its customer.
    """
    facts = table("fact_order")
    current = (facts.workspace_id == workspace_id) & facts.superseded_by.isnull() & ~facts.tombstone
    rows = facts.filter(current).rename(period_start="order_date")
    rows = rows.mutate(
        alive=~rows.cancelled.fill_null(False) & rows.status.fill_null("").lower().notin(VOID),
        paid=rows.total_micros - rows.refunded_micros.fill_null(0),
    )
    keys = ["period_start", "currency"]
    days = rows.group_by(keys).agg(
        orders=rows.alive.sum(),
        named=(rows.alive & rows.customer_key.notnull()).sum(),
        revenue_micros=rows.alive.ifelse(rows.paid, 0).sum(),
        units=rows.alive.ifelse(rows["items"], 0).sum(),
    )
    days = days.left_join(_new_customers(rows), keys)
    fresh = ibis.cases((days.named == 0, ibis.null("int64")), else_=days.fresh.fill_null(0))
    if start is not None:
        days = days.filter(days.period_start >= ibis.literal(start))
    if end is not None:
        days = days.filter(days.period_start < ibis.literal(end))
    return days.mutate(new_customers=fresh)[[*keys, "orders", "new_customers", "revenue_micros", "units"]].order_by(
        keys
    )


def order_parts(workspace_id: int, start: date | None, end: date | None) -> ir.Table:
    """Orders that count, by day and currency: `date_day, currency, orders`, then sums of what customers were billed."""
    facts = table("fact_order")
    current = (facts.workspace_id == workspace_id) & facts.superseded_by.isnull() & ~facts.tombstone
    rows = facts.filter(current)
    rows = rows.filter(~rows.cancelled.fill_null(False) & rows.status.fill_null("").lower().notin(VOID))
    if start is not None:
        rows = rows.filter(rows.order_date >= ibis.literal(start))
    if end is not None:
        rows = rows.filter(rows.order_date < ibis.literal(end))
    rows = rows.rename(date_day="order_date")
    sums = {name: rows[name].sum() for name in ("total_micros", "tax_micros", "discount_micros", "refunded_micros")}
    return rows.group_by(["date_day", "currency"]).agg(orders=rows.count(), **sums).order_by(["date_day", "currency"])


def _new_customers(orders: ir.Table) -> ir.Table:
    """How many customers ordered for the first time, by day and currency of that order."""
    named = orders.filter(orders.alive & orders.customer_key.notnull())
    named = named.mutate(first=named.period_start.min().over(ibis.window(group_by="customer_key")))
    firsts = named.filter(named.period_start == named["first"])
    once = firsts.group_by("customer_key").agg(period_start=firsts.period_start.min(), currency=firsts.currency.min())
    return once.group_by(["period_start", "currency"]).agg(fresh=once.count())


READS: dict[str, Callable[..., ir.Table]] = {
    "weekly": weekly,
    "daily": daily,
    "snapshots": snapshots,
    "period_facts": period_facts,
    "spans": spans,
    "looks": looks,
    "restated": restated,
    "campaigns": campaigns,
    "order_days": order_days,
    "order_parts": order_parts,
}
