"""The plan workbook: nothing is lost on the way out and back, in any language, whatever the plan's texts are."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.plan import (
    COST_KINDS,
    PlanAssumption,
    PlanAudience,
    PlanChallenge,
    PlanCost,
    PlanEvent,
    PlanLine,
    PlanObjective,
    PlanWeek,
    StoredPlan,
)
from budget.present.plan_sheets import LABELS, TABLES
from budget.present.words import LANGUAGES, words_for
from budget.reports.plan_file import plan_template, plan_workbook
from budget.reports.plan_labels import known_words, read_label, shown
from tests.budget.books import edited, upload
from tests.budget.builders import usual_plan

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufffe\uffff"), max_size=12)
KEYS = TEXTS.filter(str.strip)
CODES = st.one_of(st.sampled_from(["meta", "Meta", "other", "prospecting", "yes", "\\", "\\x", "=1+1", " ", ""]), TEXTS)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MICROS = st.one_of(st.integers(0, 10**15), st.sampled_from([0, 1, 10_000, 12_345_000, 10**15]))
FLOATS = st.floats(-1e12, 1e12, allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)


@st.composite
def plans(draw: st.DrawFn) -> StoredPlan:
    """Any plan that can be stored, however odd."""
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    mondays = draw(st.lists(DAYS, max_size=4, unique=True))
    scopes = st.one_of(st.sampled_from(["business", "season", *keys]), TEXTS)
    figures = draw(st.lists(st.tuples(scopes, CODES), max_size=5, unique=True))
    return StoredPlan(
        1, 1, "Plan", "AZN",
        lines=tuple(_line(draw, key) for key in keys),
        weeks=tuple(PlanWeek(key, day, draw(MICROS)) for key in keys for day in mondays if draw(st.booleans())),
        objectives=tuple(
            PlanObjective(key, draw(CODES), draw(CODES), draw(st.integers(-(10**15), 10**15)), draw(MICROS),
                          draw(st.none() | DAYS), draw(TEXTS))
            for key in draw(st.lists(CODES, max_size=2, unique=True))
        ),
        audiences=tuple(
            PlanAudience(key, draw(TEXTS), draw(MICROS), draw(TEXTS), draw(TEXTS),
                         draw(st.one_of(st.sampled_from(["meta,google", "meta, x", "Meta", ",", ""]), TEXTS)))
            for key in draw(st.lists(CODES, max_size=2, unique=True))
        ),
        challenges=tuple(
            PlanChallenge(key, draw(st.booleans()), draw(st.integers(-(10**15), 10**15)), draw(st.booleans()))
            for key in draw(st.lists(CODES, max_size=2, unique=True))
        ),
        assumptions=tuple(
            PlanAssumption(scope, key, draw(FLOATS), draw(FLOATS), draw(FLOATS), draw(CODES), draw(CODES), draw(TEXTS),
                           draw(TEXTS), draw(CODES))
            for scope, key in figures
        ),
        costs=tuple(
            PlanCost(kind, draw(MICROS), draw(st.none() | DAYS))
            for kind in draw(st.lists(st.sampled_from(COST_KINDS), max_size=3))
        ),
        events=tuple(
            PlanEvent(draw(TEXTS), draw(DAYS), draw(DAYS), draw(FLOATS), draw(FLOATS), draw(TEXTS))
            for _ in range(draw(st.integers(0, 2)))
        ),
    )  # fmt: skip


def _line(draw: st.DrawFn, key: str) -> PlanLine:
    return PlanLine(
        key, draw(CODES), draw(CODES), draw(CODES), draw(CODES), draw(st.none() | DAYS), draw(st.none() | DAYS),
        draw(MICROS), draw(st.sampled_from(["committed", "forecast", "optional"])), draw(TEXTS), draw(TEXTS),
        draw(TEXTS),
    )  # fmt: skip


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.sampled_from(sorted(LANGUAGES)))
def test_any_plan_comes_back_as_it_went(plan: StoredPlan, lang: str) -> None:
    """Whatever texts, numbers and dates a plan holds, its workbook says exactly the same plan, without a question."""
    found = upload(plan_workbook(plan, words_for(lang)), plan)
    assert [finding for finding in found.findings if finding.severity != "info"] == []
    assert found.plan == plan
    assert found.changes == ()


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_a_plan_comes_back_without_what_the_workbook_remembers(lang: str) -> None:
    """Where the hidden sheet is gone, every amount, day and code still comes from the cells themselves."""
    plan = usual_plan()
    empty = replace(plan, lines=(), weeks=(), objectives=(), assumptions=(), costs=())
    found = upload(edited(plan, lambda book: book.remove(book["meta"]), lang), empty)
    assert [finding.code for finding in found.findings] == ["PLANBOOK_NO_META"]
    assert found.plan is not None
    assert found.plan.lines == plan.lines
    assert set(found.plan.weeks) == set(plan.weeks)
    figures = {(a.scope, a.key, a.unit): (a.low, a.likely, a.high) for a in found.plan.assumptions}
    assert figures == {(a.scope, a.key, a.unit): pytest.approx((a.low, a.likely, a.high), rel=1e-14)
                       for a in plan.assumptions}  # fmt: skip
    assert (found.plan.costs, found.plan.objectives) == (plan.costs, plan.objectives)


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_words_of_a_list_are_told_apart(lang: str) -> None:
    """In every language each code of a list has its own word and own header, and the word is read as the code."""
    for kind, labels in LABELS.items():
        words = [words_for(lang).say(text) for text in labels.values()]
        assert len({word.casefold() for word in words}) == len(words), kind
        assert all(read_label(kind, shown(kind, code, lang), lang) == code for code in labels)
        assert set(known_words(kind, lang).values()) == set(labels)
    for sheet in TABLES:
        headers = [words_for(lang).say(column.header).casefold() for column in sheet.columns]
        assert len(set(headers)) == len(headers), sheet.key


def test_a_template_has_every_sheet_and_no_line() -> None:
    """Lines, weeks, events and figures of lines are empty; the firm's economics stay; a filled row becomes a line."""
    plan = usual_plan()
    book: Any = openpyxl.load_workbook(io.BytesIO(plan_template(plan, words_for("en"))))
    assert [sheet.title for sheet in book] == [
        "Lines", "Weeks", "Figures", "Business", "Objectives", "Audiences", "Challenges", "Costs", "Events", "P&L",
        "Guide", "meta",
    ]  # fmt: skip
    assert book["meta"].sheet_state == "veryHidden"
    assert [book[name]["A4"].value for name in ("Lines", "Weeks", "Figures", "Events")] == [None] * 4
    assert book["Business"]["B4"].value == "VAT"
    day = date(2026, 10, 5)
    for column, value in enumerate(["", "Meta", "video", "Sales", "", day, day + timedelta(days=13), 500], 1):
        book["Lines"].cell(4, column, value or None)
    out = io.BytesIO()
    book.save(out)
    found = upload(out.getvalue(), replace(plan, lines=(), weeks=()))
    assert found.plan is not None
    (line,) = found.plan.lines
    assert (line.line_key, line.platform, line.tactic, line.budget_micros) == (
        "meta-video",
        "meta",
        "video",
        500_000_000,
    )
    assert [week.budget_micros for week in found.plan.weeks] == [250_000_000, 250_000_000]
    assert {a.key for a in found.plan.assumptions if a.scope == "meta-video"} == {"cpm", "ctr", "cvr"}


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://evil.example", "＝1+1", '=HYPERLINK("http://evil")')


def test_no_text_of_a_person_becomes_a_formula_or_a_link() -> None:
    """Formulas name sheets and cells of the workbook only; no text from the plan is in one, no link leads out."""
    plan = usual_plan()
    lines = tuple(replace(line, note=text, owner=text) for line, text in zip(plan.lines, HOSTILE, strict=False))
    costs = tuple(replace(cost) for cost in plan.costs)
    audiences = tuple(PlanAudience(f"a{n}", text, 5, text, text, text) for n, text in enumerate(HOSTILE))
    hostile = replace(plan, lines=lines, costs=costs, audiences=audiences, name="=1+1")
    with zipfile.ZipFile(io.BytesIO(plan_workbook(hostile, words_for("en")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    formulas = [text for body in parts.values() for text in re.findall(r"<f>(.*?)</f>", body)]
    assert len(formulas) > 100
    assert not [text for text in formulas if "evil" in text or "HYPERLINK" in text or "[" in text or "1+1" in text]
    assert not [name for name in parts if "externalLink" in name]
    assert not [name for name, body in parts.items() if "<hyperlink" in body or "/hyperlink" in body]


def test_people_are_helped_while_they_type() -> None:
    """Lists to choose from, days and amounts that are checked, headers that stay in view, nothing protected."""
    book: Any = openpyxl.load_workbook(io.BytesIO(plan_workbook(usual_plan(), words_for("en"))))
    rules = {str(r.sqref).split(":")[0]: r for r in book["Lines"].data_validations.dataValidation}
    assert {cell: rule.type for cell, rule in rules.items()} == {
        "B4": "list", "C4": "list", "D4": "list", "E4": "list", "F4": "date", "G4": "date", "H4": "decimal",
        "I4": "list",
    }  # fmt: skip
    assert rules["E4"].formula1 == "'Audiences'!$A$4:$A$303"
    sheet, cells = rules["B4"].formula1.split("!")
    offered = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert offered[:3] == ["Meta", "Google", "TikTok"]
    assert all(book[name].freeze_panes for name in book.sheetnames if name not in ("Guide", "meta"))
    assert not any(sheet.protection.sheet for sheet in book)
