"""Databases as earlier versions wrote them."""

import gzip
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from budget.store import Store, doctor, open_store
from budget.store.migrate import HEAD
from tests.budget.store.full import facts
from tests.budget.store.given import at, beside, order, total

STORES = sorted((Path(__file__).parents[2] / "stores").glob("*.db.gz"))
SPEND = {"0.1.0": 2_733_809_039}


def test_there_is_one() -> None:
    """The folder is found: the tests below are not empty."""
    assert STORES


@pytest.fixture(params=STORES, ids=lambda path: path.name)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A stored database where the store will look for it."""
    path = tmp_path / "data" / "payoff.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return Path(request.param)


def test_a_stored_database_opens_and_is_sound(stored: Path, url: str) -> None:
    """It opens in this version with its totals, and the doctor finds no fault."""
    store = open_store(url)
    (firm,) = store.workspaces()
    assert total(store, firm.workspace_id) == SPEND[stored.name.split("-")[0]]
    store.close()
    assert doctor.examine(url).faults == ()


def test_an_older_database_is_copied_before_it_is_changed(stored: Path, url: str) -> None:
    """Beside one of an earlier revision lies what it was; restated from that copy, every fact is the same."""
    store = open_store(url)
    copies = sorted((store.path.parent / "backups").glob("pre-*.db"))
    assert len(copies) == (HEAD not in stored.name)
    for copy in copies:
        again = open_store(f"sqlite:///{copy}")
        for old, new in zip(read(again), read(store), strict=True):
            assert_frame_equal(old, new)
        again.close()
    store.close()


def test_an_older_database_takes_new_files(stored: Path, url: str) -> None:
    """Datasets that its version had no place for come in and go, and its own facts stay."""
    store = open_store(url)
    (firm,) = store.workspaces()
    before = read(store)
    done = store.add_import(firm.workspace_id, beside(orders=[order(1000)]), b"new", as_of=at(99))
    assert 50_000_000 in store.daily_sales(firm.workspace_id)["revenue_micros"].tolist()
    store.undo_import(firm.workspace_id, done.import_id)
    for old, new in zip(before, read(store), strict=True):
        assert_frame_equal(old, new)
    store.close()
    assert doctor.examine(url).faults == ()


def read(store: Store) -> list[pd.DataFrame]:
    """Everything of the one workspace."""
    (firm,) = store.workspaces()
    return facts(store, firm.workspace_id)
