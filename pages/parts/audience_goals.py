"""Targets and alert lines of the chosen network, stored as they are typed."""

import streamlit as st

from budget.audience_desk import Audience
from budget.audience_goals import MEASURES, Kind, goal_of, measure_of, own_goal, with_goal
from budget.audience_kpis import KPIS
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.audience_words import MEASURE_NAMES, network_name
from budget.present.escape import esc
from pages.parts import edits, typed
from pages.parts.app import App
from pages.parts.choice import own_key

ALERTED = ("engagement_rate", "bounce_rate", "negative_feedback")


def form(app: App, plan: StoredPlan, found: Audience, network: str) -> None:
    """A target a measure, alert lines where one can be passed; empty means none, or the published one."""
    with st.expander(app.say("Targets and alert lines"), key=own_key(app, "audience_goals"), icon=":material/flag:"):
        name = network_name(app.words, network)
        st.caption(esc(app.say("For {network}. Rates that a network does not name are those of all networks. Empty: "
                               "none, or the published line", network=name)))  # fmt: skip
        edited = plan
        for kpi in KPIS:
            if kpi == "best_content":
                continue
            measure = measure_of(kpi, found.kpis[network][kpi].basis)
            edited = _row(app, edited, measure, network, alerted=kpi in ALERTED)
        edits.save(app, plan, edited)
        if edited != plan:
            st.rerun()
        typed.undo(app, plan)


def _row(app: App, plan: StoredPlan, measure: str, network: str, *, alerted: bool) -> StoredPlan:
    left, right = st.columns(2, gap="small")
    with left:
        plan = _input(app, plan, measure, "target", network)
    if alerted:
        with right:
            plan = _input(app, plan, measure, "alert", network)
    return plan


def _input(app: App, plan: StoredPlan, measure: str, kind: Kind, network: str) -> StoredPlan:
    unit = MEASURES[measure].unit
    scale = 100.0 if unit == "share" else 1.0
    stored, usual = own_goal(plan, measure, kind, network), goal_of(plan, measure, kind, network)
    digits = 1 if unit == "share" or measure.startswith("negative") else 0
    other = usual if usual and stored is None else None
    key = typed.key(plan, f"goal_{network}_{measure}_{kind}")
    # A box that begins with a number can never be emptied again: the number comes by its key instead.
    shown = None if stored is None else round(stored * scale, 6)
    if shown is not None:
        st.session_state.setdefault(key, shown)
    typed_value: float | None = st.number_input(
        _label(app, measure, kind), 0.0, 100.0 if unit == "share" else 1e9, None,
        format=app.numbers.input_format(digits), key=key,
        placeholder=audience_words.amount(app.numbers, measure, other.value) if other else "",
        help=esc(audience_words.goal_source(app.words, other)) if other else None,
    )  # fmt: skip
    if typed_value == shown:
        return plan
    value = None if typed_value is None else round(typed_value / scale, 9)
    return with_goal(plan, measure, kind, value, network)


def _label(app: App, measure: str, kind: Kind) -> str:
    name, unit = app.say(MEASURE_NAMES[measure]), MEASURES[measure].unit
    target, alert = app.say("{measure}: target", measure=name), app.say("{measure}: alert line", measure=name)
    said = target if kind == "target" else alert
    if unit == "share":
        return f"{said}, %"
    return app.say("{label}, {currency} a week", label=said, currency=app.numbers.currency) if unit == "money" else said
