"""Where figures stand: plan beside actual, ends of the whole plan, and a verdict only beyond chance and delay."""

from dataclasses import replace
from datetime import date

import pytest

from budget.immature import Arrived
from budget.measures import Measures
from budget.money import micros
from budget.plan import PlanObjective
from budget.pnl import ProfitAndLoss
from budget.rate_age import RateAge, rate_ages
from budget.rates import Rate
from budget.review import Review, ThreeResults
from budget.standing import (
    main_kpi,
    result_of,
    roi_range,
    spend_of,
    swing,
    verdict,
    weekly_results,
)
from budget.weeks import Period
from tests.budget.builders import draft, usual_plan, week

ALL_IN, HALF = Arrived(), Arrived(0.79, 0.7, 0.9)


def reviewed(
    after_media: float, *, planned: float = 1000, conversions: int = 400, contribution: float = 5000
) -> Review:
    """One week: profit after media and its plan, so many conversions, contribution before media; a team of 500."""
    actual = Measures(micros(contribution - after_media), 1000, 100, micros(conversions), micros(9000))
    before = ProfitAndLoss(claimed_net_revenue=micros(planned), people=micros(500))
    after = ProfitAndLoss(
        claimed_net_revenue=micros(contribution), media=micros(contribution - after_media), people=micros(500)
    )
    return Review(
        Period(week(0), week(1)), (week(0),), {"a": (Measures(micros(800), 900, 90, micros(300)),)}, {"a": (actual,)},
        before, after, {}, (), {}, ((before, after),), ThreeResults(0, 0, 0), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("after_media", "arrived", "told"),
    [(1400, ALL_IN, "good"), (600, ALL_IN, "bad"), (1300, ALL_IN, "open"), (1400, HALF, "open"), (600, HALF, "open")],
    ids=["ahead", "behind", "chance", "ahead-early", "behind-early"],
)
def test_a_verdict_needs_more_than_chance_and_most_conversions(after_media: float, arrived: Arrived, told: str) -> None:
    """400 conversions swing 5,000 of contribution by 320 either way; below 80 % arrived nothing is said."""
    assert swing(reviewed(after_media)) == pytest.approx(1.2816 * 5000 / 20)
    assert verdict(reviewed(after_media), arrived) == told


def test_few_conversions_give_a_range_instead_of_a_verdict() -> None:
    """On 29 results neither colour nor one ROI; from 30 on one ROI."""
    few = reviewed(4900, conversions=29)
    assert verdict(few, ALL_IN) == "open"
    low, high = roi_range(few) or (0, 0)
    roi = few.actual_pnl.roi or 0
    assert low < roi < high
    assert (low + high) / 2 == pytest.approx(roi)
    assert roi_range(reviewed(4900, conversions=30)) is None


def test_the_second_card_counts_the_goal() -> None:
    """Clicks or revenue where the goal is these; conversions for profit, for what is only watched, and without goal."""
    plan = usual_plan()
    assert main_kpi(plan) == main_kpi(draft(plan, objectives=())) == "conversions"
    for kpi, shown in (("clicks", "clicks"), ("revenue", "revenue"), ("followers", "conversions")):
        assert main_kpi(draft(plan, objectives=(PlanObjective("x", kpi),))) == shown


def test_results_are_those_of_the_review() -> None:
    """Conversions as platforms claim them, revenue of the income statement; no end without a projection."""
    found = reviewed(1400)
    conversions, revenue = result_of(found, "conversions", None), result_of(found, "revenue", None)
    assert (conversions.actual, conversions.planned, conversions.end) == (400, 300, None)
    assert (revenue.actual, revenue.planned) == (5000, 1000)
    assert weekly_results(found, "revenue") == ([5000], [1000])
    assert weekly_results(found, "clicks") == ([100], [90])
    spend = spend_of(found, None)
    assert (spend.actual, spend.planned, spend.end) == (3600, 800, None)


def test_rates_are_missing_old_or_fresh() -> None:
    """A currency without a rate comes first, then the oldest; the plan's own needs none."""
    day = date(2026, 11, 16)
    rates = [Rate(date(2026, 11, 1), "USD", "AZN", 1), Rate(date(2026, 9, 1), "USD", "AZN", 1),
             Rate(date(2026, 9, 1), "EUR", "AZN", 1), Rate(day, "AZN", "GBP", 1)]  # fmt: skip
    found = rate_ages(["USD", "AZN", "", "GBP", "EUR", "USD"], "AZN", rates, day)
    assert found == (RateAge("GBP", None), RateAge("EUR", 76), RateAge("USD", 15))
    assert [age.is_old for age in found] == [True, True, False]
    assert replace(found[2], days=32).is_old
