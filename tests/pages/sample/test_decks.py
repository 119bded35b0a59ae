"""The slides of the sample firm: LibreOffice opens and draws them, their figures are the pack's, nothing points out."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from shutil import which
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from budget.money import MICROS
from budget.pack import KINDS, Results, pack_of
from budget.present.words import words_for
from budget.reports.deck import deck
from budget.store import Decision, Store, open_store
from tests.budget.packs import results_of
from tests.find_office import HOW, find_slides

ATTACK = '=cmd|"/c calc"!A1 <b>http://evil.example/x</b> \x07 {0} %s & ə'
DECKS = [(kind, lang) for kind in KINDS for lang in ("en", "az")]
SECONDS = 120
SEEN = ("Actual", "Still arriving")


@pytest.fixture(scope="module")
def results(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """The sample firm's results, with a decision and names that try to be formulas and links."""
    path = tmp_path_factory.mktemp("decks") / "payoff.db"
    path.write_bytes(sample_database)
    store = open_store(f"sqlite:///{path}")
    firm = store.workspaces()[0].workspace_id
    _decide(store, firm)
    found = results_of(store, firm)
    lines = tuple(replace(line, tactic=ATTACK) if n == 0 else line for n, line in enumerate(found.plan.lines))
    yield replace(found, firm=ATTACK, plan=replace(found.plan, name=ATTACK, lines=lines))
    store.close()


def _decide(store: Store, firm: int) -> None:
    """One decision that holds from the first open week, one of the week before."""
    for monday in (date(2026, 11, 23), date(2026, 11, 16)):
        store.add_decision(firm, Decision(
            monday, "scale", "AZN", "google", "search", "google_search", 900 * MICROS, ATTACK, date(2026, 11, 25),
            expected_low_micros=-20 * MICROS, expected_likely_micros=40 * MICROS, expected_high_micros=90 * MICROS,
            before_micros=700 * MICROS, reason=ATTACK,
        ))  # fmt: skip


@pytest.fixture(scope="module")
def decks(results: Results) -> dict[tuple[str, str], bytes]:
    """Both packs in both languages."""
    return {(kind, lang): deck(pack_of(results, kind), words_for(lang)) for kind in KINDS for lang in ("en", "az")}


@pytest.fixture(scope="module")
def drawn(decks: dict[tuple[str, str], bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The same as drawn by LibreOffice, all in one start."""
    office = find_slides()
    if office is None:
        pytest.skip(HOW)
    folder = tmp_path_factory.mktemp("drawn")
    files = []
    for (kind, lang), data in decks.items():
        files.append(folder / f"{kind}-{lang}.pptx")
        files[-1].write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return {(kind, lang): folder / f"{kind}-{lang}.pdf" for kind, lang in decks}


@lru_cache(maxsize=4)
def slides(data: bytes) -> list[Any]:
    """The slides of a deck."""
    return list(Presentation(io.BytesIO(data)).slides)


def texts(slide: Any) -> list[str]:
    """Every text on a slide, tables too."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [*found, *(cell.text for table in tables for row in table.rows for cell in row.cells)]


def charts(slide: Any) -> list[Any]:
    """The charts of a slide."""
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def columns(chart: Any) -> dict[str, list[float | None]]:
    """The series of a chart by name, areas behind the lines too."""
    return {series.name: list(series.values) for plot in chart.plots for series in plot.series}


def sheet(chart: Any) -> list[list[Any]]:
    """The rows of the workbook inside a chart."""
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


@pytest.mark.parametrize(("kind", "lang"), DECKS)
def test_libreoffice_draws_every_slide(
    decks: dict[tuple[str, str], bytes], drawn: dict[tuple[str, str], Path], kind: str, lang: str
) -> None:
    """The PDF has a page a slide, and each page shows the title of its slide."""
    assert drawn[kind, lang].is_file()
    if which("pdftotext") is None:
        pytest.skip("no pdftotext here to read the pages")
    told = subprocess.run(["pdftotext", "-layout", str(drawn[kind, lang]), "-"], capture_output=True, check=True)
    pages = told.stdout.decode().split("\f")[:-1]
    titles = [slide.shapes.title.text_frame.text for slide in slides(decks[kind, lang])]
    assert len(pages) == len(titles) == 9
    for page, title in zip(pages, titles, strict=True):
        assert re.sub(r"\W", "", title) in re.sub(r"\W", "", page)


@pytest.mark.parametrize(("kind", "lang"), DECKS)
def test_no_part_points_outside_and_no_text_runs(decks: dict[tuple[str, str], bytes], kind: str, lang: str) -> None:
    """No external relation, hyperlink, macro or formula; names of firm, plan, line and owner stay texts."""
    data = decks[kind, lang]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, body in parts.items():
        assert b'TargetMode="External"' not in body, name
        assert b"hlinkClick" not in body, name
        assert not name.endswith((".bin", ".jpeg", ".vml")), name
    books = [name for name in parts if name.endswith(".xlsx")]
    assert books
    for name in books:
        with zipfile.ZipFile(io.BytesIO(parts[name])) as book:
            inner = {member: book.read(member) for member in book.namelist()}
        assert b"<f>" not in inner["xl/worksheets/sheet1.xml"], name
        assert not [member for member in inner if "externalLink" in member or "hyperlink" in member]
    said = " ".join(text for slide in slides(data) for text in texts(slide))
    assert '=cmd|"/c calc"!A1 <b>http://evil.example/x</b>' in said


def test_the_same_pack_gives_the_same_bytes(results: Results, decks: dict[tuple[str, str], bytes]) -> None:
    """Made again the file is equal, and no member carries the clock of this machine."""
    assert deck(pack_of(results, "weekly"), words_for("az")) == decks["weekly", "az"]
    with zipfile.ZipFile(io.BytesIO(decks["weekly", "az"])) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        facts = archive.read("docProps/core.xml").decode()
    assert "2026-11-22T00:00:00Z" in facts
    assert not re.findall(r"20\d\d-\d\d-\d\d", facts.replace("2026-11-22", ""))


def test_charts_hold_the_packs_figures_to_the_cent(results: Results, decks: dict[tuple[str, str], bytes]) -> None:
    """Causes, pacing, three results and weeks in the charts are those of the review and the pacing; so is the sheet."""
    found, pace, week = results.review, results.pacing, slides(decks["weekly", "en"])
    assert found is not None
    assert pace is not None
    figures, why, pacing, three = (charts(slide)[0] for slide in week[1:5])
    known = [x if x is not None else y for x, y in zip(*(columns(figures)[n] for n in SEEN), strict=True)]
    assert known == pytest.approx([b.after_media / MICROS for _, b in found.cumulative], abs=0.005)
    assert columns(figures)["Actual"][-1] is None, "the last week still arrives"
    assert columns(figures)["Plan"] == pytest.approx([a.after_media / MICROS for a, _ in found.cumulative], abs=0.005)
    steps = [found.plan_pnl.after_media, *(d.effect_micros for d in found.drivers), found.actual_pnl.after_media]
    assert columns(why)["Amount"] == pytest.approx([abs(x) / MICROS for x in steps], abs=0.005)
    done = columns(pacing)["Actual"][: pace.days_done]
    assert done == pytest.approx(list(pace.pace.path[: pace.days_done]), abs=0.005)
    assert columns(pacing)["Plan"] == pytest.approx(list(pace.pace.ideal), abs=0.005)
    results_three = [found.three.planned_micros, found.three.as_spent_micros, found.three.actual_micros]
    assert columns(three)["Amount"] == pytest.approx([x / MICROS for x in results_three], abs=0.005)
    for chart in (figures, why, pacing, three):
        names, *rows = sheet(chart)
        for name, values in columns(chart).items():
            inside = [row[names.index(name)] for row in rows]
            assert [x is None for x in inside] == [x is None for x in values]
            assert [x or 0 for x in inside] == pytest.approx([x or 0 for x in values], rel=1e-12)


def test_claims_stand_beside_what_was_booked(results: Results, decks: dict[tuple[str, str], bytes]) -> None:
    """Week by week the value that platforms claim, the early week apart, and the value in the books."""
    assert results.to_date is not None
    weeks = results.to_date.claims.weeks
    drawn = columns(charts(slides(decks["weekly", "en"])[5])[0])
    claimed = [x if x is not None else y for x, y in zip(drawn["Claimed"], drawn["Still arriving"], strict=True)]
    assert claimed == pytest.approx([(one.claimed_value_micros or 0) / MICROS for one in weeks], abs=0.005)
    assert drawn["Booked"] == pytest.approx([(one.booked_value_micros or 0) / MICROS for one in weeks], abs=0.005)


def test_the_statement_of_the_owner_adds_up(results: Results, decks: dict[tuple[str, str], bytes]) -> None:
    """Its bars are the steps of the income statement: totals stand at zero, costs hang from the one above."""
    found = results.review
    assert found is not None
    rows = sheet(charts(slides(decks["owner", "en"])[1])[0])
    by_name = {row[0]: ((row[1] or 0) + row[2], row[2]) for row in rows[1:]}
    pnl = found.actual_pnl
    assert by_name["Net revenue"] == pytest.approx((pnl.net_revenue / MICROS,) * 2, abs=0.005)
    assert by_name["Media"] == pytest.approx((pnl.after_fulfilment / MICROS, pnl.media / MICROS), abs=0.005)
    assert by_name["Profit"][1] == pytest.approx(pnl.profit / MICROS, abs=0.005)


@pytest.mark.parametrize(("kind", "lang"), DECKS)
def test_every_slide_says_its_sources_and_stays_on_the_page(
    decks: dict[tuple[str, str], bytes], kind: str, lang: str
) -> None:
    """Notes name the plan's version and the data version; no shape leaves the slide; every slide has a title."""
    version = words_for(lang).say("{files}, {until}, data version {version}.", files="", until="", version="")
    for slide in slides(decks[kind, lang]):
        notes = slide.notes_slide.notes_text_frame.text
        assert version.strip(" ,.").split(",")[-1].strip() in notes
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                said = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert said == slide.shapes.title.text_frame.text, "told to whoever does not see it"
            assert shape.left >= 0
            assert shape.left + shape.width <= 12_192_000
            assert shape.top + shape.height <= 6_858_000


def test_what_stands_on_a_slide_does_not_overlap(decks: dict[tuple[str, str], bytes]) -> None:
    """Title, line below, tables, charts and foot keep out of each other's places."""
    for data in decks.values():
        for number, slide in enumerate(slides(data), 1):
            boxes = [(s.left, s.top, s.left + s.width, s.top + s.height, s.name) for s in slide.shapes]
            for n, one in enumerate(boxes):
                for other in boxes[n + 1 :]:
                    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                    assert apart, f"slide {number}: {one[4]} and {other[4]}"


def test_decisions_are_told_as_decided_and_as_seen_again(decks: dict[tuple[str, str], bytes]) -> None:
    """The decision of the open week stands with its owner, the one before it with its verdict."""
    said = texts(slides(decks["weekly", "en"])[7])
    assert "1 decision taken, 1 earlier action looked at again" in said
    assert "700 → 900" in said
    assert "−20\u00a0… +90" in said
