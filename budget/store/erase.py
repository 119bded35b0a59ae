"""Deleting for good: one workspace or the whole store, so that nothing of it is left in the file."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from budget.errors import NotAllowed
from budget.store import place, workspaces
from budget.store.backup import COMPANIONS, backups_of
from budget.store.connect import ours, reading, writing
from budget.store.hold import alone, lock_file
from budget.store.offline import chosen, engine_of, file_of


def erase_workspace(url: str, asked: str | None, confirm: str | None) -> str:
    """Delete one workspace and overwrite what it left; `confirm` is its exact name. Returns the name."""
    with engine_of(url) as engine:
        with reading(engine) as connection:
            found = chosen(connection, asked)
        if confirm != found.name:
            raise NotAllowed(f"delete: add --confirm {found.name!r} to delete workspace {found.workspace_id}")
        empty(engine, [(found.workspace_id, found.name)])
        rewrite(engine)
    return found.name


def erase_store(url: str, confirm: str | None) -> Path:
    """Delete every workspace, then the file; `confirm` is the file's name; `StoreBusy` while another process has it."""
    path = file_of(url)
    if confirm != path.name:
        raise NotAllowed(f"delete: add --confirm {path.name!r} to delete everything in {path}")
    with alone(path):
        pass
    with engine_of(url) as engine:
        with reading(engine) as connection:
            found = [(one.workspace_id, one.name) for one in workspaces.listed(connection)]
        empty(engine, found)
        rewrite(engine)
    with alone(path):
        for file in (path, *(path.with_name(path.name + end) for end in COMPANIONS), lock_file(path)):
            file.unlink(missing_ok=True)
    return path


def empty(engine: Engine, found: list[tuple[int, str]]) -> None:
    """Delete workspaces (number, exact name) and overwrite them with zeros; others may have the store open."""
    with writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=ON").fetchone()
        for workspace_id, name in found:
            workspaces.remove(connection, workspace_id, name)


def rewrite(engine: Engine) -> None:
    """Write the file anew without what was ever deleted, empty the log; `StoreBusy` while another process reads."""
    with ours(), closing(engine.raw_connection()) as raw:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(statement)


def copies(url: str) -> tuple[Path, ...]:
    """The copies that Payoff made by itself and that may still hold what was deleted."""
    return tuple(sorted(file for file in backups_of(place.sqlite_path(url)[1]).glob("*.db*") if file.is_file()))


def erase_copies(url: str) -> tuple[Path, ...]:
    """Delete those copies; returns which."""
    gone = copies(url)
    for file in gone:
        file.unlink()
    return gone
