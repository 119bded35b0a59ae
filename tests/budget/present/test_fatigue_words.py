"""Every sign of fatigue has a sentence in every language, with its figures written."""

import re
from pathlib import Path

import pytest

from budget.findings import Finding
from budget.present.fatigue_words import SENTENCES, fatigue_sentence
from budget.present.numbers import numbers_for
from budget.present.words import LANGUAGES, words_for

NAMES = {"m": "Meta · prospecting"}
FINDINGS = (
    Finding("FATIGUE_FREQUENCY", "warn", "m", {"line": "m", "frequency": 8.33, "cap": 6.0}),
    Finding("FATIGUE_CTR", "warn", "m", {"line": "m", "before": 0.013, "now": 0.009, "change": -0.3077}),
    Finding("FATIGUE_CPM", "warn", "m", {"line": "m", "before": 4.395, "now": 4.99, "change": 0.1354}),
)


def test_every_code_of_fatigue_has_a_sentence() -> None:
    """The codes in the module are those with words."""
    source = (Path(__file__).parents[3] / "budget" / "fatigue.py").read_text("utf-8")
    assert set(re.findall(r'"(FATIGUE_\w+)"', source)) == set(SENTENCES) == {f.code for f in FINDINGS}


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.code)
@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_sentences_are_filled(finding: Finding, lang: str) -> None:
    """Nothing is left in braces, and the line is named."""
    text = fatigue_sentence(finding, words_for(lang), numbers_for(lang, "AZN"), NAMES)
    assert "{" not in text
    assert text.startswith("Meta · prospecting: ")


def test_figures_are_written_in_their_units() -> None:
    """Ads with one decimal, click rates as percent, prices as money; the change with its sign."""
    texts = [
        fatigue_sentence(f, words_for("en"), numbers_for("en", "AZN"), NAMES).replace("\xa0", " ") for f in FINDINGS
    ]
    assert "8.3 ads a week, over the cap of 6.0" in texts[0]
    assert "fell from 1.30% to 0.90% (−31%)" in texts[1]
    assert "cost AZN 4.99 against AZN 4.40 at first (+14%)" in texts[2]
