"""How columns and tables of the store are made: one clock, one kind of id, named constraints."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """A moment: naive values are refused, UTC is stored and returned."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without a zone on SQLite, which keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"time: found {value} without a zone, expected one with")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with UTC as its zone."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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


def need(name: str, kind: Any, **options: Any) -> Column[Any]:
    """A column that is never null."""
    return Column(name, kind, nullable=False, **options)


def words(name: str) -> Column[Any]:
    """A text that is empty where nothing is said."""
    return need(name, Text, server_default="")


def key(name: str, kind: Any) -> Column[Any]:
    """A part of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def among(column: str, *words: str) -> CheckConstraint:
    """The column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def tenant(name: str, *parts: Any) -> Table:
    """A table of a workspace whose key is among its parts."""
    link = ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"])
    return Table(name, metadata, *parts, link, sqlite_autoincrement=False)


def numbered(name: str, id_name: str, *parts: Any) -> Table:
    """A table of a workspace whose rows are numbered and whose numbers are never used again."""
    link = ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"])
    first = Column(id_name, ID, primary_key=True)
    return Table(name, metadata, first, need("workspace_id", ID), *parts, link, sqlite_autoincrement=True)


def import_link(column: str = "import_id") -> ForeignKeyConstraint:
    """The column names an import of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], ["import_batch.workspace_id", "import_batch.import_id"])


def partial(name: str, where: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows for which `where` holds."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
