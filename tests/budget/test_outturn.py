"""The end of the plan as money: the income statement of the whole plan, its cash week by week, what was said before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.actuals import Actuals, actuals_of
from budget.business import business_of
from budget.cash import CashTerms, with_terms
from budget.cash_plan import planned_cash
from budget.economics import media_factor, net_share
from budget.fans import Interval
from budget.forecast import Forecast, forecast
from budget.funnels import channels_of
from budget.likely import likely_plan
from budget.measures import total
from budget.outturn import Remaining, whole_plan
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost
from budget.projection import Projection, project
from budget.promised import promised_before
from budget.review import Review, review
from budget.store import StoredForecast
from budget.weeks import Period
from tests.budget.builders import START, fact, facts_of, usual_plan, week
from tests.budget.test_review import followed

SEED = (1, 1, 1, 0)


def ended(plan: StoredPlan, uploaded: Actuals) -> tuple[Review, Projection, ProfitAndLoss]:
    """The review, the projection and the statement of the whole plan."""
    judged, found = review(plan, uploaded), project(plan, uploaded, seed=SEED)
    assert judged is not None
    assert found is not None
    return judged, found, whole_plan(judged.actual_pnl, found.remaining, found.profit.mid)


def test_the_statement_ends_at_the_projected_profit() -> None:
    """Its last step is the card's figure to the cent; what has happened is in it, the team's cost of all weeks too."""
    plan = usual_plan()
    judged, found, whole = ended(plan, followed(plan, 6))
    assert whole.profit / 1e6 == pytest.approx(found.profit.mid, abs=1e-5)
    assert plan.period is not None
    for kind, amount in team_cost(plan, plan.period).items():
        assert getattr(whole, kind) == amount
    spent = found.spend_micros * media_factor(business_of(plan))
    assert whole.media == pytest.approx(spent, abs=3)
    assert whole.claimed_net_revenue > judged.actual_pnl.claimed_net_revenue


def test_money_moved_in_the_working_plan_moves_the_end() -> None:
    """The end spends what the working plan gives the weeks to come, to the cent; weeks that are over stay."""
    plan = usual_plan()
    uploaded, last = followed(plan, 6), plan.weeks[-1].week_start
    moved = tuple(
        replace(w, budget_micros=w.budget_micros + 70_000_000) if w.week_start in (START, last) else w
        for w in plan.weeks
    )
    before = project(plan, uploaded, seed=SEED)
    after = project(plan, uploaded, seed=SEED, now=replace(plan, weeks=moved))
    assert before is not None
    assert after is not None
    assert after.spend_micros - before.spend_micros == 70_000_000 * sum(w.week_start == last for w in plan.weeks)
    assert after.weeks_done == before.weeks_done
    assert after.profit != before.profit


def test_a_line_that_the_working_plan_dropped_spends_nothing_more() -> None:
    """What it had left is not spent; weeks of another line, and of a line that is new there, do not undo that."""
    plan = usual_plan()
    uploaded = followed(plan, 6)
    gone = plan.lines[0].line_key
    kept = tuple(week for week in plan.weeks if week.line_key != gone)
    new = replace(plan.lines[1], line_key="new"), replace(kept[-1], line_key="new")
    now = replace(plan, lines=(*plan.lines[1:], new[0]), weeks=(*kept, new[1]))
    before, after = (project(plan, uploaded, seed=SEED, now=each) for each in (plan, now))
    assert before is not None
    assert after is not None
    left = [w.budget_micros for w in plan.weeks if w.line_key == gone and w.week_start >= uploaded.weeks[6]]
    assert before.spend_micros - after.spend_micros == sum(left) > 0


def test_the_weeks_to_come_are_what_their_outcomes_are() -> None:
    """Each step of the weeks to come lies within the draws of it, net of VAT, discounts and returns."""
    plan = usual_plan()
    judged, found, whole = ended(plan, followed(plan, 6))
    done, business = judged.actual_pnl, business_of(plan)
    claimed = (whole.claimed_net_revenue - done.claimed_net_revenue) / 1e6
    low, high = np.quantile(found.remaining.claimed, (0.1, 0.9))
    assert low < claimed < high
    caused, cogs = (whole.net_revenue - done.net_revenue) / 1e6, (whole.cogs - done.cogs) / 1e6
    assert cogs == pytest.approx(caused * business.cogs_share, rel=1e-6)
    assert 0 < net_share(business) < 1
    assert found.remaining.claimed.mean() > found.remaining.caused.mean() > found.remaining.contribution.mean()


def test_a_plan_that_is_over_is_what_happened() -> None:
    """Without a week to come the statement is the income statement to date, to the micro."""
    plan = usual_plan()
    judged, found, whole = ended(plan, followed(plan, 13))
    assert found.weeks_done == len(found.weeks)
    assert whole == judged.actual_pnl
    assert found.cash.cumulative.mid[-1] == pytest.approx(judged.actual_pnl.profit / 1e6, abs=1e-3)


@given(st.floats(-3e5, 3e5), st.integers(0, 20))
@settings(derandomize=True, max_examples=40, deadline=None)
def test_any_end_is_met_exactly(profit: float, seed: int) -> None:
    """Whatever the end and the outcomes, the steps add up to it; also where no outcome comes near."""
    rng = np.random.default_rng(seed)
    claimed = rng.lognormal(9, 0.4, 200)
    caused = claimed * rng.uniform(0.3, 0.9, 200)
    rest = Remaining(claimed, caused, caused * 0.4, caused * 0.1, 1500.0, {"people": 3_000_000, "challenges": 0})
    done = ProfitAndLoss(claimed_net_revenue=5_000_000, cogs=1_000_000, media=2_000_000, people=1_000_000)
    found = whole_plan(done, rest, profit)
    assert found.profit / 1e6 == pytest.approx(profit, abs=1e-5)
    assert found.people == 3_000_000
    assert found.media == 1_502_000_000


def test_without_terms_cash_so_far_is_the_profit_so_far() -> None:
    """In weeks that are over, the line of cash is the running P&L of the review, week by week, to the cent."""
    plan = usual_plan()
    uploaded = followed(plan, 6)
    judged, found, _ = ended(plan, uploaded)
    expected = [actual.profit / 1e6 for _, actual in judged.cumulative]
    assert found.cash.cumulative.mid[: found.weeks_done] == pytest.approx(expected, abs=0.01)
    assert found.cash.cumulative.low[-1] == pytest.approx(found.profit.low, abs=0.01)
    assert found.cash.cumulative.high[-1] == pytest.approx(found.profit.high, abs=0.01)


def by_week(plan: StoredPlan) -> list[ProfitAndLoss]:
    """The plan at its likely figures, week by week."""
    rows = likely_plan(channels_of(plan)).measures.values()
    return [channel_pnl(business_of(plan), total(row[t] for row in rows)) for t in range(13)]


def test_planned_cash_by_hand() -> None:
    """Revenue two weeks later, media at once: after week one the plan has paid its media and team, and sold nothing."""
    plan = with_terms(usual_plan(), CashTerms(revenue_days=14, goods_days=14))
    found, first = planned_cash(plan), by_week(plan)[0]
    assert len(found) == 15
    team = sum(team_cost(plan, Period(START, START + timedelta(weeks=1))).values())
    assert found[0] == pytest.approx(-(first.media + team) / 1e6, abs=0.01)
    whole = profit_and_loss(by_week(plan), team_cost(plan, plan.period) if plan.period else {})
    assert found[-1] == pytest.approx(whole.profit / 1e6, abs=0.01)
    likely = forecast(plan, seed=SEED)
    assert isinstance(likely, Forecast)
    assert found[-1] == pytest.approx(likely.likely_cumulative_profit[-1], abs=0.01)


def test_other_terms_by_now_end_both_lines_in_the_same_week() -> None:
    """The plan's line takes the terms that hold by now."""
    plan = usual_plan()
    assert len(planned_cash(plan)) == 13
    assert len(planned_cash(plan, CashTerms(revenue_days=30))) == 18


def kept(number: int, start: date, **promised: object) -> StoredForecast:
    """A kept forecast of the weeks from `start` on."""
    said: Mapping[str, object] = {"promised": promised} if promised else {}
    return StoredForecast(
        forecast_id=number, plan_id=1, plan_version=1, reason="upload", made_by="local",
        made_at=datetime(2026, 10, 1, tzinfo=UTC), model_version=1, data_version=number, seed=(1,),
        horizon_start=start, horizon_end=week(13), inputs=said, inputs_sha256="",
    )  # fmt: skip


def told(p_target: float | None) -> dict[str, object]:
    """What a forecast said of the end."""
    return {"p_target": p_target, "p_loss": 0.2, "profit": [1.0, 2.0, 3.0], "payback_week": 4}


def test_the_forecast_before_the_last_data_is_compared_with() -> None:
    """Forecasts that know as much as the newest one say nothing new; the last one that knew less is taken."""
    chances = {week(0): 0.1, week(3): 0.3, week(5): 0.6}
    kept_so_far = [kept(number, day, **told(chance)) for number, (day, chance) in enumerate(chances.items())]
    found = promised_before([*kept_so_far, kept(9, week(5), **told(0.7))])
    assert found is not None
    assert (found.until, found.p_target, found.payback_week) == (week(3), 0.3, 4)
    assert found.profit == Interval(1.0, 2.0, 3.0)


@pytest.mark.parametrize(
    "found",
    [(), (kept(1, week(5), **told(0.1)),), (kept(1, week(0)), kept(2, week(5), **told(0.1)))],
    ids=["none", "one", "an old one without it"],
)
def test_nothing_to_compare_with_is_none(found: tuple[StoredForecast, ...]) -> None:
    """The first forecast, and forecasts of earlier versions of the product, have no change to show."""
    assert promised_before(found) is None


def test_a_credit_on_a_platform_leaves_the_statement_exact() -> None:
    """A week of negative value, which credits leave, is in it like any other."""
    plan = usual_plan()
    rows = [fact(0, "meta", "meta-prospecting", spend_micros=10**9, impressions=9, clicks=1, conversions_micros=0,
                 value_micros=-(10**9))]  # fmt: skip
    uploaded = actuals_of(plan, facts_of(rows), {"meta": START + timedelta(weeks=1)})
    _, found, whole = ended(plan, uploaded)
    assert whole.profit / 1e6 == pytest.approx(found.profit.mid, abs=1e-5)
