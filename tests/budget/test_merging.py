"""Edits that meet: what only one changed is taken, what both changed is said, and nothing vanishes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from budget.editing import new_line, with_lines
from budget.line_copies import with_copies, without
from budget.merging import merged
from budget.money import micros
from budget.phasing import rephased, with_week_edits
from budget.plan import PlanLine, StoredPlan
from tests.budget.builders import START, usual_plan, week

META, GOOGLE, TIKTOK = "meta-prospecting", "google-search", "tiktok-awareness"


def changed(plan: StoredPlan, key: str, **fields: object) -> StoredPlan:
    """The plan with fields of a line replaced, its weeks following."""
    lines = [replace(x, **fields) if x.line_key == key else x for x in plan.lines]  # type: ignore[arg-type]  # own fields
    return rephased(replace(plan, lines=tuple(lines)))


def test_edits_of_different_lines_are_both_kept() -> None:
    """My budget and their note and status: all three are there, without a conflict, weeks adding up."""
    before = usual_plan()
    mine = changed(before, META, budget_micros=micros(500))
    theirs = replace(changed(changed(before, META, note="why"), GOOGLE, commitment="optional"), version=2)
    both = merged(before, mine, theirs)
    assert both.conflicts == ()
    assert (both.plan.line(META).budget_micros, both.plan.line(META).note) == (micros(500), "why")
    assert both.plan.line(GOOGLE).commitment == "optional"
    assert both.plan.version == 2
    assert sum(w.budget_micros for w in both.plan.weeks if w.line_key == META) == micros(500)


def test_the_same_field_twice_is_said_and_theirs_stays() -> None:
    """Both typed a budget: the stored one stays and the finding names both; the other way round on demand."""
    before = usual_plan()
    mine, theirs = (changed(before, META, budget_micros=micros(amount)) for amount in (500, 700))
    both = merged(before, mine, theirs)
    assert both.plan.line(META).budget_micros == micros(700)
    (finding,) = both.conflicts
    assert (finding.code, finding.where) == ("MERGE_CONFLICT", META)
    assert finding.facts == {"field": "budget_micros", "mine": str(micros(500)), "theirs": str(micros(700))}
    assert merged(before, mine, theirs, mine_wins=True).plan.line(META).budget_micros == micros(500)


def test_the_same_edit_twice_is_no_conflict() -> None:
    """Both typed the same: it is stored once, and nobody is asked."""
    before = usual_plan()
    mine = changed(before, META, budget_micros=micros(500))
    assert merged(before, mine, mine) == merged(before, before, mine)
    assert merged(before, mine, mine).conflicts == ()


def test_lines_added_and_removed_meet() -> None:
    """Each added a line of one channel: both are there under keys of their own; a removed line stays removed."""
    before = usual_plan()
    mine, theirs = (
        new_line(before, "linkedin", "leads", start=START, end=week(4), budget_micros=micros(amount))
        for amount in (10, 20)
    )
    both = merged(before, mine, without(theirs, [TIKTOK])).plan
    assert [x.line_key for x in both.lines] == [META, GOOGLE, "linkedin-leads", "linkedin-leads-2"]
    assert sorted(x.budget_micros for x in both.lines[2:]) == [micros(10), micros(20)]
    assert {w.line_key for w in both.weeks} == {x.line_key for x in both.lines}
    assert not [a for a in both.assumptions if a.scope == TIKTOK]


def test_an_edit_of_a_line_that_they_removed_is_said() -> None:
    """My budget on a line that is gone: it stays gone, a finding says so, and mine can come back."""
    before = usual_plan()
    mine, theirs = changed(before, META, budget_micros=micros(500)), without(before, [META])
    both = merged(before, mine, theirs)
    assert META not in [x.line_key for x in both.plan.lines]
    assert [x.code for x in both.conflicts] == ["MERGE_CONFLICT"]
    again = merged(before, mine, theirs, mine_wins=True).plan
    assert again.line(META).budget_micros == micros(500)
    assert sum(w.budget_micros for w in again.weeks if w.line_key == META) == micros(500)


def test_taking_back_leaves_what_others_did() -> None:
    """Undo is the edit backwards: a deleted line returns in its place while their note on another stays."""
    before = usual_plan()
    edited = without(before, [META])
    theirs = changed(edited, GOOGLE, note="seen")
    back = merged(edited, before, theirs, mine_wins=True).plan
    assert [x.line_key for x in back.lines] == [META, GOOGLE, TIKTOK]
    assert back.line(GOOGLE).note == "seen"
    assert [w for w in back.weeks if w.line_key == META] == [w for w in before.weeks if w.line_key == META]


EDITS = st.sampled_from([
    lambda p: changed(p, META, budget_micros=micros(1)),
    lambda p: changed(p, META, owner="Leyla"),
    lambda p: with_week_edits(p, {(GOOGLE, week(2)): micros(77)}, keep_budget=False),
    lambda p: with_copies(p, [GOOGLE]),
    lambda p: without(p, [TIKTOK]),
    lambda p: replace(p, events=()),
    lambda p: with_lines(p, [*p.lines, PlanLine("x-video", "x", "video")]),
])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(EDITS, EDITS, st.booleans())
def test_laws_of_merging(first: object, second: object, mine_wins: bool) -> None:
    """No change of mine gives theirs, none of theirs gives mine, and weeks always add up to their lines."""
    before = usual_plan()
    mine, theirs = first(before), second(before)  # type: ignore[operator]  # edits of a plan
    assert merged(before, before, theirs, mine_wins=mine_wins) == merged(theirs, theirs, theirs)
    assert merged(before, before, theirs).plan == rephased(theirs)
    assert merged(before, mine, before, mine_wins=mine_wins).plan == rephased(mine)
    both = merged(before, mine, theirs, mine_wins=mine_wins).plan
    for x in both.lines:
        placed = sum(w.budget_micros for w in both.weeks if w.line_key == x.line_key)
        assert placed == (x.budget_micros if x.flight else 0)
    assert {w.line_key for w in both.weeks} <= {x.line_key for x in both.lines}
