"""Differences of two plans: none to itself, the way back is the inverse, and money adds up to the micro."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.differences import differences, inverse
from budget.plan import PlanAssumption, PlanCost, PlanEvent, PlanLine, PlanObjective, PlanWeek, StoredPlan
from budget.plan_changes import Change
from budget.present.numbers import numbers_for
from budget.present.version_words import budget_sentence, count_sentence, difference_rows
from budget.present.words import LANGUAGES, words_for
from tests.budget.builders import usual_plan

MONDAY = date(2026, 3, 2)
keys = st.sampled_from(("a", "b", "c"))
money = st.integers(0, 3)
days = st.sampled_from([MONDAY + timedelta(weeks=n) for n in range(3)])


def unique(kind: st.SearchStrategy[Any], *names: str) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three values that differ in these fields."""
    lists = st.lists(kind, max_size=3, unique_by=lambda item: tuple(getattr(item, name) for name in names))
    return lists.map(tuple)


lines = unique(
    st.builds(PlanLine, keys, st.sampled_from(("meta", "x")), st.just("video"), budget_micros=money, owner=keys),
    "line_key",
)
plans = st.builds(
    StoredPlan,
    plan_id=st.integers(1, 2),
    workspace_id=st.just(1),
    name=keys,
    currency=st.sampled_from(("AZN", "EUR")),
    lines=lines,
    weeks=unique(st.builds(PlanWeek, keys, days, money), "line_key", "week_start"),
    objectives=unique(st.builds(PlanObjective, keys, st.just("profit"), target_micros=money), "objective_key"),
    assumptions=unique(
        st.builds(PlanAssumption, st.sampled_from(("a", "business")), keys, st.just(1.0), st.just(2.0), money),
        "scope",
        "key",
    ),
    costs=st.lists(st.builds(PlanCost, st.just("people"), money), max_size=2).map(tuple),
    events=st.lists(st.builds(PlanEvent, keys, days, days), max_size=2).map(tuple),
)


def bag(changes: tuple[Change, ...]) -> list[str]:
    """The changes whatever their order."""
    return sorted(map(repr, changes))


@given(plan=plans, name=keys)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_plan_differs_from_itself_in_nothing(plan: StoredPlan, name: str) -> None:
    """The same plan, or a copy under another name and number, has no difference and no other money."""
    for same in (plan, replace(plan, name=name, plan_id=9, version=7, status="locked")):
        found = differences(plan, same)
        assert found.is_empty
        assert found.budget_micros == 0
        assert not [line for line in found.lines if line.weeks or line.budget_micros]


@given(before=plans, after=plans)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_way_back_is_the_inverse(before: StoredPlan, after: StoredPlan) -> None:
    """From b to a: the same changes turned round, each line's money with the other sign, twice turned as it was."""
    there, back = differences(before, after), differences(after, before)
    assert bag(inverse(there.changes)) == bag(back.changes)
    assert inverse(inverse(there.changes)) == there.changes
    assert back.budget_micros == -there.budget_micros
    turned = {line.line_key: line for line in back.lines}
    for line in there.lines:
        assert turned[line.line_key].budget_micros == -line.budget_micros
        assert turned[line.line_key].weeks == line.weeks


@given(before=plans, after=plans)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_lines_add_up_to_the_whole(before: StoredPlan, after: StoredPlan) -> None:
    """The differences of the lines' budgets sum to the difference of the plans' budgets, to the micro."""
    found = differences(before, after)
    assert sum(line.budget_micros for line in found.lines) == after.budget_micros - before.budget_micros
    assert found.after_micros - found.before_micros == found.budget_micros


def test_every_kind_of_change_is_told() -> None:
    """A line added, removed, renamed owner, other weeks, a figure, a goal, an event and the currency: each once."""
    before = usual_plan()
    first, second, third = before.lines
    new = PlanLine("new", "x", "video", budget_micros=5)
    moved = tuple(
        replace(week, budget_micros=week.budget_micros + 7) if n == 0 else week for n, week in enumerate(before.weeks)
    )
    after = replace(
        before, currency="EUR", lines=(replace(first, owner="Leyla"), second, new),
        weeks=tuple(week for week in moved if week.line_key != third.line_key),
        assumptions=tuple(replace(a, likely=a.likely * 1.1, high=a.high * 2) if n == 0 else a
                          for n, a in enumerate(before.assumptions)),
        events=(PlanEvent("Novruz", MONDAY, MONDAY + timedelta(days=5), 1.5),),
        objectives=(replace(before.objectives[0], target_micros=9),),
    )  # fmt: skip
    found = differences(before, after)
    assert found.counted("lines") == {"added": 1, "removed": 1, "changed": 1}
    assert found.counted("assumptions") == {"changed": 1}
    assert {"events", "objectives", "plan"} <= {change.part for change in found.changes}
    assert found.budget_micros == 5 - third.budget_micros
    assert [line.weeks for line in found.lines if line.line_key == first.line_key] == [(before.weeks[0].week_start,)]


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_the_words_hold_the_figures(lang: str) -> None:
    """Budget before, after and difference stand in the sentence, and each change has a row with both values."""
    words, numbers = words_for(lang), numbers_for(lang, "AZN")
    before = usual_plan()
    first = before.lines[0]
    more = replace(first, budget_micros=first.budget_micros + 1_250_000, owner="Leyla")
    after = replace(before, lines=(more, *before.lines[1:]))
    found = differences(before, after)
    said = budget_sentence(words, numbers, found)
    for amount in (before.budget_micros, after.budget_micros):
        assert numbers.money_exact(amount) in said
    assert numbers.signed(1.25, 2) in said
    assert count_sentence(words, found)
    rows = difference_rows(words, numbers, found, before, after)
    assert (numbers.money_exact(first.budget_micros), numbers.money_exact(more.budget_micros)) in {r[1:] for r in rows}
    assert "Leyla" in {row[2] for row in rows}
    assert len(rows) == 2


def test_a_week_without_money_is_no_difference() -> None:
    """A stored week of 0 and no stored week say the same."""
    plan = StoredPlan(1, 1, "Plan", "AZN", lines=(PlanLine("a", "meta", "video"),))
    assert differences(plan, replace(plan, weeks=(PlanWeek("a", MONDAY, 0),))).is_empty
    assert not differences(plan, replace(plan, weeks=(PlanWeek("a", MONDAY, 1),))).is_empty
