"""Pacing: the plan's calendar as planned, all spend counted, no platform taken for stopped."""

from datetime import timedelta

import pandas as pd
import pytest

from budget.money import micros
from budget.pacing import day_weights, pacing
from budget.plan import StoredPlan
from budget.rates import Rate
from tests.budget.builders import START, usual_plan, week

SEED = (1, 1, 1, 0)


def daily(rows: list[tuple[int, str, int, str]]) -> pd.DataFrame:
    """Daily facts: day number, platform, micros, currency."""
    frame = pd.DataFrame(rows, columns=["day", "platform", "spend_micros", "currency"])
    frame["date_day"] = pd.to_datetime([START + timedelta(days=day) for day in frame["day"]])
    return frame.astype({"spend_micros": "Int64"})


def planned_days(plan: StoredPlan, count: int) -> list[tuple[int, str, int, str]]:
    """Spend exactly as planned for the first days, in whole micros."""
    assert plan.period is not None
    days = [START + timedelta(days=i) for i in range(plan.period.days)]
    return [(i, "meta", round(x), "AZN") for i, x in enumerate(day_weights(plan, days)[:count])]


@pytest.mark.parametrize("count", [7, 21, 60, 91])
def test_spending_as_planned_ends_on_the_budget(count: int) -> None:
    """Whatever the day, spend along the calendar projects to the budget and is on plan."""
    plan = usual_plan()
    until = {"meta": START + timedelta(days=count)}
    found = pacing(plan, daily(planned_days(plan, count)), until, [], seed=SEED)
    assert found is not None
    assert found.days_done == count
    assert found.pace.projected == pytest.approx(plan.budget_micros / 1e6, rel=1e-6)
    assert found.pace.state == "on"


def test_weights_of_all_days_are_the_budget() -> None:
    """The calendar's days add up to the plan's budget."""
    plan = usual_plan()
    days = [START + timedelta(days=i) for i in range(91)]
    assert day_weights(plan, days).sum() == pytest.approx(plan.budget_micros, rel=1e-12)


def test_all_spend_counts_and_days_end_with_the_slowest_platform() -> None:
    """Two platforms, one uploaded a week less: days count to the slower, its money and the other's both count."""
    plan = usual_plan()
    rows = [(0, "meta", micros(10), "AZN"), (0, "google", micros(5), "AZN"), (10, "meta", micros(7), "AZN")]
    found = pacing(plan, daily(rows), {"meta": week(2), "google": week(1)}, [], seed=SEED)
    assert found is not None
    assert found.days_done == 7
    assert found.spent_micros == micros(15)


def test_dollars_count_at_their_rate() -> None:
    """A dollar account counts at the rate of the day; without a rate it does not count."""
    plan = usual_plan()
    rates = [Rate(START, "USD", "AZN", 1_700_000_000)]
    rows = [(0, "meta", micros(10), "USD")]
    found = pacing(plan, daily(rows), {"meta": week(1)}, rates, seed=SEED)
    assert found is not None
    assert found.spent_micros == micros(17)


def test_before_any_upload_there_is_no_pacing() -> None:
    """No data, no pace."""
    assert pacing(usual_plan(), daily([]), {}, [], seed=SEED) is None
