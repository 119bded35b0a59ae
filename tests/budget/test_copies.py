"""Copies taken home and brought back: a backup opens as a store, a firm comes back whole, anything else is refused."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget import copies
from budget.errors import StoreError, StoreRefused
from budget.present.fault_words import FAULTS
from budget.store import Store, open_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the store of this test is."""
    return f"sqlite:///{tmp_path / 'payoff.db'}"


@pytest.fixture
def store(url: str, tmp_path: Path, sample_database: bytes) -> Iterator[Store]:
    """A store with the sample firm."""
    (tmp_path / "payoff.db").write_bytes(sample_database)
    opened = open_store(url)
    yield opened
    opened.close()


def test_a_backup_is_a_whole_store(store: Store, url: str, tmp_path: Path) -> None:
    """The zip holds a database that opens and has the same firms and uploads, and the words how to put it back."""
    with zipfile.ZipFile(io.BytesIO(copies.backup_zip(url, "put it back"))) as archive:
        assert archive.read("README.txt") == b"put it back"
        archive.extract(copies.COPY, tmp_path)
    again = open_store(f"sqlite:///{tmp_path / copies.COPY}")
    assert again.workspaces() == store.workspaces()
    (firm,) = store.workspaces()
    assert again.imports(firm.workspace_id) == store.imports(firm.workspace_id)
    again.close()


def test_a_firm_comes_back_as_a_new_one(store: Store, url: str) -> None:
    """What the file says of itself is what is loaded; the firm that was there stays as it was."""
    (firm,) = store.workspaces()
    data = copies.firm_zip(url, firm.workspace_id)
    said, made = copies.contents(data), copies.load_firm(url, data)
    assert (said.name, said.currency, said.rows, said.files) == (firm.name, firm.currency, made.rows, made.files)
    before, after = store.workspaces()
    assert before == firm
    assert after.workspace_id == made.workspace_id
    assert store.facts(after.workspace_id).equals(store.facts(firm.workspace_id))


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18, b"no zip", b"{}"])
def test_another_file_is_refused(url: str, store: Store, data: bytes) -> None:
    """Nothing but an export is taken, and nothing is written."""
    with pytest.raises(StoreRefused):
        copies.load_firm(url, data)
    assert len(store.workspaces()) == 1


def test_a_changed_export_loads_nothing(store: Store, url: str) -> None:
    """One figure changed in the file: it is refused as a whole."""
    (firm,) = store.workspaces()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(copies.firm_zip(url, firm.workspace_id))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(
                name,
                body.replace(b'"budget_micros":', b'"budget_micros":1') if name.endswith("plan_line.jsonl") else body,
            )
    with pytest.raises(StoreError, match="changed"):
        copies.load_firm(url, out.getvalue())
    assert len(store.workspaces()) == 1


def test_a_file_that_unpacks_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch, store: Store, url: str) -> None:
    """The size that the archive itself states is held against a limit before anything is unpacked."""
    (firm,) = store.workspaces()
    data = copies.firm_zip(url, firm.workspace_id)
    monkeypatch.setattr(copies, "MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(StoreRefused, match="unpacked"):
        copies.contents(data)


def test_nothing_stays_behind(store: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary copies are gone afterwards, also when the load was refused."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shelf))
    (firm,) = store.workspaces()
    copies.backup_zip(url, "")
    copies.load_firm(url, copies.firm_zip(url, firm.workspace_id))
    with pytest.raises(StoreRefused):
        copies.load_firm(url, b"no")
    assert os.listdir(shelf) == []


def test_every_fault_of_the_guide_has_words() -> None:
    """The codes that the guide explains are those that the screen explains."""
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "data.md").read_text(encoding="utf-8")
    table = guide[guide.index("## What the doctor says") :]
    assert {code for code in FAULTS if f"`{code}`" not in table} == set()
