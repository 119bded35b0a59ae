"""The table of plan lines: channel, flight, budget, audience; edits are stored as they are made."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from budget.editing import PLATFORMS, TACTICS, figure_of, free_key, with_figure, with_lines
from budget.money import major, micros
from budget.plan import PlanLine, StoredPlan
from budget.present.vocabulary import OBJECTIVES
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.present.vocabulary import TACTICS as TACTIC_NAMES
from budget.ranges import Range
from budget.weeks import DAY
from pages.parts import edits, grid
from pages.parts.app import App

NAME = "lines"
AUDIENCE_SPREAD = 0.6
LONGEST_UTM = 200


def lines(app: App, plan: StoredPlan) -> StoredPlan:
    """Show the editor and store what was typed; returns the plan as it is now."""
    base = grid.base_for(NAME, plan, _frame(plan))
    typed = st.data_editor(
        base.frame, key=grid.editor_key(NAME, plan, base), num_rows="dynamic", hide_index=True, row_height=34,
        column_config=_columns(app), alt=app.say("Lines of the plan"),
    )  # fmt: skip
    stored = edits.save(app, plan, _edited(plan, typed))
    grid.keep(NAME, stored)
    return stored


def _frame(plan: StoredPlan) -> pd.DataFrame:
    rows = [
        {
            "key": line.line_key,
            "platform": line.platform,
            "tactic": line.tactic,
            "objective": line.objective_key or None,
            "start": line.start_date,
            "end": line.end_date - DAY if line.end_date else None,
            "budget": major(line.budget_micros),
            "audience": _audience(plan, line),
            "utm": line.utm_campaign or None,
        }
        for line in plan.lines
    ]
    columns = ["key", "platform", "tactic", "objective", "start", "end", "budget", "audience", "utm"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"budget": "float64", "audience": "float64", "utm": object})


def _audience(plan: StoredPlan, line: PlanLine) -> float | None:
    found = figure_of(plan, line.line_key, "audience")
    return found.likely if found else None


def _columns(app: App) -> dict[str, Any]:
    column, numbers = st.column_config, app.numbers
    budget = app.say("Budget, {currency}", currency=numbers.currency)
    return {
        "key": None,
        "platform": column.SelectboxColumn(
            app.say("Platform"), options=PLATFORMS, required=True, pinned=True, width=96,
            format_func=lambda key: app.say(PLATFORM_NAMES[str(key)]),
        ),
        "tactic": column.SelectboxColumn(
            app.say("Tactic"), options=TACTICS, required=True, pinned=True, width=110,
            format_func=lambda key: app.say(TACTIC_NAMES[str(key)]),
        ),
        "objective": column.SelectboxColumn(
            app.say("Objective"), options=list(OBJECTIVES), format_func=lambda key: app.say(OBJECTIVES[str(key)])
        ),
        "start": column.DateColumn(app.say("Start"), format=numbers.grid_date_format),
        "end": column.DateColumn(app.say("Last day"), format=numbers.grid_date_format),
        "budget": column.NumberColumn(budget, min_value=0, format=app.numbers.input_format(2), default=0.0),
        "audience": column.NumberColumn(
            app.say("Audience, people"), min_value=0, format=numbers.grid_format(0),
            help=app.say("How many people the ads may reach; decides how soon they see the same ad again."),
        ),
        "utm": column.TextColumn(
            app.say("UTM name"), max_chars=LONGEST_UTM,
            help=app.say(
                "The campaign's name in your links (utm_campaign). Uploaded campaigns of this name find the line."
            ),
        ),
    }  # fmt: skip


def _edited(plan: StoredPlan, typed: pd.DataFrame) -> StoredPlan:
    known = {line.line_key: line for line in plan.lines}
    lines: list[PlanLine] = []
    sizes: dict[str, float | None] = {}
    for row in typed.to_dict("records"):
        if not (_text(row["platform"]) and _text(row["tactic"])):
            continue
        made = replace(plan, lines=tuple(lines))
        name = _text(row["key"]) or free_key(made, _text(row["platform"]), _text(row["tactic"]))
        lines.append(_line(known.get(name, PlanLine(name, "", "")), row))
        sizes[name] = None if pd.isna(row["audience"]) else float(row["audience"])
    edited = with_lines(plan, lines) if tuple(lines) != plan.lines else plan
    for name, size in sizes.items():
        found = figure_of(edited, name, "audience")
        if size != (found.likely if found else None) and size:
            edited = with_figure(edited, name, "audience", Range.around(size, AUDIENCE_SPREAD))
    return edited


def _line(line: PlanLine, row: dict[Any, Any]) -> PlanLine:
    end = _day(row["end"])
    budget = 0 if pd.isna(row["budget"]) else micros(round(float(row["budget"]), 2))
    return replace(
        line,
        platform=_text(row["platform"]),
        tactic=_text(row["tactic"]),
        objective_key=_text(row["objective"]),
        start_date=_day(row["start"]),
        end_date=end + timedelta(days=1) if end else None,
        budget_micros=budget,
        utm_campaign=_text(row["utm"]).strip()[:LONGEST_UTM],
    )


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""


def _day(cell: Any) -> date | None:
    return None if pd.isna(cell) else pd.Timestamp(cell).date()
