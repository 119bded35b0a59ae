"""Where the formulas of a workbook stand: its parser gives their last values only."""

import re
import zipfile
from html import unescape
from io import BytesIO

_SHEET = re.compile(rb"<(?:\w{1,9}:)?sheet\b([^>]{1,2000})>")
_RELATION = re.compile(rb"<(?:\w{1,9}:)?Relationship\b([^>]{1,4000})>")
_ATTRIBUTE = re.compile(rb"""([\w:]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(
    rb"""<(?:\w{1,9}:)?c\b[^>]{0,300}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]{0,300}>\s*<(?:\w{1,9}:)?f\b"""
)
MOST = 200_000


def formula_places(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Sheet name -> places (row, column) from 0 of its formulas, in a guarded workbook."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        targets = _targets(archive, names)
        found = {}
        for raw in _SHEET.findall(archive.read("xl/workbook.xml")):
            sheet = _attributes(raw)
            relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
            path = targets.get(relation, "")
            if path in names and "name" in sheet:
                found[sheet["name"]] = _places(archive.read(path))
        return found


def _targets(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Relation id -> path inside the archive."""
    path = "xl/_rels/workbook.xml.rels"
    rows = [_attributes(raw) for raw in _RELATION.findall(archive.read(path))] if path in names else []
    return {
        row["Id"]: row["Target"][1:] if row["Target"].startswith("/") else f"xl/{row['Target']}"
        for row in rows
        if "Id" in row and "Target" in row
    }


def _attributes(raw: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(raw)
    }


def _places(xml: bytes) -> list[tuple[int, int]]:
    found = []
    for match in _FORMULA.finditer(xml):
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        found.append((int(match[2]) - 1, column - 1))
        if len(found) >= MOST:
            break
    return found
