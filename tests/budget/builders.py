"""Plans and uploads for tests, small enough to check by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from budget.business import Business, with_business
from budget.money import micros
from budget.phasing import rephased
from budget.plan import PlanAssumption, PlanLine, PlanObjective, StoredPlan
from budget.ranges import Range

START = date(2026, 9, 7)
BUSINESS = Business(
    order_value=Range(50.0, 58.0, 66.0),
    vat_share=0.18,
    discount_share=0.06,
    returns_share=0.045,
    cogs_share=0.42,
    fulfilment_per_order=3.2,
    payment_fee_share=0.02,
    return_handling_per_return=2.5,
    incrementality=Range(0.55, 0.68, 0.8),
    monthly_micros={"people": micros(1500), "tools": micros(120)},
)
LINES = (
    ("meta-prospecting", "meta", "prospecting", 9000.0, (4.0, 0.013, 0.019)),
    ("google-search", "google", "search", 5200.5, (30.0, 0.06, 0.045)),
    ("tiktok-awareness", "tiktok", "awareness", 2600.01, (2.0, 0.006, 0.005)),
)


def line(key: str, platform: str, tactic: str, budget: float, *, weeks: int = 13) -> PlanLine:
    """A line that runs whole weeks from `START`."""
    end = START + timedelta(weeks=weeks)
    return PlanLine(key, platform, tactic, start_date=START, end_date=end, budget_micros=micros(budget))


def figure(scope: str, key: str, likely: float, spread: float = 1.5) -> PlanAssumption:
    """A figure with its range a factor `spread` around it."""
    return PlanAssumption(scope, key, likely / spread, likely, likely * spread, "", "own")


def plan_of(*lines: PlanLine, business: Business = BUSINESS, figures: Sequence[PlanAssumption] = ()) -> StoredPlan:
    """A draft in AZN with its weeks phased evenly."""
    goal = PlanObjective("main", "profit", target_micros=micros(1000), due_date=START + timedelta(weeks=13))
    plan = StoredPlan(1, 1, "Autumn", "AZN", lines=lines, assumptions=tuple(figures), objectives=(goal,))
    return rephased(with_business(plan, business))


def usual_plan(business: Business = BUSINESS) -> StoredPlan:
    """Three lines over 13 weeks."""
    lines = [line(key, platform, tactic, budget) for key, platform, tactic, budget, _ in LINES]
    rates = [
        figure(key, name, x) for key, _, _, _, row in LINES for name, x in zip(("cpm", "ctr", "cvr"), row, strict=True)
    ]
    reach = [figure(key, "audience", 400_000.0, 2.0) for key, *_ in LINES]
    return plan_of(*lines, business=business, figures=[*rates, *reach])


def facts_of(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Weekly facts as `Store.facts` gives them by platform and line_key."""
    whole = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
    frame = pd.DataFrame(list(rows), columns=["week_start", "platform", "line_key", "currency", *whole])
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    return frame.astype(dict.fromkeys(whole, "Int64"))


def week(number: int) -> date:
    """The Monday of the plan's n-th week, from 0."""
    return START + timedelta(weeks=number)


def fact(number: int, platform: str, line_key: str | None, **measures: int | None) -> dict[str, object]:
    """One row of facts."""
    return {"week_start": week(number), "platform": platform, "line_key": line_key, "currency": "AZN"} | measures


def draft(plan: StoredPlan, **changes: object) -> StoredPlan:
    """The plan with fields replaced."""
    return replace(plan, **changes)  # type: ignore[arg-type]  # a test's own fields
