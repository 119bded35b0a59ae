"""Acts on lines: copies, repeats, statuses, UTM names, target budgets, phasing patterns."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.editing import figure_of, with_lines
from budget.line_copies import with_commitment, with_copies, with_repeated, without
from budget.money import micros
from budget.patterns import PATTERNS, Pattern, Shape, with_pattern
from budget.plan import Commitment, PlanAssumption, PlanEvent, StoredPlan
from budget.targets import commitment_totals, spread_to_target, target_of, with_target
from budget.utm import built_utm, check_utm, with_utm_names
from tests.budget.builders import START, line, plan_of, usual_plan, week

META, GOOGLE, TIKTOK = "meta-prospecting", "google-search", "tiktok-awareness"


def money(plan: StoredPlan, key: str) -> list[int]:
    """A line's weeks in micros, in order; asserts that they add up to its budget."""
    found = [w.budget_micros for w in sorted(plan.weeks, key=lambda w: w.week_start) if w.line_key == key]
    assert sum(found) == plan.line(key).budget_micros
    return found


def test_a_copy_has_figures_and_weeks_of_its_own() -> None:
    """Right below the line: same budget, same odd weeks, same figures; the UTM name stays with the first."""
    plan = usual_plan()
    odd = tuple(replace(w, budget_micros=w.budget_micros + (n - 6) * 10_000) for n, w in enumerate(plan.weeks[:13]))
    plan = replace(with_utm_names(plan), weeks=(*odd, *plan.weeks[13:]))
    copied = with_copies(plan, [META])
    assert [x.line_key for x in copied.lines] == [META, f"{META}-2", GOOGLE, TIKTOK]
    assert money(copied, f"{META}-2") == money(plan, META)
    assert figure_of(copied, f"{META}-2", "cpm") == figure_of(plan, META, "cpm")
    assert copied.line(f"{META}-2").utm_campaign == ""
    assert without(copied, [f"{META}-2"]) == plan


def test_a_repeated_flight_begins_after_the_end() -> None:
    """All lines once more, 13 weeks later, week for week the same money."""
    plan = usual_plan()
    twice = with_repeated(plan)
    assert len(twice.lines) == 6
    for key in (META, GOOGLE, TIKTOK):
        old, new = plan.line(key), twice.line(f"{key}-2")
        assert old.start_date is not None
        assert (new.start_date, new.budget_micros) == (old.start_date + timedelta(weeks=13), old.budget_micros)
        assert money(twice, f"{key}-2") == money(plan, key)
    assert with_repeated(replace(plan, lines=(), weeks=())).lines == ()


def test_figures_of_the_plan_as_a_whole_survive_edits_of_lines() -> None:
    """Seasons, set-ups and targets belong to no line and stay when lines come and go."""
    whole = [PlanAssumption(scope, "x", 1, 1, 1) for scope in ("season", "setup:agency", "business")]
    plan = replace(usual_plan(), assumptions=(*usual_plan().assumptions, *whole))
    edited = without(with_copies(plan, [META]), [GOOGLE])
    assert set(whole) <= set(edited.assumptions)
    assert GOOGLE not in {a.scope for a in with_lines(edited, edited.lines).assumptions}


def test_utm_names_are_built_and_unique() -> None:
    """Platform, tactic, objective and month; the second of a kind gets a number; names that are there stay."""
    plan = with_copies(usual_plan(), [META])
    plan = replace(plan, lines=(replace(plan.lines[0], objective_key="sales"), *plan.lines[1:]))
    named = with_utm_names(plan)
    assert [x.utm_campaign for x in named.lines] == [
        "meta-prospecting-sales-2026-09", "meta-prospecting-2026-09", "google-search-2026-09",
        "tiktok-awareness-2026-09",
    ]  # fmt: skip
    assert check_utm(named) == ()
    assert with_utm_names(named) == named
    assert built_utm(named.lines[1], [named.lines[1].utm_campaign.upper()]) == "meta-prospecting-2026-09-2"
    assert built_utm(replace(named.lines[1], objective_key="Yay satışı!")) == "meta-prospecting-yay_satisi-2026-09"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("payiz 2026", "", ""), [("UTM_CHARACTERS", META)]),
        (("payız", "a_b.c~1-2", ""), [("UTM_CHARACTERS", META)]),
        (("One", "one", "two"), [("UTM_TWICE", META), ("UTM_TWICE", GOOGLE)]),
        (("", "", ""), []),
    ],
)
def test_utm_names_are_checked(names: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    """Letters that links would change, and one name on two lines, whatever its case."""
    plan = usual_plan()
    lines = tuple(replace(x, utm_campaign=name) for x, name in zip(plan.lines, names, strict=True))
    assert [(x.code, x.where) for x in check_utm(replace(plan, lines=lines))] == found


def test_a_target_is_kept_to_the_cent_and_taken_back() -> None:
    """What was entered is read back; 0 is no target; the statuses sum to the budget."""
    plan = with_target(usual_plan(), micros("123456.78"))
    assert target_of(plan) == micros("123456.78")
    assert target_of(with_target(plan, 0)) is None
    assert with_target(plan, None).assumptions == usual_plan().assumptions
    mixed = with_commitment(plan, [GOOGLE], "optional")
    assert commitment_totals(mixed) == {
        "committed": micros("11600.01"), "forecast": 0, "optional": micros("5200.5"),
    }  # fmt: skip


STATUSES: st.SearchStrategy[Commitment] = st.sampled_from(("committed", "forecast", "optional"))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**8), st.tuples(STATUSES, STATUSES, STATUSES))
def test_the_difference_goes_to_lines_that_are_not_committed(cents: int, statuses: tuple[Commitment, ...]) -> None:
    """Whatever the target: committed lines stay, the sum meets it to the cent or says what is left, weeks add up."""
    base = usual_plan()
    lines = tuple(replace(x, commitment=status) for x, status in zip(base.lines, statuses, strict=True))
    plan = with_target(replace(base, lines=lines), cents * 10_000)
    found = spread_to_target(plan)
    for x in plan.lines:
        if x.commitment == "committed":
            assert found.plan.line(x.line_key) == x
        assert found.plan.line(x.line_key).budget_micros >= 0
        money(found.plan, x.line_key)
    assert found.plan.budget_micros + found.left_micros == (target_of(plan) or plan.budget_micros + found.left_micros)
    if cents and "committed" not in statuses:
        assert found.left_micros == 0


def test_the_difference_is_spread_in_proportion() -> None:
    """1,500 too little on lines of 200 and 100: 1,000 and 500 more."""
    plan = plan_of(line("a", "meta", "video", 200), line("b", "x", "video", 100), line("c", "google", "search", 50))
    plan = with_target(with_commitment(plan, ["a", "b"], "forecast"), micros(1850))
    assert [x.budget_micros for x in spread_to_target(plan).plan.lines] == [micros(1200), micros(600), micros(50)]


def test_patterns_have_the_shapes_that_they_name() -> None:
    """Even; half in the first quarter; two weeks on and two off; by events; as the last period, stretched."""
    plan = plan_of(line("a", "meta", "video", 800, weeks=8))
    sale = PlanEvent("Sale", week(3), week(4), factor=3.0, price_factor=1.5)

    def shaped(shape: Shape, base: StoredPlan = plan) -> list[float]:
        return [amount / 1e6 for amount in money(with_pattern(base, shape), "a")]

    assert shaped(Shape("even")) == [100] * 8
    assert shaped(Shape("burst")) == [200, 200] + [66.67] * 4 + [66.66] * 2
    assert shaped(Shape("pulse")) == [200, 200, 0, 0, 200, 200, 0, 0]
    assert shaped(Shape("pulse", on_weeks=1, off_weeks=3)) == [400, 0, 0, 0, 400, 0, 0, 0]
    assert shaped(Shape("seasonal"), replace(plan, events=(sale,))) == pytest.approx(
        [88.89] * 3 + [177.78] + [88.89] * 4, abs=0.011
    )
    assert shaped(Shape("last", last={"a": (0, 10, 20, 30)})) == pytest.approx(
        [800 * x / 12 for x in (0, 3 / 7, 6 / 7, 9 / 7, 12 / 7, 15 / 7, 18 / 7, 3)], abs=0.011
    )


def test_a_shape_that_knows_nothing_changes_nothing() -> None:
    """No events, no last period, other lines chosen: the weeks stay as they are."""
    plan = usual_plan()
    assert with_pattern(plan, Shape("seasonal")) == plan
    assert with_pattern(plan, Shape("last")) == plan
    assert with_pattern(plan, Shape("last", last={META: (0.0, 0.0)})) == plan
    chosen = with_pattern(plan, Shape("burst"), [META])
    assert money(chosen, META) != money(plan, META)
    assert money(chosen, GOOGLE) == money(plan, GOOGLE)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PATTERNS), st.integers(1, 10**9), st.integers(1, 120), st.integers(1, 5), st.integers(1, 5))
def test_every_pattern_adds_up(pattern: Pattern, cents: int, days: int, on_weeks: int, off_weeks: int) -> None:
    """Whatever flight, money and pattern: the weeks add up to the cent, and none is below 0."""
    flight = replace(line("a", "meta", "x", 0), end_date=START + timedelta(days=days), budget_micros=cents * 10_000)
    event = PlanEvent("Sale", week(1), week(2), factor=2.0)
    shape = Shape(pattern, on_weeks, off_weeks, {"a": (1.0, 5.0, 2.0, 0.0)})
    found = money(with_pattern(replace(plan_of(flight), events=(event,)), shape), "a")
    assert min(found) >= 0
