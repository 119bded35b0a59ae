"""Pacing by platform: shares of the plan's own pacing, and suggestions that follow the calendar within limits."""

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.money import micros
from budget.pacing import Pacing, day_weights, pacing
from budget.plan import StoredPlan
from budget.platform_pacing import CENT, MOST_MOVE, PlatformPace, platform_paces
from budget.rates import Rate
from tests.budget.builders import START, line, plan_of, usual_plan

SEED = (1, 1, 1, 0)
DAYS = [START + timedelta(days=n) for n in range(91)]
PLATFORMS = ("meta", "google", "tiktok")


def daily(spent: Mapping[str, list[int]], currency: str = "AZN") -> pd.DataFrame:
    """Daily facts: micros by platform from the first day of the plan on."""
    rows = [
        {"date_day": pd.Timestamp(DAYS[n]), "platform": name, "spend_micros": amount, "currency": currency}
        for name, row in spent.items()
        for n, amount in enumerate(row)
    ]
    return pd.DataFrame(rows).astype({"spend_micros": "Int64"})


def paced(
    plan: StoredPlan, spent: Mapping[str, list[int]], rates: list[Rate] | None = None, currency: str = "AZN"
) -> tuple[Pacing, dict[str, PlatformPace]]:
    """The plan's pacing and each platform's, after the days that are given."""
    count = min(len(row) for row in spent.values())
    until = dict.fromkeys(spent, START + timedelta(days=count))
    rows = daily(spent, currency)
    found = pacing(plan, rows, until, rates or [], seed=SEED)
    assert found is not None
    return found, {row.platform: row for row in platform_paces(plan, rows, rates or [], found, seed=SEED)}


def ideal(plan: StoredPlan, count: int) -> dict[str, list[int]]:
    """Every platform spends exactly its calendar."""
    return {name: [round(x) for x in day_weights(plan, DAYS, platform=name)[:count]] for name in PLATFORMS}


@pytest.mark.parametrize("count", [7, 20, 60, 90, 91])
def test_spending_the_calendar_is_on_at_any_elapsed(count: int) -> None:
    """Each platform that spends its calendar is on, ends on its budget, and is asked for its calendar's day."""
    plan = usual_plan()
    _, rows = paced(plan, ideal(plan, count))
    for each in rows.values():
        assert each.state == "on"
        assert each.projected_micros == pytest.approx(each.budget_micros, rel=1e-6)
        assert each.ideal_micros == pytest.approx(each.spent_micros, abs=100)
        assert each.suggested_micros == pytest.approx(each.wanted_micros, abs=2 * CENT)
        assert each.meets
    if count == 91:
        assert [each.suggested_micros for each in rows.values()] == [0, 0, 0]


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 90), st.lists(st.floats(0, 4), min_size=3, max_size=3))
def test_platforms_add_up_to_the_plan(count: int, factors: list[float]) -> None:
    """Whatever was spent: budgets, money spent, ends and required days of platforms sum to the plan's exactly."""
    plan = usual_plan()
    spent = {
        name: [round(x * factor) for x in row]
        for (name, row), factor in zip(ideal(plan, count).items(), factors, strict=True)
    }
    found, rows = paced(plan, spent)
    total = list(rows.values())
    assert sum(x.budget_micros for x in total) == found.budget_micros
    assert sum(x.spent_micros for x in total) == found.spent_micros
    assert sum(x.projected_micros for x in total) == pytest.approx(found.pace.projected * 1e6, abs=5)
    assert sum(x.required_micros for x in total) == found.required_day_micros
    assert found.required_day_micros == pytest.approx(found.pace.required_day * 1e6, abs=CENT + 1)
    for each in total:
        assert each.pacing is not None
        assert each.pacing.pace.path[-1] * 1e6 == pytest.approx(each.projected_micros, abs=5)
        assert each.pacing.pace.path[count - 1] * 1e6 == pytest.approx(each.spent_micros, abs=5)


@settings(max_examples=15, deadline=None)
@given(st.integers(7, 90), st.floats(0.05, 5))
def test_a_suggestion_moves_at_most_by_its_limit(count: int, factor: float) -> None:
    """Suggestions are whole cents within 30 % of the last seven days' mean."""
    plan = usual_plan()
    _, rows = paced(plan, {name: [round(x * factor) for x in row] for name, row in ideal(plan, count).items()})
    for each in rows.values():
        assert each.suggested_micros % CENT == 0
        if each.suggested_micros and each.recent_micros:
            assert abs(each.suggested_micros / each.recent_micros - 1) <= MOST_MOVE + 1e-9


def test_what_a_limited_move_cannot_meet_is_said() -> None:
    """A tenth of the calendar until two weeks before the end: 30 % a week more cannot spend the rest; half can."""
    plan = usual_plan()
    slow = {name: [x // 10 for x in row] for name, row in ideal(plan, 77).items()}
    assert not any(each.meets for each in paced(plan, slow)[1].values())
    half = {name: [x * 9 // 10 for x in row] for name, row in ideal(plan, 28).items()}
    assert all(each.meets for each in paced(plan, half)[1].values())


def test_a_platform_beyond_its_budget_needs_nothing() -> None:
    """Meta has spent more than its budget: what the whole plan has left goes to the others by what they have left."""
    plan = usual_plan()
    spent = ideal(plan, 28) | {"meta": [micros(400)] * 28}
    found, rows = paced(plan, spent)
    assert rows["meta"].required_micros == rows["meta"].suggested_micros == 0
    assert not rows["meta"].meets
    assert rows["google"].required_micros + rows["tiktok"].required_micros == found.required_day_micros


def test_a_dollar_account_is_told_its_suggestion_in_dollars() -> None:
    """At 1.7 manat a dollar the suggestion is typed into the account as manat / 1.7; without a rate there is none."""
    plan = plan_of(line("m", "meta", "prospecting", 9100.0))
    spent = {"meta": [micros(50)] * 14}
    rate = Rate(START, "USD", "AZN", 1_700_000_000)
    _, rows = paced(plan, spent, [rate], "USD")
    assert rows["meta"].spent_micros == micros(14 * 85)
    code, amount = rows["meta"].in_account or ("", 0)
    assert code == "USD"
    assert amount == pytest.approx(rows["meta"].suggested_micros / 1.7, abs=CENT)
    assert paced(plan, spent)[1]["meta"].in_account is None
