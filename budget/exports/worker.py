"""The child that parses one file: limits first, then parsers, then one message on standard output."""

import json
import mmap
import os
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder
from typing import Any

LENGTH_BYTES = 8


class _NoPandas(MetaPathFinder):
    """Arrow would import pandas to look at a plain list: 0.3 s that a child does not have."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Refuse pandas; leave everything else to the other finders."""
        if fullname == "pandas":
            raise ImportError(fullname)


def _limit(**limits: int) -> None:
    """Limits of this process by their names, where the system has them."""
    try:
        import resource
    except ImportError:
        return
    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(kind)
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        # Some systems (macOS) know a limit and refuse to set it: the wall time and the guard hold there.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (least, least))


def _question(address: str, size: int) -> tuple[Any, mmap.mmap]:
    """The task, which stands behind the file's bytes, and those as memory, without a copy."""
    with open(int(address) if address.isdecimal() else address, "rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return json.loads(whole[size:]), mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)


def main() -> None:
    """Arguments: the private folder, the file with the question. Its size comes by standard input once it is there."""
    from budget.exports.limits import CHILD_MEMORY_BYTES, MAX_ANSWER_BYTES, MAX_SECONDS

    _limit(AS=CHILD_MEMORY_BYTES, CPU=MAX_SECONDS, FSIZE=MAX_ANSWER_BYTES, CORE=0)
    os.chdir(sys.argv[1])
    # The system's allocator takes memory page by page; Arrow's own has the kernel clear far more than is used.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    sys.meta_path.insert(0, _NoPandas())
    import gc
    from datetime import date

    import budget.exports.quick  # noqa: F401  a spare child has every import behind it
    from budget.exports.answers import read_answers
    from budget.exports.formats import header_index
    from budget.exports.frames import sides_to_arrow, to_arrow, write_arrow
    from budget.exports.pipeline import draft
    from budget.exports.task import Task
    from budget.exports.wire import facts_to_json, write_head

    header_index()
    gc.disable()  # one short life, nothing to collect
    size = sys.stdin.buffer.read(LENGTH_BYTES)
    if not size:  # the parent is gone
        with suppress(OSError):
            os.rmdir(sys.argv[1])
        return
    head, data = _question(sys.argv[2], int.from_bytes(size, "big"))
    _limit(CPU=head["seconds"])
    if head.get("asked") == "cells":
        from budget.exports.raw_cells import cells_of

        write_head(sys.stdout.buffer, cells_of(data[:]))
        sys.stdout.buffer.flush()
        os._exit(0)
    today = date.fromisoformat(head["today"])
    answers = read_answers(head["answers"])
    task = Task(head["name"], head["digest"], head["container"], answers, today, head["customer_key"])
    done = draft(data if task.container == "text" else data[:], task)
    sides = sides_to_arrow(done.sides)
    write_head(sys.stdout.buffer, facts_to_json(done.facts) | {"sides": list(sides)})
    for table in (to_arrow(done.columns, done.rows), *sides.values()):
        write_arrow(sys.stdout.buffer, table)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing to tidy up: the memory goes with the process


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        from budget.exports.limits import MEMORY_CODE

        os._exit(MEMORY_CODE)
