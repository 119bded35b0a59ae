"""A fresh store in a private folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget.store import Store, open_store


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


@pytest.fixture
def firm(store: Store) -> int:
    """The id of a workspace in AZN."""
    return store.create_workspace("Firm", currency="AZN", timezone="Asia/Baku").workspace_id
