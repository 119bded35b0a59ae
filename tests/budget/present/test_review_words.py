"""What a review says: every finding has its sentence, the income statement a step for what the books do not hold."""

import pytest

from budget.findings import Finding
from budget.money import micros
from budget.pnl import ProfitAndLoss
from budget.present.numbers import numbers_for
from budget.present.plan_words import SENTENCES, plan_sentence
from budget.present.steps import pnl_steps
from budget.present.words import LANGUAGES, words_for

FACTS = {"claimed": 100, "booked": 80, "claimed_micros": micros(5800), "booked_micros": micros(5000), "share": 0.08,
         "planned": 0.045, "spend_micros": micros(70)}  # fmt: skip
CODES = {
    "CLAIMS_OVER_BOOKED": ("claimed", "booked"),
    "CLAIMS_OVER_LEADS": ("claimed", "booked"),
    "CLAIMS_OVER_SALES": ("claimed_micros", "booked_micros"),
    "CLAIMS_UNKNOWN": (),
    "CLAIMS_LEADS_UNKNOWN": (),
    "CLAIMS_ARRIVING": (),
    "RETURNS_FROM_ORDERS": ("share", "planned"),
    "DISCOUNT_FROM_ORDERS": ("share", "planned"),
    "SPEND_ACROSS_SPAN": ("spend_micros",),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_finding_says_its_figures(code: str, lang: str) -> None:
    """In every language: all figures stand in the sentence, money with its currency, and nothing is left open."""
    numbers = numbers_for(lang, "AZN")
    said = plan_sentence(
        Finding(code, "info", "", {key: FACTS[key] for key in CODES[code]}), words_for(lang), numbers, {}
    )
    shown = {"claimed": numbers.whole(100), "booked": numbers.whole(80), "share": numbers.percent(0.08, 1),
             "planned": numbers.percent(0.045, 1)}  # fmt: skip
    for key in CODES[code]:
        assert (shown.get(key) or numbers.money_exact(int(FACTS[key]))) in said
    assert "{" not in said
    assert lang == "en" or said != SENTENCES[code]


def test_what_the_books_do_not_hold_is_a_step() -> None:
    """Right after claimed revenue, and no step at all where they hold everything; the steps lead to net revenue."""
    words = words_for("en")
    held = pnl_steps(words, ProfitAndLoss(claimed_net_revenue=900, not_booked=225, not_caused=75))
    assert [(step.name, step.amount_micros) for step in held[:4]] == [
        ("Net revenue claimed", 900), ("Not in your books", -225), ("Would have come anyway", -75),
        ("Net revenue", 600),
    ]  # fmt: skip
    whole = pnl_steps(words, ProfitAndLoss(claimed_net_revenue=900))
    assert "Not in your books" not in [step.name for step in whole]
