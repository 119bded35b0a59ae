"""An export put into a new workspace: every id is given anew, in the order of the old ones."""

import json
import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from budget.errors import PayoffError, StoreError, StoreRefused
from budget.store import audit
from budget.store.connect import inserted, writing
from budget.store.offline import engine_of
from budget.store.people import LOCAL
from budget.store.schema import audit_event, decision, experiment, import_batch, note, plan, workspace
from budget.store.transfer import TABLES, Archive, Parcel, Row, opened, sums

CHUNK = 5_000
FOREIGN = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError),
    RuntimeError,
)
NUMBERED = (decision, experiment)
"""Tables that notes name by number, though no key points to them."""
LOCK = ("status", "locked_by", "locked_at")
SAID = ("actor", "action", "object_type", "object_id", "version_from", "version_to", "detail_json")


def load(url: str, source: Path) -> Parcel:
    """Put an export into a new workspace, all or nothing; counts and sums must be those of its manifest.

    Raises `StoreRefused` for what is no export of this schema, `StoreError` for one that was changed.
    """
    try:
        with zipfile.ZipFile(source) as file:
            archive = opened(file)
            with engine_of(url, new=True) as engine, writing(engine) as connection:
                return _Load(connection, archive).run(source)
    except PayoffError:
        raise
    except FOREIGN as err:
        raise StoreRefused(f"load: {source} is no export of Payoff ({type(err).__name__})") from err


class _Load:
    """One load: which new number stands for each old one."""

    def __init__(self, connection: Connection, archive: Archive) -> None:
        self.connection, self.archive = connection, archive
        self.numbers: dict[str, dict[int, int]] = {}
        self.files = 0

    def run(self, source: Path) -> Parcel:
        rows = sum(self._table(table) for table in TABLES if table not in (audit_event, note)) + self._table(note)
        (mine,) = self.numbers[workspace.name].values()
        rows += self._audit(mine)
        self._lock_plans(mine)
        for table in TABLES:
            said = self.archive.manifest["tables"].get(table.name, {}).get("sums", {})
            if sums(self.connection, table, mine) != said:
                raise StoreError(f"load: the sums of {table.name} are not those of the export")
        detail = {"rows": rows, "file": source.name[:200]}
        audit.record(self.connection, mine, LOCAL, "load", "workspace", mine, detail=detail)
        name = self.connection.execute(select(workspace.c.name).where(workspace.c.workspace_id == mine)).scalar_one()
        return Parcel(source, mine, name, rows, self.files)

    def _table(self, table: Table) -> int:
        own = _number_of(table)
        linked = any(own in _links(other).values() for other in TABLES) or table in NUMBERED
        referred = own is not None and linked
        rows = (self._renumbered(table, row) for row in self.archive.rows(table))
        if own is None or not referred:
            return self._insert_many(
                table, ({n: v for n, v in row.items() if n != own[1]} if own else row for row in rows)
            )
        count, given = 0, self.numbers.setdefault(table.name, {})
        for row in rows:
            old = row.pop(own[1])
            given[old] = inserted(self.connection, insert(table).values(row))
            count += 1
        if table is workspace and count != 1:
            raise StoreRefused(f"load: found {count} workspaces, expected one")
        return count

    def _insert_many(self, table: Table, rows: Iterable[Row]) -> int:
        count, waiting = 0, []
        for row in rows:
            waiting.append(row)
            count += 1
            if len(waiting) == CHUNK:
                self.connection.execute(insert(table), waiting)
                waiting = []
        if waiting:
            self.connection.execute(insert(table), waiting)
        self.files += count if table.name == "source_blob" else 0
        return count

    def _renumbered(self, table: Table, row: Row) -> Row:
        for column, (target, _) in _links(table).items():
            if row.get(column) is not None:
                row[column] = self.numbers[target][row[column]]
        if table is note:
            row["subject_id"] = self._known(row["subject_type"]).get(row["subject_id"])
        if table is plan and row["status"] == "locked":
            row |= {"status": "draft", "locked_by": None, "locked_at": None}
        return row

    def _lock_plans(self, mine: int) -> None:
        """Parts can only be written to a draft, so locked plans are locked when all is there."""
        for row in self.archive.rows(plan):
            if row["status"] == "locked":
                number = self.numbers[plan.name][row["plan_id"]]
                change = update(plan).where(plan.c.workspace_id == mine, plan.c.plan_id == number)
                self.connection.execute(change.values({name: row[name] for name in LOCK}))

    def _audit(self, mine: int) -> int:
        """Check the chain as it came, then link it anew, as the numbers in it are new."""
        before = previous = audit.FIRST
        made = []
        for row in self.archive.rows(audit_event):
            if row["prev_hash"] != before or row["hash"] != audit.link(before, _said(row)):
                raise StoreError(f"load: audit entry {row['event_id']} does not follow from the one before it")
            before = row["hash"]
            new = self._renamed(row) | {"at": row["at"], "workspace_id": mine, "prev_hash": previous}
            previous = audit.link(previous, _said(new))
            made.append(new | {"hash": previous})
        return self._insert_many(audit_event, made)

    def _renamed(self, row: Row) -> Row:
        known = self._known(row["object_type"])
        new: dict[str, Any] = {name: row[name] for name in SAID} | {"object_id": known.get(row["object_id"])}
        detail = json.loads(row["detail_json"])
        for name in ("draft", "plan"):
            if name in detail:
                detail[name] = self.numbers[plan.name].get(detail[name])
                new["detail_json"] = audit.canonical(detail)
        return new

    def _known(self, kind: str) -> dict[int, int]:
        """New numbers by old ones of a kind of thing, as audit and notes name it."""
        return self.numbers.get(import_batch.name if kind == "import" else kind, {})


def _said(row: Row) -> Row:
    at: datetime = row["at"]
    return {"at": at.isoformat()} | {name: row[name] for name in SAID}


def _number_of(table: Table) -> tuple[str, str] | None:
    """Table and column of the number that the database gives, if it gives one."""
    keys = [column.name for column in table.primary_key.columns]
    own = len(keys) == 1 and (table is workspace or keys != ["workspace_id"])
    return (table.name, keys[0]) if own else None


def _links(table: Table) -> dict[str, tuple[str, str]]:
    """Columns that hold a given number of another row, with table and column of that number."""
    found = {} if table is workspace else {"workspace_id": (workspace.name, "workspace_id")}
    for key in table.foreign_key_constraints:
        for part in key.elements:
            target = part.column.table
            if _number_of(target) == (target.name, part.column.name):
                found[part.parent.name] = (target.name, part.column.name)
    return found
