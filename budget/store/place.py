"""Where a SQLite store may live: data folder, file rights, kind of file system."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from budget.errors import StoreRefused
from budget.places import data_folder

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs"})
LOCAL_FUSE = frozenset({"fuse.fuse-overlayfs"})


def default_url() -> str:
    """`PAYOFF_DATABASE_URL`, else `payoff.db` in the data folder."""
    named = os.environ.get("PAYOFF_DATABASE_URL")
    return named or f"sqlite:///{data_folder() / 'payoff.db'}"


def sqlite_path(url: str) -> tuple[URL, Path]:
    """The parsed URL and its absolute file; `StoreRefused` for another engine or a store in memory."""
    try:
        parsed = make_url(url)
    except ArgumentError as err:
        raise StoreRefused("database URL: expected sqlite:///path/to/payoff.db") from err
    if parsed.get_backend_name() != "sqlite":
        raise StoreRefused(f"database URL: found {parsed.get_backend_name()}, this version keeps its store in SQLite")
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise StoreRefused("database URL: a store needs a file, expected sqlite:///path/to/payoff.db")
    path = Path(parsed.database).absolute()
    return parsed.set(database=str(path)), path


def make_room(path: Path) -> None:
    """Make folder (0700) and file (0600 from birth) where missing; `StoreRefused` if the store cannot live there.

    An existing file is never opened here: closing it would drop the locks that this process holds on it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_network(path.parent)
        if not path.exists():
            _create(path)
        elif os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as err:
        raise StoreRefused(f"store: {path} cannot be used ({err.strerror})") from err


def _create(path: Path) -> None:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _refuse_network(folder: Path) -> None:
    kind = _file_system(folder.resolve())
    if kind in NETWORK or (kind.startswith("fuse.") and kind not in LOCAL_FUSE):
        raise StoreRefused(f"store: {folder} is a network folder ({kind}); use a local one or PostgreSQL")


def _file_system(folder: Path) -> str:
    """The type of the mount that holds the folder; empty where the system does not say."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return file_system_of(folder, mounts)


def file_system_of(folder: Path, mountinfo: str) -> str:
    """The file system type of the longest mount point above the folder, from the text of `mountinfo`."""
    best, kind = "", ""
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        point = fields[4].replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind
