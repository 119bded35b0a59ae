"""Is the file itself sound: pages, foreign keys, tables, indexes and triggers as this version makes them."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from budget.store import place
from budget.store.connect import BUSY_MS
from budget.store.faults import Fault, fault
from budget.store.migrate import bring_up

DAMAGED = "FILE_DAMAGED"
MISSING = {"trigger": "TRIGGER_MISSING", "index": "INDEX_MISSING", "table": "TABLE_MISSING"}
Objects = dict[tuple[str, str], str]


def damage(path: Path) -> list[Fault]:
    """What SQLite's own check of the pages finds; a missing file is none."""
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as raw:
            said = [row[0] for row in raw.execute("PRAGMA quick_check")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as err:
        said = [str(err)]
    return fault(DAMAGED, [line for line in said if line != "ok"])


def faults(connection: Connection) -> list[Fault]:
    """Rows that point to nothing, and every difference of the schema."""
    lost = [f"{row[0]} row {row[1]} -> {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    found = fault("FOREIGN_KEY", lost)
    have = {(kind, name): sql for kind, name, sql in connection.exec_driver_sql(OBJECTS)}
    want = expected()
    for kind, code in MISSING.items():
        found += fault(code, sorted(name for of, name in want.keys() - have.keys() if of == kind))
    other = sorted(name for kind, name in have.keys() - want.keys())
    changed = sorted(name for (kind, name), sql in want.items() if have.get((kind, name), sql) != sql)
    return [*found, *fault("SCHEMA_DRIFT", [*changed, *other])]


OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


@cache
def _expected() -> tuple[tuple[str, str, str], ...]:
    with TemporaryDirectory() as folder:
        url, path = place.sqlite_path(f"sqlite:///{Path(folder) / 'new.db'}")
        place.make_room(path)
        bring_up(url, path)
        with closing(sqlite3.connect(path)) as raw:
            return tuple((kind, name, sql) for kind, name, sql in raw.execute(OBJECTS))


def expected() -> Objects:
    """Kind and name of every table, index and trigger of a new store, with its statement."""
    return {(kind, name): sql for kind, name, sql in _expected()}
