"""Large even text -> a grid without one Python object a cell; None where only the careful reader will do."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import islice
from mmap import mmap
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from pyarrow import csv as arrow_csv

from budget.exports.bodies import GridRows, Texts
from budget.exports.cells import Grid, Row
from budget.exports.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS
from budget.exports.repair import SAMPLE_LINES, repair

_HEAD_BYTES = 4 << 20
# A row that does not fit into two blocks is refused here, so no cell passes that is longer than a cell may be.
_BLOCK_BYTES = MAX_CELL_CHARS // 2
_LEAD = 50
# Records are coded some blocks at a time, so that memory is used again and few dictionaries are joined.
_GROUP = 16
_MOST_SHARE = 0.2
_LEAST_SIGN, _MOST_SIGN = b"+9"
_QUOTE, _LINE, _RETURN = b'"', b"\n", b"\r"


def quick_grid(data: bytes | mmap, choose: Callable[[list[str]], str]) -> Grid | None:
    """The grid of a UTF-8 text whose records are one line each and of one width; None for any other.

    `choose` finds the delimiter in the first lines. What comes out equals what the careful reader makes of it.
    """
    start = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    if data.find(b"\x00") >= 0 or not _returns_end_lines(data):
        return None
    head = data[start : start + _HEAD_BYTES]
    try:
        lines = repair(head[: head.rfind(_LINE) + 1].decode())
    except UnicodeDecodeError:
        return None
    if lines.unwrapped or len(lines.lines) <= SAMPLE_LINES:
        return None
    delimiter = lines.separator or choose(lines.lines)
    lead = _lead(lines.lines, delimiter)
    if lead is None or len(delimiter) != 1 or not delimiter.isascii():
        return None
    if data.find(_QUOTE) >= 0 and not _quotes_are_plain(data, start, delimiter.encode()):
        return None
    for _ in range(lines.skipped + len(lead)):
        start = data.find(_LINE, start) + 1
    table = _parse(data, start, delimiter)
    if table is None or len(lead) + table.num_rows > MAX_ROWS:
        return None
    rows = GridRows(lead, Texts(table))
    return Grid("", rows, range(lines.skipped + 1, lines.skipped + 1 + len(rows)), delimiter)


def _lead(lines: list[str], delimiter: str) -> list[Row] | None:
    """The records above the first one of the table's width; None where the width is not even then."""
    try:
        records: list[Row] = [list(record) for record in csv.reader(lines[:_LEAD], delimiter=delimiter)]
    except csv.Error:
        return None
    if len(records) != _LEAD:
        return None
    width = len(records[-1])
    first = next(place for place, record in enumerate(records) if len(record) == width)
    even = all(len(record) == width for record in records[first:])
    return records[:first] if even and 1 < width <= MAX_COLUMNS else None


def _returns_end_lines(data: bytes | mmap) -> bool:
    """Whether a line break follows every carriage return."""
    if data.find(_RETURN) < 0:
        return True
    signs = np.frombuffer(data, np.uint8)
    for begin in range(0, len(signs), _HEAD_BYTES):
        returns = np.flatnonzero(signs[begin : begin + _HEAD_BYTES] == _RETURN[0]) + begin + 1
        if len(returns) and (returns[-1] >= len(signs) or (signs[returns] != _LINE[0]).any()):
            return False
    return True


def _quotes_are_plain(data: bytes | mmap, start: int, delimiter: bytes) -> bool:
    """Whether every quote opens or closes a whole cell (or is doubled within one), and no cell spans lines."""
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE[0])
    if len(quotes) % 2:
        return False
    opens, closes = quotes[0::2], quotes[1::2]
    ends = np.flatnonzero(text == _LINE[0])
    before = np.where(opens > 0, text[opens - 1], _LINE[0])
    after = text[np.minimum(closes + 1, len(text) - 1)]
    edges = [_QUOTE[0], delimiter[0], _LINE[0]]
    starts = np.isin(before, edges) | (opens == start)
    stops = np.isin(after, [*edges, _RETURN[0]]) | (closes == len(text) - 1)
    return bool(starts.all() and stops.all() and (np.searchsorted(ends, opens) == np.searchsorted(ends, closes)).all())


def _parse(data: bytes | mmap, start: int, delimiter: str) -> Any | None:
    """The table from a byte on, all columns as text; None where a record has another width or is not UTF-8."""
    width_probe = data[start : data.find(_LINE, start)].decode()
    width = len(next(csv.reader([width_probe], delimiter=delimiter)))
    names = [str(place) for place in range(width)]
    try:
        reader = arrow_csv.open_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            # One thread: two would only double the memory that is touched.
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK_BYTES, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
        columns = [_Pieces() for _ in names]
        while batches := list(islice(reader, _GROUP)):
            for pieces, column in zip(columns, pa.Table.from_batches(batches).columns, strict=True):
                pieces.add(column)
        return pa.table([pieces.whole() for pieces in columns], names=names)
    except pa.ArrowException:
        return None


class _Pieces:
    """One column as it grows: coded, or as it is where most cells are different numbers."""

    def __init__(self) -> None:
        self._pieces: list[Any] = []
        self._as_is = False

    def add(self, texts: Any) -> None:
        """Take the next cells, a chunked array of texts."""
        if self._as_is:
            self._pieces.append(texts.combine_chunks())
            return
        coded = texts.dictionary_encode().combine_chunks()
        if not self._pieces:
            self._as_is = len(coded.dictionary) > _MOST_SHARE * len(coded) and _look_like_numbers(coded.dictionary[1:])
        self._pieces.append(texts.combine_chunks() if self._as_is else coded)

    def whole(self) -> Any:
        """All cells as one array; the pieces are given up."""
        pieces, self._pieces = self._pieces, []
        return pa.chunked_array(pieces).combine_chunks()


def _look_like_numbers(texts: Any) -> bool:
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    return bool(len(signs)) and bool(signs.min() >= _LEAST_SIGN) and bool(signs.max() <= _MOST_SIGN)
