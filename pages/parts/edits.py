"""Saving what a person edits, at once, with a way back."""

from dataclasses import replace

import streamlit as st

from budget.plan import StoredPlan
from pages.parts.app import App

STEPS_BACK = 20


def save(app: App, before: StoredPlan, after: StoredPlan) -> StoredPlan:
    """Store the edited plan if it differs; the one before stays at hand for `undo`. Returns the stored plan."""
    if after == before:
        return before
    stored = app.store.save_plan(before.workspace_id, after)
    _history(before.plan_id).append(before)
    del _history(before.plan_id)[:-STEPS_BACK]
    return stored


def can_undo(plan: StoredPlan) -> bool:
    """Whether an edit of this session can be taken back."""
    return bool(_history(plan.plan_id))


def undo(app: App, plan: StoredPlan) -> StoredPlan:
    """Store the plan as it was before the last edit of this session."""
    earlier = _history(plan.plan_id).pop()
    return app.store.save_plan(plan.workspace_id, replace(earlier, version=plan.version, status=plan.status))


def _history(plan_id: int) -> list[StoredPlan]:
    steps: list[StoredPlan] = st.session_state.setdefault(f"_undo_{plan_id}", [])
    return steps
