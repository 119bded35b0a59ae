"""The seven difficulties of a company: what each is for, where it weighs on the P&L, and when it holds media back."""

from dataclasses import dataclass, replace

from budget.errors import InvalidValue
from budget.findings import Finding
from budget.plan import PlanChallenge, PlanObjective, StoredPlan
from budget.weeks import Period, months_of

LINE = "challenges"
"""The line of the P&L where the monthly amounts of active challenges stand."""
MOST_MICROS = 10**15


@dataclass(frozen=True)
class Challenge:
    """What is done about a difficulty (objective), how one sees it (KPI), and which line of the P&L it weighs on.

    `gate`: whether it usually holds media back until it is solved.
    """

    key: str
    objective_key: str
    kpi: str
    pnl_line: str
    gate: bool = False


CHALLENGES: tuple[Challenge, ...] = (
    Challenge("weak_traffic", "traffic", "clicks", "media"),
    Challenge("weak_awareness", "awareness", "reach", "media"),
    Challenge("falling_loyalty", "loyalty", "repeat_orders", "net_revenue"),
    Challenge("weak_reputation", "reputation", "negative_feedback", "net_revenue"),
    Challenge("sales_difficulty", "sales", "revenue", "net_revenue"),
    Challenge("not_ready", "sales", "conversions", "net_revenue", gate=True),
    Challenge("no_digital_culture", "engagement", "engagement", "team"),
)
KEYS = tuple(challenge.key for challenge in CHALLENGES)


def challenge(key: str) -> Challenge:
    """The difficulty of that key; `KeyError` if there is none."""
    return {each.key: each for each in CHALLENGES}[key]


def challenges_of(plan: StoredPlan) -> tuple[PlanChallenge, ...]:
    """All seven in their order, as the plan has them; one that it does not name is not active."""
    known = {each.challenge: each for each in plan.challenges}
    return tuple(known.get(key, PlanChallenge(key)) for key in KEYS)


def switched_on(found: PlanChallenge) -> PlanChallenge:
    """The challenge as active, with its usual gate where nothing was said of it yet."""
    fresh = found == PlanChallenge(found.challenge)
    return replace(found, active=True, gate=challenge(found.challenge).gate if fresh else found.gate)


def with_challenge(plan: StoredPlan, changed: PlanChallenge) -> StoredPlan:
    """The plan with this challenge as said, in the order of the checklist; others stay. Raises `InvalidValue`."""
    if changed.challenge not in KEYS:
        raise InvalidValue(f"challenge: found {changed.challenge!a:.40}, expected one of {KEYS}")
    if not 0 <= changed.monthly_micros < MOST_MICROS:
        raise InvalidValue(f"challenge: found {changed.monthly_micros} micros a month, expected 0 to a billion")
    known = {each.challenge: each for each in plan.challenges} | {changed.challenge: changed}
    rows = [known.pop(key) for key in KEYS if key in known]
    kept = tuple(row for row in rows if row != PlanChallenge(row.challenge))
    return replace(plan, challenges=(*kept, *known.values()))


def active(plan: StoredPlan) -> tuple[PlanChallenge, ...]:
    """The challenges that the plan says are there."""
    return tuple(each for each in plan.challenges if each.active)


def challenge_cost(plan: StoredPlan, period: Period) -> int:
    """Micros that active challenges cost in a period; a part of a month counts by its days."""
    return sum(
        each.monthly_micros * part.days // part.month_days for each in active(plan) for part in months_of(period)
    )


def gates(plan: StoredPlan) -> tuple[Finding, ...]:
    """One warning for each active challenge that holds media back, with the money planned all the same."""
    return tuple(
        Finding("MEDIA_ON_HOLD", "warn", each.challenge, {"planned_micros": plan.budget_micros})
        for each in active(plan)
        if each.gate
    )


def goal_for(found: PlanChallenge) -> PlanObjective:
    """The goal that a challenge suggests, still without a target."""
    usual = challenge(found.challenge)
    return PlanObjective(usual.objective_key, usual.kpi, challenge_key=found.challenge)
