"""Whether the data are still what they must be: everything computed anew on request, faults in words."""

import streamlit as st

from budget.present.escape import esc
from budget.present.fault_words import MENDABLE, fault_sentence
from budget.store import default_url, doctor
from budget.store.doctor import Report
from pages.parts.app import App

REPORT = "_health"


def health(app: App) -> None:
    """The check of all firms, what it found, and the mending of what follows from other figures."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Check my data"), anchor=False)
        st.caption(app.say("Every sum, week and link is worked out anew and compared with what is stored."))
    if st.button(app.say("Check now"), key="check_data", icon=":material/health_and_safety:"):
        with st.spinner(app.say("Working everything out anew …")):
            st.session_state[REPORT] = doctor.examine(default_url())
    report: Report | None = st.session_state.get(REPORT)
    if report is not None:
        _said(app, report)


def _said(app: App, report: Report) -> None:
    if report.fixed:
        fixed = app.count("{n} row was put right.", "{n} rows were put right.", report.fixed)
        st.success(fixed, icon=":material/build:")
    if not report.faults:
        firms = app.count("{n} firm", "{n} firms", len(report.workspaces))
        st.success(app.say("All is well: {firms} checked.", firms=firms), icon=":material/check_circle:")
        return
    names = {firm.workspace_id: firm.name for firm in report.workspaces}
    for fault in report.faults:
        where = f"{esc(names[fault.workspace_id])}: " if fault.workspace_id in names else ""
        times = app.count("{n} place", "{n} places", fault.count)
        st.markdown(f":red[:material/error:] {where}{esc(fault_sentence(app.words, fault))} ({times})")
    if any(fault.code in MENDABLE for fault in report.faults):
        _mend(app)


def _mend(app: App) -> None:
    if st.button(app.say("Work it out anew"), key="mend_data", icon=":material/build:"):
        with st.spinner(app.say("Working everything out anew …")):
            st.session_state[REPORT] = doctor.mend(default_url())
        st.rerun()
