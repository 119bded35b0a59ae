"""Plan: lines, their figures, their weeks; lock the baseline."""

import streamlit as st

from budget.editing import check_plan, new_line, next_quarter
from budget.funnels import channels_of
from budget.plan import StoredPlan
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from budget.present.words import N_
from budget.utm import check_utm
from pages.parts import (
    challenge_note,
    edits,
    findings,
    frame,
    plan_events,
    plan_figures,
    plan_file,
    plan_flights,
    plan_lines,
    plan_paste,
    plan_target,
    plan_versions,
    plan_weeks,
    states,
)

CAPTIONS = {
    "draft": N_("Plan · {period} · version {version}, draft"),
    "proposed": N_("Plan · {period} · version {version}, proposed"),
}

app = frame.enter()
plan = states.editable_or_stop(app)


def heading(current: StoredPlan) -> None:
    """The finding, and what can be done with the whole plan."""
    budget = app.numbers.money(current.budget_micros)
    finding = app.count("{budget} on one line", "{budget} across {n} lines", len(current.lines), budget=budget)
    period = app.numbers.period(*current.period) if current.period else app.say("no dates yet")
    caption = app.say(CAPTIONS[current.status], period=period, version=str(current.version))
    with frame.title(app, finding, caption):
        if edits.can_undo(current) and st.button(app.say("Undo"), key="undo_edit", icon=":material/undo:"):
            edits.undo(app, current)
            st.rerun()
        plan_versions.approve_button(app, current)


def echo(current: StoredPlan) -> None:
    """Totals and contradictions, right under the table."""
    placed = sum(week.budget_micros for week in current.weeks)
    found = (*check_plan(current), *check_utm(current), *channels_of(current).findings)
    agree = app.say("The weeks add up to {total}", total=app.numbers.money_exact(placed))
    st.caption(agree if found else app.say("{agree} · CPM, CTR and CPC agree on every line", agree=agree))
    names = line_names(app.words, current)
    findings.listed(app, found, lambda finding: plan_sentence(finding, app.words, app.numbers, names))


def empty(current: StoredPlan) -> None:
    """The first line, at the press of a button."""
    st.write(app.say("Add a line below, or begin with a usual one."))
    if st.button(app.say("Add Meta prospecting, 13 weeks"), key="first_line", icon=":material/add:"):
        start, end = next_quarter(app.today)
        edits.save(app, current, new_line(current, "meta", "prospecting", start=start, end=end, budget_micros=0))
        st.rerun()


top = st.container()
lines_tab, figures_tab, weeks_tab, events_tab = st.tabs(
    [app.say("Lines"), app.say("Prices and rates"), app.say("Weekly phasing"), app.say("Events")],
    on_change="rerun", key="plan_tabs",
)  # fmt: skip
with lines_tab:
    if lines_tab.open:
        if not plan.lines:
            empty(plan)
        plan = plan_lines.lines(app, plan)
        echo(plan)
        plan_paste.show(app, plan)
        plan = plan_target.show(app, plan)
        plan_flights.show(app, plan)
with figures_tab:
    if figures_tab.open:
        plan = plan_figures.figures(app, plan)
        echo(plan)
with weeks_tab:
    if weeks_tab.open:
        plan = plan_weeks.weeks(app, plan)
        echo(plan)
with events_tab:
    if events_tab.open:
        plan = plan_events.show(app, plan)
plan_file.show(app, plan)
plan_versions.history(app, plan)
plan_versions.compared(app, plan)
with top:
    heading(plan)
    plan_versions.strip(app, plan)
    edits.notice(app, plan)
    challenge_note.show(app, plan)
