"""Calendar months of a store: exact by days, adding up to all to date, by the economics of the working plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from budget import desk
from budget.business import business_of, with_business
from budget.measures import total
from budget.money import micros
from budget.plan import PlanCost, StoredPlan
from budget.pnl import team_cost
from budget.review import Review, review
from budget.store import CampaignMatch, SalesTotal, Store, open_store
from budget.weeks import DAY, WEEK, Period
from tests.budget.builders import START, usual_plan, week
from tests.budget.store.given import beside, lead, order, reading, row

SEPTEMBER, OCTOBER = Period(date(2026, 9, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2026, 11, 1))
DAYS = 42
FIRST = (START - date(2026, 3, 2)).days
"""`row` counts from the second of March."""


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[tuple[Store, StoredPlan]]:
    """The usual plan from 7 September with six weeks of Meta by day, of which half were matched to its line."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    number = store.create_workspace("Firm", currency="AZN").workspace_id
    given = usual_plan()
    plan = store.create_plan(number, name=given.name, currency="AZN", lines=given.lines, weeks=given.weeks)
    plan = store.save_plan(number, replace(given, plan_id=plan.plan_id, workspace_id=number, version=plan.version))
    rows = [
        row(FIRST + n, campaign_id=campaign, campaign_name=f"Name {campaign}", spend_micros=micros(n + 1),
            conversions_micros=micros(1), value_micros=micros(58))
        for n in range(DAYS)
        for campaign in ("1", "2")
    ]  # fmt: skip
    store.add_import(number, reading(*rows), b"days")
    store.set_matches(number, [CampaignMatch("meta", "A", "1", "prospecting", "meta-prospecting", how="person")])
    yield store, plan
    store.close()


def spanned(store: Store, plan: StoredPlan, span: Period | None = None, now: StoredPlan | None = None) -> Review:
    """The review of a span, which must exist."""
    found = review(plan, desk.actuals(store, plan, now=now, span=span), now=now, span=span)
    assert found is not None
    return found


def test_months_add_up_to_all_to_date(firm: tuple[Store, StoredPlan]) -> None:
    """September and October of every channel are the six weeks, to the micro, though a week lies in both."""
    store, plan = firm
    whole = spanned(store, plan)
    parts = [spanned(store, plan, month) for month in (SEPTEMBER, OCTOBER)]
    assert [part.period for part in parts] == [Period(START, OCTOBER.start), Period(OCTOBER.start, week(6))]
    assert parts[0].weeks[-1] == parts[1].weeks[0] == week(3)
    for key in whole.planned:
        assert total(m for part in parts for m in part.actual[key]) == total(whole.actual[key])
        planned = [total(m for part in parts for m in part.planned[key]), total(whole.planned[key])]
        assert planned[0].spend_micros == pytest.approx(planned[1].spend_micros, abs=2)
        assert planned[0].value_micros == pytest.approx(planned[1].value_micros, abs=2)
    assert sum(part.actual_pnl.after_media for part in parts) == pytest.approx(whole.actual_pnl.after_media, abs=20)


def test_a_month_is_the_sum_of_its_days(firm: tuple[Store, StoredPlan]) -> None:
    """24 days of September: day n spent n manat on each campaign, which is 300; its plan is the days of the flight."""
    store, plan = firm
    found = spanned(store, plan, SEPTEMBER)
    assert {key: side[1].spend_micros for key, side in found.by_channel().items()} == {
        "meta-prospecting": micros(300), "unmatched:meta": micros(300),
    }  # fmt: skip
    weekly = plan.weeks[0].budget_micros
    assert found.by_channel()["meta-prospecting"][0].spend_micros == pytest.approx(weekly * 24 / 7, abs=4)
    assert found.plan_pnl.people == micros(1500) * 24 // 30
    planned, actual = found.plan_pnl.after_media, found.actual_pnl.after_media
    assert sum(driver.effect_micros for driver in found.drivers) == actual - planned


def test_a_week_is_the_same_from_days_and_from_weeks(firm: tuple[Store, StoredPlan]) -> None:
    """Cut out of the weekly sums, or read by its days with one more that holds nothing: the same figures."""
    store, plan = firm
    weekly = spanned(store, plan, Period(week(5), week(6)))
    daily = spanned(store, plan, Period(week(5), week(6) + DAY))
    assert (weekly.actual, weekly.drivers) == (daily.actual, daily.drivers)


def test_whole_weeks_that_reach_beyond_a_month_are_said(firm: tuple[Store, StoredPlan]) -> None:
    """An account known by weeks alone has one week in both months: 70 that no cut can divide, and that nobody drops."""
    store, plan = firm
    cells: dict[str, Any] = {"account_id": "B", "grain": "week", "spend_micros": micros(70)}
    rows = [
        row(FIRST + 7 * t, **cells, date_day=None, period_start=week(t), period_end=week(t) + WEEK) for t in range(2, 5)
    ]
    store.add_import(plan.workspace_id, reading(*rows, grain="week"), b"weeks")
    for month, inside in ((SEPTEMBER, 300 + 70), (OCTOBER, 42 * 43 // 2 - 300 + 70)):
        found = spanned(store, plan, month)
        assert found.by_channel()["unmatched:meta"][1].spend_micros == micros(inside)
        assert {f.code: f.facts for f in found.findings}["SPEND_ACROSS_SPAN"] == {"spend_micros": micros(70)}
    assert "SPEND_ACROSS_SPAN" not in {f.code for f in spanned(store, plan, Period(week(2), week(4))).findings}


def test_the_working_plan_holds_for_what_happened(firm: tuple[Store, StoredPlan]) -> None:
    """Dearer goods and a larger team in the draft move what happened, and the baseline stays as it was locked."""
    store, plan = firm
    dearer = with_business(plan, replace(business_of(plan), cogs_share=0.5, order_value=business_of(plan).order_value))
    now = replace(dearer, costs=(*dearer.costs, PlanCost("agency", micros(300))))
    before, after = spanned(store, plan, OCTOBER), spanned(store, plan, OCTOBER, now)
    assert after.plan_pnl == before.plan_pnl
    assert after.three.planned_micros == before.three.planned_micros
    assert after.three.as_spent_micros != after.three.actual_micros
    assert after.actual_pnl.cogs == pytest.approx(before.actual_pnl.cogs * 0.5 / 0.42, abs=5)
    assert after.actual_pnl.agency == team_cost(now, after.period)["agency"] > 0
    lost = before.actual_pnl.after_media - after.actual_pnl.after_media
    effects = [{d.name: d.effect_micros for d in found.drivers} for found in (before, after)]
    assert lost > 0
    assert effects[1]["margin"] < effects[0]["margin"]


def test_another_currency_does_not_hold(firm: tuple[Store, StoredPlan]) -> None:
    """A draft that counts in dollars says nothing of what happened in manat."""
    store, plan = firm
    assert spanned(store, plan, None, replace(plan, currency="USD", costs=())) == spanned(store, plan)


def test_claims_of_a_month_keep_the_scales_of_whole_weeks(firm: tuple[Store, StoredPlan]) -> None:
    """Half of the claimed orders were booked each week: half counts in both months; the figures are of their days."""
    store, plan = firm
    totals = [SalesTotal(week(t), week(t + 1), "AZN", revenue_micros=micros(9000), orders=7) for t in range(6)]
    store.add_sales(plan.workspace_id, totals)
    whole = spanned(store, plan)
    assert [one.scale for one in whole.claims.weeks] == [0.5] * 6
    for month, days in ((SEPTEMBER, 24), (OCTOBER, 18)):
        claims = spanned(store, plan, month).claims
        assert {one.scale for one in claims.weeks} == {0.5}
        assert sum(one.claimed_conversions_micros or 0 for one in claims.weeks) == micros(2 * days)
        assert sum(one.booked_orders_micros or 0 for one in claims.weeks) == pytest.approx(micros(days), abs=2)
        assert claims.total_revenue_micros == pytest.approx(micros(9000) * days / 7, abs=2)


def test_orders_of_the_shop_are_the_books(firm: tuple[Store, StoredPlan]) -> None:
    """An order of 58 a day beside two that are claimed, every sixth sent back; one cancelled, which counts as none.

    Half of the claims count; 7 of 42 orders came back, which is a sixth; revenue is what was kept: 35 orders.
    """
    store, plan = firm
    made = [
        order(n, FIRST + n, total_micros=micros(58), refunded_micros=micros(58) if n % 6 == 0 else 0,
              discount_micros=None, tax_micros=None)
        for n in range(DAYS)
    ]  # fmt: skip
    store.add_import(plan.workspace_id, beside(orders=[*made, order(99, FIRST, cancelled=True)]), b"orders")
    found = spanned(store, plan)
    assert [one.scale for one in found.claims.weeks] == [0.5] * 6
    assert found.business.returns_share == pytest.approx(1 / 6)
    assert found.claims.total_revenue_micros == micros(58 * 35)
    assert {f.code for f in found.findings} >= {"CLAIMS_OVER_BOOKED", "RETURNS_FROM_ORDERS"}
    held = total(found.kept["meta-prospecting"])
    assert (held.conversions_micros, held.value_micros) == (micros(21), micros(21 * 58))


def test_leads_of_the_forms_are_the_books_of_a_school(firm: tuple[Store, StoredPlan]) -> None:
    """Where the result is a lead, one form a day beside two claims halves them; sales only tell the revenue."""
    store, plan = firm
    forms = [lead(FIRST + n, ad_name=f"Ad {n}") for n in range(DAYS)]
    store.add_import(plan.workspace_id, beside(leads=forms), b"leads")
    now = with_business(plan, replace(business_of(plan), result_is_lead=True, lead_to_customer_share=0.25))
    found = spanned(store, now, None, now)
    assert [one.scale for one in found.claims.weeks] == [0.5] * 6
    assert "CLAIMS_OVER_LEADS" in {f.code for f in found.findings}
    assert found.claims.total_revenue_micros is None
