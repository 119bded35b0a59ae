"""The child that parses one file: limits first, then parsers, then one message on standard output."""

import mmap
import os
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder
from typing import Any

TASK, QUESTION, GO = "task", "question", b"."


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


def _data(container: str) -> Any:
    """The bytes to read; a text as the file itself in memory, without a copy."""
    with open(QUESTION, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if container == "text" else file.read()


def main() -> None:
    """Argument: the private folder. A sign on standard input: task and file lie there. Standard output: the answer."""
    from budget.exports.limits import CHILD_MEMORY_BYTES, MAX_ANSWER_BYTES, MAX_SECONDS

    _limit(AS=CHILD_MEMORY_BYTES, CPU=MAX_SECONDS, FSIZE=MAX_ANSWER_BYTES, CORE=0)
    os.chdir(sys.argv[1])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sys.meta_path.insert(0, _NoPandas())
    import gc
    import json
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
    if sys.stdin.buffer.read(1) != GO:  # the parent is gone
        with suppress(OSError):
            os.rmdir(sys.argv[1])
        return
    with open(TASK, encoding="utf-8") as file:
        head = json.load(file)
    _limit(CPU=head["seconds"])
    today = date.fromisoformat(head["today"])
    answers = read_answers(head["answers"])
    task = Task(head["name"], head["digest"], head["container"], answers, today, head["customer_key"])
    done = draft(_data(task.container), task)
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
