"""Plans side by side: a scenario is a copy, of advice or by hand; the plan that it comes from stays as it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from budget.advice import Advice
from budget.editing import DERIVED
from budget.funnels import SPEND_WEEK, assumption, spend_week
from budget.phasing import week_matrix
from budget.plan import PlanAssumption, PlanHead, PlanWeek, StoredPlan
from budget.store import Store
from budget.weeks import weeks_of

EDITABLE = ("draft", "proposed")


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
    return replace(
        plan, name=name, lines=lines, weeks=weeks, assumptions=(*plan.assumptions, *held_rates(plan, changed)),
        status="draft", based_on_plan_id=plan.plan_id,
    )  # fmt: skip


def held_rates(plan: StoredPlan, changed: Collection[str]) -> tuple[PlanAssumption, ...]:
    """What keeps the prices and rates of lines whose money moves at the weekly spend that they were given for."""
    return tuple(
        PlanAssumption(line.line_key, SPEND_WEEK, *(spend_week(plan, line),) * 3, "money", DERIVED)
        for line in plan.lines
        if line.line_key in changed and assumption(plan, line.line_key, SPEND_WEEK) is None
    )


def make_scenario(store: Store, plan: StoredPlan, found: Advice, name: str) -> StoredPlan:
    """Store the advice as a new draft based on the plan: whole or not at all."""
    return store.add_plan(plan.workspace_id, proposed_plan(plan, found, name))


def copy_plan(store: Store, plan: StoredPlan, name: str) -> StoredPlan:
    """Store a copy of any plan, locked or not, under another name, as a draft to try things in."""
    return store.add_plan(plan.workspace_id, replace(plan, name=name, based_on_plan_id=plan.plan_id))


def free_name(wanted: str, heads: Iterable[PlanHead]) -> str:
    """The name, with a number behind it where another plan has it already."""
    taken = {head.name for head in heads}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{wanted} {n}" if n > 1 else wanted) not in taken)


def main_plan(heads: Sequence[PlanHead]) -> PlanHead | None:
    """The plan that is worked with unless another one was opened.

    The draft of the newest baseline; before any the newest draft that is no copy of another one; None without drafts.
    """
    drafts = {head.plan_id: head for head in heads if head.status in EDITABLE}
    baselines = sorted((head for head in heads if head.status == "locked"), key=lambda head: -head.plan_id)
    approved = next((drafts[b.based_on_plan_id] for b in baselines if b.based_on_plan_id in drafts), None)
    own = [head for head in drafts.values() if head.based_on_plan_id not in drafts]
    return approved or max(own or drafts.values(), key=lambda head: head.plan_id, default=None)


def baseline_numbers(heads: Iterable[PlanHead]) -> dict[int, int]:
    """By plan_id of a locked plan: which version it is of the plan that it was locked from, counted from 1."""
    counted: dict[int | None, int] = {}
    found = {}
    for head in sorted(heads, key=lambda head: head.plan_id):
        if head.status == "locked":
            found[head.plan_id] = counted[head.based_on_plan_id] = counted.get(head.based_on_plan_id, 0) + 1
    return found


def original_of(plan: StoredPlan, heads: Iterable[PlanHead]) -> PlanHead | None:
    """What the plan is a copy of: the draft of a baseline, the plan before a scenario; None where that is gone."""
    return next((head for head in heads if head.plan_id == plan.based_on_plan_id and head.status != "archived"), None)


def is_scenario(store: Store, plan: StoredPlan) -> bool:
    """Whether the plan is a copy of a draft that is still there, so that it can be removed."""
    before = original_of(plan, store.plans(plan.workspace_id))
    return plan.status in EDITABLE and before is not None and before.status in EDITABLE


def remove_scenario(store: Store, plan: StoredPlan) -> None:
    """Take the copy away again; the plan that it came from is the one at hand."""
    store.delete_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
