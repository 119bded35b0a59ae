"""Claims beside bookings: which weeks are compared, how far claims count, and what follows everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from budget.actuals import Actuals, actuals_of, with_claims
from budget.booked import Booked, Books, books_of
from budget.business import business_of
from budget.claims import LEAST_SCALE, Claims, ClaimWeek, scaled
from budget.funnels import channels_of
from budget.learning import history_of
from budget.measures import Measures, total
from budget.money import MICROS, micros
from budget.plan import StoredPlan
from budget.pnl import channel_pnl, team_cost
from budget.projection import project
from budget.rates import Rate
from budget.review import Review, review
from budget.weekly_spend import weekly_spend
from budget.weeks import WEEK, Period
from tests.budget.builders import BUSINESS, START, fact, facts_of, usual_plan, week

META, GOOGLE = "meta-prospecting", "google-search"
SOLD = {"spend_micros": micros(500), "impressions": 100_000, "clicks": 1_500}


def day(number: int) -> date:
    """So many days after the plan's first Monday."""
    return START + timedelta(days=number)


def sales(*rows: tuple[int, int, int | None, float | None], currency: str = "AZN") -> pd.DataFrame:
    """`Store.daily_sales`: (first day, days, orders, revenue)."""
    names = ["period_start", "period_end", "grain", "currency", "orders", "revenue_micros"]
    made = [
        (pd.Timestamp(day(first)), pd.Timestamp(day(first + days)), "day" if days == 1 else "week", currency, orders,
         None if revenue is None else micros(revenue))
        for first, days, orders, revenue in rows
    ]  # fmt: skip
    return pd.DataFrame(made, columns=names).astype({"orders": "Int64", "revenue_micros": "Int64"})


def orders(*rows: tuple[int, int, float, float | None, float | None], currency: str = "AZN") -> pd.DataFrame:
    """`Store.daily_orders`: (day, orders, total, discount, refunded)."""
    names = ["date_day", "currency", "orders", "total_micros", "tax_micros", "discount_micros", "refunded_micros"]
    made = [
        (pd.Timestamp(day(n)), currency, count, micros(amount), None,
         *(None if x is None else micros(x) for x in (discount, refunded)))
        for n, count, amount, discount, refunded in rows
    ]  # fmt: skip
    return pd.DataFrame(made, columns=names).astype(dict.fromkeys(names[2:], "Int64"))


def leads(*rows: tuple[int, int]) -> pd.DataFrame:
    """`Store.leads`: (day, leads)."""
    return pd.DataFrame([(pd.Timestamp(day(n)), count) for n, count in rows], columns=["date_day", "leads"])


def books(*weeks: tuple[int | None, float | None], currency: str = "AZN") -> Books:
    """Typed totals of whole weeks from the plan's first: (orders, revenue)."""
    rows = [(7 * t, 7, *said) for t, said in enumerate(weeks)]
    return books_of(sales(*rows, currency=currency), orders(), None, "AZN")


def claimed(
    plan: StoredPlan,
    weeks: Sequence[tuple[int, float]],
    known: Books,
    *,
    until: Mapping[str, date] | None = None,
    reported: Mapping[str, tuple[float, ...]] | None = None,
) -> Actuals:
    """Uploads of two platforms that claim half each of (orders, value) a week, beside the books."""
    rows = [
        fact(t, platform, key, **SOLD, conversions_micros=count * MICROS // 2, value_micros=micros(value / 2))
        for t, (count, value) in enumerate(weeks)
        for platform, key in (("meta", META), ("google", GOOGLE))
    ]
    ends = until or {"meta": week(len(weeks)), "google": week(len(weeks))}
    found = replace(actuals_of(plan, facts_of(rows), ends), reported=reported or {})
    return with_claims(found, known, business_of(plan))


def scales(found: Actuals, many: int) -> list[float]:
    """The first weeks' scales."""
    return [one.scale for one in found.claims[:many]]


def reviewed(plan: StoredPlan, found: Actuals, span: Period | None = None) -> Review:
    """A review that must exist."""
    made = review(plan, found, span=span)
    assert made is not None
    return made


def test_claims_beyond_the_books_are_scaled() -> None:
    """100 orders claimed and 80 booked count four fifths; 60 claimed count in full, whatever else was sold."""
    plan = usual_plan()
    found = claimed(plan, [(100, 5800.0), (60, 3000.0)], books((80, 9000.0), (80, 9000.0)))
    assert scales(found, 2) == [0.8, 1.0]
    assert found.kept(META)[0] == replace(
        found.measures[META][0], conversions_micros=micros(40), value_micros=micros(2320)
    )
    assert found.kept(META)[1] == found.measures[META][1]


def test_value_beyond_the_books_is_scaled_too() -> None:
    """Where only revenue is known it is held against claimed value; where both are, the smaller scale holds."""
    plan = usual_plan()
    found = claimed(plan, [(100, 5800.0)] * 3, books((None, 2900.0), (80, 2900.0), (50, 5800.0)))
    assert scales(found, 3) == [0.5, 0.5, 0.5]
    assert [one.booked_orders_micros for one in found.claims[:3]] == [None, micros(80), micros(50)]


def test_a_week_without_any_booking_keeps_a_trace() -> None:
    """No order at all beside claims: nearly nothing counts, and never exactly nothing."""
    found = claimed(usual_plan(), [(10, 580.0)], books((0, 0.0)))
    assert scales(found, 1) == [LEAST_SCALE]


def test_only_weeks_that_both_sides_know_are_compared() -> None:
    """A week counts in full where a day is unknown, a platform is not uploaded to its end, or claims still arrive."""
    plan = usual_plan()
    shares = {"meta": (1.0, 1.0, 1.0, 0.79, 0.8, *[1.0] * 8)}
    known = books_of(sales(*[(7 * t, 7, 50, 2000.0) for t in (0, 2, 3, 4)], (7, 6, 50, 2000.0)), orders(), None, "AZN")
    ends = {"meta": week(5), "google": day(3)}
    found = claimed(plan, [(100, 5800.0)] * 5, known, until={"meta": week(5), "google": week(5)}, reported=shares)
    assert [one.state for one in found.claims[:6]] == [
        "compared",
        "unknown",
        "compared",
        "arriving",
        "compared",
        "unknown",
    ]
    assert scales(found, 6) == [pytest.approx(2000 / 5800), 1.0, pytest.approx(2000 / 5800), 1.0,
                                pytest.approx(2000 / 5800), 1.0]  # fmt: skip
    late = claimed(plan, [(100, 5800.0)] * 2, known, until=ends | {"meta": day(6)})
    assert [one.state for one in late.claims[:1]] == ["arriving"]


def test_a_platform_that_ended_is_waited_for_no_longer() -> None:
    """Four weeks after its last day a platform is over: the weeks since are compared without it."""
    plan, known = usual_plan(), books(*[(50, 2000.0)] * 6)
    for weeks, state in ((3, "arriving"), (4, "compared")):
        ends = {"meta": week(1 + weeks), "google": week(1)}
        found = claimed(plan, [(100, 5800.0)] * (1 + weeks), known, until=ends)
        assert found.claims[1].state == state


def test_orders_win_over_typed_totals_and_count_before_refunds() -> None:
    """40 orders of 58: 2,320 was billed, 320 of it went back; claims are held against the former, revenue is net."""
    known = books_of(sales(*[(n, 1, 0 if n else 40, 0.0 if n else 2000.0) for n in range(7)]),
                     orders((0, 40, 2320.0, 0.0, 320.0)), None, "AZN")  # fmt: skip
    booked = known.sold(Period(day(0), day(7)))
    assert booked is not None
    assert (booked.orders_micros, booked.billed_micros, booked.revenue_micros) == (
        micros(40),
        micros(2320),
        micros(2000),
    )
    found = claimed(usual_plan(), [(40, 2320.0)], known)
    assert found.claims[0].state == "compared"
    assert scales(found, 1) == [1.0]


def test_totals_are_spread_to_the_micro() -> None:
    """Seven days of a weekly total add up to it exactly, whatever its remainder; a day more is unknown."""
    known = books_of(sales((0, 7, 100, 1000.000_003)), orders(), None, "AZN")
    assert sum(known.sales[day(n)].revenue_micros or 0 for n in range(7)) == micros(1000.000_003)
    assert known.sold(Period(day(0), day(7))) == Booked(micros(100), micros(1000.000_003), micros(1000.000_003))
    assert known.sold(Period(day(0), day(8))) is None
    assert books_of(sales((0, 8, 1, 1.0)), orders(), None, "AZN").sales == {}


def test_money_abroad_is_turned_at_the_rate_of_the_day_or_unknown() -> None:
    """Dollars at 1.70; without a rate the week is not known."""
    frame = sales((0, 7, 10, 100.0), currency="USD")
    rates = [Rate(START, "USD", "AZN", 1_700_000_000)]
    booked = books_of(frame, orders(), None, "AZN", rates).sold(Period(day(0), day(7)))
    assert booked is not None
    assert booked.revenue_micros == pytest.approx(micros(170), abs=7)
    assert books_of(frame, orders(), None, "AZN").sales == {}


def test_quiet_days_between_orders_are_known() -> None:
    """Orders on Monday and Thursday: Tuesday and Wednesday sold nothing, Friday is not known."""
    shop = orders((0, 2, 10.0, None, None), (3, 2, 10.0, None, None))
    known = books_of(sales((0, 1, 2, 10.0), (3, 1, 2, 10.0)), shop, None, "AZN")
    booked = known.sold(Period(day(0), day(4)))
    assert booked is not None
    assert (booked.orders_micros, booked.revenue_micros) == (micros(4), micros(20))
    assert known.sold(Period(day(0), day(5))) is None


def test_leads_are_held_against_leads() -> None:
    """Where the result is a lead, 40 forms beside 50 claimed leads count four fifths; sales play no part."""
    school = usual_plan(replace(BUSINESS, result_is_lead=True, lead_to_customer_share=0.25))
    rows = leads(*[(n, 10 if n < 4 else 0) for n in range(7)])
    known = books_of(sales((0, 7, 1, 1.0)), orders(), rows, "AZN")
    found = claimed(school, [(50, 0.0)], known)
    assert scales(found, 1) == [0.8]
    assert reviewed(school, found).claims.findings[0].code == "CLAIMS_OVER_LEADS"
    assert found.claims[0].booked_value_micros is None


def test_tax_is_left_out_where_prices_are_without_it() -> None:
    """Platforms that claim prices without VAT are held against bills without VAT."""
    frame = orders((0, 20, 1180.0, None, None)).assign(tax_micros=pd.array([micros(180)], dtype="Int64"))
    known = books_of(sales(*[(n, 1, 0 if n else 20, 0.0 if n else 1180.0) for n in range(7)]), frame, None, "AZN")
    for included, booked in ((True, 1180), (False, 1000)):
        plan = usual_plan(replace(BUSINESS, prices_include_vat=included))
        assert claimed(plan, [(10, 500.0)], known).claims[0].booked_value_micros == micros(booked)


def test_the_income_statement_shows_what_the_books_do_not_hold() -> None:
    """The export's claims stay to the cent; net revenue claimed less what is not booked is net revenue of what is."""
    plan = usual_plan()
    found = claimed(plan, [(100, 5800.0), (100, 5800.0)], books((80, 9000.0), (100, 9000.0)))
    made, whole = reviewed(plan, found), claimed(plan, [(100, 5800.0)] * 2, books())
    assert made.total[1] == total(m for row in whole.measures.values() for m in row)
    held = [channel_pnl(BUSINESS, Measures(conversions_micros=micros(90), value_micros=micros(5220)))] * 2
    assert made.actual_pnl.claimed_net_revenue == reviewed(plan, whole).actual_pnl.claimed_net_revenue
    assert made.actual_pnl.net_revenue == sum(pnl.net_revenue for pnl in held)
    assert made.actual_pnl.after_fulfilment == sum(pnl.after_fulfilment for pnl in held)
    booked = {driver.name: driver.effect_micros for driver in made.drivers}["booked"]
    assert booked < 0
    assert [(f.code, dict(f.facts)) for f in made.claims.findings] == [
        ("CLAIMS_OVER_BOOKED", {"claimed": 100, "booked": 80})
    ]


def test_findings_name_the_sums_of_the_weeks_that_exceed() -> None:
    """Orders and value each with their own weeks; nothing to say where the books hold all; a way out where none are."""
    plan = usual_plan()
    over = reviewed(plan, claimed(plan, [(100, 5800.0)] * 3, books((80, 9000.0), (200, 5000.0), (200, 9000.0))))
    said = {f.code: dict(f.facts) for f in over.findings if f.where == "claims"}
    assert said == {
        "CLAIMS_OVER_BOOKED": {"claimed": 100, "booked": 80},
        "CLAIMS_OVER_SALES": {"claimed_micros": micros(5800), "booked_micros": micros(5000)},
    }
    assert not reviewed(plan, claimed(plan, [(10, 580.0)], books((80, 9000.0)))).claims.findings
    assert [f.code for f in reviewed(plan, claimed(plan, [(10, 580.0)], books())).claims.findings] == ["CLAIMS_UNKNOWN"]
    waits = claimed(plan, [(10, 580.0)], books((80, 9000.0)), reported={"meta": (0.5, *[1.0] * 12)})
    assert [f.code for f in reviewed(plan, waits).claims.findings] == ["CLAIMS_ARRIVING"]
    assert Claims(()).findings == ()


def test_what_is_learned_is_what_was_booked() -> None:
    """Conversions and value of the history are the kept ones; spend, views and clicks are as they were."""
    plan = usual_plan()
    found = claimed(plan, [(100, 5800.0)] * 2, books((80, 9000.0), (100, 9000.0)))
    history, plain = (history_of(channels_of(plan), x) for x in (found, claimed(plan, [(100, 5800.0)] * 2, books())))
    assert history is not None
    assert plain is not None
    assert history.value is not None
    np.testing.assert_allclose(history.conversions[:2], [[40, 50]] * 2)
    np.testing.assert_allclose(history.value[:2], [[2320, 2900]] * 2)
    np.testing.assert_array_equal(history.spend, plain.spend)
    np.testing.assert_array_equal(history.clicks, plain.clicks)


def test_claimed_roas_counts_no_more_than_was_booked() -> None:
    """The ratio that calibrates what ads cause rests on the same kept value as the history."""
    rows = [
        {**fact(t, platform, None, **SOLD, conversions_micros=micros(50), value_micros=micros(2900)), "tactic": tactic}
        for t in range(2)
        for platform, tactic in (("meta", "prospecting"), ("google", "search"))
    ]
    frame = facts_of(rows).assign(tactic=[str(row["tactic"]) for row in rows])
    covered = pd.DataFrame([
        {"platform": platform, "first_day": pd.Timestamp(START), "last_day": pd.Timestamp(day(13))}
        for platform in ("meta", "google")
    ])  # fmt: skip
    known = books((80, 9000.0), (100, 9000.0))
    asked = list[Sequence[date]]()

    def arrived(weeks: Sequence[date]) -> Mapping[str, Sequence[float]]:
        asked.append(weeks)
        return {}

    plain = weekly_spend(frame, covered, "AZN", BUSINESS, reported=arrived)
    np.testing.assert_allclose(plain.claimed_roas, [5.8, 5.8])
    assert asked == []
    held = weekly_spend(frame, covered, "AZN", BUSINESS, books=known, reported=arrived)
    np.testing.assert_allclose(held.claimed_roas, [5.8 * 0.9, 5.8 * 0.9])
    assert asked == [(START, week(1))]
    late = weekly_spend(frame, covered, "AZN", BUSINESS, books=known, reported=lambda weeks: {"meta": (0.5, 1.0)})
    np.testing.assert_allclose(late.claimed_roas, [5.8, 5.8])


def test_the_projection_stands_on_the_same_past() -> None:
    """The middle of the fan in the weeks that are over is the review's own profit, scaled and with real returns."""
    plan = usual_plan()
    shop = orders(*[(7 * t, 40, 2320.0, None, 464.0) for t in range(2)], (14, 1, 58.0, None, 58.0))
    rows = [(n, 1, {0: 40, 7: 40, 14: 1}.get(n, 0), {0: 1856.0, 7: 1856.0}.get(n, 0.0)) for n in range(15)]
    found = claimed(plan, [(60, 3480.0)] * 2, books_of(sales(*rows), shop, None, "AZN"),
                    until=dict.fromkeys(("meta", "google", "tiktok"), week(2)))  # fmt: skip
    ahead, made = project(plan, found, seed=(1,)), reviewed(plan, found)
    assert ahead is not None
    assert scales(found, 2) == [pytest.approx(2 / 3)] * 2
    assert made.business.returns_share == pytest.approx(0.2)
    for t in range(2):
        assert ahead.cumulative_profit.mid[t] == pytest.approx(made.cumulative[t][1].profit / MICROS, abs=0.01)


def test_real_returns_are_used_and_said() -> None:
    """30 orders or more tell the share sent back; a discount is taken from them only where prices are before it."""
    plan = usual_plan()
    frame = orders(*[(n, 5, 290.0, 10.0, 29.0) for n in range(7)])
    rows = sales(*[(n, 1, 5, 261.0) for n in range(7)])
    made = reviewed(plan, claimed(plan, [(10, 580.0)], books_of(rows, frame, None, "AZN")))
    assert made.business.returns_share == pytest.approx(0.1)
    assert made.business.discount_share == pytest.approx(70 / 2100)
    said = {f.code: f.facts for f in made.findings if f.where == "orders"}
    assert {code: facts["planned"] for code, facts in said.items()} == {
        "RETURNS_FROM_ORDERS": 0.045, "DISCOUNT_FROM_ORDERS": 0.06,
    }  # fmt: skip
    assert "returns" in {driver.name for driver in made.drivers}
    after = usual_plan(replace(BUSINESS, discount_share=0.0))
    known = claimed(after, [(10, 580.0)], books_of(rows, frame, None, "AZN"))
    assert set(known.order_shares(business_of(after))) == {"returns_share"}
    few = books_of(sales(*[(n, 1, 4, 232.0) for n in range(7)]), orders(*[(n, 4, 232.0, 1.0, 9.0) for n in range(7)]),
                   None, "AZN")  # fmt: skip
    unmoved = reviewed(plan, claimed(plan, [(10, 580.0)], few)).business
    assert (unmoved.returns_share, unmoved.discount_share) == (0.045, 0.06)


def test_mer_is_all_revenue_over_all_marketing_cost() -> None:
    """Two weeks of 9,000 and 6,000 over media of both platforms and the team of those fourteen days."""
    plan = usual_plan()
    found = reviewed(plan, claimed(plan, [(10, 580.0)] * 2, books((80, 9000.0), (80, 6000.0)))).claims
    team = sum(sum(team_cost(plan, Period(week(t), week(t) + WEEK)).values()) for t in range(2))
    assert found.total_revenue_micros == micros(15_000)
    assert found.marketing_cost_micros == micros(2000) + team
    assert found.mer == pytest.approx(15_000 / (2000 + team / MICROS))
    half = reviewed(plan, claimed(plan, [(10, 580.0)] * 2, books((80, 9000.0)))).claims
    assert half.total_revenue_micros == micros(9000)
    assert reviewed(plan, claimed(plan, [(10, 580.0)], books())).claims.mer is None


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.333])
def test_a_scale_touches_conversions_and_value_alone(scale: float) -> None:
    """Spend, views and clicks are the platform's own business; unknown stays unknown."""
    found = scaled(Measures(5, 6, 7, 1000, 3000), scale)
    assert found == Measures(5, 6, 7, round(1000 * scale), round(3000 * scale))
    assert scaled(Measures(5), scale) == Measures(5)


def test_a_claim_week_says_nothing_by_itself() -> None:
    """Without bookings a week counts in full."""
    assert ClaimWeek(START, 1, 1, None, None, "unknown").scale == 1.0
