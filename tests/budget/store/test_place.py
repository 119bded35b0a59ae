"""Where a store lives, who may read it, and what is not taken for one."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from budget.store import StoreNewer, StoreRefused, default_url, open_store
from budget.store.connect import journal_mode
from budget.store.place import file_system_of

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def test_the_environment_names_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """PAYOFF_DATABASE_URL wins over PAYOFF_DATA_DIR, which wins over the user's data folder."""
    monkeypatch.delenv("PAYOFF_DATABASE_URL", raising=False)
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path))
    assert default_url() == f"sqlite:///{tmp_path / 'payoff.db'}"
    monkeypatch.setenv("PAYOFF_DATABASE_URL", "sqlite:////elsewhere.db")
    assert default_url() == "sqlite:////elsewhere.db"
    monkeypatch.delenv("PAYOFF_DATABASE_URL")
    monkeypatch.delenv("PAYOFF_DATA_DIR")
    assert default_url().endswith("payoff.db")


@posix
def test_only_the_owner_may_read(url: str) -> None:
    """The folder is 0700 and every file in it 0600, even under a lax umask."""
    before = os.umask(0)
    try:
        store = open_store(url)
        store.create_workspace("Firm", currency="AZN")
        files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()}
        assert set(files.values()) == {0o600}
        assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
        store.close()
    finally:
        os.umask(before)


@posix
def test_a_lax_file_is_tightened(url: str) -> None:
    """A store that others may read is closed to them at open."""
    store = open_store(url)
    store.path.chmod(0o644)
    store.close()
    open_store(url).close()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"hello", b"name,spend\n" * 200])
def test_another_file_is_refused_and_left(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is not overwritten."""
    path = tmp_path / "payoff.db"
    path.write_bytes(content)
    with pytest.raises(StoreRefused):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_another_database_is_refused_and_left(tmp_path: Path) -> None:
    """A database of another program is not touched."""
    path = tmp_path / "payoff.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()
    with pytest.raises(StoreRefused):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_and_left(url: str) -> None:
    """A revision that this version does not know is said, with the version that wrote it."""
    store = open_store(url)
    store.close()
    with closing(sqlite3.connect(store.path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.execute("UPDATE schema_meta SET value = '7.0' WHERE key = 'last_app_version'")
    before = store.path.read_bytes()
    with pytest.raises(StoreNewer, match=r"7\.0"):
        open_store(url)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense"])
def test_a_store_needs_a_file(url: str) -> None:
    """Memory, other engines and nonsense are refused in our words."""
    with pytest.raises(StoreRefused):
        open_store(url)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreRefused):
        open_store(f"sqlite:///{tmp_path / 'data' / 'payoff.db'}")


def test_network_folders_are_known_by_their_mount() -> None:
    """The longest mount point above the folder tells its kind."""
    mounts = (
        "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "22 21 0:5 / /home/me/team\\040files rw shared:1 - nfs4 server:/files rw\n"
        "broken line\n"
    )
    assert file_system_of(Path("/home/me/team files/payoff"), mounts) == "nfs4"
    assert file_system_of(Path("/home/me/payoff"), mounts) == "ext4"


def test_a_network_folder_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Locks of network file systems cannot be trusted."""
    for kind in ("nfs4", "cifs", "fuse.sshfs"):
        monkeypatch.setattr("budget.store.place._file_system", lambda folder, kind=kind: kind)
        with pytest.raises(StoreRefused, match="network"):
            open_store(url)


def test_wal_only_where_it_is_safe() -> None:
    """Versions with the WAL-reset fault use TRUNCATE."""
    safe = [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 0), (3, 60, 1)]
    unsafe = [(3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2), (3, 52, 0)]
    assert {journal_mode(version) for version in safe} == {"WAL"}
    assert {journal_mode(version) for version in unsafe} == {"TRUNCATE"}
