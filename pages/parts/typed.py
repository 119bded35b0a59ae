"""Keys of inputs that are stored as they are typed: an undo gives them new ones, so that they show what is stored."""

import streamlit as st

from budget.plan import StoredPlan
from pages.parts import edits
from pages.parts.app import App


def key(plan: StoredPlan, name: str) -> str:
    """The widget key of one input."""
    made_anew = _made_anew(plan)
    return f"{name}_{made_anew}" if made_anew else name


def undo(app: App, plan: StoredPlan) -> None:
    """The way back from the last edit of this session, where there is one."""
    if edits.can_undo(plan) and st.button(app.say("Undo"), key="undo_typed", icon=":material/undo:"):
        edits.undo(app, plan)
        renew(plan)
        st.rerun()


def renew(plan: StoredPlan) -> None:
    """Give all inputs new keys from the next run on, after something else than typing changed the plan."""
    st.session_state[_slot(plan)] = _made_anew(plan) + 1


def _made_anew(plan: StoredPlan) -> int:
    return int(st.session_state.get(_slot(plan), 0))


def _slot(plan: StoredPlan) -> str:
    return f"_made_anew_{plan.plan_id}"
