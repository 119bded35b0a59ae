"""Typed rows become a plan; what cannot be read keeps its old value and is said; weeks add up to the cent."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.editing import figure_of
from budget.money import micros
from budget.plan import StoredPlan
from budget.present.numbers import numbers_for
from budget.typed_lines import TypedPlan, typed_lines
from budget.typed_weeks import typed_weeks
from tests.budget.builders import START, line, plan_of, usual_plan, week

NUMBERS = numbers_for("en", "AZN")
TODAY = date(2026, 9, 1)
Rows = list[dict[str, object]]


def rows_of(plan: StoredPlan) -> Rows:
    """The plan's lines as the editor shows them."""
    return [
        {
            "key": x.line_key, "platform": x.platform, "tactic": x.tactic, "objective": x.objective_key,
            "start": NUMBERS.cell_date(x.start_date), "end": "06.12.2026", "budget": NUMBERS.cell(x.budget_micros),
            "status": x.commitment, "owner": x.owner, "audience": x.audience_key, "utm": x.utm_campaign,
            "note": x.note, "people": "400,000",
        }
        for x in plan.lines
    ]  # fmt: skip


def typed(plan: StoredPlan, /, **cells: object) -> TypedPlan:
    """The plan after cells of its first row were typed over."""
    rows = rows_of(plan)
    rows[0] |= cells
    return typed_lines(plan, rows, NUMBERS.writing, TODAY)


def test_untouched_rows_change_nothing() -> None:
    """A table that nobody typed into is the plan, to the last field."""
    plan = usual_plan()
    assert typed(plan) == TypedPlan(plan)


def test_typed_cells_are_taken() -> None:
    """Every column of a row reaches the line, and the weeks follow the budget."""
    found = typed(
        usual_plan(), budget="12 345,67", status="optional", owner=" Leyla ", note="till we know", utm="autumn-1",
        objective="sales", start="14.09.2026", people="1,000,000",
    )  # fmt: skip
    first = found.plan.lines[0]
    assert found.findings == ()
    assert (first.budget_micros, first.commitment, first.owner, first.note) == (
        micros("12345.67"), "optional", "Leyla", "till we know",
    )  # fmt: skip
    assert (first.utm_campaign, first.objective_key, first.start_date) == ("autumn-1", "sales", date(2026, 9, 14))
    people = figure_of(found.plan, first.line_key, "audience")
    assert people is not None
    assert people.likely == 1_000_000
    assert sum(w.budget_micros for w in found.plan.weeks if w.line_key == first.line_key) == micros("12345.67")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"budget": "lots"}, "NUMBER_UNREADABLE"),
        ({"budget": "-1"}, "NUMBER_BELOW_ZERO"),
        ({"budget": "5 USD"}, "NUMBER_CURRENCY"),
        ({"budget": "9999999999"}, "NUMBER_TOO_LARGE"),
        ({"people": "many"}, "NUMBER_UNREADABLE"),
        ({"start": "soon"}, "DAY_UNREADABLE"),
        ({"end": "01.08.2026"}, "FLIGHT_IMPOSSIBLE"),
        ({"end": "01.08.2036"}, "FLIGHT_IMPOSSIBLE"),
        ({"platform": "myspace"}, "CHOICE_UNKNOWN"),
        ({"tactic": "luck"}, "CHOICE_UNKNOWN"),
    ],
)
def test_what_cannot_be_read_keeps_the_old_value(cells: dict[str, object], code: str) -> None:
    """The plan stays as it was, and one finding names the line and what was found."""
    plan = usual_plan()
    found = typed(plan, **cells)
    assert found.plan == plan
    assert [(each.code, each.where, each.severity) for each in found.findings] == [(code, "meta-prospecting", "stop")]


def test_the_last_good_value_survives_a_bad_one() -> None:
    """First a number, then rubbish in the same cell: the number stays."""
    plan = typed(usual_plan(), budget="777").plan
    assert typed(plan, budget="777 or so").plan.lines[0].budget_micros == micros(777)


def test_a_value_typed_back_is_a_change_too() -> None:
    """An amount changed and then typed back as it was is stored as it was."""
    plan = usual_plan()
    again = typed(typed(plan, budget="777").plan, budget=NUMBERS.cell(plan.lines[0].budget_micros))
    assert [x.budget_micros for x in again.plan.lines] == [x.budget_micros for x in plan.lines]


def test_money_finer_than_a_cent_is_not_rounded_by_looking() -> None:
    """An untouched cell shows cents and keeps the micros behind them."""
    plan = plan_of(replace(line("a", "meta", "video", 0), budget_micros=10_000_004_321))
    assert typed(plan).plan.lines == plan.lines


def test_new_rows_become_lines_and_half_rows_wait() -> None:
    """A row with platform and tactic is a line with figures; one without both is none yet."""
    plan = usual_plan()
    new: Rows = [
        {"platform": "linkedin", "tactic": "leads", "budget": "1,000.01", "start": "05.10.2026", "end": "31.10.2026"},
        {"platform": "linkedin", "tactic": None, "budget": "5"},
    ]
    found = typed_lines(plan, [*rows_of(plan), *new], NUMBERS.writing, TODAY).plan
    assert [x.line_key for x in found.lines[3:]] == ["linkedin-leads"]
    assert found.lines[3].end_date == date(2026, 11, 1)
    assert sum(w.budget_micros for w in found.weeks if w.line_key == "linkedin-leads") == micros("1000.01")
    assert figure_of(found, "linkedin-leads", "cpm")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["budget", "people", "start", "end", "owner", "utm"]), st.text(max_size=20)))
def test_hostile_cells_neither_raise_nor_break_the_weeks(cells: dict[str, str]) -> None:
    """Whatever is typed, weeks add up to budgets, and typing the same again changes nothing more."""
    found = typed(usual_plan(), **cells).plan
    for x in found.lines:
        assert sum(w.budget_micros for w in found.weeks if w.line_key == x.line_key) == (
            x.budget_micros if x.flight else 0
        )
    assert typed(found, **cells).plan == found


def test_typed_weeks_move_the_budget_or_keep_it() -> None:
    """A typed week counts as typed; the budget follows, or the other weeks give way; typed back, it is back."""
    plan = plan_of(line("a", "meta", "video", 400, weeks=4))
    moved = typed_weeks(plan, {("a", week(0)): "250,5"}, NUMBERS.writing, keep_budget=False).plan
    assert moved.lines[0].budget_micros == micros("550.5")
    kept = typed_weeks(plan, {("a", week(0)): "250"}, NUMBERS.writing, keep_budget=True).plan
    assert [w.budget_micros for w in kept.weeks] == [micros(250)] + [micros(50)] * 3
    back = typed_weeks(moved, {("a", week(0)): "100.00"}, NUMBERS.writing, keep_budget=False).plan
    assert (back.lines, back.weeks) == (plan.lines, plan.weeks)


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        (("a", week(1)), "much", "NUMBER_UNREADABLE"),
        (("a", week(9)), "5", "WEEK_OUTSIDE"),
        (("a", week(1)), "999999999", "NUMBER_TOO_LARGE"),
    ],
    ids=["unreadable", "outside", "large"],
)
def test_weeks_that_cannot_be_taken_are_said(cell: tuple[str, date], text: str, code: str) -> None:
    """Rubbish, money outside the flight, and a line of a billion: nothing changes, and the line is named."""
    plan = plan_of(line("a", "meta", "video", 400_000_000, weeks=4))
    found = typed_weeks(plan, {cell: text}, NUMBERS.writing, keep_budget=False)
    assert (found.plan, [(x.code, x.where) for x in found.findings]) == (plan, [(code, "a")])


def test_an_empty_week_is_zero_and_none_outside_is_silent() -> None:
    """An emptied cell holds no money; cells of weeks without the line stay empty without a word."""
    plan = plan_of(line("a", "meta", "video", 400, weeks=4))
    found = typed_weeks(plan, {("a", START): None, ("a", week(9)): None}, NUMBERS.writing, keep_budget=False)
    assert found.findings == ()
    assert [w.budget_micros for w in found.plan.weeks] == [0] + [micros(100)] * 3
