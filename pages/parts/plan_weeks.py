"""The weekly phasing grid: money of each line in each week, totals that always equal the budget."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from budget.plan import StoredPlan
from budget.present.numbers import UNKNOWN
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from budget.typed_weeks import typed_weeks
from budget.weeks import weeks_of
from pages.parts import edits, findings, grid, plan_phasing
from pages.parts.app import App

NAME = "weeks"


def weeks(app: App, plan: StoredPlan) -> StoredPlan:
    """Show the grid and store what was typed; returns the plan as it is now."""
    if plan.period is None:
        st.write(app.say("Give a line its dates first."))
        return plan
    plan_phasing.show(app, plan)
    keep_budget = st.toggle(
        app.say("Keep each line's budget"), key=f"keep_{plan.plan_id}",
        help=app.say("On: what you add to one week is taken from the others. Off: the budget follows the weeks."),
    )  # fmt: skip
    if grid.is_behind(NAME, plan):
        plan = _store(app, plan, keep_budget) or plan
    mondays = weeks_of(plan.period) if plan.period else ()
    base = grid.base_for(NAME, app, plan, lambda: _frame(app, plan, mondays))
    typed = st.data_editor(
        base.frame, key=base.key, disabled=["line"], hide_index=True, row_height=34,
        column_config=_columns(app, mondays), alt=app.say("Weekly budgets of the lines"), placeholder=UNKNOWN,
        on_change=edits.at_once, args=(lambda: _store(app, plan, keep_budget),),
    )  # fmt: skip
    found = typed_weeks(plan, _cells(typed.reset_index().to_dict("records")), app.numbers.writing,
                        keep_budget=keep_budget)  # fmt: skip
    names = line_names(app.words, plan)
    findings.listed(app, found.findings, lambda finding: plan_sentence(finding, app.words, app.numbers, names))
    stored = edits.save(app, plan, found.plan)
    if not edits.followed(found.plan, stored) or (keep_budget and stored is not plan):
        st.rerun()
    grid.keep(NAME, stored)
    return stored


def _store(app: App, plan: StoredPlan, keep_budget: bool) -> StoredPlan | None:
    """Store what was typed on top of what the grid showed; None where that is stored already."""
    found = grid.typed(NAME, plan)
    if found is None:
        return None
    seen, rows = found
    edited = typed_weeks(seen, _cells(rows), app.numbers.writing, keep_budget=keep_budget).plan
    return edits.save_typed(app, None if keep_budget else NAME, seen, edited)


def _frame(app: App, plan: StoredPlan, mondays: tuple[date, ...]) -> pd.DataFrame:
    names = line_names(app.words, plan)
    money = {(week.line_key, week.week_start): app.numbers.cell(week.budget_micros) for week in plan.weeks}
    rows = [
        dict[str, str | None]({"key": line.line_key, "line": names[line.line_key]})
        | {week.isoformat(): money.get((line.line_key, week)) for week in mondays}
        for line in plan.lines
    ]
    return pd.DataFrame(rows).set_index("key").astype(object)


def _columns(app: App, mondays: tuple[date, ...]) -> dict[str, Any]:
    column = st.column_config
    named: dict[str, Any] = {"line": column.TextColumn(app.say("Line"), pinned=True, width=150)}
    for week in mondays:
        label, day = app.numbers.week(week), app.numbers.date_short(week)
        named[week.isoformat()] = column.TextColumn(label, alignment="right", width=88, help=day)
    return named


def _cells(rows: list[dict[Any, Any]]) -> dict[tuple[str, date], Any]:
    """The grid's cells by line and week."""
    return {
        (str(row["key"]), date.fromisoformat(str(name))): cell
        for row in rows
        for name, cell in row.items()
        if name not in ("key", "line")
    }
