"""The switch above the Plan screens: which plan is looked at, the way back, and what can be done with a copy."""

from zlib import crc32

import streamlit as st

from budget.errors import NotAllowed, WorkspaceMissing
from budget.plan import PlanHead, StoredPlan
from budget.present.escape import esc
from budget.present.version_words import plan_labels
from budget.scenario import EDITABLE, copy_plan, free_name, main_plan, original_of
from pages.parts import state
from pages.parts.app import App

SAID = "_plan_switch_said"
NAME_LENGTH = 200


def show(app: App, plan: StoredPlan) -> None:
    """One row: the chooser where there is a choice, the way back from a copy, and the menu of acts."""
    said: str | None = st.session_state.pop(SAID, None)
    if said:
        st.success(said, icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="plan_switch"):
        _choose(app, plan)
        _back(app, plan)
        with st.popover(
            app.say("Scenarios"), icon=":material/content_copy:", type="tertiary", key=f"scenarios_{plan.plan_id}"
        ):
            _acts(app, plan)


def _choose(app: App, plan: StoredPlan) -> None:
    labels = plan_labels(app.words, app.heads)
    keys = [head.plan_id for head in app.heads if head.status != "archived"]
    if len(keys) < 2 or plan.plan_id not in keys:
        return
    # A key of its own for each opened plan and its words: what was opened or said elsewhere is shown anew.
    slot = f"plan_choice_{plan.plan_id}_{crc32(repr(sorted(labels.items())).encode())}"
    keys = sorted(keys, key=lambda key: (next(h.status == "locked" for h in app.heads if h.plan_id == key), -key))
    st.selectbox(
        app.say("Plan on the screen"), keys, keys.index(plan.plan_id), key=slot, format_func=labels.__getitem__,
        label_visibility="collapsed", width=360, on_change=lambda: state.open_plan(st.session_state[slot]),
    )  # fmt: skip


def _back(app: App, plan: StoredPlan) -> None:
    """One press back to what the plan is a copy of, else to the plan that is worked with."""
    before = original_of(plan, app.heads) or main_plan(app.heads)
    if before is None or before.plan_id == plan.plan_id or (app.plan and app.plan.plan_id == plan.plan_id):
        return
    st.button(
        app.say("Back to {name}", name=esc(before.name)), key="plan_back", type="tertiary",
        icon=":material/arrow_back:", on_click=state.open_plan, args=(before.plan_id,),
    )  # fmt: skip


def _acts(app: App, plan: StoredPlan) -> None:
    st.caption(app.say("Try things in a copy; the plan it comes from stays as it is."))
    wanted = free_name(app.say("{name}, copy", name=plan.name), app.heads)
    name = st.text_input(
        app.say("Name of the copy"), wanted[:NAME_LENGTH], NAME_LENGTH, key=f"copy_name_{plan.plan_id}"
    )
    if st.button(app.say("Copy as a scenario"), key="plan_copy", icon=":material/content_copy:"):
        made = copy_plan(app.store, plan, name.strip() or wanted)
        _open(
            app.say("{name} is open now; {before} stays as it was.", name=esc(made.name), before=esc(plan.name)), made
        )
    if plan.status in EDITABLE:
        _own_acts(app, plan)
    _put_away(app)


def _own_acts(app: App, plan: StoredPlan) -> None:
    """Rename; and, where another draft stays, put away or delete."""
    slot = f"rename_{plan.plan_id}_{plan.version}"
    name = st.text_input(app.say("Name of this plan"), plan.name, NAME_LENGTH, key=slot).strip()
    if st.button(app.say("Rename"), key="plan_rename", icon=":material/edit:", disabled=name in ("", plan.name)):
        app.store.rename_plan(plan.workspace_id, plan.plan_id, name, seen_version=plan.version)
        st.rerun()
    others = [head for head in app.heads if head.status in EDITABLE and head.plan_id != plan.plan_id]
    if not others:
        return
    with st.container(horizontal=True):
        if st.button(app.say("Put away"), key="plan_archive", icon=":material/archive:"):
            app.store.archive_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
            _open(
                app.say("{name} is put away; the menu brings it back.", name=esc(plan.name)), _next(app, plan, others)
            )
        if st.button(app.say("Delete"), key="plan_delete", icon=":material/delete:"):
            _delete(app, plan, _next(app, plan, others))


def _next(app: App, plan: StoredPlan, others: list[PlanHead]) -> PlanHead:
    """What is opened once the plan is gone: what it was a copy of, else the plan that is worked with."""
    before = original_of(plan, app.heads)
    return before or main_plan(others) or others[0]


def _open(said: str, plan: StoredPlan | PlanHead) -> None:
    st.session_state[SAID] = said
    state.open_plan(plan.plan_id)
    st.rerun()


def _delete(app: App, plan: StoredPlan, following: PlanHead) -> None:
    @st.dialog(app.say("Delete {name} for good?", name=esc(plan.name)))
    def ask() -> None:
        st.write(app.say("Its lines, weeks and figures are gone then. Put away, it could be brought back."))
        if not st.button(app.say("Delete for good"), key="go_plan_delete", type="primary"):
            return
        try:
            app.store.delete_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
        except NotAllowed:
            st.error(
                app.say("Forecasts or approved versions rest on it, so it cannot be deleted. Put it away instead.")
            )
        else:
            _open(app.say("{name} was deleted.", name=esc(plan.name)), following)

    ask()


def _put_away(app: App) -> None:
    """Plans that were put away, each with the way back."""
    away = [head for head in app.heads if head.status == "archived"]
    if away:
        st.caption(app.say("Put away"))
    for head in away:
        label = app.say("Bring back {name}", name=esc(head.name))
        if st.button(label, key=f"restore_{head.plan_id}", icon=":material/unarchive:"):
            made = app.store.restore_plan(_firm(app), head.plan_id, seen_version=head.version)
            _open(app.say("{name} is back.", name=esc(head.name)), made)


def _firm(app: App) -> int:
    if app.workspace is None:
        raise WorkspaceMissing
    return app.workspace.workspace_id
