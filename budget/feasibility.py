"""What stands in the way of the plan: lines that cannot learn, people shown too much, goals out of reach and why."""

from dataclasses import replace

import numpy as np

from budget.findings import Fact, Finding
from budget.forecast import Forecast
from budget.measures import total
from budget.middle import Middle
from budget.money import MICROS, major, micros
from budget.objectives import CHANCE_LOW, due_week, weekly_paths
from budget.people import people_reached
from budget.plan import PlanLine, PlanObjective, StoredPlan
from models import Season, expect

Array = np.ndarray
LEARNING_RESULTS_WEEK = 50.0
"""About what an ad set needs a week before a platform's delivery settles."""
LEARNING_PURPOSES = ("sales", "leads", "")
EXHAUSTED_SHARE = 0.9
FAR_BEYOND = 2.0
"""Times the largest week ever spent beyond which a response is only believed."""
EVEN_CHANCE = 0.5
WIDER = 10.0
BUDGETS = 2.0 ** (np.arange(-16, 9) / 8)
"""Multiples of the planned budget that are tried for a goal: from a quarter to twice."""


def check_feasibility(plan: StoredPlan, found: Forecast) -> tuple[Finding, ...]:
    """All warnings about the forecast of the plan, in the order of goals and lines; what the plan lacks first."""
    goals = [finding for each in plan.objectives for finding in _goal(found, each)]
    lines = [finding for line in found.lines for finding in _line(found, line)]
    return (*found.findings, *goals, *_audiences(found), *lines)


def _line(found: Forecast, line: PlanLine) -> list[Finding]:
    return [*_learning(found, line), *_frequency(found, line), *_beyond(found, line)]


def _learning(found: Forecast, line: PlanLine) -> list[Finding]:
    """Too few results for the platform to learn from, and the weekly budget that would bring enough."""
    active = [m for m in found.likely.measures[line.line_key] if m.spend_micros]
    results = (total(active).conversions or 0.0) / max(len(active), 1)
    if not 0 < results < LEARNING_RESULTS_WEEK or line.objective_key.partition("-")[0] not in LEARNING_PURPOSES:
        return []
    spend = (total(active).spend_micros or 0) / len(active)
    facts: dict[str, Fact] = {"results": results, "needed_micros": round(spend * LEARNING_RESULTS_WEEK / results)}
    return [Finding("LOW_RESULTS", "info", line.line_key, facts)]


def _audiences(found: Forecast) -> list[Finding]:
    """Lines that reach nearly all of their audience before the plan ends, the first one first; in one finding."""
    full = {
        line.line_key: next((t for t, share in enumerate(used) if share >= EXHAUSTED_SHARE), None)
        for line in found.lines
        if (used := found.frequency.lines[line.line_key].used)
    }
    spent = sorted((week, key) for key, week in full.items() if week is not None)
    if not spent:
        return []
    week, first = spent[0]
    facts: dict[str, Fact] = {"share": EXHAUSTED_SHARE, "week": found.weeks[week].isoformat(), "others": len(spent) - 1}
    return [Finding("AUDIENCE_EXHAUSTED", "warn", first, facts)]


def _frequency(found: Forecast, line: PlanLine) -> list[Finding]:
    week, cap = found.frequency.lines[line.line_key].week, found.frequency.cap
    over = week > cap
    return [Finding("FREQUENCY_HIGH", "warn", line.line_key, {"frequency": week, "cap": cap})] if over else []


def _beyond(found: Forecast, line: PlanLine) -> list[Finding]:
    """A week of more than twice what was ever spent; nothing is said before uploads."""
    seen = next(curve.seen_high for curve in found.curves if curve.line_key == line.line_key)
    most = max((m.spend_micros or 0 for m in found.likely.measures[line.line_key]), default=0)
    if not seen or major(most) <= FAR_BEYOND * seen:
        return []
    facts: dict[str, Fact] = {"spend_micros": most, "seen_micros": micros(seen), "times": major(most) / seen}
    return [Finding("BEYOND_OBSERVED", "warn", line.line_key, facts)]


def _goal(found: Forecast, goal: PlanObjective) -> list[Finding]:
    """A goal that few outcomes reach, with what binds: the date, the budget, the audience, or prices and rates."""
    outlook = found.outlooks.get(goal.objective_key)
    if outlook is None or outlook.chance >= CHANCE_LOW:
        return []
    facts: dict[str, Fact] = {"kpi": goal.kpi, "chance": outlook.chance}
    if outlook.chance_at_end >= EVEN_CHANCE:
        return [Finding("GOAL_LATE", "warn", goal.objective_key, facts | {"at_end": outlook.chance_at_end})]
    return [_binding(found.middle, goal, due_week(goal, found.weeks), facts)]


def _binding(middle: Middle, goal: PlanObjective, due: int, facts: dict[str, Fact]) -> Finding:
    target, key = goal.target_micros / MICROS, goal.objective_key
    planned = float(middle.channels.spend.sum())
    reached = amounts(middle, goal.kpi, due, BUDGETS)
    enough = BUDGETS[reached >= target]
    if enough.size:
        near = float(enough[np.abs(np.log(enough)).argmin()])
        return Finding("GOAL_BUDGET", "warn", key, facts | {"needed_micros": micros(near * planned)})
    wider = replace(middle, draws=replace(middle.draws, audience=middle.draws.audience * WIDER))
    most: dict[str, Fact] = {"best": float(reached.max()), "twice_micros": micros(float(BUDGETS[-1]) * planned)}
    if (amounts(wider, goal.kpi, due, BUDGETS) >= target).any():
        return Finding("GOAL_AUDIENCE", "warn", key, facts | most)
    return Finding("GOAL_RATES", "warn", key, facts | most | {"times": needed_times(middle, goal, due)})


def amounts(middle: Middle, kpi: str, due: int, multiples: Array) -> Array:
    """The KPI by the end of week `due` in the middle, at multiples (N,) of the planned budget: (N,)."""
    return np.array([_amount(middle, kpi, due, float(m)) for m in multiples])


def _amount(middle: Middle, kpi: str, due: int, times: float, worth: float = 1.0) -> float:
    channels, weeks = middle.channels, due + 1
    season = Season(channels.season.demand[:, :weeks], channels.season.price[:, :weeks])
    draws = replace(middle.draws, value=middle.draws.value * worth)
    outcomes = expect(draws, channels.spend[:, :weeks] * times, season=season)
    if kpi == "reach":
        return float(people_reached(draws, outcomes)[0, -1])
    return float(weekly_paths(middle.business, outcomes, middle.team[:weeks])[kpi].sum())


def needed_times(middle: Middle, goal: PlanObjective, due: int) -> float:
    """How many times as much each result would have to bring for the goal, at the planned budget.

    For money each order's value (linear), for counts the count itself; infinite where nothing comes at all.
    """
    target, now = goal.target_micros / MICROS, _amount(middle, goal.kpi, due, 1.0)
    if goal.kpi not in ("profit", "revenue"):
        return target / now if now > 0 else float("inf")
    slope = _amount(middle, goal.kpi, due, 1.0, worth=2.0) - now
    return 1 + (target - now) / slope if slope > 0 else float("inf")
