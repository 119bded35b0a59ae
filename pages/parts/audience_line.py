"""A rate by week beside its alert line, for the network that needs it most."""

import streamlit as st

from budget.audience_desk import Alert, Audience, alert_for
from budget.audience_goals import MEASURES, Goal, measure_of
from budget.audience_kpis import Kpi, Name
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.audience_words import LABELS, network_name
from budget.present.charts.limit import limit
from budget.present.escape import esc
from pages.parts import audience_missing
from pages.parts.app import App
from pages.parts.screen import chart

USUAL: Name = "negative_feedback"


def line(app: App, plan: StoredPlan, found: Audience, alerts: list[Alert], network: str) -> None:
    """The measure of the first alert; without one negative feedback, where it is known."""
    shown = _shown(found, alerts, network)
    if shown is None:
        with st.container(gap="xxsmall"):
            st.header(app.say("Negative feedback by week"), anchor=False)
        audience_missing.block(app, "negative", (network,) if network else found.networks)
        return
    kpi, alert = shown
    measure = measure_of(kpi.name, kpi.basis)
    border = alert_for(plan, kpi)
    finding = _finding(app, kpi, alert, border)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(esc(f"{audience_words.caption(app.words, kpi)} · {network_name(app.words, kpi.network)}"))
    scale = 100.0 if MEASURES[measure].unit == "share" else 1.0
    values = [None if x is None else x * scale for x in kpi.weeks]
    word = app.say("alert at {line}", line=audience_words.amount(app.numbers, measure, border.value)) if border else ""
    tips = [
        f"{app.numbers.week(week)}: {audience_words.amount(app.numbers, measure, x)}"
        for week, x in zip(found.window.weeks, kpi.weeks, strict=True)
    ]
    drawing = limit(
        found.window.weeks, values, border.value * scale if border else None, word, tips, app.numbers,
        digits=0 if scale > 1 else 1, above_is_bad=not MEASURES[measure].more_is_better,
    )  # fmt: skip
    chart(app, drawing, finding, key="audience_line")
    if border:
        st.caption(esc(app.say("Alert line: {line} ({source})", source=audience_words.goal_source(app.words, border),
                               line=audience_words.amount(app.numbers, measure, border.value))))  # fmt: skip
    else:
        st.caption(app.say("No alert line yet: nothing was published for it. Set your own below."))


def _shown(found: Audience, alerts: list[Alert], network: str) -> tuple[Kpi, Alert | None] | None:
    for alert in alerts:
        return found.kpis[alert.network][alert.kpi], alert
    kpi = found.kpis[network][USUAL]
    return (kpi, None) if kpi.value is not None else None


def _finding(app: App, kpi: Kpi, alert: Alert | None, border: Goal | None) -> str:
    name = app.say(LABELS[kpi.name])
    if alert:
        return audience_words.alert_sentence(app.words, alert)
    if border:
        return app.say("{measure} keeps its line", measure=name)
    return app.say("{measure} by week", measure=name)
