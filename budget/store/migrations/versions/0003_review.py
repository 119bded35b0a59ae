"""Places for the review: forecasts and their scores, decisions, notes, experiments."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)
CELL = ("workspace_id", "forecast_id", "platform", "tactic", "week_start", "metric")
QUANTILES = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")


def upgrade() -> None:
    """Add six tables; triggers are laid by the caller."""
    _forecasts()
    _scores()
    _decisions()
    _numbered(
        "note",
        *(_need("subject_type"), sa.Column("subject_id", sa.BigInteger), sa.Column("week_start", sa.Date)),
        *(_need("body"), _need("author"), _need("created_at", TIME)),
        _among("note", "subject_type", "workspace", "week", "plan", "import", "forecast", "decision", "experiment"),
    )
    _numbered(
        "experiment",
        *(_need("kind"), _words("platform"), _words("tactic")),
        *(_need("start_date", sa.Date), _need("end_date", sa.Date), _need("design_json"), _need("result_json")),
        *(_need("ended", sa.Boolean), _need("version", sa.BigInteger)),
        _among("experiment", "kind", "on_off", "geo", "lift"),
        sa.CheckConstraint("start_date < end_date", name="ck_experiment_days"),
    )


def _forecasts() -> None:
    _numbered(
        "forecast",
        *(_need("plan_id", ID), _need("plan_version", sa.BigInteger), _need("reason"), _need("made_by")),
        *(_need("made_at", TIME), _need("model_version", sa.Integer), _need("data_version", sa.BigInteger)),
        *(_need("seed"), _need("horizon_start", sa.Date), _need("horizon_end", sa.Date), _need("inputs_json")),
        *(_need("inputs_sha256", sa.String(64)), sa.Column("supersedes_forecast_id", ID)),
        sa.UniqueConstraint("workspace_id", "forecast_id", name="uq_forecast_workspace_id_forecast_id"),
        _link("forecast", "plan_id", "plan.plan_id"),
        _link("forecast", "supersedes_forecast_id", "forecast.forecast_id"),
        sa.CheckConstraint("horizon_start < horizon_end", name="ck_forecast_horizon"),
    )
    inputs = ["workspace_id", "plan_id", "plan_version", "data_version", "inputs_sha256"]
    op.create_index("uq_forecast_inputs", "forecast", inputs, unique=True)
    op.create_table(
        "forecast_week",
        *_cell(),
        _need("mean_micros", sa.BigInteger),
        *(_need(f"{name}_micros", sa.BigInteger) for name in QUANTILES),
        sa.PrimaryKeyConstraint(*CELL, name="pk_forecast_week"),
        _link("forecast_week", "forecast_id", "forecast.forecast_id"),
        _of_workspace("forecast_week"),
    )


def _scores() -> None:
    op.create_table(
        "forecast_score",
        *_cell(),
        *(_need("data_version", sa.BigInteger), _need("actual_micros", sa.BigInteger)),
        *(_need("actual_as_of", TIME), _need("maturity", sa.Double)),
        *(_need(f"inside_{level}", sa.Boolean) for level in (50, 80, 90)),
        *(_need("bias_micros", sa.BigInteger), _need("crps_micros", sa.BigInteger), _need("scored_at", TIME)),
        sa.PrimaryKeyConstraint(*CELL, "data_version", name="pk_forecast_score"),
        sa.ForeignKeyConstraint(CELL, [f"forecast_week.{name}" for name in CELL], name="fk_forecast_score_cell"),
        _link("forecast_score", "forecast_id", "forecast.forecast_id"),
        _of_workspace("forecast_score"),
    )


def _decisions() -> None:
    _numbered(
        "decision",
        *(_need("week_start", sa.Date), _need("action"), _words("platform"), _words("tactic")),
        *(sa.Column("line_key", sa.Text), sa.Column("amount_micros", sa.BigInteger), _need("currency", sa.String(3))),
        *(_words("owner"), sa.Column("due_date", sa.Date), _need("reversible", sa.Boolean)),
        *(sa.Column(f"expected_{name}_micros", sa.BigInteger) for name in ("low", "likely", "high")),
        *(sa.Column("forecast_id", ID), _words("reason"), _need("status"), sa.Column("verdict", sa.Text)),
        *(sa.Column("observed_micros", sa.BigInteger), sa.Column("closed_by", sa.Text), sa.Column("closed_at", TIME)),
        _need("version", sa.BigInteger),
        _link("decision", "forecast_id", "forecast.forecast_id"),
        _among("decision", "action", "scale", "hold", "cut", "fix", "test"),
        _among("decision", "status", "open", "done", "dropped"),
        _among("decision", "verdict", "worked", "no_evidence", "too_early", "failed"),
    )


def _cell() -> tuple[sa.Column[Any], ...]:
    ids = (_need("workspace_id", ID), _need("forecast_id", ID), _need("platform"), _need("tactic"))
    return (*ids, _need("week_start", sa.Date), _need("metric"))


def _numbered(name: str, *parts: Any) -> None:
    op.create_table(
        name,
        sa.Column(f"{name}_id", ID, nullable=False),
        _need("workspace_id", ID),
        *parts,
        sa.PrimaryKeyConstraint(f"{name}_id", name=f"pk_{name}"),
        _of_workspace(name),
        sqlite_autoincrement=True,
    )


def _need(name: str, kind: Any = sa.Text, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **options)


def _words(name: str) -> sa.Column[Any]:
    return _need(name, server_default="")


def _among(table: str, column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _of_workspace(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=f"fk_{name}_workspace_id")


def _link(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    table = target.partition(".")[0]
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{table}.workspace_id", target], name=f"fk_{name}_workspace_id_{column}"
    )
