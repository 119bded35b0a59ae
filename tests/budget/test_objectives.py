"""Several goals: the first one drives the chance that screens name; each has its own."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.money import micros
from budget.objectives import (
    CHANCE_HIGH,
    CHANCE_LOW,
    KPIS,
    WATCHED_KPIS,
    chance_of_goal,
    free_key,
    moved_up,
    of_challenge,
    purpose_of,
    verdict,
    with_objective,
    without_objective,
)
from budget.plan import PlanObjective, StoredPlan
from budget.present.business_words import VERDICTS, goal_chain, kpi_amount, kpi_unit
from budget.present.numbers import numbers_for
from budget.present.vocabulary import KPIS as NAMES
from budget.present.words import words_for
from tests.budget.builders import START, usual_plan, week

NUMBERS, WORDS = numbers_for("en", "AZN"), words_for("en")


def three() -> StoredPlan:
    """The usual plan with profit, reach and engagement as goals."""
    plan = replace(usual_plan(), objectives=(PlanObjective("sales", "profit", target_micros=micros(1000)),))
    plan = with_objective(plan, "", PlanObjective("awareness", "reach", target_micros=micros(100_000)))
    return with_objective(plan, "", PlanObjective("engagement", "engagement", target_micros=micros(0.03)))


def forecasted(plan: StoredPlan) -> Forecast:
    """A forecast that must exist."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    return found


def keys(plan: StoredPlan) -> list[str]:
    """The goals' keys in their order."""
    return [each.objective_key for each in plan.objectives]


def test_each_goal_has_its_own_chance() -> None:
    """Chances are told by key; the first goal's is the forecast's; what no forecast speaks of has none."""
    plan = three()
    found = forecasted(plan)
    assert set(found.chances) == {"sales", "awareness", "engagement"}
    assert found.chances["sales"] == found.p_target
    assert found.chances["engagement"] is None
    swapped = forecasted(moved_up(plan, "awareness"))
    assert swapped.p_target == found.chances["awareness"]
    assert swapped.chances == found.chances


def test_a_chance_is_the_share_of_draws_by_the_due_date() -> None:
    """Three of four draws reach 10 by the second week; all do by the third; a day before the first counts its week."""
    paths = {"conversions": np.array([[5.0, 10, 11], [9, 10, 30], [1, 2, 10], [10, 10, 10]])}
    weeks = [week(0), week(1), week(2)]
    goal = PlanObjective("sales", "conversions", target_micros=micros(10))
    due = {None: 1.0, week(1) + timedelta(days=3): 0.75, START - timedelta(days=9): 0.25}
    for day, chance in due.items():
        assert chance_of_goal(replace(goal, due_date=day), paths, weeks) == chance


def test_a_higher_target_is_never_likelier() -> None:
    """The chance falls, or stays, as the target rises, from certain to none."""
    found = [
        forecasted(replace(usual_plan(), objectives=(PlanObjective("s", "clicks", target_micros=micros(x)),))).p_target
        for x in (1, 1e4, 3e4, 1e5, 1e9)
    ]
    known = [chance for chance in found if chance is not None]
    assert known == sorted(known, reverse=True)
    assert (known[0], known[-1], len(known)) == (1.0, 0.0, 5)


@pytest.mark.parametrize(
    ("objective", "chance", "expected"),
    [
        (PlanObjective("sales", "profit", target_micros=5), CHANCE_HIGH, "achievable"),
        (PlanObjective("sales", "profit", target_micros=5), CHANCE_HIGH - 0.01, "open"),
        (PlanObjective("sales", "profit", target_micros=5), CHANCE_LOW, "open"),
        (PlanObjective("sales", "profit", target_micros=5), CHANCE_LOW - 0.01, "out_of_reach"),
        (PlanObjective("sales", "profit", target_micros=5), None, "no_forecast"),
        (PlanObjective("sales", "profit"), 0.9, "no_target"),
        (PlanObjective("loyalty", "repeat_orders", target_micros=5), None, "watched"),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_chance(objective: PlanObjective, chance: float | None, expected: str) -> None:
    """Achievable from 7 of 10 outcomes, out of reach under 3 of 10; without a chance it says why."""
    assert verdict(objective, chance) == expected
    assert expected in VERDICTS


def test_goals_of_one_purpose_are_told_apart() -> None:
    """A second goal for sales has a key of its own, and both are for sales; a changed one keeps its place."""
    plan = with_objective(three(), "", PlanObjective("sales", "revenue"))
    assert keys(plan) == ["sales", "awareness", "engagement", "sales-2"]
    assert purpose_of("sales-2") == "sales"
    moved = with_objective(plan, "awareness", PlanObjective("sales", "clicks"))
    assert keys(moved) == ["sales", "sales-3", "engagement", "sales-2"]
    assert free_key(plan, "sales", own="sales") == "sales"


def test_order_and_removal() -> None:
    """Up moves by one place and the first stays; removing the main goal makes the next one main."""
    plan = three()
    assert keys(moved_up(plan, "engagement")) == ["sales", "engagement", "awareness"]
    assert moved_up(plan, "sales") == plan
    assert moved_up(plan, "moon") == plan
    assert keys(without_objective(plan, "sales")) == ["awareness", "engagement"]


def test_goals_know_their_challenge() -> None:
    """Goals are found by the challenge that they are there for."""
    plan = with_objective(three(), "", PlanObjective("traffic", "clicks", challenge_key="weak_traffic"))
    assert [each.kpi for each in of_challenge(plan.objectives, "weak_traffic")] == ["clicks"]


def test_an_unknown_kpi_is_refused() -> None:
    """A goal has one of the product's KPIs."""
    with pytest.raises(InvalidValue):
        with_objective(usual_plan(), "", PlanObjective("sales", "fame"))


def test_amounts_have_the_unit_of_their_kpi() -> None:
    """Money with its currency, a rate in percent, counts whole, a rate per thousand with its decimal."""
    assert set(KPIS) == set(NAMES)
    assert set(WATCHED_KPIS) < set(KPIS)
    shown = [
        kpi_amount(NUMBERS, kpi, micros(x)).replace("\u00a0", " ")
        for kpi, x in (("profit", 1200.4), ("engagement", 0.035), ("reach", 320_000), ("negative_feedback", 2.5))
    ]
    assert shown == ["AZN 1,200", "3.5%", "320,000", "2.5"]
    assert [kpi_unit(WORDS, NUMBERS, kpi, "Target") for kpi in ("revenue", "engagement", "reach")] == [
        "Target, AZN", "Target, %", "Target",
    ]  # fmt: skip


def test_a_goal_reads_as_a_chain() -> None:
    """Challenge, objective, KPI, target, date, owner; what is empty is left out."""
    goal = PlanObjective("awareness", "reach", "weak_awareness", 0, micros(320_000), week(3), "Aysel")
    said = goal_chain(WORDS, NUMBERS, goal).replace("\u00a0", " ")
    assert said == "Weak awareness of the brand → Awareness → People reached → 320,000 by 28 Sep 2026 → Aysel"
    assert goal_chain(WORDS, NUMBERS, PlanObjective("sales-2", "clicks")) == "Sales → Clicks"
