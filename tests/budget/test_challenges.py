"""Challenges of the company: they cost by the day, reach every P&L, and hold media back while their gate is on."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from budget.actuals import Actuals, actuals_of
from budget.business import business_of
from budget.challenges import (
    CHALLENGES,
    KEYS,
    active,
    challenge_cost,
    challenges_of,
    gates,
    goal_for,
    switched_on,
    with_challenge,
)
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast, weekly_team_cost
from budget.funnels import channels_of
from budget.measures import total
from budget.money import MICROS, micros
from budget.objectives import KPIS
from budget.plan import PlanChallenge, StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost
from budget.present.business_words import GATES
from budget.present.charts.waterfall import bars
from budget.present.numbers import numbers_for
from budget.present.steps import pnl_steps
from budget.present.vocabulary import CHALLENGES as NAMES
from budget.present.vocabulary import OBJECTIVES, PNL_STEPS
from budget.present.words import words_for
from budget.review import review
from budget.weeks import Period
from tests.budget.builders import fact, facts_of, usual_plan, week

NUMBERS, WORDS = numbers_for("en", "AZN"), words_for("en")


def hurt(monthly: float = 310.0, *, gate: bool = False) -> StoredPlan:
    """The usual plan of 7 September to 6 December with one challenge."""
    return with_challenge(usual_plan(), PlanChallenge("falling_loyalty", True, micros(monthly), gate))


def forecasted(plan: StoredPlan) -> Forecast:
    """A forecast that must exist."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    return found


def uploaded(plan: StoredPlan) -> Actuals:
    """Two weeks of Meta."""
    rows = [
        fact(t, "meta", "meta-prospecting", spend_micros=micros(700), impressions=175_000, clicks=2275,
             conversions_micros=micros(40), value_micros=micros(2320))
        for t in range(2)
    ]  # fmt: skip
    return actuals_of(plan, facts_of(rows), {"meta": week(2)})


def test_the_seven_demands_are_named() -> None:
    """Each challenge has its words, an objective, a KPI, a line of the P&L, and a gate that can be said."""
    assert len(CHALLENGES) == 7
    for each in CHALLENGES:
        assert each.key in NAMES
        assert each.key in GATES
        assert each.objective_key in OBJECTIVES
        assert each.kpi in KPIS
        assert each.pnl_line in PNL_STEPS
    assert set(NAMES) == set(GATES) == set(KEYS)


def test_a_month_costs_its_amount_and_a_part_its_days() -> None:
    """310 a month is 310 in October and 100 over the first ten days of it; nothing while not active."""
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert challenge_cost(hurt(), october) == micros(310)
    assert challenge_cost(hurt(), Period(date(2026, 10, 1), date(2026, 10, 11))) == micros(100)
    off = with_challenge(hurt(), PlanChallenge("falling_loyalty", False, micros(310)))
    assert challenge_cost(off, october) == 0


def test_the_cost_is_a_line_of_the_pnl_and_profit_follows() -> None:
    """Beside the same plan without the challenge, profit is lower by exactly the line; the team stays as it was."""
    plain, found = forecasted(usual_plan()).pnl, forecasted(hurt()).pnl
    months = Fraction(24, 30) + 1 + 1 + Fraction(6, 31)
    assert abs(found.challenges - 310 * MICROS * months) <= 4
    assert plain.profit - found.profit == found.challenges
    assert (found.team, found.after_media) == (plain.team, plain.after_media)
    assert found.programme_cost == found.media + found.team + found.challenges
    assert found.roi == pytest.approx(found.profit / found.programme_cost)


def test_weeks_carry_the_same_cost_as_the_whole() -> None:
    """What the weeks cost beside media sums to the P&L's team and challenges, within a cent a week."""
    plan = hurt()
    found, weeks = forecasted(plan), channels_of(plan).weeks
    summed = weekly_team_cost(plan, weeks).sum()
    assert summed == pytest.approx((found.pnl.team + found.pnl.challenges) / MICROS, abs=0.01)
    assert found.likely_cumulative_profit[-1] == pytest.approx(found.pnl.profit / MICROS, abs=0.01)


def test_plan_and_actual_carry_it_alike() -> None:
    """A review to date counts the cost on both sides, so it explains no variance."""
    plan = hurt()
    found, plain = review(plan, uploaded(plan)), review(usual_plan(), uploaded(plan))
    assert found is not None
    assert plain is not None
    assert found.plan_pnl.challenges == found.actual_pnl.challenges == challenge_cost(plan, found.period) > 0
    assert found.drivers == plain.drivers


def test_waterfall_bars_still_sum() -> None:
    """The bars run through the challenges to the profit; without any there is no such bar."""
    pnl = forecasted(hurt()).pnl
    names = [bar.name for bar in bars(pnl_steps(WORDS, pnl), NUMBERS)]
    assert names[-3:] == ["Team and tools", "Challenges", "Profit"]
    assert "Challenges" not in [step.name for step in pnl_steps(WORDS, forecasted(usual_plan()).pnl)]


def test_channels_and_challenges_sum_to_the_total() -> None:
    """Channels bear no challenge: their sum less team and challenges is the programme's profit."""
    plan = hurt()
    assert plan.period is not None
    likely = forecasted(plan).likely
    rows = [channel_pnl_of(plan, key) for key in likely.measures]
    whole = profit_and_loss(rows, team_cost(plan, plan.period))
    assert sum(row.after_media for row in rows) - whole.team - whole.challenges == whole.profit
    assert all(row.challenges == 0 for row in rows)


def channel_pnl_of(plan: StoredPlan, key: str) -> ProfitAndLoss:
    """The P&L of one line at its likely figures."""
    return channel_pnl(business_of(plan), total(forecasted(plan).likely.measures[key]))


def test_a_gate_warns_while_it_is_on() -> None:
    """On: one warning with the money planned; off, or the challenge not active: none."""
    (found,) = gates(hurt(gate=True))
    assert (found.code, found.severity, found.where) == ("MEDIA_ON_HOLD", "warn", "falling_loyalty")
    assert found.facts["planned_micros"] == usual_plan().budget_micros
    assert gates(hurt()) == ()
    assert gates(with_challenge(hurt(), PlanChallenge("falling_loyalty", False, gate=True))) == ()


def test_the_usual_gate_comes_with_the_first_tick_only() -> None:
    """Infrastructure holds media back when first ticked; a gate that the person cleared stays cleared."""
    assert switched_on(PlanChallenge("not_ready")) == PlanChallenge("not_ready", True, 0, gate=True)
    assert switched_on(PlanChallenge("weak_traffic")) == PlanChallenge("weak_traffic", True)
    cleared = PlanChallenge("not_ready", False, micros(5))
    assert switched_on(cleared) == PlanChallenge("not_ready", True, micros(5))


def test_the_checklist_keeps_its_order_and_foreign_rows() -> None:
    """All seven are listed in their order, whatever was ticked first; what others stored stays."""
    plan = StoredPlan(1, 1, "P", "AZN", challenges=(PlanChallenge("their_own", True, 7),))
    for key in ("not_ready", "weak_traffic"):
        plan = with_challenge(plan, PlanChallenge(key, True))
    assert [each.challenge for each in plan.challenges] == ["weak_traffic", "not_ready", "their_own"]
    assert [each.challenge for each in challenges_of(plan)] == list(KEYS)
    assert len(active(plan)) == 3
    again = with_challenge(plan, PlanChallenge("weak_traffic"))
    assert [each.challenge for each in again.challenges] == ["not_ready", "their_own"]


@pytest.mark.parametrize(
    "wrong", [PlanChallenge("moon"), PlanChallenge("weak_traffic", True, -1)], ids=["key", "money"]
)
def test_what_cannot_be_is_refused(wrong: PlanChallenge) -> None:
    """An unknown challenge and a negative cost raise."""
    with pytest.raises(InvalidValue):
        with_challenge(usual_plan(), wrong)


def test_a_challenge_suggests_its_goal() -> None:
    """The goal carries the challenge, its objective and its KPI, still without a target."""
    goal = goal_for(PlanChallenge("weak_awareness", True))
    assert (goal.objective_key, goal.kpi, goal.challenge_key) == ("awareness", "reach", "weak_awareness")
    assert goal.target_micros == 0


def test_two_halves_cost_the_whole() -> None:
    """Two halves of a period cost what the whole does, within a micro a month."""
    start = date(2026, 9, 7)
    cut, end = start + timedelta(days=40), start + timedelta(days=91)
    parts = challenge_cost(hurt(), Period(start, cut)) + challenge_cost(hurt(), Period(cut, end))
    assert abs(parts - challenge_cost(hurt(), Period(start, end))) <= 1
