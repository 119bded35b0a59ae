"""The first schema, as it was: frozen, so that later changes of `schema.py` do not change history."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

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


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = BigInteger().with_variant(Integer, "sqlite")


def _need(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


def _words(name: str) -> Column[Any]:
    return _need(name, Text, server_default="")


def _key(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _among(column: str, *words: str) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _tenant(name: str, *parts: Any) -> Table:
    link = ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"])
    return Table(name, metadata, *parts, link, sqlite_autoincrement=False)


def _numbered(name: str, id_name: str, *parts: Any) -> Table:
    link = ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"])
    first = Column(id_name, ID, primary_key=True)
    return Table(name, metadata, first, _need("workspace_id", ID), *parts, link, sqlite_autoincrement=True)


schema_meta = Table("schema_meta", metadata, _key("key", Text), _need("value", Text))

workspace = Table(
    "workspace",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    _need("name", Text),
    _need("base_currency", String(3)),
    _need("timezone", Text),
    _need("week_start", SmallInteger, server_default="1"),
    _words("language"),
    _need("fiscal_json", Text, server_default="{}"),
    _need("customer_key", Text),
    _need("data_version", BigInteger, server_default="0"),
    _need("quota_bytes", BigInteger),
    _need("created_at", DateTime(timezone=True)),
    sqlite_autoincrement=True,
)

audit_event = _numbered(
    "audit_event",
    "event_id",
    _need("at", DateTime(timezone=True)),
    _need("actor", Text),
    _need("action", Text),
    _need("object_type", Text),
    Column("object_id", BigInteger),
    Column("version_from", BigInteger),
    Column("version_to", BigInteger),
    _need("detail_json", Text),
    _need("prev_hash", String(64)),
    _need("hash", String(64)),
    UniqueConstraint("workspace_id", "prev_hash"),
)

plan = _numbered(
    "plan",
    "plan_id",
    _need("name", Text),
    _need("status", Text),
    _need("currency", String(3)),
    _need("version", BigInteger),
    Column("based_on_plan_id", ID),
    _need("content_sha256", String(64)),
    _need("created_by", Text),
    _need("created_at", DateTime(timezone=True)),
    _need("updated_by", Text),
    _need("updated_at", DateTime(timezone=True)),
    Column("locked_by", Text),
    Column("locked_at", DateTime(timezone=True)),
    UniqueConstraint("workspace_id", "plan_id"),
    ForeignKeyConstraint(["workspace_id", "based_on_plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    _among("status", "draft", "proposed", "locked", "archived"),
    CheckConstraint("(status = 'locked') = (locked_at IS NOT NULL)", name="locked_at"),
)


def _plan_part(name: str, *parts: Any) -> Table:
    return Table(
        name,
        metadata,
        _key("workspace_id", ID),
        _key("plan_id", ID),
        *parts,
        ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    )


plan_line = _plan_part(
    "plan_line",
    _key("line_key", Text),
    _need("seq", Integer),
    _words("platform"),
    _words("tactic"),
    _words("objective_key"),
    _words("audience_key"),
    Column("start_date", Date),
    Column("end_date", Date),
    _need("budget_micros", BigInteger),
    _need("commitment", Text),
    _words("owner"),
    _words("utm_campaign"),
    _words("note"),
    CheckConstraint("budget_micros >= 0", name="budget_micros"),
    _among("commitment", "committed", "forecast", "optional"),
)
plan_week = _plan_part(
    "plan_week",
    _key("line_key", Text),
    _key("week_start", Date),
    _need("seq", Integer),
    _need("budget_micros", BigInteger),
    CheckConstraint("budget_micros >= 0", name="budget_micros"),
    ForeignKeyConstraint(
        ["workspace_id", "plan_id", "line_key"],
        ["plan_line.workspace_id", "plan_line.plan_id", "plan_line.line_key"],
    ),
)
plan_assumption = _plan_part(
    "plan_assumption",
    _key("scope", Text),
    _key("key", Text),
    _need("seq", Integer),
    _need("low", Double),
    _need("likely", Double),
    _need("high", Double),
    _words("unit"),
    _words("source"),
    _words("region"),
    _words("source_date"),
    _words("confidence"),
)
plan_objective = _plan_part(
    "plan_objective",
    _key("objective_key", Text),
    _need("seq", Integer),
    _words("kpi"),
    _words("challenge_key"),
    _need("baseline_micros", BigInteger),
    _need("target_micros", BigInteger),
    Column("due_date", Date),
    _words("owner"),
)
plan_audience = _plan_part(
    "plan_audience",
    _key("audience_key", Text),
    _need("seq", Integer),
    _words("segment"),
    _need("size", BigInteger),
    _words("region"),
)
plan_challenge = _plan_part(
    "plan_challenge",
    _key("challenge", Text),
    _need("seq", Integer),
    _need("active", Boolean),
    _need("monthly_micros", BigInteger),
    _need("gate", Boolean),
)
plan_cost = _plan_part(
    "plan_cost",
    _key("seq", Integer),
    _need("kind", Text),
    Column("month_start", Date),
    _need("amount_micros", BigInteger),
    _among("kind", "people", "agency", "tools", "production"),
)
plan_event = _plan_part(
    "plan_event",
    _key("seq", Integer),
    _words("name"),
    _need("start_date", Date),
    _need("end_date", Date),
    _need("factor", Double),
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

import_batch = _numbered(
    "import_batch",
    "import_id",
    _need("original_name", Text),
    _need("content_sha256", String(64)),
    _need("size_bytes", BigInteger),
    _need("kind", Text),
    Column("platform", Text),
    _need("reader", Text),
    _words("signature"),
    _need("answers_json", Text),
    _need("answers_sha256", String(64)),
    _need("as_of", DateTime(timezone=True)),
    _need("as_of_source", Text),
    _need("grain", Text),
    Column("currency", String(3)),
    Column("attribution_setting", Text),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("min_date", Date),
    Column("max_date", Date),
    _need("row_count", BigInteger),
    _need("rejected_count", BigInteger),
    _need("declared_totals_json", Text),
    _need("totals_json", Text),
    _need("status", Text),
    _need("created_by", Text),
    _need("created_at", DateTime(timezone=True)),
    Column("undone_by", Text),
    Column("undone_at", DateTime(timezone=True)),
    UniqueConstraint("workspace_id", "import_id"),
    _among("status", "active", "undone"),
    _among("as_of_source", "file", "person", "inferred"),
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

source_blob = _tenant(
    "source_blob",
    _key("workspace_id", ID),
    _key("content_sha256", String(64)),
    _need("size_bytes", BigInteger),
    _need("body", LargeBinary),
)


def _import_link(column: str = "import_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], ["import_batch.workspace_id", "import_batch.import_id"])


import_issue = _tenant(
    "import_issue",
    _key("workspace_id", ID),
    _key("import_id", ID),
    _key("seq", Integer),
    _need("code", Text),
    _need("severity", Text),
    _words("sheet"),
    Column("row", BigInteger),
    _words("column"),
    _need("raw_row_json", Text),
    _need("facts_json", Text),
    _import_link(),
)
import_answer = _tenant(
    "import_answer",
    _key("workspace_id", ID),
    _key("signature", String(64)),
    _need("answers_json", Text),
    _need("confirmed_by", Text),
    _need("confirmed_at", DateTime(timezone=True)),
)
campaign_match = _tenant(
    "campaign_match",
    _key("workspace_id", ID),
    _key("platform", Text),
    _key("account_id", Text),
    _key("campaign_slot", Text),
    _need("tactic", Text),
    Column("line_key", Text),
    _need("how", Text),
    _need("decided_by", Text),
    _need("decided_at", DateTime(timezone=True)),
    _among("how", "exact", "utm", "remembered", "person"),
)
known_name = _tenant(
    "known_name",
    _key("workspace_id", ID),
    _key("import_id", ID),
    _key("platform", Text),
    _key("account_id", Text),
    _key("kind", Text),
    _key("name_key", Text),
    _key("campaign_id", Text),
    _import_link(),
    _among("kind", "account", "campaign"),
    Index("ix_known_name_account", "workspace_id", "platform", "account_id", "name_key"),
)
fx_rate = _tenant(
    "fx_rate",
    _key("workspace_id", ID),
    _key("date_day", Date),
    _key("from_currency", String(3)),
    _key("to_currency", String(3)),
    _need("rate_e9", BigInteger),
    _words("source"),
    CheckConstraint("rate_e9 > 0", name="rate_e9"),
)


def _partial(name: str, where: str, *columns: str, unique: bool = False) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _facts(name: str, day: str, *dates: Column[Any]) -> Table:
    return _numbered(
        name,
        "fact_id",
        _need("import_id", ID),
        Column("superseded_by", ID),
        _need("counted", Boolean),
        _need("tombstone", Boolean),
        _need("slice_rank", BigInteger),
        _need("week_start", Date),
        *dates,
        _need("platform", Text),
        _need("currency", String(3)),
        _need("account_id", Text),
        _need("campaign_slot", Text),
        _need("entity_level", Text),
        *(Column(measure, BigInteger) for measure in MEASURES),
        Column("result_type", Text),
        _need("source_row", BigInteger),
        _need("merged_rows", BigInteger),
        _words("source_sheet"),
        _need("grain_key", String(32)),
        _need("entity_id", Text),
        _need("breakdown", Text),
        Column("attribution_setting", Text),
        Column("campaign_id", Text),
        Column("campaign_name_key", Text),
        *(Column(label, Text) for label in NAMES),
        _import_link(),
        _import_link("superseded_by"),
        _among("entity_level", "account", "campaign", "ad_group", "ad"),
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


fact_delivery = _facts("fact_delivery", "date_day", _need("date_day", Date))
fact_period = _facts(
    "fact_period", "period_start", _need("grain", Text), _need("period_start", Date), _need("period_end", Date)
)
