"""Started children: each reads one file; one may wait beforehand, its imports done, and is replaced once it is used."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any

from budget.exports.worker import LENGTH_BYTES

_ROOT = Path(__file__).resolve().parents[2]
# Windows cannot start Python without these; elsewhere the child's environment is empty.
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE")
_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Started:
    """A child that waits for its file: its private folder, and the two files through which we speak."""

    process: subprocess.Popen[bytes]
    folder: str
    question: IO[bytes]
    reply: IO[bytes]

    def ask(self, task: Mapping[str, Any], data: bytes) -> bool:
        """Hand the file over; False where the child is no more."""
        assert self.process.stdin is not None  # noqa: S101  it was opened as a pipe
        self.question.write(data)
        self.question.write(json.dumps(dict(task)).encode())
        self.question.close()
        try:
            self.process.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big"))
            self.process.stdin.close()
        except OSError:
            return False
        return True

    def end(self) -> None:
        """Leave nothing behind: no process, no file."""
        if self.process.poll() is None:
            self.process.kill()
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
        self.process.wait()
        self.question.close()
        self.reply.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Started:
    """A new child. It ends by itself when this process does: then nobody holds the other end of its input."""
    folder = tempfile.mkdtemp(prefix="payoff-")
    question, reply = (_nameless(folder) for _ in range(2))
    process = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
        [sys.executable, "-X", "utf8", "-m", "budget.exports.worker", folder, _address(question)],
        stdin=subprocess.PIPE, stdout=reply, stderr=subprocess.DEVNULL, cwd=_ROOT, bufsize=0,
        env={key: os.environ[key] for key in _KEPT if key in os.environ}, start_new_session=True,
        pass_fds=() if _WINDOWS else (question.fileno(),),
    )  # fmt: skip
    return Started(process, folder, question, reply)


def _nameless(folder: str) -> IO[bytes]:
    """A file of ours alone: without a name, and in memory where the system can, so that no export is on a disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("payoff"), "w+b", buffering=0)
    if _WINDOWS:
        return tempfile.NamedTemporaryFile(dir=folder, buffering=0, delete=False)
    return tempfile.TemporaryFile(dir=folder, buffering=0)


def _address(file: IO[bytes]) -> str:
    """How the child opens the file: by the number that it inherits, or by its name."""
    return str(file.name) if _WINDOWS else str(file.fileno())


class Spare:
    """The child that waits, if one is wanted; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted = False
        self._child: Started | None = None

    def keep(self) -> None:
        """From now on one child waits, until this process ends."""
        with self._lock:
            if not self._wanted:
                self._wanted = True
                atexit.register(self.end)
        self.refill()

    def refill(self) -> None:
        """Start a new one where one is wanted and none waits."""
        with self._lock:
            if self._wanted and self._child is None:
                self._child = start()

    def take(self) -> Started:
        """A child for the next file: the one that waits if it still lives, else a new one."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None and child.process.poll() is None:
            return child
        if child is not None:
            child.end()
        return start()

    def end(self) -> None:
        """Want none any more."""
        with self._lock:
            self._wanted, child, self._child = False, self._child, None
        if child is not None:
            child.end()

    def forget(self) -> None:
        """In a fork: the child that waits is the other process's."""
        if self._child is not None:
            self._child.process.returncode = 0
        self._lock, self._wanted, self._child = Lock(), False, None


SPARE = Spare()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=SPARE.forget)
