"""A plan checked for what can be stored: texts, ranges, dates, and that every reference exists."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from budget.errors import InvalidValue
from budget.plan import COST_KINDS, StoredPlan
from budget.store import checks

COMMITMENTS = ("committed", "forecast", "optional")
LISTS = ("lines", "weeks", "objectives", "audiences", "challenges", "assumptions", "costs", "events")

REALS = frozenset({"low", "likely", "high", "factor", "price_factor"})


def checked(value: StoredPlan) -> StoredPlan:
    """The same plan with tuples and plain numbers; `InvalidValue` names the first thing that cannot be stored."""
    lists: dict[str, Any] = {name: tuple(_plain(item) for item in getattr(value, name)) for name in LISTS}
    plan = replace(value, **lists)
    checks.words("name", plan.name, needed=True)
    checks.currency(plan.currency)
    _lines(plan)
    _weeks(plan)
    _goals(plan)
    _figures(plan)
    return plan


def _plain(item: Any) -> Any:
    """The item with Python's own numbers in place of numpy's, and real numbers that are never -0.0."""
    found = {name: getattr(item, name) for name in item.__dataclass_fields__}
    clean = {name: value.item() if isinstance(value, np.generic) else value for name, value in found.items()}
    for name in REALS & clean.keys():
        clean[name] = checks.real(name, clean[name]) + 0.0
    return type(item)(**clean)


def _texts(where: str, item: Any, *names: str) -> None:
    for name in names:
        checks.words(
            f"{where}.{name}", getattr(item, name), checks.NOTE_LENGTH if name == "note" else checks.NAME_LENGTH
        )


def _once(what: str, items: Iterable[Any], key: Callable[[Any], Hashable]) -> None:
    seen: set[Hashable] = set()
    for item in items:
        if key(item) in seen:
            raise InvalidValue(f"{what}: found {key(item)!a:.60} twice, expected once")
        seen.add(key(item))


def _money(where: str, value: object, *, least: int = 0) -> None:
    checks.whole(where, value, least, checks.CELL_LIMIT)


def _lines(plan: StoredPlan) -> None:
    for line in plan.lines:
        _texts("line", line, "platform", "tactic", "objective_key", "audience_key", "owner", "utm_campaign", "note")
        checks.words("line.line_key", line.line_key, needed=True)
        checks.day_or_none("line.start_date", line.start_date)
        checks.day_or_none("line.end_date", line.end_date)
        _money("line.budget_micros", line.budget_micros)
        if line.commitment not in COMMITMENTS:
            raise InvalidValue(f"line.commitment: found {line.commitment!a:.30}, expected one of {COMMITMENTS}")
    _once("line", plan.lines, lambda line: line.line_key)


def _weeks(plan: StoredPlan) -> None:
    known = {line.line_key for line in plan.lines}
    for week in plan.weeks:
        if week.line_key not in known:
            raise InvalidValue(f"week: found line {week.line_key!a:.60}, expected a line of this plan")
        checks.day("week.week_start", week.week_start)
        _money("week.budget_micros", week.budget_micros)
    _once("week", plan.weeks, lambda week: (week.line_key, week.week_start))


def _goals(plan: StoredPlan) -> None:
    for goal in plan.objectives:
        _texts("objective", goal, "objective_key", "kpi", "challenge_key", "owner")
        checks.whole("objective.baseline_micros", goal.baseline_micros)
        checks.whole("objective.target_micros", goal.target_micros)
        checks.day_or_none("objective.due_date", goal.due_date)
    for audience in plan.audiences:
        _texts("audience", audience, "audience_key", "segment", "region", "product", "networks")
        _money("audience.size", audience.size)
    for challenge in plan.challenges:
        _texts("challenge", challenge, "challenge")
        checks.whole("challenge.monthly_micros", challenge.monthly_micros)
        if not (isinstance(challenge.active, bool) and isinstance(challenge.gate, bool)):
            raise InvalidValue("challenge: expected active and gate to be true or false")
    _once("objective", plan.objectives, lambda goal: goal.objective_key)
    _once("audience", plan.audiences, lambda audience: audience.audience_key)
    _once("challenge", plan.challenges, lambda challenge: challenge.challenge)


def _figures(plan: StoredPlan) -> None:
    for figure in plan.assumptions:
        _texts("assumption", figure, "scope", "key", "unit", "region", "source_date", "confidence")
        checks.words("assumption.source", figure.source, checks.NOTE_LENGTH)
    _once("assumption", plan.assumptions, lambda figure: (figure.scope, figure.key))
    for cost in plan.costs:
        if cost.kind not in COST_KINDS:
            raise InvalidValue(f"cost.kind: found {cost.kind!a:.30}, expected one of {COST_KINDS}")
        _money("cost.amount_micros", cost.amount_micros)
        checks.day_or_none("cost.month_start", cost.month_start)
    for occasion in plan.events:
        _texts("event", occasion, "name", "reason")
        checks.day("event.start_date", occasion.start_date)
        checks.day("event.end_date", occasion.end_date)
