"""Last week's decisions first: what was to be done, what it should change, what it did."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from budget.effects import Effect
from budget.plan import StoredPlan
from budget.present import decision_words as told
from budget.present.escape import esc
from budget.present.vocabulary import line_names
from budget.store import Decision
from budget.store.review_values import DecisionStatus, Verdict
from budget.weeks import WEEK
from pages.parts import decided, put_back
from pages.parts.app import App

SHOWN_FOR = 5 * WEEK
"""Closed decisions stay in sight that long: their effect is watched for four weeks."""
MARKS: dict[Verdict, str] = {
    "worked": ":green[:material/check_circle:]",
    "failed": ":red[:material/cancel:]",
    "no_evidence": ":gray[:material/help:]",
    "too_early": ":gray[:material/hourglass_empty:]",
}


def show(app: App, plan: StoredPlan) -> None:
    """Decisions of earlier weeks that are open, or were closed while their effect is still watched.

    `plan` judges the review; the effect is measured on the plan that is worked with, where the money was moved.
    """
    working = app.plan or plan
    earlier = _earlier(app, app.store.decisions(plan.workspace_id))
    came = decided.effects_of(app, working, earlier)
    with st.container(gap="xxsmall"):
        st.header(told.record_finding(app.words, came.values()), anchor=False)
        st.caption(app.say("Last actions and their effect: profit after media of the line, against what was expected "
                           "without the decision"))  # fmt: skip
    if not earlier:
        st.markdown(app.say("Nothing was decided before this week. What is decided below is looked at here first next "
                            "week, with its effect."))  # fmt: skip
        return
    names = line_names(app.words, working)
    for one in earlier:
        _row(app, working, one, came[one.decision_id], told.about(app.words, names, one))


def _earlier(app: App, kept: tuple[Decision, ...]) -> list[Decision]:
    first = decided.first_week(app)
    earlier = [one for one in kept if one.week_start < first]
    return [one for one in earlier if one.status == "open" or one.week_start >= first - SHOWN_FOR]


def _row(app: App, working: StoredPlan, one: Decision, came: Effect | None, about: str) -> None:
    with st.container(border=True, gap="xxsmall", key=f"action_{one.decision_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            money = told.money_sentence(app.words, app.numbers, one.before_micros, one.amount_micros)
            what = f"**{esc(app.say(told.ACTIONS[one.action]))} · {esc(about)}**"
            st.markdown(f"{what} {esc(money)}", width="stretch")
            put_back.button(app, working, one)
            _buttons(app, working.workspace_id, one, came)
        if came is not None:
            st.markdown(f"{MARKS[came.verdict]} {esc(told.effect_sentence(app.words, app.numbers, came))}")
        expected = told.expected_sentence(app.words, app.numbers, one)
        st.caption(esc(" · ".join(part for part in (expected, _who(app, one)) if part)))


def _who(app: App, one: Decision) -> str:
    parts = [
        app.say("from the week of {day}", day=app.numbers.date(one.week_start)),
        one.owner or app.say("nobody named"),
        app.say("due {day}", day=app.numbers.date(one.due_date)) if one.due_date else "",
        app.say(told.STATUSES[one.status]) if one.status != "open" else _late(app, one),
        one.reason,
    ]
    return " · ".join(part for part in parts if part)


def _late(app: App, one: Decision) -> str:
    late = one.due_date is not None and one.due_date < app.today
    return app.say("overdue") if late else app.say(told.STATUSES["open"])


def _buttons(app: App, firm: int, one: Decision, came: Effect | None) -> None:
    if one.status != "open":
        if st.button(app.say("Open again"), key=f"action_reopen_{one.decision_id}", type="tertiary"):
            _close(app, firm, one, "open", None)
        return
    if st.button(app.say("Done"), key=f"action_done_{one.decision_id}", type="tertiary", icon=":material/check:"):
        _close(app, firm, one, "done", came)
    if st.button(app.say("Dropped"), key=f"action_drop_{one.decision_id}", type="tertiary", icon=":material/close:"):
        _close(app, firm, one, "dropped", came)
    due = one.due_date is not None and one.due_date <= app.today
    help_text = app.say("Due a week later.")
    if due and st.button(app.say("Still open"), key=f"action_open_{one.decision_id}", type="tertiary",
                         icon=":material/schedule:", help=help_text):  # fmt: skip
        app.store.save_decision(firm, replace(one, due_date=app.today + timedelta(days=7)))
        st.rerun()


def _close(app: App, firm: int, one: Decision, status: DecisionStatus, came: Effect | None) -> None:
    """Store what is seen now beside the act; the screen goes on measuring."""
    verdict, observed = (came.verdict, came.change_micros) if came else (None, None)
    app.store.save_decision(firm, replace(one, status=status, verdict=verdict, observed_micros=observed))
    st.rerun()
