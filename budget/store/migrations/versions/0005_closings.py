"""Places for closed periods, for alerts that were seen, and for what a decision was measured against."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add two tables and three columns; triggers are laid by the caller."""
    op.add_column("decision", sa.Column("before_micros", sa.BigInteger))
    op.add_column("decision", sa.Column("basis_json", sa.Text, nullable=False, server_default="{}"))
    op.add_column("note", sa.Column("subject_key", sa.Text, nullable=False, server_default=""))
    _numbered(
        "closing",
        *(_need("kind"), _need("start_date", sa.Date), _need("end_date", sa.Date), _need("revision", sa.Integer)),
        *(_need("plan_id", ID), _need("plan_version", sa.BigInteger), _need("data_version", sa.BigInteger)),
        *(_need("body_json"), _need("body_sha256", sa.String(64)), _need("note", server_default="")),
        *(_need("closed_by"), _need("closed_at", TIME)),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"], ["plan.workspace_id", "plan.plan_id"], name="fk_closing_workspace_id_plan_id"
        ),
        sa.CheckConstraint("kind IN ('week', 'month')", name="ck_closing_kind"),
        sa.CheckConstraint("start_date < end_date", name="ck_closing_days"),
    )
    op.create_index("uq_closing_revision", "closing", ["workspace_id", "kind", "start_date", "revision"], unique=True)
    _numbered(
        "acknowledgement",
        *(_need("alert_key"), _need("level_micros", sa.BigInteger), sa.Column("until", sa.Date)),
        *(_need("acknowledged_by"), _need("acknowledged_at", TIME)),
    )


def _numbered(name: str, *parts: Any) -> None:
    op.create_table(
        name,
        sa.Column(f"{name}_id", ID, nullable=False),
        _need("workspace_id", ID),
        *parts,
        sa.PrimaryKeyConstraint(f"{name}_id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=f"fk_{name}_workspace_id"),
        sqlite_autoincrement=True,
    )


def _need(name: str, kind: Any = sa.Text, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **options)
