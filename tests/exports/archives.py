"""Archives of tables, and a sheet as LibreOffice saves it: the same bytes on every run."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from xml.sax.saxutils import escape

from tests.exports.tables import DAYS, FIRST, Expected, Fact, sums, week
from tests.exports.writers import Value, csv_bytes

Piece = tuple[str, bytes, Expected]
BASIC = ("spend_micros", "impressions", "link_clicks")
HEADER = ("Day", "Campaign name", "Ad set name", "Amount spent (AZN)", "Impressions", "Link clicks")
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """The members as an archive with fixed dates."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ods_bytes(name: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """One sheet of text, numbers and empty cells, with the endless empty rows that LibreOffice writes below."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    blank += 'table:number-columns-repeated="16384"/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_NAMES}:office:1.0" '
        f'xmlns:table="{_NAMES}:table:1.0" xmlns:text="{_NAMES}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{lines}{blank}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0"/>'
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return zip_bytes(
        {"mimetype": mimetype, "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def _ods_cell(cell: Value) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        text = f"<text:p>{escape(cell)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def meta_cells(rows: Sequence[Fact]) -> list[list[Value]]:
    """Ad sets by day."""
    body: list[list[Value]] = [
        [str(row.day), row.campaign, row.ad_group, row.cents / 100, row.impressions, row.link_clicks] for row in rows
    ]
    return [list(HEADER), *body]


def _expected(rows: Sequence[Fact], *findings: str) -> Expected:
    return Expected(
        "meta", "meta/ads", "en", "AZN", level="ad_group", rows=len(rows), sums=sums(rows, *BASIC),
        findings=list(findings),
    )  # fmt: skip


def months() -> Iterator[Piece]:
    """Two tables that are not the same: asked which one counts, and read as the person says."""
    first, second = week("archive one"), week("archive two", ads=2)
    later = [replace(row, day=row.day + timedelta(days=DAYS)) for row in second]
    data = zip_bytes(
        {
            "week-1.csv": csv_bytes(meta_cells(first)), "week-2.csv": csv_bytes(meta_cells(later)),
            "__MACOSX/._week-1.csv": b"\x00\x05\x16\x07", "read me.txt": b"Salam.\n", "logo.png": b"\x89PNG\r\n\x1a\n",
        }
    )  # fmt: skip
    asked = _expected(first, "SHEET_CHOICE")
    asked.questions = ["sheet"]
    yield "meta/two-weeks.zip", data, asked
    answered = _expected(later)
    answered.start, answered.end = FIRST + timedelta(days=DAYS), FIRST + timedelta(days=2 * DAYS)
    answered.answers = {"sheet": "week-2.csv"}
    yield "meta/two-weeks-answered.zip", data, answered


def named_range() -> Piece:
    """A table without dates in an archive: the member's own name states the range."""
    rows = week("archive named", days=1, names=("Yaz",), ads=1)
    cells: list[list[Value]] = [["Campaign name", "Ad group name", "Cost (USD)", "Impressions"]]
    cells += [[row.campaign, row.ad_group, f"{row.cents / 100:.2f}", str(row.impressions)] for row in rows]
    expected = Expected("tiktok", "tiktok/ads", "en", "USD", grain="period", level="ad_group", rows=len(rows))
    expected.sums, expected.findings = sums(rows, "spend_micros", "impressions"), ["NOT_DAILY"]
    expected.end = date(2026, 2, 9)
    data = zip_bytes({"export/TikTok 2026-02-02 2026-02-08.csv": csv_bytes(cells)})
    return "tiktok/named-range.zip", data, expected


def samples() -> Iterator[Piece]:
    """All of them."""
    yield from months()
    yield named_range()
    rows = week("open document")
    yield "meta/saved-by-libreoffice.ods", ods_bytes("Raw Data", meta_cells(rows)), _expected(rows)
