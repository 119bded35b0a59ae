"""What needs a look: a short list, each with the way to mend it and a way to set it aside."""

from dataclasses import replace
from datetime import date

import streamlit as st

from budget.alert_rules import alerts_of
from budget.alerts import Alert, Watchlist, silent_until, watchlist
from budget.audience_desk import USUAL_WEEKS
from budget.audience_desk import Alert as PageAlert
from budget.audience_desk import alerts_of as page_alerts
from budget.plan import StoredPlan
from budget.present.alert_words import STEPS, alert_sentence
from budget.present.escape import esc
from budget.present.vocabulary import line_names
from budget.store import Acknowledgement, Store
from budget.watch import Watch, end_of, watch
from pages.parts import audience_results, results
from pages.parts.app import App

SEEN = "_alert_seen"
"""The screen and key of the alert that was acknowledged last, which can be taken back there."""


def show(app: App, plan: StoredPlan, *, here: str = "", most: int = 5) -> None:
    """The list, folded after the first `most`; nothing where nothing needs a look.

    `here`: the screen it stands on, to which no link leads.
    """
    found = listed(app, plan)
    seen = [alert for alert in found.silent if st.session_state.get(SEEN) == (here, alert.key)]
    if not found.open and not seen:
        return
    with st.container(gap="xxsmall", key="alerts"):
        if found.open:
            heading = app.count("{n} thing needs a look", "{n} things need a look", len(found.open))
            st.header(heading, anchor=False)
        for alert in found.open[:most]:
            _row(app, plan, alert, here)
        if rest := found.open[most:]:
            with st.expander(app.count("{n} more", "{n} more", len(rest))):
                for alert in rest:
                    _row(app, plan, alert, here)
        for alert in seen:
            _seen(app, plan, alert)


def listed(app: App, plan: StoredPlan) -> Watchlist:
    """Alerts of today, apart by whether they were acknowledged.

    Money is held against the plan that is worked with, as on the review; the goal is that of `plan`, which judges.
    """
    working = app.plan or plan
    seen = replace(
        _watched(results.key_of(app, working), app.today, app.store, working),
        end=end_of(plan, results.projected(app, plan)),
        before=results.promised(app, plan),
        claims=results.claims(app, plan),
        pages=_pages(app, working),
    )
    return watchlist(alerts_of(seen), app.store.acknowledgements(plan.workspace_id), app.today)


def _pages(app: App, plan: StoredPlan) -> tuple[PageAlert, ...]:
    """Measures of the pages beyond their lines; nothing where no page was uploaded."""
    if audience_results.uploaded(app, plan).is_empty:
        return ()
    return page_alerts(plan, audience_results.found(app, plan, USUAL_WEEKS))


@st.cache_data(max_entries=16, scope="session", show_spinner=False)
def _watched(key: results.Key, today: date, _store: Store, _plan: StoredPlan) -> Watch:
    return watch(_store, _plan, today)


def _row(app: App, plan: StoredPlan, alert: Alert, here: str) -> None:
    """Icon, sentence, the way to mend it, and the word that it was seen."""
    text = alert_sentence(alert, app.words, app.numbers, line_names(app.words, plan))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"alert_{_slug(alert)}"):
        st.markdown(f":orange[:material/notifications:] {esc(text)}", width="stretch")
        if alert.step != here:
            st.page_link(f"pages/{alert.step}.py", label=app.say(STEPS[alert.step]), icon=":material/arrow_forward:")
        st.button(app.say("Got it"), key=f"got_{_slug(alert)}", type="tertiary", icon=":material/check:",
                  help=app.say("Silent for a week, unless it gets a fifth worse."),
                  on_click=_got, args=(app.store, plan.workspace_id, alert, app.today, here))  # fmt: skip


def _seen(app: App, plan: StoredPlan, alert: Alert) -> None:
    """An alert that was set aside just now, with the way back."""
    text = alert_sentence(alert, app.words, app.numbers, line_names(app.words, plan))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"seen_{_slug(alert)}"):
        st.caption(f":material/done: {esc(text)}", width="stretch")
        st.button(app.say("Undo"), key=f"undo_{_slug(alert)}", type="tertiary", icon=":material/undo:",
                  on_click=_undone, args=(app.store, plan.workspace_id, alert, app.today))  # fmt: skip


def _got(store: Store, firm: int, alert: Alert, today: date, here: str) -> None:
    store.acknowledge(firm, Acknowledgement(alert.key, alert.level_micros, silent_until(today)))
    st.session_state[SEEN] = (here, alert.key)


def _undone(store: Store, firm: int, alert: Alert, today: date) -> None:
    """Acknowledgements are only added: one that is over already is the last word."""
    store.acknowledge(firm, Acknowledgement(alert.key, alert.level_micros, today))
    st.session_state.pop(SEEN, None)


def _slug(alert: Alert) -> str:
    """The alert's key as part of a widget's key."""
    return "".join(sign if sign.isalnum() else "_" for sign in alert.key)
