"""A fresh store in a private folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget.store import Store, open_store
from tests.budget.store.full import fill


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the test's store lives."""
    return f"sqlite:///{tmp_path / 'data' / 'payoff.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a store with something in every table, made once."""
    filled = open_store(f"sqlite:///{tmp_path_factory.mktemp('full') / 'payoff.db'}")
    fill(filled)
    filled.close()
    return filled.path.read_bytes()


@pytest.fixture
def full_store(url: str, tmp_path: Path, full: bytes) -> Iterator[Store]:
    """An open store of its own for each test, filled; its one workspace is 1."""
    path = tmp_path / "data" / "payoff.db"
    path.parent.mkdir()
    path.write_bytes(full)
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def firm(store: Store) -> int:
    """The id of a workspace in AZN."""
    return store.create_workspace("Firm", currency="AZN", timezone="Asia/Baku").workspace_id
