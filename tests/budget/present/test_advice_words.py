"""Headlines of the advice follow the figures, and stay silent where those do not say it."""

from dataclasses import replace

import pytest

from budget.advice import Advice, LineAdvice
from budget.fans import Interval
from budget.findings import Fact
from budget.held import Held, Reason
from budget.money import micros
from budget.present.advice_words import (
    HELD,
    gap_sentence,
    headline,
    held_text,
    marginal_finding,
    reasons,
    split_finding,
    target_answer,
)
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.question import Aim, Measure, Question
from tests.budget.builders import START

WORDS, NUMBERS = words_for("en"), numbers_for("en", "AZN")
NAMES = {"a": "Meta", "b": "TikTok", "c": "Google"}


def advice_of(
    *changes: float, gain: float = 500, aim: Aim = "profit", changed: bool = True, chance: float = 0.78
) -> Advice:
    """Lines a, b, .. with these changes of their money; the next 100 earns 30 at a, 40 less at each further one."""
    lines = tuple(
        LineAdvice(key, (micros(2000),), (micros(2000 + change),), Interval(0, 30 - 40 * i, 50),
                   Interval(0, 20 - 30 * i, 50), None)
        for i, (key, change) in enumerate(zip(NAMES, changes, strict=False))
    )  # fmt: skip
    question = Question(START, aim, target=500 if aim == "target" else 0)
    return Advice(question, (START,), lines, Interval(gain - 100, gain, gain + 100), chance, 0.0004, changed,
                  {}, frozenset(), (), ())  # fmt: skip


CASES: list[tuple[Advice, str]] = [
    (advice_of(1200, -1200), "Move AZN 1,200 from TikTok to Meta: 78% chance to beat today's split"),
    (advice_of(1200, -700, -500), "Moving AZN 1,200 should add AZN 500, with 78% chance"),
    (advice_of(0, 0), "The same money in other weeks should add AZN 500, with 78% chance"),
    (advice_of(1200, -1200, gain=-80), "Inside these limits today's split cannot stay: the change costs AZN 80"),
    (advice_of(0, 0, changed=False), "No change is advised: nothing beats today's split clearly enough"),
    (advice_of(900, -700, -200, gain=23, aim="customers"), "Moving AZN 900 should add 23 conversions, with 78% chance"),
    (
        advice_of(500, 0, aim="increment"),
        "The extra AZN 500 should earn AZN 500: 78% chance that it pays for itself",
    ),
    (
        advice_of(500, 0, gain=-60, aim="increment", chance=0.2),
        "The extra AZN 500 should lose AZN 60: 20% chance that it pays for itself",
    ),
    (advice_of(500, 0, aim="target"), "For 500 conversions you need AZN 4,500: AZN 500 more than planned"),
    (advice_of(-500, 0, aim="target"), "For 500 conversions you need AZN 3,500: AZN 500 less than planned"),
    (advice_of(0, 0, aim="target", changed=False), "For 500 conversions you need what is planned: AZN 4,000"),
    (
        advice_of(-500, 0, gain=70),
        "With AZN 3,500 the best split brings AZN 70 more than the plan: 78% chance",
    ),
    (
        advice_of(500, 0, gain=-70, chance=0.3),
        "With AZN 4,500 the best split brings AZN 70 less than the plan: 30% chance of more",
    ),
]


@pytest.mark.parametrize(("found", "said"), CASES, ids=[said[:40] for _, said in CASES])
def test_the_headline_is_the_finding(found: Advice, said: str) -> None:
    """One sentence a case, with the numbers of the very answer."""
    assert headline(WORDS, NUMBERS, found, NAMES).replace("\u00a0", " ") == said


def test_no_gain_is_claimed_where_nothing_changes() -> None:
    """Unchanged: no sum, no chance, no reason."""
    found = advice_of(0, 0, changed=False)
    assert not any(sign.isdigit() for sign in headline(WORDS, NUMBERS, found, NAMES))
    assert reasons(WORDS, NUMBERS, found, NAMES) == []
    assert split_finding(WORDS, found, NAMES) == "Every line keeps its money"


def test_reasons_name_who_earns_and_who_loses() -> None:
    """The line that gets more and the one that gives, each with its next 100; silent when conversions are counted."""
    said = [text.replace("\u00a0", " ") for text in reasons(WORDS, NUMBERS, advice_of(1200, -1200), NAMES)]
    assert said == [
        "Meta: as planned, the next AZN 100 earns AZN 30",
        "TikTok: as planned, the next AZN 100 loses AZN 10",
    ]
    assert reasons(WORDS, NUMBERS, advice_of(1200, -1200, aim="customers"), NAMES) == []
    assert len(reasons(WORDS, NUMBERS, advice_of(-1200, 1200), NAMES)) == 1


def test_where_the_next_money_earns_most() -> None:
    """The best line by its middle; where none earns, that is said instead."""
    found = advice_of(1200, -1200)
    assert marginal_finding(WORDS, NUMBERS, found, NAMES).endswith("earns most on Meta: AZN\u00a020")
    poor = replace(found, lines=tuple(replace(x, next_proposed=Interval(-9, -5, -1)) for x in found.lines))
    assert marginal_finding(WORDS, NUMBERS, poor, NAMES).endswith("would lose money on every line")


@pytest.mark.parametrize(
    ("measure", "named"),
    [("conversions", "500 conversions"), ("revenue", "net revenue of AZN 500"), ("profit", "profit of AZN 500")],
)
def test_the_plain_question_has_money_chance_and_every_line(measure: Measure, named: str) -> None:
    """What budget for it: a sentence with the target, the money, the chance, and each line's part, largest first."""
    found = advice_of(500, -2000, aim="target")
    found = replace(found, question=replace(found.question, measure=measure))
    said = target_answer(WORDS, NUMBERS, found, NAMES).replace("\u00a0", " ")
    assert named in said
    assert said.endswith("AZN 2,500 over the weeks to come, with 78% chance: Meta 2,500.")
    assert named in headline(WORDS, NUMBERS, found, NAMES).replace("\u00a0", " ")


def test_the_gap_is_never_called_nothing() -> None:
    """A certificate of 0.04 % is said so; a smaller one as 0.01 %, never as 0."""
    assert "0.04%" in gap_sentence(WORDS, NUMBERS, advice_of(1, -1))
    assert "0.01%" in gap_sentence(WORDS, NUMBERS, replace(advice_of(1, -1), gap=0.0))


@pytest.mark.parametrize("reason", list(HELD))
def test_every_reason_has_its_words(reason: Reason) -> None:
    """What holds a line is said with its figure filled in."""
    facts: dict[str, Fact] = {
        "share": 0.3,
        "cap_micros": micros(800),
        "low_micros": micros(700),
        "high_micros": micros(900),
    }
    facts |= {"platform": "meta"}
    said = held_text(WORDS, NUMBERS, Held(reason, facts))
    assert said
    assert "{" not in said
    assert held_text(WORDS, NUMBERS, None) == ""
