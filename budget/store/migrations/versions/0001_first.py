"""The first schema: workspaces, plans, imports, delivery facts, audit."""

from alembic import op

from budget.store.migrations.first_schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table and index; triggers are laid by the caller."""
    metadata.create_all(op.get_bind(), checkfirst=False)
