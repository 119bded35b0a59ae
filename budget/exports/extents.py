"""The furthest cell that a piece of a sheet's XML names, all references at once."""

import numpy as np
from numpy.typing import NDArray

_MOST_LETTERS, _MOST_DIGITS = 3, 7
_WORD = np.zeros(256, bool)
_WORD[np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", np.uint8)] = True
_SPACE = np.zeros(256, bool)
_SPACE[np.frombuffer(b" \t\r\n\x0b\x0c", np.uint8)] = True


def far_corner(text: bytes) -> tuple[int, int] | None:
    """Furthest row and column of `r="B12"` and `r="12"`; None where a reference is written in any other way."""
    if len(text) < 64:
        return None
    signs = np.frombuffer(text, np.uint8)
    names = np.flatnonzero(signs[1 : -_MOST_LETTERS - _MOST_DIGITS - 4] == ord("r")) + 1
    names = names[~_WORD[signs[names - 1]]]
    after, quote = signs[names + 1], signs[names + 2]
    if (_SPACE[after] | ((after == ord("=")) & (quote != ord('"')))).any():
        return None
    return _furthest(signs, names[after == ord("=")] + 3)


def _furthest(signs: NDArray[np.uint8], starts: NDArray[np.int64]) -> tuple[int, int] | None:
    at = starts.copy()
    columns, rows = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    for _ in range(_MOST_LETTERS):
        upper = signs[at] & 0xDF
        letter = (upper >= ord("A")) & (upper <= ord("Z"))
        columns = np.where(letter, columns * 26 + upper - 64, columns)
        at = at + letter
    for _ in range(_MOST_DIGITS):
        digit = (signs[at] >= ord("0")) & (signs[at] <= ord("9"))
        rows = np.where(digit, rows * 10 + signs[at] - ord("0"), rows)
        at = at + digit
    if (signs[at] != ord('"')).any():
        return None
    return int(rows.max(initial=0)), int(columns.max(initial=0))
