"""Laws of the review: exact sums, nothing dropped, plan followed means no variance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.actuals import Actuals, actuals_of, until_of
from budget.business import business_of
from budget.funnels import channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.money import micros
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.ranges import Range
from budget.rates import Rate
from budget.review import Review, review
from tests.budget.builders import BUSINESS, START, fact, facts_of, usual_plan, week

FIELDS = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")


def followed(plan: StoredPlan, weeks: int) -> Actuals:
    """Uploads that show exactly what the plan says for its first weeks."""
    likely = likely_plan(channels_of(plan))
    rows = [
        fact(t, line.platform, line.line_key, **{f: getattr(likely.measures[line.line_key][t], f) for f in FIELDS})
        for line in plan.lines
        for t in range(weeks)
    ]
    until = {line.platform: START + timedelta(weeks=weeks) for line in plan.lines}
    return actuals_of(plan, facts_of(rows), until)


def reviewed(plan: StoredPlan, actuals: Actuals) -> Review:
    """A review that must exist."""
    found = review(plan, actuals)
    assert found is not None
    return found


def test_plan_followed_is_all_zero() -> None:
    """Spending as planned with results as forecast leaves every variance, driver and execution effect at zero."""
    plan = usual_plan()
    found = reviewed(plan, followed(plan, 6))
    assert found.planned == found.actual
    assert found.plan_pnl == found.actual_pnl
    assert [driver.effect_micros for driver in found.drivers if driver.effect_micros] == []
    assert found.three.execution_micros == found.three.market_micros == 0


Cell = tuple[int, str | None, int, int, int, int, int]
cells = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["meta-prospecting", "google-search", "tiktok-awareness", None]),
    st.integers(0, 10**10),
    st.integers(0, 10**6),
    st.integers(0, 10**4),
    st.integers(0, 300),
    st.integers(0, 10**10),
)


def uploads(plan: StoredPlan, rows: Sequence[Cell]) -> Actuals:
    """Actuals of generated cells; a cell without a line is an unmatched campaign on Meta."""
    platforms = {line.line_key: line.platform for line in plan.lines}
    made = [
        fact(t, platforms.get(key or "", "meta"), key, spend_micros=spend, impressions=shown, clicks=clicks,
             conversions_micros=orders * 1_000_000, value_micros=value)
        for t, key, spend, shown, clicks, orders, value in rows
    ]  # fmt: skip
    until = {row["platform"]: START + timedelta(weeks=6) for row in made}
    return actuals_of(plan, facts_of(made), until)  # type: ignore[arg-type]  # platforms are text


@settings(max_examples=60, deadline=None)
@given(st.lists(cells, min_size=1, max_size=12))
def test_bars_sum_exactly(rows: list[Cell]) -> None:
    """Drivers add up to actual minus plan to the micro, per channel and in total, zeros of every kind included."""
    plan = usual_plan()
    found = reviewed(plan, uploads(plan, rows))
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    assert sum(driver.effect_micros for driver in found.drivers) == difference
    assert found.actual_pnl.profit - found.plan_pnl.profit == difference
    for key, (planned, actual) in found.channels.items():
        effects = [driver.effect_micros for driver in found.drivers_by_channel[key]]
        assert sum(effects) == actual.after_media - planned.after_media
    three = found.three
    assert three.planned_micros + three.execution_micros + three.market_micros == three.actual_micros


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, min_size=1, max_size=12))
def test_nothing_is_dropped(rows: list[Cell]) -> None:
    """Whatever is uploaded for the plan's weeks stands in the review, and channels sum to the total."""
    plan = usual_plan()
    actuals = uploads(plan, rows)
    found = reviewed(plan, actuals)
    for index, field in enumerate(FIELDS):
        factor = 1_000_000 if field == "conversions_micros" else 1
        uploaded = sum(int(row[2:][index]) for row in rows) * factor
        if field == "value_micros":  # worth nothing by the platform: each order counts as an average one
            uploaded += sum(row[5] * micros(58) for row in rows if not row[6])
        assert (getattr(found.total[1], field) or 0) == uploaded
    by_channel = total(actual for _, actual in found.by_channel().values())
    by_week = total(actual for _, _, actual in found.by_week())
    assert by_channel == by_week == found.total[1]
    assert sum(a.after_media for _, a in found.channels.values()) == found.actual_pnl.after_media


def test_unmatched_spend_is_shown() -> None:
    """A campaign that no line claims stands as a channel of its own with its whole spend."""
    plan = usual_plan()
    found = reviewed(plan, uploads(plan, [(0, None, 77_000_000, 10, 1, 0, 0)]))
    assert found.by_channel()["unmatched:meta"][1].spend_micros == 77_000_000
    assert {finding.code for finding in found.findings} >= {"SPEND_UNMATCHED", "PLATFORM_NOT_UPLOADED"}


def test_a_platform_is_compared_only_as_far_as_it_was_uploaded() -> None:
    """With Meta uploaded for six weeks and Google for two, Google's plan to date is two weeks."""
    plan = usual_plan()
    rows = [fact(0, "meta", "meta-prospecting", spend_micros=1), fact(0, "google", "google-search", spend_micros=1)]
    until = {"meta": week(6), "google": week(2)}
    found = reviewed(plan, actuals_of(plan, facts_of(rows), until))
    google = [m.spend_micros for m in found.planned["google-search"]]
    stored = [w.budget_micros for w in plan.weeks if w.line_key == "google-search"]
    assert google == [*stored[:2], 0, 0, 0, 0]
    assert "tiktok-awareness" not in found.planned


def test_half_a_week_is_half_the_plan() -> None:
    """Uploaded to the end of a Wednesday, a week's plan counts three sevenths."""
    plan = usual_plan()
    rows = [fact(0, "meta", "meta-prospecting", spend_micros=1)]
    found = reviewed(plan, actuals_of(plan, facts_of(rows), {"meta": START + timedelta(days=3)}))
    whole = plan.weeks[0].budget_micros
    assert found.planned["meta-prospecting"][0].spend_micros == pytest.approx(whole * 3 / 7, abs=1)


def test_sides_swapped_flip_signs() -> None:
    """Reading the plan as actual and the actual as plan turns every driver round."""
    from budget.drivers import explain

    plan, business = usual_plan(), business_of(usual_plan())
    found = reviewed(plan, uploads(plan, [(1, "meta-prospecting", 5 * 10**9, 400_000, 5_000, 90, 6 * 10**9)]))
    swapped = {key: (actual, planned) for key, (planned, actual) in found.channels.items()}
    back = explain(business, found.actual, found.planned, swapped)
    forth = {driver.name: driver.effect_micros for driver in found.drivers}
    assert {d.name: -d.effect_micros for d in back.total} == pytest.approx(forth, abs=3)


def test_currency_at_one_to_one_changes_nothing() -> None:
    """Uploads in another currency at the rate 1 give the same actuals; without a rate they stand apart."""
    plan = usual_plan()
    row = fact(0, "meta", "meta-prospecting", spend_micros=123_456_789, value_micros=987_654_321)
    until = {"meta": week(1)}
    dollars = facts_of([row | {"currency": "USD"}])
    same = actuals_of(plan, dollars, until, [Rate(START, "USD", "AZN", 10**9)])
    assert same == actuals_of(plan, facts_of([row]), until)
    apart = actuals_of(plan, dollars, until)
    assert apart.unconverted == {"USD": 123_456_789}
    assert apart.measures["meta-prospecting"][0] == Measures()


def test_a_rate_multiplies_money_only() -> None:
    """At 1.70 a dollar becomes 1.70 manat; counts stay."""
    plan = usual_plan()
    row = fact(0, "meta", "meta-prospecting", spend_micros=micros(10), impressions=5, value_micros=micros(20))
    rates = [Rate(START, "USD", "AZN", 1_700_000_000)]
    found = actuals_of(plan, facts_of([row | {"currency": "USD"}]), {"meta": week(1)}, rates)
    assert found.measures["meta-prospecting"][0] == Measures(micros(17), 5, None, None, micros(34))


def test_value_that_nobody_reported_is_the_average_order() -> None:
    """Ten orders without a value count ten average orders, and the platform is named."""
    plan = usual_plan()
    row = fact(0, "tiktok", "tiktok-awareness", spend_micros=1, conversions_micros=10_000_000)
    found = actuals_of(plan, facts_of([row]), {"tiktok": week(1)})
    assert found.measures["tiktok-awareness"][0].value_micros == micros(580)
    assert found.estimated == {"tiktok"}


def test_leads_are_worth_their_share_of_an_order() -> None:
    """Where results are leads, a platform's own lead value is not believed: a lead is its share of an order."""
    school = replace(BUSINESS, result_is_lead=True, lead_to_customer_share=0.125)
    plan = usual_plan(school)
    row = fact(0, "meta", "meta-prospecting", spend_micros=1, conversions_micros=8_000_000, value_micros=5)
    found = actuals_of(plan, facts_of([row]), {"meta": week(1)})
    assert found.measures["meta-prospecting"][0].value_micros == micros(58)


def test_order_of_channels_does_not_matter() -> None:
    """Lines in another order give the same P&L and the same drivers."""
    plan = usual_plan()
    other = replace(plan, lines=plan.lines[::-1])
    rows = [
        (0, "meta-prospecting", 10**9, 200_000, 2_500, 40, 2 * 10**9),
        (1, "google-search", 10**9, 9_000, 700, 30, 0),
    ]
    first, second = reviewed(plan, uploads(plan, rows)), reviewed(other, uploads(other, rows))
    assert first.actual_pnl == second.actual_pnl
    assert {d.name: d.effect_micros for d in first.drivers} == pytest.approx(
        {d.name: d.effect_micros for d in second.drivers}, abs=3
    )


def test_until_is_the_least_uploaded_account() -> None:
    """With two accounts of a platform, data count as complete up to the one that was uploaded least far."""
    frame = pd.DataFrame({"platform": ["meta", "meta"], "last_day": pd.to_datetime(["2026-09-20", "2026-09-13"])})
    assert until_of(frame) == {"meta": week(1)}


def test_incrementality_of_one_leaves_what_is_claimed() -> None:
    """When every claimed order was caused, nothing is taken off; when none was, nothing is left."""
    all_caused = replace(BUSINESS, incrementality=Range(1, 1, 1))
    none = replace(BUSINESS, incrementality=Range(0, 0, 0))
    found = Measures(0, 0, 0, micros(10), micros(580))
    assert channel_pnl(all_caused, found).not_caused == 0
    assert channel_pnl(none, found).after_media == 0


def test_the_last_week_of_the_running_sum_is_the_whole() -> None:
    """P&Ls summed week by week end at the P&L to date, to the micro."""
    plan = usual_plan()
    found = reviewed(plan, uploads(plan, [(1, "meta-prospecting", 5 * 10**9, 400_000, 5_000, 90, 6 * 10**9)]))
    assert found.cumulative[-1] == (found.plan_pnl, found.actual_pnl)


def test_clicks_that_lead_to_the_page_count() -> None:
    """Where a platform tells link clicks from all clicks, the plan's click rate is held against the link clicks."""
    plan = usual_plan()
    row = fact(0, "meta", "meta-prospecting", spend_micros=1, clicks=100)
    frame = facts_of([row]).assign(link_clicks=pd.array([80], dtype="Int64"))
    found = actuals_of(plan, frame, {"meta": week(1)})
    assert found.measures["meta-prospecting"][0].clicks == 80


def test_spend_before_and_after_the_plan_is_said_apart() -> None:
    """A year uploaded before the plan is a note, spend after its last week a warning; neither is compared."""
    plan = usual_plan()
    last = len(followed(plan, 1).weeks)
    rows = [
        fact(t, "meta", "meta-prospecting", spend_micros=spend) for t, spend in ((-3, 5), (-1, 7), (0, 100), (last, 11))
    ]
    found = reviewed(plan, actuals_of(plan, facts_of(rows), {"meta": week(last + 1)}))
    said = {f.code: (f.severity, f.facts["spend_micros"]) for f in found.findings if "spend_micros" in f.facts}
    assert said == {"SPEND_OUTSIDE_PLAN": ("warn", 11), "SPEND_BEFORE_PLAN": ("info", 12)}
    assert total(m for row in found.actual.values() for m in row).spend_micros == 100
