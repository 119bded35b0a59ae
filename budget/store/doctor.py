"""Does the store still say what it must: everything that can be computed anew is, and compared."""

from dataclasses import dataclass

from sqlalchemy import Connection

from budget.store import place, recheck, soundness, workspaces
from budget.store.connect import ours, reading, writing
from budget.store.faults import Fault
from budget.store.offline import engine_of
from budget.store.values import Workspace


@dataclass(frozen=True)
class Report:
    """What was examined and what is wrong; `fixed` rows were put right."""

    workspaces: tuple[Workspace, ...]
    faults: tuple[Fault, ...]
    fixed: int = 0


def examine(url: str) -> Report:
    """Check a whole store in one snapshot; writes nothing (but for bringing the store up to date)."""
    damaged = _damage(url)
    if damaged:
        return damaged
    with engine_of(url) as engine, reading(engine) as connection:
        return _examined(connection)


def mend(url: str) -> Report:
    """Recompute the derived columns of all facts, raise the data version where one was wrong; then examine."""
    damaged = _damage(url)
    if damaged:
        return damaged
    with engine_of(url) as engine, writing(engine) as connection:
        fixed = sum(_mended(connection, found) for found in workspaces.listed(connection))
        after = _examined(connection)
    return Report(after.workspaces, after.faults, fixed)


def _damage(url: str) -> Report | None:
    """A file with damaged pages is not opened further: nothing else that is read from it can be trusted."""
    with ours():
        faults = soundness.damage(place.sqlite_path(url)[1])
    return Report((), tuple(faults)) if faults else None


def _mended(connection: Connection, found: Workspace) -> int:
    fixed = recheck.mend(connection, found)
    if fixed:
        workspaces.bump(connection, found.workspace_id)
    return fixed


def _examined(connection: Connection) -> Report:
    found = workspaces.listed(connection)
    faults = [*soundness.faults(connection)]
    for one in found:
        faults += recheck.faults(connection, one)
    return Report(found, tuple(faults))
