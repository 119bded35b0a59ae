"""Weekly budgets of a line that always add up to the line's budget, to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from budget.money import split_micros
from budget.plan import PlanLine, PlanWeek, StoredPlan
from budget.weeks import WEEK, Period, weeks_of


def active_days(line: PlanLine, week_start: date) -> int:
    """Days of that week on which the line runs."""
    return line.flight.common(Period(week_start, week_start + WEEK)).days if line.flight else 0


def phased(line: PlanLine, shape: Mapping[date, float] | None = None) -> tuple[PlanWeek, ...]:
    """The line's budget over the weeks of its flight by a shape (weight a full week), else evenly by days.

    Weeks that the shape does not name take its average weight. No flight: no weeks.
    """
    if line.flight is None:
        return ()
    weeks = weeks_of(line.flight)
    known = [weight for week, weight in (shape or {}).items() if week in weeks]
    usual = sum(known) / len(known) if any(known) else 1.0
    weights = [(shape or {}).get(w, usual) * active_days(line, w) / 7 for w in weeks]
    amounts = split_micros(line.budget_micros, weights)
    return tuple(PlanWeek(line.line_key, week, amount) for week, amount in zip(weeks, amounts, strict=True))


def shape_of(line: PlanLine, weeks: Sequence[PlanWeek]) -> dict[date, float]:
    """The line's present weekly budgets as weights a full week."""
    own = {w.week_start: w.budget_micros for w in weeks if w.line_key == line.line_key}
    return {w: 7 * amount / days for w, amount in own.items() if (days := active_days(line, w))}


def rephased(plan: StoredPlan) -> StoredPlan:
    """The plan with every line's weeks made to fit its flight and budget, keeping each line's shape."""
    weeks: list[PlanWeek] = []
    for line in plan.lines:
        own = tuple(w for w in plan.weeks if w.line_key == line.line_key)
        fits = line.flight is not None and tuple(w.week_start for w in own) == weeks_of(line.flight)
        exact = sum(w.budget_micros for w in own) == line.budget_micros
        weeks.extend(own if fits and exact else phased(line, shape_of(line, own)))
    return replace(plan, weeks=tuple(weeks))


def with_week_edits(plan: StoredPlan, edits: Mapping[tuple[str, date], int], *, keep_budget: bool) -> StoredPlan:
    """The plan after cells (line_key, week) of the grid were typed over, in micros.

    `keep_budget`: what a line gained or lost is taken from its weeks that were not typed, in their proportions;
    where those cannot give it, and always without `keep_budget`, the line's budget becomes the sum of its weeks.
    """
    lines, weeks = [], []
    for line in plan.lines:
        own = {w.week_start: w.budget_micros for w in plan.weeks if w.line_key == line.line_key}
        typed = {week: amount for (key, week), amount in edits.items() if key == line.line_key and week in own}
        own |= typed
        if typed and keep_budget:
            own = _rest_spread(own, typed, line.budget_micros)
        lines.append(replace(line, budget_micros=sum(own.values())) if typed else line)
        weeks += [PlanWeek(line.line_key, week, amount) for week, amount in own.items()]
    return replace(plan, lines=tuple(lines), weeks=tuple(weeks))


def _rest_spread(own: dict[date, int], typed: Mapping[date, int], budget_micros: int) -> dict[date, int]:
    free = [week for week in own if week not in typed]
    rest = budget_micros - sum(typed.values())
    if not free or rest < 0:
        return own
    return own | dict(zip(free, split_micros(rest, [own[week] for week in free]), strict=True))


def week_matrix(plan: StoredPlan, weeks: Sequence[date]) -> dict[str, list[int]]:
    """Micros by line_key and week, in the order of `weeks`; 0 where a line does not run."""
    found = {(w.line_key, w.week_start): w.budget_micros for w in plan.weeks}
    return {line.line_key: [found.get((line.line_key, week), 0) for week in weeks] for line in plan.lines}
