"""The table of plan lines: channel, flight, budget, status, names; edits are stored as they are made."""

from typing import Any

import pandas as pd
import streamlit as st

from budget.editing import PLATFORMS, TACTICS, figure_of
from budget.findings import Finding
from budget.plan import PlanLine, StoredPlan
from budget.present.numbers import UNKNOWN
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import COMMITMENTS, OBJECTIVES, line_names
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.present.vocabulary import TACTICS as TACTIC_NAMES
from budget.typed_lines import LONGEST_NAME, LONGEST_NOTE, TypedPlan, typed_lines
from budget.weeks import DAY
from pages.parts import edits, findings, grid, plan_toolbar
from pages.parts.app import App

NAME = "lines"
TEXTS = (
    "pick",
    "platform",
    "tactic",
    "start",
    "end",
    "objective",
    "budget",
    "status",
    "owner",
    "audience",
    "people",
    "utm",
    "note",
)
COLUMNS = ("key", "pick", "platform", "tactic", "start", "end", "budget", "status", "objective", "owner", "audience",
           "people", "utm", "note")  # fmt: skip


def lines(app: App, plan: StoredPlan) -> StoredPlan:
    """Show the editor and store what was typed; returns the plan as it is now."""
    if grid.is_behind(NAME, plan):
        plan = _store(app, plan) or plan
    toolbar = st.container()
    base = grid.base_for(NAME, app, plan, lambda: _frame(app, plan))
    rows = st.data_editor(
        base.frame, key=base.key, num_rows="add", hide_index=True, row_height=34,
        column_config=_columns(app, plan), alt=app.say("Lines of the plan"), placeholder=UNKNOWN,
        on_change=edits.at_once, args=(lambda: _store(app, plan),),
    ).to_dict("records")  # fmt: skip
    typed = typed_lines(plan, rows, app.numbers.writing, app.today)
    stored = edits.save(app, plan, typed.plan)
    if not edits.followed(typed.plan, stored):
        st.rerun()
    grid.keep(NAME, stored)
    _said(app, typed)
    whole = [row for row in rows if isinstance(row["platform"], str) and isinstance(row["tactic"], str)]
    picked = [line.line_key for line, row in zip(stored.lines, whole, strict=True) if row["pick"] is True]
    with toolbar:
        plan_toolbar.show(app, stored, picked)
    return stored


def _store(app: App, plan: StoredPlan) -> StoredPlan | None:
    """Store what was typed on top of what the editor showed; None where that is stored already."""
    found = grid.typed(NAME, plan)
    if found is None:
        return None
    seen, rows = found
    edited = typed_lines(seen, rows, app.numbers.writing, app.today).plan
    return edits.save_typed(app, NAME, seen, edited)


def _said(app: App, typed: TypedPlan) -> None:
    """What could not be read, and what was read in a way worth saying."""
    names = line_names(app.words, typed.plan)

    def sentence(finding: Finding) -> str:
        return plan_sentence(finding, app.words, app.numbers, names)

    findings.listed(app, typed.findings, sentence)


def _frame(app: App, plan: StoredPlan) -> pd.DataFrame:
    rows = [_row(app, plan, line) for line in plan.lines]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(TEXTS, object))


def _row(app: App, plan: StoredPlan, line: PlanLine) -> dict[str, Any]:
    people = figure_of(plan, line.line_key, "audience")
    return {
        "key": line.line_key,
        "pick": False,
        "platform": line.platform,
        "tactic": line.tactic,
        "start": app.numbers.cell_date(line.start_date),
        "end": app.numbers.cell_date(line.end_date - DAY if line.end_date else None),
        "budget": app.numbers.cell(line.budget_micros),
        "status": line.commitment,
        "objective": line.objective_key or None,
        "owner": line.owner or None,
        "audience": line.audience_key or None,
        "people": app.numbers.whole(people.likely) if people else None,
        "utm": line.utm_campaign or None,
        "note": line.note or None,
    }


def _columns(app: App, plan: StoredPlan) -> dict[str, Any]:
    column, numbers = st.column_config, app.numbers
    example = numbers.cell_date(app.today) or ""
    objectives = {key: app.say(name) for key, name in OBJECTIVES.items()}
    objectives |= {o.objective_key: o.objective_key for o in plan.objectives if o.objective_key not in objectives}
    audiences = {audience.audience_key: audience.segment or audience.audience_key for audience in plan.audiences}
    audiences |= {line.audience_key: line.audience_key for line in plan.lines if line.audience_key not in audiences}
    return {
        "key": None,
        "pick": column.CheckboxColumn(
            "✓", default=False, pinned=True, width=52, help=app.say("Tick lines to act on them.")
        ),
        "platform": column.SelectboxColumn(
            app.say("Platform"), options=PLATFORMS, required=True, pinned=True, width=92,
            format_func=lambda key: app.say(PLATFORM_NAMES[str(key)]),
        ),
        "tactic": column.SelectboxColumn(
            app.say("Tactic"), options=TACTICS, required=True, pinned=True, width=106,
            format_func=lambda key: app.say(TACTIC_NAMES[str(key)]),
        ),
        "start": column.TextColumn(app.say("Start"), width=96, help=app.say("Day, month, year: {day}", day=example)),
        "end": column.TextColumn(app.say("Last day"), width=96, help=app.say("The last day that still belongs to it.")),
        "budget": column.TextColumn(
            app.say("Budget, {currency}", currency=numbers.currency), alignment="right", width=112
        ),
        "status": column.SelectboxColumn(
            app.say("Status"), options=list(COMMITMENTS), required=True, default="committed", width=104,
            format_func=lambda key: app.say(COMMITMENTS[str(key)]),
            help=app.say("Committed: signed. Forecast: likely. Optional: the first to go."),
        ),
        "objective": column.SelectboxColumn(
            app.say("Objective"), options=list(objectives), width=100, format_func=lambda key: objectives[str(key)]
        ),
        "owner": column.TextColumn(app.say("Owner"), max_chars=LONGEST_NAME, width=96),
        "audience": column.SelectboxColumn(
            app.say("Audience"), options=[key for key in audiences if key], width=120,
            format_func=lambda key: audiences[str(key)],
            help=app.say("Whom the line speaks to: one of the audiences of the Business screen."),
        ),
        "people": column.TextColumn(
            app.say("Audience, people"), alignment="right", width=124,
            help=app.say("How many people the ads may reach; decides how soon they see the same ad again."),
        ),
        "utm": column.TextColumn(
            app.say("UTM name"), max_chars=LONGEST_NAME, width=180,
            help=app.say(
                "The campaign's name in your links (utm_campaign). Uploaded campaigns of this name find the line."
            ),
        ),
        "note": column.TextColumn(app.say("Note"), max_chars=LONGEST_NOTE, width=180),
    }  # fmt: skip
