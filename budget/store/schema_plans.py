"""The tables of plans: a head and its parts, which locking makes final."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from budget.store.columns import ID, UtcTime, among, key, metadata, need, numbered, words

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
    words("product"),
    words("networks"),
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
    need("price_factor", Double, server_default="1.0"),
    words("reason"),
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
