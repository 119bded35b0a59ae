"""One workspace as a file that needs no database (format 1), and the way back into a new workspace."""

import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sqlalchemy import BigInteger, Boolean, Connection, Date, Double, Integer, SmallInteger, Table, select

from budget.errors import StoreError, StoreRefused
from budget.store import limits, readable
from budget.store import sums as exact
from budget.store.audit import canonical
from budget.store.columns import UtcTime
from budget.store.connect import reading
from budget.store.migrate import APP_VERSION, HEAD, KNOWN
from budget.store.offline import chosen, engine_of
from budget.store.schema import TENANT_TABLES, source_blob, workspace

FORMAT = 1
BODY = "body"
TABLES = (workspace, *(table for table in TENANT_TABLES if table.name != workspace.name))
Row = dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """What was written or loaded: rows of all tables, kept original files."""

    file: Path
    workspace_id: int
    name: str
    rows: int
    files: int


def export(url: str, target: Path, asked: str | None = None) -> Parcel:
    """Write one workspace into a new zip file, readable by its owner alone, from one snapshot."""
    target = target.absolute()
    if target.exists():
        raise StoreRefused(f"export: {target} is there already; name a new file")
    part = target.with_name(target.name + ".part")
    try:
        with engine_of(url) as engine, reading(engine) as connection:
            found = chosen(connection, asked)
            with _new(part) as archive:
                manifest = _write(connection, found.workspace_id, archive)
        os.replace(part, target)
    except OSError as err:
        raise StoreRefused(f"export: {target} cannot be written ({err.strerror})") from err
    finally:
        part.unlink(missing_ok=True)
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return Parcel(target, found.workspace_id, found.name, rows, manifest["files"])


def _new(part: Path) -> zipfile.ZipFile:
    number = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    os.close(number)
    return zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED)


def _write(connection: Connection, workspace_id: int, archive: zipfile.ZipFile) -> dict[str, Any]:
    tables = {}
    for table in TABLES:
        digest, count = sha256(), 0
        with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
            for row in _rows(connection, table, workspace_id):
                line = canonical(written(table, row)).encode() + b"\n"
                out.write(line)
                digest.update(line)
                count += 1
        tables[table.name] = {
            "rows": count,
            "sha256": digest.hexdigest(),
            "sums": sums(connection, table, workspace_id),
        }
        if count and table.name in readable.TABLES:
            with archive.open(f"readable/{table.name}.csv", "w", force_zip64=True) as out:
                readable.write(out, table, _rows(connection, table, workspace_id))
    manifest = {"format": FORMAT, "revision": HEAD, "app_version": APP_VERSION, "tables": tables}
    manifest["files"] = _write_files(connection, workspace_id, archive)
    archive.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    return manifest


def _write_files(connection: Connection, workspace_id: int, archive: zipfile.ZipFile) -> int:
    blob, count = source_blob, 0
    query = select(blob.c.content_sha256, blob.c.body).where(blob.c.workspace_id == workspace_id)
    for digest, body in connection.execute(query.order_by(blob.c.content_sha256)):
        archive.writestr(f"files/{digest}", zlib.decompress(body))
        count += 1
    return count


def _rows(connection: Connection, table: Table, workspace_id: int) -> Iterator[Mapping[str, Any]]:
    columns = [column for column in table.c if column is not source_blob.c[BODY]]
    query = select(*columns).where(table.c.workspace_id == workspace_id).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=1000).execute(query).mappings():
        yield {str(name): value for name, value in row.items()}


def written(table: Table, row: Mapping[str, Any]) -> Row:
    """A row as JSON holds it: dates and moments in ISO 8601, numbers exactly."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def sums(connection: Connection, table: Table, workspace_id: int) -> dict[str, int]:
    """The exact sums of a table's 64-bit columns that are no ids."""
    ids = {column.name for key in table.foreign_key_constraints for column in key.columns}
    ids |= {column.name for column in table.primary_key.columns}
    ids |= {"event_id", "object_id", "subject_id", "version_from", "version_to", "row", "data_version"}
    names = [column.name for column in table.c if type(column.type) is BigInteger and column.name not in ids]
    if not names:
        return {}
    wide = [half for name in names for half in exact.halves(table.c[name])]
    found = connection.execute(select(*wide).where(table.c.workspace_id == workspace_id)).one()
    return {name: value for name, value in exact.joined(names, found).items() if value}


@dataclass
class Meter:
    """Counts what is unpacked, as headers may lie; `StoreRefused` beyond the limits."""

    packed: int
    unpacked: int = 0

    def lines(self, member: IO[bytes]) -> Iterator[bytes]:
        """The lines of a member, each of a length that memory holds."""
        while line := member.readline(limits.MAX_LINE_BYTES + 1):
            if len(line) > limits.MAX_LINE_BYTES:
                raise StoreRefused(f"load: found a row of more than {limits.MAX_LINE_BYTES} bytes")
            self.count(len(line))
            yield line

    def count(self, size: int) -> None:
        """Add bytes that were unpacked."""
        self.unpacked += size
        most = max(limits.RATIO_FROM_BYTES, self.packed * limits.MAX_RATIO)
        if self.unpacked > min(limits.MAX_TABLES_BYTES, most):
            raise StoreRefused(f"load: the tables unpack to more than {self.unpacked} bytes from {self.packed}")


@dataclass(frozen=True)
class Archive:
    """An opened export whose manifest was checked."""

    zip: zipfile.ZipFile
    manifest: Mapping[str, Any]
    meter: Meter

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table as values of its columns; `StoreError` if they are not those of the manifest."""
        said = self.manifest["tables"].get(table.name, {"rows": 0, "sha256": sha256().hexdigest()})
        digest, count = sha256(), 0
        if said["rows"]:
            with self.zip.open(f"tables/{table.name}.jsonl") as lines:
                for line in self.meter.lines(lines):
                    digest.update(line)
                    count += 1
                    yield self._values(table, json.loads(line))
        if (digest.hexdigest(), count) != (said["sha256"], said["rows"]):
            raise StoreError(f"load: {table.name} was changed after the export")

    def _values(self, table: Table, row: Row) -> Row:
        unknown = row.keys() - set(table.c.keys())
        if unknown:
            raise StoreRefused(f"load: {table.name} has {min(unknown)!a:.60}, which this version does not know")
        values = {name: read_back(table, name, value) for name, value in row.items()}
        if table.name == source_blob.name:
            values[BODY] = zlib.compress(self._original(values["content_sha256"], values["size_bytes"]))
        return values

    def _original(self, digest: str, size: int) -> bytes:
        if not 0 <= size <= limits.MAX_ORIGINAL_BYTES:
            raise StoreRefused(f"load: found an original of {size} bytes, expected at most {limits.MAX_ORIGINAL_BYTES}")
        with self.zip.open(f"files/{digest}") as file:
            raw = file.read(size + 1)
        if sha256(raw).hexdigest() != digest:
            raise StoreError(f"load: the original {digest[:12]} was changed after the export")
        return raw


def read_back(table: Table, name: str, value: Any) -> Any:
    """The value of a column from its JSON; `ValueError` or `TypeError` for what it cannot hold."""
    if value is None:
        return None
    return next((read(value) for kind, read in _READ if isinstance(table.c[name].type, kind)), str(value))


def _exact(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("expected a whole number")
    return value


_READ: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (UtcTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Boolean, bool),
    (Double, float),
    (BigInteger, _exact),
    (SmallInteger, _exact),
    (Integer, _exact),
)


def opened(zip_file: zipfile.ZipFile) -> Archive:
    """The archive with its manifest; `StoreRefused` for another format or an unknown schema.

    Later revisions only add tables and nullable columns, so an earlier export is one in which they are empty.
    """
    with zip_file.open("manifest.json") as file:
        text = file.read(limits.MAX_MANIFEST_BYTES + 1)
    if len(text) > limits.MAX_MANIFEST_BYTES:
        raise StoreRefused(f"load: found a manifest of more than {limits.MAX_MANIFEST_BYTES} bytes")
    manifest = json.loads(text)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise StoreRefused("load: expected an export of format 1")
    if manifest.get("revision") not in KNOWN:
        raise StoreRefused(f"load: exported at revision {manifest.get('revision')!a:.20}, this is {HEAD}")
    packed = sum(member.compress_size for member in zip_file.infolist() if member.filename.startswith("tables/"))
    return Archive(zip_file, manifest, Meter(packed))
