"""Editing keeps the plan's laws; matching proposes and never decides; the first plan works."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from budget.actuals import actuals_of
from budget.business import Business, business_of, with_business
from budget.editing import check_plan, figure_of, new_line, with_figure, with_lines, with_prices
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.matching import propose
from budget.money import micros
from budget.next_steps import next_steps
from budget.plan import StoredPlan
from budget.ranges import Range
from budget.starting import FiveNumbers, first_plan
from budget.trust import campaigns_of
from tests.budget.builders import BUSINESS, START, facts_of, line, plan_of, usual_plan, week

EMPTY = StoredPlan(1, 1, "My plan", "AZN")


def test_a_new_line_has_sourced_figures_and_weeks_that_add_up() -> None:
    """A line that was just added has CPM, CTR and CVR with a source, and its weeks hold its budget."""
    plan = new_line(EMPTY, "meta", "prospecting", start=START, end=week(4), budget_micros=micros(1000))
    key = plan.lines[0].line_key
    figures = {a.key: a for a in plan.assumptions if a.scope == key}
    assert set(figures) == {"cpm", "ctr", "cvr"}
    assert all(a.source and a.confidence for a in figures.values())
    assert sum(w.budget_micros for w in plan.weeks) == micros(1000)


def test_two_lines_of_one_channel_have_keys_of_their_own() -> None:
    """The second Meta prospecting line does not take the first one's place."""
    plan = EMPTY
    for _ in range(2):
        plan = new_line(plan, "meta", "prospecting", start=START, end=week(4), budget_micros=micros(10))
    assert len({each.line_key for each in plan.lines}) == 2


def test_a_removed_line_leaves_nothing_behind() -> None:
    """Weeks and figures of a removed line go with it; the business stays."""
    plan = usual_plan()
    smaller = with_lines(plan, plan.lines[1:])
    gone = plan.lines[0].line_key
    assert gone not in {w.line_key for w in smaller.weeks} | {a.scope for a in smaller.assumptions}
    assert business_of(smaller) == business_of(plan)


@pytest.mark.parametrize(
    "broken",
    [
        {"end_date": START},
        {"start_date": date(1999, 1, 1)},
        {"end_date": date(2031, 1, 1)},
        {"budget_micros": -1},
        {"budget_micros": 10**16},
    ],
)
def test_impossible_lines_are_refused(broken: dict[str, object]) -> None:
    """A flight that ends before it starts, odd years, endless flights and absurd money are refused by name."""
    with pytest.raises(InvalidValue, match=r"^a: found"):
        with_lines(EMPTY, [replace(line("a", "meta", "x", 10), **broken)])  # type: ignore[arg-type]  # hostile on purpose


def test_business_survives_the_plan() -> None:
    """What was entered on the Business screen is read back exactly."""
    full = replace(
        BUSINESS, result_is_lead=True, lead_to_customer_share=0.2, media_vat_share=0.18, media_fee_share=0.05
    )
    assert business_of(with_business(EMPTY, full)) == replace(
        full, monthly_micros={"people": micros(1500), "agency": 0, "tools": micros(120), "production": 0}
    )


@pytest.mark.parametrize("wrong", [{"vat_share": -0.1}, {"cogs_share": 1.5}, {"fulfilment_per_order": float("inf")}])
def test_impossible_business_is_refused(wrong: dict[str, float]) -> None:
    """Shares outside 0 to 1 and endless costs are refused."""
    with pytest.raises(InvalidValue, match="found"):
        Business(**wrong)  # type: ignore[arg-type]  # hostile on purpose


def test_any_two_prices_give_the_third() -> None:
    """Without a CTR, a CPM of 5 and a click at 0.50 make 1 %, with the benchmark's width; own CPC stays stored."""
    plan = new_line(EMPTY, "meta", "prospecting", start=START, end=week(4), budget_micros=micros(10))
    key = plan.lines[0].line_key
    width = figure_of(plan, key, "ctr")
    priced = with_prices(plan, key, Range(4, 5, 6), None, 0.5)
    found = figure_of(priced, key, "ctr")
    assert found is not None
    assert width is not None
    assert found.likely == pytest.approx(0.01)
    assert found.high / found.likely == pytest.approx(width.high / width.likely)
    assert check_plan(priced) == ()


def test_three_prices_that_disagree_are_said() -> None:
    """CPM 5, CTR 1 % and a click at 0.80 are all kept, and the contradiction is a finding of that line."""
    plan = new_line(EMPTY, "meta", "prospecting", start=START, end=week(4), budget_micros=micros(10))
    key = plan.lines[0].line_key
    odd = with_prices(plan, key, Range(4, 5, 6), Range(0.005, 0.01, 0.02), 0.8)
    assert [(f.code, f.where) for f in check_plan(odd)] == [("PRICES_DISAGREE", key)]
    mended = with_prices(odd, key, Range(4, 5, 6), Range(0.005, 0.01, 0.02), None)
    assert check_plan(mended) == ()


def test_a_figure_goes_back_to_the_benchmark() -> None:
    """An own figure that is given up is the sourced one again."""
    plan = new_line(EMPTY, "meta", "prospecting", start=START, end=week(4), budget_micros=micros(10))
    key = plan.lines[0].line_key
    own = with_figure(plan, key, "cpm", Range(1, 2, 3))
    assert figure_of(own, key, "cpm") == Range(1, 2, 3)
    back = with_figure(own, key, "cpm", None)
    assert figure_of(back, key, "cpm") == figure_of(plan, key, "cpm")


def test_campaign_names_are_proposed_a_line() -> None:
    """A word of the tactic, the UTM name, or being the only line of its platform earns a proposal; doubt earns none."""
    lines = (
        line("p", "meta", "prospecting", 1),
        line("r", "meta", "retargeting", 1),
        replace(line("s", "google", "search", 1), utm_campaign="payiz_axtaris"),
        line("g", "google", "video", 1),
        line("t", "tiktok", "awareness", 1),
    )
    assert propose("meta", "Nar Ev | Retargeting | Oct", lines) == ("r", "name")
    assert propose("google", "PAYIZ_AXTARIS", lines) == ("s", "utm")
    assert propose("tiktok", "xyz", lines) == ("t", "only")
    assert propose("meta", "xyz", lines) is None
    assert propose("linkedin", "prospecting", lines) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("AZ | Payiz 2026 | v2", ("a", "utm")),
        ("payiz-2026-baku-lal", ("b", "utm")),
        ("payiz", ("c", "exact")),
        ("payiz 20266", None),
        ("2026 payiz", None),
        ("", None),
    ],
)
def test_a_utm_name_is_found_as_whole_words(name: str, found: tuple[str, str] | None) -> None:
    """Whatever stands between its words and around it; the longest of several wins; parts of words are not it."""
    lines = (
        replace(line("a", "meta", "x", 1), utm_campaign="payiz_2026"),
        replace(line("b", "meta", "y", 1), utm_campaign="payiz_2026_baku"),
        replace(line("c", "meta", "z", 1), note="Payiz"),
    )
    proposal = propose("meta", name, lines)
    assert (proposal if proposal and proposal.how != "name" else None) == found


def test_two_lines_of_one_utm_name_are_a_doubt() -> None:
    """The same UTM name on two lines decides nothing."""
    lines = tuple(replace(line(key, "meta", key * 9, 1), utm_campaign="payiz") for key in "pq")
    assert propose("meta", "payiz", lines) is None
    assert propose("meta", "x payiz y", lines) is None


def test_five_numbers_make_a_plan_that_can_be_forecast() -> None:
    """Order, goods, delivery, team and budget are enough: 13 weeks, the whole budget placed, a forecast."""
    numbers = FiveNumbers(58.0, 0.42, 3.2, 1500.0, 10_000.01)
    plan = first_plan(EMPTY, numbers, ["meta", "google", "tiktok"], date(2026, 11, 18))
    assert plan.budget_micros == micros(10_000.01)
    assert sum(w.budget_micros for w in plan.weeks) == plan.budget_micros
    assert plan.period is not None
    assert (plan.period.start, plan.period.days) == (date(2026, 11, 23), 91)
    assert isinstance(forecast(plan, seed=(1,)), Forecast)


def test_next_steps_follow_the_work() -> None:
    """From an empty plan to a locked one that lacks uploads, the first step is the one that is missing."""
    nothing = actuals_of(EMPTY, facts_of([]), {})
    first = next_steps(EMPTY, locked=False, actuals=nothing, campaigns=(), today=START)
    assert [step.code for step in first] == ["ORDER_VALUE", "LINES", "GOAL"]
    plan = usual_plan()
    none = actuals_of(plan, facts_of([]), {})
    assert [s.code for s in next_steps(plan, locked=False, actuals=none, campaigns=(), today=START)] == ["LOCK"]
    running = next_steps(plan, locked=True, actuals=none, campaigns=(), today=week(1))
    assert [s.code for s in running] == ["UPLOAD_FIRST"]
    late = actuals_of(plan, facts_of([]), {"meta": week(2)})
    assert [s.code for s in next_steps(plan, locked=True, actuals=late, campaigns=(), today=week(4))] == ["UPLOAD_LATE"]
    assert [s.code for s in next_steps(plan, locked=True, actuals=late, campaigns=(), today=week(2))] == ["REVIEW"]


def test_campaigns_without_a_line_come_first() -> None:
    """What nobody has matched stands on top, with a proposal that is not yet a match."""
    plan = plan_of(line("p", "meta", "prospecting", 1), line("r", "meta", "retargeting", 1))
    frame = pd.DataFrame(
        [
            ["meta", "", "1", "Prospecting A", 5, "AZN", "prospecting", "p"],
            ["meta", "", "2", "Retargeting B", 9, "AZN", None, None],
            ["meta", "", "3", "left out", 99, "AZN", "outside", None],
        ],
        columns=[
            "platform",
            "account_id",
            "campaign_slot",
            "campaign_name",
            "spend_micros",
            "currency",
            "tactic",
            "line_key",
        ],
    )
    found = campaigns_of(plan, frame)
    assert [(c.campaign_slot, c.line_key, c.proposed, c.decided) for c in found] == [
        ("2", None, "r", False),
        ("3", None, None, True),
        ("1", "p", None, True),
    ]
    assert plan_of(business=BUSINESS).lines == ()
