"""Laws of the advice: money is neither made nor lost, limits hold, and numbers agree with a plain search."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.advice import Advice, advice
from budget.ahead import ahead_of
from budget.business import business_of, with_business
from budget.curves import response_curves
from budget.economics import media_factor
from budget.editing import with_figure
from budget.forecast import Missing
from budget.funnels import channels_of, contribution_before_media
from budget.guardrails import rails_of
from budget.learning import beliefs
from budget.marginal import next_hundred
from budget.money import MICROS, micros
from budget.phasing import rephased
from budget.plan import StoredPlan
from budget.question import NO_LIMIT, LineRule, PlatformRule, Question, usual_locks
from budget.ranges import Range
from budget.splits import base_of, best, curves_of, worth
from models import expect
from tests.budget.asking import FREE, KEYS, SEED, advised, budgets_of, committed, proposed, refused
from tests.budget.builders import START, draft, line, plan_of, usual_plan, week
from tests.budget.test_forecast import uploaded

Array = np.ndarray


def expected_worth(plan: StoredPlan, found: Advice) -> float:
    """Mean contribution before media of the proposed weeks, drawn anew from the same beliefs."""
    channels = channels_of(plan)
    ahead = ahead_of(channels, None, found.question.today)
    curves = curves_of(business_of(plan), beliefs(channels, None, SEED), ahead)
    spend = np.array([each.proposed_weeks for each in found.lines]) / MICROS
    return float(worth(curves.profit, spend).mean())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    budget=st.integers(10**9, 3 * 10**10),
    move=st.sampled_from((0.1, 0.3, NO_LIMIT)),
    step=st.sampled_from((0, 1, 25)),
    aim=st.sampled_from(("profit", "customers")),
    locked=st.sampled_from(((), ("google-search",), KEYS[:2])),
)  # fmt: skip
def test_the_proposed_money_is_the_budget_to_the_micro(
    budget: int, move: float, step: int, aim: str, locked: tuple[str, ...]
) -> None:
    """Whatever is asked: the weeks sum to the budget in whole micros, locked lines are identical, limits hold."""
    plan = usual_plan()
    question = Question(START, aim, budget, max_move=move, step_micros=step * MICROS, locked=locked)  # type: ignore[arg-type]  # sampled
    found = advice(plan, question, seed=SEED)
    if isinstance(found, Missing):
        assert found.findings[0].code in ("ADVICE_BUDGET_SHORT", "ADVICE_BUDGET_LARGE")
        return
    assert found.proposed_micros == budget
    for each in found.lines:
        assert min(each.proposed_weeks) >= 0
        if each.line_key in locked:
            assert each.proposed_weeks == each.today_weeks


def test_each_week_stays_within_the_asked_share_of_today() -> None:
    """Same money, +-30 %: no week leaves the band by a single micro."""
    found = advised(usual_plan(), replace(FREE, max_move=0.3))
    assert found.changed
    for each in found.lines:
        for before, after in zip(each.today_weeks, each.proposed_weeks, strict=True):
            assert 0.7 * before <= after <= 1.3 * before


def test_more_money_never_brings_less() -> None:
    """Expected contribution before media rises with the budget, inside the same limits."""
    plan, brought = usual_plan(), [0.0]
    for budget in (3000, 6000, 12_000, 17_000, 24_000, 33_000):
        brought.append(expected_worth(plan, advised(plan, replace(FREE, budget_micros=micros(budget)))))
    assert (np.diff(brought) > 0).all()


def test_money_in_another_unit_is_split_the_same() -> None:
    """All money times 1,000 (price, costs, budgets): the same shares, gains times 1,000, the same chance."""
    plan, times = usual_plan(), 1000
    business = business_of(plan)
    value = business.order_value
    dearer = replace(
        business,
        order_value=Range(value.low * times, value.likely * times, value.high * times),
        fulfilment_per_order=business.fulfilment_per_order * times,
        return_handling_per_return=business.return_handling_per_return * times,
    )
    other = with_business(plan, dearer)
    other = rephased(
        draft(other, lines=tuple(replace(each, budget_micros=each.budget_micros * times) for each in plan.lines))
    )
    for each in plan.lines:
        cpm = next(a for a in plan.assumptions if (a.scope, a.key) == (each.line_key, "cpm"))
        other = with_figure(other, each.line_key, "cpm", Range(cpm.low * times, cpm.likely * times, cpm.high * times))
    small, large = advised(plan, FREE), advised(other, FREE)
    for a, b in zip(small.lines, large.lines, strict=True):
        assert b.proposed_micros / times == pytest.approx(a.proposed_micros, rel=1e-3, abs=micros(5))
    assert large.gain.mid / times == pytest.approx(small.gain.mid, rel=1e-3)
    assert large.chance == pytest.approx(small.chance, abs=0.005)


def test_committed_lines_stay_unless_nothing_else_could_move() -> None:
    """A committed line is locked while two others can trade; where they cannot, all may move and that is said."""
    some = committed(usual_plan(), "committed", "forecast", "optional")
    question = replace(FREE, locked=None)
    found = advised(some, question)
    assert found.locked == ("meta-prospecting",)
    assert [each.held.reason for each in found.lines if each.held][:1] == ["committed"]
    every = committed(usual_plan(), "committed", "committed", "optional")
    assert usual_locks(every, KEYS) == ()
    assert [finding.code for finding in advised(every, question).findings] == ["ADVICE_COMMITTED_FREE"]


def test_optional_lines_go_first() -> None:
    """A cut that the optional line can bear leaves the others what the best split of today's money gives them; a
    larger one takes from forecast lines next.
    """
    plan = committed(usual_plan(), "optional", "forecast", "committed")
    ask = replace(FREE, max_move=0.3)
    whole = proposed(advised(plan, replace(ask, budget_micros=plan.budget_micros)))

    def lost(cut: float) -> dict[str, int]:
        less = proposed(advised(plan, replace(ask, budget_micros=plan.budget_micros - micros(cut))))
        return {key: whole[key] - less[key] for key in KEYS}

    near = micros(60)  # the careful split of the whole and the expected best one differ by little
    small, large = lost(1000), lost(6000)
    assert small["meta-prospecting"] > micros(1000) - 2 * near
    assert max(small["google-search"], small["tiktok-awareness"]) < near
    assert large["google-search"] > near > large["tiktok-awareness"]


def test_a_small_cut_costs_little() -> None:
    """Profit by budget has no step at today's money: one part in a thousand less changes it by as little."""
    plan = committed(usual_plan(), "committed", "forecast", "optional")
    channels, business = channels_of(plan), business_of(plan)
    ahead = ahead_of(channels, None, START)
    curves = curves_of(business, beliefs(channels, None, SEED), ahead)
    today, ask = int(ahead.today_micros.sum()), replace(FREE, max_move=0.3)

    def profit(total: int) -> float:
        base = base_of(plan, ahead, curves, ask)
        rails = rails_of(plan, ahead, ask, curves.top, total, moves_along=False, base=base)
        split = best(curves, ahead, rails, ask, total, rule="mean")
        return float(worth(curves.profit, split.spend).mean()) - curves.price * total / MICROS

    assert profit(today - today // 1000) == pytest.approx(profit(today), abs=0.003 * today / MICROS)


def test_extra_money_takes_from_nobody() -> None:
    """The increment alone is placed: no week has less than today."""
    plan = usual_plan()
    found = advised(plan, replace(FREE, aim="increment", budget_micros=plan.budget_micros + micros(1500)))
    assert found.proposed_micros - found.today_micros == micros(1500)
    for each in found.lines:
        assert all(after >= before for before, after in zip(each.today_weeks, each.proposed_weeks, strict=True))


def test_weeks_that_are_over_stay() -> None:
    """Uploaded weeks and weeks before today are not among the weeks to come, and their budgets stay in the plan."""
    plan = usual_plan()
    found = advised(plan, replace(FREE, today=week(6) + timedelta(days=2)), uploaded(plan, 4))
    assert found.weeks == tuple(week(n) for n in range(7, 13))
    assert {w for _, w in found.cells()} <= set(found.weeks)
    later = advised(plan, replace(FREE, today=week(2)), uploaded(plan, 4))
    assert later.weeks[0] == week(4)


def test_a_plan_that_is_over_says_so() -> None:
    """After the last week: what nobody uploaded is advised upon with a warning; all uploaded, nothing can move."""
    plan = usual_plan()
    found = advised(plan, replace(FREE, today=week(20)), uploaded(plan, 10))
    assert found.weeks == (week(10), week(11), week(12))
    assert [finding.code for finding in found.findings][:1] == ["ADVICE_PLAN_ENDED"]
    assert refused(plan, replace(FREE, today=week(20)), uploaded(plan, 13))[0] == "ADVICE_NO_WEEKS"
    assert refused(plan, replace(FREE, today=week(20)))[0] == "ADVICE_NO_WEEKS"


def test_nothing_goes_beyond_twice_what_was_ever_spent() -> None:
    """However much money there is, no week passes twice the largest week seen."""
    plan, seen = usual_plan(), uploaded(usual_plan(), 6)
    ahead = ahead_of(channels_of(plan), seen, week(6))
    top = curves_of(business_of(plan), beliefs(channels_of(plan), seen, SEED), ahead).top
    room = sum(micros(x) * 7 for x in top)
    found = advised(plan, replace(FREE, today=week(6), budget_micros=room - micros(10)), seen)
    for each, most in zip(found.lines, top, strict=True):
        assert max(each.proposed_weeks) <= micros(most) + 1
        assert most == pytest.approx(2 * max(m.spend or 0 for m in seen.measures[each.line_key]))
    assert {each.held.reason for each in found.lines if each.held} == {"observed"}


REFUSALS: list[tuple[Question, str, dict[str, object]]] = [
    (replace(FREE, locked=KEYS), "ADVICE_ALL_LOCKED", {}),
    (
        replace(FREE, locked=KEYS[:1], budget_micros=micros(8000)), "ADVICE_BUDGET_SHORT",
        {"budget_micros": micros(8000), "needed_micros": micros(9000)},
    ),
    (
        replace(FREE, budget_micros=micros(50_000)), "ADVICE_BUDGET_LARGE",
        {"budget_micros": micros(50_000)},
    ),
    (
        replace(FREE, rules=(LineRule("google-search", micros(900), micros(800)),)), "ADVICE_LIMITS_CROSS",
        {"low_micros": micros(900), "high_micros": micros(800)},
    ),
    (
        replace(FREE, max_move=0.3, rules=(LineRule("google-search", micros(9000)),)), "ADVICE_LINE_ROOM",
        {"low_micros": micros(9000)},
    ),
    (
        replace(FREE, max_move=0.3, rules=(LineRule("google-search", None, micros(1000)),)), "ADVICE_LINE_NEEDS",
        {"high_micros": micros(1000)},
    ),
    (replace(FREE, aim="target", target=1e6), "ADVICE_TARGET_FAR", {"target": 1e6, "chance": 0.0}),
    (
        replace(FREE, aim="target", target=1e7, measure="revenue"), "ADVICE_REVENUE_FAR",
        {"target_micros": micros(1e7), "chance": 0.0},
    ),
    (
        replace(FREE, aim="target", target=1e7, measure="profit"), "ADVICE_PROFIT_FAR",
        {"target_micros": micros(1e7), "chance": 0.0},
    ),
    (
        replace(FREE, platforms=(PlatformRule("meta", micros(2000), micros(1000)),)), "ADVICE_PLATFORM_CROSS",
        {"platform": "meta", "low_micros": micros(2000), "high_micros": micros(1000)},
    ),
    (
        replace(FREE, max_move=0.3, platforms=(PlatformRule("google", micros(9000)),)), "ADVICE_PLATFORM_ROOM",
        {"platform": "google", "low_micros": micros(9000)},
    ),
    (
        replace(FREE, max_move=0.3, platforms=(PlatformRule("google", None, micros(1000)),)), "ADVICE_PLATFORM_NEEDS",
        {"platform": "google", "high_micros": micros(1000)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "code", "facts"), REFUSALS, ids=[code for _, code, _ in REFUSALS])
def test_what_cannot_be_is_said_with_both_numbers(question: Question, code: str, facts: dict[str, object]) -> None:
    """A question that no split can answer gives one finding with what was found and what was expected."""
    found, known = refused(usual_plan(), question)
    assert found == code
    assert facts.items() <= known.items()


def test_a_plan_without_figures_is_missing_them() -> None:
    """No order value, no advice: the same finding as the forecast's."""
    plan = plan_of(line("a", "meta", "prospecting", 100))
    found = advice(plan, FREE, seed=SEED)
    assert isinstance(found, Missing)
    assert "LINE_INCOMPLETE" in {finding.code for finding in found.findings}


def test_your_limits_hold_and_are_named() -> None:
    """Least and most of a line over all weeks to come hold to the micro and are the reason given."""
    rules = (LineRule("tiktok-awareness", low_micros=micros(2000)), LineRule("google-search", high_micros=micros(5300)))
    found = advised(usual_plan(), replace(FREE, rules=rules))
    assert proposed(found)["tiktok-awareness"] >= micros(2000)
    assert proposed(found)["google-search"] <= micros(5300)
    held = {each.line_key: each.held.reason for each in found.lines if each.held}
    assert held == {"tiktok-awareness": "line_low", "google-search": "line_high"}


def test_the_next_hundred_is_one_number_on_every_screen() -> None:
    """Forecast and advice say the same of the next 100: what 100 more bring in a week, less what they cost."""
    plan = usual_plan()
    channels, business = channels_of(plan), business_of(plan)
    found = beliefs(channels, None, SEED)
    curves = response_curves(business, channels, found)
    here = np.array([curve.here_spend for curve in curves])
    more = next_hundred(business, found.draws, here)
    assert [curve.next_hundred for curve in curves] == pytest.approx(list(more.mean(axis=0)))
    outcomes = expect(found.draws, np.stack([here, here + 100], axis=1))
    before, after = contribution_before_media(business, outcomes).transpose(2, 0, 1)
    np.testing.assert_allclose(more, after - before - 100 * media_factor(business))
    lines = advised(plan, FREE).lines
    assert [each.next_today.mid for each in lines] == pytest.approx(list(np.median(more, axis=0)), rel=1e-6)


def test_the_frontier_has_one_top_and_more_range_with_more_money() -> None:
    """Budgets from half to half as much again; the best one is no worse than its neighbours and bounded by them."""
    found = budgets_of(usual_plan(), FREE)
    assert [point.share for point in found.points] == [n / 20 for n in range(-10, 11)]
    assert found.points[10].budget_micros == usual_plan().budget_micros
    rising = np.sign(np.diff([point.expected for point in found.points]))
    assert (np.diff(rising) <= 0).all()
    spread = [point.profit.high - point.profit.low for point in found.points]
    assert spread == sorted(spread)
    assert found.best_micros is not None
    assert found.points[0].budget_micros <= found.best_micros <= found.points[-1].budget_micros
    locked = budgets_of(usual_plan(), replace(FREE, locked=KEYS[:1]))
    assert all(point.budget_micros >= micros(9000) for point in locked.points)


def test_the_same_question_gets_the_same_answer() -> None:
    """Same plan, data and question: the same figures, bit for bit."""
    first, second = (advised(usual_plan(), FREE) for _ in range(2))
    assert (first.lines, first.gain, first.gap) == (second.lines, second.gain, second.gap)
    assert 0 <= first.gap < 1e-3
