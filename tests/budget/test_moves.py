"""Weeks of a line at another usual week."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.moves import moved_weeks, usual_week

CENT = 10_000
weeks = st.lists(st.integers(0, 10**6).map(lambda cents: cents * CENT), min_size=1, max_size=14)
amounts = st.integers(0, 10**6).map(lambda cents: cents * CENT)


@settings(max_examples=80)
@given(weeks, amounts)
def test_the_sum_is_exact_and_the_shape_stays(before: list[int], amount: int) -> None:
    """The weeks with money come to the new week times their number; each is its share of it, to two cents."""
    assume(any(before))
    after = moved_weeks(before, amount)
    paid = sum(1 for week in before if week)
    if amount == usual_week(before):
        assert after == tuple(before)
        return
    assert sum(after) == amount * paid
    assert all(abs(new - amount * paid * old / sum(before)) <= 2 * CENT for new, old in zip(after, before, strict=True))
    assert [new for new, old in zip(after, before, strict=True) if not old and new] == []


@settings(max_examples=80)
@given(weeks, amounts)
def test_moved_there_it_stays_there(before: list[int], amount: int) -> None:
    """The same move twice is the first one, as long as no week was emptied by it."""
    once = moved_weeks(before, amount)
    assume(all(bool(new) == bool(old) for new, old in zip(once, before, strict=True)))
    assert moved_weeks(once, amount) == once


@pytest.mark.parametrize(
    ("before", "amount", "parts", "after"),
    [
        ((100 * CENT, 300 * CENT), 300 * CENT, (), (150 * CENT, 450 * CENT)),
        ((0, 0, 0), 70 * CENT, (0.0, 1.0, 0.5), (0, 93 * CENT + 0, 47 * CENT)),
        ((0, 0), 70 * CENT, (0.0, 0.0), (0, 0)),
        ((500 * CENT,), 0, (), (0,)),
    ],
    ids=("in-proportion", "where-none-had-any", "where-it-does-not-run", "to-nothing"),
)
def test_by_hand(before: tuple[int, ...], amount: int, parts: tuple[float, ...], after: tuple[int, ...]) -> None:
    """Cases that can be worked out on paper."""
    assert moved_weeks(before, amount, parts) == after
