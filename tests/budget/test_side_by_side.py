"""Plans side by side: equal plans are equal to the last bit, and what differs is measured in equal luck."""

from dataclasses import replace

import numpy as np
import pytest

from budget.forecast import Forecast, Missing, forecast
from budget.money import micros
from budget.phasing import rephased
from budget.plan import StoredPlan
from budget.side_by_side import METRICS, Side, common_of, gap, side_by_side, widened
from budget.weeks import WEEK
from tests.budget.builders import figure, line, usual_plan

SEED = (1, 2, 3)


def other_plan(plan: StoredPlan, plan_id: int = 2, **changes: object) -> StoredPlan:
    """A copy with something changed, its weeks made to fit."""
    return rephased(replace(plan, plan_id=plan_id, **changes))  # type: ignore[arg-type]  # fields by name


def without(plan: StoredPlan, key: str) -> StoredPlan:
    """A copy without a line."""
    weeks = tuple(week for week in plan.weeks if week.line_key != key)
    return replace(plan, plan_id=2, weeks=weeks, lines=tuple(x for x in plan.lines if x.line_key != key))


def compared(*plans: StoredPlan) -> list[Side]:
    """The sides, each of which can be computed."""
    found = side_by_side(plans, SEED)
    assert not [one for one in found if isinstance(one, Missing)]
    return [one for one in found if isinstance(one, Side)]


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    """A copy gives the very same draws: no difference in any outcome, and even odds to be better."""
    plan = usual_plan()
    base, copy = compared(plan, replace(plan, plan_id=2, name="Copy"))
    found = gap(base, copy)
    assert found.budget_micros == 0
    assert found.p_better == 0.5
    for metric in METRICS:
        np.testing.assert_array_equal(copy.draws[metric], base.draws[metric])
        assert (found.more[metric].low, found.more[metric].high) == (0.0, 0.0)


def test_one_plan_alone_is_its_forecast() -> None:
    """With the forecast's seed, the base's figures are the forecast's, to the last bit."""
    plan = usual_plan()
    expected = forecast(plan, seed=SEED)
    assert isinstance(expected, Forecast)
    (found,) = compared(plan)
    assert found.totals["profit"] == expected.profit
    assert found.totals["reach"] == expected.totals["reach"]
    assert (found.p_loss, found.p_target, found.payback_week) == (
        expected.p_loss, expected.p_target, expected.payback_week,
    )  # fmt: skip
    assert found.likely_roi == expected.pnl.roi
    np.testing.assert_array_equal(found.cumulative_profit.mid, expected.cumulative_profit.mid)


def test_equal_luck_narrows_the_difference() -> None:
    """The paired range of the difference is less than half as wide as one of unpaired draws."""
    plan = usual_plan()
    lines = tuple(replace(x, budget_micros=round(x.budget_micros * 1.1)) for x in plan.lines)
    base, more = compared(plan, other_plan(plan, lines=lines))
    paired = gap(base, more).more["profit"]
    loose = np.quantile(more.draws["profit"] - np.roll(base.draws["profit"], 7), (0.1, 0.9))
    assert paired.high - paired.low < 0.5 * (loose[1] - loose[0])


def test_a_plan_without_a_line_keeps_the_luck_of_the_others() -> None:
    """Taking the first line away leaves the draws of the others: only that line's part is missing."""
    plan = usual_plan()
    first = plan.lines[0]
    base, less = compared(plan, without(plan, first.line_key))
    assert gap(base, less).budget_micros == -first.budget_micros
    together = np.corrcoef(base.draws["profit"], less.draws["profit"])[0, 1]
    (alone,) = (x for x in side_by_side([without(plan, first.line_key)], SEED) if isinstance(x, Side))
    apart = np.corrcoef(base.draws["profit"], alone.draws["profit"])[0, 1]
    assert together > abs(apart) + 0.1
    assert less.totals["profit"].mid == pytest.approx(alone.totals["profit"].mid, rel=0.1)
    assert less.totals["reach"].mid == pytest.approx(alone.totals["reach"].mid, rel=0.1)


def test_gaps_turn_round_and_add_up() -> None:
    """The gap back is the negative one; over three plans gaps add up draw by draw."""
    plan = usual_plan()
    plans = [plan, *(other_plan(plan, n, lines=_scaled(plan, by)) for n, by in ((2, 0.8), (3, 1.3)))]
    a, b, c = compared(*plans)
    there, back = gap(a, b), gap(b, a)
    for metric in METRICS:
        assert (there.more[metric].low, there.more[metric].high) == pytest.approx(
            (-back.more[metric].high, -back.more[metric].low)
        )
        summed = (b.draws[metric] - a.draws[metric]) + (c.draws[metric] - b.draws[metric])
        np.testing.assert_allclose(summed, c.draws[metric] - a.draws[metric], atol=1e-6)
    assert there.budget_micros + gap(b, c).budget_micros == gap(a, c).budget_micros
    assert there.p_better + back.p_better == pytest.approx(1.0)


def _scaled(plan: StoredPlan, by: float) -> tuple[object, ...]:
    return tuple(replace(x, budget_micros=round(x.budget_micros * by)) for x in plan.lines)


def test_another_quarter_and_another_line_stand_beside_it() -> None:
    """Plans of other weeks and lines share one calendar; each keeps its own weeks, budget and payback count."""
    plan = usual_plan()
    later = tuple(replace(x, start_date=x.start_date + 4 * WEEK, end_date=x.end_date + 4 * WEEK)
                  for x in plan.lines if x.start_date and x.end_date)  # fmt: skip
    new = line("x-video", "x", "video", 1000.0)
    figures = tuple(figure("x-video", key, x) for key, x in (("cpm", 3.0), ("ctr", 0.01), ("cvr", 0.01)))
    moved = replace(other_plan(plan, 2, lines=later), weeks=())
    wider = other_plan(plan, 3, lines=(*plan.lines, new), assumptions=(*plan.assumptions, *figures))
    first, second, third = compared(plan, rephased(moved), wider)
    assert second.weeks[0] == first.weeks[0] + 4 * WEEK
    assert len(second.cumulative_profit.mid) == len(second.weeks) == 13
    assert third.by_platform["x"] == micros(1000.0)
    assert sum(third.by_platform.values()) == third.budget_micros == plan.budget_micros + micros(1000.0)
    assert second.totals["conversions"].mid == pytest.approx(first.totals["conversions"].mid, rel=0.1)


def test_lines_of_others_cost_and_bring_nothing() -> None:
    """The widened plan has the other's line, yet neither money nor results of it enter."""
    plan = usual_plan()
    small = without(plan, plan.lines[0].line_key)
    common = common_of([small, plan], SEED)
    assert common is not None
    assert {x.line_key for x in widened(small, common).lines} > {x.line_key for x in small.lines}
    _, alone = side_by_side([plan, small], SEED)
    assert isinstance(alone, Side)
    assert alone.budget_micros == small.budget_micros
    assert plan.lines[0].platform not in alone.by_platform


def test_a_plan_that_lacks_figures_says_what() -> None:
    """An empty plan is missing with its reason, and the others are computed."""
    empty = StoredPlan(9, 1, "Empty", "AZN")
    found = side_by_side([usual_plan(), empty], SEED)
    assert isinstance(found[0], Side)
    assert isinstance(found[1], Missing)
    assert all(isinstance(one, Missing) for one in side_by_side([empty], SEED))
