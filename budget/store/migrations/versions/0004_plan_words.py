"""Places for what the plan says beside its numbers: audiences' products and networks, events' reasons and prices."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add four columns; what is stored keeps its meaning."""
    for table, name in (("plan_audience", "product"), ("plan_audience", "networks"), ("plan_event", "reason")):
        op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("plan_event", sa.Column("price_factor", sa.Double, nullable=False, server_default="1.0"))
