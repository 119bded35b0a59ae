"""Databases as earlier versions wrote them."""

import gzip
from pathlib import Path

import pytest

from budget.store import doctor, open_store
from tests.budget.store.given import total

STORES = sorted((Path(__file__).parents[2] / "stores").glob("*.db.gz"))
SPEND = {"0.1.0": 2_733_809_039}


def test_there_is_one() -> None:
    """The folder is found: the tests below are not empty."""
    assert STORES


@pytest.mark.parametrize("stored", STORES, ids=lambda path: path.name)
def test_a_stored_database_opens_and_is_sound(stored: Path, url: str, tmp_path: Path) -> None:
    """It opens in this version with its totals, and the doctor finds no fault."""
    path = tmp_path / "data" / "payoff.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(stored.read_bytes()))
    store = open_store(url)
    (firm,) = store.workspaces()
    assert total(store, firm.workspace_id) == SPEND[stored.name.split("-")[0]]
    store.close()
    assert doctor.examine(url).faults == ()
