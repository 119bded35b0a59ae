"""The seven difficulties of a company as a checklist: what each costs a month, and whether it holds media back."""

from dataclasses import replace

import streamlit as st

from budget.challenges import active, challenge_cost, challenges_of, goal_for, switched_on, with_challenge
from budget.income import income_of
from budget.money import major, micros
from budget.objectives import of_challenge, with_objective
from budget.plan import PlanChallenge, StoredPlan
from budget.present.business_words import chain, goal_chain
from budget.present.charts.waterfall import waterfall
from budget.present.escape import esc
from budget.present.steps import pnl_steps
from budget.present.vocabulary import CHALLENGES
from budget.present.words import N_
from pages.parts import frame, typed
from pages.parts.app import App

COST_HELP = N_("What it costs or loses each month and no other figure of the plan holds yet. 0 if it is in them.")
GATE_HELP = N_("While it is on, every screen that plans money warns.")
AFTER_MEDIA = 8
"""The place of the profit after media among the steps of the P&L."""


def checklist(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with the challenges as ticked and typed."""
    with st.container(gap="xxsmall"):
        st.header(app.say("What is in the way?"), anchor=False)
        st.caption(
            app.say("Tick what is true of your company; it gets a goal, a line of the P&L, and a gate if needed")
        )
    for found in challenges_of(plan):
        plan = _row(app, plan, found)
    return plan


def _row(app: App, plan: StoredPlan, found: PlanChallenge) -> StoredPlan:
    with st.container(border=True, gap="xsmall"):
        name = app.say(CHALLENGES[found.challenge])
        ticked = st.checkbox(f"**{esc(name)}**", found.active, key=_key(plan, found, "on"))
        st.caption(esc(chain(app.words, found)))
        if ticked != found.active:
            found = switched_on(found) if ticked else replace(found, active=False)
            plan = with_challenge(plan, found)
        if not found.active:
            return plan
        cost, gate = st.columns([5, 4], vertical_alignment="bottom")
        with cost:
            label = app.say("Cost or loss, {currency} a month", currency=app.numbers.currency)
            amount = st.number_input(
                label, 0.0, 1e8, major(found.monthly_micros), step=50.0, format=app.numbers.input_format(2),
                key=_key(plan, found, "cost"), help=app.say(COST_HELP),
            )  # fmt: skip
        held = gate.toggle(app.say("Hold media"), found.gate, key=_key(plan, found, "gate"), help=app.say(GATE_HELP))
        said = replace(found, monthly_micros=micros(amount), gate=held)
        plan = with_challenge(plan, said) if said != found else plan
        return _goal(app, plan, said)


def _goal(app: App, plan: StoredPlan, found: PlanChallenge) -> StoredPlan:
    """The goals that are there because of the challenge, or the offer to make one."""
    known = of_challenge(plan.objectives, found.challenge)
    for goal in known:
        st.caption(esc(goal_chain(app.words, app.numbers, goal)))
    label = app.say("Make it a goal")
    if not known and st.button(label, key=_key(plan, found, "goal"), icon=":material/flag:", type="tertiary"):
        return with_objective(plan, "", goal_for(found))
    return plan


def effect(app: App, plan: StoredPlan) -> None:
    """What the active challenges take from the plan's profit."""
    there = active(plan)
    with st.container(gap="xxsmall"):
        st.header(_finding(app, plan), anchor=False)
        st.caption(app.say("A line of its own in every income statement, beside the team; profit and ROI follow"))
    if there and not plan.period:
        st.caption(app.say("The plan has no dates yet, so nothing is counted."))
    found = income_of(plan)
    if found is None:
        return
    steps = pnl_steps(app.words, found.pnl)
    drawing = waterfall(steps[AFTER_MEDIA:], app.numbers, totals="plan")
    st.caption(app.say("The end of the plan's income statement at its likely figures, {currency}",
                       currency=app.numbers.currency))  # fmt: skip
    frame.chart(app, drawing, _finding(app, plan), key="challenges")


def _finding(app: App, plan: StoredPlan) -> str:
    there = active(plan)
    if not there:
        return app.say("No challenge is ticked")
    amount = app.numbers.money(challenge_cost(plan, plan.period) if plan.period else 0)
    return app.count(
        "{n} challenge takes {amount} from the plan", "{n} challenges take {amount} from the plan", len(there),
        amount=amount,
    )  # fmt: skip


def _key(plan: StoredPlan, found: PlanChallenge, name: str) -> str:
    return typed.key(plan, f"challenge_{plan.plan_id}_{found.challenge}_{name}")
