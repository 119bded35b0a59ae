"""Bytes of a text file -> its characters: byte-order mark, UTF-16 by its zeros, UTF-8, else the best code page."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_SAMPLE = 64 << 10
# On a tie the earlier wins: cp1254 reads western text as cp1252 does, and Turkish besides.
_PAGES = ("cp1251", "cp1254", "cp1252", "cp1250", "cp1257")
_WORD = re.compile(r"[^\W\d_]+(?:[^\x00-\x7f\s][^\W\d_]*)*")


class Text(NamedTuple):
    """The characters, the encoding they were read with, and how many empty bytes were taken out."""

    text: str
    encoding: str
    nul_bytes: int


def decode(data: bytes, known: Callable[[str], int]) -> Text:
    """The text of the file; `known` counts the headers that we know in a sample of text. Never fails."""
    text, encoding = _by_mark(data) or _by_zeros(data) or _utf8(data) or _by_page(data, known)
    nul = text.count("\x00")
    return Text(text.replace("\x00", "") if nul else text, encoding, nul)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    return None


def _by_zeros(data: bytes) -> tuple[str, str] | None:
    head = data[:4096]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2], head[1 - first :: 2]
        if len(zeros) > 3 and zeros.count(0) * 10 > len(zeros) * 6 and others.count(0) * 10 < len(others):
            return data.decode(encoding, errors="replace"), encoding
    return None


def _utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _by_page(data: bytes, known: Callable[[str], int]) -> tuple[str, str]:
    def merit(page: str) -> tuple[int, int]:
        sample = data[:_SAMPLE].decode(page, errors="replace")
        return known(sample), _letters(sample)

    best = max(_PAGES, key=merit)
    return data.decode(best, errors="replace"), best


def _letters(sample: str) -> int:
    """Words that look written by people, less those that mix scripts or hold signs no word holds."""
    merit = 0
    for word in set(_WORD.findall(sample)):
        if not word.isascii():
            merit += 1 if _plausible(word) else -1
    return merit


def _plausible(word: str) -> bool:
    if not word.isalpha() or any(letter in "þðýÞÐÝ" for letter in word):
        return False
    if word[1:] != word[1:].lower() and word != word.upper():
        return False
    scripts = {unicodedata.name(letter, "? ").split()[0] for letter in word}
    if scripts == {"LATIN"}:
        return len(word) == 1 or sum(letter.isascii() for letter in word) * 2 >= len(word)
    return len(scripts) == 1
