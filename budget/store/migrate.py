"""The revision of a store: made new, brought up to date after a backup, or refused."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from budget.errors import StoreError, StoreNewer, StoreRefused
from budget.store.connect import BUSY_MS, ours
from budget.store.triggers import sqlite_triggers

HEAD = "0005"
KNOWN = ("0001", "0002", "0003", "0004", "0005")
APP_VERSION = "0.1.0"
KEPT_BACKUPS = 5
_SCRIPTS = Path(__file__).parent / "migrations"


def current_revision(path: Path) -> str | None:
    """The stored revision, None for an empty database; only read (a crashed write is rolled back first).

    Raises `StoreNewer` for a revision that this version does not know, `StoreRefused` for a database of something else.
    """
    with ours(), closing(sqlite3.connect(path.as_uri() + "?mode=rw", uri=True, timeout=BUSY_MS / 1000)) as raw:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        return _revision(raw, path)


def _revision(raw: sqlite3.Connection, path: Path) -> str | None:
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if not {"alembic_version", "schema_meta"} <= tables:
        raise StoreRefused(f"store: {path} is a database of another program; it was left as it is")
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or row[0] not in KNOWN:
        wrote = raw.execute("SELECT value FROM schema_meta WHERE key = 'last_app_version'").fetchone()
        raise StoreNewer(
            f"store: written by Payoff {wrote[0] if wrote else '?'}, this is {APP_VERSION}; install that one"
        )
    return str(row[0])


def bring_up(url: URL, path: Path) -> str:
    """Make the schema current, after a backup if there is something to lose; returns the revision."""
    before = current_revision(path)
    if before == HEAD:
        return HEAD
    engine = _migration_engine(url)
    try:
        with ours(), engine.begin() as connection:
            _migrate(connection, path)
    finally:
        engine.dispose()
    return HEAD


def _migration_engine(url: URL) -> Engine:
    """Foreign keys stay off: rebuilding a table would fail; they are checked at the end."""
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _migrate(connection: Connection, path: Path) -> None:
    """All pending steps in the transaction that holds the write lock, so that one of several starters does it."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise StoreError("migration: expected a SQLite connection")
    before = _revision(raw, path)
    if before == HEAD:
        return
    if before is not None:
        backup_to(path, path.parent / "backups" / f"pre-{HEAD}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db")
        _forget_old_backups(path.parent / "backups")
    _without_triggers(connection)
    run_scripts(connection)
    for statement in sqlite_triggers():
        connection.exec_driver_sql(statement)
    _remember(connection, created=before is None)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError("migration: a row points to nothing; the store was left as it was")


def _without_triggers(connection: Connection) -> None:
    """Steps may touch what triggers guard, and rebuilding a table loses its triggers: all are laid anew afterwards."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def run_scripts(connection: Connection) -> None:
    """Run every pending revision inside the connection's transaction."""
    # Imported here: a current store starts without the migration library.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _remember(connection: Connection, created: bool) -> None:
    facts = {"last_app_version": APP_VERSION}
    if created:
        facts |= {"store_uuid": str(uuid4()), "created_by_version": APP_VERSION}
    put = text(
        "INSERT INTO schema_meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"
    )
    connection.execute(put, [{"key": key, "value": value} for key, value in facts.items()])


def backup_to(path: Path, target: Path) -> Path:
    """Copy the database by the backup API into a new 0600 file and check it; consistent while others write."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as err:
        raise StoreRefused(f"backup: {target} is there already; name a new file") from err
    try:
        with ours(), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            _copy(source, copy, target)
    except BaseException:
        target.unlink()
        raise
    return target


def _copy(source: sqlite3.Connection, copy: sqlite3.Connection, target: Path) -> None:
    """Count and copy in one snapshot, so that equal counts prove the copy."""
    source.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    source.isolation_level = None
    source.execute("BEGIN")
    before = row_counts(source)
    source.backup(copy)
    if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok" or row_counts(copy) != before:
        raise StoreError(f"backup: {target} is damaged")


def row_counts(raw: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table of a database."""
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  # own names


def _forget_old_backups(folder: Path) -> None:
    for old in sorted(folder.glob("pre-*.db"), key=lambda file: file.stat().st_mtime)[:-KEPT_BACKUPS]:
        old.unlink()
