"""Known strong and weak weeks: a plan's events and months as weekly multipliers of demand and of the price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isfinite, prod

import numpy as np

from budget.findings import Fact, Finding
from budget.measures import Measures
from budget.plan import PlanAssumption, PlanEvent, PlanLine, StoredPlan
from budget.weeks import Period
from models import History, Season

Array = np.ndarray
SCOPE = "season"
"""Of the assumptions that hold a month's multiplier: `demand-01` to `demand-12`, `price-01` to `price-12`."""
KINDS = ("demand", "price")
MONTHS = tuple(range(1, 13))
LEAST, MOST = 0.01, 100.0
"""Where the multipliers of a day together are cut off: beyond lie slips of the pen."""
LOW, HIGH = 0.2, 5.0
"""Multipliers outside of these are asked about."""


def season_of(plan: StoredPlan, lines: Sequence[PlanLine], weeks: Sequence[date]) -> Season:
    """Multipliers (C, T) of the lines' weeks (Mondays); exactly 1 where the plan says nothing.

    A week counts the days on which the line runs, all seven where it does not. Money is taken to be spent evenly over
    them, so a day at `price` p shows 1/p of a usual day's ads. The week's price is the harmonic mean of its days, and
    its demand the mean weighted by what each day shows: together they give the days' conversions exactly, which
    neither plain nor logarithmic means would. Events that overlap, and their month, multiply.
    """
    if not plan.events and not months(plan):
        return Season.usual(len(lines), len(weeks))
    running = np.array([[_runs(line, week) for week in weeks] for line in lines]).reshape(len(lines), len(weeks), 7)
    return _weekly(*_daily(plan, weeks), running)


def usual_weeks(plan: StoredPlan, weeks: Sequence[date]) -> Season:
    """The same for whole weeks, whatever runs in them: (1, T)."""
    return _weekly(*_daily(plan, weeks), np.ones((1, len(weeks), 7)))


def _weekly(demand: Array, price: Array, running: Array) -> Season:
    """From days (T, 7) and the days that count (C, T, 7) to weeks."""
    shown = running / price
    days, shares = running.sum(axis=-1), shown.sum(axis=-1)
    return Season((shown * demand).sum(axis=-1) / shares, days / shares)


def _runs(line: PlanLine, week: date) -> list[float]:
    days = [week + timedelta(days=i) for i in range(7)]
    inside = [1.0 if line.flight and line.flight.start <= day < line.flight.end else 0.0 for day in days]
    return inside if any(inside) else [1.0] * 7


def _daily(plan: StoredPlan, weeks: Sequence[date]) -> tuple[Array, Array]:
    """Demand and price of every day (T, 7)."""
    days = _days(plan, [week + timedelta(days=i) for week in weeks for i in range(7)])
    demand, price = np.array(days, dtype=float).reshape(len(weeks), 7, 2).transpose(2, 0, 1)
    return demand, price


def day_worth(plan: StoredPlan, day: date) -> float:
    """What money brings on a day against a usual one: demand over price."""
    ((demand, price),) = _days(plan, [day])
    return demand / price


def _days(plan: StoredPlan, days: Sequence[date]) -> list[tuple[float, float]]:
    """Demand and price of each day."""
    events, month = [event for event in plan.events if is_usable(event)], months(plan)
    found = []
    for day in days:
        now = [event for event in events if event.start_date <= day < event.end_date]
        by_month = [month[kind, day.month].likely if (kind, day.month) in month else 1.0 for kind in KINDS]
        demand = _together([*(event.factor for event in now), by_month[0]])
        found.append((demand, _together([*(event.price_factor for event in now), by_month[1]])))
    return found


def _together(factors: Iterable[float]) -> float:
    """The product, to the bit the same in whatever order they stand."""
    return min(max(prod(sorted(factors)), LEAST), MOST)


def as_usual(history: History | None, line: int, weeks: Sequence[Measures]) -> list[Measures]:
    """Weeks of a line as they were but for the season: an event is no drift."""
    if history is None or history.demand is None or history.price is None:
        return list(weeks)
    demand, price = history.demand[line], history.price[line]
    return [_without(*each) for each in zip(weeks, demand, price, strict=True)]


def _without(week: Measures, demand: float, price: float) -> Measures:
    parts = {"spend_micros": price, "conversions_micros": demand, "value_micros": demand}
    known = {name: getattr(week, name) for name in parts}
    return replace(week, **{name: round(x / parts[name]) for name, x in known.items() if x is not None})


def is_usable(event: PlanEvent) -> bool:
    """Whether an event has days and multipliers above 0; one that has not counts for nothing."""
    known = all(isfinite(x) and x > 0 for x in (event.factor, event.price_factor))
    return known and event.end_date > event.start_date


def months(plan: StoredPlan) -> Mapping[tuple[str, int], PlanAssumption]:
    """The multipliers that the plan has, by kind and month (1 to 12); a month without one has 1."""
    found = {a.key: a for a in plan.assumptions if a.scope == SCOPE and isfinite(a.likely) and a.likely > 0}
    keys = {(kind, month): _key(kind, month) for kind in KINDS for month in MONTHS}
    return {place: found[key] for place, key in keys.items() if key in found}


def _key(kind: str, month: int) -> str:
    return f"{kind}-{month:02}"


def with_months(plan: StoredPlan, kind: str, factors: Mapping[int, float], reason: str) -> StoredPlan:
    """The plan with these months' multipliers of a kind and why; 1 is a usual month and is not kept."""
    gone = {(SCOPE, _key(kind, month)) for month in factors}
    kept = [a for a in plan.assumptions if (a.scope, a.key) not in gone]
    rows = [
        PlanAssumption(SCOPE, _key(kind, month), x, x, x, "ratio", reason)
        for month, x in sorted(factors.items())
        if x != 1
    ]
    return replace(plan, assumptions=(*kept, *rows))


def check_season(plan: StoredPlan) -> tuple[Finding, ...]:
    """Events without days, events outside of the plan, multipliers that look like slips."""
    found: list[Finding] = []
    for event in plan.events:
        facts: dict[str, Fact] = {"name": event.name}
        period = Period(event.start_date, event.end_date)
        if not period.days:
            found.append(Finding("EVENT_REVERSED", "warn", event.name, facts))
        elif plan.period and not plan.period.common(period).days:
            found.append(Finding("EVENT_OUTSIDE", "info", event.name, facts))
        found += [
            Finding("EVENT_FAR", "warn", event.name, facts | {"factor": x})
            for x in (event.factor, event.price_factor)
            if not LOW <= x <= HIGH
        ]
    for (_, month), row in months(plan).items():
        if not LOW <= row.likely <= HIGH:
            found.append(Finding("MONTH_FAR", "warn", SCOPE, {"month": month, "factor": row.likely}))
    return tuple(found)
