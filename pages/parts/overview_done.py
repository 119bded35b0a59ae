"""What was decided and done: the last decisions and what came of them, the last closed month, the approval."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from budget.effects import Effect
from budget.plan import StoredPlan
from budget.present import decision_words as told
from budget.present.escape import esc
from budget.present.vocabulary import line_names
from budget.scenario import baseline_numbers
from budget.store import Closing, Decision
from pages.parts import decided, findings, people
from pages.parts.app import App

MOST = 4


def show(app: App, plan: StoredPlan) -> None:
    """The block of the owner's page; `plan` judges, effects are measured on the plan that is worked with."""
    working = app.plan or plan
    kept = app.store.decisions(plan.workspace_id)
    came = {one.decision_id: decided.came(app, working, one) for one in kept}
    with st.container(gap="xxsmall"):
        st.header(esc(_finding(app, kept, came.values())), anchor=False)
        st.caption(esc(" · ".join(_facts(app, app.store.closings(plan.workspace_id)))))
    if not kept:
        st.page_link("pages/review.py", label=app.say("Decide in the review"), icon=":material/arrow_forward:")
        return
    names = line_names(app.words, working)
    header = [app.say("Week from"), app.say("Decision"), app.say("Amount"), app.say("State")]
    findings.table(app, header, [_row(app, one, came[one.decision_id], names) for one in kept[:MOST]])


def approval(app: App) -> str:
    """Which version was approved, when and by whom, as plain text."""
    locked = app.locked
    if locked is None:
        return app.say("draft, not approved yet")
    version = str(baseline_numbers(app.heads).get(locked.plan_id, 1))
    day = app.numbers.date(locked.updated_at.date() if locked.updated_at else None)
    return app.say("version {n} approved {when}", n=version, when=people.by(app, locked.updated_by, day))


def _finding(app: App, kept: Sequence[Decision], came: Iterable[Effect | None]) -> str:
    return told.record_finding(app.words, came) if kept else app.say("Nothing was decided yet")


def _facts(app: App, closings: Sequence[Closing]) -> list[str]:
    """The month, or the week, that was closed last, and the approval."""
    facts = []
    months = [one for one in closings if one.kind == "month"] or list(closings)
    if months:
        last = max(months, key=lambda one: (one.start_date, one.revision))
        facts.append(app.say("{days} was closed {when}", days=_days(app, last), when=_when(app, last)))
    else:
        facts.append(app.say("No month is closed yet"))
    return [*facts, approval(app)]


def _days(app: App, of: Closing) -> str:
    return app.numbers.month(of.start_date) if of.kind == "month" else app.numbers.period(of.start_date, of.end_date)


def _when(app: App, of: Closing) -> str:
    return people.by(app, of.closed_by, app.numbers.date(of.closed_at.date() if of.closed_at else None))


def _row(app: App, of: Decision, came: Effect | None, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    action = f"{app.say(told.ACTIONS[of.action])} · {told.about(app.words, names, of)}"
    money = told.money_sentence(app.words, app.numbers, of.before_micros, of.amount_micros)
    state = app.say(told.STATUSES[of.status])
    if came is not None:
        state = f"{state} · {told.effect_sentence(app.words, app.numbers, came)}"
    return app.numbers.date_short(of.week_start), action, money or app.numbers.whole(None), state
