"""Connections to the store: settings by version, one transaction a call, foreign errors turned into ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Insert, create_engine, event
from sqlalchemy import exc as sa_exc
from sqlalchemy.engine import URL

from budget.errors import InvalidValue, PayoffError, PlanLocked, StoreBusy, StoreError, StoreRefused
from budget.store.triggers import PLAN_IS_LOCKED

BUSY_MS = 30_000
SETTINGS = {
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
    "trusted_schema": ("OFF", 0),
    "temp_store": ("MEMORY", 2),
    "cache_size": ("-64000", -64000),
    "recursive_triggers": ("ON", 1),
}
WRITES = "payoff_writes"


def journal_mode(version: tuple[int, int, int]) -> str:
    """`WAL` only where SQLite is free of the fault that could lose a WAL reset; else `TRUNCATE`."""
    fixed = version >= (3, 53, 0) or (3, 51, 3) <= version < (3, 52, 0)
    backported = (version[:2] == (3, 44) and version[2] >= 6) or (version[:2] == (3, 50) and version[2] >= 7)
    return "WAL" if fixed or backported else "TRUNCATE"


def sqlite_engine(url: URL) -> Engine:
    """An engine whose connections carry the settings and begin transactions themselves; usable from many threads."""
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000, "isolation_level": None},
        pool_size=5,
        max_overflow=45,
        pool_timeout=BUSY_MS / 1000,
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(raw: sqlite3.Connection, record: object) -> None:
    mode = journal_mode(sqlite3.sqlite_version_info[:3])
    raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _expect("journal_mode", raw.execute(f"PRAGMA journal_mode={mode}").fetchone()[0].upper(), mode)
    for name, (value, read_back) in SETTINGS.items():
        raw.execute(f"PRAGMA {name}={value}")
        _expect(name, raw.execute(f"PRAGMA {name}").fetchone()[0], read_back)


def _expect(name: str, found: object, expected: object) -> None:
    if found != expected:
        raise StoreError(f"SQLite setting {name}: found {found}, expected {expected}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One snapshot for all reads of a call."""
    with ours(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the write lock before its first read; all of it or nothing is kept."""
    with ours(), engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def ours() -> Iterator[None]:
    """Turn everything the driver may raise into an error of Payoff."""
    try:
        yield
    except PayoffError:
        raise
    except (sa_exc.SQLAlchemyError, sqlite3.Error, OverflowError, UnicodeError) as err:
        raise translated(err) from err


def inserted(connection: Connection, statement: Insert) -> int:
    """Insert one row; returns the id that it was given."""
    key = connection.execute(statement).inserted_primary_key
    if key is None:
        raise StoreError("store: a row was given no id")
    return int(key[0])


def translated(err: Exception) -> PayoffError:
    """The error of Payoff that stands for an error of the driver."""
    cause: Any = getattr(err, "orig", None) or err
    words = str(cause)
    if PLAN_IS_LOCKED in words:
        return PlanLocked("plan: locked, expected a draft; make a new version instead")
    if isinstance(cause, OverflowError | UnicodeError | ValueError | sqlite3.DataError):
        return InvalidValue(f"value: cannot be stored ({type(cause).__name__})")
    if isinstance(cause, sa_exc.TimeoutError) or "locked" in words or "busy" in words:
        return StoreBusy("store: still locked by another writer after 30 seconds; try again")
    if "not a database" in words or "unable to open" in words or "readonly" in words:
        return StoreRefused(f"store: cannot be used ({words})")
    if "integer overflow" in words:
        return InvalidValue("sum: larger than 64-bit integers hold")
    return StoreError(f"store: {type(cause).__name__} ({words})")
