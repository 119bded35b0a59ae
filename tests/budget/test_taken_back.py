"""A dropped decision's money comes back as it was, and only its money."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.decisions import applied
from budget.effects import JUDGED, expected
from budget.ground import Ground, ground_of
from budget.money import MICROS
from budget.moves import usual_week
from budget.plan import StoredPlan
from budget.store import Decision
from budget.store.review_values import Action
from budget.taken_back import taken_back
from tests.budget.asking import KEYS, SEED
from tests.budget.builders import START, usual_plan

NOW = START + timedelta(weeks=4)
PLAN = usual_plan()
CENT = 10_000


@pytest.fixture(scope="module")
def ground() -> Ground:
    """The ground of the fifth week."""
    found = ground_of(PLAN, NOW, seed=SEED)
    assert isinstance(found, Ground)
    return found


def coming(plan: StoredPlan, key: str) -> list[int]:
    """A line's weeks from the fifth on."""
    return [w.budget_micros for w in plan.weeks if w.line_key == key and w.week_start >= NOW]


def decided(ground: Ground, key: str, amount: int) -> Decision:
    """A line's usual week comes to be this amount."""
    before = usual_week(coming(PLAN, key))
    basis = expected(ground, {key: amount}, seed=SEED)[key].basis()
    action: Action = "scale" if amount > before else "cut"
    line = PLAN.line(key)
    return Decision(NOW, action, "AZN", line.platform, line.tactic, key, amount, before_micros=before, basis=basis)


@settings(max_examples=20)
@given(st.sampled_from(KEYS), st.integers(0, 9_000).map(lambda units: units * MICROS))
def test_what_was_moved_comes_back(ground: Ground, key: str, amount: int) -> None:
    """The weeks that the decision kept to the micro, the sum of all to one a week, though it was cut to nothing."""
    one = decided(ground, key, amount)
    moved = applied(PLAN, [one], NOW)
    back = taken_back(moved, one, NOW)
    assert coming(back, key)[:JUDGED] == coming(PLAN, key)[:JUDGED]
    assert abs(sum(coming(back, key)) - sum(coming(PLAN, key))) <= len(coming(PLAN, key))
    assert all(abs(a - b) <= 2 * CENT for a, b in zip(coming(back, key), coming(PLAN, key), strict=True) if amount)
    assert [w for w in back.weeks if w.line_key != key] == [w for w in PLAN.weeks if w.line_key != key]
    assert back.budget_micros == sum(w.budget_micros for w in back.weeks)


def test_what_was_not_moved_or_moved_again_stays(ground: Ground) -> None:
    """Saved without the plan, already taken back, changed by hand since, of a baseline, or over: nothing happens."""
    key = KEYS[0]
    one = decided(ground, key, 500 * MICROS)
    moved = applied(PLAN, [one], NOW)
    by_hand = replace(
        moved, weeks=tuple(replace(w, budget_micros=7) if w.week_start == NOW else w for w in moved.weeks)
    )
    last = max(w.week_start for w in moved.weeks if w.line_key == key)
    later = replace(moved, weeks=tuple(replace(w, budget_micros=7) if w.week_start == last else w for w in moved.weeks))
    for plan in (PLAN, taken_back(moved, one, NOW), by_hand, later, replace(moved, status="locked")):
        assert taken_back(plan, one, NOW) is plan
    assert taken_back(moved, one, NOW + timedelta(weeks=20)) is moved
    assert taken_back(moved, replace(one, action="fix"), NOW) is moved


def test_a_week_later_the_weeks_left_come_back(ground: Ground) -> None:
    """The week that was spent by the decision stays as it is in the plan."""
    key = KEYS[0]
    one = decided(ground, key, 500 * MICROS)
    moved = applied(PLAN, [one], NOW)
    back = taken_back(moved, one, NOW + timedelta(weeks=1))
    assert coming(back, key)[0] == coming(moved, key)[0] != coming(PLAN, key)[0]
    assert coming(back, key)[1:JUDGED] == coming(PLAN, key)[1:JUDGED]


def test_a_week_without_money_stays_without() -> None:
    """A line with a hole in its flight: it is not filled, and the sum is the one from before."""
    key, last = KEYS[0], max(w.week_start for w in PLAN.weeks)
    holes = (NOW + timedelta(weeks=1), last)
    weeks = tuple(replace(w, budget_micros=0) if w.line_key == key and w.week_start in holes else w for w in PLAN.weeks)
    holed = replace(PLAN, weeks=weeks)
    found = ground_of(holed, NOW, seed=SEED)
    assert isinstance(found, Ground)
    one = replace(decided(found, key, 500 * MICROS), before_micros=usual_week(coming(holed, key)))
    back = taken_back(applied(holed, [one], NOW), one, NOW)
    assert [bool(x) for x in coming(back, key)] == [bool(x) for x in coming(holed, key)]
    assert abs(sum(coming(back, key)) - sum(coming(holed, key))) <= len(coming(holed, key))
