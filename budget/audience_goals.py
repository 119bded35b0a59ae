"""Targets and alert lines of the pages' measures, kept among the plan's assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal, NamedTuple

from budget.benchmarks import figures
from budget.errors import InvalidValue
from budget.plan import PlanAssumption, StoredPlan

SCOPE, OWN = "kpi", "own"
Kind = Literal["target", "alert"]
KINDS: tuple[Kind, ...] = ("target", "alert")


class Measure(NamedTuple):
    """What a figure is counted in, whether more of it is better, and whether one line holds for every network."""

    unit: Literal["share", "count", "money"]
    more_is_better: bool
    everywhere: bool


MEASURES: Mapping[str, Measure] = {
    "followers": Measure("count", True, False),
    "profile": Measure("share", True, True),
    "engagement_rate": Measure("share", True, True),
    "engagement_rate_impressions": Measure("share", True, True),
    "engagement_rate_views": Measure("share", True, True),
    "engagement_rate_followers": Measure("share", True, True),
    "reach_value": Measure("money", True, False),
    "visits": Measure("count", True, False),
    "bounce_rate": Measure("share", False, True),
    "negative_feedback": Measure("count", False, True),
    "negative_feedback_impressions": Measure("count", False, True),
    "negative_feedback_views": Measure("count", False, True),
}
"""By name; a rate of another denominator is another measure and has its own lines. Money: a week, major units."""
_PUBLISHED: Mapping[tuple[str, Kind], tuple[str, str]] = {("bounce_rate", "alert"): ("site", "bounce_rate")}
_MOST = 1e12


@dataclass(frozen=True)
class Goal:
    """A target or alert line: shares 0 to 1, money in major units. `source` is `own` or who published it, and when."""

    value: float
    source: str = OWN
    year: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the plan says it."""
        return self.source == OWN


def measure_of(kpi: str, basis: str) -> str:
    """The measure of a figure over this denominator: people reached need no word of their own."""
    named = f"{kpi}_{basis}"
    return named if named in MEASURES else kpi


def scope_of(network: str) -> str:
    """The scope of the goals of a network; "" are all networks together."""
    return f"{SCOPE}:{network}" if network else SCOPE


def goal_row(scope: str, key: str, value: float, source: str = OWN) -> PlanAssumption:
    """A goal as the plan keeps it; `key` is `<measure>.target` or `<measure>.alert`. Raises `InvalidValue`."""
    measure, _, kind = key.rpartition(".")
    if measure not in MEASURES or kind not in KINDS:
        raise InvalidValue(f"goal: found {key!a:.60}, expected one of {', '.join(MEASURES)} with .target or .alert")
    unit = MEASURES[measure].unit
    if not (isfinite(value) and 0 <= value <= (1 if unit == "share" else _MOST)):
        raise InvalidValue(f"{key}: found {value}, expected 0 to {'1' if unit == 'share' else 'a trillion'}")
    return PlanAssumption(scope, key, value, value, value, unit, source)


def goal_of(plan: StoredPlan, measure: str, kind: Kind, network: str = "") -> Goal | None:
    """What the plan says for the network, else for all where the measure is a rate, else what was published.

    Only an alert line has a published default. None where nobody said anything.
    """
    known = {a.scope: a for a in plan.assumptions if a.key == f"{measure}.{kind}"}
    row = known.get(scope_of(network)) or (known.get(SCOPE) if MEASURES[measure].everywhere else None)
    if row:
        return Goal(row.likely, row.source or OWN, row.source_date)
    return _published(measure, kind)


def own_goal(plan: StoredPlan, measure: str, kind: Kind, network: str = "") -> float | None:
    """What the plan itself says for exactly this network."""
    scope, key = scope_of(network), f"{measure}.{kind}"
    return next((a.likely for a in plan.assumptions if (a.scope, a.key) == (scope, key)), None)


def with_goal(plan: StoredPlan, measure: str, kind: Kind, value: float | None, network: str = "") -> StoredPlan:
    """The plan with this goal in its place; None takes it away. Raises `InvalidValue`."""
    scope, key = scope_of(network), f"{measure}.{kind}"
    made = None if value is None else goal_row(scope, key, value)
    places = [(a.scope, a.key) for a in plan.assumptions]
    if (scope, key) in places and made:
        kept = tuple(made if (a.scope, a.key) == (scope, key) else a for a in plan.assumptions)
    else:
        rest = tuple(a for a in plan.assumptions if (a.scope, a.key) != (scope, key))
        kept = (*rest, made) if made else rest
    return replace(plan, assumptions=kept)


def passed(measure: str, value: float | None, line: Goal | None) -> bool | None:
    """Whether a value lies beyond an alert line, on its bad side; None where either is not known."""
    if value is None or line is None:
        return None
    return value < line.value if MEASURES[measure].more_is_better else value > line.value


def _published(measure: str, kind: Kind) -> Goal | None:
    """The high end of what was published is where an alert begins."""
    named = _PUBLISHED.get((measure, kind))
    found = next((f for f in figures() if named and (f.platform, f.metric) == named), None)
    return Goal(found.span[2], found.source, found.year) if found else None
