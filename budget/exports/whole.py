"""A column in which every cell is a plain number, read all at once and exactly; any doubt leaves it to `numbers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray

from budget.exports.columns import Integers

_MILLION = 1_000_000
# With 9 + 6 digits at most, the nearest double times 10^6 is less than a quarter away from the exact integer.
_MOST_WHOLE, _MOST_AFTER = 9, 6
_OPEN_AFTER = 3
_DOT, _SLASH, _ZERO, _NINE = b"./09"


@dataclass(frozen=True)
class Whole:
    """The numbers row by row (int64 or float64); `dotted` rows show a decimal point, with at most `decimals` digits."""

    numbers: NDArray[Any]
    dotted: int
    decimals: int
    from_text: bool

    def integers(self, *, as_count: bool) -> Integers | None:
        """The numbers as they are, or times 10^6; None where a count has a fraction."""
        known = np.ones(len(self.numbers), bool)
        if self.numbers.dtype == np.int64:
            return Integers(self.numbers if as_count else self.numbers * _MILLION, known)
        if not as_count:
            return Integers(np.rint(self.numbers * _MILLION).astype(np.int64), known)
        counts = self.numbers.astype(np.int64)
        return Integers(counts, known) if (counts == self.numbers).all() else None


def whole_texts(array: Any) -> Whole | None:
    """Texts of digits with at most one point, no group, no sign; None where there is any other.

    A point before exactly three digits could group them: that too is not decided here.
    """
    offsets = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    lengths = np.diff(offsets)
    signs = np.frombuffer(array.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    if not len(signs) or lengths.min() == 0 or signs.min() < _DOT or signs.max() > _NINE:
        return None
    if signs.min() >= _ZERO:
        return Whole(array.cast(pa.int64()).to_numpy(), 0, 0, True) if lengths.max() <= _MOST_WHOLE else None
    if (signs == _SLASH).any():
        return None
    before = pc.find_substring(array, ".").to_numpy()
    dotted = before >= 0
    after = np.where(dotted, lengths - before - 1, 0)
    whole = np.where(dotted, before, lengths)
    if (after[dotted] == 0).any() or (after == _OPEN_AFTER).any() or after.max() > _MOST_AFTER:
        return None
    if whole.min() == 0 or whole.max() > _MOST_WHOLE:
        return None
    try:
        numbers = array.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    return Whole(numbers, int(dotted.sum()), int(after.max()), True)


def whole_floats(values: NDArray[np.float64]) -> Whole | None:
    """Floats below 10^9 with at most six digits after the point; None where there is any other."""
    if not len(values) or not (np.abs(values) < 10.0**_MOST_WHOLE).all():
        return None
    micros = np.rint(values * _MILLION)
    if not (micros / _MILLION == values).all():
        return None
    return Whole(values, 0, digits_shown(micros.astype(np.int64)), False)


def digits_shown(micros: NDArray[np.int64]) -> int:
    """How many digits after the point amounts show, 1 for whole ones."""
    if not len(micros):
        return 0
    return next((digits for digits in range(_MOST_AFTER, 1, -1) if (micros % 10 ** (7 - digits)).any()), 1)
