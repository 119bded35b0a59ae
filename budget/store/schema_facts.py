"""The tables of facts: what files said, one current row a grain."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    String,
    Table,
    Text,
)

from budget.store.columns import ID, among, import_link, need, numbered, partial, words

MEASURES = (
    "spend_micros",
    "impressions",
    "reach",
    "clicks",
    "link_clicks",
    "landing_page_views",
    "engagements",
    "results",
    "conversions_micros",
    "value_micros",
)
NAMES = ("account_name", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name")
DERIVED = frozenset({"superseded_by", "campaign_slot", "counted", "week_start"})


def _facts(name: str, day: str, *dates: Column[Any]) -> Table:
    return numbered(
        name,
        "fact_id",
        need("import_id", ID),
        Column("superseded_by", ID),
        need("counted", Boolean),
        need("tombstone", Boolean),
        need("slice_rank", BigInteger),
        need("week_start", Date),
        *dates,
        need("platform", Text),
        need("currency", String(3)),
        need("account_id", Text),
        need("campaign_slot", Text),
        need("entity_level", Text),
        *(Column(measure, BigInteger) for measure in MEASURES),
        Column("result_type", Text),
        need("source_row", BigInteger),
        need("merged_rows", BigInteger),
        words("source_sheet"),
        need("grain_key", String(32)),
        need("entity_id", Text),
        need("breakdown", Text),
        Column("attribution_setting", Text),
        Column("campaign_id", Text),
        Column("campaign_name_key", Text),
        *(Column(label, Text) for label in NAMES),
        import_link(),
        import_link("superseded_by"),
        among("entity_level", "account", "campaign", "ad_group", "ad"),
        Index(f"uq_{name}_grain_import", "workspace_id", "grain_key", "import_id", unique=True),
        partial(f"uq_{name}_current", "superseded_by IS NULL", "workspace_id", "grain_key", unique=True),
        partial(
            f"ix_{name}_counted",
            "counted",
            *("workspace_id", "week_start", "platform", "currency", "account_id", "campaign_slot"),
        ),
        partial(
            f"ix_{name}_slice",
            "superseded_by IS NULL",
            *("workspace_id", "platform", "account_id", day, "campaign_slot", "slice_rank"),
        ),
        partial(f"ix_{name}_superseded", "superseded_by IS NOT NULL", "superseded_by"),
        Index(f"ix_{name}_import", "import_id"),
    )


fact_delivery = _facts("fact_delivery", "date_day", need("date_day", Date))
fact_period = _facts(
    "fact_period", "period_start", need("grain", Text), need("period_start", Date), need("period_end", Date)
)
FACTS = (fact_delivery, fact_period)


def _side(name: str, owner: str, day: str, *own: Column[Any] | CheckConstraint) -> Table:
    return numbered(
        name,
        "fact_id",
        need("import_id", ID),
        Column("superseded_by", ID),
        need("tombstone", Boolean),
        *own,
        need("source_row", BigInteger),
        need("merged_rows", BigInteger),
        words("source_sheet"),
        need("grain_key", String(32)),
        import_link(),
        import_link("superseded_by"),
        Index(f"uq_{name}_grain_import", "workspace_id", "grain_key", "import_id", unique=True),
        partial(f"uq_{name}_current", "superseded_by IS NULL", "workspace_id", "grain_key", unique=True),
        partial(f"ix_{name}_days", "superseded_by IS NULL", "workspace_id", owner, day),
        partial(f"ix_{name}_superseded", "superseded_by IS NOT NULL", "superseded_by"),
        Index(f"ix_{name}_import", "import_id"),
    )


def _counts(*names: str) -> tuple[Column[Any], ...]:
    return tuple(Column(name, BigInteger) for name in names)


def _texts(*names: str) -> tuple[Column[Any], ...]:
    return tuple(Column(name, Text) for name in names)


fact_metric = _side(
    "fact_metric",
    "platform",
    "period_start",
    need("grain", Text),
    need("period_start", Date),
    need("period_end", Date),
    need("platform", Text),
    *_texts("surface", "account_name"),
    need("metric", Text),
    Column("segment", Text),
    need("unit", Text),
    Column("currency", String(3)),
    *_counts("value_micros"),
    among("unit", "count", "share", "seconds", "micros"),
)
fact_post = _side(
    "fact_post",
    "platform",
    "published_on",
    need("platform", Text),
    *_texts("surface", "account_name", "post_id"),
    Column("published_on", Date),
    *_texts("post_type", "title", "permalink", "grain"),
    *_counts("views", "reach", "impressions", "likes", "comments", "shares", "saves", "follows", "clicks"),
    *_counts("link_clicks", "watch_seconds_micros", "negative_feedback"),
)
fact_order = _side(
    "fact_order",
    "source",
    "order_date",
    need("source", Text),
    need("order_id", Text),
    need("order_date", Date),
    need("currency", String(3)),
    *_counts("total_micros", "shipping_micros", "tax_micros", "discount_micros", "refunded_micros", "items"),
    *_texts("status", "discount_code", "customer_key"),
    Column("cancelled", Boolean),
)
fact_lead = _side(
    "fact_lead",
    "platform",
    "date_day",
    need("date_day", Date),
    need("platform", Text),
    *_texts("campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name", "form_name", "status"),
    Column("is_organic", Boolean),
    *_counts("leads"),
)
fact_sales = _side(
    "fact_sales",
    "source",
    "period_start",
    need("source", Text),
    need("grain", Text),
    need("period_start", Date),
    need("period_end", Date),
    need("currency", String(3)),
    *_counts("orders", "new_customers", "revenue_micros", "units"),
)
SIDE_FACTS = (fact_metric, fact_post, fact_order, fact_lead, fact_sales)
