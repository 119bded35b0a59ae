"""What only the person can say of a file, asked on its card."""

import json
from datetime import date

import streamlit as st

from budget.exports import MAPPABLE_OF, NEEDED_OF, PreviewColumn, Question
from budget.money import COMMON_CURRENCIES
from budget.present.escape import esc
from budget.present.file_words import COLUMNS, question_sentence
from budget.present.vocabulary import PLATFORMS, SOURCES
from budget.weeks import DAY
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.incoming import Incoming, answer, settle_age

IGNORE = ""


def ask(app: App, workspace_id: int, item: Incoming, n: int) -> None:
    """All open questions of a file; an answer reads it again at once."""
    for question in item.reading.questions:
        if question.key == "mapping":
            given = mapping(app, item, question, n)
        else:
            st.write(esc(question_sentence(question.key, dict(question.facts), app.words, app.numbers)))
            given = _simple(app, question, f"answer_{n}_{question.key}")
        if given and given != item.answers.get(question.key):
            answer(app, workspace_id, item, question.key, given)
            st.rerun()


def ask_age(app: App, workspace_id: int, item: Incoming, stale: int, n: int) -> None:
    """Which is newer: this file, or what is stored for the same days?"""
    st.write(app.count("{n} stored row says something else for the same day. Which is newer?",
                       "{n} stored rows say something else for the same days. Which is newer?", stale))  # fmt: skip
    with st.container(horizontal=True):
        newer = st.button(app.say("This file"), key=f"newer_{n}")
        older = st.button(app.say("What is stored"), key=f"older_{n}")
    if newer or older:
        settle_age(app, workspace_id, item, newer=newer)
        st.rerun()


def _simple(app: App, question: Question, key: str) -> str | None:
    label = question_sentence(question.key, dict(question.facts), app.words, app.numbers)
    if question.key == "period":
        return _period(app, key)
    if question.key == "year":
        return _year(app, question, label, key)
    options = question.options or COMMON_CURRENCIES
    if question.key == "currency":
        own = app.numbers.currency
        options = (own, *(code for code in options if code != own))
    if len(options) > 4:
        return st.selectbox(label, options, None, key=key, label_visibility="collapsed", accept_new_options=False)
    return st.segmented_control(
        label, options, format_func=lambda option: _option(app, question, option), key=key, label_visibility="collapsed"
    )


def _option(app: App, question: Question, option: str) -> str:
    if question.key == "day_order":
        day = str(question.facts["a" if option == "dmy" else "b"])
        return app.numbers.date(date.fromisoformat(day))
    if question.key == "platform":
        return app.say(SOURCES.get(option, esc(option)))
    return esc(option)


def _period(app: App, key: str) -> str | None:
    left, right = st.columns(2)
    first = left.date_input(app.say("First day"), None, format=app.numbers.grid_date_format, key=f"{key}_first")
    last = right.date_input(app.say("Last day"), None, format=app.numbers.grid_date_format, key=f"{key}_last")
    return f"{first.isoformat()}/{(last + DAY).isoformat()}" if first and last and first <= last else None


def _year(app: App, question: Question, label: str, key: str) -> str | None:
    likely = int(question.default)
    years = [str(likely), str(likely - 1), str(likely + 1)]
    return st.segmented_control(label, years, key=key, label_visibility="collapsed")


def mapping(app: App, item: Incoming, question: Question, n: int) -> str | None:
    """The mapper: a role for each column, proposed and confirmed; the first rows beside."""
    preview = item.reading.preview
    if preview is None:
        return None
    st.write(app.say("We do not know this table. Tell us which column is what; we will remember it."))
    header = [column.header or f"{i + 1}" for i, column in enumerate(preview.columns)]
    with st.expander(app.say("First rows of the file"), expanded=True):
        findings.table(app, findings.distinct(header), preview.rows)
    given = json.loads(question.default)
    kind = given["kind"] = _kind(app, given["kind"], n)
    with st.form(f"mapping_{n}", border=False):
        roles = _roles(app, item, kind, n)
        left, right = st.columns(2)
        platforms = list(PLATFORMS)
        given["platform"] = choose(
            app, left, app.say("Platform"), platforms, key=f"map_{n}_platform", usual="other",
            shown=lambda key: app.say(PLATFORMS[key]), remembered=False,
        )  # fmt: skip
        currencies = (app.numbers.currency, *(c for c in COMMON_CURRENCIES if c != app.numbers.currency))
        given["currency"] = right.selectbox(app.say("Currency"), currencies, key=f"map_{n}_currency")
        pressed = st.form_submit_button(app.say("Read it like this"), icon=":material/check:")
    if not pressed:
        return None
    given["columns"] = {header: role for header, role in roles.items() if role != IGNORE}
    if not _enough(kind, set(given["columns"].values())):
        st.error(
            app.say("Choose a column for the order's number, its date and its total.") if kind == "orders" else
            app.say("Choose a column for the date and one for spend, impressions, clicks or conversions.")
        )  # fmt: skip
        return None
    return json.dumps(given, ensure_ascii=False, sort_keys=True)


def _kind(app: App, likely: str, n: int) -> str:
    """What a row of the table is: an ad's day, or an order."""
    kinds = {"delivery": app.say("Ads by day"), "orders": app.say("Orders of a shop")}
    key = f"map_{n}_kind"
    return st.segmented_control(
        app.say("What is in this table?"), list(kinds), default=likely, format_func=kinds.__getitem__, key=key
    ) or likely  # fmt: skip


def _roles(app: App, item: Incoming, kind: str, n: int) -> dict[str, str]:
    """A chooser a column, the likeliest roles first; person columns are not offered, but for an order's secret mark."""
    preview, chosen, ignore = item.reading.preview, dict[str, str](), app.say("Do not use")
    for i, column in enumerate(preview.columns if preview else ()):
        options, usual = _offered(column, kind)
        if not options or not column.header:
            continue
        key = f"map_{n}_{i}" if kind == "delivery" else f"map_{n}_{kind}_{i}"
        chosen[column.header] = choose(
            app, st.container(), esc(column.header), options, key=key, usual=usual,
            shown=lambda role: app.say(COLUMNS[role]) if role else ignore, remembered=False,
        )  # fmt: skip
    return chosen


def _offered(column: PreviewColumn, kind: str) -> tuple[list[str], str]:
    """The roles that a column may have in a kind of table, and the preselected one; none where nothing is offered."""
    usual = column.as_order if kind == "orders" else column.proposed
    if column.kind in ("person", "empty"):
        return ([IGNORE, usual], usual) if kind == "orders" and usual == "email" else ([], IGNORE)
    likely = [role for role in column.roles if kind == "delivery"] or [usual] * bool(usual)
    return [IGNORE, *likely, *(role for role in MAPPABLE_OF[kind] if role not in likely)], usual


def _enough(kind: str, roles: set[str]) -> bool:
    dated = kind != "delivery" or bool(roles & {"day", "week", "month", "start"})
    return dated and all(roles & group for group in NEEDED_OF[kind])
