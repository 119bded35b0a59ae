"""A dropped decision's money: the weeks to come as they were before it."""

from collections.abc import Mapping
from datetime import date

from budget.decisions import MONEY
from budget.effects import Stake, stakes_of
from budget.money import split_micros
from budget.phasing import active_days, with_week_edits
from budget.plan import StoredPlan
from budget.store import Decision


def taken_back(plan: StoredPlan, decision: Decision, from_week: date) -> StoredPlan:
    """The plan with a decision's weeks from `from_week` on as they were before it; line and plan follow their weeks.

    The weeks that the decision kept (its first four) come back to the micro; later ones share what they had together,
    by the shape that they have now. The plan itself where nothing is to be taken back: no money moved, it was moved
    again since, the kept weeks are over, or a baseline is asked.
    """
    if plan.status == "locked" or decision.action not in MONEY or decision.line_key is None:
        return plan
    own = {w.week_start: w.budget_micros for w in plan.weeks if w.line_key == decision.line_key}
    own = {week: amount for week, amount in own.items() if week >= decision.week_start}
    kept = {s.week: s for s in stakes_of(decision) if s.week in own}
    back = {week: s.before_micros for week, s in kept.items() if week >= from_week}
    if all(own[week] == before for week, before in back.items()) or not _is_still_moved(decision, own, kept):
        return plan
    back |= _later(plan, decision, own, kept)
    return with_week_edits(plan, {(decision.line_key, week): x for week, x in back.items()}, keep_budget=False)


def _is_still_moved(decision: Decision, own: Mapping[date, int], kept: Mapping[date, Stake]) -> bool:
    """Whether each kept week, and the sum of the weeks with money, is what the decision made of it."""
    paid = sum(1 for amount in own.values() if amount)
    as_decided = sum(own.values()) == (decision.amount_micros or 0) * paid
    return as_decided and all(own[week] == s.after_micros for week, s in kept.items())


def _later(
    plan: StoredPlan, decision: Decision, own: Mapping[date, int], kept: Mapping[date, Stake]
) -> dict[date, int]:
    """Weeks beyond those that the decision kept: the usual week from before for each of them, less the kept ones."""
    line = plan.line(str(decision.line_key))
    weights = {
        week: own[week] or active_days(line, week) * (not decision.amount_micros) for week in own if week not in kept
    }
    later = sorted(week for week, weight in weights.items() if weight)
    if not later:
        return {}
    before = [s.before_micros for s in kept.values()]
    count = len(later) + sum(1 for amount in before if amount)
    had = max((decision.before_micros or 0) * count - sum(before), 0)
    return dict(zip(later, split_micros(had, [weights[week] for week in later]), strict=True))
