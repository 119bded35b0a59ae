"""Decisions in words: what moves, what it should change, what came of it, whether luck could have done it."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from budget.decisions import Suggestion
from budget.effects import Effect, Expected, Waiting
from budget.findings import Finding
from budget.money import micros
from budget.present import decision_words as told
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.store import Decision
from budget.store.review_values import Action, DecisionStatus, Verdict
from tests.pages.looks import plain

WORDS, EN = words_for("en"), numbers_for("en", "AZN")
DECISION = Decision(
    date(2026, 11, 16), "scale", "AZN", "google", "search", "s", expected_low_micros=micros(-80),
    expected_likely_micros=micros(40), expected_high_micros=micros(160),
)  # fmt: skip


def test_every_word_of_the_store_has_one_on_the_screen() -> None:
    """Actions, states, verdicts and what is waited for."""
    assert set(told.ACTIONS) == set(get_args(Action))
    assert set(told.STATUSES) == set(get_args(DecisionStatus))
    assert set(told.VERDICTS) == set(get_args(Verdict))
    assert set(told.WAITING) == set(get_args(Waiting))


@pytest.mark.parametrize(
    ("before", "amount", "said"),
    [
        (micros(200), micros(250), "AZN 200 → AZN 250 a week (+25%)"),
        (micros(200), micros("150.50"), "AZN 200 → AZN 150.50 a week (−25%)"),
        (0, micros(50), "AZN 0 → AZN 50 a week"),
        (None, micros(50), "AZN 50 a week"),
        (micros(50), micros(50), "AZN 50 a week"),
        (micros(50), None, ""),
    ],
    ids=("more", "less", "new", "unknown-before", "held", "no-money"),
)
def test_money_that_moves(before: int | None, amount: int | None, said: str) -> None:
    """From what to what; cents only where something was decided to the cent."""
    assert plain(told.money_sentence(WORDS, EN, before, amount)) == said


def test_what_is_expected_has_its_range() -> None:
    """The middle and 8 of 10 weeks; nothing where money promises nothing."""
    said = plain(told.expected_sentence(WORDS, EN, DECISION))
    assert said == "Expected +AZN 40 a week after media; 8 of 10 weeks −80 … +160"
    assert told.expected_sentence(WORDS, EN, replace(DECISION, expected_likely_micros=None)) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Effect("worked", micros(35), 1, by_luck=True),
         "Observed +AZN 35 a week, over 1 full week: worked as expected or better. "
         "A week's luck alone can do as much."),
        (Effect("worked", micros(350), 4),
         "Observed +AZN 350 a week, over 4 full weeks: worked as expected or better."),
        (Effect("failed", micros(-90), 2),
         "Observed −AZN 90 a week, over 2 full weeks: failed: below all that was expected."),
        (Effect("no_evidence", 0, 2), "Observed AZN 0 a week, over 2 full weeks: no evidence that it helped."),
        (Effect("too_early", waiting="money"), "Too early: by the exports the money has not moved yet."),
        (Effect("too_early", waiting="week"), "Too early: no full week since."),
    ],
    ids=("luck", "worked", "failed", "no-evidence", "money", "week"),
)  # fmt: skip
def test_what_came_of_it(found: Effect, said: str) -> None:
    """Luck is said where it could have done the same, and only beside a success."""
    assert plain(told.effect_sentence(WORDS, EN, found)) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Finding("DECIDE_MOVE", "info", "s", {"next": 33.2}),
            "The next AZN 100 a week earns AZN 33 here, its cost paid",
        ),
        (Finding("DECIDE_HOLD", "info", "s", {"next": -4.4}), "The next AZN 100 a week loses AZN 4 here"),
        (Finding("DECIDE_GAP", "warn", "meta", {"days": 2}), "Meta: 2 days without data. Export them once more."),
        (Finding("DECIDE_UNMATCHED", "warn", "", {"count": 1}), "1 campaign counts for no line. Match it."),
    ],
    ids=("earns", "loses", "gap", "unmatched"),
)
def test_what_speaks_for_it(found: Finding, said: str) -> None:
    """Each reason names its figure."""
    assert plain(told.why_sentence(WORDS, EN, found)) == said


def test_the_finding_adds_up_the_moves() -> None:
    """How many, and what they should change together; or that nothing needs to move."""
    why, move = Finding("DECIDE_MOVE", "info", "s", {"next": 1.0}), Expected(0, micros(20), 0, 0.5, ())
    one = Suggestion("scale", why, "s", expected=move)
    other = replace(one, action="cut", expected=replace(move, likely_micros=micros(13)))
    said = told.decide_finding(WORDS, EN, [one, other, Suggestion("fix", why)])
    assert plain(said) == "Decide: 2 moves of money should change profit by +AZN 33 a week"
    assert told.decide_finding(WORDS, EN, [Suggestion("fix", why)]) == "Decide: no money needs to move this week"


def test_the_record_counts_only_what_can_be_judged() -> None:
    """What is too early, or has nothing to measure, is neither success nor failure."""
    early, worked, failed = Effect("too_early", waiting="week"), Effect("worked", 1, 1), Effect("failed", -1, 1)
    assert told.record_finding(WORDS, [early, worked, None, failed]) == (
        "Earlier decisions: 1 of 2 that can be judged worked"
    )
    assert told.record_finding(WORDS, [early, None]) == "Earlier decisions: too early to judge"
    assert told.record_finding(WORDS, [None]) == "Earlier decisions"


def test_in_azerbaijani_each_sentence_is_whole() -> None:
    """No placeholder is left and no English shines through."""
    words, numbers = words_for("az"), numbers_for("az", "AZN")
    said = [
        told.effect_sentence(words, numbers, Effect("worked", micros(35), 1, by_luck=True)),
        told.expected_sentence(words, numbers, DECISION),
        told.money_sentence(words, numbers, micros(200), micros(250)),
        told.record_finding(words, [Effect("failed", -1, 1)]),
        told.why_sentence(words, numbers, Finding("DECIDE_TEST", "info", "s", {"share": 0.2})),
    ]
    assert not [text for text in said if "{" in text or "week" in text]
    assert plain(said[2]) == "həftədə 200 AZN → 250 AZN (+25%)"
