"""The life of a plan on the screen: proposed, withdrawn, approved; its approved versions; one of them read only."""

import streamlit as st

from budget.differences import differences
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.version_words import budget_sentence, count_sentence, plan_labels, proposal_sentence
from budget.scenario import baseline_numbers
from pages.parts import differences as differences_part
from pages.parts import findings, frame, kept, plan_contents, plan_file, state
from pages.parts.app import App

NOTE_LENGTH = 500
APPROVED = "_plan_approved"
"""The version that was approved on the Overview a moment ago, to be named once."""


def approve_button(app: App, plan: StoredPlan) -> None:
    """The press that approves: it asks before a version is locked for good."""
    st.session_state.pop(APPROVED, None)
    label = app.say("Approve") if plan.status == "proposed" else app.say("Lock as baseline")
    if st.button(label, key="go_lock", type="primary", disabled=not plan.lines):
        _confirm(app, plan)


def _confirm(app: App, plan: StoredPlan) -> None:
    @st.dialog(app.say("Lock this plan as the baseline?"))
    def ask() -> None:
        st.write(app.say("A locked plan never changes: results are judged against it. Your draft stays open."))
        _since_approved(app, plan)
        if st.button(app.say("Lock it"), key="go_lock_sure", type="primary"):
            locked = app.store.lock_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
            kept.settle(locked, "lock")
            st.session_state[APPROVED] = locked.plan_id
            st.rerun()

    ask()


def strip(app: App, plan: StoredPlan) -> None:
    """Where the plan stands on its way to approval, and the next step."""
    if not plan.lines:
        return
    asked = app.store.proposal(plan.workspace_id, plan.plan_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="plan_life"):
        if asked:
            mark = ":blue[:material/pending:]" if plan.status == "proposed" else ":orange[:material/warning:]"
            said = proposal_sentence(app.words, app.numbers, plan, asked)
            note = f" “{asked.note}”" if asked.note else ""
            st.markdown(f"{mark} {esc(said + note)}", width="content")
        if plan.status == "proposed":
            if st.button(app.say("Withdraw"), key="plan_withdraw", type="tertiary", icon=":material/undo:"):
                app.store.withdraw_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
                st.rerun()
        else:
            _propose(app, plan)


def _propose(app: App, plan: StoredPlan) -> None:
    label, key = app.say("Propose for approval"), f"propose_{plan.plan_id}_{plan.version}"
    with st.popover(label, icon=":material/how_to_reg:", type="tertiary", key=key):
        note = st.text_area(app.say("What the owner should know"), max_chars=NOTE_LENGTH, key=f"note_{key}", height=90)
        st.caption(app.say("The owner approves exactly this version: an edit takes the proposal back."))
        if st.button(app.say("Propose it"), key="plan_propose", icon=":material/send:"):
            app.store.propose_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version, note=note)
            st.rerun()


def waiting(app: App) -> None:
    """Plans that wait for the owner's approval, each with what it changes and the press; for the Overview."""
    approved = st.session_state.pop(APPROVED, None)
    if approved is not None and (number := baseline_numbers(app.heads).get(approved)):
        said = app.say("Version {n} is approved. Results are judged against it; earlier versions stay.", n=str(number))
        st.success(said, icon=":material/check_circle:")
    for head in app.heads:
        if head.status != "proposed" or app.workspace is None:
            continue
        plan = app.store.plan(app.workspace.workspace_id, head.plan_id)
        asked = app.store.proposal(plan.workspace_id, plan.plan_id)
        with st.container(border=True, key=f"waiting_{plan.plan_id}"):
            st.subheader(esc(app.say("{name} waits for your approval", name=plan.name)), anchor=False)
            if asked:
                note = f" “{asked.note}”" if asked.note else ""
                st.markdown(esc(proposal_sentence(app.words, app.numbers, plan, asked) + note))
            _since_approved(app, plan)
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(app.say("Approve"), key=f"go_approve_{plan.plan_id}", type="primary"):
                    _confirm(app, plan)
                if st.button(app.say("Look at it first"), key=f"look_{plan.plan_id}", type="tertiary"):
                    state.open_plan(plan.plan_id)
                    st.switch_page("pages/plan.py")


def _since_approved(app: App, plan: StoredPlan) -> None:
    """What approving would change against the version that results are judged by now."""
    if app.locked is None:
        st.caption(app.say("Nothing was approved so far."))
        return
    found = differences(app.locked, plan)
    if found.is_empty:
        st.caption(app.say("It says the same as the approved version."))
        return
    parts = [budget_sentence(app.words, app.numbers, found), count_sentence(app.words, found)]
    st.caption(esc(app.say("Against the approved version: {text}", text=" · ".join(part for part in parts if part))))


def history(app: App, plan: StoredPlan) -> None:
    """The approved versions, and what any two plans or versions differ in."""
    locked = [head for head in app.heads if head.status == "locked"]
    if not locked:
        return
    numbers = baseline_numbers(app.heads)
    with st.expander(app.say("Locked baselines"), icon=":material/lock:"):
        header = [app.say("Baseline"), app.say("Version"), app.say("Locked on")]
        days = [app.numbers.date(head.updated_at.date() if head.updated_at else None) for head in locked]
        rows = [(head.name, str(numbers[head.plan_id]), day) for head, day in zip(locked, days, strict=True)]
        findings.table(app, header, rows)


def compared(app: App, plan: StoredPlan) -> None:
    """What any two plans or versions differ in; computed once it is unfolded."""
    if sum(head.status != "archived" for head in app.heads) < 2:
        return
    label = app.say("Difference between versions")
    with st.expander(label, icon=":material/difference:", key="differences", on_change="rerun") as body:
        if body.open:
            differences_part.show(app, plan)


def read_only(app: App, plan: StoredPlan) -> None:
    """A locked version as it was approved; nothing on the screen can change it."""
    budget = app.numbers.money(plan.budget_micros)
    finding = app.count("{budget} on one line", "{budget} across {n} lines", len(plan.lines), budget=budget)
    label = plan_labels(app.words, app.heads)[plan.plan_id]
    day = app.numbers.date(plan.updated_at.date() if plan.updated_at else None)
    frame.title(app, finding, app.say("{plan} · locked on {day}, never changes", plan=label, day=day))
    st.caption(app.say("To change something, copy it as a scenario, or go on in the draft."))
    plan_contents.show(app, plan)
    plan_file.show(app, plan)
    compared(app, plan)
