"""Alembic's entry: runs the revisions on the connection that the store hands over."""

from alembic import context
from sqlalchemy import Connection

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations run through budget.store only")
context.configure(connection=connection, target_metadata=None, transactional_ddl=False)
context.run_migrations()
