"""The frame around every screen: the `App`, language, firm, navigation, and the one handler of errors."""

from contextvars import ContextVar

import streamlit as st

from budget.plan import PlanHead, StoredPlan
from budget.present.escape import esc
from budget.present.numbers import numbers_for
from budget.present.words import N_, Words, words_for
from budget.scenario import main_plan
from budget.store import Store, Workspace, default_url, open_store
from pages.parts import faults, firms, kept, state
from pages.parts.app import App
from pages.parts.navigation import navigation
from pages.parts.refusal import OPEN_ADDRESS, reaches_others
from pages.parts.screen import chart, style, title

__all__ = ["App", "chart", "enter", "run", "title"]

STATUS = {
    "draft": N_("Plan {name}: draft"),
    "proposed": N_("Plan {name}: proposed"),
    "locked": N_("Plan {name}: locked"),
}
NO_PLAN = N_("No plan yet")

_current: ContextVar[App | None] = ContextVar("payoff_app", default=None)


def run() -> None:
    """The whole run of the entry file: refuse an open address, frame, navigation, then the chosen screen."""
    words = words_for(state.language())
    if st.runtime.exists() and not st.get_option("global.appTest") and reaches_others(st.get_option("server.address")):
        st.error(words.say(OPEN_ADDRESS))
        return
    style()
    with st.sidebar:
        state.language_switch(words)
    screen = navigation(words)
    try:
        app = _app(words)
        token = _current.set(app)
        try:
            screen.run()
        finally:
            _current.reset(token)
        kept.settle_waiting(app)
    except Exception as error:
        faults.show(error)


def enter() -> App:
    """The context of this run: the first statement of every screen.

    A deep link on a fresh server runs the screen without the entry file: then this makes the navigation known and
    starts the run again, so the call does not return.
    """
    app = _current.get()
    if app is None:
        navigation(words_for(state.language()))
        st.rerun()
    return app


def _app(words: Words) -> App:
    store = _store(default_url())
    workspaces = store.workspaces()
    workspace = state.firm(workspaces)
    heads = store.plans(workspace.workspace_id) if workspace else ()
    main = main_plan(heads)
    plan, opened = (_loaded(store, head, workspace) for head in (main, state.opened_plan(heads, main)))
    baselines = (head for head in heads if head.status == "locked")
    locked = _loaded(store, max(baselines, key=lambda head: head.plan_id, default=None), workspace)
    with st.sidebar:
        state.firm_switch(words, workspaces)
        _plan_status(words, plan, locked)
        if workspace:
            firms.acts(words, store, workspace)
    shown = opened or plan
    currency = shown.currency if shown else workspace.currency if workspace else "AZN"
    today = state.today_in(workspace.timezone if workspace else None)
    numbers = numbers_for(words.lang, currency)
    return App(store, workspace, plan, locked, words, numbers, words.lang, today, heads, opened)


@st.cache_resource(on_release=lambda store: store.close(), show_spinner=False)
def _store(url: str) -> Store:
    """One store per process and place."""
    return open_store(url, clock=state.now)


def _loaded(store: Store, head: PlanHead | None, workspace: Workspace | None) -> StoredPlan | None:
    if head is None or workspace is None:
        return None
    return _plan(default_url(), workspace.workspace_id, head.plan_id, head.version, head.status, store)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _plan(url: str, workspace_id: int, plan_id: int, version: int, status: str, _store: Store) -> StoredPlan:
    """A plan as stored; url, version and status are there for the cache's key."""
    return _store.plan(workspace_id, plan_id)


def _plan_status(words: Words, plan: StoredPlan | None, locked: StoredPlan | None) -> None:
    known = [stored for stored in (plan, locked) if stored]
    for stored in known:
        st.caption(words.say(STATUS[stored.status], name=esc(stored.name)))
    if not known:
        st.caption(words.say(NO_PLAN))
