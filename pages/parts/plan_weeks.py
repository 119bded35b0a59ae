"""The weekly phasing grid: money of each line in each week, totals that always equal the budget."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from budget.money import major, micros
from budget.phasing import week_matrix, with_week_edits
from budget.plan import StoredPlan
from budget.present.vocabulary import line_names
from budget.weeks import weeks_of
from pages.parts import edits, grid
from pages.parts.app import App

NAME = "weeks"


def weeks(app: App, plan: StoredPlan) -> StoredPlan:
    """Show the grid and store what was typed; returns the plan as it is now."""
    if plan.period is None:
        st.write(app.say("Give a line its dates first."))
        return plan
    keep_budget = st.toggle(
        app.say("Keep each line's budget"), key=f"keep_{plan.plan_id}",
        help=app.say("On: what you add to one week is taken from the others. Off: the budget follows the weeks."),
    )  # fmt: skip
    mondays = weeks_of(plan.period)
    base = grid.base_for(NAME, plan, _frame(app, plan, mondays))
    typed = st.data_editor(
        base.frame, key=grid.editor_key(NAME, plan, base), disabled=["line", "total"], hide_index=True,
        column_config=_columns(app, mondays), alt=app.say("Weekly budgets of the lines"),
    )  # fmt: skip
    found = _typed(base.frame, typed, mondays)
    stored = edits.save(app, plan, with_week_edits(plan, found, keep_budget=keep_budget)) if found else plan
    if not keep_budget:
        grid.keep(NAME, stored)
    elif stored is not plan:
        st.rerun()
    return stored


def _frame(app: App, plan: StoredPlan, mondays: tuple[date, ...]) -> pd.DataFrame:
    names, matrix = line_names(app.words, plan), week_matrix(plan, mondays)
    rows = [
        {"key": key, "line": names[key]} | {week.isoformat(): major(x) for week, x in zip(mondays, row, strict=True)}
        for key, row in matrix.items()
    ]
    return pd.DataFrame(rows).set_index("key")


def _columns(app: App, mondays: tuple[date, ...]) -> dict[str, Any]:
    column = st.column_config
    named: dict[str, Any] = {"line": column.TextColumn(app.say("Line"), pinned=True, width=150)}
    for week in mondays:
        named[week.isoformat()] = column.NumberColumn(
            app.numbers.week(week),
            min_value=0,
            format=app.numbers.input_format(2),
            width=84,
            help=app.numbers.date_short(week),
        )
    return named


def _typed(base: pd.DataFrame, typed: pd.DataFrame, mondays: tuple[date, ...]) -> dict[tuple[str, date], int]:
    """The cells that differ from the base, in micros; an emptied cell is 0."""
    cells: dict[tuple[str, date], int] = {}
    for week in mondays:
        name = week.isoformat()
        for key, before, after in zip(base.index, base[name], typed[name], strict=True):
            if pd.isna(after) or before != after:
                cells[str(key), week] = 0 if pd.isna(after) else micros(round(float(after), 2))
    return cells
