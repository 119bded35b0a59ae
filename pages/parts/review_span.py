"""Which days the review is about: all to date, a week or a calendar month; kept in the address (`?span=2026-W46`)."""

from collections.abc import Callable, Mapping, Set
from datetime import timedelta

import streamlit as st

from budget.spans import name_of, spans_of, whole_week
from budget.trust import Trust
from budget.weeks import Period
from pages.parts import state
from pages.parts.app import App
from pages.parts.choice import own_key

TO_DATE = ""
WIDTH = 250


def pick(app: App, plan_period: Period | None, trust: Trust, closed: Set[str]) -> Period | None:
    """The chosen days, None all to date; `closed` holds the names of spans that were closed."""
    options = spans_of(plan_period, trust.latest)
    latest = whole_week(options, trust.until)
    if not options:
        return None
    code = state.span([TO_DATE, *options], TO_DATE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_span_row"):
        key = own_key(app, "review_span")
        st.session_state[key] = code
        st.selectbox(
            app.say("Days"), [TO_DATE, *options], key=key, format_func=_named(app, options, closed), width=WIDTH,
            on_change=_chosen, args=(key,), label_visibility="collapsed",
        )  # fmt: skip
        if latest and code != latest:
            st.button(app.say("Last full week"), key="span_last", on_click=state.open_span, args=(latest,))
        if code:
            st.button(app.say("All to date"), key="span_all", on_click=state.open_span, args=(TO_DATE,))
    return options.get(code)


def _chosen(key: str) -> None:
    state.open_span(str(st.session_state[key]))


def _named(app: App, options: Mapping[str, Period], closed: Set[str]) -> Callable[[str], str]:
    def name(code: str) -> str:
        if code not in options:
            return app.say("To date")
        said = span_words(app, options[code])
        return app.say("{span}, closed", span=said) if code in closed else said

    return name


def span_words(app: App, span: Period | None) -> str:
    """`W46, 9 – 15 Nov 2026`, `November 2026`, or that it is all to date."""
    if span is None:
        return app.say("To date")
    if "W" in name_of(span):
        return f"{app.numbers.week(span.start)}, {app.numbers.period(*span)}"
    return app.numbers.month(span.start + timedelta(days=1))
