"""The same screens over the sample firm: a test that writes leaves a new copy, and nothing computed, to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget.store import Store, default_url, open_store
from tests.pages.conftest import TODAY, forget


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's store, one for all tests, so that what was computed for it holds while it does."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def store(sample_database: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with the sample firm as it was opened; today is 22 November 2026."""
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(home))
    monkeypatch.delenv("PAYOFF_DATABASE_URL", raising=False)
    monkeypatch.setenv("PAYOFF_TODAY", TODAY)
    if not (home / "payoff.db").exists():
        (home / "payoff.db").write_bytes(sample_database)
    opened = open_store(default_url())
    yield opened
    opened.close()
    if written(home, sample_database):
        forget()
        for left in home.glob("payoff.db*"):
            left.unlink()


def written(home: Path, before: bytes) -> bool:
    """Whether the store is another one than before: in its file, or in what waits to be taken into it."""
    waiting = home / "payoff.db-wal"
    return (waiting.exists() and waiting.stat().st_size > 0) or (home / "payoff.db").read_bytes() != before
