"""Warnings fire where they should, stay silent where they should, and name what binds."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from budget.business import with_business
from budget.curves import break_even
from budget.feasibility import EXHAUSTED_SHARE, amounts, check_feasibility, needed_times
from budget.findings import Finding
from budget.frequency import with_cap
from budget.money import micros
from budget.objectives import due_week
from budget.phasing import rephased
from budget.plan import PlanLine, PlanObjective, StoredPlan
from budget.ranges import Range
from tests.budget.builders import BUSINESS, START, draft, figure, line, plan_of, usual_plan, week
from tests.budget.test_forecast import forecasted, uploaded


def checked(plan: StoredPlan) -> tuple[Finding, ...]:
    """All findings of a plan without uploads."""
    return check_feasibility(plan, forecasted(plan))


def codes(plan: StoredPlan, where: str = "") -> set[str]:
    """The codes that are said of a line or goal ("" all)."""
    return {f.code for f in checked(plan) if not where or f.where == where}


def goal(plan: StoredPlan, kpi: str, target: float, weeks: int = 13) -> StoredPlan:
    """The plan with this as its only goal."""
    due = START + timedelta(weeks=weeks)
    return draft(plan, objectives=(PlanObjective("main", kpi, target_micros=micros(target), due_date=due),))


def one(code: str, plan: StoredPlan) -> Finding:
    """The one finding of a code."""
    (found,) = [f for f in checked(plan) if f.code == code]
    return found


def small_line(budget: float = 9000.0, audience: float = 400_000.0, cpm: float = 4.0) -> StoredPlan:
    """A plan of one line."""
    rates = {"cpm": cpm, "ctr": 0.013, "cvr": 0.019, "audience": audience}
    rows = [figure("a", key, x, 1.2) for key, x in rates.items()]
    return plan_of(line("a", "meta", "prospecting", budget), figures=rows)


def test_a_line_that_cannot_learn_is_told_what_it_takes() -> None:
    """43 results a week are too few to learn from; at the same price 50 take that much more money, and are enough."""
    found = one("LOW_RESULTS", small_line())
    assert found.facts["results"] == pytest.approx(43, abs=1)
    needed = float(found.facts["needed_micros"]) / 1e6
    assert needed == pytest.approx(9000 / 13 * 50 / float(found.facts["results"]), rel=1e-6)
    assert "LOW_RESULTS" not in codes(small_line(needed * 13 * 1.4))


def test_awareness_need_not_learn_from_orders() -> None:
    """A line whose purpose is awareness is not measured by its orders; one for sales, whatever its number, is."""
    plan = small_line()

    def with_purpose(key: str) -> StoredPlan:
        (first,) = plan.lines
        return draft(plan, lines=(replace(first, objective_key=key),))

    assert "LOW_RESULTS" not in codes(with_purpose("awareness"))
    assert "LOW_RESULTS" in codes(with_purpose("sales-2"))


def test_a_small_audience_is_exhausted_in_a_named_week() -> None:
    """20,000 people see it all within the first weeks; of 4 million most have seen nothing by the end."""
    found = one("AUDIENCE_EXHAUSTED", small_line(9000, 20_000))
    assert found.facts["week"] in {week(n).isoformat() for n in range(13)}
    assert found.facts["share"] == EXHAUSTED_SHARE
    assert found.facts["others"] == 0
    assert "AUDIENCE_EXHAUSTED" not in codes(small_line(9000, 4_000_000))


def test_frequency_is_held_against_the_plans_own_cap() -> None:
    """9 ads a person in the fullest week pass the usual cap of 6, and not an own cap of 20."""
    plan = small_line(9000, 20_000)
    found = one("FREQUENCY_HIGH", plan)
    assert float(found.facts["frequency"]) > 6.0
    assert found.facts["cap"] == 6.0
    assert "FREQUENCY_HIGH" not in codes(with_cap(plan, 20))


def test_a_burst_counts_in_its_own_week() -> None:
    """The same money within one week of thirteen shows more in the fullest week than spread evenly."""
    even = small_line(3000, 40_000)
    burst = draft(even, weeks=tuple(replace(w, budget_micros=micros(3000) if n == 6 else 0)
                                    for n, w in enumerate(even.weeks)))  # fmt: skip
    frequency = [forecasted(plan).frequency.lines["a"].week for plan in (even, burst)]
    assert frequency[1] > 2 * frequency[0]


def test_more_than_twice_what_was_spent_is_beyond_knowledge() -> None:
    """After uploads at a third of the planned week the plan goes beyond twice; before uploads nothing is said."""
    plan = usual_plan()
    assert "BEYOND_OBSERVED" not in codes(plan)
    third = draft(plan, lines=tuple(replace(x, budget_micros=x.budget_micros // 3) for x in plan.lines))
    actuals = uploaded(rephased(third), 8)
    found = check_feasibility(plan, forecasted(plan, actuals))
    beyond = [f for f in found if f.code == "BEYOND_OBSERVED"]
    assert {f.where for f in beyond} == {each.line_key for each in plan.lines}
    assert float(beyond[0].facts["times"]) == pytest.approx(3, rel=0.01)
    assert "BEYOND_OBSERVED" not in {f.code for f in check_feasibility(plan, forecasted(plan, uploaded(plan, 8)))}


def test_a_goal_within_reach_is_not_warned_of() -> None:
    """A target that nearly every outcome reaches says nothing, nor does one without a target."""
    assert not {c for c in codes(goal(usual_plan(), "conversions", 100)) if c.startswith("GOAL")}
    assert not {c for c in codes(goal(usual_plan(), "conversions", 0)) if c.startswith("GOAL")}


def test_the_date_binds_where_the_end_would_do() -> None:
    """What the whole plan brings is asked for after a third of it: the date is named with both chances."""
    plan = usual_plan()
    middle = forecasted(plan).totals["conversions"].low
    found = one("GOAL_LATE", goal(plan, "conversions", middle, weeks=4))
    assert float(found.facts["chance"]) < 0.3
    assert float(found.facts["at_end"]) > 0.5


def test_the_budget_binds_and_is_enough() -> None:
    """With the budget that is named, split as planned, the middle reaches the target; as planned it does not."""
    plan = small_line(9000, 4_000_000)
    target = 1.5 * forecasted(plan).totals["conversions"].mid
    aimed = goal(plan, "conversions", target)
    found = one("GOAL_BUDGET", aimed)
    middle = forecasted(aimed).middle
    times = float(found.facts["needed_micros"]) / plan.budget_micros
    enough, planned = amounts(middle, "conversions", 12, np.array([times, 1.0]))
    assert planned < target <= enough
    assert 1.4 < times <= 2


def test_the_audience_binds_where_people_run_out() -> None:
    """More people than the audience holds cannot be reached with any money; with more people they could."""
    found = one("GOAL_AUDIENCE", goal(small_line(9000, 60_000, 1.0), "reach", 200_000))
    assert float(found.facts["best"]) <= 60_000 * 1.01
    assert "GOAL_AUDIENCE" not in codes(goal(small_line(9000, 900_000, 1.0), "reach", 60_000))


def test_prices_and_rates_bind_where_no_budget_earns_it() -> None:
    """A profit far above what any budget earns: the multiple of the order's value that is named earns it exactly."""
    aimed = goal(usual_plan(), "profit", 25_000)
    found = one("GOAL_RATES", aimed)
    times = float(found.facts["times"])
    order = BUSINESS.order_value.likely * times
    richer = with_business(aimed, replace(BUSINESS, order_value=Range(order, order, order)))
    assert forecasted(richer).pnl.profit / 1e6 == pytest.approx(25_000, rel=1e-3)
    assert float(found.facts["best"]) < 25_000


def test_a_goal_that_nothing_serves_takes_infinitely_much() -> None:
    """Where the plan spends nothing before the deadline no multiple is enough."""
    plan = usual_plan()
    late = draft(plan, weeks=tuple(w if w.week_start >= week(6) else replace(w, budget_micros=0) for w in plan.weeks))
    aimed = goal(late, "conversions", 10, weeks=3)
    found = forecasted(aimed)
    (objective,) = aimed.objectives
    assert needed_times(found.middle, objective, due_week(objective, found.weeks)) == float("inf")


def test_what_the_plan_lacks_comes_first() -> None:
    """A line without its figures is named before anything else."""
    plan = usual_plan()
    bare = draft(plan, lines=(*plan.lines, PlanLine("x-video", "x", "video")))
    assert checked(bare)[0].code == "LINE_INCOMPLETE"


def test_break_even_of_a_curve_by_hand() -> None:
    """Back 0, 30, 50, 60 for 0, 20, 40, 80: the lines meet between 40 and 80; cheaper never, dearer at once."""
    spend, back = np.array([0.0, 20.0, 40.0, 80.0]), np.array([0.0, 30.0, 50.0, 60.0])
    assert break_even(spend, back, spend) == pytest.approx(40 + 40 * 10 / 30)
    assert break_even(spend, back, spend * 0.5) is None
    assert break_even(spend, back, spend * 2) == 0.0
