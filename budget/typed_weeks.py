"""Cells of the weekly grid, as typed, made into a plan whose weeks add up to the cent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from budget.editing import MOST_MONEY_MICROS
from budget.findings import Finding
from budget.money import MICROS, micros
from budget.phasing import with_week_edits
from budget.plan import StoredPlan
from budget.typed_lines import TypedPlan, money_kept
from budget.typed_numbers import Writing, read_typed


def typed_weeks(
    plan: StoredPlan, cells: Mapping[tuple[str, date], Any], writing: Writing, *, keep_budget: bool
) -> TypedPlan:
    """The plan after the grid's cells (line_key, week) hold these texts; only cells that say something new count.

    Money in a week outside the line's flight is not taken, and WEEK_OUTSIDE says so. `keep_budget` as in
    `with_week_edits`.
    """
    stored = {(w.line_key, w.week_start): w.budget_micros for w in plan.weeks}
    edits: dict[tuple[str, date], int] = {}
    findings: list[Finding] = []
    for (key, week), cell in cells.items():
        typed = read_typed(cell if isinstance(cell, str) else "", writing)
        facts = {"week": week.isoformat(), "column": "week"}
        if (key, week) not in stored:
            if typed.value != 0:
                findings.append(Finding("WEEK_OUTSIDE", "stop", key, {**facts, "text": str(cell)}))
            continue
        if typed.finding:
            findings.append(replace(typed.finding, where=key, facts={**typed.finding.facts, **facts}))
        if typed.value is None:
            continue
        old = stored[key, week]
        if (new := money_kept(old, micros(typed.value))) != old:
            edits[key, week] = new
    edited = with_week_edits(plan, edits, keep_budget=keep_budget) if edits else plan
    huge = {line.line_key for line in edited.lines if line.budget_micros >= MOST_MONEY_MICROS}
    if huge:
        sums = {key: str(edited.line(key).budget_micros // MICROS) for key in sorted(huge)}
        findings += [
            Finding("NUMBER_TOO_LARGE", "stop", key, {"text": x, "column": "budget"}) for key, x in sums.items()
        ]
        sane = {cell: amount for cell, amount in edits.items() if cell[0] not in huge}
        edited = with_week_edits(plan, sane, keep_budget=keep_budget)
    return TypedPlan(edited, tuple(findings))
