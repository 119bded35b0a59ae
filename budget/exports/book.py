"""A workbook's raw cells, read in the guarded child: for files of our own that a person has filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from budget.exports.cells import Cell
from budget.exports.child import read_cells_in_child
from budget.exports.limits import MB
from budget.exports.reading import found
from budget.exports.sniff import sniff
from budget.findings import Finding

MAX_BOOK_BYTES = 10 * MB


@dataclass(frozen=True)
class BookSheet:
    """One sheet: `rows` from its first row and column on; `formulas` are places (row, column) from 0 that hold one.

    A formula's cell holds the value that was last calculated, or nothing.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Book:
    """A whole workbook, sheets in order."""

    sheets: tuple[BookSheet, ...]


def read_book(data: bytes) -> Book | Finding:
    """The cells of an xlsx (or ods) workbook, or the finding that stops it. Never raises for any bytes."""
    sniffed = sniff(data)
    if len(data) > MAX_BOOK_BYTES:
        return found("CONTAINER_TOO_LARGE", facts={"size": f"{len(data) >> 20} MB"})
    if sniffed.container == "empty":
        return found("EMPTY_FILE")
    if sniffed.container == "encrypted":
        return found("ENCRYPTED_FILE")
    if sniffed.container != "zip":
        return found("NOT_A_TABLE", facts={"what": sniffed.what or sniffed.container})
    digest = sha256(data).hexdigest()
    answer = read_cells_in_child(data, {"asked": "cells", "digest": digest})
    if isinstance(answer, Finding):
        return answer
    try:
        return book_of(answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        return found("READ_FAILED", facts={"id": f"F-{digest[:8]}"})


def book_of(answer: Mapping[str, Any]) -> Book | Finding:
    """The workbook that a child described; `ValueError`, `KeyError` or `TypeError` where it is no description."""
    if "refused" in answer:
        code, where, facts = answer["refused"]
        return found(str(code), str(where), dict(facts))
    return Book(tuple(_sheet(raw) for raw in answer["sheets"]))


def _sheet(raw: Mapping[str, Any]) -> BookSheet:
    rows = [[_cell(cell) for cell in row] for row in raw["rows"]]
    return BookSheet(str(raw["name"]), rows, frozenset((int(row), int(column)) for row, column in raw["formulas"]))


def _cell(raw: Any) -> Cell:
    if isinstance(raw, list):
        return date.fromisoformat(raw[0])
    if raw is None or isinstance(raw, str | float | int):
        return raw
    raise TypeError(type(raw))
