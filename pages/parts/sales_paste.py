"""Where weekly sales are pasted: read as they are typed, shown before they are kept, taken back with one press."""

import streamlit as st

from budget.pasted_sales import Pasted, Question, read_pasted
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.sales_words import sales_sentence
from budget.weeks import WEEK, week_of
from pages.parts import findings, sales_results
from pages.parts.app import App
from pages.parts.kept import settle

KEPT = "_sales_kept"
ROWS = 180


def paste(app: App, plan: StoredPlan, *, wide_open: bool) -> None:
    """The folded form; open while sales are missing."""
    known = sales_results.booked(app, plan)
    _kept(app, plan)
    with st.expander(app.say("Weekly sales"), expanded=wide_open, icon=":material/point_of_sale:"):
        weeks = list(known.amounts)
        if weeks:
            facts = {"first": app.numbers.date(weeks[0]), "last": app.numbers.date(weeks[-1])}
            st.caption(app.count("{n} week of sales is known, {first} to {last}.",
                                 "{n} weeks of sales are known, {first} to {last}.", len(weeks), **facts))  # fmt: skip
        else:
            findings.listed(app, known.findings, lambda finding: sales_sentence(finding, app.words, app.numbers))
        text = st.text_area(
            app.say("Paste two columns: first day of the week, and sales in {currency}", currency=plan.currency),
            key=_key(), height=ROWS, placeholder=_example(app),
            help=app.say("All sales of the firm, with or without ads, in the same way as the platforms count them "
                         "(with VAT where they do). Orders that you upload as a file count before pasted totals."),
        )  # fmt: skip
        if text.strip():
            _read(app, plan, text)


def _example(app: App) -> str:
    return f"{app.numbers.date(week_of(app.today) - WEEK)}\t{app.numbers.decimal(12_345.5)}"


def _read(app: App, plan: StoredPlan, text: str) -> None:
    found = read_pasted(text, plan.currency, today=app.today)
    answers = {question.key: said for question in found.questions if (said := asked(app, question, "sales"))}
    if answers:
        found = read_pasted(text, plan.currency, today=app.today, answers=answers)
    findings.listed(app, found.findings, lambda finding: sales_sentence(finding, app.words, app.numbers))
    if not found.totals or found.period is None:
        return
    facts = {"period": app.numbers.period(*found.period), "amount": app.numbers.money_exact(found.revenue_micros)}
    days = app.count("{n} day, {period}: {amount} in all", "{n} days, {period}: {amount} in all", len(found.totals),
                     **facts)  # fmt: skip
    weeks = app.count("{n} week, {period}: {amount} in all", "{n} weeks, {period}: {amount} in all",
                      len(found.totals), **facts)  # fmt: skip
    st.markdown(f":gray[:material/table_rows:] {esc(days if found.step_days == 1 else weeks)}")
    if st.button(app.say("Save these sales"), key="go_sales", type="primary", icon=":material/check:"):
        _save(app, plan, found)


def asked(app: App, question: Question, name: str) -> str | None:
    """The person's word on what the column does not tell."""
    if question.key == "decimal":
        label = app.say("Is {example} more than a thousand, or a little over {small}?", example=question.example,
                        small=question.example.replace(",", ".").split(".")[0])  # fmt: skip
        shown = {".": app.say("The point separates decimals"), ",": app.say("The comma separates decimals")}
    else:
        label = app.say("How is {example} meant?", example=question.example)
        shown = {"dmy": app.say("Day first"), "mdy": app.say("Month first")}
    return st.segmented_control(label, question.options, format_func=shown.__getitem__, key=f"{name}_{question.key}")


def _save(app: App, plan: StoredPlan, found: Pasted) -> None:
    receipt = app.store.add_sales(plan.workspace_id, found.totals)
    if receipt.status == "added":
        settle(plan, "upload")
    st.session_state[KEPT] = receipt.import_id if receipt.status == "added" else 0
    st.session_state["_sales_drop"] = st.session_state.get("_sales_drop", 0) + 1
    st.rerun()


def _kept(app: App, plan: StoredPlan) -> None:
    """What the last save did, with the way back."""
    kept: int | None = st.session_state.get(KEPT)
    if kept is None:
        return
    if not kept:
        st.success(app.say("These sales were already here. Nothing changed."), icon=":material/done_all:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(app.say("Sales saved. They stand among the earlier uploads."), icon=":material/check_circle:")
        if st.button(app.say("Undo"), key="undo_sales", icon=":material/undo:", type="tertiary"):
            app.store.undo_import(plan.workspace_id, kept)
            settle(plan, "undo")
            st.session_state.pop(KEPT)
            st.rerun()


def _key() -> str:
    return f"sales_text_{st.session_state.get('_sales_drop', 0)}"
