"""What is suggested for a week, and the plan after it was decided."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.advice import Advice, advise
from budget.decisions import MOST_TESTS, Suggestion, amount_of, applied, suggestions
from budget.errors import PlanLocked
from budget.ground import Ground, ground_of
from budget.money import MICROS, micros
from budget.moves import usual_week
from budget.plan import StoredPlan
from budget.question import MOST_MOVE, Question
from budget.store import Decision
from budget.trust import Campaign
from tests.budget.asking import KEYS, SEED
from tests.budget.builders import START, draft, usual_plan, week

NOW = START + timedelta(weeks=4)
CENT = 10_000
CENTS = st.integers(1, 200_000).map(lambda cents: cents * CENT)


def asked(plan: StoredPlan) -> tuple[Ground, Advice]:
    """The ground and the advice of the fifth week, every line free."""
    ground = ground_of(plan, NOW, seed=SEED)
    assert isinstance(ground, Ground)
    found = advise(ground, Question(NOW, locked=()))
    assert isinstance(found, Advice)
    return ground, found


@pytest.fixture(scope="module")
def told() -> tuple[Ground, Advice]:
    """The usual plan, asked once."""
    return asked(usual_plan())


def by_line(found: tuple[Suggestion, ...]) -> dict[str, Suggestion]:
    """What is to be done with each line's money."""
    return {one.line_key: one for one in found if one.line_key and one.action != "test"}


def test_each_line_is_scaled_held_or_cut_as_the_advice_moves_it(told: tuple[Ground, Advice]) -> None:
    """Amounts are whole units within 30 % of the usual week; the largest promise comes first, holds come last."""
    found = suggestions(*told, seed=SEED)
    lines = by_line(found)
    assert set(lines) == set(KEYS)
    assert {one.action for one in lines.values()} >= {"scale", "cut"}
    for line in told[1].lines:
        one, before = lines[line.line_key], usual_week(line.today_weeks)
        assert one.before_micros == before
        assert one.amount_micros is not None
        assert abs(one.amount_micros - before) <= MOST_MOVE * before + 1
        if one.action == "hold":
            assert (one.amount_micros, one.expected) == (before, None)
            continue
        assert one.amount_micros % MICROS == 0
        assert (one.amount_micros > before) == (one.action == "scale") == (line.change_micros > 0)
        assert one.expected is not None
        assert one.expected.stakes[0].week == NOW
    moves = [abs(one.expected.likely_micros) for one in found if one.expected]
    assert moves == sorted(moves, reverse=True)
    assert [one.action for one in found if one.action != "test"][len(moves) :] == ["hold"] * (3 - len(moves))


def test_money_that_must_go_somewhere_does_not_scale_a_line_that_would_lose(told: tuple[Ground, Advice]) -> None:
    """A line that the split grows only because the others are full is held."""
    ground, advice = told
    grown = {one.line_key: one for one in suggestions(ground, advice, seed=SEED) if one.action == "scale"}
    assert all(one.expected is not None and one.expected.likely_micros > 0 for one in grown.values())
    poor = next(line for line in advice.lines if line.line_key == "tiktok-awareness")
    pushed = replace(poor, proposed_weeks=tuple(round(1.2 * x) for x in poor.today_weeks))
    forced = replace(advice, lines=tuple(pushed if line is poor else line for line in advice.lines))
    found = by_line(suggestions(ground, forced, seed=SEED))["tiktok-awareness"]
    assert (found.action, found.why.code) == ("hold", "DECIDE_HOLD")


def test_what_was_decided_this_week_is_not_suggested_again(told: tuple[Ground, Advice]) -> None:
    """A line that moved stays out, with its test; the others keep what they were offered."""
    first = by_line(suggestions(*told, seed=SEED))
    rest = suggestions(*told, seed=SEED, decided=["google-search"])
    assert "google-search" not in {one.line_key for one in rest}
    same = {key: one for key, one in by_line(rest).items() if key != "google-search"}
    assert {k: (o.action, o.amount_micros) for k, o in same.items()} == {
        k: (o.action, o.amount_micros) for k, o in first.items() if k != "google-search"
    }


def test_gaps_and_loose_campaigns_are_fixed_first(told: tuple[Ground, Advice]) -> None:
    """One for each platform with days missing and one for all campaigns that count for no line and await an answer."""
    campaign = Campaign("meta", "A", "1", "Spring", 5, "AZN", None, False, None)
    campaigns = (campaign, replace(campaign, line_key="x"), replace(campaign, decided=True))
    found = suggestions(*told, seed=SEED, gaps={"meta": 2, "google": 0}, campaigns=campaigns)
    assert [(one.action, one.why.code, one.platform, one.why.facts) for one in found[:2]] == [
        ("fix", "DECIDE_GAP", "meta", {"days": 2}), ("fix", "DECIDE_UNMATCHED", "", {"count": 1}),
    ]  # fmt: skip
    assert "fix" not in {one.action for one in found[2:]}


def test_what_is_mostly_assumed_is_tested(told: tuple[Ground, Advice]) -> None:
    """The largest lines whose evidence is the plan's own assumptions; none that is known or measured."""
    ground, advice = told
    tests = [one.line_key for one in suggestions(ground, advice, seed=SEED) if one.action == "test"]
    assert tests == list(KEYS[:MOST_TESTS])
    known = replace(advice, own_share=dict.fromkeys(KEYS, 0.5) | {"tiktok-awareness": 0.1})
    tests = [one.line_key for one in suggestions(ground, known, seed=SEED) if one.action == "test"]
    assert tests == ["tiktok-awareness"]
    measured = replace(known, measured=frozenset({"tiktok-awareness"}))
    assert "test" not in {one.action for one in suggestions(ground, measured, seed=SEED)}


@pytest.mark.parametrize(
    ("today", "proposed", "amount"),
    [
        ((100.0, 100.0), (120.0, 124.0), 122.0),
        ((100.0, 100.0), (130.0, 130.0), 130.0),
        ((101.0, 101.0), (131.3, 131.3), 131.0),
        ((10.0, 10.0), (11.11, 11.11), 11.11),
        ((0.0, 0.0), (50.0, 70.0), 60.0),
        ((100.0, 100.0), (0.0, 0.0), 70.0),
    ],
    ids=("mean", "to-the-band", "not-beyond-it", "cents-for-small-lines", "new", "not-below-it"),
)
def test_amounts_by_hand(
    told: tuple[Ground, Advice], today: tuple[float, ...], proposed: tuple[float, ...], amount: float
) -> None:
    """Whole units from 50 a week on, cents below, never beyond the band."""
    line = replace(told[1].lines[0], today_weeks=tuple(map(micros, today)), proposed_weeks=tuple(map(micros, proposed)))
    assert amount_of(line) == micros(amount)


def moving(amounts: Mapping[str, int]) -> list[Decision]:
    """Decisions that move these lines to a usual week in micros."""
    return [Decision(NOW, "scale", "AZN", line_key=key, amount_micros=amount) for key, amount in amounts.items()]


def weeks_of(plan: StoredPlan, key: str) -> dict[int, int]:
    """The line's weeks by number."""
    return {(w.week_start - START).days // 7: w.budget_micros for w in plan.weeks if w.line_key == key}


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(KEYS), st.integers(1, 200_000).map(lambda cents: cents * CENT)), st.integers(0, 14)
)
def test_laws_of_the_plan_that_was_decided(amounts: dict[str, int], first: int) -> None:
    """Weeks before and lines that were not decided stay; each decided line comes to its week times the weeks left, to
    the micro; its budget is the sum of its weeks; the order of decisions and saying them twice change nothing.
    """
    plan, from_week = usual_plan(), START + timedelta(weeks=first)
    after = applied(plan, moving(amounts), from_week)
    assert applied(plan, reversed(moving(amounts)), from_week) == after
    assert applied(after, moving(amounts), from_week) == after
    for line in plan.lines:
        before, now = weeks_of(plan, line.line_key), weeks_of(after, line.line_key)
        left = [n for n in before if n >= first]
        assert {n: x for n, x in now.items() if n < first} == {n: x for n, x in before.items() if n < first}
        assert after.line(line.line_key).budget_micros == sum(now.values())
        if line.line_key in amounts and left:
            assert sum(now[n] for n in left) == amounts[line.line_key] * len(left)
        else:
            assert now == before


def test_rates_hold_where_money_moves() -> None:
    """A line that is scaled does not get cheaper: its prices hold at the weekly spend that they were given for."""
    plan = usual_plan()
    after = applied(plan, moving({"google-search": micros(800)}), START)
    ground, grown = (ground_of(each, START, seed=SEED) for each in (plan, after))
    assert isinstance(ground, Ground)
    assert isinstance(grown, Ground)
    assert (grown.beliefs.draws.spend_week == ground.beliefs.draws.spend_week).all()
    assert {a.key for a in set(after.assumptions) - set(plan.assumptions)} == {"spend_week"}


def test_only_money_moves_the_plan() -> None:
    """Holds, fixes, tests, lines that are gone and weeks that are over leave it as it is."""
    plan = usual_plan()
    said = [
        Decision(NOW, "hold", "AZN", line_key=KEYS[0], amount_micros=1), Decision(NOW, "fix", "AZN", "meta"),
        Decision(NOW, "test", "AZN", line_key=KEYS[1]), Decision(NOW, "cut", "AZN", line_key="gone", amount_micros=1),
        Decision(NOW, "cut", "AZN", line_key=KEYS[1]),
    ]  # fmt: skip
    assert applied(plan, said, NOW) is plan
    assert applied(plan, moving({KEYS[0]: micros(5)}), week(99)) is plan


def test_a_baseline_is_never_touched() -> None:
    """A locked plan is refused, whatever is decided."""
    with pytest.raises(PlanLocked):
        applied(draft(usual_plan(), status="locked"), moving({KEYS[0]: micros(5)}), NOW)
