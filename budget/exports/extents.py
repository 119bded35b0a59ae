"""The furthest cell that a piece of a sheet's XML names, all references at once: eight signs in one number."""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_MOST_LETTERS, _MOST_DIGITS = 3, 7
_WORD = np.zeros(256, bool)
_WORD[np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", np.uint8)] = True
_SPACE, _EQUALS, _QUOTE, _NAME = b' ="r'
_BITS = 64


def _eight(sign: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([sign] * 8), "big"))


_HIGH, _LOW, _UPPER = _eight(0x80), _eight(0x7F), _eight(0xDF)
_TENS, _ZEROS, _SIXES, _QUOTES = _eight(0xF0), _eight(ord("0")), _eight(6), _eight(_QUOTE)


def far_corner(text: bytes) -> tuple[int, int] | None:
    """Furthest row and column of `r="B12"` and `r="12"`; None where a reference is written in any other way."""
    if len(text) < 64:
        return None
    signs = np.frombuffer(text, np.uint8)
    last = len(signs) - _MOST_LETTERS - _MOST_DIGITS - 4
    after = signs[2 : last + 1]
    names = np.flatnonzero((signs[1:last] == _NAME) & ((after == _EQUALS) | (after <= _SPACE))) + 1
    names = names[~_WORD[signs[names - 1]]]
    if (signs[names + 1] != _EQUALS).any() or (signs[names + 2] != _QUOTE).any():
        return None
    eights: Words = np.ndarray((len(text) - 7,), ">u8", text, strides=(1,))
    return _furthest(eights, names + 3)


def _furthest(eights: Words, starts: NDArray[np.int64]) -> tuple[int, int] | None:
    upper = eights[starts].astype(np.uint64) & _UPPER
    letters = np.zeros(len(starts), np.int64)
    still = np.ones(len(starts), bool)
    for place in range(_MOST_LETTERS):
        sign = (upper >> np.uint64(_BITS - 8 - 8 * place)).astype(np.uint8)
        still &= (sign >= ord("A")) & (sign <= ord("Z"))
        letters += still
    digits = eights[starts + letters].astype(np.uint64)
    length = _before_quote(digits)
    digits, mask = _first(digits, length), _first(~np.uint64(0), length)
    proper = (digits & _TENS) == (_ZEROS & mask)
    proper &= ((digits + (_SIXES & mask)) & _TENS) == (_ZEROS & mask)
    if not proper.all() or (length > _MOST_DIGITS).any():
        return None
    # Of numbers written with their last sign last, the largest word is the largest number.
    row, column = (int(words.max(initial=0)) for words in (digits, _first(upper, letters)))
    return _number(row, ord("0"), 10), _number(column, ord("A") - 1, 26)


def _before_quote(words: Words) -> NDArray[np.uint8]:
    """How many signs of each word stand before its first quote."""
    other = words ^ _QUOTES
    quotes = ~(((other & _LOW) + _LOW) | other) & _HIGH
    for bits in (8, 16, 32):
        quotes |= quotes >> np.uint64(bits)
    before: NDArray[np.uint8] = np.bitwise_count(~quotes & _HIGH)
    return before


def _first(words: Words | np.uint64, length: NDArray[np.integer]) -> Words:
    """The first signs of each word, moved to its end."""
    return np.where(length > 0, words >> (_BITS - 8 * length.astype(np.int64)).astype(np.uint64), np.uint64(0))


def _number(word: int, zero: int, base: int) -> int:
    number = 0
    for sign in word.to_bytes(8, "big").lstrip(b"\x00"):
        number = number * base + sign - zero
    return number
