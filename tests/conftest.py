"""What all tests share: the sample firm, and the same examples everywhere; `--hypothesis-profile=default` seeks new."""

import pytest
from hypothesis import settings

from budget.sample import open_sample
from budget.store import open_store

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database file of a store that holds the sample firm and nothing else."""
    path = tmp_path_factory.mktemp("sample") / "payoff.db"
    made = open_store(f"sqlite:///{path}")
    open_sample(made)
    made.close()
    return path.read_bytes()
