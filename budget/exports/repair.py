"""Lines as they were before somebody's program damaged them: line ends, `sep=`, quotes around whole lines."""

import csv
import re
from typing import NamedTuple

_SEP = re.compile(r"^\ufeff?\"?sep=(.)\"?([,;\t]*)$", re.IGNORECASE)
SAMPLE_LINES = 2_000


class Lines(NamedTuple):
    """Physical lines without their ends; `skipped` of them stood before the first; `separator` if the file named it."""

    lines: list[str]
    skipped: int
    separator: str | None
    unwrapped: bool


def repair(text: str) -> Lines:
    """The physical lines of a text, mended."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator, skipped = None, 0
    match = _SEP.match(lines[0]) if lines else None
    if match:
        # A program that took the line for a cell wrote its own mark behind it.
        separator, skipped, lines = match[2][:1] or match[1], 1, lines[1:]
    if _wrapped(lines):
        return Lines([_unwrap(line) for line in lines], skipped, separator, True)
    return Lines(lines, skipped, separator, False)


def _is_wrapped(line: str) -> bool:
    stripped = line.rstrip(";,\t ")
    if not (len(stripped) > 2 and stripped[0] == stripped[-1] == '"' and '""' in stripped[1:-1]):
        return False
    try:
        return all(len(next(csv.reader([stripped], delimiter=mark))) == 1 for mark in ",;\t")
    except (csv.Error, StopIteration):
        return False


def _wrapped(lines: list[str]) -> bool:
    """At least a fifth of the lines are one quoted cell that holds doubled quotes."""
    sample = [line for line in lines[:SAMPLE_LINES] if line]
    return len(sample) > 1 and sum(map(_is_wrapped, sample)) * 5 >= len(sample)


def _unwrap(line: str) -> str:
    return line.rstrip(";,\t ")[1:-1].replace('""', '"') if _is_wrapped(line) else line
