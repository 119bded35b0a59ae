"""Changes of a plan that keep its laws: unique lines, weeks that add up, figures with their source."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from budget.benchmarks import range_for
from budget.errors import InvalidValue
from budget.findings import Finding
from budget.funnels import FUNNEL_KEYS, assumption
from budget.phasing import rephased
from budget.plan import PlanAssumption, PlanLine, StoredPlan
from budget.prices import complete_prices
from budget.ranges import Range
from budget.weeks import week_of

PLATFORMS = ("meta", "google", "tiktok", "linkedin", "youtube", "x", "snapchat", "telegram", "other")
TACTICS = ("prospecting", "retargeting", "awareness", "traffic", "leads", "search", "video")
UNITS = {"cpm": "money", "cpc": "money", "ctr": "share", "cvr": "share", "audience": "count"}
OWN, DERIVED = "own", "derived"
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
        check_line(line)
    keys = [line.line_key for line in lines]
    if len(set(keys)) < len(keys):
        raise InvalidValue(f"lines: found a key twice among {keys}, expected each once")
    gone = {line.line_key for line in plan.lines} - set(keys)
    kept = tuple(a for a in plan.assumptions if a.scope not in gone)
    edited = replace(plan, lines=lines, assumptions=kept, weeks=tuple(w for w in plan.weeks if w.line_key in keys))
    known = {(a.scope, a.key) for a in kept}
    for line in lines:
        missing = [key for key in FUNNEL_KEYS if (line.line_key, key) not in known]
        edited = replace(edited, assumptions=(*edited.assumptions, *_benchmarks(plan.currency, line, missing)))
    return rephased(edited)


def check_line(line: PlanLine) -> None:
    """Raises `InvalidValue` for a flight that ends before it starts, odd years, an endless flight, absurd money."""
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


def with_prices(plan: StoredPlan, line_key: str, cpm: Range | None, ctr: Range | None, cpc: float | None) -> StoredPlan:
    """The line with its prices as typed: None or 0 is "not given" and is derived from the other two.

    All three given: all three are kept, and `check_plan` says where they disagree. One given: the rest stays.
    """
    found = complete_prices(cpm.likely if cpm else None, ctr.likely if ctr else None, cpc)
    if found.derived in ("cpm", "ctr"):
        old = figure_of(plan, line_key, found.derived)
        moved = getattr(found, found.derived)
        plan = with_figure(
            plan, line_key, found.derived, old.moved_to(moved) if old else Range(moved, moved, moved), DERIVED
        )
    for key, value in (("cpm", cpm), ("ctr", ctr), ("cpc", Range(cpc, cpc, cpc) if cpc else None)):
        if value is not None and value != figure_of(plan, line_key, key):
            plan = with_figure(plan, line_key, key, value)
    if not cpc:
        plan = replace(plan, assumptions=tuple(a for a in plan.assumptions if (a.scope, a.key) != (line_key, "cpc")))
    return plan


def figure_of(plan: StoredPlan, line_key: str, key: str) -> Range | None:
    """The line's low, likely and high of a figure; None where it has none above 0."""
    found = assumption(plan, line_key, key)
    return Range(found.low, found.likely, found.high) if found else None


def check_plan(plan: StoredPlan) -> tuple[Finding, ...]:
    """What stands in the way of trusting the plan: lines out of their weeks, budgets that do not add up."""
    findings = []
    for line in plan.lines:
        weeks = sum(w.budget_micros for w in plan.weeks if w.line_key == line.line_key)
        if line.flight and weeks != line.budget_micros:
            facts: dict[str, str | int | float] = {"left_micros": line.budget_micros - weeks}
            findings.append(Finding("WEEKS_DIFFER", "warn", line.line_key, facts))
        cpm, ctr, cpc = (figure_of(plan, line.line_key, key) for key in ("cpm", "ctr", "cpc"))
        if cpm and ctr and cpc:
            prices = complete_prices(cpm.likely, ctr.likely, cpc.likely, where=line.line_key)
            findings += [prices.finding] if prices.finding else []
    return tuple(findings)


def next_quarter(today: date, weeks: int = 13) -> tuple[date, date]:
    """A usual flight: `weeks` whole weeks from next Monday, as [start, end)."""
    start = week_of(today) + timedelta(days=7)
    return start, start + timedelta(days=7 * weeks)


def funnel_averages(plan: StoredPlan) -> tuple[float | None, float | None]:
    """Likely CTR and CVR over the lines: clicks per impression and conversions per click of the whole budget.

    None where no line has a budget and its figures.
    """
    impressions = clicks = conversions = 0.0
    for line in plan.lines:
        found = {a.key: a.likely for a in plan.assumptions if a.scope == line.line_key}
        if line.budget_micros and found.get("cpm") and "ctr" in found and "cvr" in found:
            shown = line.budget_micros / found["cpm"]
            impressions, clicks = impressions + shown, clicks + shown * found["ctr"]
            conversions += shown * found["ctr"] * found["cvr"]
    return (clicks / impressions if impressions else None), (conversions / clicks if clicks else None)
