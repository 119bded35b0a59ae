"""Reading in another process: started with limits, waited for, ended, and its answer checked."""

import mmap
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from budget.exports.limits import (
    CHILD_MEMORY_BYTES,
    MAX_ANSWER_BYTES,
    MAX_CHILDREN,
    MEMORY_CODE,
    seconds_for,
    wall_seconds_for,
)
from budget.exports.reading import Facts, found
from budget.exports.wire import facts_from_json, read_head, write_head
from budget.findings import Finding

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = BoundedSemaphore(MAX_CHILDREN)
# Windows cannot start Python without these; elsewhere the child's environment is empty.
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE")
_CPU_SIGNALS = (-24, -9)


class Answer(NamedTuple):
    """The facts that a child found, its delivery and the other datasets as Arrow tables."""

    facts: Facts
    table: Any
    sides: Mapping[str, Any]


def read_in_child(data: bytes, task: Mapping[str, Any]) -> Answer | Finding:
    """What the child says of the bytes, or the finding that it could not. Waits for one of two places."""
    with _PLACES:
        folder = tempfile.mkdtemp(prefix="payoff-")
        try:
            return _run(data, task, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _run(data: bytes, task: Mapping[str, Any], folder: str) -> Answer | Finding:
    seconds, wall = seconds_for(len(data)), wall_seconds_for(len(data))
    command = [sys.executable, "-X", "utf8", "-m", "budget.exports.worker", str(seconds), folder]
    with tempfile.TemporaryFile(dir=folder) as question, tempfile.TemporaryFile(dir=folder) as reply:
        write_head(question, task)
        question.write(data)
        question.seek(0)
        environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
        child = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
            command, stdin=question, stdout=reply, stderr=subprocess.DEVNULL, cwd=_ROOT, env=environment,
            start_new_session=True,
        )  # fmt: skip
        try:
            code = child.wait(timeout=wall)
        except subprocess.TimeoutExpired:
            return _limit_finding(f"{wall} s")
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        if code in _CPU_SIGNALS:
            return _limit_finding(f"{seconds} s")
        if code == MEMORY_CODE:
            return _limit_finding(f"{CHILD_MEMORY_BYTES >> 30} GB")
        return _answer(reply, code, str(task["digest"]))


def _limit_finding(limit: str) -> Finding:
    return found("READ_LIMIT", facts={"limit": limit})


def _answer(reply: Any, code: int, digest: str) -> Answer | Finding:
    """The checked answer; anything else is a failure whose note id is the file's own digest."""
    from budget.exports.frames import from_bytes

    failed = found("READ_FAILED", facts={"id": f"F-{digest[:8]}"})
    size = reply.seek(0, os.SEEK_END)
    if code != 0 or size > MAX_ANSWER_BYTES:
        return failed
    reply.seek(0)
    try:
        head = read_head(reply)
        # The mapping outlives the file and ends with the last array that looks into it.
        whole = memoryview(mmap.mmap(reply.fileno(), size, access=mmap.ACCESS_READ))
        return Answer(facts_from_json(head), *from_bytes(whole[reply.tell() :], [str(one) for one in head["sides"]]))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return failed
