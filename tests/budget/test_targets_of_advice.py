"""Money for a target of revenue or profit, and limits of platforms: beside a plain search, to the micro."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.advice import Advice, advice
from budget.business import business_of
from budget.economics import media_factor, net_share
from budget.forecast import Missing
from budget.funnels import channels_of, contribution_before_media
from budget.learning import beliefs
from budget.money import MICROS, micros
from budget.question import LineRule, Measure, PlatformRule
from models import expect
from tests.budget.asking import FREE, SEED, advised, budgets_of, proposed
from tests.budget.builders import usual_plan
from tests.budget.test_splits import two_lines

Array = np.ndarray


def chance_of(measure: Measure, total: float, target: float) -> float:
    """The greatest chance that any split of one week's money between two lines, in steps of 5, reaches the target."""
    plan = two_lines()
    business, draws = business_of(plan), beliefs(channels_of(plan), None, SEED).draws
    first = np.arange(max(total - 2000, 0), min(total, 2000) + 1, 5.0)
    found = expect(draws, np.stack([first, np.maximum(total - first, 0)]))
    brought: Array = found.incremental_value * net_share(business)
    if measure == "profit":
        brought = contribution_before_media(business, found)
    price = media_factor(business) * total if measure == "profit" else 0.0
    return float((brought.sum(axis=1) - price >= target).mean(axis=0).max())


@pytest.mark.parametrize(("measure", "target"), [("revenue", 2500.0), ("profit", 50.0)])
def test_the_least_money_for_money(measure: Measure, target: float) -> None:
    """Revenue or profit: reached with the asked chance, and a plain search finds no chance like that with 5 % less."""
    asked = replace(FREE, aim="target", target=target, measure=measure, probability=0.5)
    found = advised(two_lines(), asked)
    money = found.proposed_micros / MICROS
    assert found.chance >= 0.5
    assert chance_of(measure, money, target) == pytest.approx(found.chance, abs=0.04)
    assert chance_of(measure, money * 0.95, target) < 0.5


def test_a_surer_answer_costs_more() -> None:
    """The same revenue with more certainty needs more money."""
    money = [
        advised(usual_plan(), replace(FREE, aim="target", target=9000.0, measure="revenue", probability=p))
        for p in (0.5, 0.7, 0.9)
    ]
    spent = [found.proposed_micros for found in money]
    assert spent == sorted(set(spent))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(low=st.integers(0, 60), high=st.integers(40, 100), step=st.sampled_from((0, 25)), budget=st.integers(80, 120))
def test_platform_limits_hold_to_the_micro(low: int, high: int, step: int, budget: int) -> None:
    """Shares of today's money as limits of a platform: they hold exactly, and the sum is the budget."""
    plan = usual_plan()
    total = plan.budget_micros * budget // 100
    least, most = plan.budget_micros * low // 100 + 7, plan.budget_micros * high // 100 + 3
    asked = replace(
        FREE, budget_micros=total, platforms=(PlatformRule("meta", least, most),), step_micros=step * MICROS
    )
    found = advice(plan, asked, seed=SEED)
    if isinstance(found, Missing):
        assert found.findings[0].code in ("ADVICE_PLATFORM_CROSS", "ADVICE_BUDGET_LARGE", "ADVICE_BUDGET_SHORT",
                                          "ADVICE_PLATFORM_ROOM")  # fmt: skip
        return
    assert found.proposed_micros == total
    assert least <= proposed(found)["meta-prospecting"] <= most


def test_a_platform_of_one_line_is_its_line() -> None:
    """The limit of a platform gives the answer that the same limit of its only line gives, and says which it was."""
    cap = micros(2500)
    platform = advised(usual_plan(), replace(FREE, platforms=(PlatformRule("google", None, cap),)))
    line = advised(usual_plan(), replace(FREE, rules=(LineRule("google-search", None, cap),)))
    assert proposed(platform) == proposed(line)
    assert held(platform, "google-search") == "platform_high"
    assert held(line, "google-search") == "line_high"


def held(found: Advice, key: str) -> str | None:
    """Why a line does not move further."""
    reason = {each.line_key: each.held for each in found.lines}[key]
    return reason.reason if reason else None


def test_budgets_stay_inside_platform_limits() -> None:
    """Every budget that is compared holds them too."""
    cap = micros(2500)
    found = budgets_of(usual_plan(), replace(FREE, platforms=(PlatformRule("google", None, cap),)))
    place = found.line_keys.index("google-search")
    assert found.points
    assert all(point.lines[place] <= cap for point in found.points)
    assert all(sum(point.lines) == point.budget_micros for point in found.points)
