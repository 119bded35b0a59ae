"""The side bar's acts on firms: begin another one, or remove one for good after typing its name."""

import streamlit as st

from budget.present.escape import esc
from budget.present.words import Words
from budget.store import Store, Workspace

ASKED = "_removing"


def acts(words: Words, store: Store, workspace: Workspace) -> None:
    """Buttons below the chooser of the firm."""
    if st.button(words.say("Another firm"), key="another_firm", icon=":material/add:", type="tertiary"):
        st.session_state["_another"] = True
        st.switch_page("pages/overview.py")
    if st.button(words.say("Remove this firm"), key="remove_firm", icon=":material/delete:", type="tertiary"):
        st.session_state[ASKED] = workspace.workspace_id
    if st.session_state.get(ASKED) == workspace.workspace_id:
        _confirm(words, store, workspace)


def _confirm(words: Words, store: Store, workspace: Workspace) -> None:
    @st.dialog(words.say("Remove {name} and everything in it?", name=esc(workspace.name)), on_dismiss=_leave)
    def ask() -> None:
        st.write(words.say("Plans, uploads and history of this firm are deleted for good. Type its name to confirm."))
        typed = st.text_input(words.say("Name of the firm"), key="remove_name", placeholder=workspace.name)
        sure = typed.strip() == workspace.name
        if st.button(words.say("Remove for good"), key="go_remove", type="primary", disabled=not sure):
            store.delete_workspace(workspace.workspace_id, confirm=workspace.name)
            _leave()
            st.session_state.pop("firm", None)
            st.rerun()

    ask()


def _leave() -> None:
    st.session_state.pop(ASKED, None)
