"""`python -m benchmarks.mutations [count] [seed]`: exports damaged at random; each must end in a reading, in time.

Half of the files are cut, flipped or doubled as bytes, half as lines of text. Ends with 1 if anything was raised or a
file took longer than its limit.
"""

import random
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from budget.exports import keep_spare, read_export
from budget.exports.limits import wall_seconds_for

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "exports"
KINDS = (".csv", ".tsv", ".xlsx", ".xls", ".zip", ".ods")
TODAY = date(2026, 9, 1)
PIECES = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\n",
    b",,,,",
    b"\r",
    b"9" * 40,
    b"<!DOCTYPE x>",
    b"=1+1",
    b"\xd8\x00",
    b"%",
)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes after one to four accidents."""
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        piece = dice.choice(PIECES)
        data = dice.choice(
            (
                data[:at] + piece + data[at:],
                data[:at] + data[min(to, at + 40) :],
                data[:at],
                data[:at] + bytes(byte ^ dice.randrange(256) for byte in data[at : at + 4]) + data[at + 4 :],
                data + data[at:to],
                by_lines(data, dice),
            )
        )
    return data


def by_lines(data: bytes, dice: random.Random) -> bytes:
    """Lines shuffled, doubled or with a cell moved."""
    lines = data.split(b"\n")
    place = dice.randrange(len(lines))
    if dice.random() < 0.5:
        lines.insert(dice.randrange(len(lines) + 1), lines[place])
    else:
        lines[place] = lines[place].replace(b",", b";", dice.randrange(3)).replace(b"2026", b"20260", 1)
    return b"\n".join(lines)


def main(count: int, seed: int) -> int:
    """Read so many damaged files; how many failures."""
    dice = random.Random(seed)  # noqa: S311  accidents, not secrets
    files = sorted(path for path in CORPUS.glob("*/*") if path.suffix in KINDS)
    keep_spare()
    kinds, slowest, failures = Counter[str](), (0.0, ""), 0
    for number in range(count):
        path = dice.choice(files)
        data = damaged(path.read_bytes(), dice)
        start = time.monotonic()
        try:
            reading = read_export(path.name, data, today=TODAY)
            kinds[reading.kind if not reading.stopped else "stopped"] += 1
        except Exception as err:  # the bench counts what must never happen
            failures += 1
            sys.stdout.write(f"{number} {path.name}: {type(err).__name__}\n")
        took = time.monotonic() - start
        slowest = max(slowest, (took, path.name))
        if took > wall_seconds_for(len(data)) + 1:
            failures += 1
            sys.stdout.write(f"{number} {path.name}: {took:.1f} s\n")
    said = ", ".join(f"{kind} {many}" for kind, many in kinds.most_common())
    sys.stdout.write(f"{count} damaged files, {failures} failures; {said}; slowest {slowest[0]:.2f} s ({slowest[1]})\n")
    return failures


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:3]]
    sys.exit(1 if main(*(asked + [10_000, 1][len(asked) :])) else 0)
