"""Where Payoff keeps its files: one private folder of the person who runs it."""

import os
from pathlib import Path

import platformdirs

DATA_DIR_VARIABLE = "PAYOFF_DATA_DIR"


def data_folder() -> Path:
    """The folder for store, logs and backups, which need not exist yet; `PAYOFF_DATA_DIR` overrides."""
    chosen = os.environ.get(DATA_DIR_VARIABLE)
    folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("payoff", appauthor=False)
    return folder.absolute()


def private_folder(folder: Path) -> Path:
    """The folder, made with mode 0700 where it is missing; one that is there keeps its rights. May raise `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
