"""Backups put back: the file is checked first, the present one set aside, and the exchange is one rename."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from budget.errors import NotAllowed, StoreError, StoreRefused
from budget.store import place
from budget.store.connect import BUSY_MS, ours
from budget.store.hold import alone
from budget.store.migrate import backup_to, current_revision, row_counts
from budget.store.offline import file_of

COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True)
class Copy:
    """A checked copy of a store: `rows` in all tables together; `aside` is where the store before it now lies."""

    file: Path
    rows: int
    revision: str
    aside: Path | None = None


def backups_of(path: Path) -> Path:
    """The folder of the copies that Payoff makes by itself."""
    return path.parent / "backups"


def backup(url: str, target: Path) -> Copy:
    """Copy the store into a new file, readable by its owner alone; others may write meanwhile."""
    made = backup_to(file_of(url), target.absolute())
    return Copy(made, _rows(made), current_revision(made) or "")


def restore(url: str, source: Path, confirm: str | None) -> Copy:
    """Put a backup in the place of the store; `StoreBusy` while another process has it open.

    `confirm` is the name of the store's file where there is one, else `NotAllowed`.
    Raises `StoreRefused` for a file that is no store, `StoreNewer` for one of a newer version, `StoreError` for a
    damaged one; the store is then as before.
    """
    _, path = place.sqlite_path(url)
    _readable(source, path)
    if path.exists() and confirm != path.name:
        raise NotAllowed(f"restore: add --confirm {path.name!r} to put the backup in the place of {path}")
    place.make_room(path)
    with alone(path):
        fresh = path.with_name(f"{path.name}.restoring")
        fresh.unlink(missing_ok=True)
        try:
            backup_to(source.absolute(), fresh)
            revision = _checked(fresh, source)
            aside = _set_aside(path)
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        return Copy(path, _rows(path), revision, aside)


def _readable(source: Path, path: Path) -> None:
    if not source.is_file():
        raise StoreRefused(f"restore: no file at {source}")
    if path.exists() and source.samefile(path):
        raise StoreRefused("restore: found the store itself, expected a backup of it")


def _checked(copy: Path, source: Path) -> str:
    revision = current_revision(copy)
    if revision is None:
        raise StoreRefused(f"restore: {source} is empty, expected a backup of a store")
    with ours(), closing(sqlite3.connect(copy)) as raw:
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreError(f"restore: a row in {source} points to nothing")
    return revision


def _set_aside(path: Path) -> Path | None:
    """Keep the present store under another name as well; its name goes to the new one by the rename that follows."""
    if path.stat().st_size == 0:
        return None
    aside = backups_of(path) / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db"
    place.make_room(aside)
    aside.unlink()
    _settle(path)
    os.link(path, aside)
    for end in COMPANIONS:
        companion = path.with_name(path.name + end)
        if companion.exists() and not companion.stat().st_size:
            companion.unlink()
        elif companion.exists():
            os.replace(companion, aside.with_name(aside.name + end))
    return aside


def _settle(path: Path) -> None:
    """Let SQLite finish what a crash left in journal or log; a file too damaged for that keeps them beside it."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError:
        return


def _rows(path: Path) -> int:
    with ours(), closing(sqlite3.connect(path)) as raw:
        return sum(row_counts(raw).values())
