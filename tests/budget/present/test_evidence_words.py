"""Sentences of the Learning screen: each finding where its rule holds, and silence where it does not."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import log, nan
from pathlib import Path

import numpy as np
import pytest

from budget.curves import Curve
from budget.drift import Shift
from budget.evidence import COLUMNS, FIGURES, Evidence, Figure, Gap, LineEvidence, Seen
from budget.fans import Interval
from budget.present import evidence_words, record_words
from budget.present.numbers import numbers_for
from budget.present.words import LANGUAGES, words_for
from budget.record import ASSUMPTIONS, LEVELS, Coverage, MetricRecord, Record, Verdict

EN, WORDS = numbers_for("en", "AZN"), words_for("en")
NAMES = {"a": "Meta · search", "b": "X · video"}
FORMATS = Path(__file__).parents[3] / "budget" / "exports" / "formats"
ROLES = {
    "impressions": ("impressions",), "clicks": ("clicks", "link_clicks"), "conversions": ("conversions_micros",),
    "value": ("value_micros",), "reach": ("reach",),
}  # fmt: skip
NOTHING = np.zeros(2)


def figure(before: float, after: float | None, spread: float = 1.1) -> Figure:
    """A figure whose ranges are a factor around their middles."""
    ends = None if after is None else Interval(after / spread, after, after * spread)
    return Figure("cpm", Interval(before / 2, before, before * 2), ends)


def line(key: str = "a", own: float = 0.9, *, cpm: Figure | None = None, **more: object) -> LineEvidence:
    """A line of which one figure matters."""
    curve = Curve(key, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, 0, 0, None, None, 0, None)
    figures: Mapping[str, Figure] = {"cpm": cpm or figure(4, 4)}
    made = LineEvidence(key, "meta", own, 4, 100.0, (), figures, curve, (), ())
    return replace(made, **more)  # type: ignore[arg-type]  # a test's own fields


def found(*lines: LineEvidence, weeks: int = 4, half_life: float = np.inf) -> Evidence:
    """Evidence of these lines."""
    return Evidence((date(2026, 9, 7),) * weeks, half_life, lines, ())


@pytest.mark.parametrize(
    ("weeks", "own", "said"),
    [
        (0, 0.0, "No full week of data yet: all prices and rates are assumed"),
        (1, 0.31, "Prices and rates are still mostly assumed: 31% is your own data"),
        (9, 0.97, "Your own data now decide 97% of prices and rates"),
    ],
)
def test_the_title_says_how_much_is_the_firms_own(weeks: int, own: float, said: str) -> None:
    """No week, little, most."""
    assert evidence_words.of_evidence(WORDS, EN, found(line(own=own), weeks=weeks)) == said


def test_the_farthest_assumption_is_named() -> None:
    """Of two wrong prices the one off by the larger factor; money with its currency."""
    lines = [line("a", cpm=figure(4, 5)), line("b", cpm=figure(4, 2))]
    said = evidence_words.of_figures(WORDS, EN, lines, "cpm", NAMES).replace("\u00a0", " ")
    assert said == "X · video: CPM AZN 2.00, not AZN 4.00 as assumed"


@pytest.mark.parametrize("after", [None, 4.1])
def test_a_price_within_the_range_is_no_surprise(after: float | None) -> None:
    """Neither what the data leave open nor what they do not tell is called wrong."""
    said = evidence_words.of_figures(WORDS, EN, [line(cpm=figure(4, after))], "cpm", NAMES)
    assert said == "CPM: no assumption is outside what your data say"


def test_the_least_known_line_is_named_only_when_little_is_known() -> None:
    """A line at 55 % is no news, one at 20 % is."""
    assert "X · video: 20% is yours" in evidence_words.of_shares(WORDS, EN, found(line(), line("b", 0.2)), NAMES)
    assert evidence_words.of_shares(WORDS, EN, found(line(), line("b", 0.55)), NAMES) == (
        "Every line rests mostly on your own data"
    )


def test_drift_is_said_by_count() -> None:
    """Nothing judged, nothing moved, one of two moved."""
    calm, moved = Shift("cpm", 4.0, 4.1, True), Shift("cvr", 0.01, 0.02, False)
    said = [evidence_words.of_drift(WORDS, found(line(shifts=shifts))) for shifts in ((), (calm,), (calm, moved))]
    assert said == [
        "Too early to see a drift", "The last four weeks look like those before", "1 figure has moved lately",
    ]  # fmt: skip
    sentence = evidence_words.shift_sentence(WORDS, EN, moved, "Meta")
    assert sentence == "Meta: CVR 1.00% lately, 2.00% before (−50%)"


def test_memory_is_said_in_weeks() -> None:
    """Too early, all alike, or the half-life."""
    sentences = [
        evidence_words.memory_sentence(WORDS, EN, found(line(), weeks=weeks, half_life=half))
        for weeks, half in ((9, np.inf), (12, np.inf), (12, 6.0))
    ]
    assert sentences[0].startswith("All weeks count alike. From ten weeks on")
    assert sentences[1].startswith("All weeks count alike: forgetting")
    assert sentences[2] == "Older weeks count less: one of 6 weeks ago counts half."


def test_the_curve_says_where_it_was_observed() -> None:
    """The least and the largest week; without a week the curve is assumed."""
    weeks = (Seen(date(2026, 9, 7), 900.0, 1.0), Seen(date(2026, 9, 14), 2400.0, 1.0))
    said = evidence_words.of_curve(WORDS, EN, line(seen=weeks), "Meta").replace("\u00a0", " ")
    assert said == "Meta: observed at AZN 900 – 2,400 a week"
    assert evidence_words.of_curve(WORDS, EN, line(), "Meta") == "Meta: no week observed yet, the curve is assumed"


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("column", COLUMNS)
def test_a_gap_names_platform_cost_and_column(column: str, lang: str) -> None:
    """Each missing column has its sentence in every language; platforms of one column name share it."""
    words = words_for(lang)
    for platform, columns in evidence_words.EXPORTED.items():
        sentences = evidence_words.gap_sentences(words, Gap(column, (platform,), ("a",)))
        if column in columns:
            (sentence,) = sentences
            assert columns[column] in sentence
            assert words.say(evidence_words.LOST[column]) in sentence
        else:
            assert len(sentences) == (column != "reach")
    shared = evidence_words.gap_sentences(words, Gap("reach", ("meta", "google", "tiktok"), ("a",)))
    assert [sentence.split(":")[0] for sentence in shared] == ["Meta, TikTok"]


@pytest.mark.parametrize("platform", evidence_words.EXPORTED)
def test_the_columns_we_ask_for_are_those_we_read(platform: str) -> None:
    """Each column is known, under the very name that we tell, to the description of the platform's files."""
    described = tomllib.loads((FORMATS / f"{platform}.toml").read_text("utf-8"))
    for column, name in evidence_words.EXPORTED[platform].items():
        known = {
            written
            for report in described["report"]
            for role in ROLES[column]
            for writings in report.get("column", {}).get(role, {}).get("en", {}).values()
            for written in writings
        }
        assert name in known, (platform, column)


def test_few_conversions_are_called_few() -> None:
    """Below 30 the range is to be read; unknown conversions and lines without weeks are no few."""
    assert evidence_words.few_sentence(WORDS, EN, line(conversions=19.0), "Meta") == (
        "Meta: 19 conversions so far. Read its range, not its middle."
    )
    for other in (line(), line(conversions=0.0, missing=("conversions",)), line(conversions=0.0, weeks=0)):
        assert evidence_words.few_sentence(WORDS, EN, other, "Meta") is None


def test_every_figure_has_a_name() -> None:
    """All figures and columns of the evidence are named."""
    assert set(FIGURES) == set(evidence_words.FIGURES)
    assert set(COLUMNS) == set(evidence_words.COLUMNS) == set(evidence_words.LOST)
    assert set(ASSUMPTIONS) == set(record_words.ASSUMPTIONS)


def record(verdict: Verdict = "about right", share: float = 0.79, judged: int = 24, **more: object) -> Record:
    """A record whose levels all say the same."""
    levels = {level: Coverage(level, judged, share, 0.0, 1.0, verdict) for level in LEVELS}
    made = Record(3, judged, levels, {"clicks": MetricRecord("clicks", judged, levels, 0.1, 1.0)}, None)
    return replace(made, **more)  # type: ignore[arg-type]  # a test's own fields


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (record(judged=0), "No forecast has met its result yet"),
        (record("too few", judged=9), "Too few results yet to judge the forecasts"),
        (record(), "Forecasts kept their word: 79% of results fell into the range meant for 80%"),
        (record("too narrow", 0.4), "Forecasts were too sure: 40% of results fell into the range meant for 80%"),
        (record("too wide", 1.0), "Forecasts were too careful: 100% of results fell into the range meant for 80%"),
    ],
)
def test_the_record_is_judged_by_its_eighty(of: Record, said: str) -> None:
    """Nothing judged, too few, honest, too narrow, too wide."""
    assert record_words.of_record(WORDS, EN, of) == said


@pytest.mark.parametrize(
    ("bias", "said"),
    [(nan, "–"), (0.01, "no lean"), (log(1.12), "results 12% higher"), (log(0.88), "results 12% lower")],
)
def test_bias_is_said_by_its_side(bias: float, said: str) -> None:
    """ln(actual / forecast) as a share above or below; within 2 % it leans to no side."""
    of = replace(record().by_metric["clicks"], bias=bias)
    assert record_words.bias_sentence(WORDS, EN, of) == said


def test_the_weakest_assumption_is_named_with_its_side() -> None:
    """What came dearer or rarer than forecast, or now this way, now that; silence while nothing is judged."""
    off = record(weakest="price", assumptions={"price": log(1.2), "click_rate": 0.0})
    assert record_words.weakest_sentence(WORDS, EN, off) == (
        "Most wrong: Price of views (CPM) came 20% above the forecast."
    )
    low = record(weakest="order_value", assumptions={"order_value": log(0.8)})
    assert record_words.weakest_sentence(WORDS, EN, low) == "Most wrong: Order value came 20% below the forecast."
    assert record_words.weakest_sentence(WORDS, EN, record()) is None
    both = record(weakest="price", assumptions={"price": 0.001})
    assert record_words.weakest_sentence(WORDS, EN, both) == (
        "Most wrong: Price of views (CPM), without leaning to one side over all lines."
    )
