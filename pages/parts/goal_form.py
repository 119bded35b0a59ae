"""The goal of the plan: what counts, how much of it, by when."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from budget.editing import with_goal
from budget.money import major, micros
from budget.objectives import KPIS, MONEY_KPIS
from budget.plan import PlanObjective, StoredPlan
from budget.present.vocabulary import KPIS as KPI_NAMES
from budget.present.vocabulary import OBJECTIVES
from pages.parts.app import App
from pages.parts.choice import choose


def goal(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with its main goal as typed; a target of 0 is no goal yet."""
    found = plan.objectives[0] if plan.objectives else PlanObjective("sales", "profit")
    with st.container(gap="xxsmall"):
        st.header(app.say("What is the goal?"), anchor=False)
        st.caption(app.say("The forecast says how likely it is. 0 means no goal yet"))
    purpose, first = st.columns(2)
    second, third = st.columns(2)
    options = list(OBJECTIVES)
    named = found.objective_key if found.objective_key in options else options[0]
    objective = choose(
        app, purpose, app.say("Objective"), options, key=f"goal_{plan.plan_id}_objective", usual=named,
        shown=lambda key: app.say(OBJECTIVES[key]), remembered=False,
    )  # fmt: skip
    kpi = choose(
        app, first, app.say("KPI"), KPIS, key=f"goal_{plan.plan_id}_kpi", usual=found.kpi,
        shown=lambda key: app.say(KPI_NAMES[key]), remembered=False,
    )  # fmt: skip
    unit = app.say("Target, {currency}", currency=app.numbers.currency) if kpi in MONEY_KPIS else app.say("Target")
    target = second.number_input(
        unit, 0.0, 1e10, major(found.target_micros), step=100.0, format=app.numbers.input_format(0),
        key=f"goal_{plan.plan_id}_target",
    )  # fmt: skip
    last = plan.period.end - timedelta(days=1) if plan.period else app.today
    due = third.date_input(
        app.say("By"), found.due_date or last, format=app.numbers.grid_date_format, key=f"goal_{plan.plan_id}_due"
    )
    if not target and not plan.objectives:
        return plan
    if objective != named:
        found = replace(found, objective_key=objective)
    return with_goal(plan, replace(found, kpi=kpi, target_micros=micros(target), due_date=due))
