"""The workbook to fill in: what a person types comes back as typed, its example never does, its texts stay texts."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from budget.exports import Reading, read_export
from budget.money import COMMON_CURRENCIES
from budget.present.template_words import DAILY, SALES
from budget.present.vocabulary import PLATFORMS
from budget.present.words import LANGUAGES, words_for
from budget.reports.fill_in import HEADER_ROW, fill_in
from budget.reports.workbook import workbook
from budget.uploads import can_store

TODAY = date(2026, 11, 22)
HOSTILE = "=SUM(A1)"


def sheets(data: bytes) -> list[Worksheet]:
    """The sheets as another program sees them: delivery, sales, notes."""
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets)


def filled(lang: str, *rows: tuple[Any, ...], sheet: int = 0) -> bytes:
    """The workbook of a language after a person typed these rows below the header and saved."""
    book = openpyxl.load_workbook(io.BytesIO(fill_in("AZN", words_for(lang))))
    for place, row in enumerate(rows, HEADER_ROW + 2):
        for column, value in enumerate(row, 1):
            cell = book.worksheets[sheet].cell(place, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Reading:
    """The workbook as the Upload screen reads it."""
    return read_export("payoff-table.xlsx", data, today=TODAY)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_what_is_typed_comes_back_without_a_question(lang: str) -> None:
    """Two platforms and currencies, an empty count, a name like a formula: every figure as typed, nothing asked."""
    other = words_for(lang).say(PLATFORMS["other"])
    found = read(
        filled(
            lang,
            (date(2026, 10, 19), "Telegram", HOSTILE, "AZN", 12.34, 1000, 20, 1, 45.5),
            (date(2026, 10, 20), other, "Bloger Nigar", "USD", 150, None, None, 2.5, None),
        )
    )
    assert (found.questions, found.report, found.language) == ((), "template/daily", lang)
    assert [f.code for f in found.findings] == ["MIXED_CURRENCY"]
    assert found.period == (date(2026, 10, 19), date(2026, 10, 21))
    rows = found.frame.astype(object).where(found.frame.notna(), None)
    names = ["platform", "campaign_name", "currency", "spend_micros", "impressions", "clicks", "conversions_micros"]
    assert [tuple(row) for row in rows[[*names, "value_micros"]].to_numpy()] == [
        ("telegram", HOSTILE, "AZN", 12_340_000, 1000, 20, 1_000_000, 45_500_000),
        ("other", "Bloger Nigar", "USD", 150_000_000, None, None, 2_500_000, None),
    ]
    assert [day.date() for day in rows["date_day"]] == [date(2026, 10, 19), date(2026, 10, 20)]


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_every_platform_of_the_list_is_known(lang: str) -> None:
    """Each word that the list offers in a language stands for its platform when it is read."""
    say = words_for(lang).say
    rows = [(date(2026, 10, 19), say(name), "A", "AZN", 1) for name in PLATFORMS.values()]
    assert read(filled(lang, *rows)).frame["platform"].tolist() == list(PLATFORMS)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_an_empty_workbook_says_nothing(lang: str) -> None:
    """The example above the header is never read: there is nothing to save, and no "nothing ran" is recorded."""
    found = read(fill_in("AZN", words_for(lang)))
    assert (found.kind, len(found.frame), found.questions) == ("empty", 0, ())
    assert not can_store(found)


def test_cells_take_only_what_belongs_there() -> None:
    """Days, platforms, currencies, amounts and counts have their rule; the firm's own currency leads the list."""
    daily = sheets(fill_in("GEL", words_for("en")))[0]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in daily.data_validations.dataValidation}
    assert {place: rule.type for place, rule in rules.items()} == {
        "A4": "date", "B4": "list", "D4": "list", "E4": "decimal", "F4": "whole", "G4": "whole", "H4": "decimal",
        "I4": "decimal",
    }  # fmt: skip
    codes = str(rules["D4"].formula1).strip('"').split(",")
    assert codes[0] == "GEL"
    assert sorted(codes) == sorted(COMMON_CURRENCIES)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_notes_say_what_every_column_means(lang: str) -> None:
    """Each header of both tables stands in the notes with a sentence, and above its column."""
    daily, sales, notes = sheets(fill_in("AZN", words_for(lang)))
    said = {row[0]: row[2] for row in notes.iter_rows(values_only=True) if row[2]}
    for sheet, columns in ((daily, DAILY), (sales, SALES)):
        headers = [cell.value for cell in sheet[HEADER_ROW + 1] if cell.value]
        assert headers == [words_for(lang).say(column.header) for column in columns]
        assert all(len(str(said[header])) > 20 for header in headers)
        assert words_for(lang).say("an example, never read") in str(sheet.cell(2, len(columns) + 1).value)


def test_weekly_sales_are_not_taken_for_delivery() -> None:
    """Figures of the sales sheet never become rows of ads, whether or not the other sheet is filled."""
    week = (date(2026, 10, 19), 212, 140, 8904, "AZN", 260)
    assert len(read(filled("en", week, sheet=1)).frame) == 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60), st.sampled_from(["", "=", "http://", "{="])
)
def test_a_text_in_a_workbook_stays_a_text(text: str, lead: str) -> None:
    """Whatever a text begins with, the file holds no formula and no link, and the text reads back."""
    out = io.BytesIO()
    with workbook(out) as book:
        book.add_worksheet("a").write(0, 0, lead + text + "x")
    with zipfile.ZipFile(out) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not re.search("<f>|<f |hyperlink", xml)
    assert sheets(out.getvalue())[0].cell(1, 1).value == lead + text + "x"
