"""Findings of the Business screen as sentences: filled in, in every language."""

from dataclasses import replace

import pytest

from budget.audiences import check_audiences, joined, with_audiences
from budget.challenges import KEYS, gates, with_challenge
from budget.findings import Finding
from budget.plan import PlanAudience, PlanChallenge
from budget.present.business_words import SENTENCES, business_sentence, chain
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from tests.budget.builders import usual_plan


def findings() -> list[Finding]:
    """Every finding that the screen can show, seven gates among them."""
    plan = usual_plan()
    for key in KEYS:
        plan = with_challenge(plan, PlanChallenge(key, True, gate=True))
    plan = with_audiences(plan, [PlanAudience("a", "Baku", 0, networks="tiktok")])
    return [*gates(plan), *check_audiences(joined(plan, "meta-prospecting", "a"))]


@pytest.mark.parametrize("lang", ["en", "az"])
def test_every_finding_has_its_sentence(lang: str) -> None:
    """No placeholder stays open, and no two gates sound alike."""
    words, numbers = words_for(lang), numbers_for(lang, "AZN")
    names = {"meta-prospecting": "Meta"}
    said = [business_sentence(finding, words, numbers, names) for finding in findings()]
    assert {finding.code for finding in findings()} == set(SENTENCES)
    assert len(set(said)) == len(said) == 9
    assert not [text for text in said if "{" in text or "_" in text]


def test_the_gate_says_what_to_do() -> None:
    """The sentence of the brief, the money at stake, and the next step."""
    plan = with_challenge(usual_plan(), PlanChallenge("not_ready", True, gate=True))
    (found,) = gates(replace(plan, lines=plan.lines[:1]))
    said = business_sentence(found, words_for("en"), numbers_for("en", "AZN"), {}).replace("\u00a0", " ")
    assert said == (
        "Checkout not ready: hold media. AZN 9,000 is planned. Solve it and clear the gate on the Business screen, or "
        "let the flights begin later."
    )


def test_the_chain_of_a_challenge() -> None:
    """Objective, KPI and line of the P&L in words."""
    said = chain(words_for("en"), PlanChallenge("weak_awareness"))
    assert said == "Objective: Awareness · KPI: People reached · weighs on: Media"
