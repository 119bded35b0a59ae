"""Cells, text tables and workbooks whose bytes are the same on every machine."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter

Cell = str | int | float | None
Row = Sequence[Cell]
WRITTEN = datetime(2026, 11, 16, 9, 0)


def cents(micros: int) -> int:
    """Whole cents, half to even."""
    found, rest = divmod(micros, 10_000)
    return found + (rest > 5_000 or (rest == 5_000 and found % 2 == 1))


def money(micros: int, *, grouped: bool = False) -> str:
    """Two decimals with a dot, half to even; `grouped` as English Google writes thousands."""
    whole, rest = divmod(cents(micros), 100)
    return f"{whole:,}.{rest:02d}" if grouped else f"{whole}.{rest:02d}"


def text_table(rows: Sequence[Row], delimiter: str, *, quote: str = "") -> str:
    """Delimited text with LF; quoted only where the delimiter, a quote, a line break or one of `quote` stands."""
    special = {delimiter, '"', "\n", *quote}
    return "".join(delimiter.join(_quoted(cell, special) for cell in row) + "\n" for row in rows)


def _quoted(cell: Cell, special: set[str]) -> str:
    text = "" if cell is None else str(cell)
    return '"' + text.replace('"', '""') + '"' if special & set(text) else text


def workbook(sheet: str, rows: Sequence[Row]) -> bytes:
    """One worksheet; None stays empty, text stays text. Stored unpacked: packing differs between zlib builds."""
    packed = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(packed, options) as book:
        book.set_properties({"created": WRITTEN, "author": "", "comments": ""})
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)
    return _unpacked(packed)


def _unpacked(packed: BytesIO) -> bytes:
    plain = BytesIO()
    with ZipFile(packed) as source, ZipFile(plain, "w", ZIP_STORED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return plain.getvalue()
