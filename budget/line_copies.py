"""Lines copied with their figures and weeks, whole flights repeated, lines removed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from budget.editing import free_key, with_lines
from budget.plan import Commitment, PlanLine, PlanWeek, StoredPlan
from budget.weeks import WEEK


def with_copies(plan: StoredPlan, keys: Collection[str]) -> StoredPlan:
    """Each of these lines once more, right below it, with its figures and weeks; the UTM name stays with the first."""
    for key in [line.line_key for line in plan.lines if line.line_key in set(keys)]:
        plan = _with_copy(plan, plan.line(key), timedelta(), below=True)
    return plan


def with_repeated(plan: StoredPlan, keys: Collection[str] = ()) -> StoredPlan:
    """These lines (default: all) once more, beginning after the last of them has ended: gaps and weeks stay alike.

    The shift is whole weeks, so that each week keeps its money. Lines without dates are left out.
    """
    wanted = [line for line in plan.lines if line.flight and (not keys or line.line_key in set(keys))]
    flights = [line.flight for line in wanted if line.flight]
    if not flights:
        return plan
    length = max(flight.end for flight in flights) - min(flight.start for flight in flights)
    shift = -(-length // WEEK) * WEEK
    for line in wanted:
        plan = _with_copy(plan, line, shift, below=False)
    return plan


def without(plan: StoredPlan, keys: Collection[str]) -> StoredPlan:
    """The plan without these lines, their weeks and their figures."""
    return with_lines(plan, [line for line in plan.lines if line.line_key not in set(keys)])


def with_commitment(plan: StoredPlan, keys: Collection[str], status: Commitment) -> StoredPlan:
    """The plan with this status on these lines."""
    chosen = set(keys)
    return replace(plan, lines=tuple(replace(x, commitment=status) if x.line_key in chosen else x for x in plan.lines))


def _with_copy(plan: StoredPlan, line: PlanLine, shift: timedelta, *, below: bool) -> StoredPlan:
    key = free_key(plan, line.platform, line.tactic)
    start, end = (day + shift if day else None for day in (line.start_date, line.end_date))
    copy = replace(line, line_key=key, start_date=start, end_date=end, utm_campaign="")
    place = plan.lines.index(line) + 1 if below else len(plan.lines)
    weeks = tuple(
        PlanWeek(key, w.week_start + shift, w.budget_micros) for w in plan.weeks if w.line_key == line.line_key
    )
    figures = tuple(replace(a, scope=key) for a in plan.assumptions if a.scope == line.line_key)
    lines = (*plan.lines[:place], copy, *plan.lines[place:])
    made = replace(plan, weeks=(*plan.weeks, *weeks), assumptions=(*plan.assumptions, *figures))
    return with_lines(made, lines)
