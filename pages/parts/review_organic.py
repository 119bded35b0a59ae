"""Signals of the pages beside the ads: how people react, what they turn away from, how many leave the site at once."""

import streamlit as st

from budget.audience_desk import USUAL_WEEKS, Audience, alerts_of
from budget.audience_goals import measure_of
from budget.audience_kpis import ALL, Kpi, Name
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.escape import esc
from pages.parts import audience_results, findings
from pages.parts.app import App

SIGNALS: tuple[Name, ...] = ("engagement_rate", "negative_feedback", "bounce_rate")


def show(app: App, plan: StoredPlan) -> None:
    """A row a network; what lies beyond an alert line first. Silent where nothing of the pages was uploaded."""
    if audience_results.uploaded(app, plan).is_empty:
        return
    found = audience_results.found(app, plan, USUAL_WEEKS)
    alerts = alerts_of(plan, found)
    over = app.count("{n} signal of your pages is over its line", "{n} signals of your pages are over their lines",
                     len(alerts))  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(over if alerts else app.say("No signal of your pages is over its line"), anchor=False)
        st.caption(esc(app.say("{period} → the newest week. Denominators differ by network: compare each with itself",
                               period=app.numbers.period(*found.window.period))))  # fmt: skip
    for alert in alerts:
        st.markdown(f":orange[:material/warning:] {esc(audience_words.alert_sentence(app.words, alert))}")
    header = [app.say("Network"), *(app.say(audience_words.LABELS[name]) for name in SIGNALS)]
    findings.table(app, header, [_row(app, found, network) for network in (*found.networks, ALL)])
    st.page_link("pages/audience.py", label=app.say("See the audience"), icon=":material/arrow_forward:")


def _row(app: App, found: Audience, network: str) -> tuple[str, ...]:
    """Figures of a network; of all together only what belongs to no single one."""
    kpis = found.kpis[network]
    names = SIGNALS if network != ALL else ("bounce_rate",)
    cells = (_cell(app, kpis[name]) if name in names else app.numbers.whole(None) for name in SIGNALS)
    return audience_words.network_name(app.words, network), *cells


def _cell(app: App, kpi: Kpi) -> str:
    """`1.2 → 2.3`: all weeks, then the newest that is known."""
    if kpi.value is None:
        return app.numbers.whole(None)
    whole = audience_words.figure(app.words, app.numbers, kpi)
    newest = next((x for x in reversed(kpi.weeks) if x is not None), None)
    if newest is None:
        return whole
    return f"{whole} → {audience_words.amount(app.numbers, measure_of(kpi.name, kpi.basis), newest)}"
