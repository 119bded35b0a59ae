"""Choices in the page's address: language (`?lang=az`), firm (`?firm=3`), plan (`?plan=7`), days (`?span=2026-11`)."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from budget.plan import PlanHead
from budget.present.words import LANGUAGES, N_, Words, language_of, words_for
from budget.store import Workspace

LANGUAGE = N_("Language")
FIRM = N_("Firm")
TODAY_VARIABLE = "PAYOFF_TODAY"


def language() -> str:
    """The language in the address, else the one chosen before, else the browser's; called before any word is shown."""
    return _remembered("lang", list(LANGUAGES), language_of(st.context.locale))


def language_switch(words: Words) -> None:
    """The switch between all languages, each by its own name; the next run speaks the chosen one."""
    st.segmented_control(
        words.say(LANGUAGE),
        list(LANGUAGES),
        key="lang",
        format_func=lambda code: LANGUAGES[code],
        required=True,
        persist_state="session",
    )


def firm(workspaces: Sequence[Workspace]) -> Workspace | None:
    """The firm in the address, else the one chosen before, else the newest; one that is not ours counts as absent."""
    if not workspaces:
        st.session_state.pop("firm", None)
        return None
    by_id = {str(workspace.workspace_id): workspace for workspace in workspaces}
    newest = max(workspaces, key=lambda workspace: workspace.workspace_id)
    return by_id[_remembered("firm", list(by_id), str(newest.workspace_id))]


def firm_switch(words: Words, workspaces: Sequence[Workspace]) -> None:
    """The chooser of the firm, where there is more than one."""
    names = {str(workspace.workspace_id): workspace.name for workspace in workspaces}
    if len(names) > 1:
        st.selectbox(words.say(FIRM), list(names), key="firm", format_func=_named(names), persist_state="session")


def open_firm(workspace_id: int) -> None:
    """Make this firm the chosen one from the next run on (for callbacks, after a firm was made)."""
    st.session_state["_next_firm"] = str(workspace_id)


def opened_plan(heads: Sequence[PlanHead], main: PlanHead | None) -> PlanHead | None:
    """The plan in the address, else the one opened before, else the main one; one put away counts as absent."""
    by_id = {str(head.plan_id): head for head in heads if head.status != "archived"}
    first = main or max(by_id.values(), key=lambda head: head.plan_id, default=None)
    if first is None:
        st.session_state.pop("plan", None)
        return None
    return by_id[_remembered("plan", list(by_id), str(first.plan_id))]


def open_plan(plan_id: int) -> None:
    """Make this plan the opened one from the next run on (for callbacks, after a scenario was made)."""
    st.session_state["_next_plan"] = str(plan_id)


def span(allowed: Sequence[str], default: str) -> str:
    """The week or month that the review is about: the one in the address, else the one chosen before."""
    return _remembered("span", allowed, default)


def open_span(name: str) -> None:
    """Make this span the chosen one from the next run on (for callbacks)."""
    st.session_state["_next_span"] = name


def today_in(timezone: str | None) -> date:
    """Today in a time zone (the firm's; else the browser's, else UTC). `PAYOFF_TODAY=2026-11-22` fixes it."""
    fixed = os.environ.get(TODAY_VARIABLE)
    if fixed:
        return date.fromisoformat(fixed)
    try:
        zone = ZoneInfo(timezone or st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.now(zone).date()


def now() -> datetime:
    """The moment that the store writes down; on a fixed day (`PAYOFF_TODAY`) the time of that day."""
    moment, fixed = datetime.now(UTC), os.environ.get(TODAY_VARIABLE)
    return datetime.combine(date.fromisoformat(fixed), moment.timetz()) if fixed else moment


def current_words() -> Words:
    """The words of the language chosen so far, for the moments when no `App` could be made."""
    return words_for(st.session_state.get("lang"))


def _named(names: dict[str, str]) -> Callable[[str], str]:
    return lambda key: names[key]


def _remembered(key: str, allowed: Sequence[str], default: str) -> str:
    """The choice of `key`: a new valid value in the address wins, then the widget of that key, then the default.

    The address holds the choice only while it differs from the default, so that the usual address stays clean.
    """
    address, seen = st.query_params.get(key), st.session_state.get(f"_seen_{key}")
    asked = st.session_state.pop(f"_next_{key}", address if address != seen else None)
    if asked in allowed:
        st.session_state[key] = asked
    elif st.session_state.get(key) not in allowed:
        st.session_state[key] = default
    choice = str(st.session_state[key])
    st.session_state[f"_seen_{key}"] = choice
    if choice != default:
        st.query_params[key] = choice
    elif address is not None:
        del st.query_params[key]
    return choice
