"""The tables of the store: one relational schema for SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from budget.store.columns import ID, UtcTime, among, key, metadata, need, numbered, tenant, words

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


schema_meta = Table("schema_meta", metadata, key("key", Text), need("value", Text))

workspace = Table(
    "workspace",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    need("name", Text),
    need("base_currency", String(3)),
    need("timezone", Text),
    need("week_start", SmallInteger, server_default="1"),
    words("language"),
    need("fiscal_json", Text, server_default="{}"),
    need("customer_key", Text),
    need("data_version", BigInteger, server_default="0"),
    need("quota_bytes", BigInteger),
    need("created_at", UtcTime),
    sqlite_autoincrement=True,
)

audit_event = numbered(
    "audit_event",
    "event_id",
    need("at", UtcTime),
    need("actor", Text),
    need("action", Text),
    need("object_type", Text),
    Column("object_id", BigInteger),
    Column("version_from", BigInteger),
    Column("version_to", BigInteger),
    need("detail_json", Text),
    need("prev_hash", String(64)),
    need("hash", String(64)),
    UniqueConstraint("workspace_id", "prev_hash"),
)

plan = numbered(
    "plan",
    "plan_id",
    need("name", Text),
    need("status", Text),
    need("currency", String(3)),
    need("version", BigInteger),
    Column("based_on_plan_id", ID),
    need("content_sha256", String(64)),
    need("created_by", Text),
    need("created_at", UtcTime),
    need("updated_by", Text),
    need("updated_at", UtcTime),
    Column("locked_by", Text),
    Column("locked_at", UtcTime),
    UniqueConstraint("workspace_id", "plan_id"),
    ForeignKeyConstraint(["workspace_id", "based_on_plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    among("status", "draft", "proposed", "locked", "archived"),
    CheckConstraint("(status = 'locked') = (locked_at IS NOT NULL)", name="locked_at"),
)


def _plan_part(name: str, *parts: Any) -> Table:
    return Table(
        name,
        metadata,
        key("workspace_id", ID),
        key("plan_id", ID),
        *parts,
        ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    )


plan_line = _plan_part(
    "plan_line",
    key("line_key", Text),
    need("seq", Integer),
    words("platform"),
    words("tactic"),
    words("objective_key"),
    words("audience_key"),
    Column("start_date", Date),
    Column("end_date", Date),
    need("budget_micros", BigInteger),
    need("commitment", Text),
    words("owner"),
    words("utm_campaign"),
    words("note"),
    CheckConstraint("budget_micros >= 0", name="budget_micros"),
    among("commitment", "committed", "forecast", "optional"),
)
plan_week = _plan_part(
    "plan_week",
    key("line_key", Text),
    key("week_start", Date),
    need("seq", Integer),
    need("budget_micros", BigInteger),
    CheckConstraint("budget_micros >= 0", name="budget_micros"),
    ForeignKeyConstraint(
        ["workspace_id", "plan_id", "line_key"],
        ["plan_line.workspace_id", "plan_line.plan_id", "plan_line.line_key"],
    ),
)
plan_assumption = _plan_part(
    "plan_assumption",
    key("scope", Text),
    key("key", Text),
    need("seq", Integer),
    need("low", Double),
    need("likely", Double),
    need("high", Double),
    words("unit"),
    words("source"),
    words("region"),
    words("source_date"),
    words("confidence"),
)
plan_objective = _plan_part(
    "plan_objective",
    key("objective_key", Text),
    need("seq", Integer),
    words("kpi"),
    words("challenge_key"),
    need("baseline_micros", BigInteger),
    need("target_micros", BigInteger),
    Column("due_date", Date),
    words("owner"),
)
plan_audience = _plan_part(
    "plan_audience",
    key("audience_key", Text),
    need("seq", Integer),
    words("segment"),
    need("size", BigInteger),
    words("region"),
)
plan_challenge = _plan_part(
    "plan_challenge",
    key("challenge", Text),
    need("seq", Integer),
    need("active", Boolean),
    need("monthly_micros", BigInteger),
    need("gate", Boolean),
)
plan_cost = _plan_part(
    "plan_cost",
    key("seq", Integer),
    need("kind", Text),
    Column("month_start", Date),
    need("amount_micros", BigInteger),
    among("kind", "people", "agency", "tools", "production"),
)
plan_event = _plan_part(
    "plan_event",
    key("seq", Integer),
    words("name"),
    need("start_date", Date),
    need("end_date", Date),
    need("factor", Double),
)
PLAN_PARTS = (
    plan_line,
    plan_week,
    plan_assumption,
    plan_objective,
    plan_audience,
    plan_challenge,
    plan_cost,
    plan_event,
)

import_batch = numbered(
    "import_batch",
    "import_id",
    need("original_name", Text),
    need("content_sha256", String(64)),
    need("size_bytes", BigInteger),
    need("kind", Text),
    Column("platform", Text),
    need("reader", Text),
    words("signature"),
    need("answers_json", Text),
    need("answers_sha256", String(64)),
    need("as_of", UtcTime),
    need("as_of_source", Text),
    need("grain", Text),
    Column("currency", String(3)),
    Column("attribution_setting", Text),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("min_date", Date),
    Column("max_date", Date),
    need("row_count", BigInteger),
    need("rejected_count", BigInteger),
    need("declared_totals_json", Text),
    need("totals_json", Text),
    need("status", Text),
    need("created_by", Text),
    need("created_at", UtcTime),
    Column("undone_by", Text),
    Column("undone_at", UtcTime),
    Column("raw_kept", Boolean),
    UniqueConstraint("workspace_id", "import_id"),
    among("status", "active", "undone"),
    among("as_of_source", "file", "person", "inferred"),
)
Index(
    "uq_import_batch_active",
    import_batch.c.workspace_id,
    import_batch.c.content_sha256,
    import_batch.c.answers_sha256,
    unique=True,
    sqlite_where=text("status = 'active'"),
    postgresql_where=text("status = 'active'"),
)

source_blob = tenant(
    "source_blob",
    key("workspace_id", ID),
    key("content_sha256", String(64)),
    need("size_bytes", BigInteger),
    need("body", LargeBinary),
)


def _import_link(column: str = "import_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], ["import_batch.workspace_id", "import_batch.import_id"])


import_issue = tenant(
    "import_issue",
    key("workspace_id", ID),
    key("import_id", ID),
    key("seq", Integer),
    need("code", Text),
    need("severity", Text),
    words("sheet"),
    Column("row", BigInteger),
    words("column"),
    need("raw_row_json", Text),
    need("facts_json", Text),
    _import_link(),
)
import_answer = tenant(
    "import_answer",
    key("workspace_id", ID),
    key("signature", String(64)),
    need("answers_json", Text),
    need("confirmed_by", Text),
    need("confirmed_at", UtcTime),
)
campaign_match = tenant(
    "campaign_match",
    key("workspace_id", ID),
    key("platform", Text),
    key("account_id", Text),
    key("campaign_slot", Text),
    need("tactic", Text),
    Column("line_key", Text),
    need("how", Text),
    need("decided_by", Text),
    need("decided_at", UtcTime),
    among("how", "exact", "utm", "remembered", "person"),
)
known_name = tenant(
    "known_name",
    key("workspace_id", ID),
    key("import_id", ID),
    key("platform", Text),
    key("account_id", Text),
    key("kind", Text),
    key("name_key", Text),
    key("campaign_id", Text),
    _import_link(),
    among("kind", "account", "campaign"),
    Index("ix_known_name_account", "workspace_id", "platform", "account_id", "name_key"),
)
fx_rate = tenant(
    "fx_rate",
    key("workspace_id", ID),
    key("date_day", Date),
    key("from_currency", String(3)),
    key("to_currency", String(3)),
    need("rate_e9", BigInteger),
    words("source"),
    CheckConstraint("rate_e9 > 0", name="rate_e9"),
)


def _partial(name: str, where: str, *columns: str, unique: bool = False) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


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
        _import_link(),
        _import_link("superseded_by"),
        among("entity_level", "account", "campaign", "ad_group", "ad"),
        Index(f"uq_{name}_grain_import", "workspace_id", "grain_key", "import_id", unique=True),
        _partial(f"uq_{name}_current", "superseded_by IS NULL", "workspace_id", "grain_key", unique=True),
        _partial(
            f"ix_{name}_counted",
            "counted",
            *("workspace_id", "week_start", "platform", "currency", "account_id", "campaign_slot"),
        ),
        _partial(
            f"ix_{name}_slice",
            "superseded_by IS NULL",
            *("workspace_id", "platform", "account_id", day, "campaign_slot", "slice_rank"),
        ),
        _partial(f"ix_{name}_superseded", "superseded_by IS NOT NULL", "superseded_by"),
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
        _import_link(),
        _import_link("superseded_by"),
        Index(f"uq_{name}_grain_import", "workspace_id", "grain_key", "import_id", unique=True),
        _partial(f"uq_{name}_current", "superseded_by IS NULL", "workspace_id", "grain_key", unique=True),
        _partial(f"ix_{name}_days", "superseded_by IS NULL", "workspace_id", owner, day),
        _partial(f"ix_{name}_superseded", "superseded_by IS NOT NULL", "superseded_by"),
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
TENANT_TABLES = tuple(table for table in metadata.sorted_tables if "workspace_id" in table.c)
