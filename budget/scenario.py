"""Advice made into a plan of its own: a copy with the proposed weeks; the plan it comes from stays as it is."""

from dataclasses import replace

from budget.advice import Advice
from budget.editing import DERIVED
from budget.funnels import SPEND_WEEK, assumption, spend_week
from budget.phasing import week_matrix
from budget.plan import PlanAssumption, PlanWeek, StoredPlan
from budget.store import Store
from budget.weeks import weeks_of


def proposed_plan(plan: StoredPlan, found: Advice, name: str) -> StoredPlan:
    """The plan under another name with the weeks of the advice; lines' budgets follow their weeks.

    Prices and rates keep holding at the weekly spend that they were given for, so that the scenario's forecast reads
    the same curves as the advice.
    """
    cells = found.cells()
    weeks = tuple(replace(w, budget_micros=cells.get((w.line_key, w.week_start), w.budget_micros)) for w in plan.weeks)
    known = {(week.line_key, week.week_start) for week in weeks}
    weeks += tuple(PlanWeek(*cell, amount) for cell, amount in cells.items() if cell not in known)
    matrix = week_matrix(replace(plan, weeks=weeks), weeks_of(plan.period) if plan.period else ())
    changed = {key for key, _ in cells}
    lines = tuple(
        replace(line, budget_micros=sum(matrix[line.line_key])) if line.line_key in changed else line
        for line in plan.lines
    )
    held = tuple(
        PlanAssumption(line.line_key, SPEND_WEEK, *(spend_week(plan, line),) * 3, "money", DERIVED)
        for line in plan.lines
        if line.line_key in changed and assumption(plan, line.line_key, SPEND_WEEK) is None
    )
    return replace(
        plan, name=name, lines=lines, weeks=weeks, assumptions=(*plan.assumptions, *held), status="draft",
        based_on_plan_id=plan.plan_id,
    )  # fmt: skip


def make_scenario(store: Store, plan: StoredPlan, found: Advice, name: str) -> StoredPlan:
    """Store the advice as a new draft based on the plan: whole or not at all."""
    return store.add_plan(plan.workspace_id, proposed_plan(plan, found, name))


def is_scenario(store: Store, plan: StoredPlan) -> bool:
    """Whether the plan is a copy of a draft that is still there, so that it can be removed."""
    heads = {head.plan_id: head for head in store.plans(plan.workspace_id)}
    before = heads.get(plan.based_on_plan_id or 0)
    return plan.status in ("draft", "proposed") and before is not None and before.status in ("draft", "proposed")


def remove_scenario(store: Store, plan: StoredPlan) -> None:
    """Take the copy away again; the plan that it came from is the one at hand."""
    store.delete_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
