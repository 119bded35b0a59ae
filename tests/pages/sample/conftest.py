"""The same screens over the sample firm: its store is made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget.store import Store, default_url, open_store
from tests.pages.conftest import TODAY


@pytest.fixture
def store(sample_database: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of this test's own with the sample firm; today is 22 November 2026."""
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PAYOFF_DATABASE_URL", raising=False)
    monkeypatch.setenv("PAYOFF_TODAY", TODAY)
    (tmp_path / "payoff.db").write_bytes(sample_database)
    opened = open_store(default_url())
    yield opened
    opened.close()
