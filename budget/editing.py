"""Changes of a plan that keep its laws: unique lines, weeks that add up, figures with their source."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from budget.benchmarks import range_for
from budget.errors import InvalidValue
from budget.findings import Finding
from budget.funnels import FUNNEL_KEYS
from budget.phasing import rephased
from budget.plan import PlanAssumption, PlanLine, PlanObjective, StoredPlan
from budget.prices import complete_prices
from budget.ranges import Range
from budget.weeks import week_of

PLATFORMS = ("meta", "google", "tiktok", "linkedin", "youtube", "x", "snapchat", "telegram", "other")
TACTICS = ("prospecting", "retargeting", "awareness", "traffic", "leads", "search", "video")
UNITS = {"cpm": "money", "cpc": "money", "ctr": "share", "cvr": "share", "audience": "count"}
OWN = "own"
MOST_MONEY_MICROS = 10**15


def new_line(plan: StoredPlan, platform: str, tactic: str, *, start: date, end: date, budget_micros: int) -> StoredPlan:
    """The plan with one line more, its weeks phased evenly and its figures from the benchmarks."""
    line = PlanLine(free_key(plan, platform, tactic), platform, tactic, start_date=start, end_date=end)
    return with_lines(plan, (*plan.lines, replace(line, budget_micros=budget_micros)))


def free_key(plan: StoredPlan, platform: str, tactic: str) -> str:
    """`platform-tactic`, with a number where that is taken: stable through copies of the plan."""
    taken, base = {line.line_key for line in plan.lines}, f"{platform}-{tactic}"
    return next(key for n in range(1, len(taken) + 2) if (key := base if n == 1 else f"{base}-{n}") not in taken)


def with_lines(plan: StoredPlan, lines: Iterable[PlanLine]) -> StoredPlan:
    """The plan with these lines: weeks fit flights and budgets, new lines get benchmark figures, gone ones lose theirs.

    Raises `InvalidValue` for two lines of one key, a flight that ends before it starts, or money out of range.
    """
    lines = tuple(lines)
    for line in lines:
        _check(line)
    keys = [line.line_key for line in lines]
    if len(set(keys)) < len(keys):
        raise InvalidValue(f"lines: found a key twice among {keys}, expected each once")
    kept = tuple(a for a in plan.assumptions if a.scope == "business" or a.scope in keys)
    edited = replace(plan, lines=lines, assumptions=kept, weeks=tuple(w for w in plan.weeks if w.line_key in keys))
    known = {(a.scope, a.key) for a in kept}
    for line in lines:
        missing = [key for key in FUNNEL_KEYS if (line.line_key, key) not in known]
        edited = replace(edited, assumptions=(*edited.assumptions, *_benchmarks(plan.currency, line, missing)))
    return rephased(edited)


def _check(line: PlanLine) -> None:
    if line.start_date and line.end_date and line.end_date <= line.start_date:
        raise InvalidValue(f"{line.line_key}: found an end before the start, expected at least one day")
    for day in (line.start_date, line.end_date):
        if day and not 2000 <= day.year <= 2100:
            raise InvalidValue(f"{line.line_key}: found the year {day.year}, expected 2000 to 2100")
    if line.start_date and line.end_date and line.end_date - line.start_date > timedelta(days=3 * 366):
        raise InvalidValue(f"{line.line_key}: found a flight of more than three years, expected at most three")
    if not 0 <= line.budget_micros < MOST_MONEY_MICROS:
        raise InvalidValue(f"{line.line_key}: found a budget out of range, expected 0 to a billion")


def _benchmarks(currency: str, line: PlanLine, keys: Iterable[str]) -> list[PlanAssumption]:
    found = ((key, range_for(line.platform, line.tactic, key, currency=currency)) for key in keys)
    return [
        PlanAssumption(
            line.line_key, key, b.low, b.likely, b.high, UNITS[key], b.source, b.region, b.year, b.confidence
        )
        for key, b in found
        if b is not None
    ]


def with_figure(plan: StoredPlan, line_key: str, key: str, value: Range | None, source: str = OWN) -> StoredPlan:
    """The plan with the line's own range for a figure; None gives it back to the benchmark."""
    rest = tuple(a for a in plan.assumptions if (a.scope, a.key) != (line_key, key))
    if value is None:
        return replace(plan, assumptions=(*rest, *_benchmarks(plan.currency, plan.line(line_key), [key])))
    row = PlanAssumption(line_key, key, value.low, value.likely, value.high, UNITS[key], source)
    return replace(plan, assumptions=(*rest, row))


def with_cpc(plan: StoredPlan, line_key: str, cpc: float | None, *, instead_of: str = "ctr") -> StoredPlan:
    """The line with a price per click: with its CPM it gives the CTR, or with its CTR the CPM."""
    figures = {a.key: a for a in plan.assumptions if a.scope == line_key}
    held = "cpm" if instead_of == "ctr" else "ctr"
    if not cpc or held not in figures or instead_of not in figures:
        return plan
    given = {held: figures[held].likely, instead_of: None}
    prices = complete_prices(given["cpm"], given["ctr"], cpc)
    moved = prices.ctr if instead_of == "ctr" else prices.cpm
    row = figures[instead_of]
    return with_figure(plan, line_key, instead_of, Range(row.low, row.likely, row.high).moved_to(moved or row.likely))


def with_objective(plan: StoredPlan, objective: PlanObjective) -> StoredPlan:
    """The plan with this objective in the place of the one of the same key, or as a further one."""
    others = tuple(o for o in plan.objectives if o.objective_key != objective.objective_key)
    return replace(plan, objectives=(objective, *others))


def check_plan(plan: StoredPlan) -> tuple[Finding, ...]:
    """What stands in the way of trusting the plan: lines out of their weeks, budgets that do not add up."""
    findings = []
    for line in plan.lines:
        weeks = sum(w.budget_micros for w in plan.weeks if w.line_key == line.line_key)
        if line.flight and weeks != line.budget_micros:
            facts: dict[str, str | int | float] = {"left_micros": line.budget_micros - weeks}
            findings.append(Finding("WEEKS_DIFFER", "warn", line.line_key, facts))
    return tuple(findings)


def next_quarter(today: date, weeks: int = 13) -> tuple[date, date]:
    """A usual flight: `weeks` whole weeks from next Monday, as [start, end)."""
    start = week_of(today) + timedelta(days=7)
    return start, start + timedelta(days=7 * weeks)
