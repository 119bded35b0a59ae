"""How the money of the period before ran over its weeks: as it was spent, else as it was planned."""

from dataclasses import dataclass
from datetime import date

from budget.business import business_of
from budget.plan import PlanLine, StoredPlan
from budget.store import Store
from budget.weekly_spend import WeeklySpend, weekly_spend
from budget.weeks import Period, weeks_of

FEWEST_WEEKS = 4
"""Fewer weeks than that have no shape."""


@dataclass(frozen=True)
class LastPeriod:
    """Weights by line, oldest week first; `spent` names lines whose weights are actual spend, the rest were planned."""

    weights: dict[str, tuple[float, ...]]
    spent: frozenset[str]


def last_period(store: Store, plan: StoredPlan) -> LastPeriod:
    """The weeks before each line's flight, as many as it has where they are known; lines without any are left out."""
    firm = plan.workspace_id
    facts, coverage = store.facts(firm, by=("platform", "tactic")), store.coverage(firm)
    spend = weekly_spend(facts, coverage, plan.currency, business_of(plan), store.rates(firm))
    before = _plan_before(store, plan)
    weights: dict[str, tuple[float, ...]] = {}
    spent = set()
    for line in plan.lines:
        if line.flight is None:
            continue
        mondays = weeks_of(line.flight)
        if found := _spent(spend, line, mondays):
            spent.add(line.line_key)
        elif before:
            found = _planned(before, line)
        if found:
            weights[line.line_key] = found
    return LastPeriod(weights, frozenset(spent))


def _spent(spend: WeeklySpend, line: PlanLine, mondays: tuple[date, ...]) -> tuple[float, ...]:
    """Spend of the line's channel, else of its platform, in the weeks right before its flight."""
    places = [n for n, week in enumerate(spend.weeks) if week < mondays[0]][-len(mondays) :]
    if len(places) < FEWEST_WEEKS:
        return ()
    for fits in ((line.platform, line.tactic), (line.platform,)):
        rows = [n for n, channel in enumerate(spend.channels) if tuple(channel)[: len(fits)] == fits]
        found = tuple(float(spend.spend[rows, place].sum()) for place in places)
        if any(found):
            return found
    return ()


def _planned(before: StoredPlan, line: PlanLine) -> tuple[float, ...]:
    """The weeks that the earlier plan had for this line, else for its channel."""
    fitting = [x for x in before.lines if x.line_key == line.line_key]
    fitting = fitting or [x for x in before.lines if (x.platform, x.tactic) == (line.platform, line.tactic)]
    keys = {x.line_key for x in fitting}
    money: dict[date, int] = {}
    for week in before.weeks:
        if week.line_key in keys:
            money[week.week_start] = money.get(week.week_start, 0) + week.budget_micros
    found = tuple(float(money[week]) for week in sorted(money))
    return found if len(found) >= FEWEST_WEEKS else ()


def _plan_before(store: Store, plan: StoredPlan) -> StoredPlan | None:
    """The newest plan of the firm that began before this one; None where there is none."""
    found: list[tuple[Period, int, StoredPlan]] = []
    for head in store.plans(plan.workspace_id):
        other = store.plan(plan.workspace_id, head.plan_id) if head.plan_id != plan.plan_id else None
        if other and other.period and plan.period and other.period.start < plan.period.start:
            found.append((other.period, head.plan_id, other))
    return max(found, key=lambda each: each[:2])[2] if found else None
