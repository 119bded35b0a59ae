"""The whole plan as a workbook: taken home, filled in, brought back after a look at what it would change."""

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from budget.plan import StoredPlan
from budget.plan_changes import Change
from budget.present.escape import esc
from budget.present.plan_change_words import change_rows
from budget.present.plan_file_words import file_sentence
from budget.reports.csv_file import file_name
from budget.reports.plan_file import plan_template, plan_workbook
from budget.reports.plan_upload import Upload, read_plan_file
from pages.parts import edits, findings, plan_figures, state
from pages.parts.app import App

MOST_MB = 10
MOST_ROWS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDITABLE = ("draft", "proposed")


def show(app: App, plan: StoredPlan) -> None:
    """Downloads, the upload with its preview, and what the last upload did; folded away until asked for."""
    said: str | None = st.session_state.pop("_plan_file_said", None)
    if said:
        st.success(said, icon=":material/check_circle:")
    with st.expander(app.say("The plan as a workbook"), icon=":material/table_view:", key="plan_file"):
        st.caption(app.say("Change the whole plan in Excel or LibreOffice, then see what differs before it counts."))
        _downloads(app, plan)
        st.caption(app.say("xlsx or ods, up to {size} MB", size=str(MOST_MB)))
        file = st.file_uploader(
            app.say("The filled-in workbook"), ["xlsx", "ods"], key=_key(plan), max_upload_size=MOST_MB
        )
        if file is not None:
            _preview(app, plan, file.getvalue())


def _downloads(app: App, plan: StoredPlan) -> None:
    with st.container(horizontal=True):
        st.download_button(
            app.say("Download the plan"), lambda: plan_workbook(plan, app.words),
            file_name("payoff-plan", plan.name, f"v{plan.version}", ending="xlsx"), XLSX, on_click="ignore",
            key="plan_file_out", icon=":material/download:",
        )  # fmt: skip
        st.download_button(
            app.say("Download an empty template"), lambda: plan_template(plan, app.words),
            file_name("payoff-plan-template", ending="xlsx"), XLSX, on_click="ignore",
            key="plan_file_empty", icon=":material/note_add:", type="tertiary",
        )  # fmt: skip


def _key(plan: StoredPlan) -> str:
    """The uploader's key: another one after each upload that was settled, so that it is empty again."""
    return f"plan_file_in_{plan.plan_id}_{st.session_state.get('_plan_file_turn', 0)}"


def _preview(app: App, plan: StoredPlan, data: bytes) -> None:
    """What was found, the questions, the differences, and the one button that makes them count."""
    answers = {name: str(st.session_state.get(f"plan_file_{name}") or "") for name in ("budget", "meanwhile")}
    found = _read(sha256(data).hexdigest(), plan.workspace_id, plan.plan_id, plan.version, **answers,
                  _data=data, _plan=plan)  # fmt: skip
    findings.listed(app, found.findings, lambda finding: file_sentence(finding, app.words, app.numbers))
    if found.meanwhile:
        st.markdown(app.say("Changed in the plan since the workbook was made:"))
        _table(app, found.meanwhile, plan, plan)
    _questions(app, found, answers)
    if found.plan is None:
        stopped = any(finding.severity == "stop" for finding in found.findings)
        st.markdown(app.say("Nothing was changed.") if stopped else app.say("Choose above to see what would change."))
        return
    if not found.changes:
        same = app.say("The workbook says what the plan says already.")
        st.markdown(f":green[:material/check_circle:] {same}")
        return
    _differences(app, plan, found.plan, found.changes)


def _questions(app: App, found: Upload, answers: dict[str, str]) -> None:
    """What only the person can say; asked again while it has been answered, so that it can be changed."""
    if "budget" in found.asks or answers["budget"]:
        options = {
            "lines": app.say("The budgets: spread them over the weeks"),
            "weeks": app.say("The weeks: their sum is the budget"),
        }
        st.radio(
            app.say("Where budget and weeks differ, which of the two holds?"), list(options), index=None,
            format_func=options.__getitem__, key="plan_file_budget",
        )  # fmt: skip
    if "meanwhile" in found.asks or answers["meanwhile"]:
        options = {
            "merge": app.say("Both: add what I changed to the plan as it is now"),
            "whole": app.say("The workbook: what changed meanwhile is undone"),
        }
        st.radio(
            app.say("The plan changed meanwhile. What should it be?"), list(options), index=None,
            format_func=options.__getitem__, key="plan_file_meanwhile",
        )  # fmt: skip


def _differences(app: App, plan: StoredPlan, after: StoredPlan, changes: tuple[Change, ...]) -> None:
    """The list of changes, the budget before and after, and the button."""
    counts = {kind: sum(c.part == "lines" and c.kind == kind for c in changes) for kind in ("added", "removed")}
    changed = len({c.item[0] for c in changes if c.part in ("lines", "weeks") and c.kind == "changed"})
    said = app.say(
        "Lines: {added} new, {changed} changed, {removed} removed · budget {before} → {after} ({difference})",
        added=str(counts["added"]), changed=str(changed), removed=str(counts["removed"]),
        before=app.numbers.money_exact(plan.budget_micros), after=app.numbers.money_exact(after.budget_micros),
        difference=app.numbers.money_signed(after.budget_micros - plan.budget_micros),
    )  # fmt: skip
    st.markdown(f"**{esc(said)}**")
    _table(app, changes, plan, after)
    label = app.count("Apply {n} change", "Apply {n} changes", len(changes))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(app.say("Discard"), key="plan_file_discard"):
            _settled(app.say("Nothing was changed."))
        if st.button(label, key="go_plan_file", type="primary", icon=":material/check:"):
            _apply(app, plan, after, len(changes))


def _apply(app: App, plan: StoredPlan, after: StoredPlan, count: int) -> None:
    """Store it as one step that can be taken back; a plan that is locked stays, and a new draft takes the changes."""
    done = app.count("{n} change was made. One press on Undo takes it back.",
                     "{n} changes were made. One press on Undo takes them back.", count)  # fmt: skip
    if plan.status in EDITABLE:
        edits.save(app, plan, after)
        plan_figures.begin_anew(plan)
    else:
        made = app.store.add_plan(plan.workspace_id, replace(after, status="draft", based_on_plan_id=plan.plan_id))
        state.open_plan(made.plan_id)
        done = app.say("The locked plan stays as it is. A new draft holds the changes.")
    _settled(done)


def _settled(said: str) -> None:
    st.session_state["_plan_file_said"] = said
    st.session_state["_plan_file_turn"] = st.session_state.get("_plan_file_turn", 0) + 1
    for name in ("plan_file_budget", "plan_file_meanwhile"):
        st.session_state.pop(name, None)
    st.rerun()


def _table(app: App, changes: tuple[Change, ...], before: StoredPlan, after: StoredPlan) -> None:
    """The first changes as rows; the rest is counted."""
    rows = change_rows(changes[:MOST_ROWS], before, after, app.words, app.numbers)
    findings.table(app, [app.say("What"), app.say("Before"), app.say("After")], rows)
    more = len(changes) - MOST_ROWS
    if more > 0:
        st.caption(app.count("and {n} more", "and {n} more", more))


@st.cache_data(max_entries=4, scope="session", show_spinner=False)
def _read(
    digest: str,
    workspace_id: int,
    plan_id: int,
    version: int,
    budget: str,
    meanwhile: str,
    _data: bytes,
    _plan: StoredPlan,
) -> Upload:
    """The workbook laid against the plan; digest, ids, version and answers are there for the cache's key."""
    return read_plan_file(_data, _plan, budget=budget, meanwhile=meanwhile)
