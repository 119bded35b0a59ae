"""The sales model in words and as a chart: every code has its sentence, headlines stay silent where the fit does."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from budget.fans import Interval
from budget.findings import Fact, Finding
from budget.present.charts.sales import runs, sales
from budget.present.charts.style import ROLES
from budget.present.numbers import numbers_for
from budget.present.sales_words import EVIDENCE, SENTENCES, named, of_channels, of_sales, sales_sentence
from budget.present.words import words_for
from budget.sales_model import SalesModel, sales_model
from tests.budget.shops import day, firm, sales_of, spend_of

ROOT = Path(__file__).parents[3]
SOURCES = ("sales_model", "sales_doubts", "weekly_sales", "weekly_spend", "lifts", "pasted_sales")
FACTS: dict[str, Fact] = {
    "weeks": 12, "more": 8, "channels": "meta/prospecting, google/", "count": 2, "currency": "USD", "platform": "meta",
    "day": "2026-03-02", "lines": "3, 4", "sold": 62, "most": 5000, "chance": 0.6,
}  # fmt: skip
EN, AZ = numbers_for("en", "AZN"), numbers_for("az", "AZN")
WORDS, SÖZLƏR = words_for("en"), words_for("az")


def made() -> SalesModel:
    """The model of the simulated firm."""
    found = sales_model(sales_of(firm(60)), spend_of(firm(60)), seed=(1, 1))
    assert isinstance(found, SalesModel)
    return found


USUAL = made()


def moved(*mids: float) -> SalesModel:
    """The model with these returns, each range a tenth wide."""
    channels = tuple(
        replace(one, iroas=Interval(0.95 * x, x, 1.05 * x), evidence="measured")
        for one, x in zip(USUAL.channels, mids, strict=False)
    )
    return replace(USUAL, channels=channels, settled=True, level_share=0.1, prior_conflict=0.0)


def test_every_code_has_a_sentence() -> None:
    """Each code that the domain says stands in the words, and no other."""
    said = set()
    for name in SOURCES:
        text = (ROOT / "budget" / f"{name}.py").read_text(encoding="utf-8")
        said |= set(re.findall(r'"((?:SALES|SPEND|LIFT|PASTE)_[A-Z_]+)"', text))
    assert said == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_whole_in_both_languages(code: str) -> None:
    """Facts are filled in, dates and channels are written for people, and the two languages differ."""
    facts = FACTS | ({"weeks": "2026-03-02, 2026-03-09"} if code == "SALES_STANDS_OUT" else {})
    english, other = (
        sales_sentence(Finding(code, "warn", "sales", facts), words, numbers)
        for words, numbers in ((WORDS, EN), (SÖZLƏR, AZ))
    )
    assert english != other
    assert not re.search(r"[{}]|2026-03|meta/|google/", english + other)


def test_facts_are_written_for_people() -> None:
    """Channels by their names, weeks by their days, numbers in the language."""
    prior = Finding("SALES_MOSTLY_PRIOR", "warn", "sales", {"channels": "meta/prospecting, google/", "count": 2})
    assert "Meta · prospecting, Google · not matched." in sales_sentence(prior, WORDS, EN)
    odd = Finding("SALES_STANDS_OUT", "warn", "sales", {"weeks": "2026-03-02", "count": 1})
    assert "2 Mar 2026" in sales_sentence(odd, WORDS, EN)
    long = Finding("PASTE_TOO_LONG", "stop", "pasted", {"most": 5000})
    assert "5.000" in sales_sentence(long, SÖZLƏR, AZ)


def test_the_headline_is_the_share_of_ads() -> None:
    """With its range; silent where the fit is in doubt."""
    found = replace(moved(1, 2, 3), media_share=Interval(0.118, 0.15, 0.184))
    assert of_sales(WORDS, EN, found) == "Ads brought 12% to 18% of all sales"
    assert of_sales(WORDS, EN, replace(found, media_share=Interval(0.2, 0.2, 0.2))) == (
        "Ads brought about 20% of all sales"
    )
    assert "not settled" in of_sales(WORDS, EN, replace(found, settled=False))


def test_the_best_channel_is_named_only_where_it_is_clear() -> None:
    """Apart from the next, yes; within its range, no; among assumed ones, never."""
    first = moved(3, 1, 2)
    assert "brings most for its money: AZN\u00a03.00" in of_channels(WORDS, EN, first)
    assert of_channels(WORDS, EN, moved(2.1, 1, 2)) == "No channel clearly sells more for its money than the next"
    assumed = replace(first, channels=(*first.channels[:2], replace(first.channels[2], evidence="mostly prior")))
    assert of_channels(WORDS, EN, assumed) == "Channels cannot be ranked from these sales"
    assert of_channels(WORDS, EN, replace(first, level_share=0.8)) == "No returns are shown yet"
    alone = replace(first, channels=first.channels[:1])
    assert "brings AZN\u00a03.00 of sales for 1" in of_channels(WORDS, EN, alone)


def test_every_evidence_has_a_word() -> None:
    """The models' three."""
    assert set(EVIDENCE) == {"measured", "some", "mostly prior"}


def test_the_chart_draws_what_it_is_given() -> None:
    """Sales in runs of known weeks, the range without ads, in the roles of the design."""
    sold = [*USUAL.sales[:5], float("nan"), *USUAL.sales[6:10]]
    days = [day(n) for n in range(10)]
    fan = replace(
        USUAL.baseline, low=USUAL.baseline.low[:10], mid=USUAL.baseline.mid[:10], high=USUAL.baseline.high[:10]
    )
    drawn = sales(days, sold, fan, EN, WORDS)
    rows = [row for layer in drawn["layer"] for row in layer["data"]["values"]]
    assert {row["role"] for row in rows} <= set(ROLES)
    lines = [layer["data"]["values"] for layer in drawn["layer"] if layer["mark"]["type"] == "line"]
    assert [len(line) for line in lines] == [10, 5, 4]
    np.testing.assert_allclose([row["y"] for row in lines[1]], sold[:5])
    (area,) = [layer["data"]["values"] for layer in drawn["layer"] if layer["mark"]["type"] == "area"]
    np.testing.assert_allclose([row["top"] for row in area], fan.high)
    assert drawn["width"] == "container"
    assert {row["text"].split(" ")[0] for row in rows if row.get("text")} == {"Sales", "Without"}


def test_runs_are_the_stretches_between_gaps() -> None:
    """[start, end) of each; none where nothing is known."""
    nan = float("nan")
    assert list(runs([nan, 1, 2, nan, 3, nan])) == [(1, 3), (4, 5)]
    assert list(runs([nan])) == []
    assert list(runs([1.0])) == [(0, 1)]


def test_a_channel_without_a_line_is_told_apart() -> None:
    """Spend that no line has claimed is not the whole platform."""
    assert named(words_for("en"), "meta/") == "Meta · not matched"
    assert named(words_for("en"), "meta/prospecting") == "Meta · prospecting"
