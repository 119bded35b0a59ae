"""Every goal with the range that its figure comes to, the chance of reaching it, and the chance of a loss."""

import streamlit as st

from budget.forecast import Forecast
from budget.objectives import MONEY_KPIS, verdict
from budget.plan import PlanObjective, StoredPlan
from budget.present.business_words import VERDICTS, kpi_amount
from budget.present.vocabulary import KPIS
from pages.parts import findings
from pages.parts.app import App


def show(app: App, plan: StoredPlan, of: Forecast) -> None:
    """A row a goal; the last one is the loss."""
    known = [found.chance for found in of.outlooks.values()]
    reached = sum(verdict(each, of.chances.get(each.objective_key)) == "achievable" for each in plan.objectives)
    header = app.count("{reached} of {n} goal is achievable", "{reached} of {n} goals are achievable", len(known),
                       reached=str(reached))  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(header if known else app.say("No goal with a target yet"), anchor=False)
        st.caption(app.say("By the deadline of each goal; range: 8 of 10 outcomes"))
    columns = [app.say("Goal"), app.say("Target"), app.say("Range"), app.say("Chance")]
    loss = (app.say("A loss after the team"), "–", app.numbers.money_span(of.profit.low, of.profit.high),
            app.numbers.chance(of.p_loss))  # fmt: skip
    findings.table(app, columns, [*(_row(app, of, each) for each in plan.objectives), loss])


def _row(app: App, of: Forecast, goal: PlanObjective) -> tuple[str, str, str, str]:
    numbers, found = app.numbers, of.outlooks.get(goal.objective_key)
    name = app.say(KPIS.get(goal.kpi, goal.kpi))
    name = f"{name} · {numbers.date_short(goal.due_date)}" if goal.due_date else name
    target = kpi_amount(numbers, goal.kpi, goal.target_micros) if goal.target_micros else "–"
    chance = of.chances.get(goal.objective_key)
    told = app.say(VERDICTS[verdict(goal, chance)], chance=numbers.chance(chance))
    span = numbers.money_span if goal.kpi in MONEY_KPIS else numbers.whole_span
    return name, target, span(found.amount.low, found.amount.high) if found else "–", told
