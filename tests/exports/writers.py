"""Files as programs write them: bytes that are the same on every run."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter

Value = str | int | float | None
FIXED = datetime(2026, 2, 10)


def csv_bytes(
    rows: Sequence[Sequence[Value]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    ends: str = "\n",
    quote_all: bool = False,
) -> bytes:
    """The rows as text in an encoding; `utf-16` is little-endian with its mark, as Excel writes it."""
    out = StringIO()
    csv.writer(
        out, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    ).writerows([["" if cell is None else cell for cell in row] for row in rows])
    text = out.getvalue()
    return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def xlsx_bytes(sheets: dict[str, Sequence[Sequence[Value]]]) -> bytes:
    """The sheets as a workbook: numbers as numbers, text as text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": FIXED})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None and cell != "":
                    sheet.write(number, place, cell)
    book.close()
    return out.getvalue()
