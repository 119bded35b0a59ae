"""Closing a week or a month: it stays as it was read, beside what the data say now."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from budget.closing import SIDES, Change, body_of, closings_of, figures, kind_of, new_closing, restated
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.vocabulary import DRIVERS, MEASURES, PNL_STEPS, key_name, line_names
from budget.review import Review
from budget.store import Closing
from budget.weeks import DAY, Period
from pages.parts import findings, people, plan_versions, results
from pages.parts.app import App

LONGEST = 1_000
MAIN: Mapping[str, str] = {
    "spend_micros": "sums", "conversions_micros": "sums",
    "net_revenue": "income", "after_media": "income", "profit": "income",
}  # fmt: skip
"""Figures that are shown as they were read: their part of the body."""
NAMES: Mapping[str, str] = {
    "spend_micros": MEASURES["spend"],
    "conversions_micros": MEASURES["conversions"],
    "value_micros": MEASURES["value"],
    "impressions": MEASURES["impressions"],
    "clicks": MEASURES["clicks"],
    **PNL_STEPS,
}
COUNTS = ("impressions", "clicks")


def show(app: App, plan: StoredPlan, found: Review, span: Period | None) -> None:
    """Close the chosen week or month, or how it was closed; `found` is the review of `span` against `plan`."""
    kept = app.store.closings(plan.workspace_id)
    if span is None or kind_of(span) is None:
        _listed(app, kept)
        return
    mine = closings_of(span, kept)
    body = body_of(found, results.projected(app, plan))
    names = line_names(app.words, plan)
    with st.container(gap="xxsmall"):
        st.header(_finding(app, span, mine), anchor=False)
        st.caption(app.say("A closed period stays as it was read, with its plan and data; corrections stand beside it"))
    if mine:
        _closed(app, mine[0], body, names, results.key_of(app, plan).data_version)
        _again(app, plan, span, body, mine)
        _earlier(app, mine[1:])
    else:
        _first(app, plan, found, span, body)
    if mine and kind_of(span) == "month" and app.plan is not None and app.plan.lines:
        st.markdown(app.say("The month is closed. Propose the working plan, so that the owner can approve it:"))
        plan_versions.strip(app, app.plan)


def _finding(app: App, span: Period, mine: Sequence[Closing]) -> str:
    days = app.numbers.month(span.start) if kind_of(span) == "month" else app.numbers.period(*span)
    if not mine:
        return app.say("{days} is still open", days=days)
    at = mine[0].closed_at
    when = people.by(app, mine[0].closed_by, app.numbers.date(at.date() if at else None))
    return app.say("{days} was closed {when}", days=days, when=when)


def _closed(app: App, one: Closing, now: Mapping[str, Any], names: Mapping[str, str], data_version: int) -> None:
    """As read, then what differs since, by the data or by the plan."""
    header = [app.say("As read"), app.say("Planned"), app.say("Actual"), app.say("Difference")]
    findings.table(app, header, list(_as_read(app, one)))
    if one.note:
        st.caption(esc(one.note))
    changes = restated(one.body, now)
    if not changes:
        same = app.say("The data still say exactly this.")
        st.markdown(f":green[:material/check_circle:] {esc(same)}")
        return
    shown = [change for change in changes if change.key[0] in ("sums", "income")] or list(changes)
    count = app.count("{n} figure is restated since", "{n} figures are restated since", len(changes))
    st.markdown(f":orange[:material/history:] {esc(count)}")
    with st.expander(app.say("Restated since it was closed")):
        if one.data_version == data_version:
            st.caption(app.say("No data came in since: the plan or its economics changed."))
        header = [app.say("Figure"), app.say("As read"), app.say("Now"), app.say("Difference")]
        findings.table(app, header, [_restated(app, change, names) for change in shown])


def _as_read(app: App, one: Closing) -> list[tuple[str, str, str, str]]:
    known, rows = figures(one.body), []
    for name, part in MAIN.items():
        plan, actual = (known.get((part, side, name)) for side in SIDES)
        if plan is None and actual is None:
            continue
        gap = None if plan is None or actual is None else actual - plan
        rows.append((app.say(NAMES[name]), _text(app, name, plan), _text(app, name, actual), _signed(app, name, gap)))
    return rows


def _text(app: App, name: str, amount: int | None) -> str:
    if name in COUNTS:
        return app.numbers.whole(amount)
    if name == "conversions_micros":
        return app.numbers.whole(None if amount is None else amount / 1e6)
    return app.numbers.money_exact(amount)


def _signed(app: App, name: str, amount: int | None) -> str:
    if name in COUNTS:
        return app.numbers.signed(amount)
    if name == "conversions_micros":
        return app.numbers.signed(None if amount is None else amount / 1e6)
    return app.numbers.money_signed(amount)


def _restated(app: App, change: Change, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    name = change.key[-1]
    gap = None if change.was is None or change.now is None else change.now - change.was
    return (
        _label(app, change.key, names),
        _text(app, name, change.was),
        _text(app, name, change.now),
        _signed(app, name, gap),
    )


def _label(app: App, key: tuple[str, ...], names: Mapping[str, str]) -> str:
    """`Spend · actual`, `Click rate`, `Meta · prospecting · After media · plan`."""
    side = {"plan": app.say("planned"), "actual": app.say("actual")}
    parts = []
    for part in key[1:]:
        if part in side:
            continue
        known = NAMES.get(part) or DRIVERS.get(part)
        parts.append(app.say(known) if known else key_name(app.words, names, part) if key[0] == "channels" else part)
    return " · ".join([*parts, *(side[part] for part in key if part in side)])


def _first(app: App, plan: StoredPlan, found: Review, span: Period, body: Mapping[str, Any]) -> None:
    _doubts(app, found, span)
    month = kind_of(span) == "month"
    label = app.say("Close this month") if month else app.say("Close this week")
    if st.button(label, key="close_period", icon=":material/lock_clock:"):
        _store(app, plan, span, body, 1, "")


def _doubts(app: App, found: Review, span: Period) -> None:
    """What will still change: said, not refused."""
    if found.period.end < span.end:
        last = app.numbers.date(found.period.end - DAY)
        text = app.say("The data end on {day}: the rest is not in it yet.", day=last)
        st.caption(f":orange[:material/warning:] {esc(text)}")
    young = sum(not found.is_ripe(key) for key in found.channels)
    if young:
        text = app.count("{n} channel still waits for conversions.", "{n} channels still wait for conversions.", young)
        st.caption(f":orange[:material/warning:] {esc(text)}")


def _again(app: App, plan: StoredPlan, span: Period, body: Mapping[str, Any], mine: Sequence[Closing]) -> None:
    with st.popover(app.say("Close again"), type="tertiary", icon=":material/restart_alt:", key="close_again"):
        key = f"close_reason_{span.start}_{len(mine)}"
        reason = st.text_input(app.say("Why"), key=key, max_chars=LONGEST)
        st.caption(app.say("The closing from before stays, and is shown below."))
        if st.button(app.say("Close again as read now"), key="close_again_sure", disabled=not (reason or "").strip()):
            _store(app, plan, span, body, len(mine) + 1, (reason or "").strip())


def _store(app: App, plan: StoredPlan, span: Period, body: Mapping[str, Any], revision: int, reason: str) -> None:
    version = results.key_of(app, plan).data_version
    made = new_closing(span, plan, body, data_version=version, revision=revision, note=reason)
    app.store.add_closing(plan.workspace_id, made)
    st.rerun()


def _earlier(app: App, older: Sequence[Closing]) -> None:
    if not older:
        return
    with st.expander(app.count("{n} earlier closing", "{n} earlier closings", len(older))):
        for one in older:
            day = app.numbers.date(one.closed_at.date() if one.closed_at else None)
            st.markdown(f"**{esc(people.by(app, one.closed_by, day))}** {esc(one.note)}")
            header = [app.say("As read"), app.say("Planned"), app.say("Actual"), app.say("Difference")]
            findings.table(app, header, _as_read(app, one))


def _listed(app: App, kept: Sequence[Closing]) -> None:
    """Without a whole week or month chosen: what is closed so far."""
    with st.container(gap="xxsmall"):
        count = app.count("{n} period is closed", "{n} periods are closed", len({(c.kind, c.start_date) for c in kept}))
        st.header(count if kept else app.say("No week is closed yet"), anchor=False)
        st.caption(app.say("Choose a week or a month at the top to close it: it then stays as it was read"))
    if not kept:
        return
    rows = []
    for one in kept:
        days = Period(one.start_date, one.end_date)
        day = app.numbers.date(one.closed_at.date() if one.closed_at else None)
        label = app.numbers.month(days.start) if one.kind == "month" else app.numbers.period(*days)
        rows.append((label, people.by(app, one.closed_by, day), one.note or app.numbers.whole(None)))
    with st.expander(app.say("Closed weeks and months")):
        findings.table(app, [app.say("Period"), app.say("Closed"), app.say("Reason")], rows)
