"""Make the stored database of this version: `python -m tests.stores.make`; released ones are never made again."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from budget.store import open_store
from budget.store.backup import backup
from budget.store.migrate import APP_VERSION, HEAD
from tests.budget.store.full import clock, fill

HERE = Path(__file__).parent


def main() -> None:
    """Write `<version>-<revision>.db.gz` beside this file."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'payoff.db'}"
        store = open_store(url, clock=clock)
        fill(store, seed=7)
        store.close()
        made = backup(url, Path(folder) / "copy.db").file
        (HERE / f"{APP_VERSION}-{HEAD}.db.gz").write_bytes(gzip.compress(made.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
