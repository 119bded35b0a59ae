"""Everything that a version of a plan says, as tables to read."""

import pandas as pd
import streamlit as st

from budget.money import major
from budget.phasing import week_matrix
from budget.plan import PlanAssumption, StoredPlan
from budget.present.business_words import kpi_amount
from budget.present.plan_file_words import PART_NAMES, code_name, field_name
from budget.present.vocabulary import COMMITMENTS, KPIS, line_names
from budget.weeks import weeks_of
from pages.parts import findings, plan_flights
from pages.parts.app import App

SHARES = ("ctr", "cvr")


def show(app: App, plan: StoredPlan) -> None:
    """Lines, flights, weeks, figures, goals, costs and events, each where there is one."""
    names = line_names(app.words, plan)
    _lines(app, plan, names)
    plan_flights.show(app, plan)
    _weeks(app, plan, names)
    figures = PART_NAMES["assumptions"]
    with st.expander(app.say(figures), icon=":material/tune:"):
        _figures(app, plan, names)
    with st.expander(app.say("Goals, costs and events"), icon=":material/flag:"):
        _goals(app, plan)
        _costs(app, plan)
        _events(app, plan)


def _lines(app: App, plan: StoredPlan, names: dict[str, str]) -> None:
    header = [app.say("Line"), app.say("Period"), app.say("Budget"), app.say("Status"), app.say("Owner")]
    rows = [
        (
            names[line.line_key],
            app.numbers.period(*line.flight) if line.flight else app.say("no dates yet"),
            app.numbers.money_exact(line.budget_micros),
            app.say(COMMITMENTS[line.commitment]),
            line.owner,
        )
        for line in plan.lines
    ]
    findings.table(app, header, rows)


def _weeks(app: App, plan: StoredPlan, names: dict[str, str]) -> None:
    if plan.period is None:
        return
    weeks = weeks_of(plan.period)
    matrix = week_matrix(plan, weeks)
    columns = {week.isoformat(): app.numbers.date_short(week) for week in weeks}
    rows = [
        {"line": names[line.line_key]} | dict(zip(columns, map(major, matrix[line.line_key]), strict=True))
        for line in plan.lines
    ]
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    shown = {key: number(label, format=app.numbers.grid_format(2)) for key, label in columns.items()}
    with st.expander(app.say("Weekly phasing"), icon=":material/calendar_month:"):
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, row_height=30, alt=app.say("Weekly phasing"),
            column_config={"line": text(app.say("Line"), pinned=True)} | shown, key=f"weeks_of_{plan.plan_id}",
        )  # fmt: skip


def _figures(app: App, plan: StoredPlan, names: dict[str, str]) -> None:
    header = [
        app.say("Where"),
        app.say("Figure"),
        app.say("Low"),
        app.say("Likely"),
        app.say("High"),
        app.say("Source"),
    ]
    rows = [
        (
            names.get(each.scope, code_name("scope", each.scope, app.words)),
            code_name("figure_key", each.key, app.words),
            *(_figure(app, each, value) for value in (each.low, each.likely, each.high)),
            each.source,
        )
        for each in plan.assumptions
    ]
    findings.table(app, header, rows)


def _figure(app: App, of: PlanAssumption, value: float) -> str:
    if of.unit == "share" or of.key in SHARES:
        return app.numbers.percent(value, 2)
    return app.numbers.decimal(value, 0 if of.unit in ("count", "flag") else 2)


def _goals(app: App, plan: StoredPlan) -> None:
    header = [app.say("Goal"), app.say("Target"), field_name("objectives", "due_date", app.words)]
    rows = [
        (app.say(KPIS.get(goal.kpi, goal.kpi)), kpi_amount(app.numbers, goal.kpi, goal.target_micros),
         app.numbers.date(goal.due_date))
        for goal in plan.objectives
    ]  # fmt: skip
    if rows:
        findings.table(app, header, rows)


def _costs(app: App, plan: StoredPlan) -> None:
    header = [app.say("Cost"), app.say("Month"), app.say("Amount")]
    rows = [
        (code_name("cost", cost.kind, app.words),
         app.numbers.month(cost.month_start) if cost.month_start else app.say("every month"),
         app.numbers.money_exact(cost.amount_micros))
        for cost in plan.costs
    ]  # fmt: skip
    if rows:
        findings.table(app, header, rows)


def _events(app: App, plan: StoredPlan) -> None:
    header = [app.say("Event"), app.say("Period"), app.say("Conversions"), app.say("Price")]
    rows = [
        (event.name, app.numbers.period(event.start_date, event.end_date), app.numbers.times(event.factor),
         app.numbers.times(event.price_factor))
        for event in plan.events
    ]  # fmt: skip
    if rows:
        findings.table(app, header, rows)
