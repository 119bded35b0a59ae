"""The rows of the form in which this week is decided: each a line to read, with its fields behind a button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budget.decisions import MONEY, Suggestion
from budget.effects import Expected
from budget.findings import Finding
from budget.money import micros
from budget.moves import usual_week
from budget.plan import StoredPlan
from budget.present import decision_words as told
from budget.present.escape import esc
from budget.present.typed_words import typed_sentence
from budget.question import MOST_MOVE
from budget.store import Decision
from budget.store.review_values import Action
from budget.typed_numbers import read_typed
from budget.weeks import DAY, WEEK
from pages.parts import decided, findings, results
from pages.parts.app import App
from pages.parts.choice import choose

ACTIONS: tuple[Action, ...] = get_args(Action)
NAME_LENGTH = 200
REASON_LENGTH = 500
NOWHERE = ""
OWN_ROW = "own_"
NO_LINE = "DECIDE_NO_LINE"
OWN = Suggestion("fix", Finding("DECIDE_OWN", "info", ""))


@dataclass(frozen=True)
class Row:
    """One row of the form; `decision` None where what was typed cannot be read."""

    name: str
    decision: Decision | None


def rows(app: App, plan: StoredPlan, offered: Sequence[Suggestion], names: Mapping[str, str]) -> list[Row]:
    """Suggestions that were not taken out, then own rows, as they are typed by now."""
    slot = _slot(app, plan)
    named = [(f"{one.action}_{one.line_key or one.platform}", one) for one in offered]
    named += [(f"{OWN_ROW}{n}", OWN) for n in slot["own"]]
    return [_row(app, plan, name, one, names) for name, one in named if name not in slot["gone"]]


def add_button(app: App, plan: StoredPlan) -> None:
    """A row of one's own."""
    if st.button(app.say("Add a decision"), key="decide_add", type="tertiary", icon=":material/add:"):
        slot = _slot(app, plan)
        slot["own"].append(slot["next"])
        slot["next"] += 1
        st.rerun()


def clear(app: App, plan: StoredPlan) -> None:
    """Begin with an empty form, after what was in it was kept."""
    slot = _slot(app, plan)
    slot["own"], slot["turn"] = [], slot["turn"] + 1


def _row(app: App, plan: StoredPlan, name: str, of: Suggestion, names: Mapping[str, str]) -> Row:
    with st.container(border=True, gap="xxsmall", key=_key(app, plan, name, "row")):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            head = st.container(width="stretch")
            with st.popover(
                app.say("Edit"), type="tertiary", icon=":material/edit:", key=_key(app, plan, name, "edit")
            ):
                typed = _fields(app, plan, name, of, names)
            delete = app.say("Leave out")
            if st.button(delete, key=_key(app, plan, name, "gone"), type="tertiary", icon=":material/delete:"):
                _slot(app, plan)["gone"].append(name)
                st.rerun()
        if isinstance(typed, Finding):
            labels = {"": app.say("Amount a week")}
            head.markdown(f"**{esc(told.about(app.words, names, of))}**")
            line = app.say("Choose the line whose money moves: Edit.")
            findings.listed(app, [typed], lambda each: line if each.code == NO_LINE
                            else typed_sentence(each, app.words, app.numbers, labels))  # fmt: skip
            return Row(name, None)
        _told(app, head, typed, names)
        return Row(name, typed)


def _told(app: App, head: DeltaGenerator, one: Decision, names: Mapping[str, str]) -> None:
    """The row as a line to read."""
    money = told.money_sentence(app.words, app.numbers, one.before_micros, one.amount_micros)
    what = f"**{esc(app.say(told.ACTIONS[one.action]))} · {esc(told.about(app.words, names, one))}**"
    head.markdown(f"{what} {esc(money)}")
    due = app.say("due {day}", day=app.numbers.date(one.due_date)) if one.due_date else ""
    expected = told.expected_sentence(app.words, app.numbers, one)
    for text in (expected, " · ".join(part for part in (one.owner, due, one.reason) if part)):
        if text:
            st.caption(esc(text))
    before, after = one.before_micros, one.amount_micros
    if before and after is not None and abs(after / before - 1) > MOST_MOVE + 0.005:
        text = app.say("More than {share} of a week at once: the platform learns anew, and the range is a guess.",
                       share=app.numbers.percent(MOST_MOVE, 0))  # fmt: skip
        st.caption(f":orange[:material/warning:] {esc(text)}")


def _fields(app: App, plan: StoredPlan, name: str, of: Suggestion, names: Mapping[str, str]) -> Decision | Finding:
    """The row's inputs; the decision that they make, or why the amount cannot be read."""
    place = st.container()
    action = choose(app, place, app.say("What to do"), ACTIONS, key=_key(app, plan, name, "action"), usual=of.action,
                    shown=lambda each: app.say(told.ACTIONS[each]))  # fmt: skip
    key = of.line_key or NOWHERE
    if of is OWN:
        key = choose(app, place, app.say("Line"), [NOWHERE, *names], key=_key(app, plan, name, "line"),
                     shown=lambda each: names.get(each, app.say("Whole plan")))  # fmt: skip
    if action in MONEY and not key:
        return Finding(NO_LINE, "ask", "")
    before = _before(app, plan, key)
    amount: int | None = None
    if action in MONEY:
        start = of.amount_micros if of.amount_micros is not None else before
        label = app.say("Amount a week, {currency}", currency=app.numbers.currency)
        text = place.text_input(label, app.numbers.cell(start or 0), max_chars=40, persist_state="session",
                                key=_key(app, plan, name, f"amount_{key}_{app.lang}"))  # fmt: skip
        read = read_typed(text, app.numbers.writing)
        if read.value is None:
            return read.finding or Finding("NUMBER_UNREADABLE", "stop", "", {"text": text})
        amount = micros(read.value)
        action = "scale" if amount > (before or 0) else "cut" if amount < (before or 0) else "hold"
    line = plan.line(key) if key else None
    owner = place.text_input(app.say("Owner"), line.owner if line else "", max_chars=NAME_LENGTH,
                             key=_key(app, plan, name, f"owner_{key}"), persist_state="session")  # fmt: skip
    due = place.date_input(app.say("Due"), _due(app), format=app.numbers.grid_date_format,
                           key=_key(app, plan, name, "due"), persist_state="session")  # fmt: skip
    reason = place.text_input(app.say("Reason"), _reason(app, of), max_chars=REASON_LENGTH,
                              key=_key(app, plan, name, f"reason_{app.lang}"), persist_state="session")  # fmt: skip
    platform, tactic = (line.platform, line.tactic) if line else (of.platform, of.tactic)
    made = Decision(
        decided.first_week(app), action, plan.currency, platform, tactic, key or None,
        owner=_clean(owner), due_date=due if isinstance(due, date) else None, reason=_clean(reason),
    )  # fmt: skip
    if amount is None:
        return made
    made = replace(made, amount_micros=amount, before_micros=before)
    if action not in MONEY:
        return made
    as_offered = of.expected is not None and amount == of.amount_micros
    return _promising(made, of.expected if as_offered else decided.promised(app, plan, key, amount))


def _promising(made: Decision, promised: Expected | None) -> Decision:
    """The decision with what it should change, and what it will be measured against."""
    if promised is None:
        return made
    return replace(
        made, expected_low_micros=promised.low_micros, expected_likely_micros=promised.likely_micros,
        expected_high_micros=promised.high_micros, basis=promised.basis(),
    )  # fmt: skip


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())


def _before(app: App, plan: StoredPlan, key: str) -> int:
    """The line's usual week as planned, of the weeks that can still move."""
    first = decided.first_week(app)
    return usual_week([week.budget_micros for week in plan.weeks if week.line_key == key and week.week_start >= first])


def _due(app: App) -> date:
    """The last day of the first week in which the decision holds."""
    return decided.first_week(app) + WEEK - DAY


def _reason(app: App, of: Suggestion) -> str:
    return "" if of is OWN else told.why_sentence(app.words, app.numbers, of.why)


def _slot(app: App, plan: StoredPlan) -> dict[str, Any]:
    """What was added and left out, for this plan and week."""
    found: dict[str, Any] = st.session_state.setdefault(
        f"_decide_{plan.plan_id}_{decided.first_week(app)}", {"gone": [], "own": [], "next": 1, "turn": 0}
    )
    return found


def _key(app: App, plan: StoredPlan, name: str, field: str) -> str:
    """The key of a field: another one once the form was emptied or figures moved, so that it shows what is suggested.

    Fields of own rows stay as they are typed.
    """
    known = results.key_of(app, plan)
    figures = "" if name.startswith(OWN_ROW) else f"{known.data_version}_{known.plan_version}_"
    return f"decide_{plan.plan_id}_{decided.first_week(app)}_{_slot(app, plan)['turn']}_{figures}{name}_{field}"
