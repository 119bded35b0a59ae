"""An old workbook (.xls) with texts and numbers, byte by byte: the same bytes on every run."""

import struct
from collections.abc import Sequence

from tests.exports.writers import Value

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096  # a stream below this size would need the file's second table of places


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str, width: str) -> bytes:
    return struct.pack(f"<{width}B", len(text), 1) + text.encode("utf-16-le")


def _cell(row: int, column: int, value: Value) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + _text(value, "H"))
    return _record(0x0203, place + struct.pack("<d", float(value or 0)))


def _sheet(rows: Sequence[Sequence[Value]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    cells = [
        _cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None and value != ""
    ]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    extent = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return start + extent + b"".join(cells) + _record(0x000A, b"")


def _book(sheets: dict[str, Sequence[Sequence[Value]]]) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(
        0x0042, struct.pack("<H", 1200)
    )
    names = [_text(name, "B") for name in sheets]
    bodies = [_sheet(rows) for rows in sheets.values()]
    place = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += _record(0x0085, struct.pack("<IH", place, 0) + name)
        place += len(body)
    return start + bounds + _record(0x000A, b"") + b"".join(bodies)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", first, size)


def xls_bytes(sheets: dict[str, Sequence[Sequence[Value]]]) -> bytes:
    """The sheets as a compound file: its table of places, one directory, one stream."""
    stream = _book(sheets)
    size = max(len(stream), _SMALLEST)
    stream = stream.ljust(-(-size // _SECTOR) * _SECTOR, b"\0")
    count = len(stream) // _SECTOR
    tables = -(-(count + 2) // (_SECTOR // 4 - 1))
    places = [_FAT] * tables + [_END] + [tables + 2 + one for one in range(count - 1)] + [_END]
    places += [_FREE] * (tables * (_SECTOR // 4) - len(places))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, _SMALLEST, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, size)
    directory += _entry("", 0, _FREE, 0, 0) * 2
    return head + struct.pack(f"<{len(places)}I", *places) + directory + stream
