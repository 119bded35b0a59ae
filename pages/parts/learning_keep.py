"""Keeping the present forecast on the Learning screen, with the person's reason, and the list of those kept."""

import streamlit as st

from budget.desk import KeptForecast
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.record_words import reason_text
from pages.parts import findings, kept, results
from pages.parts.app import App

SAID = "_forecast_kept"
COUNT = "_forecast_notes"
LONGEST_NOTE = 300
SHOWN = 12


def keep_section(app: App, plan: StoredPlan) -> None:
    """A field for the reason, the button, what it did, and the newest kept forecasts."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Keep today's forecast"), anchor=False)
        st.caption(app.say("As plan and data stand now. It never changes, and is judged as its weeks come in."))
    key = f"forecast_note_{st.session_state.get(COUNT, 0)}"
    note = st.text_input(app.say("Why now (optional)"), key=key, max_chars=LONGEST_NOTE,
                         placeholder=app.say("For example: before the price rise"))  # fmt: skip
    if st.button(app.say("Keep this forecast"), key="keep_forecast", icon=":material/bookmark_add:"):
        _keep(app, plan, note.strip())
    if said := st.session_state.pop(SAID, None):
        st.markdown(f":green[:material/check_circle:] {esc(said)}")
    _listed(app, results.kept_forecasts(app, plan))


def _keep(app: App, plan: StoredPlan, note: str) -> None:
    """Keep it and say whether it is a new one."""
    before = {one.forecast.forecast_id for one in results.kept_forecasts(app, plan)}
    made = kept.keep(app, plan, note)
    if made is None:
        said = app.say("No week lies ahead of the data: there is nothing to foretell.")
    elif made.forecast_id in before:
        day = app.numbers.date(made.made_at.date())
        said = app.say("Nothing has changed since the forecast of {date}: it stands.", date=day)
    else:
        said = app.say("Kept. The next uploads show how good it was.")
    st.session_state[SAID] = said
    st.session_state[COUNT] = st.session_state.get(COUNT, 0) + 1
    st.rerun()


def _listed(app: App, found: tuple[KeptForecast, ...]) -> None:
    if not found:
        return
    label = app.count("{n} kept forecast", "{n} kept forecasts", len(found))
    with st.expander(label, icon=":material/bookmarks:"):
        header = [app.say("Kept on"), app.say("Why"), app.say("From week"), app.say("Note")]
        findings.table(app, header, [_row(app, one) for one in found[:SHOWN]])


def _row(app: App, of: KeptForecast) -> tuple[str, str, str, str]:
    kept_on, first = (app.numbers.date(day) for day in (of.forecast.made_at.date(), of.forecast.horizon_start))
    return kept_on, reason_text(app.words, of.forecast.reason), first, "; ".join(of.notes) or app.numbers.whole(None)
