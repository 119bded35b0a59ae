"""A figure with its comparison in a grey chip, and the goal as such a comparison."""

import streamlit as st

from budget.plan import PlanObjective, StoredPlan
from budget.present.business_words import kpi_amount
from budget.present.vocabulary import KPIS
from pages.parts.app import App


def card(label: str, figure: str, chip: str, help_text: str) -> None:
    """One card of a grid; cards of a row are equally high."""
    st.metric(label, figure, chip, border=True, delta_color="gray", delta_arrow="off", help=help_text, height="stretch")


def goal_text(app: App, plan: StoredPlan) -> str:
    """The goal in a chip."""
    goal = _goal(plan)
    if goal is None:
        return app.say("no goal yet")
    return app.say("goal {target}", target=kpi_amount(app.numbers, goal.kpi, goal.target_micros))


def goal_help(app: App, plan: StoredPlan) -> str:
    """What the goal is, or where to set one."""
    goal = _goal(plan)
    if goal is None:
        return app.say("Set a goal on the Business screen.")
    kpi, due = app.say(KPIS[goal.kpi]), app.numbers.date(goal.due_date)
    return app.say("Share of outcomes that reach the goal: {kpi} by {due}", kpi=kpi, due=due)


def _goal(plan: StoredPlan) -> PlanObjective | None:
    """The main goal, once it has a target."""
    return next((objective for objective in plan.objectives[:1] if objective.target_micros), None)
