"""The child that parses one file: limits first, then parsers, then one message on standard output."""

import os
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder


class _NoPandas(MetaPathFinder):
    """Arrow would import pandas to look at a plain list: 0.3 s that a child does not have."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Refuse pandas; leave everything else to the other finders."""
        if fullname == "pandas":
            raise ImportError(fullname)


def _limit(seconds: int) -> None:
    """Memory, CPU and file limits of this process, where the system has them."""
    try:
        import resource
    except ImportError:
        return
    from budget.exports.limits import CHILD_MEMORY_BYTES, MAX_ANSWER_BYTES

    for kind, limit in (
        (resource.RLIMIT_AS, CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MAX_ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        # Some systems (macOS) know a limit and refuse to set it: the wall time and the guard hold there.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (least, least))


def main() -> None:
    """Arguments: seconds, private folder. Standard input holds the task, standard output gets the answer."""
    seconds, folder = int(sys.argv[1]), sys.argv[2]
    _limit(seconds)
    os.chdir(folder)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sys.meta_path.insert(0, _NoPandas())
    import gc
    from datetime import date

    from budget.exports.answers import read_answers
    from budget.exports.frames import sides_to_arrow, to_arrow, write_arrow
    from budget.exports.pipeline import draft
    from budget.exports.task import Task
    from budget.exports.wire import facts_to_json, read_head, write_head

    gc.disable()  # one short life, nothing to collect
    head = read_head(sys.stdin.buffer)
    data = sys.stdin.buffer.read()
    today = date.fromisoformat(head["today"])
    answers = read_answers(head["answers"])
    task = Task(head["name"], head["digest"], head["container"], answers, today, head["customer_key"])
    done = draft(data, task)
    sides = sides_to_arrow(done.sides)
    write_head(sys.stdout.buffer, facts_to_json(done.facts) | {"sides": list(sides)})
    for table in (to_arrow(done.columns, done.rows), *sides.values()):
        write_arrow(sys.stdout.buffer, table)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        from budget.exports.limits import MEMORY_CODE

        os._exit(MEMORY_CODE)
