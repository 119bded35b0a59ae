"""Charts of slides: every piece is drawn where it is, texts stay texts, colours are those of the theme file."""

import io
import re
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from budget.present.charts.style import ROLES
from budget.reports.deck_charts import Line, Names, Piece, Strip, bars, lines, range_strip
from budget.reports.deck_page import Box, Page, plain
from budget.reports.deck_theme import COLOURS, SLOTS, empty_deck, page_colour, palette
from tests.budget.builders import week

BOX = Box(1, 2, 8, 4)
MICROS = 1_000_000


def page() -> Page:
    """A slide to draw on."""
    return Page(one_deck(), "Title", "", "en")


@cache
def one_deck() -> Deck:
    """One deck for all: only its newest slide is looked at."""
    return empty_deck()


def ends(values: list[float]) -> list[tuple[float, float]]:
    """Where each value of one category is drawn, stacked away from zero on either side; empty ones left out."""
    found, above, below = [], 0.0, 0.0
    for value in values:
        if value >= 0:
            found.append((above, above + value))
            above += value
        else:
            found.append((below + value, below))
            below += value
    return found


@settings(max_examples=30)
@given(st.lists(st.integers(-10_000, 10_000), min_size=3, max_size=3).map(sorted))
def test_a_range_is_drawn_from_its_low_to_its_high_end(levels: list[int]) -> None:
    """On either side of zero or across it, the pieces stacked from zero cover the range and nothing else."""
    low, mid, high = (float(x) for x in levels)
    chart = bars(page(), BOX, [range_strip("a", low, mid, high, "actual")], Names("Before", ("Low", "High")))
    series = chart.plots[0].series
    drawn = ends([series_of.values[0] for series_of in series])
    shown = [end for end, one in zip(drawn, series, strict=True) if one.name != "Before" and end[0] != end[1]]
    if low == high:
        assert shown == []
        return
    assert min(a for a, _ in shown) == pytest.approx(low)
    assert max(b for _, b in shown) == pytest.approx(high)
    assert sum(b - a for a, b in shown) == pytest.approx(high - low)
    if low < mid < high:
        assert any(a == pytest.approx(mid) or b == pytest.approx(mid) for a, b in shown)


def test_bars_below_zero_keep_their_colour() -> None:
    """Each series and each bar of its own colour says that it is not to be inverted."""
    chart = bars(page(), BOX, [range_strip("a", -9.0, -5.0, 3.0, "bad")], Names("Before", ("Low", "High")))
    for series in chart.plots[0].series:
        assert series.invert_if_negative is False
        assert series._element.xml.count('<c:invertIfNegative val="0"/>') == 1 + series._element.xml.count("<c:dPt>")


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    """In the workbook behind the chart the name is a string cell, as are its columns; nothing is a link."""
    name = '=HYPERLINK("http://evil.example")'
    chart = bars(page(), BOX, [Strip(name, (Piece(0, 5 * MICROS, "plan"),))], Names("Before", ("+1+1",)))
    blob = chart.part.chart_workbook.xlsx_part.blob
    cells = openpyxl.load_workbook(io.BytesIO(blob)).worksheets[0]
    assert [(cells.cell(2, 1).data_type, cells.cell(2, 1).value), cells.cell(1, 2).value] == [("s", name), "+1+1"]
    assert cells.cell(2, 2).value == 5
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [member for member in archive.namelist() if "rels" in member and "sheet" in member]


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_any_text_fits_on_a_slide(text: str) -> None:
    """Whatever signs a name holds, the slide and the chart take it, and what can be seen of it stays."""
    made = page()
    made.text(BOX, [])
    clean = plain(text)
    assert not re.search(r"[\x00-\x1f\ud800-\udfff]", clean)
    assert [sign for sign in text if sign.isalnum() and sign in clean] == [sign for sign in text if sign.isalnum()]
    bars(made, BOX, [Strip(text, (Piece(0, MICROS, "plan"),))], Names("Before", (text,)))


def test_a_line_is_silent_where_nothing_is_known() -> None:
    """A missing value is a gap in the line, and no cell in the workbook behind it."""
    days = [week(n) for n in range(3)]
    chart = lines(page(), BOX, days, [Line("Actual", [1.0, None, 3.25], "actual")])
    assert list(chart.plots[0].series[0].values) == [1.0, None, 3.25]
    cells = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    assert [cells.cell(row, 2).value for row in (2, 3, 4)] == [1, None, 3.25]


def test_the_deck_has_the_colours_of_the_theme_file() -> None:
    """Every slot of the presentation's theme is the light colour of its role, and every role drawn has a slot."""
    root = Path(__file__).parents[2]
    light = tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["light"]
    colours = dict(zip(ROLES, light["chartCategoricalColors"], strict=True))
    assert {role: f"#{colour.lower()}" for role, colour in palette().items()} == colours
    assert f"#{page_colour().lower()}" == light["backgroundColor"]
    assert set(COLOURS) <= set(SLOTS.values())
    deck = empty_deck()
    assert (deck.slide_width, deck.slide_height) == (Emu(12_192_000), Emu(6_858_000))
    themes = [part.blob.decode() for part in deck.part.package.iter_parts() if "theme" in part.content_type]
    for slot, role in SLOTS.items():
        assert all(f'<a:{slot}><a:srgbClr val="{palette()[role]}"/></a:{slot}>' in theme for theme in themes)
