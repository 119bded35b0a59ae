"""What to decide this week: scale, hold or cut by what the next money earns, fix what cannot be read, test what is
only assumed; and the plan after it was decided.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget.advice import Advice, LineAdvice
from budget.effects import Expected, expected
from budget.errors import PlanLocked
from budget.findings import Finding
from budget.ground import Ground
from budget.money import MICROS
from budget.moves import moved_weeks, usual_week
from budget.phasing import active_days, with_week_edits
from budget.plan import StoredPlan
from budget.question import MOST_MOVE
from budget.scenario import held_rates
from budget.store import Decision
from budget.store.review_values import Action
from budget.trust import Campaign

MONEY: tuple[Action, ...] = ("scale", "cut")
"""Actions that move a line's money."""
ROUND_FROM = 50 * MICROS
"""From this week on amounts are whole units of the currency, below it cents."""
CENT = 10_000
LEAST_MOVE = 0.02
"""Smaller moves than this share of a week are not worth a change in the platform."""
MOSTLY_ASSUMED = 0.5
MOST_TESTS = 2


@dataclass(frozen=True)
class Suggestion:
    """One thing to decide, with what speaks for it; about a line, a platform, or all of it ("" and None).

    Money is a usual week in micros, `before_micros` as planned; `expected` where money moves.
    """

    action: Action
    why: Finding
    line_key: str | None = None
    platform: str = ""
    tactic: str = ""
    before_micros: int | None = None
    amount_micros: int | None = None
    expected: Expected | None = None


def suggestions(
    ground: Ground,
    advice: Advice,
    *,
    seed: tuple[int, ...],
    gaps: Mapping[str, int] | None = None,
    campaigns: Iterable[Campaign] = (),
    decided: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """What the Optimise screen's split of the money to come means for each line, what to fix first and what to test.

    `advice` of today's money inside the guard-rails; `gaps` days without rows by platform. Lines that are `decided`
    already this week are left out: they moved as far as a week should.
    """
    fixes = (*_gaps(gaps or {}), *_unmatched(campaigns))
    open_lines = [
        line for line in advice.lines if line.line_key not in decided and line.line_key in ground.ahead.running
    ]
    amounts = {line.line_key: amount_of(line) for line in open_lines}
    moves = {line.line_key: amounts[line.line_key] for line in open_lines if _moves(line, amounts[line.line_key])}
    promised = expected(ground, moves, seed=seed) if moves else {}
    rows = [_line(ground.plan, line, amounts[line.line_key], promised.get(line.line_key)) for line in open_lines]
    rows.sort(key=lambda row: (row.expected is None, -abs(row.expected.likely_micros if row.expected else 0)))
    return (*fixes, *rows, *_tests(ground.plan, advice, open_lines))


def amount_of(line: LineAdvice) -> int:
    """The line's usual week as proposed, in amounts that can be typed, inside the band of one week's move."""
    before = usual_week(line.today_weeks)
    if not line.today_micros:
        return usual_week(line.proposed_weeks)
    unit = MICROS if before >= ROUND_FROM else CENT
    exact = before * line.proposed_micros / line.today_micros
    low = -(-round(before * (1 - MOST_MOVE)) // unit) * unit
    high = round(before * (1 + MOST_MOVE)) // unit * unit
    return min(max(round(exact / unit) * unit, low), high) if low <= high else before


def _moves(line: LineAdvice, amount_micros: int) -> bool:
    before = usual_week(line.today_weeks)
    return abs(amount_micros - before) >= max(LEAST_MOVE * before, CENT)


def _line(plan: StoredPlan, line: LineAdvice, amount: int, promised: Expected | None) -> Suggestion:
    """Money that has to go somewhere is no reason to grow a line that would lose by it: such a line is held."""
    before, of = usual_week(line.today_weeks), plan.line(line.line_key)
    if promised is None or (amount > before and promised.likely_micros <= 0):
        held = Finding("DECIDE_HOLD", "info", line.line_key, {"next": line.next_today.mid})
        return Suggestion("hold", held, line.line_key, of.platform, of.tactic, before, before)
    why = Finding("DECIDE_MOVE", "info", line.line_key, {"next": line.next_today.mid, "share": _share(before, amount)})
    action: Action = "scale" if amount > before else "cut"
    return Suggestion(action, why, line.line_key, of.platform, of.tactic, before, amount, promised)


def _share(before: int, amount: int) -> float:
    return amount / before - 1 if before else 0.0


def _gaps(gaps: Mapping[str, int]) -> Iterable[Suggestion]:
    for platform, days in sorted(gaps.items()):
        if days:
            yield Suggestion("fix", Finding("DECIDE_GAP", "warn", platform, {"days": days}), platform=platform)


def _unmatched(campaigns: Iterable[Campaign]) -> Iterable[Suggestion]:
    loose = [campaign for campaign in campaigns if campaign.line_key is None and not campaign.decided]
    if loose:
        yield Suggestion("fix", Finding("DECIDE_UNMATCHED", "warn", "", {"count": len(loose)}))


def _tests(plan: StoredPlan, advice: Advice, lines: Sequence[LineAdvice]) -> Iterable[Suggestion]:
    """The largest lines of which mostly assumptions are known, unless the sales model measured them."""
    open_to = [
        line
        for line in lines
        if advice.own_share[line.line_key] < MOSTLY_ASSUMED and line.line_key not in advice.measured
    ]
    for line in sorted(open_to, key=lambda line: -line.today_micros)[:MOST_TESTS]:
        of, facts = plan.line(line.line_key), {"share": advice.own_share[line.line_key]}
        why = Finding("DECIDE_TEST", "info", line.line_key, facts)
        yield Suggestion("test", why, line.line_key, of.platform, of.tactic)


def applied(plan: StoredPlan, decisions: Iterable[Decision], from_week: date) -> StoredPlan:
    """The plan with the weeks from `from_week` on of every line that is scaled or cut at its new usual week.

    A line's weeks keep their shape and come to the new week times how many have money, to the micro; its rates hold at
    the spend that they were given for. All else stays. Raises `PlanLocked`: a baseline is never touched.
    """
    if plan.status == "locked":
        raise PlanLocked(f"plan {plan.plan_id} is a baseline; decisions move the working plan")
    edits: dict[tuple[str, date], int] = {}
    lines = {line.line_key: line for line in plan.lines}
    for decision in decisions:
        line = lines.get(decision.line_key or "")
        if line is None or decision.action not in MONEY or decision.amount_micros is None:
            continue
        own = sorted(
            (w.week_start, w.budget_micros)
            for w in plan.weeks
            if w.line_key == line.line_key
            if w.week_start >= from_week
        )
        parts = [active_days(line, week) / 7 for week, _ in own]
        after = moved_weeks([amount for _, amount in own], decision.amount_micros, parts)
        edits |= {(line.line_key, week): amount for (week, _), amount in zip(own, after, strict=True)}
    if not edits:
        return plan
    held = held_rates(plan, {key for key, _ in edits})
    moved = with_week_edits(plan, edits, keep_budget=False)
    return replace(moved, assumptions=(*plan.assumptions, *held))
