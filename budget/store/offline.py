"""A store as the commands hold it: it must be there already, and is brought up to date first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from budget.errors import StoreRefused, WorkspaceMissing
from budget.store import place, workspaces
from budget.store.connect import ours, sqlite_engine
from budget.store.hold import Hold
from budget.store.migrate import bring_up, current_revision
from budget.store.values import Workspace


def file_of(url: str) -> Path:
    """The file of a store that is there; `StoreRefused` where there is none, so that a slip of the pen makes none."""
    _, path = place.sqlite_path(url)
    if not path.is_file() or current_revision(path) is None:
        raise StoreRefused(f"store: none at {path}")
    return path


@contextmanager
def engine_of(url: str, *, new: bool = False) -> Iterator[Engine]:
    """An engine on the store, held as the app holds it; `new` makes one where there is none."""
    parsed, path = place.sqlite_path(url)
    if new:
        place.make_room(path)
    else:
        file_of(url)
    held = Hold(path, alone=False)
    try:
        bring_up(parsed, path)
        with ours():
            engine = sqlite_engine(parsed)
            try:
                yield engine
            finally:
                engine.dispose()
    finally:
        held.release()


def chosen(connection: Connection, asked: str | None) -> Workspace:
    """The workspace of that number or exact name; without one, the only one there is; else `WorkspaceMissing`."""
    found = workspaces.listed(connection)
    if asked is not None:
        found = tuple(one for one in found if asked in (str(one.workspace_id), one.name))
    if len(found) != 1:
        raise WorkspaceMissing(
            f"workspace {asked or ''!a:.60}: found {len(found)}, expected one; name it by its number"
        )
    return found[0]
