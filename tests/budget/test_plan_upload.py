"""A plan workbook as people send it back: exactly their changes are found, and what is wrong is named by its cell."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.exports.book import Book
from budget.money import micros
from budget.phasing import rephased
from budget.plan import PlanAudience, PlanLine, StoredPlan
from budget.plan_changes import changes_of
from budget.present.numbers import numbers_for
from budget.present.plan_change_words import change_rows
from budget.present.plan_file_words import EXPECTED, SENTENCES, file_sentence
from budget.present.words import LANGUAGES, words_for
from budget.reports.plan_file import plan_template, plan_workbook
from budget.reports.plan_upload import Upload, read_plan_book, read_plan_file
from tests.budget.books import book_here, edited, upload
from tests.budget.builders import START, usual_plan
from tests.exports.hostile import Hostile, corpus

Edit = Callable[[Any], None]


def typed(sheet: str, **cells: Any) -> Edit:
    """An edit that types into cells of one sheet."""

    def edit(book: Any) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return edit


def sent_back(edit: Edit, plan: StoredPlan | None = None, **answers: str) -> Upload:
    """What the usual plan's workbook says after the edit."""
    plan = plan or usual_plan()
    return upload(edited(plan, edit), plan, **answers)


def changes(found: Upload) -> set[tuple[str, str, Any, str, Any]]:
    """The differences, short."""
    return {(c.kind, c.part, c.item[0] if c.item else "", c.field, c.after) for c in found.changes}


def faults(found: Upload) -> list[tuple[str, str, str]]:
    """What stops an upload: code, cell, what was expected."""
    return [(f.code, f.where, str(f.facts.get("expected", ""))) for f in found.findings if f.severity == "stop"]


def test_a_plain_edit_is_exactly_that_change() -> None:
    """Three cells typed over on two sheets: three changes, the budget follows its weeks, nothing else moves."""

    def edit(book: Any) -> None:
        book["Lines"]["J4"] = "Aygün"
        book["Weeks"]["C4"] = 1000
        book["Business"]["D5"] = 0.2

    plan = usual_plan()
    first = plan.weeks[0].budget_micros
    found = sent_back(edit)
    key = "meta-prospecting"
    assert faults(found) == []
    assert {(c.part, c.field) for c in found.changes} == {
        ("lines", "owner"), ("lines", "budget_micros"), ("weeks", "budget_micros"), ("assumptions", "likely"),
        ("assumptions", "low"), ("assumptions", "high"),
    }  # fmt: skip
    assert found.plan is not None
    assert found.plan.line(key).owner == "Aygün"
    assert found.plan.line(key).budget_micros == micros(9000) - first + micros(1000)


def test_texts_that_look_like_numbers_and_days_are_read() -> None:
    """`1 234,5` and `9.10.2026` typed as texts count as what they say; the decimal mark is the column's own."""

    def edit(book: Any) -> None:
        book["Costs"]["B4"] = "1 234,5"
        book["Costs"]["C4"] = "01.10.2026"
        book["Objectives"]["E4"] = "2 500,25"
        book["Figures"]["D5"] = "2 %"
        book["Figures"]["E5"] = "3,5 %"

    found = sent_back(edit)
    assert faults(found) == []
    assert found.plan is not None
    assert (found.plan.costs[0].amount_micros, found.plan.costs[0].month_start) == (1_234_500_000, date(2026, 10, 1))
    assert found.plan.objectives[0].target_micros == 2_500_250_000
    figure = next(a for a in found.plan.assumptions if (a.scope, a.key) == ("meta-prospecting", "ctr"))
    assert (figure.likely, figure.high) == (0.02, 0.035)


def test_columns_and_rows_may_move() -> None:
    """A column of one's own in front, columns in another order, empty rows, a renamed sheet: nothing differs."""

    def edit(book: Any) -> None:
        book["Lines"].insert_cols(1)
        book["Lines"]["A3"] = "My remarks"
        book["Lines"].insert_rows(5, 2)
        book["Figures"].title = "Rates of mine"
        sheet = book["Costs"]
        for row in sheet.iter_rows(min_row=3, max_row=5):
            row[0].value, row[1].value = row[1].value, row[0].value
        book.move_sheet("Costs", offset=-5)

    found = sent_back(edit)
    assert (found.findings, found.changes, found.asks) == ((), (), ())


def test_a_sheet_or_column_that_is_gone_changes_nothing() -> None:
    """Without Events, Figures and the column Owner the plan keeps its events, figures and owners."""

    def edit(book: Any) -> None:
        book.remove(book["Events"])
        book.remove(book["Figures"])
        book["Lines"].delete_cols(10)

    plan = usual_plan()
    plan = replace(plan, lines=tuple(replace(line, owner="Aysel") for line in plan.lines))
    assert sent_back(edit, plan).plan == plan


def test_lines_come_and_go() -> None:
    """A deleted row takes the line with its weeks and figures; a new row without a name is a line, phased evenly."""
    day = date(2026, 10, 5)

    def edit(book: Any) -> None:
        book["Lines"].delete_rows(5)
        row = ["", "TikTok", "video", "Sales", "", day, day + timedelta(days=13), 600, "Optional", "Rauf"]
        for column, value in enumerate(row, 1):
            book["Lines"].cell(6, column, value or None)

    found = sent_back(edit)
    assert found.plan is not None
    keys = [line.line_key for line in found.plan.lines]
    assert keys == ["meta-prospecting", "tiktok-awareness", "tiktok-video"]
    assert {c[:3] for c in changes(found)} == {
        ("removed", "lines", "google-search"),
        ("added", "lines", "tiktok-video"),
    }
    assert [f.code for f in found.findings] == ["PLANBOOK_PHASED"]
    assert not [x for x in (*found.plan.weeks,) if x.line_key == "google-search"]
    assert not [a for a in found.plan.assumptions if a.scope == "google-search"]
    new = found.plan.line("tiktok-video")
    assert (new.end_date, new.commitment, new.owner) == (day + timedelta(days=14), "optional", "Rauf")
    assert [w.budget_micros for w in found.plan.weeks if w.line_key == new.line_key] == [300_000_000, 300_000_000]


def test_a_budget_that_differs_from_its_weeks_is_asked_about() -> None:
    """Nothing is guessed: the cell is named, and each answer gives its plan."""
    edit = typed("Lines", H4=10_000)
    found = sent_back(edit)
    assert (found.plan, found.asks) == (None, ("budget",))
    (finding,) = found.findings
    assert (finding.code, finding.where) == ("PLANBOOK_BUDGET_DIFFERS", "Lines!H4")
    assert (finding.facts["budget_micros"], finding.facts["weeks_micros"]) == (10_000_000_000, 9_000_000_000)
    by_lines, by_weeks = (sent_back(edit, budget=answer) for answer in ("lines", "weeks"))
    assert by_lines.plan is not None
    assert by_lines.plan.line("meta-prospecting").budget_micros == 10_000_000_000
    own = [w.budget_micros for w in by_lines.plan.weeks if w.line_key == "meta-prospecting"]
    assert (sum(own), len(own)) == (10_000_000_000, 13)
    assert by_weeks.plan == usual_plan()


def test_money_outside_the_dates_is_asked_about() -> None:
    """A flight cut short leaves amounts outside; spreading them is one answer, the weeks themselves cannot hold."""
    edit = typed("Lines", G4=START + timedelta(days=55))
    assert sent_back(edit).asks == ("budget",)
    assert [f.code for f in sent_back(edit, budget="weeks").findings] == ["PLANBOOK_WEEK_OUTSIDE"]
    assert sent_back(edit, budget="weeks").plan is None
    found = sent_back(edit, budget="lines").plan
    assert found is not None
    assert len([w for w in found.weeks if w.line_key == "meta-prospecting"]) == 8
    assert found.budget_micros == usual_plan().budget_micros


FAULTS: dict[str, tuple[Edit, tuple[str, str, str]]] = {
    "letters": (typed("Weeks", E4="many"), ("PLANBOOK_CELL", "Weeks!E4", "money")),
    "below zero": (typed("Weeks", E4=-5), ("PLANBOOK_CELL", "Weeks!E4", "money")),
    "unclear number": (typed("Costs", B4="1.234"), ("PLANBOOK_CELL", "Costs!B4", "clear_number")),
    "unclear day": (typed("Lines", F4="05/06/2026"), ("PLANBOOK_CELL", "Lines!F4", "clear_day")),
    "no day": (typed("Lines", F4="soon"), ("PLANBOOK_CELL", "Lines!F4", "day")),
    "end first": (typed("Lines", G4=START - timedelta(days=9)), ("PLANBOOK_CELL", "Lines!G4", "later_day")),
    "status": (typed("Lines", I4="perhaps"), ("PLANBOOK_CELL", "Lines!I4", "commitment")),
    "platform": (typed("Lines", B4="Instagramm"), ("PLANBOOK_CELL", "Lines!B4", "platform")),
    "audience": (typed("Lines", E4="nobody"), ("PLANBOOK_CELL", "Lines!E4", "audience")),
    "cost": (typed("Costs", A4="rent"), ("PLANBOOK_CELL", "Costs!A4", "cost")),
    "share": (typed("Business", C4=18, D4=18, E4=18), ("PLANBOOK_CELL", "Business!C4", "share")),
    "range": (typed("Figures", C4=9.0), ("PLANBOOK_CELL", "Figures!D4", "between")),
    "twice": (typed("Lines", A5="meta-prospecting"), ("PLANBOOK_TWICE", "Lines!A5", "")),
    "unknown line": (typed("Weeks", A4="nobody"), ("PLANBOOK_CELL", "Weeks!A4", "line")),
    "no likely": (typed("Figures", D4=None), ("PLANBOOK_EMPTY", "Figures!D4", "text")),
    "formula": (typed("Costs", B4="=2*600"), ("PLANBOOK_CELL", "Costs!B4", "formula")),
    "no key": (typed("Weeks", A3=None), ("PLANBOOK_NO_COLUMN", "Weeks", "")),
    "no Monday": (typed("Weeks", Q3=date(2026, 12, 9), Q4=5), ("PLANBOOK_NOT_MONDAY", "Weeks", "")),
    "header twice": (typed("Lines", N3="Budget"), ("PLANBOOK_HEADER_TWICE", "Lines!N3", "")),
    "long": (typed("Lines", J4="x" * 201), ("PLANBOOK_CELL", "Lines!J4", "text_200")),
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_fault_is_named_by_its_cell(name: str) -> None:
    """What was found and expected, and where; nothing is taken while a fault is there; every language has words."""
    edit, wanted = FAULTS[name]
    found = sent_back(edit)
    assert found.plan is None
    assert wanted in faults(found)
    for lang in LANGUAGES:
        for finding in found.findings:
            said = file_sentence(finding, words_for(lang), numbers_for(lang, "AZN"))
            assert finding.where in said
            assert "{" not in said


def test_every_finding_and_expectation_has_words() -> None:
    """Each sentence and each expected thing is said in every language."""
    for lang in LANGUAGES:
        for text in (*SENTENCES.values(), *EXPECTED.values()):
            assert lang == "en" or words_for(lang).say(text) != text or len(text) < 4


def test_a_workbook_of_an_older_version_says_what_changed_meanwhile() -> None:
    """The plan moved on: that is shown and asked about; both changes can stand, or the workbook alone."""
    old = usual_plan()
    data = edited(old, typed("Lines", J4="Aygün"))
    first, *rest = old.lines
    now = replace(old, version=3, lines=(replace(first, note="new"), *rest))
    asked = upload(data, now)
    assert (asked.plan, asked.asks) == (None, ("meanwhile",))
    assert [(c.item, c.field, c.after) for c in asked.meanwhile] == [(("meta-prospecting",), "note", "new")]
    assert [f.code for f in asked.findings] == ["PLANBOOK_OLDER"]
    both, whole = upload(data, now, meanwhile="merge").plan, upload(data, now, meanwhile="whole").plan
    assert both is not None
    assert whole is not None
    assert (both.lines[0].note, both.lines[0].owner, both.version) == ("new", "Aygün", 3)
    assert (whole.lines[0].note, whole.lines[0].owner) == ("", "Aygün")


def test_a_locked_plans_workbook_is_for_the_draft() -> None:
    """It is laid against the draft, whose id and version stay; the baseline is only named."""
    draft = usual_plan()
    locked = replace(draft, plan_id=7, name="Baseline", status="locked", version=1)
    data = edited(locked, typed("Lines", J4="Aygün"))
    found = upload(data, draft)
    assert [f.code for f in found.findings] == ["PLANBOOK_LOCKED"]
    assert found.plan is not None
    assert (found.plan.plan_id, found.plan.status, found.plan.name) == (draft.plan_id, "draft", draft.name)
    assert found.plan.lines[0].owner == "Aygün"


def test_a_workbook_in_another_currency_is_refused() -> None:
    """Manat never become dollars by an upload."""
    found = upload(plan_workbook(replace(usual_plan(), currency="USD"), words_for("en")), usual_plan())
    assert (found.plan, [f.code for f in found.findings]) == (None, ["PLANBOOK_CURRENCY"])


def test_an_audience_may_be_added_and_used() -> None:
    """A new row of Audiences can be named by a line in the same upload; its networks are words of the list."""

    def edit(book: Any) -> None:
        for cell, value in {"A4": "young", "B4": "18-24", "C4": 50_000, "F4": "TikTok, Meta"}.items():
            book["Audiences"][cell] = value
        book["Lines"]["E4"] = "Young"

    found = sent_back(edit).plan
    assert found is not None
    assert found.audiences == (PlanAudience("young", "18-24", 50_000, networks="tiktok,meta"),)
    assert found.lines[0].audience_key == "young"


@pytest.mark.parametrize("data", [b"", b"plan", b"PK\x03\x04broken", b"%PDF-1.7"], ids=["empty", "text", "zip", "pdf"])
def test_what_is_no_workbook_is_said_calmly(data: bytes) -> None:
    """Any bytes give a finding with words, never an error."""
    found = read_plan_file(data, usual_plan())
    (finding,) = found.findings
    assert found.plan is None
    assert file_sentence(finding, words_for("az"), numbers_for("az", "AZN"))


WORKBOOKS = [one for one in corpus() if one.data.startswith(b"PK") and one.name.endswith((".xlsx", ".ods"))]


@pytest.mark.parametrize("hostile", WORKBOOKS, ids=lambda hostile: hostile.name)
def test_a_hostile_workbook_is_stopped(hostile: Hostile) -> None:
    """Bombs, lying sizes, entities and far cells end as a finding with words; the plan is not touched."""
    found = read_plan_file(hostile.data, usual_plan())
    assert found.plan is None
    assert found.findings
    assert all(file_sentence(one, words_for("en"), numbers_for("en", "AZN")) for one in found.findings)


def test_another_workbook_is_no_plan() -> None:
    """A table of somebody else's changes nothing."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Campaign name", "Amount spent"])
    out = io.BytesIO()
    book.save(out)
    assert [f.code for f in read_plan_file(out.getvalue(), usual_plan()).findings] == ["PLANBOOK_NOT_ONE"]


VALUES = st.one_of(
    st.none(), st.text(max_size=9), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(date(1900, 1, 1)), st.sampled_from(["Budget", "Line", "Total", "yes", "1,5", "1.234", "meta-prospecting"]),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 7), st.integers(0, 17), VALUES), max_size=6)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(EDITS)
def test_whatever_is_typed_ends_as_a_plan_or_a_finding(edits: list[tuple[int, int, int, Any]]) -> None:
    """Any values in any cells of any sheet, the hidden one too: a plan that can be stored, a question, or a finding."""
    plan = usual_plan()
    book = usual_book()
    sheets = [replace(sheet, rows=[list(row) for row in sheet.rows]) for sheet in book.sheets]
    for sheet, row, column, value in edits:
        rows: Any = sheets[sheet].rows
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = value
    found = read_plan_book(Book(tuple(sheets)), plan)
    assert (found.plan is not None) != bool(found.asks or faults(found))
    if found.plan is not None:
        assert changes_of(plan, found.plan) == found.changes


@cache
def usual_book() -> Book:
    """The cells of the usual plan's workbook."""
    return book_here(plan_workbook(usual_plan(), words_for("en")))


def test_rows_of_changes_are_said_in_every_language() -> None:
    """Added, removed and changed parts read as names, money, days and percents."""
    before = usual_plan()
    first, _, third = before.lines
    extra = PlanLine(
        "x-video", "x", "video", start_date=START, end_date=START + timedelta(days=7), budget_micros=5_000_000
    )
    figures = tuple(replace(a, likely=0.25) if a.key == "vat_share" else a for a in before.assumptions)
    lines = (replace(first, start_date=START + timedelta(days=7), commitment="optional"), third, extra)
    after = rephased(replace(before, lines=lines, assumptions=figures))
    rows = change_rows(changes_of(before, after), before, after, words_for("en"), numbers_for("en", "AZN"))
    assert ("Google · search: removed", "AZN\u00a05,200.50", "") in rows
    assert ("X · video: new", "", "AZN\u00a05.00") in rows
    assert ("Meta · prospecting · Start", "7 Sep 2026", "14 Sep 2026") in rows
    assert ("Meta · prospecting · Status", "Committed", "Optional") in rows
    assert ("Business · VAT · Likely", "18.00%", "25.00%") in rows
    assert len(change_rows(changes_of(before, after), before, after, words_for("az"), numbers_for("az", "AZN"))) == len(
        rows
    )


def test_the_template_read_back_empties_only_lines() -> None:
    """An untouched template takes the lines out and leaves business, costs and goals as they are."""
    plan = usual_plan()
    found = upload(plan_template(plan, words_for("az")), plan)
    assert {c.kind for c in found.changes} == {"removed"}
    assert {c.part for c in found.changes} == {"lines"}
