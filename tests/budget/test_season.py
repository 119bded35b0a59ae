"""Events and months: known multipliers enter every figure of a plan, and nothing else of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.advice import advice
from budget.ahead import ahead_of
from budget.business import business_of
from budget.evidence import evidence
from budget.forecast import Forecast, forecast
from budget.funnels import channels_of, contribution_before_media
from budget.learning import beliefs, history_of
from budget.likely import likely_plan
from budget.measures import total
from budget.plan import PlanEvent, StoredPlan
from budget.projection import project
from budget.review import review
from budget.season import MOST, check_season, months, season_of, usual_weeks, with_months
from budget.splits import curves_of, worth
from budget.weekly_ranges import keepable, new_forecast
from budget.weeks import weeks_of
from models import expect
from tests.budget.asking import FREE, SEED, advised
from tests.budget.builders import START, draft, line, plan_of, usual_plan, week
from tests.budget.test_review import followed

PLAN = usual_plan()
WEEKS = weeks_of(PLAN.period) if PLAN.period else ()
BLACK_FRIDAY = PlanEvent("Black Friday", date(2026, 11, 26), date(2026, 12, 1), 1.8, 1.4, "last year's sales")
NOTHING = PlanEvent("Nothing", week(2), week(9), 1.0, 1.0)

days = st.integers(-10, 100).map(lambda n: START + timedelta(days=n))
events = st.builds(
    lambda start, length, factor, price: PlanEvent("e", start, start + timedelta(days=length), factor, price),
    days, st.integers(1, 30), st.floats(0.5, 2.0), st.floats(0.5, 2.0),
)  # fmt: skip


def having(*found: PlanEvent, plan: StoredPlan = PLAN) -> StoredPlan:
    """The usual plan with these events."""
    return draft(plan, events=found)


def by_hand(plan: StoredPlan, found: Sequence[PlanEvent], first: date, last: date) -> tuple[float, float]:
    """Demand and price over days of even spend, from each day's ads and buyers."""
    ads = buyers = 0.0
    for n in range((last - first).days + 1):
        now = [event for event in found if event.start_date <= first + timedelta(days=n) < event.end_date]
        shown = 1 / float(np.prod([event.price_factor for event in now]))
        ads, buyers = ads + shown, buyers + shown * float(np.prod([event.factor for event in now]))
    return buyers / ads, ((last - first).days + 1) / ads


def test_no_events_is_exactly_one() -> None:
    """A plan without events and months has 1 in every week, and so has one whose events and months say 1."""
    for plan in (PLAN, having(NOTHING), with_months(having(NOTHING), "price", {9: 1.0}, "")):
        assert season_of(plan, plan.lines, WEEKS).is_usual
        assert usual_weeks(plan, WEEKS).is_usual


@settings(max_examples=40, deadline=None)
@given(st.lists(events, max_size=4))
def test_weeks_are_their_days(found: list[PlanEvent]) -> None:
    """A week shows the ads of its days and finds their buyers, whatever overlaps."""
    season = usual_weeks(having(*found), WEEKS[:4])
    for t, monday in enumerate(WEEKS[:4]):
        demand, price = by_hand(PLAN, found, monday, monday + timedelta(days=6))
        assert season.demand[0, t] == pytest.approx(demand)
        assert season.price[0, t] == pytest.approx(price)


@settings(max_examples=20, deadline=None)
@given(st.lists(events, min_size=2, max_size=3))
def test_the_order_of_events_is_irrelevant(found: list[PlanEvent]) -> None:
    """Events written in another order give the same bits."""
    first, *others = (usual_weeks(having(*order), WEEKS) for order in permutations(found))
    for other in others:
        np.testing.assert_array_equal(first.demand, other.demand)
        np.testing.assert_array_equal(first.price, other.price)


@settings(max_examples=40, deadline=None)
@given(events, st.integers(1, 29))
def test_two_adjoining_events_are_one(event: PlanEvent, after: int) -> None:
    """An event cut in two changes nothing, to the bit."""
    cut = min(event.start_date + timedelta(days=after), event.end_date)
    parts = [replace(event, end_date=cut), replace(event, start_date=cut)]
    whole, halves = (usual_weeks(having(*found), WEEKS) for found in ([event], parts))
    np.testing.assert_array_equal(whole.demand, halves.demand)
    np.testing.assert_array_equal(whole.price, halves.price)


@given(st.floats(0.2, 5.0), st.floats(0.2, 5.0))
def test_an_event_of_a_whole_week_gives_its_factors(factor: float, price: float) -> None:
    """An event from Monday to Sunday has its own multipliers in that week and 1 in the others."""
    season = usual_weeks(having(PlanEvent("e", week(3), week(4), factor, price)), WEEKS)
    assert season.demand[0, 3] == pytest.approx(factor, rel=1e-12)
    assert season.price[0, 3] == pytest.approx(price, rel=1e-12)
    others = [t for t in range(len(WEEKS)) if t != 3]
    assert season.weeks(others).is_usual


def test_only_days_on_which_a_line_runs_count() -> None:
    """A line that ends on the Wednesday before misses the event; one that begins with it has nothing but it."""
    event = PlanEvent("e", START + timedelta(days=3), week(1), 2.0, 1.5)
    before = replace(line("a", "meta", "prospecting", 100.0, weeks=2), end_date=event.start_date)
    inside = replace(line("b", "meta", "retargeting", 100.0, weeks=2), start_date=event.start_date)
    season = season_of(having(event), (before, inside), WEEKS[:2])
    assert (season.demand[0, 0], season.price[0, 0]) == (1.0, 1.0)
    assert (season.demand[1, 0], season.price[1, 0]) == pytest.approx((2.0, 1.5))
    assert season.demand[0, 1] == 1.0


def test_months_multiply_their_days() -> None:
    """September at 1.2 and October at 0.9 meet in the week of both; an event multiplies on top."""
    plan = with_months(with_months(PLAN, "demand", {9: 1.2, 10: 0.9, 11: 1.0}, "own sales"), "price", {10: 1.1}, "x")
    assert {key: (row.likely, row.source) for key, row in months(plan).items()} == {
        ("demand", 9): (1.2, "own sales"), ("demand", 10): (0.9, "own sales"), ("price", 10): (1.1, "x"),
    }  # fmt: skip
    season = usual_weeks(plan, WEEKS)
    assert season.demand[0, 0] == pytest.approx(1.2)
    assert (season.demand[0, 5], season.price[0, 5]) == pytest.approx((0.9, 1.1))
    assert WEEKS[3] == date(2026, 9, 28)
    assert season.price[0, 3] == pytest.approx(7 / (3 + 4 / 1.1))
    assert season.demand[0, 3] == pytest.approx((3 * 1.2 + 4 / 1.1 * 0.9) / (3 + 4 / 1.1))
    with_event = usual_weeks(having(PlanEvent("e", week(5), week(6), 2.0), plan=plan), WEEKS)
    assert with_event.demand[0, 5] == pytest.approx(1.8)
    assert (
        with_months(with_months(plan, "demand", dict.fromkeys(range(1, 13), 1.0), ""), "price", {10: 1.0}, "") == PLAN
    )


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_multiplier_counts_for_nothing(factor: float) -> None:
    """0, negative, unknown and endless factors, and events without days, leave 1; absurd ones are cut off."""
    for event in (PlanEvent("e", week(1), week(2), factor), PlanEvent("e", week(1), week(2), 1.0, factor)):
        assert usual_weeks(having(event), WEEKS).is_usual
    assert usual_weeks(having(PlanEvent("e", week(2), week(2), 3.0)), WEEKS).is_usual
    assert usual_weeks(having(PlanEvent("e", week(2), week(1), 3.0)), WEEKS).is_usual
    assert usual_weeks(having(PlanEvent("e", week(1), week(2), 1e300)), WEEKS).demand.max() == pytest.approx(MOST)


def test_events_that_look_wrong_are_named() -> None:
    """An end before the start, days outside of the plan, multipliers beyond 0.2 to 5; a usual event is not named."""
    assert check_season(having(BLACK_FRIDAY)) == ()
    found = check_season(
        having(
            PlanEvent("Back", week(3), week(2)), PlanEvent("Far", week(40), week(41)),
            PlanEvent("Wild", week(1), week(2), 9.0, 0.1),
        )
    )  # fmt: skip
    assert [(one.code, one.where) for one in found] == [
        ("EVENT_REVERSED", "Back"), ("EVENT_OUTSIDE", "Far"), ("EVENT_FAR", "Wild"), ("EVENT_FAR", "Wild"),
    ]  # fmt: skip
    (month,) = check_season(with_months(PLAN, "demand", {3: 7.0}, ""))
    assert (month.code, month.facts) == ("MONTH_FAR", {"month": 3, "factor": 7.0})


def told(plan: StoredPlan, actual_plan: StoredPlan) -> list[str]:
    """Everything that is computed of a plan after six weeks of uploads, as text."""
    actuals = followed(actual_plan, 6)
    found = forecast(plan, seed=SEED, actuals=actuals)
    assert isinstance(found, Forecast)
    keep = keepable(plan, actuals)
    assert keep is not None
    cells = new_forecast(keep, seed=SEED, reason="lock", data_version=1).cells
    split = advice(plan, replace(FREE, today=week(6)), seed=SEED, actuals=actuals)
    parts = (found.totals, found.profit, found.pnl, found.likely, project(plan, actuals, seed=SEED), split)
    keys = ["season", "plan"]
    inputs = {key: value for key, value in keep.inputs.items() if key not in keys}
    return [repr(part) for part in (*parts, cells, review(plan, actuals), inputs)]


def test_events_of_one_change_not_a_bit() -> None:
    """Forecast, P&L, projection, advice, kept ranges and review of a plan whose events say 1 are those of none."""
    with np.printoptions(floatmode="unique", threshold=10**6):
        assert told(having(NOTHING), PLAN) == told(PLAN, PLAN)


def test_the_likely_plan_has_its_event() -> None:
    """A week at demand 2 and price 1 has twice the conversions and value, and the same money and clicks."""
    plain = likely_plan(channels_of(PLAN)).measures
    moved = likely_plan(channels_of(having(PlanEvent("e", week(3), week(4), 2.0)))).measures
    for key, row in plain.items():
        before, after = row[3], moved[key][3]
        assert (after.spend_micros, after.impressions, after.clicks) == (
            before.spend_micros, before.impressions, before.clicks,
        )  # fmt: skip
        assert after.conversions == pytest.approx(2 * (before.conversions or 0), rel=1e-6)
        assert after.value_micros == pytest.approx(2 * (before.value_micros or 0), rel=1e-6)
        assert (*row[:3], *row[4:]) == (*moved[key][:3], *moved[key][4:])


def test_the_forecast_has_its_event() -> None:
    """The fan of the event's week rises with its demand, the others stay; all weeks at 1.5 bring 1.5 times in all."""
    plain, moved = (forecast(plan, seed=SEED) for plan in (PLAN, having(PlanEvent("e", week(3), week(4), 2.0))))
    whole = forecast(with_months(PLAN, "demand", dict.fromkeys(range(1, 13), 1.5), ""), seed=SEED)
    assert isinstance(plain, Forecast)
    assert isinstance(moved, Forecast)
    assert isinstance(whole, Forecast)
    before, after = (np.asarray(found.fans["conversions", ""].mid) for found in (plain, moved))
    assert after[3] / before[3] == pytest.approx(2.0, rel=0.05)
    assert np.delete(after, 3) == pytest.approx(np.delete(before, 3), rel=0.05)
    assert whole.totals["conversions"].mid / plain.totals["conversions"].mid == pytest.approx(1.5, rel=0.03)
    assert moved.pnl.after_media > plain.pnl.after_media


def test_a_followed_plan_with_events_is_all_zero() -> None:
    """Plan figures hold the event on both sides: what follows the plan leaves every variance and driver at zero."""
    plan = having(BLACK_FRIDAY)
    found = review(plan, followed(plan, 13))
    assert found is not None
    assert found.planned == found.actual
    assert found.three.execution_micros == found.three.market_micros == 0
    assert [driver.effect_micros for driver in found.drivers if driver.effect_micros] == []


def test_drivers_still_add_up_with_events() -> None:
    """Uploads that know of no event against a plan that has one: drivers sum to the difference of the P&Ls exactly."""
    found = review(having(BLACK_FRIDAY), followed(PLAN, 13))
    assert found is not None
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    assert difference < 0
    assert sum(driver.effect_micros for driver in found.drivers) == difference
    three = found.three
    assert three.planned_micros + three.execution_micros + three.market_micros == three.actual_micros
    assert three.execution_micros == 0


def test_a_known_event_teaches_no_wrong_rate() -> None:
    """Uploads with Black Friday in them teach the rates of uploads without it where the plan knows it, else not."""
    event = PlanEvent("Black Friday", week(4), week(6), 2.0, 1.5)
    plain = beliefs(channels_of(PLAN), followed(PLAN, 9), SEED)
    known = beliefs(channels_of(having(event)), followed(having(event), 9), SEED)
    unknown = beliefs(channels_of(PLAN), followed(having(event), 9), SEED)
    for name in ("cpm", "cvr"):
        before, after, misled = (np.median(getattr(found.draws, name), axis=0) for found in (plain, known, unknown))
        assert after == pytest.approx(before, rel=0.02)
        assert np.abs(np.log(misled / before)).max() > 0.05
    history = history_of(channels_of(having(event)), followed(having(event), 9))
    assert history is not None
    assert history.demand is not None
    assert list(history.demand[0]) == pytest.approx([1, 1, 1, 1, 2, 2, 1, 1, 1])


def test_a_known_event_is_no_drift() -> None:
    """The last four weeks at twice the conversions are a shift unless an event says so."""
    event = PlanEvent("Sale", week(6), week(10), 2.0, 1.5)
    found = {}
    for name, plan in (("known", having(event)), ("unknown", PLAN)):
        told = evidence(plan, followed(having(event), 10), seed=SEED)
        assert not hasattr(told, "findings") or told.findings == ()
        found[name] = {shift.name: shift for shift in told.lines[0].shifts}  # type: ignore[union-attr]  # has lines
    assert found["known"]["cvr"].change == pytest.approx(0.0, abs=0.01)
    assert found["known"]["cpm"].change == pytest.approx(0.0, abs=0.01)
    assert found["unknown"]["cvr"].change == pytest.approx(1.0, rel=0.05)
    assert not found["unknown"]["cvr"].within_noise


def test_money_moves_to_strong_weeks() -> None:
    """Free to move, a line puts more into the week of the event than into any other, less where demand is weak."""
    strong, weak = PlanEvent("s", week(3), week(4), 1.8), PlanEvent("w", week(7), week(8), 0.5)
    found = advised(having(strong, weak), FREE)
    rows = np.array([each.proposed_weeks for each in found.lines], dtype=float)
    weekly = rows.sum(axis=0)
    assert weekly[3] == weekly.max()
    assert weekly[3] > 1.2 * np.delete(weekly, [3, 7]).max()
    assert weekly[7] < np.delete(weekly, [3, 7]).min()
    assert rows.sum() == sum(each.today_micros for each in found.lines)
    assert found.chance > 0.9


def test_curves_of_the_advice_agree_with_the_forecast() -> None:
    """Today's split is worth on the advice's curves what the forecast's draws expect of it, events included."""
    plan = having(PlanEvent("e", week(3), week(5), 1.7, 1.4), BLACK_FRIDAY)
    channels, business = channels_of(plan), business_of(plan)
    found, ahead = beliefs(channels, None, SEED), ahead_of(channels, None, START)
    curves = curves_of(business, found, ahead)
    spend = ahead.today_micros / 1e6
    expected = contribution_before_media(business, expect(found.draws, spend, season=channels.season)).sum(axis=(1, 2))
    assert worth(curves.profit, spend, curves.season).mean() == pytest.approx(expected.mean(), rel=0.01)
    assert worth(curves.profit, spend).mean() < expected.mean()


def test_a_kept_forecast_knows_its_season() -> None:
    """Another multiplier is another basis of a kept forecast; its ranges have the event."""
    known = [keepable(plan, followed(PLAN, 2)) for plan in (PLAN, having(BLACK_FRIDAY))]
    found = [one for one in known if one is not None]
    assert ["season" in one.inputs for one in found] == [False, True]
    strong = weeks_of(PLAN.period)[11] if PLAN.period else START
    cells = [
        {
            (c.platform, c.week_start, c.metric): c
            for c in new_forecast(one, seed=SEED, reason="lock", data_version=1).cells
        }
        for one in found
    ]
    before, after = (each["meta", strong, "value"].q50_micros for each in cells)
    assert after > 1.15 * before


def test_lines_of_parts_of_weeks_add_up() -> None:
    """A one-line plan over an event: the likely conversions are those of its days, each at its own multipliers."""
    plan = plan_of(line("meta-prospecting", "meta", "prospecting", 700.0, weeks=1), figures=[
        each for each in PLAN.assumptions if each.scope == "meta-prospecting"
    ])  # fmt: skip
    event = PlanEvent("e", START + timedelta(days=2), START + timedelta(days=4), 3.0, 2.0)
    before, after = (
        total(likely_plan(channels_of(each)).measures["meta-prospecting"]) for each in (plan, having(event, plan=plan))
    )
    shown = (5 + 2 / 2) / 7
    assert (after.impressions or 0) / (before.impressions or 1) == pytest.approx(shown, rel=1e-3)
    rate = (after.conversions or 0) / (after.clicks or 1) / ((before.conversions or 0) / (before.clicks or 1))
    assert rate == pytest.approx((5 + 2 / 2 * 3) / (5 + 2 / 2), rel=1e-2)
