"""The money of a decision that was dropped: said while the plan still spends it, with the press that puts it back."""

import streamlit as st

from budget.plan import StoredPlan
from budget.present import decision_words as told
from budget.store import Decision
from budget.taken_back import taken_back
from pages.parts import decided, edits
from pages.parts.app import App


def button(app: App, working: StoredPlan, one: Decision) -> None:
    """Put the weeks to come of the plan that is worked with back as they were; nothing where nothing is moved."""
    back = taken_back(working, one, decided.first_week(app)) if one.status == "dropped" else working
    if back == working:
        return
    label = app.say("Put its money back")
    facts = {"before": told.amount_text(app.numbers, working.budget_micros),
             "after": told.amount_text(app.numbers, back.budget_micros)}  # fmt: skip
    help_text = app.say("The plan still spends by this decision. Its budget: {before} → {after}", **facts)
    key = f"put_back_{one.decision_id}"
    if st.button(label, key=key, type="tertiary", icon=":material/undo:", help=help_text):
        edits.save(app, working, back)
        st.rerun()
