"""Reading in another process: started with limits, waited for, ended, and its answer checked."""

import mmap
import os
import subprocess
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import Any, NamedTuple, TypeVar

from budget.exports.limits import (
    CHILD_MEMORY_BYTES,
    MAX_ANSWER_BYTES,
    MAX_CHILDREN,
    MEMORY_CODE,
    seconds_for,
    wall_seconds_for,
)
from budget.exports.reading import Facts, found
from budget.exports.spare import SPARE, Started, start
from budget.exports.wire import facts_from_json, read_head
from budget.findings import Finding

_PLACES = BoundedSemaphore(MAX_CHILDREN)
_CPU_SIGNALS = (-24, -9)
Made = TypeVar("Made")


class Answer(NamedTuple):
    """The facts that a child found, its delivery and the other datasets as Arrow tables."""

    facts: Facts
    table: Any
    sides: Mapping[str, Any]


def read_in_child(data: bytes, task: Mapping[str, Any]) -> Answer | Finding:
    """What the child says of the bytes, or the finding that it could not. Waits for one of two places."""
    return _ask(data, task, _answer)


def read_cells_in_child(data: bytes, task: Mapping[str, Any]) -> Mapping[str, Any] | Finding:
    """The child's head as it is, for a task that asks for raw cells; its values are for the caller to check."""
    return _ask(data, task, _head)


def _ask(data: bytes, task: Mapping[str, Any], settle: Callable[[Any, int, str], Made]) -> Made | Finding:
    limited = {**task, "seconds": seconds_for(len(data))}
    with _PLACES:
        child = SPARE.take()
        try:
            if not child.ask(limited, data):
                child.end()
                child = start()
                child.ask(limited, data)
            return _wait(child, limited, wall_seconds_for(len(data)), settle)
        finally:
            child.end()
            SPARE.refill()


def _wait(
    child: Started, task: Mapping[str, Any], wall: int, settle: Callable[[Any, int, str], Made]
) -> Made | Finding:
    try:
        code = child.process.wait(timeout=wall)
    except subprocess.TimeoutExpired:
        return _limit_finding(f"{wall} s")
    if code in _CPU_SIGNALS:
        return _limit_finding(f"{task['seconds']} s")
    if code == MEMORY_CODE:
        return _limit_finding(f"{CHILD_MEMORY_BYTES >> 30} GB")
    return settle(child.reply, code, str(task["digest"]))


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


def _head(reply: Any, code: int, digest: str) -> Mapping[str, Any] | Finding:
    """The head alone, with the same checks."""
    failed = found("READ_FAILED", facts={"id": f"F-{digest[:8]}"})
    if code != 0 or reply.seek(0, os.SEEK_END) > MAX_ANSWER_BYTES:
        return failed
    reply.seek(0)
    try:
        return read_head(reply)
    except (ValueError, RecursionError):
        return failed
