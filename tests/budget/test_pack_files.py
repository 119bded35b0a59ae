"""What the workbooks of packs carry out of the house: texts as texts, no way outside, the same bytes, A4."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from budget.pack import KINDS, Kind
from budget.present.dictionary_words import OWNER, WEEKLY
from budget.present.numbers import numbers_for
from budget.present.pack_sheet_words import (
    DATA,
    DICTIONARY,
    PACING,
    WEEKS,
)
from budget.present.vocabulary import PNL_STEPS
from budget.present.words import LANGUAGES, words_for
from tests.budget.made_packs import ATTACKS
from tests.budget.pack_books import MADE, PACKS, book, cells, pack, rows_of, title


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_texts_of_people_stay_texts(kind: Kind, lang: str) -> None:
    """Names and notes that begin like formulas or links are strings, as they were typed; no formula holds any."""
    with zipfile.ZipFile(io.BytesIO(book(kind, lang))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        shared = archive.read("xl/sharedStrings.xml").decode()
    formulas = [formula for sheet in sheets for formula in re.findall(r"<f>([^<]*)</f>", sheet)]
    assert formulas
    for text in ("HYPERLINK", "evil", "1+1", "@SUM", "cmd", "DDE", "WEBSERVICE", "["):
        assert not any(text in formula for formula in formulas)
    assert "=HYPERLINK(" in shared
    values = [value for sheet in cells(book(kind, lang)).values() for value in sheet.values()]
    assert ATTACKS[1] in values
    assert any(ATTACKS[0] in str(value) for value in values)


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_nothing_leads_outside(kind: Kind, lang: str) -> None:
    """No link, no external part, no DDE, no macro: every relation stays inside the file."""
    with zipfile.ZipFile(io.BytesIO(book(kind, lang))) as archive:
        names = archive.namelist()
        text = "".join(archive.read(name).decode() for name in names if name.endswith((".rels", ".xml")))
    assert not any("externalLink" in name or "vba" in name or "embeddings" in name for name in names)
    assert 'TargetMode="External"' not in text
    assert not re.search(r"<hyperlink|ddeLink|oleLink|<definedName[^>]*>[^<]*http", text)


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_charts_are_drawn_from_the_files_own_cells(kind: Kind, lang: str) -> None:
    """Every series of every chart names a sheet of the file and cells that hold something; each can be read out."""
    opened = cells(book(kind, lang))
    with zipfile.ZipFile(io.BytesIO(book(kind, lang))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.match(r"xl/charts/chart\d+", name)]
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
    assert len(charts) >= {"weekly": 8, "owner": 5}[kind]
    assert len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]+"', drawings)) == len(charts)
    for chart in charts:
        spans = re.findall(r"<c:f>'([^']+)'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?</c:f>", chart)
        assert len(spans) == len(re.findall("<c:f>", chart)) > 0
        for name, column, first, last in spans:
            place = column_index_from_string(column)
            assert any((row, place) in opened[name] for row in range(int(first), int(last or first) + 1))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_pack_gives_the_same_bytes(kind: Kind) -> None:
    """Made twice, a file is the same to the byte: it is dated by the pack, not by the clock."""
    again = MADE[kind](pack(kind), words_for("en"), numbers_for("en", "AZN"))
    assert again == book(kind, "en")
    assert openpyxl.load_workbook(io.BytesIO(again)).properties.created == datetime(2026, 10, 19, 8, 30)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_sheets_can_be_named_and_printed(kind: Kind, lang: str) -> None:
    """In every language names fit a tab, each sheet prints on A4 across one page, long tables repeat their header."""
    opened: Any = openpyxl.load_workbook(io.BytesIO(book(kind, lang)))
    for sheet in opened:
        assert len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\")
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
    repeated = [
        words_for(lang).say(name) for name in ((DATA, DICTIONARY) if kind == "owner" else (DATA, PACING, WEEKS))
    ]
    assert all(opened[name].print_title_rows for name in repeated)


def test_early_weeks_are_pale_and_said() -> None:
    """The week whose conversions still arrive stands on grey with its share; the others do not."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(book("weekly", "en")))["Weeks"]
    rows = [row for row in sheet.iter_rows(min_col=1, max_col=3) if row[0].value == "All channels" and row[1].value]
    fills = [row[0].fill.fgColor.rgb == "FFEEF1F4" for row in rows]
    shares = [row[2].value < 0.8 for row in rows]
    assert fills == shares
    assert sum(fills) == 1
    assert any("Pale weeks are early" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_the_dictionary_explains_every_step_and_ratio(kind: Kind, lang: str) -> None:
    """Every step of the statement and every ratio has its meaning, formula, unit and source; no field is empty."""
    rows = rows_of(cells(book(kind, lang))[title(DICTIONARY, lang)])
    entries = [row for row in rows if len(row) == 5][1:]
    assert len(entries) == len(WEEKLY if kind == "weekly" else OWNER)
    named = {row[0] for row in entries}
    assert {title(name, lang) for name in PNL_STEPS.values()} | {"ROI", "POAS", "ROAS", "MER"} <= named
    assert "AZN" in {row[3] for row in entries}


@pytest.mark.parametrize("entries", [WEEKLY, OWNER], ids=["weekly", "owner"])
def test_a_figure_is_explained_once(entries: tuple[Any, ...]) -> None:
    """No name stands twice in a dictionary."""
    names = [entry.name for entry in entries]
    assert len(names) == len(set(names))
