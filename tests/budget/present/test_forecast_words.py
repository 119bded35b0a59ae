"""Sentences and findings of the Forecast screen: complete, in both languages, and silent where nothing holds."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from budget.cash import Cash, CashTerms
from budget.fans import Fan, Interval
from budget.findings import Finding, Severity
from budget.frequency import Frequency, Group
from budget.present.forecast_words import (
    FIGURES,
    SENTENCES,
    forecast_sentence,
    group_name,
    of_cash,
    of_frequency,
    of_sensitivity,
    swing_end,
    swing_even,
    swing_name,
)
from budget.present.numbers import numbers_for
from budget.present.source_words import DEFINITIONS, KINDS, SHORT, figure_range, source_sentence
from budget.present.words import Words, words_for
from budget.provenance import BUSINESS_FIGURES, LINE_FIGURES, Input, provenance
from budget.provenance import Kind as SourceKind
from budget.ranges import Range
from budget.sensitivity import Kind, Sensitivity, Swing
from tests.budget.builders import START, figure, usual_plan
from tests.budget.test_forecast import forecasted

EN, AZ = words_for("en"), words_for("az")
NUMBERS = {"en": numbers_for("en", "AZN"), "az": numbers_for("az", "AZN")}
NAMES = {"a": "Meta", "b": "Google", "c": "TikTok"}
WARN: Severity = "warn"
FINDINGS = (
    Finding("LOW_RESULTS", "info", "a", {"results": 31.2, "needed_micros": 810_000_000}),
    Finding("FREQUENCY_HIGH", WARN, "a", {"frequency": 7.25, "cap": 6.0}),
    Finding("AUDIENCE_EXHAUSTED", WARN, "a", {"share": 0.9, "week": "2026-10-12", "others": 0}),
    Finding("AUDIENCE_EXHAUSTED", WARN, "a", {"share": 0.9, "week": "2026-10-12", "others": 2}),
    Finding("BEYOND_OBSERVED", WARN, "a", {"spend_micros": 3_000_000_000, "seen_micros": 10**9, "times": 3.0}),
    Finding("GOAL_LATE", WARN, "main", {"kpi": "conversions", "chance": 0.12, "at_end": 0.66}),
    Finding("GOAL_BUDGET", WARN, "main", {"kpi": "conversions", "chance": 0.12, "needed_micros": 10**10}),
    Finding("GOAL_AUDIENCE", WARN, "main", {"kpi": "reach", "chance": 0.1, "best": 9e4, "twice_micros": 10**10}),
    Finding("GOAL_RATES", WARN, "main",
            {"kpi": "profit", "chance": 0.001, "best": -1250.4, "twice_micros": 10**10, "times": 1.43}),
    Finding("GOAL_RATES", WARN, "main",
            {"kpi": "clicks", "chance": 0.0, "best": 0.0, "twice_micros": 10**10, "times": float("inf")}),
    Finding("LINE_INCOMPLETE", WARN, "a", {"missing": "cpm, dates"}),
)  # fmt: skip
SWING = Swing("cvr", ("a",), 0.0127, 0.019, 0.0285, -9000.0, -2300.0, 0.034, 1.79)


@pytest.mark.parametrize("words", [EN, AZ], ids=["en", "az"])
@pytest.mark.parametrize("finding", FINDINGS, ids=[f"{n}-{f.code}" for n, f in enumerate(FINDINGS)])
def test_every_warning_is_a_whole_sentence(finding: Finding, words: Words) -> None:
    """No placeholder, no infinity is left; the sentence ends; both languages differ."""
    text = forecast_sentence(finding, words, NUMBERS[words.lang], NAMES)
    assert not re.search(r"[{}]|\binf\b|\bnan\b", text)
    assert text.endswith(".")
    assert text != forecast_sentence(finding, AZ if words is EN else EN, NUMBERS["az" if words is EN else "en"], NAMES)


def test_every_sentence_is_tried() -> None:
    """The findings above reach every sentence."""
    assert set(SENTENCES) == {f.code for f in FINDINGS} - {"LINE_INCOMPLETE"}


def test_the_binding_constraint_is_named() -> None:
    """What binds and the next step stand in the sentence, with the figures."""
    late, budget, audience, rates, nothing = (forecast_sentence(f, EN, NUMBERS["en"], NAMES) for f in FINDINGS[5:10])
    assert "The date binds" in late
    assert "66%" in late
    assert "The budget binds: with about AZN\u00a010,000" in budget
    assert "The audience binds" in audience
    assert "90,000" in audience
    assert "−AZN\u00a01,250" in rates
    assert "1.4×" in rates
    assert "<1%" in rates
    assert "brings nothing towards it" in nothing


def test_figures_are_written_as_elsewhere() -> None:
    """Rates in percent, prices in money, people in whole or thousands, and a change where lines differ."""
    n = NUMBERS["en"]
    assert (swing_end(n, SWING, SWING.low, 1), swing_even(n, SWING)) == ("1.27%", "3.40%")
    price = Swing("cpm", ("a",), 4.0, 5.0, 6.0, 1.0, 2.0, 5.5, 1.1)
    assert swing_end(n, price, price.low, 1) == "AZN\u00a04.00"
    people = Swing("audience", ("a",), 200_000.0, 4e5, 8e5, 1.0, 2.0, None, None)
    assert swing_end(n, people, people.low, 1) == "200k"
    assert swing_even(n, people) == ""
    many = Swing("cvr", ("a", "b", "c"), None, None, None, -1.0, 2.0, None, 1.41, 0.67, 1.5)
    assert swing_end(n, many, many.low, many.low_times) == "−33%"
    assert swing_even(n, many) == "+41%"


def test_names_say_which_lines_move() -> None:
    """One line by its name, some by their number, all by the figure alone."""
    assert swing_name(EN, SWING, NAMES, by_line=True) == "CVR, Meta"
    assert swing_name(EN, SWING, NAMES, by_line=False) == "CVR"
    two = replace(SWING, kind="incrementality", lines=("a", "b"))
    assert swing_name(EN, two, NAMES, by_line=True) == "Caused by ads, 2 lines"
    assert swing_name(EN, replace(two, lines=("a", "b", "c")), NAMES, by_line=True) == "Caused by ads"


def test_the_headline_of_the_tornado_names_the_widest_or_nothing() -> None:
    """The first row is named; where nothing moves the profit, that is said instead."""
    found = Sensitivity(-6000.0, (SWING,), (SWING,))
    assert of_sensitivity(EN, found, NAMES, by_line=True) == "Moves the profit most: CVR, Meta"
    still = Sensitivity(0.0, (replace(SWING, profit_low=0.0, profit_high=0.0),), ())
    assert of_sensitivity(EN, still, NAMES, by_line=False) == "No assumption moves the profit"
    assert of_sensitivity(EN, still, NAMES, by_line=True) == "No assumption moves the profit"


def test_cash_is_said_only_where_it_is_needed() -> None:
    """The money and its week; silent about both where the middle never falls below zero."""
    flat = Fan(*(figures for figures in [forecasted(usual_plan()).cash.cumulative.mid] * 3))
    found = Cash(CashTerms(), (START,), flat, Interval(0, 5800, 9000), START, None)
    assert of_cash(EN, NUMBERS["en"], found) == "AZN\u00a05,800 is needed up front, most in the week of 7 Sep"
    assert "5.800" in of_cash(AZ, NUMBERS["az"], found)
    calm = replace(found, need_week=None)
    assert of_cash(EN, NUMBERS["en"], calm) == "Most likely no money is needed up front"


def test_frequency_is_one_plain_sentence() -> None:
    """How many of how many see the ads seven times or more; nobody where nobody is reached."""
    groups = tuple(Group(a, b, Interval(1, x, 9), x) for (a, b), x in
                   zip([(1, 1), (2, 3), (4, 6), (7, None)], [100.0, 200.0, 300.0, 400.0], strict=True))  # fmt: skip
    found = Frequency(Interval(900, 1000, 1100), 9000.0, 5000.0, groups, {}, 6.0)
    assert of_frequency(EN, NUMBERS["en"], found) == "400 of 1,000 people see the ads 7 times or more"
    assert [group_name(EN, g) for g in groups] == ["once", "2 to 3 times", "4 to 6 times", "7 times or more"]
    assert found.mean == 9.0
    nobody = replace(found, people=Interval(0, 0, 0))
    assert of_frequency(EN, NUMBERS["en"], nobody) == "Nobody is reached yet"
    assert nobody.mean == 0.0


def test_every_figure_has_a_name_and_every_input_too() -> None:
    """All kinds of the tornado, all inputs and all kinds of sources have words."""
    assert set(FIGURES) == set(get_args(Kind))
    assert {*LINE_FIGURES, *BUSINESS_FIGURES} == set(SHORT)
    assert {*KINDS, "benchmark"} == set(get_args(SourceKind))
    assert {"reach", "frequency", "revenue", "profit", "roi", "p_target", "p_loss", "payback", "need"} <= set(
        DEFINITIONS
    )


@pytest.mark.parametrize("words", [EN, AZ], ids=["en", "az"])
def test_sources_are_told_with_region_year_and_confidence(words: Words) -> None:
    """A benchmark says who, where, when and how sure; after uploads also how much is the firm's own."""
    row = replace(figure("a", "ctr", 0.01), source="Somebody", region="az", source_date="2026", confidence="low")
    found = Input("a", "ctr", Range(0.005, 0.01, 0.02), Range(0.01, 0.011, 0.012), "benchmark", row, 0.9, 8)
    text = source_sentence(words, NUMBERS[words.lang], found)
    assert "Somebody" in text
    assert ("Azerbaijan" if words is EN else "Azərbaycan") in text
    assert "2026" in text
    assert "90%" in text
    assert "8" in text
    for kind in get_args(SourceKind):
        assert source_sentence(words, NUMBERS[words.lang], replace(found, kind=kind, row=None, weeks=0))


def test_ranges_are_written_with_their_middle() -> None:
    """A range shows middle and ends, a point itself."""
    n = NUMBERS["en"]
    assert figure_range(n, "cpm", Range(4, 5, 6)) == "AZN\u00a05.00 (AZN\u00a04.00\u00a0– AZN\u00a06.00)"
    assert figure_range(n, "ctr", Range(0.01, 0.01, 0.01)) == "1.00%"
    assert figure_range(n, "cogs_share", Range(0.42, 0.42, 0.42)) == "42%"
    assert figure_range(n, "audience", Range(2e5, 4e5, 8e5)) == "400k (200k\u00a0– 800k)"


def test_every_input_of_a_forecast_can_be_said() -> None:
    """All rows behind a usual forecast have a name, a range and a source, in both languages."""
    plan = usual_plan()
    for each in provenance(plan, forecasted(plan)):
        for words in (EN, AZ):
            assert words.say(SHORT[each.key])
            assert figure_range(NUMBERS[words.lang], each.key, each.used)
            assert "{" not in source_sentence(words, NUMBERS[words.lang], each)
