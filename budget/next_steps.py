"""What to do next, worst gap first: one rule a step."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from budget.actuals import Actuals
from budget.business import business_of
from budget.plan import StoredPlan
from budget.trust import Campaign

Code = Literal["ORDER_VALUE", "LINES", "GOAL", "LOCK", "UPLOAD_FIRST", "UPLOAD_LATE", "MATCH", "NEXT_PLAN", "REVIEW"]
LATE_AFTER = timedelta(days=8)
"""Data that end more than a week before today miss a weekly upload."""


@dataclass(frozen=True)
class Step:
    """A step by its code; `count` says how many things it is about, `day` the last day of data."""

    code: Code
    count: int = 0
    day: date | None = None


def next_steps(
    plan: StoredPlan, *, locked: bool, actuals: Actuals, campaigns: tuple[Campaign, ...], today: date
) -> tuple[Step, ...]:
    """Steps in the order of the work; never empty."""
    steps: list[Step] = []
    if not business_of(plan).is_known:
        steps.append(Step("ORDER_VALUE"))
    if not any(line.budget_micros for line in plan.lines):
        steps.append(Step("LINES"))
    if not any(objective.target_micros for objective in plan.objectives):
        steps.append(Step("GOAL"))
    over = _is_over(plan, actuals, today)
    if not steps and not locked and not over:
        steps.append(Step("LOCK"))
    steps += _data_steps(plan, actuals, campaigns, today)
    if over:
        steps.append(Step("NEXT_PLAN"))
    return tuple(steps) or (Step("REVIEW"),)


def _is_over(plan: StoredPlan, actuals: Actuals, today: date) -> bool:
    """The last day of the plan has passed, and its platforms were uploaded to the end."""
    if plan.period is None or plan.period.end > today or actuals.is_empty:
        return False
    return min(actuals.until.values()) >= plan.period.end


def _data_steps(plan: StoredPlan, actuals: Actuals, campaigns: tuple[Campaign, ...], today: date) -> list[Step]:
    waiting = sum(1 for campaign in campaigns if not campaign.decided)
    running = plan.period is not None and plan.period.start < today
    steps = [Step("MATCH", waiting)] if waiting else []
    if actuals.is_empty:
        return [*steps, Step("UPLOAD_FIRST")] if running else steps
    until = min(actuals.until.values())
    if plan.period and until < min(today - LATE_AFTER + timedelta(days=1), plan.period.end):
        steps.append(Step("UPLOAD_LATE", day=until - timedelta(days=1)))
    return steps
