"""The target budget against the sum of the lines, by status, and the button that spreads the difference."""

import streamlit as st

from budget.money import micros
from budget.plan import StoredPlan
from budget.present.typed_words import typed_sentence
from budget.present.vocabulary import COMMITMENTS
from budget.targets import commitment_totals, movable, spread_to_target, target_of, with_target
from budget.typed_numbers import read_typed
from pages.parts import edits, findings
from pages.parts.app import App


def show(app: App, plan: StoredPlan) -> StoredPlan:
    """Target, sums and difference in one row; returns the plan as it is now."""
    if not plan.lines:
        return plan
    with st.container(gap="xxsmall"):
        st.header(_finding(app, plan), anchor=False)
        st.caption(app.say("Target from above, lines from below; committed lines keep their money"))
    left, right = st.columns([4, 8], gap="medium", vertical_alignment="bottom")
    with left:
        plan = _target(app, plan)
        _spread(app, plan)
    with right, st.grid(3, min_column_width=120, gap="small"):
        for status, amount in commitment_totals(plan).items():
            share = app.numbers.percent(amount / plan.budget_micros) if plan.budget_micros else None
            st.metric(app.say(COMMITMENTS[status]), app.numbers.money(amount), share, delta_color="off",
                      delta_arrow="off", border=True)  # fmt: skip
    return plan


def _finding(app: App, plan: StoredPlan) -> str:
    target = target_of(plan)
    if target is None:
        committed = commitment_totals(plan)["committed"]
        share = app.numbers.percent(committed / plan.budget_micros if plan.budget_micros else None)
        return app.say("{share} of the budget is committed, and no target is set", share=share)
    left = target - plan.budget_micros
    if left == 0:
        return app.say("The lines meet the target to the cent")
    amount = app.numbers.money_exact(abs(left))
    if left > 0:
        return app.say("{amount} of the target has no line yet", amount=amount)
    return app.say("The lines are {amount} over the target", amount=amount)


def _target(app: App, plan: StoredPlan) -> StoredPlan:
    """The target as text, read as the grid's cells are."""
    found = target_of(plan)
    typed = st.text_input(
        app.say("Target budget, {currency}", currency=app.numbers.currency),
        app.numbers.cell(found) if found else "", key=f"target_{plan.plan_id}_{app.lang}_{found or 0}",
        max_chars=40, help=app.say("What the plan may cost in all. Empty: no target."),
    )  # fmt: skip
    read = read_typed(typed, app.numbers.writing)
    if read.finding:
        names = {"": app.say("Target budget")}
        findings.listed(app, [read.finding], lambda each: typed_sentence(each, app.words, app.numbers, names))
    amount = found if read.value is None else micros(read.value)
    stored = edits.save(app, plan, with_target(plan, amount) if (amount or 0) != (found or 0) else plan)
    if stored is not plan:
        st.rerun()
    return stored


def _spread(app: App, plan: StoredPlan) -> None:
    target = target_of(plan)
    if target is None or target == plan.budget_micros:
        return
    lines = movable(plan)
    label = app.say("Spread the difference")
    help_text = app.count(
        "In proportion over {n} line that is not committed; weeks keep their shape.",
        "In proportion over {n} lines that are not committed; weeks keep their shape.", len(lines),
    ) if lines else app.say("Every line with dates is committed. Set one to Forecast or Optional first.")  # fmt: skip
    if st.button(label, key="spread_target", icon=":material/balance:", disabled=not lines, help=help_text):
        edits.save(app, plan, spread_to_target(plan).plan)
        st.rerun()
