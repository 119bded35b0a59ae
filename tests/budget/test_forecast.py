"""Laws of forecast and projection: they agree with the P&L, scale with money, and give way to data."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from budget.actuals import Actuals, actuals_of
from budget.business import business_of
from budget.editing import with_figure
from budget.forecast import ALL_LINES, Forecast, Missing, forecast
from budget.funnels import channels_of
from budget.likely import likely_plan
from budget.measures import total
from budget.money import MICROS, micros
from budget.payback import payback_week
from budget.plan import StoredPlan
from budget.pnl import team_cost
from budget.projection import project, weeks_left
from budget.ranges import Range
from tests.budget.builders import START, draft, fact, facts_of, line, plan_of, usual_plan, week

SEED = (1, 1, 1, 0)


def forecasted(plan: StoredPlan, actuals: Actuals | None = None) -> Forecast:
    """A forecast that must exist."""
    found = forecast(plan, seed=SEED, actuals=actuals)
    assert isinstance(found, Forecast)
    return found


def uploaded(plan: StoredPlan, weeks: int, factor: float = 1.0) -> Actuals:
    """The plan's likely figures as uploads, with conversions and value times a factor."""
    likely = likely_plan(channels_of(plan)).measures
    rows = [
        fact(
            t, each.platform, each.line_key, spend_micros=m.spend_micros, impressions=m.impressions, clicks=m.clicks,
            conversions_micros=round((m.conversions_micros or 0) * factor),
            value_micros=round((m.value_micros or 0) * factor),
        )
        for each in plan.lines
        for t, m in enumerate(likely[each.line_key][:weeks])
    ]  # fmt: skip
    return actuals_of(plan, facts_of(rows), {each.platform: week(weeks) for each in plan.lines})


def test_likely_figures_are_what_a_pocket_calculator_gives() -> None:
    """A steady week of 700 at CPM 4, CTR 1.3 %, CVR 1.9 % gives 175,000 views, 2,275 clicks, 43.2 orders."""
    plan = plan_of(line("a", "meta", "prospecting", 700 * 13))
    for key, x in (("cpm", 4.0), ("ctr", 0.013), ("cvr", 0.019), ("audience", 400_000.0)):
        plan = with_figure(plan, "a", key, Range(x / 2, x, x * 2))
    first = likely_plan(channels_of(plan)).measures["a"][0]
    assert first.spend_micros == micros(700)
    assert first.impressions == 175_000
    assert first.clicks == 2275
    assert first.conversions_micros == pytest.approx(43.225e6, abs=1)
    assert first.value_micros == pytest.approx(43.225e6 * 58, abs=60)


def test_the_same_page_twice_shows_the_same_numbers() -> None:
    """A forecast of the same plan and data is the same to the last bit; another plan version differs."""
    plan = usual_plan()
    first, second = forecasted(plan), forecasted(plan)
    assert first.profit == second.profit
    assert np.array_equal(first.cumulative_profit.mid, second.cumulative_profit.mid)
    other = forecast(plan, seed=(1, 1, 2, 0))
    assert isinstance(other, Forecast)
    assert other.profit != first.profit


def test_ranges_are_in_order_and_chances_are_chances() -> None:
    """Low, middle and high never cross, for any measure and line; loss and goal are between 0 and 1."""
    found = forecasted(usual_plan())
    for each in found.fans.values():
        assert (each.low <= each.mid).all()
        assert (each.mid <= each.high).all()
    assert 0 <= found.p_loss <= 1
    assert found.p_target is not None
    assert 0 <= found.p_target <= 1


def test_spend_of_the_likely_plan_is_the_budget_to_the_cent() -> None:
    """Likely spend over all weeks and lines is the plan's budget, exactly."""
    plan = usual_plan()
    found = forecasted(plan)
    assert sum(total(row).spend_micros or 0 for row in found.likely.measures.values()) == plan.budget_micros
    assert found.pnl.media == plan.budget_micros
    assert plan.period is not None
    assert found.pnl.team == sum(team_cost(plan, plan.period).values())


def test_a_higher_goal_is_never_likelier() -> None:
    """Raising the target never raises the chance; a target below every outcome is certain."""
    plan = usual_plan()
    chances = []
    for target in (-(10**6), 0.01, 1000, 5000, 10**6):
        goal = replace(plan.objectives[0], target_micros=micros(target))
        chances.append(forecasted(draft(plan, objectives=(goal,))).p_target)
    assert chances[0] == 1.0
    assert chances[-1] == 0.0
    assert chances == sorted(chances, key=lambda x: -(x or 0))


def test_currency_scales_money_and_nothing_else() -> None:
    """The same firm counted in a currency of a tenth has ten times the money, the same chances, the same people."""
    plan = usual_plan()
    ten = business_of(plan)
    ten = replace(
        ten, order_value=Range(500, 580, 660), fulfilment_per_order=32.0, return_handling_per_return=25.0,
        monthly_micros={kind: 10 * amount for kind, amount in ten.monthly_micros.items()},
    )  # fmt: skip
    from budget.business import with_business

    scaled = with_business(plan, ten)
    scaled = draft(
        scaled,
        lines=tuple(replace(each, budget_micros=10 * each.budget_micros) for each in plan.lines),
        weeks=tuple(replace(each, budget_micros=10 * each.budget_micros) for each in plan.weeks),
        objectives=tuple(replace(o, target_micros=10 * o.target_micros) for o in plan.objectives),
        assumptions=tuple(
            replace(a, low=10 * a.low, likely=10 * a.likely, high=10 * a.high) if a.key == "cpm" else a
            for a in scaled.assumptions
        ),
    )
    first, second = forecasted(plan), forecasted(scaled)
    assert second.profit.mid == pytest.approx(10 * first.profit.mid, rel=1e-6)
    assert second.p_loss == first.p_loss
    assert second.totals["reach"].mid == pytest.approx(first.totals["reach"].mid, rel=1e-9)


def test_people_lie_between_the_largest_channel_and_the_sum() -> None:
    """People reached by all lines are at least those of the largest line, at most the sum, and never fall."""
    found = forecasted(usual_plan())
    each = [found.fans["reach", line_.line_key].mid[-1] for line_ in found.lines]
    people = found.fans["reach", ALL_LINES]
    assert max(each) <= people.mid[-1] * 1.001
    assert people.mid[-1] <= sum(each) * 1.01
    assert (np.diff(people.mid) >= 0).all()


def test_a_plan_without_figures_says_what_is_missing() -> None:
    """A line without CPM, dates or budget, and a firm without an order value, are named; nothing is guessed."""
    bare = StoredPlan(1, 1, "x", "AZN")
    found = forecast(bare, seed=SEED)
    assert isinstance(found, Missing)
    assert {f.code for f in found.findings} == {"ORDER_VALUE_MISSING"}
    half = plan_of(replace(line("a", "meta", "prospecting", 100), end_date=None))
    missing = forecast(half, seed=SEED)
    assert isinstance(missing, Missing)
    assert missing.findings[0].facts["missing"] == "cpm, ctr, cvr, dates"


def test_uploads_narrow_the_range_and_move_it() -> None:
    """After eight weeks at half the planned orders the forecast is narrower than the plan's, and lower."""
    plan = usual_plan()
    before, after = forecasted(plan), forecasted(plan, uploaded(plan, 8, factor=0.5))
    assert after.profit.high - after.profit.low < before.profit.high - before.profit.low
    assert after.profit.mid < before.profit.mid
    assert after.totals["conversions"].mid < 0.75 * before.totals["conversions"].mid
    assert min(after.own_share.values()) > 0.5
    assert max(before.own_share.values()) == 0.0


def test_a_finished_plan_is_what_happened() -> None:
    """With every week uploaded, spend and conversions projected are exactly those that were uploaded."""
    plan = usual_plan()
    actuals = uploaded(plan, 13)
    found = project(plan, actuals, seed=SEED)
    assert found is not None
    assert found.weeks_done == 13
    done = total(m for row in actuals.measures.values() for m in row)
    assert found.spend_micros == done.spend_micros
    assert found.conversions.low == pytest.approx(found.conversions.high)
    assert found.conversions.mid == pytest.approx((done.conversions_micros or 0) / MICROS)


def test_nothing_uploaded_projects_like_the_forecast() -> None:
    """Before any upload the projection spends the whole budget."""
    plan = usual_plan()
    empty = actuals_of(plan, facts_of([]), {})
    found = project(plan, empty, seed=SEED)
    assert found is not None
    assert found.weeks_done == 0
    assert found.spend_micros == plan.budget_micros


def test_what_is_left_is_counted_in_days() -> None:
    """With Meta uploaded to a Wednesday night, four sevenths of that week lie ahead for Meta, all of it for Google."""
    plan = usual_plan()
    actuals = actuals_of(plan, facts_of([]), {"meta": START + timedelta(days=3)})
    left = weeks_left(channels_of(plan), actuals)
    assert left[0, 0] == pytest.approx(4 / 7)
    assert left[1, 0] == 1.0
    assert left[:, 1:].min() == 1.0


def test_payback_is_the_week_from_which_profit_stays() -> None:
    """A dip after a first positive week moves payback behind the dip; a loss at the end is no payback."""
    assert payback_week(np.array([-1.0, 1.0, -0.5, 2.0, 3.0])) == 4
    assert payback_week(np.array([1.0, 2.0])) == 1
    assert payback_week(np.array([1.0, -2.0])) is None


def test_more_budget_never_reaches_fewer_people() -> None:
    """Raising one line's budget by half does not lower people reached or expected conversions."""
    plan = usual_plan()
    more = draft(
        plan,
        lines=(replace(plan.lines[0], budget_micros=plan.lines[0].budget_micros * 3 // 2), *plan.lines[1:]),
        weeks=tuple(
            replace(w, budget_micros=w.budget_micros * 3 // 2) if w.line_key == plan.lines[0].line_key else w
            for w in plan.weeks
        ),
    )
    first, second = forecasted(plan), forecasted(more)
    assert second.totals["reach"].mid >= first.totals["reach"].mid
    assert second.totals["conversions"].mid >= first.totals["conversions"].mid


def test_the_curve_starts_at_nothing_and_stops_where_money_only_returns_itself() -> None:
    """Each response curve begins at zero, rises, and reaches no further than twice the planned week."""
    found = forecasted(usual_plan())
    for curve in found.curves:
        assert curve.spend[0] == curve.mid[0] == 0
        assert (np.diff(curve.mid) > -1e-9).all()
        assert curve.spend[-1] == pytest.approx(2 * curve.here_spend)
