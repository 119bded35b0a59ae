"""A dropped decision's money: the weeks to come as they were before it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from budget.decisions import MONEY
from budget.effects import stakes_of
from budget.phasing import with_week_edits
from budget.plan import StoredPlan
from budget.store import Decision

CENT_MICROS = 10_000


def taken_back(plan: StoredPlan, decision: Decision, from_week: date) -> StoredPlan:
    """The plan with a decision's weeks from `from_week` on as they were before it; line and plan follow their weeks.

    Weeks that the decision kept come back to the micro, later ones in proportion, to the cent. The plan itself where
    nothing is to be taken back: no money moved, it was moved again since, the weeks are over, or a baseline is asked.
    """
    own = {w.week_start: w.budget_micros for w in plan.weeks if w.line_key == decision.line_key}
    known = {s.week: s for s in stakes_of(decision) if s.week >= from_week and s.week in own}
    moved = any(s.before_micros != s.after_micros for s in known.values())
    still = all(own[week] == s.after_micros for week, s in known.items())
    if plan.status == "locked" or decision.action not in MONEY or not (moved and still) or decision.line_key is None:
        return plan
    before = {week: s.before_micros for week, s in known.items()}
    later = dict(_later(decision, {week: x for week, x in own.items() if week >= from_week and week not in known}))
    edits = {(decision.line_key, week): amount for week, amount in (before | later).items()}
    return with_week_edits(plan, edits, keep_budget=False)


def _later(decision: Decision, weeks: dict[date, int]) -> Iterator[tuple[date, int]]:
    """Weeks beyond those that the decision kept, in proportion; a cut to nothing leaves none."""
    if decision.amount_micros and decision.before_micros is not None:
        share = Fraction(decision.before_micros, decision.amount_micros)
        for week, amount in weeks.items():
            yield week, round(amount * share / CENT_MICROS) * CENT_MICROS
