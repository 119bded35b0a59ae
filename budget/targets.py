"""The budget that the plan is meant to have (top-down) against the sum of its lines (bottom-up)."""

from dataclasses import dataclass, replace

from budget.money import MICROS, major, split_micros
from budget.phasing import rephased
from budget.plan import BUSINESS, Commitment, PlanAssumption, PlanLine, StoredPlan

BUDGET_TARGET = "budget_target"
COMMITMENTS: tuple[Commitment, ...] = ("committed", "forecast", "optional")


def target_of(plan: StoredPlan) -> int | None:
    """The target budget in micros; None where none was set."""
    found = next((a for a in plan.assumptions if (a.scope, a.key) == (BUSINESS, BUDGET_TARGET)), None)
    return round(found.likely * 100) * (MICROS // 100) if found else None


def with_target(plan: StoredPlan, target_micros: int | None) -> StoredPlan:
    """The plan with this target budget; None or 0 takes it away."""
    rest = tuple(a for a in plan.assumptions if (a.scope, a.key) != (BUSINESS, BUDGET_TARGET))
    if not target_micros:
        return replace(plan, assumptions=rest)
    amount = major(target_micros)
    row = PlanAssumption(BUSINESS, BUDGET_TARGET, amount, amount, amount, "money", "own")
    return replace(plan, assumptions=(*rest, row))


def commitment_totals(plan: StoredPlan) -> dict[Commitment, int]:
    """Micros by status, in the order committed, forecast, optional; they sum to the plan's budget."""
    return {
        status: sum(line.budget_micros for line in plan.lines if line.commitment == status) for status in COMMITMENTS
    }


@dataclass(frozen=True)
class Spread:
    """The plan after the difference was spread, the lines that took part, and what found no place (micros)."""

    plan: StoredPlan
    line_keys: tuple[str, ...]
    left_micros: int


def movable(plan: StoredPlan) -> tuple[PlanLine, ...]:
    """Lines whose money is not committed, and which run."""
    return tuple(line for line in plan.lines if line.commitment != "committed" and line.flight)


def spread_to_target(plan: StoredPlan) -> Spread:
    """Target minus sum, given to the lines that are not committed in proportion to their budgets, to the cent.

    No line goes below 0. Without a target or such lines nothing moves. Weeks keep their shape.
    """
    target, lines = target_of(plan), movable(plan)
    if target is None or not lines:
        return Spread(plan, (), 0 if target is None else target - plan.budget_micros)
    pot = sum(line.budget_micros for line in lines)
    wanted = pot + target - plan.budget_micros
    parts = split_micros(max(wanted, 0), [float(line.budget_micros) for line in lines])
    budgets = {line.line_key: part for line, part in zip(lines, parts, strict=True)}
    made = tuple(replace(x, budget_micros=budgets.get(x.line_key, x.budget_micros)) for x in plan.lines)
    return Spread(rephased(replace(plan, lines=made)), tuple(budgets), min(wanted, 0))
