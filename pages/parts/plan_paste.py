"""Where many lines are pasted from a spreadsheet: what was understood is shown before anything is added."""

import streamlit as st

from budget.findings import Finding
from budget.pasted_lines import ORDER, PastedLines, read_lines, with_pasted
from budget.plan import PlanLine, StoredPlan
from budget.present.line_names import COLUMNS, names_of
from budget.present.typed_words import typed_sentence
from budget.present.vocabulary import COMMITMENTS, OBJECTIVES, channel_name
from budget.weeks import DAY
from pages.parts import edits, findings
from pages.parts.app import App

ROWS = 160
TURN = "_lines_pasted"


def show(app: App, plan: StoredPlan) -> None:
    """The folded panel."""
    with st.expander(app.say("Paste lines from a spreadsheet"), icon=":material/content_paste:"):
        columns = " · ".join(app.say(COLUMNS[name]) for name in ORDER)
        st.caption(app.say("With a header in any order, or without one in this order: {columns}", columns=columns))
        turn = st.session_state.get(TURN, 0)
        text = st.text_area(
            app.say("Rows copied from a spreadsheet"), key=f"paste_lines_{plan.plan_id}_{turn}", height=ROWS,
            placeholder=_example(app),
            help=app.say("Names of platforms and tactics in English or in your language; the last day is included."),
        )  # fmt: skip
        if text.strip():
            _preview(app, plan, read_lines(text, names_of(plan), app.numbers.writing, today=app.today))


def _example(app: App) -> str:
    cells = ("Meta", channel_name(app.words, "", "prospecting").rpartition("· ")[2], app.numbers.date(app.today),
             app.numbers.date(app.today + 27 * DAY), app.numbers.cell(12_345_500_000))  # fmt: skip
    return "\t".join(cells)


def _preview(app: App, plan: StoredPlan, pasted: PastedLines) -> None:
    typed = with_pasted(plan, pasted, app.numbers.writing, app.today)
    new = typed.plan.lines[len(plan.lines) :]
    named = {line.line_key: app.say("New line") for line in new}

    def sentence(finding: Finding) -> str:
        row = app.say("Row {n}", n=finding.where) if finding.where.isdecimal() else app.say("The paste")
        return typed_sentence(finding, app.words, app.numbers, {finding.where: named.get(finding.where, row)})

    impossible = [finding for finding in typed.findings if finding.code == "FLIGHT_IMPOSSIBLE"]
    findings.listed(app, (*pasted.findings, *impossible), sentence)
    if not new:
        return
    findings.table(app, [app.say(COLUMNS[name]) for name in ORDER[:8]], [_row(app, line) for line in new])
    label = app.count("Add {n} line", "Add {n} lines", len(new))
    if st.button(label, key="go_paste_lines", type="primary", icon=":material/check:"):
        edits.save(app, plan, typed.plan)
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        st.rerun()


def _row(app: App, line: PlanLine) -> list[str]:
    platform, _, tactic = channel_name(app.words, line.platform, line.tactic).partition(" · ")
    last = line.end_date - DAY if line.end_date else None
    objective = OBJECTIVES.get(line.objective_key, line.objective_key)
    return [
        platform, tactic, app.numbers.date(line.start_date), app.numbers.date(last),
        app.numbers.money_exact(line.budget_micros), app.say(COMMITMENTS[line.commitment]),
        app.say(objective) if objective else "", line.owner,
    ]  # fmt: skip
