"""The schema's history and its backups."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from budget.store import Store, StoreError, StoreRefused, open_store, upgrade
from budget.store import migrate as migrate_module
from budget.store.columns import metadata
from budget.store.migrate import HEAD, KNOWN, backup_to
from budget.store.triggers import sqlite_triggers
from tests.budget.store.given import reading, row, total


def test_the_migrations_make_the_schema(store: Store) -> None:
    """What the revisions build is what `schema.py` says, constraint for constraint; and nothing is missing."""
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        laid = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").scalar()
    assert laid == len(sqlite_triggers())


def test_one_history_and_its_head_is_known() -> None:
    """The code's list of revisions is that of the scripts, in order."""
    scripts = ScriptDirectory(str(Path(migrate_module.__file__).parent / "migrations"))
    assert scripts.get_current_head() == HEAD
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == KNOWN


def test_a_current_store_is_left_alone(url: str) -> None:
    """Opening and upgrading a current store writes nothing."""
    store = open_store(url)
    store.close()
    before = store.path.read_bytes()
    assert upgrade(url) == HEAD
    open_store(url).close()
    assert store.path.read_bytes() == before
    assert not (store.path.parent / "backups").exists()


def test_an_older_store_is_backed_up_first(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a pending step runs, a checked 0600 copy lies in backups; a step that fails leaves the file as it was."""
    store = open_store(url)
    store.create_workspace("Firm", currency="AZN")
    store.close()
    before = store.path.read_bytes()
    monkeypatch.setattr(migrate_module, "HEAD", "9999")

    def fail(connection: Any) -> None:
        connection.exec_driver_sql("DROP TABLE fx_rate")
        raise sqlite3.OperationalError("step failed")

    monkeypatch.setattr(migrate_module, "run_scripts", fail)
    with pytest.raises(StoreError):
        open_store(url)
    assert store.path.read_bytes() == before
    (backup,) = (store.path.parent / "backups").iterdir()
    assert backup.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(backup)) as raw:
        assert raw.execute("SELECT name FROM workspace").fetchall() == [("Firm",)]


def test_a_backup_opens_as_a_store(store: Store, firm: int, tmp_path: Path) -> None:
    """A copy holds the same facts, and an existing file is never overwritten."""
    store.add_import(firm, reading(row()), b"x")
    copy = backup_to(store.path, tmp_path / "copy" / "backup.db")
    opened = open_store(f"sqlite:///{copy}")
    assert total(opened, firm) == total(store, firm)
    opened.close()
    with pytest.raises(StoreRefused):
        backup_to(store.path, copy)
