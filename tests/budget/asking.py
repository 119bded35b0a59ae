"""Questions to the advice for tests, and their answers or refusals."""

from collections.abc import Mapping
from dataclasses import replace

from budget.actuals import Actuals
from budget.advice import Advice, advice
from budget.forecast import Missing
from budget.frontier import Frontier, frontier_of
from budget.ground import Ground, ground_of
from budget.plan import Commitment, StoredPlan
from budget.question import NO_LIMIT, Question
from tests.budget.builders import START, draft

SEED = (1, 1, 1, 0)
FREE = Question(START, max_move=NO_LIMIT, locked=())
KEYS = ("meta-prospecting", "google-search", "tiktok-awareness")


def committed(plan: StoredPlan, *commitments: Commitment) -> StoredPlan:
    """The plan with the status of its lines, in their order."""
    return draft(
        plan, lines=tuple(replace(each, commitment=c) for each, c in zip(plan.lines, commitments, strict=True))
    )


def advised(plan: StoredPlan, question: Question, actuals: Actuals | None = None) -> Advice:
    """An answer that must exist."""
    found = advice(plan, question, seed=SEED, actuals=actuals)
    assert isinstance(found, Advice), found
    return found


def budgets_of(plan: StoredPlan, question: Question) -> Frontier:
    """Less and more money inside the question's limits."""
    ground = ground_of(plan, question.today, seed=SEED)
    assert isinstance(ground, Ground)
    return frontier_of(ground, question)


def refused(plan: StoredPlan, question: Question, actuals: Actuals | None = None) -> tuple[str, Mapping[str, object]]:
    """Code and facts of the one finding that stands in the way."""
    found = advice(plan, question, seed=SEED, actuals=actuals)
    assert isinstance(found, Missing)
    (finding,) = found.findings
    assert finding.severity == "stop"
    return finding.code, finding.facts


def proposed(found: Advice) -> dict[str, int]:
    """Proposed micros by line."""
    return {each.line_key: each.proposed_micros for each in found.lines}
