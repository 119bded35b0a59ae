"""Who has a store open: each process holds a shared lock beside the file, so that nobody replaces it below them."""

import os
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from budget.errors import StoreBusy, StoreRefused

WAIT_SECONDS = 5.0


class Hold:
    """A lock on `<store>.lock` that ends with `release`, with the object, or with the process."""

    def __init__(self, path: Path, *, alone: bool, wait_seconds: float = WAIT_SECONDS) -> None:
        try:
            number = os.open(lock_file(path), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as err:
            raise StoreRefused(f"store: {path} cannot be used ({err.strerror})") from err
        self.release: Callable[[], object] = weakref.finalize(self, os.close, number)
        until = time.monotonic() + wait_seconds
        while not _locked(number, alone):
            if time.monotonic() >= until:
                self.release()
                raise StoreBusy(f"store: {path} is open in another program; close it and try again")
            time.sleep(0.05)


def lock_file(path: Path) -> Path:
    """The empty file that carries the lock; it stays, as removing it would let two holders miss each other."""
    return path.with_name(path.name + ".lock")


def _locked(number: int, alone: bool) -> bool:
    """Try once. Windows has no such locks: there an open file cannot be replaced anyway."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(number, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the store open meanwhile; `StoreBusy` at once if somebody has."""
    held = Hold(path, alone=True, wait_seconds=0)
    try:
        yield
    finally:
        held.release()
