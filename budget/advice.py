"""The best split of the money still to come, beside today's: how much it may gain, how sure, and what holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.ahead import Ahead
from budget.fans import Interval, interval
from budget.findings import Fact, Finding
from budget.forecast import Missing
from budget.ground import Ground, ground_of
from budget.guardrails import CENT, Rails, check_rails, exact_micros, locks_of, rails_of
from budget.held import Held, held_of
from budget.marginal import next_hundred, usual_week
from budget.money import MICROS, micros
from budget.plan import StoredPlan
from budget.question import Question
from budget.sales_model import SalesModel
from budget.splits import Curves, base_of, best, least_for
from models import MODEL_VERSION, Allocation, Goal

Array = np.ndarray


@dataclass(frozen=True)
class LineAdvice:
    """One line over the weeks to come, in micros: today's weeks and the proposed ones.

    `next_today` and `next_proposed`: profit of 100 more in a usual week of either, after their cost; 8 of 10 outcomes.
    `held` says what keeps the line from moving further, None where nothing does.
    """

    line_key: str
    today_weeks: tuple[int, ...]
    proposed_weeks: tuple[int, ...]
    next_today: Interval
    next_proposed: Interval
    held: Held | None

    @property
    def today_micros(self) -> int:
        """The line's money as planned."""
        return sum(self.today_weeks)

    @property
    def proposed_micros(self) -> int:
        """The line's money as proposed."""
        return sum(self.proposed_weeks)

    @property
    def change_micros(self) -> int:
        """Proposed less today."""
        return self.proposed_micros - self.today_micros


@dataclass(frozen=True, eq=False)
class Advice:
    """The answer to a question about the money of `weeks`; equal money where nothing is to change.

    `gain`: over today's, in what the question counts: conversions, or money in major units; 8 of 10
    outcomes. `chance`: that it beats today's split, for a target that it is reached. `gap`: no split inside the
    guard-rails can be better by more than this share of its worth. `own_share` by line and `measured` as in
    the forecast. Curves alone decide: the luck of single weeks is not in these ranges.
    """

    question: Question
    weeks: tuple[date, ...]
    lines: tuple[LineAdvice, ...]
    gain: Interval
    chance: float
    gap: float
    changed: bool
    own_share: Mapping[str, float]
    measured: frozenset[str]
    locked: tuple[str, ...]
    findings: tuple[Finding, ...]
    model_version: int = field(default=MODEL_VERSION)

    @property
    def today_micros(self) -> int:
        """The money of the weeks to come as planned."""
        return sum(line.today_micros for line in self.lines)

    @property
    def proposed_micros(self) -> int:
        """The money of the weeks to come as proposed."""
        return sum(line.proposed_micros for line in self.lines)

    @property
    def moved_micros(self) -> int:
        """Money that leaves a line for another, or that comes new."""
        return sum(max(line.change_micros, 0) for line in self.lines)

    def cells(self) -> Mapping[tuple[str, date], int]:
        """The proposed micros of each line and week that runs; all others stay."""
        return {
            (line.line_key, week): amount
            for line in self.lines
            for week, amount, before in zip(self.weeks, line.proposed_weeks, line.today_weeks, strict=True)
            if amount != before
        }


def advice(
    plan: StoredPlan,
    question: Question,
    *,
    seed: tuple[int, ...],
    actuals: Actuals | None = None,
    sales: SalesModel | None = None,
) -> Advice | Missing:
    """The answer from the same draws as the forecast's, or what is missing before there can be one."""
    ground = ground_of(plan, question.today, seed=seed, actuals=actuals, sales=sales)
    return ground if isinstance(ground, Missing) else advise(ground, question)


def advise(ground: Ground, question: Question) -> Advice | Missing:
    """The answer to one question of the ground's day, or what stands in its way."""
    plan, ahead, curves = ground.plan, ground.ahead, ground.curves
    total = _total(ahead, question)
    cut = total is not None and total < int(ahead.today_micros.sum())
    base = base_of(plan, ahead, curves, question) if cut else None
    rails = rails_of(plan, ahead, question, curves.top, total, base=base)
    if stops := check_rails(ahead, rails, total):
        return Missing(stops)
    split = _target(curves, ahead, rails, question) if total is None else best(curves, ahead, rails, question, total)
    if isinstance(split, Missing):
        return split
    return _told(ground, rails, question, split)


def _total(ahead: Ahead, question: Question) -> int | None:
    """The money to place; None where it is what is asked."""
    if question.aim == "target":
        return None
    return int(ahead.today_micros.sum()) if question.budget_micros is None else question.budget_micros


def _target(curves: Curves, ahead: Ahead, rails: Rails, question: Question) -> Allocation | Missing:
    """The split of the least money that reaches the target, or how far the guard-rails let it come."""
    goal = least_for(curves, ahead, rails, question)
    if goal.reachable and goal.allocation is not None:
        total = -(-round(goal.budget * MICROS) // CENT) * CENT
        total = min(max(total, rails.needed_micros), rails.room_micros)
        return best(curves, ahead, rails, question, total, rule="mean")
    return Missing((_far(curves, rails, question, goal),))


def _far(curves: Curves, rails: Rails, question: Question, goal: Goal) -> Finding:
    """A target out of reach: how far the limits let it come, or for profit the money that comes nearest."""
    reached = curves.reached(goal.allocation, question) if goal.allocation else 0.0
    facts: dict[str, Fact] = {"chance": goal.probability, "wanted_chance": question.probability}
    if question.measure == "conversions":
        facts |= {"target": question.target, "conversions": reached, "room_micros": rails.room_micros}
        return Finding("ADVICE_TARGET_FAR", "stop", "goal", facts)
    facts |= {"target_micros": micros(question.target), "reached_micros": micros(reached)}
    if question.measure == "revenue":
        return Finding("ADVICE_REVENUE_FAR", "stop", "goal", facts | {"room_micros": rails.room_micros})
    return Finding("ADVICE_PROFIT_FAR", "stop", "goal", facts | {"budget_micros": micros(goal.budget)})


def _told(ground: Ground, rails: Rails, question: Question, split: Allocation) -> Advice:
    plan, ahead, found, curves = ground.plan, ground.ahead, ground.beliefs, ground.curves
    today = ahead.today_micros
    total = round(float(split.spend.sum()) * MICROS)
    total = int(today.sum()) if not split.changed else _total(ahead, question) or total
    proposed = exact_micros(split.spend, rails, total) if split.changed else today
    before, after = (next_hundred(ground.business, found.draws, usual_week(money)) for money in (today, proposed))
    locked = locks_of(plan, ahead, question)
    held = held_of(ahead, rails, question, proposed, locked)
    lines = tuple(
        LineAdvice(
            line.line_key, tuple(map(int, today[c])), tuple(map(int, proposed[c])), interval(before[:, c]),
            interval(after[:, c]), held[line.line_key],
        )
        for c, line in enumerate(ahead.channels.lines)
    )  # fmt: skip
    chance = curves.chance(split, question) if question.aim == "target" else split.probability_better
    return Advice(
        question=replace(question, locked=locked),
        weeks=ahead.weeks,
        lines=lines,
        gain=interval(split.gain),
        chance=chance,
        gap=max(split.gap, 0.0),
        changed=bool((proposed != today).any()),
        own_share={line.line_key: float(x) for line, x in zip(ahead.channels.lines, found.own_share, strict=True)},
        measured=found.measured,
        locked=locked,
        findings=_notes(plan, ahead, question, locked),
    )


def _notes(plan: StoredPlan, ahead: Ahead, question: Question, locked: tuple[str, ...]) -> tuple[Finding, ...]:
    """What the answer takes for granted and the person may want to change."""
    found = [finding for finding in ahead.channels.findings if finding.code == "LINE_INCOMPLETE"]
    if ahead.ended:
        found.append(Finding("ADVICE_PLAN_ENDED", "warn", "plan"))
    committed = [key for key in ahead.running if plan.line(key).commitment == "committed"]
    if committed and not set(committed) & set(locked):
        found.append(Finding("ADVICE_COMMITTED_FREE", "info", "plan", {"count": len(committed)}))
    return tuple(found)
