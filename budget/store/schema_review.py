"""The tables of the review: forecasts and scores, decisions, notes, experiments, closed periods, alerts seen."""

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
    String,
    Text,
    UniqueConstraint,
)

from budget.store.columns import ID, UtcTime, among, key, need, numbered, tenant, words

CELL = ("workspace_id", "forecast_id", "platform", "tactic", "week_start", "metric")
QUANTILES = ("q05_micros", "q10_micros", "q25_micros", "q50_micros", "q75_micros", "q90_micros", "q95_micros")

forecast = numbered(
    "forecast",
    "forecast_id",
    need("plan_id", ID),
    need("plan_version", BigInteger),
    need("reason", Text),
    need("made_by", Text),
    need("made_at", UtcTime),
    need("model_version", Integer),
    need("data_version", BigInteger),
    need("seed", Text),
    need("horizon_start", Date),
    need("horizon_end", Date),
    need("inputs_json", Text),
    need("inputs_sha256", String(64)),
    Column("supersedes_forecast_id", ID),
    UniqueConstraint("workspace_id", "forecast_id"),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    ForeignKeyConstraint(["workspace_id", "supersedes_forecast_id"], ["forecast.workspace_id", "forecast.forecast_id"]),
    CheckConstraint("horizon_start < horizon_end", name="horizon"),
)
Index(
    "uq_forecast_inputs",
    forecast.c.workspace_id,
    forecast.c.plan_id,
    forecast.c.plan_version,
    forecast.c.data_version,
    forecast.c.inputs_sha256,
    unique=True,
)


def _of_forecast() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "forecast_id"], ["forecast.workspace_id", "forecast.forecast_id"])


forecast_week = tenant(
    "forecast_week",
    key("workspace_id", ID),
    key("forecast_id", ID),
    key("platform", Text),
    key("tactic", Text),
    key("week_start", Date),
    key("metric", Text),
    need("mean_micros", BigInteger),
    *(need(name, BigInteger) for name in QUANTILES),
    _of_forecast(),
)
forecast_score = tenant(
    "forecast_score",
    key("workspace_id", ID),
    key("forecast_id", ID),
    key("platform", Text),
    key("tactic", Text),
    key("week_start", Date),
    key("metric", Text),
    key("data_version", BigInteger),
    need("actual_micros", BigInteger),
    need("actual_as_of", UtcTime),
    need("maturity", Double),
    *(need(name, Boolean) for name in ("inside_50", "inside_80", "inside_90")),
    need("bias_micros", BigInteger),
    need("crps_micros", BigInteger),
    need("scored_at", UtcTime),
    _of_forecast(),
    ForeignKeyConstraint(CELL, [f"forecast_week.{name}" for name in CELL], name="fk_forecast_score_cell"),
)
decision = numbered(
    "decision",
    "decision_id",
    need("week_start", Date),
    need("action", Text),
    words("platform"),
    words("tactic"),
    Column("line_key", Text),
    Column("amount_micros", BigInteger),
    need("currency", String(3)),
    words("owner"),
    Column("due_date", Date),
    need("reversible", Boolean),
    *(Column(f"expected_{name}_micros", BigInteger) for name in ("low", "likely", "high")),
    Column("forecast_id", ID),
    words("reason"),
    need("status", Text),
    Column("verdict", Text),
    Column("observed_micros", BigInteger),
    Column("closed_by", Text),
    Column("closed_at", UtcTime),
    need("version", BigInteger),
    Column("before_micros", BigInteger),
    need("basis_json", Text, server_default="{}"),
    _of_forecast(),
    among("action", "scale", "hold", "cut", "fix", "test"),
    among("status", "open", "done", "dropped"),
    among("verdict", "worked", "no_evidence", "too_early", "failed"),
)
note = numbered(
    "note",
    "note_id",
    need("subject_type", Text),
    Column("subject_id", BigInteger),
    Column("week_start", Date),
    need("body", Text),
    need("author", Text),
    need("created_at", UtcTime),
    words("subject_key"),
    among("subject_type", "workspace", "week", "plan", "import", "forecast", "decision", "experiment"),
)
experiment = numbered(
    "experiment",
    "experiment_id",
    need("kind", Text),
    words("platform"),
    words("tactic"),
    need("start_date", Date),
    need("end_date", Date),
    need("design_json", Text),
    need("result_json", Text),
    need("ended", Boolean),
    need("version", BigInteger),
    among("kind", "on_off", "geo", "lift"),
    CheckConstraint("start_date < end_date", name="days"),
)
closing = numbered(
    "closing",
    "closing_id",
    need("kind", Text),
    need("start_date", Date),
    need("end_date", Date),
    need("revision", Integer),
    need("plan_id", ID),
    need("plan_version", BigInteger),
    need("data_version", BigInteger),
    need("body_json", Text),
    need("body_sha256", String(64)),
    words("note"),
    need("closed_by", Text),
    need("closed_at", UtcTime),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.plan_id"]),
    among("kind", "week", "month"),
    CheckConstraint("start_date < end_date", name="days"),
)
Index(
    "uq_closing_revision",
    closing.c.workspace_id,
    closing.c.kind,
    closing.c.start_date,
    closing.c.revision,
    unique=True,
)
acknowledgement = numbered(
    "acknowledgement",
    "acknowledgement_id",
    need("alert_key", Text),
    need("level_micros", BigInteger),
    Column("until", Date),
    need("acknowledged_by", Text),
    need("acknowledged_at", UtcTime),
)
KEPT = (forecast, forecast_week, forecast_score, note, closing, acknowledgement)
"""Tables to which rows are only added."""
