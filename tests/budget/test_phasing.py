"""Weekly budgets always add up to the line's budget, to the cent."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from budget.money import micros
from budget.phasing import phased, rephased, shape_of, with_week_edits
from tests.budget.builders import START, line, plan_of, week


@given(st.integers(0, 10**9), st.integers(1, 200), st.integers(0, 6))
def test_weeks_add_up_for_any_flight(cents: int, days: int, offset: int) -> None:
    """Whatever the flight, the weeks add up to the budget and lie inside the flight."""
    start = START + timedelta(days=offset)
    flight = replace(line("a", "meta", "x", 0), start_date=start, end_date=start + timedelta(days=days))
    weeks = phased(replace(flight, budget_micros=cents * 10_000))
    assert sum(w.budget_micros for w in weeks) == cents * 10_000
    assert all(w.week_start < start + timedelta(days=days) for w in weeks)


def test_a_half_week_gets_half() -> None:
    """A flight that ends on a Wednesday night gives its last week three sevenths of a full one."""
    flight = replace(line("a", "meta", "x", 170), end_date=START + timedelta(days=17))
    assert [w.budget_micros for w in phased(flight)] == [micros(70), micros(70), micros(30)]


def test_a_new_budget_keeps_the_shape() -> None:
    """Doubling a line's budget doubles each of its weeks."""
    plan = with_week_edits(
        plan_of(line("a", "meta", "x", 400, weeks=4)), {("a", week(0)): micros(250)}, keep_budget=True
    )
    assert [w.budget_micros for w in plan.weeks] == [micros(250)] + [micros(50)] * 3
    doubled = rephased(replace(plan, lines=(replace(plan.lines[0], budget_micros=micros(800)),)))
    assert [w.budget_micros for w in doubled.weeks] == [micros(500)] + [micros(100)] * 3


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 10**8), max_size=13), st.booleans())
def test_typing_in_the_grid_keeps_totals(cells: dict[int, int], keep: bool) -> None:
    """After any typing the weeks add up to the line's budget, and the typed weeks hold what was typed."""
    plan = plan_of(line("a", "meta", "x", 1300.13), line("b", "google", "y", 500))
    edits = {("a", week(n)): cents * 10_000 for n, cents in cells.items()}
    edited = with_week_edits(plan, edits, keep_budget=keep)
    for each in edited.lines:
        assert sum(w.budget_micros for w in edited.weeks if w.line_key == each.line_key) == each.budget_micros
    stored = {(w.line_key, w.week_start): w.budget_micros for w in edited.weeks}
    assert all(stored[cell] == amount for cell, amount in edits.items())
    assert edited.lines[1] == plan.lines[1]


def test_keeping_the_budget_moves_the_other_weeks() -> None:
    """With the budget kept, what one week gains the others lose."""
    plan = plan_of(line("a", "meta", "x", 400, weeks=4))
    kept = with_week_edits(plan, {("a", week(1)): micros(100.5)}, keep_budget=True)
    assert kept.lines[0].budget_micros == micros(400)
    follows = with_week_edits(plan, {("a", week(1)): micros(100.5)}, keep_budget=False)
    assert follows.lines[0].budget_micros == micros(400.5)


def test_a_longer_flight_takes_the_usual_week() -> None:
    """A week that is added to a flight gets the average weight of the ones before."""
    first = line("a", "meta", "x", 300, weeks=3)
    longer = replace(first, end_date=START + timedelta(weeks=4), budget_micros=micros(400))
    assert [w.budget_micros for w in phased(longer, shape_of(first, phased(first)))] == [micros(100)] * 4
