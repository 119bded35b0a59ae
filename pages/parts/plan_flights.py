"""The flight chart: who runs when, how sure the money is, what is spent, which events lie in between."""

import streamlit as st

from budget.actuals import spent_shares
from budget.money import major
from budget.plan import StoredPlan
from budget.present.charts.flights import Event, Flight, flights
from budget.present.escape import esc
from budget.present.vocabulary import line_names
from pages.parts import frame, results
from pages.parts.app import App


def show(app: App, plan: StoredPlan) -> None:
    """The chart under its headline; nothing while no line has dates."""
    names, spent = line_names(app.words, plan), spent_shares(plan, results.actuals(app, plan))
    rows = [
        Flight(names[line.line_key], *line.flight, line.commitment, major(line.budget_micros), spent.get(line.line_key))
        for line in plan.lines
        if line.flight
    ]
    if not rows or plan.period is None:
        return
    unit = app.numbers.unit(row.budget for row in rows)
    with st.container(gap="xxsmall"):
        st.header(_finding(app, plan), anchor=False)
        st.caption(_caption(app, unit.name, statuses=len({row.commitment for row in rows}) > 1, spent=bool(spent)))
    period = app.numbers.period(*plan.period)
    text = app.count("Flight of {n} line, {period}", "Flights of {n} lines, {period}", len(rows), period=period)
    events = [Event(event.name, event.start_date, event.end_date) for event in plan.events]
    drawing = flights(rows, app.numbers, app.words, unit, events=events, today=app.today)
    frame.chart(app, drawing, text, key="flights")


def _finding(app: App, plan: StoredPlan) -> str:
    """Lines that run through the first event to come; without one, what the chart shows."""
    ahead = [event for event in plan.events if event.end_date > app.today]
    if not ahead:
        return app.say("Who runs when")
    event = min(ahead, key=lambda each: each.start_date)
    flights_of = [line.flight for line in plan.lines if line.flight]
    running = sum(1 for each in flights_of if each.start < event.end_date and event.start_date < each.end)
    if not running:
        return app.say("No line runs during {event}", event=esc(event.name))
    if running == len(flights_of):
        return app.say("Every line runs during {event}", event=esc(event.name))
    return app.count(
        "{n} of {all} lines runs during {event}", "{n} of {all} lines run during {event}", running,
        event=esc(event.name), all=app.numbers.whole(len(flights_of)),
    )  # fmt: skip


def _caption(app: App, unit: str, *, statuses: bool, spent: bool) -> str:
    said = app.say("Flights and budget, {unit}", unit=unit)
    if statuses:
        said = app.say("{caption}. Full: committed; pale: forecast; outline: optional", caption=said)
    return app.say("{caption}. Blue: spent so far, as share of the budget", caption=said) if spent else said
