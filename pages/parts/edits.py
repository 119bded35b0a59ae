"""Saving what a person edits, at once, with a way back; edits that meet somebody else's are put together."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from budget.errors import PayoffError, PlanChanged
from budget.findings import Finding
from budget.merging import merged
from budget.plan import StoredPlan
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from pages.parts import findings, grid
from pages.parts.app import App

STEPS_BACK = 20


class Met(NamedTuple):
    """An edit that met another one: the plan before it, with it, and what was not stored because of it."""

    before: StoredPlan
    mine: StoredPlan
    conflicts: tuple[Finding, ...]


def save(app: App, before: StoredPlan, after: StoredPlan) -> StoredPlan:
    """Store the edited plan if it differs; the one before stays at hand for `undo`. Returns the stored plan.

    Where somebody, or another window, saved the plan since `before`, both changes are put together; what both
    changed stays as stored there, and `notice` shows it with the way to have it the other way round.
    """
    if after == before:
        return before
    try:
        return _stored(app, before, after)
    except PlanChanged:
        return _beside(app, before, after)


def save_typed(app: App, name: str | None, seen: StoredPlan, edited: StoredPlan) -> StoredPlan | None:
    """Store what an editor holds on top of the plan that it showed; None where there is nothing new.

    The editor `name` goes on as it is where exactly that was stored; else, and without a name, it is filled anew.
    """
    if edited == seen:
        return None
    stored = save(app, seen, edited)
    if name and followed(edited, stored):
        grid.keep(name, stored)
    return stored


def at_once(store: Callable[[], object]) -> None:
    """Run as soon as an edit arrives, before the screen: leaving the screen in the next moment loses nothing.

    What is refused is refused again, and said, when the screen runs.
    """
    with suppress(PayoffError):
        store()


def followed(after: StoredPlan, stored: StoredPlan) -> bool:
    """Whether what is stored is exactly what was edited, so that an editor need not be filled anew."""
    return all(getattr(after, part) == getattr(stored, part) for part in ("lines", "weeks", "assumptions", "events"))


def notice(app: App, plan: StoredPlan) -> None:
    """What became of an edit that met somebody else's; nothing where none did."""
    met: Met | None = st.session_state.get(_met(plan))
    if met is None:
        return
    if not met.conflicts:
        st.success(app.say("The plan was saved elsewhere in the meantime. Your change was added to it."))
        del st.session_state[_met(plan)]
        return
    with st.container(border=True):
        st.markdown(app.say("The plan was saved elsewhere in the meantime, and both changed the same:"))
        names = line_names(app.words, met.mine) | line_names(app.words, plan)
        findings.listed(app, met.conflicts, lambda finding: plan_sentence(finding, app.words, app.numbers, names))
        with st.container(horizontal=True):
            if st.button(app.say("Use mine"), key="use_mine", icon=":material/person:"):
                del st.session_state[_met(plan)]
                _stored(app, plan, merged(met.before, met.mine, plan, mine_wins=True).plan)
                st.rerun()
            if st.button(app.say("Keep what is stored"), key="use_theirs", type="tertiary"):
                del st.session_state[_met(plan)]
                st.rerun()


def can_undo(plan: StoredPlan) -> bool:
    """Whether an edit of this session can be taken back."""
    return bool(_history(plan.plan_id))


def undo(app: App, plan: StoredPlan) -> StoredPlan:
    """Take back the last edit of this session; what somebody else changed since stays."""
    steps = _history(plan.plan_id)
    earlier, edited = steps.pop()
    if edited.version != plan.version:
        return app.store.save_plan(plan.workspace_id, merged(edited, earlier, plan, mine_wins=True).plan)
    stored = app.store.save_plan(plan.workspace_id, replace(earlier, version=plan.version, status=plan.status))
    if steps and steps[-1][1].version == earlier.version:
        steps[-1] = steps[-1][0], stored
    return stored


def _stored(app: App, before: StoredPlan, after: StoredPlan) -> StoredPlan:
    stored = app.store.save_plan(before.workspace_id, after)
    _history(before.plan_id).append((before, stored))
    del _history(before.plan_id)[:-STEPS_BACK]
    return stored


def _beside(app: App, before: StoredPlan, after: StoredPlan) -> StoredPlan:
    """The edit made to the plan as it is stored by now."""
    current = app.store.plan(before.workspace_id, before.plan_id)
    both = merged(before, after, current)
    st.session_state[_met(before)] = Met(before, after, both.conflicts)
    return _stored(app, current, both.plan) if both.plan != current else current


def _met(plan: StoredPlan) -> str:
    return f"_met_{plan.plan_id}"


def _history(plan_id: int) -> list[tuple[StoredPlan, StoredPlan]]:
    steps: list[tuple[StoredPlan, StoredPlan]] = st.session_state.setdefault(f"_undo_{plan_id}", [])
    return steps
