"""Copies that a person takes home and brings back: the whole store, or one firm, each as one zip file."""

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from budget.errors import StoreRefused
from budget.store.backup import backup
from budget.store.loading import load
from budget.store.transfer import Parcel, export, opened

MOST_UNPACKED_BYTES = 1 << 30
LONGEST_ROW_BYTES = 1 << 20
COPY = "payoff-backup.db"


@dataclass(frozen=True)
class Contents:
    """What an export says that it holds: the firm's name and currency, rows of all tables, kept uploads."""

    name: str
    currency: str
    rows: int
    files: int


def backup_zip(url: str, how: str) -> bytes:
    """A checked copy of the whole store, taken while others may write, beside a text that says how to put it back."""
    with _folder() as folder:
        copy = backup(url, folder / COPY)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy.file, COPY)
            archive.writestr("README.txt", how)
        return out.getvalue()


def firm_zip(url: str, workspace_id: int) -> bytes:
    """Everything of one firm, in the form that `load_firm` takes."""
    with _folder() as folder:
        return export(url, folder / "firm.zip", str(workspace_id)).file.read_bytes()


def contents(data: bytes) -> Contents:
    """What an export holds, by its own word; `StoreRefused` for anything else."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            _small_enough(file)
            manifest = opened(file).manifest
            with file.open("tables/workspace.jsonl") as rows:
                firm = json.loads(rows.readline(LONGEST_ROW_BYTES))
            return Contents(
                str(firm["name"]), str(firm["base_currency"]),
                sum(int(table["rows"]) for table in manifest["tables"].values()), int(manifest["files"]),
            )  # fmt: skip
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError) as err:
        raise StoreRefused(f"load: this is no export of Payoff ({type(err).__name__})") from err


def load_firm(url: str, data: bytes) -> Parcel:
    """Put an export into a new workspace, all or nothing; errors as in `budget.store.loading.load`."""
    contents(data)
    with _folder() as folder:
        source = folder / "firm.zip"
        with open(source, "wb", opener=_private) as file:
            file.write(data)
        return load(url, source)


def _small_enough(file: zipfile.ZipFile) -> None:
    unpacked = sum(member.file_size for member in file.infolist())
    if unpacked > MOST_UNPACKED_BYTES:
        raise StoreRefused(f"load: unpacked this would be {unpacked} bytes, expected at most {MOST_UNPACKED_BYTES}")


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that nobody else can read, gone after the block whatever happens."""
    with TemporaryDirectory(prefix="payoff-") as folder:
        yield Path(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
