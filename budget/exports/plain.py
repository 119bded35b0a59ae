"""Plain numbers of a column all at once: texts and floats of at most 15 digits, exact in double arithmetic."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray

from budget.exports.cells import Cell
from budget.exports.columns import Column, Flags, Places
from budget.exports.whole import digits_shown

# With 9 + 6 digits at most, the nearest double times 10^6 is less than a quarter away from the exact integer.
_PLAIN = r"^-?[0-9]{1,9}([.,][0-9]{1,6})?$"
_LIMIT = 1e9
_MILLION = 1e6


class Texts:
    """The distinct texts of a column: where they stand in its values, which are plain, and how they are written."""

    def __init__(self, column: Column[Cell]) -> None:
        array = column.arrow
        if array is None:
            known = [place for place, value in enumerate(column.values) if isinstance(value, str)]
            self.places: Places = np.array(known, np.int64)
            array = pa.array([column.values[place] for place in known], pa.string())
        else:
            self.places = np.flatnonzero(array.is_valid().to_numpy(zero_copy_only=False))
            array = array.drop_null() if array.null_count else array
        self.array = array
        self.column = column
        self.plain = _flags(pc.match_substring_regex(array, _PLAIN))
        self._read_marks()

    def _read_marks(self) -> None:
        """Place and kind of the mark in every plain text."""
        lengths = _ints(pc.binary_length(self.array))
        self.dots = _ints(pc.find_substring(self.array, "."))
        self.commas = _ints(pc.find_substring(self.array, ","))
        mark = np.maximum(self.dots, self.commas)
        self.decimals = np.where(mark >= 0, lengths - mark - 1, 0)
        suspects = np.flatnonzero(self.plain & (self.decimals == 3) & (mark >= 0) & (mark <= 4))
        self.open = np.zeros(len(self.plain), bool)
        for place, text in zip(suspects.tolist(), self.at(suspects), strict=True):
            head = text.removeprefix("-")[: -len("000") - 1]
            self.open[place] = 0 < len(head) <= 3 and not head.startswith("0")

    def at(self, places: NDArray[Any]) -> list[str]:
        """The texts at these places (of `places`, not of the column)."""
        texts: list[str] = self.array.take(pa.array(places, pa.int64())).to_pylist()
        return texts

    def votes(self) -> dict[str, Flags]:
        """What the mark of each plain text proves, as `vote` says it of one."""
        sure = self.plain & ~self.open
        return {
            ".": sure & (self.dots >= 0),
            ",": sure & (self.commas >= 0),
            "?": self.plain & self.open,
            "": sure & (self.dots < 0) & (self.commas < 0),
        }

    def first_open(self) -> list[int]:
        """The place of the first plain text whose mark could be either, if any."""
        return [int(place) for place in np.flatnonzero(self.open)[:1]]


def _flags(array: Any) -> Flags:
    flags: Flags = array.to_numpy(zero_copy_only=False).astype(bool)
    return flags


def _ints(array: Any) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = array.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def plain_values(texts: Texts, decimal: str, *, as_count: bool) -> tuple[NDArray[np.int64], Flags, Flags, int]:
    """For each value of the column: the integer, whether it is one, whether that is settled here; digits shown."""
    size = len(texts.column.arrow if texts.column.arrow is not None else texts.column.values)
    numbers, done = np.zeros(size), np.zeros(size, bool)
    group = texts.commas if decimal == "." else texts.dots
    easy = np.flatnonzero(texts.plain & (group < 0))
    shown = 0
    if len(easy):
        chosen = texts.array if len(easy) == len(texts.array) else texts.array.take(pa.array(easy))
        chosen = pc.replace_substring(chosen, ",", ".") if decimal == "," else chosen
        places = texts.places[easy]
        numbers[places] = chosen.cast(pa.float64()).to_numpy(zero_copy_only=False)
        done[places] = True
        shown = int(texts.decimals[easy].max())
    shown = max(shown, _floats(texts.column, numbers, done, as_count=as_count))
    if as_count:
        whole = numbers == np.rint(numbers)
        return np.rint(numbers).astype(np.int64), done & whole, done & whole, 0
    return np.rint(numbers * _MILLION).astype(np.int64), done.copy(), done, shown


def _floats(column: Column[Cell], numbers: NDArray[np.float64], done: Flags, *, as_count: bool) -> int:
    """Settle the floats of a column that have at most six digits after the mark; how many they show."""
    if column.arrow is not None:
        return 0
    known = [place for place, value in enumerate(column.values) if type(value) is float]
    if not known:
        return 0
    places = np.array(known, np.int64)
    values = np.array([column.values[place] for place in known], np.float64)
    near = np.abs(values) < _LIMIT
    micros = np.rint(np.where(near, values, 0) * _MILLION)
    exact = near & (micros / _MILLION == values)
    numbers[places[exact]] = values[exact]
    done[places[exact]] = True
    return digits_shown(micros[exact].astype(np.int64))
