"""What can be done with the lines that were ticked: copy, repeat, delete, status, UTM names."""

from collections.abc import Callable, Sequence

import streamlit as st

from budget.line_copies import with_commitment, with_copies, with_repeated, without
from budget.plan import StoredPlan
from budget.present.vocabulary import COMMITMENTS
from budget.targets import COMMITMENTS as STATUSES
from budget.utm import with_utm_names
from pages.parts import edits
from pages.parts.app import App

Change = Callable[[StoredPlan], StoredPlan]


def show(app: App, plan: StoredPlan, picked: Sequence[str]) -> None:
    """One row of small buttons; each act is stored at once and can be undone."""
    if not plan.lines:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if picked:
            _for_picked(app, plan, picked)
        else:
            st.caption(app.say("Tick lines to copy, repeat or delete them, or to set their status"), width="content")
            label = app.say("Repeat the whole plan after its end")
            help_text = app.say("Every line once more with its figures and weeks, right after the last one ends.")
            _act(app, plan, label, "repeat_all", ":material/event_repeat:", with_repeated, help_text)
        nameless = not picked and all(line.utm_campaign for line in plan.lines)
        _act(app, plan, app.say("Build UTM names"), "build_utm", ":material/link:",
             lambda known: with_utm_names(known, picked),
             app.say("From platform, tactic, objective and month; without ticks for lines that have none."),
             disabled=nameless)  # fmt: skip


def _for_picked(app: App, plan: StoredPlan, picked: Sequence[str]) -> None:
    n = len(picked)
    _act(app, plan, app.count("Copy {n} line", "Copy {n} lines", n), "copy_lines", ":material/content_copy:",
         lambda known: with_copies(known, picked), app.say("With figures and weeks, right below."))  # fmt: skip
    _act(app, plan, app.count("Repeat {n} line after its end", "Repeat {n} lines after their end", n), "repeat_lines",
         ":material/event_repeat:", lambda known: with_repeated(known, picked),
         app.say("With figures and weeks, beginning right after the last of them ends."))  # fmt: skip
    _act(app, plan, app.count("Delete {n} line", "Delete {n} lines", n), "delete_lines", ":material/delete:",
         lambda known: without(known, picked), app.say("Undo brings them back."))  # fmt: skip
    status = st.menu_button(
        app.say("Set status"), STATUSES, key="set_status", type="tertiary", icon=":material/flag:",
        format_func=lambda each: app.say(COMMITMENTS[each]),
    )  # fmt: skip
    if status:
        _do(app, plan, with_commitment(plan, picked, status))


def _act(
    app: App, plan: StoredPlan, label: str, key: str, icon: str, change: Change, help_text: str, disabled: bool = False
) -> None:
    if st.button(label, key=key, icon=icon, type="tertiary", help=help_text, disabled=disabled):
        _do(app, plan, change(plan))


def _do(app: App, plan: StoredPlan, changed: StoredPlan) -> None:
    edits.save(app, plan, changed)
    st.rerun()
