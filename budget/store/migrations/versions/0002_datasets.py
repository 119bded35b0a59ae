"""Places for what is not delivery: organic metrics, posts, orders, leads and typed sales; whether a file was kept."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add five tables and one nullable column; triggers are laid by the caller."""
    op.add_column("import_batch", sa.Column("raw_kept", sa.Boolean))
    _facts(
        "fact_metric",
        ("platform", "period_start"),
        *(_need("grain"), _need("period_start", sa.Date), _need("period_end", sa.Date), _need("platform")),
        *(*_texts("surface", "account_name"), _need("metric"), *_texts("segment"), _need("unit"), _currency(True)),
        *_counts("value_micros"),
        sa.CheckConstraint("unit IN ('count', 'share', 'seconds', 'micros')", name="ck_fact_metric_unit"),
    )
    _facts(
        "fact_post",
        ("platform", "published_on"),
        *(_need("platform"), *_texts("surface", "account_name", "post_id"), sa.Column("published_on", sa.Date)),
        *_texts("post_type", "title", "permalink", "grain"),
        *_counts("views", "reach", "impressions", "likes", "comments", "shares", "saves", "follows", "clicks"),
        *_counts("link_clicks", "watch_seconds_micros", "negative_feedback"),
    )
    _facts(
        "fact_order",
        ("source", "order_date"),
        *(_need("source"), _need("order_id"), _need("order_date", sa.Date), _currency(False)),
        *_counts("total_micros", "shipping_micros", "tax_micros", "discount_micros", "refunded_micros", "items"),
        *_texts("status", "discount_code", "customer_key"),
        sa.Column("cancelled", sa.Boolean),
    )
    names = ("campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name", "form_name", "status")
    _facts(
        "fact_lead",
        ("platform", "date_day"),
        *(_need("date_day", sa.Date), _need("platform"), *_texts(*names), sa.Column("is_organic", sa.Boolean)),
        *_counts("leads"),
    )
    _facts(
        "fact_sales",
        ("source", "period_start"),
        *(_need("source"), _need("grain"), _need("period_start", sa.Date), _need("period_end", sa.Date)),
        *(_currency(False), *_counts("orders", "new_customers", "revenue_micros", "units")),
    )


def _need(name: str, kind: Any = sa.Text, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **options)


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text) for name in names)


def _counts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.BigInteger) for name in names)


def _currency(nullable: bool) -> sa.Column[Any]:
    return sa.Column("currency", sa.String(3), nullable=nullable)


def _facts(name: str, days: tuple[str, str], *own: Any) -> None:
    """A fact table: the columns that all have around its own, links to imports, indexes."""
    op.create_table(
        name,
        sa.Column("fact_id", ID, nullable=False),
        *(_need("workspace_id", ID), _need("import_id", ID), sa.Column("superseded_by", ID)),
        _need("tombstone", sa.Boolean),
        *own,
        *(_need("source_row", sa.BigInteger), _need("merged_rows", sa.BigInteger)),
        *(_need("source_sheet", server_default=""), _need("grain_key", sa.String(32))),
        sa.PrimaryKeyConstraint("fact_id", name=f"pk_{name}"),
        _link(name, "import_id"),
        _link(name, "superseded_by"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=f"fk_{name}_workspace_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"uq_{name}_grain_import", name, ["workspace_id", "grain_key", "import_id"], unique=True)
    _index(f"uq_{name}_current", name, ["workspace_id", "grain_key"], "superseded_by IS NULL", unique=True)
    _index(f"ix_{name}_days", name, ["workspace_id", *days], "superseded_by IS NULL")
    _index(f"ix_{name}_superseded", name, ["superseded_by"], "superseded_by IS NOT NULL")
    op.create_index(f"ix_{name}_import", name, ["import_id"])


def _link(name: str, column: str) -> sa.ForeignKeyConstraint:
    target = ["import_batch.workspace_id", "import_batch.import_id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], target, name=f"fk_{name}_workspace_id_{column}")


def _index(index: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(index, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
