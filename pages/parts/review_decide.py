"""Decide: what is suggested for this week, changed or completed by the person, then kept and put into the plan."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from budget.decisions import MONEY, Suggestion, applied
from budget.forecast import Missing
from budget.plan import StoredPlan
from budget.present import decision_words as told
from budget.present.escape import esc
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from budget.review import Review
from budget.store import Decision
from pages.parts import decide_rows, decided, edits, findings, kept, put_back
from pages.parts.app import App
from pages.parts.decide_rows import Row

SAID = "_decided_said"
REASON = "review"


def show(app: App, plan: StoredPlan, found: Review) -> None:
    """This week's decisions: those taken, those suggested, own ones, and the two ways to keep them.

    Suggestions are about the plan that is worked with; `plan`, by which `found` judges, is never touched.
    """
    working = app.plan or plan
    names = line_names(app.words, working)
    kept_all = app.store.decisions(plan.workspace_id)
    taken = [one for one in kept_all if one.week_start >= decided.first_week(app)]
    lines = decided.moved_lines(app, tuple(taken))
    offered = decided.suggested(app, working, lines)
    open_to = [] if isinstance(offered, Missing) else _fresh(offered, kept_all)
    with st.container(gap="xxsmall"):
        st.header(told.decide_finding(app.words, app.numbers, open_to), anchor=False)
        facts = {"day": app.numbers.date(decided.first_week(app)), "name": esc(working.name)}
        st.caption(app.say("From {day} on, in the working plan {name}. Suggestions stay within 30% a week; "
                           "the baseline is never touched", **facts))  # fmt: skip
    edits.notice(app, working)
    _said(app, working)
    if isinstance(offered, Missing):
        findings.listed(app, offered.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))
    _taken(app, working, taken, names)
    rows = decide_rows.rows(app, working, [one for one in open_to if one.action != "hold"], names)
    _held(app, [one for one in open_to if one.action == "hold"], names)
    decide_rows.add_button(app, working)
    _keep(app, working, rows)


def _said(app: App, working: StoredPlan) -> None:
    """What the last press did: once, or as long as there is a way back."""
    if not (said := st.session_state.get(SAID)):
        return
    plan_id, version, text = said
    moved = version == working.version and edits.can_undo(working)
    if not moved:
        del st.session_state[SAID]
    if plan_id != working.plan_id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":green[:material/check_circle:] {esc(text)}", width="content")
        back = app.say("Take the money back")
        if moved and st.button(back, key="decide_undo", type="tertiary", icon=":material/undo:"):
            edits.undo(app, working)
            del st.session_state[SAID]
            st.rerun()


def _taken(app: App, working: StoredPlan, taken: Sequence[Decision], names: dict[str, str]) -> None:
    """What is decided already, with the way to drop it, and then its money."""
    if not taken:
        return
    held = sum(one.status != "dropped" for one in taken)
    count = app.count("{n} decision is taken", "{n} decisions are taken", held)
    with st.container(gap="xxsmall", border=True, key="decisions_taken"):
        st.markdown(f"**{esc(count)}**")
        for one in reversed(taken):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                about = esc(" · ".join(part for part in _parts(app, one, names) if part))
                st.markdown(f"**{esc(app.say(told.ACTIONS[one.action]))}** {about}", width="stretch")
                drop, key = app.say("Drop"), f"taken_drop_{one.decision_id}"
                if one.status == "open" and st.button(drop, key=key, type="tertiary", icon=":material/close:"):
                    app.store.save_decision(working.workspace_id, replace(one, status="dropped"))
                    st.rerun()
                put_back.button(app, working, one)


def _parts(app: App, one: Decision, names: dict[str, str]) -> list[str]:
    return [
        told.about(app.words, names, one),
        told.money_sentence(app.words, app.numbers, one.before_micros, one.amount_micros),
        "" if one.action in MONEY else one.reason,
        one.owner,
        app.say("due {day}", day=app.numbers.date(one.due_date)) if one.due_date else "",
        "" if one.status == "open" else app.say(told.STATUSES[one.status]),
    ]


def _fresh(offered: Sequence[Suggestion], kept: Sequence[Decision]) -> list[Suggestion]:
    """Without what is to be fixed or tested and waits to be done already."""
    waits = {(one.action, one.platform, one.line_key) for one in kept if one.status == "open"}
    return [one for one in offered if one.action in MONEY or (one.action, one.platform, one.line_key) not in waits]


def _held(app: App, held: Sequence[Suggestion], names: dict[str, str]) -> None:
    if held:
        lines = ", ".join(told.about(app.words, names, one) for one in held)
        st.caption(esc(app.say("Hold as planned: {lines}", lines=lines)))


def _keep(app: App, working: StoredPlan, rows: Sequence[Row]) -> None:
    """What the rows make of the plan, and the two buttons."""
    fresh = [row.decision for row in rows if row.decision is not None]
    ready = bool(fresh) and len(fresh) == len(rows)
    week = decided.first_week(app)
    open_plan = working.status != "locked"
    moved = applied(working, fresh, week) if open_plan and ready else working
    if moved != working:
        facts = {"before": told.amount_text(app.numbers, working.budget_micros),
                 "after": told.amount_text(app.numbers, moved.budget_micros)}  # fmt: skip
        st.caption(esc(app.say("The plan's budget: {before} → {after}", **facts)))
    if rows and not ready:
        st.caption(app.say("Complete the marked rows, then save."))
    with st.container(horizontal=True, gap="small"):
        label = app.say("Save and re-forecast")
        help_text = app.say("Keeps the decisions, moves the weeks to come of the working plan, keeps the new forecast. "
                            "The baseline stays as it was approved.")  # fmt: skip
        if st.button(label, key="go_decide", type="primary", disabled=not (ready and open_plan), help=help_text,
                     icon=":material/published_with_changes:"):  # fmt: skip
            _save(app, working, fresh, moved)
        if st.button(app.say("Save only"), key="decide_only", disabled=not ready,
                     help=app.say("Keeps the decisions; the plan stays as it is.")):  # fmt: skip
            app.store.add_decisions(working.workspace_id, fresh)
            _done(app, working, 0, _stays(app, fresh))


def _save(app: App, working: StoredPlan, fresh: Sequence[Decision], moved: StoredPlan) -> None:
    """The plan first, as its forecast stands beside the decisions."""
    stored = edits.save(app, working, moved)
    forecast = kept.keep(app, stored, "", REASON)
    number = forecast.forecast_id if forecast else None
    app.store.add_decisions(working.workspace_id, [replace(one, forecast_id=number) for one in fresh])
    if stored.version == working.version:
        _done(app, working, 0, _stays(app, fresh))
    facts = {"version": str(stored.version)}
    said = app.count(
        "{n} decision saved; the working plan is now version {version}, its forecast is kept.",
        "{n} decisions saved; the working plan is now version {version}, its forecast is kept.", len(fresh), **facts,
    )  # fmt: skip
    _done(app, working, stored.version, said)


def _stays(app: App, fresh: Sequence[Decision]) -> str:
    return app.count("{n} decision saved; the plan stays.", "{n} decisions saved; the plan stays.", len(fresh))


def _done(app: App, working: StoredPlan, version: int, said: str) -> None:
    st.session_state[SAID] = (working.plan_id, version, said)
    decide_rows.clear(app, working)
    st.rerun()
