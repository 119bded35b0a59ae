"""Two versions of a plan side by side: what differs, in words and as a table."""

import streamlit as st

from budget.differences import differences
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.version_words import budget_sentence, count_sentence, difference_rows, plan_labels
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import choose

MOST_ROWS = 60


def show(app: App, plan: StoredPlan) -> None:
    """Two choosers, at first the last approved version or what the plan is a copy of, and the plan; the answer."""
    labels = plan_labels(app.words, app.heads)
    keys = [head.plan_id for head in app.heads if head.status != "archived"]
    if len(keys) < 2:
        return
    left, right = st.columns(2)
    usual = _usual(app, plan, keys)
    first = choose(app, left, app.say("From version"), keys, key=f"differences_from_{plan.plan_id}", usual=usual,
                   shown=labels.__getitem__)  # fmt: skip
    second = choose(app, right, app.say("To version"), keys, key=f"differences_to_{plan.plan_id}", usual=plan.plan_id,
                    shown=labels.__getitem__)  # fmt: skip
    between(app, app.store.plan(plan.workspace_id, first), app.store.plan(plan.workspace_id, second))


def between(app: App, before: StoredPlan, after: StoredPlan) -> None:
    """The differences of two plans: money and counts in a sentence, then each with both values."""
    found = differences(before, after)
    if found.is_empty:
        same = app.say("Both say the same.")
        st.markdown(f":green[:material/check_circle:] {same}")
        return
    parts = [budget_sentence(app.words, app.numbers, found), count_sentence(app.words, found)]
    st.markdown(esc(" · ".join(part for part in parts if part)))
    rows = difference_rows(app.words, app.numbers, found, before, after)
    findings.table(app, [app.say("What"), app.say("Before"), app.say("After")], rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    if more > 0:
        st.caption(app.count("and {n} more", "and {n} more", more))


def _usual(app: App, plan: StoredPlan, keys: list[int]) -> int:
    baselines = [head.plan_id for head in app.heads if head.status == "locked" and head.plan_id != plan.plan_id]
    wanted = [plan.based_on_plan_id, max(baselines, default=None)]
    if app.plan and plan.plan_id == app.plan.plan_id:
        wanted.reverse()
    return next((key for key in wanted if key in keys and key is not None), keys[-1])
