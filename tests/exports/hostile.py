"""Files made to stop, slow or fill a reader; made in memory, never stored."""

import random
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from tests.exports.writers import xlsx_bytes

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Hostile(NamedTuple):
    """A file and the finding that must stop it (empty: any that stops)."""

    name: str
    data: bytes
    code: str = ""


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def workbook(sheet: str, **more: bytes) -> bytes:
    """The smallest workbook around one sheet's XML."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook {_MAIN} xmlns:r="{_RELS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{_HEAD}<Relationships "
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive({name: text.encode() for name, text in members.items()} | more)


def sheet(cells: str) -> str:
    """A sheet's XML around rows."""
    return f"{_HEAD}<worksheet {_MAIN}><sheetData>{cells}</sheetData></worksheet>"


def _cell(reference: str) -> str:
    return f'<row r="{reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{reference}"><v>1</v></c></row>'


def _lying_size() -> bytes:
    data = bytearray(workbook(sheet(_cell("A1") * 50)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 7)
    return bytes(data)


def _bombs() -> Iterator[Hostile]:
    yield Hostile("spaces.xlsx", workbook(sheet(" " * 30_000_000)), "CONTAINER_TOO_LARGE")
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 4))
    yield Hostile("rows.xlsx", workbook(sheet(rows + "<row/>" * 4_000_000)), "CONTAINER_TOO_LARGE")
    yield Hostile("lying-size.xlsx", _lying_size(), "CONTAINER_BROKEN")
    yield Hostile("nested.zip", archive({"a.zip": archive({"b.csv": b"a,b"})}), "CONTAINER_UNSAFE")
    yield Hostile("hidden-nested.zip", archive({"a.csv": archive({"b.csv": b"a,b"})}), "CONTAINER_UNSAFE")
    yield Hostile("climbing.zip", archive({"../../etc/passwd": b"x"}), "CONTAINER_UNSAFE")
    yield Hostile("absolute.zip", archive({"/etc/passwd": b"x"}), "CONTAINER_UNSAFE")
    crowd = {f"{n}.csv": b"" for n in range(12_000)}
    yield Hostile("many.zip", archive(crowd, zipfile.ZIP_STORED), "CONTAINER_UNSAFE")
    yield Hostile("no-workbook.xlsx", archive({"xl/other.xml": b"<a/>"}), "NOT_A_TABLE")
    yield Hostile("empty.zip", archive({}), "CONTAINER_BROKEN")


def _resized(data: bytes, size_bytes: int, *, flags: int | None = None) -> bytes:
    """An archive of one member whose directory states another size (or other flags)."""
    out = bytearray(data)
    place = out.rindex(b"PK\x01\x02")
    out[place + 24 : place + 28] = struct.pack("<I", size_bytes)
    if flags is not None:
        out[place + 8 : place + 10] = struct.pack("<H", flags)
    return bytes(out)


def _archives() -> Iterator[Hostile]:
    table = b"Day,Campaign name,Amount spent (USD),Impressions\n2026-02-02,A,1.00,5\n"
    one = archive({"a.csv": table})
    yield Hostile("smaller-than-said.zip", _resized(one, len(table) + 50), "CONTAINER_BROKEN")
    yield Hostile("larger-than-said.zip", _resized(one, 9), "CONTAINER_BROKEN")
    yield Hostile("said-too-large.zip", _resized(one, 0x7FFFFFFF), "CONTAINER_TOO_LARGE")
    yield Hostile("locked.zip", _resized(one, len(table), flags=1), "ENCRYPTED_FILE")
    yield Hostile("bomb.zip", archive({"a.csv": table + b" " * 30_000_000}), "CONTAINER_TOO_LARGE")
    yield Hostile("crowd.zip", archive({f"{n}.csv": table for n in range(201)}), "CONTAINER_UNSAFE")
    yield Hostile("backslashes.zip", archive({"..\\..\\a.csv": table}), "CONTAINER_UNSAFE")
    yield Hostile("drive.zip", archive({"C:/a.csv": table}), "CONTAINER_UNSAFE")
    yield Hostile("packed-twice.zip", archive({"a.csv": b"\x1f\x8b" + bytes(90)}), "CONTAINER_UNSAFE")
    yield Hostile("workbook-inside.zip", archive({"a": xlsx_bytes({"S": [["a"]]})}), "CONTAINER_UNSAFE")
    yield Hostile("no-table.zip", archive({"a.pdf": b"%PDF-1.7", "b.html": b"<!DOCTYPE html><p>"}), "NOT_A_TABLE")
    yield Hostile("folders.zip", archive({"a/": b"", "a/.hidden.csv": table}), "NOT_A_TABLE")
    yield Hostile(
        "open-quote.zip", archive({"a.csv": table, "b.csv": table + b'2026-02-03,"B,1,2\n' * 9}), "TEXT_TOO_LONG"
    )
    outside = zipfile.ZipInfo("a.csv")
    outside.external_attr = 0xA1FF << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(outside, b"/etc/passwd")
    yield Hostile("link.zip", out.getvalue(), "CONTAINER_UNSAFE")
    ods = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"<!DOCTYPE a [<!ENTITY b '1'>]>",
    }
    yield Hostile("entities.ods", archive(ods), "DOCTYPE_FOUND")
    locked = {**ods, "content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    yield Hostile("password.ods", archive(locked), "ENCRYPTED_FILE")
    yield Hostile("endless.ods", _endless_ods())


def _endless_ods() -> bytes:
    """A million rows of 16,384 cells that each hold a letter, in a few hundred bytes."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>a</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{row}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    members = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    return archive({**members, "META-INF/manifest.xml": b"<a/>"})


def _sheets() -> Iterator[Hostile]:
    yield Hostile("two-cells.xlsx", workbook(sheet(_cell("A1") + _cell("XFD1048576"))), "SHEET_TOO_LARGE")
    yield Hostile("two-cells-2.xlsx", workbook(sheet(_cell("A1") + _cell("XFD30000"))), "SHEET_TOO_LARGE")
    yield Hostile("tall.xlsx", workbook(sheet(_cell("A1") + _cell("BZ1048576"))), "SHEET_TOO_LARGE")
    wide = "<row>" + "<c><v>1</v></c>" * 40_000 + "</row>"
    yield Hostile("unnumbered.xlsx", workbook(sheet(wide + '<row r="1048576"><c><v>1</v></c></row>')))
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet(_cell("A1"))
    yield Hostile("entities.xlsx", workbook(bomb), "DOCTYPE_FOUND")
    outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    more = {"xl/sharedStrings.xml": outside.encode("utf-16-le")}
    yield Hostile("external.xlsx", workbook(sheet(_cell("A1")), **more), "DOCTYPE_FOUND")
    yield Hostile("string-index.xlsx", workbook(sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')))
    yield Hostile("no-cells.xlsx", workbook(sheet("")), "EMPTY_FILE")
    yield Hostile("not-xml.xlsx", workbook("<<<<" + "[" * 100_000))
    whole = xlsx_bytes({"S": [["a", "b"], [1, 2]]})
    yield Hostile("truncated.xlsx", whole[: len(whole) // 2], "CONTAINER_BROKEN")
    yield Hostile("beheaded.xlsx", b"PK\x03\x04" + whole[200:])


def _texts() -> Iterator[Hostile]:
    yield Hostile("empty.csv", b"", "EMPTY_FILE")
    yield Hostile("blank.csv", b"\r\n \t\r\n" * 500, "EMPTY_FILE")
    yield Hostile("commas.csv", b",,,\n" * 500, "EMPTY_FILE")
    yield Hostile("only-a-mark.csv", b"\xef\xbb\xbf", "EMPTY_FILE")
    yield Hostile("odd-utf16.csv", b"\xff\xfe" + "Day\tCost".encode("utf-16-le") + b"\x0a")
    yield Hostile("open-quote.csv", b'Day,Campaign name,Amount spent (USD),Impressions\n2026-02-02,"A,1.00,5\n' * 9,
                  "TEXT_TOO_LONG")  # fmt: skip
    yield Hostile("open-quote-long.csv", b'a,b\n1,"' + b"x" * 3_000_000, "TEXT_TOO_LONG")
    yield Hostile("one-line.csv", b"a" * 3_000_000, "TEXT_TOO_LONG")
    yield Hostile("wide.csv", b",".join(b"c%d" % n for n in range(20_000)) + b"\n1,2", "SHEET_TOO_LARGE")
    yield Hostile("nul.csv", b"\x00" * 5_000, "EMPTY_FILE")
    yield Hostile("brackets.csv", b"[" * 200_000, "NOT_A_TABLE")
    yield Hostile("prose.csv", "Salam, dünya.\nBu cədvəl deyil.\n".encode(), "NOT_A_TABLE")
    yield Hostile("page.xls", b"<html><table><tr><td>Day</td></tr></table></html>", "NOT_A_TABLE")
    yield Hostile("page-with-mark.xls", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "NOT_A_TABLE")
    yield Hostile("data.csv", b'{"Day": "2026-02-02", "Cost": 1}', "NOT_A_TABLE")


def _magics() -> Iterator[Hostile]:
    dice = random.Random(11)  # noqa: S311  noise, not a secret
    magics = {
        "zip": b"PK\x03\x04", "zip-end": b"PK\x05\x06", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF89a", "gzip": b"\x1f\x8b", "7z": b"7z\xbc\xaf",
        "none": b"",
    }  # fmt: skip
    for name, magic in magics.items():
        yield Hostile(f"noise-{name}", magic + dice.randbytes(20_000))
    cipher = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    yield Hostile("password.xlsx", cipher, "ENCRYPTED_FILE")


def corpus() -> Iterator[Hostile]:
    """Every hostile file."""
    yield from _bombs()
    yield from _archives()
    yield from _sheets()
    yield from _texts()
    yield from _magics()
