"""How often people see the ads: once over all channels, by how many times, and what the most shown line does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from budget.errors import InvalidValue
from budget.fans import Interval, interval
from budget.people import together
from budget.plan import BUSINESS, PlanAssumption, PlanLine, StoredPlan
from models import FunnelDraws, Outcomes, contact_shares, evenness_of, reach_of

Array = np.ndarray
GROUPS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 3), (4, 6), (7, None))
"""Times that a person sees the ads, first and last; the last group is open."""
TOP = 7
CAP, USUAL_CAP = "frequency_cap", 6.0
"""Ads a person may see in a week before it is too much, among the assumptions; while nothing is said."""


@dataclass(frozen=True)
class Group:
    """People who see the ads `first` to `last` times (None: or more), with the impressions that they see."""

    first: int
    last: int | None
    people: Interval
    impressions: float


@dataclass(frozen=True)
class LineFrequency:
    """One line over the whole plan: people, those whom no other line reaches, and ads a person in its fullest week.

    `used` is the share of its audience that it has reached after each week.
    """

    people: float
    alone: float
    week: float
    used: tuple[float, ...]


@dataclass(frozen=True)
class Frequency:
    """Distinct people over all lines and how often they see the ads, over the whole plan.

    In the middle the groups' people sum to `people.mid` and their impressions to `impressions`; ranges hold 8 of 10
    outcomes. The distribution is the negative binomial (Poisson with Gamma-distributed rates) that has exactly these
    people and impressions in the common audience.
    """

    people: Interval
    impressions: float
    audience: float
    groups: tuple[Group, ...]
    lines: Mapping[str, LineFrequency]
    cap: float

    @property
    def mean(self) -> float:
        """Ads that a person reached sees."""
        return self.impressions / self.people.mid if self.people.mid else 0.0


def cap_of(plan: StoredPlan) -> float:
    """Ads a person a week that the plan allows."""
    found = (a.likely for a in plan.assumptions if (a.scope, a.key) == (BUSINESS, CAP) and a.likely > 0)
    return next(found, USUAL_CAP)


def with_cap(plan: StoredPlan, cap: float) -> StoredPlan:
    """The plan with its own cap; the usual one is not kept. Raises `InvalidValue` unless it is above 0."""
    if not 0 < cap < 1000:
        raise InvalidValue(f"frequency cap: found {cap}, expected ads a person a week above 0")
    kept = tuple(a for a in plan.assumptions if (a.scope, a.key) != (BUSINESS, CAP))
    own = (PlanAssumption(BUSINESS, CAP, cap, cap, cap, "count", "own"),) if cap != USUAL_CAP else ()
    return replace(plan, assumptions=(*kept, *own))


def frequency_of(
    draws: FunnelDraws, outcomes: Outcomes, people: Array, lines: Sequence[PlanLine], cap: float = USUAL_CAP
) -> Frequency:
    """Of draws: `people` (D,) distinct people over all lines at the end of the plan."""
    shown = outcomes.impressions.sum(axis=(1, 2))
    reached, impressions = float(np.median(people)), float(np.median(shown))
    audiences = np.maximum(draws.audience.max(axis=1), people)
    audience = max(float(np.median(audiences)), reached)
    middle = _people(np.array([impressions]), np.array([reached]), np.array([audience]))[0]
    spread = _people(shown, people, audiences)
    low, high = np.quantile(spread, (0.1, 0.9), axis=0)
    views = _views(middle, impressions)
    return Frequency(
        people=interval(people),
        impressions=impressions,
        audience=audience,
        groups=tuple(
            Group(first, last, _interval(low, middle, high, first, last), sum(views[_places(first, last)]))
            for first, last in GROUPS
        ),
        lines=_lines(draws, outcomes, lines),
        cap=cap,
    )


def _people(shown: Array, reached: Array, audience: Array) -> Array:
    """People who see 1, 2, .. `TOP`-or-more ads (D, TOP): sums are the people reached."""
    mean, share = shown / audience, np.minimum(reached / audience, 1.0)
    shares = contact_shares(mean, evenness_of(mean, np.minimum(share, 1 - 1e-12)), TOP)[:, 1:]
    seen = shares.sum(axis=1, keepdims=True)
    return np.asarray(reached[:, None] * shares / np.where(seen > 0, seen, 1.0))


def _views(people: Array, impressions: float) -> list[float]:
    """Impressions by times (TOP,): whoever sees the most has the rest."""
    below = [float((n + 1) * x) for n, x in enumerate(people[:-1])]
    return [*below, max(impressions - sum(below), 0.0)]


def _places(first: int, last: int | None) -> slice:
    return slice(first - 1, last)


def _interval(low: Array, middle: Array, high: Array, first: int, last: int | None) -> Interval:
    place = _places(first, last)
    ends = [float(x[place].sum()) for x in (low, middle, high)]
    return Interval(min(ends), ends[1], max(ends))


def _lines(draws: FunnelDraws, outcomes: Outcomes, lines: Sequence[PlanLine]) -> dict[str, LineFrequency]:
    audience, evenness = draws.audience[..., None], draws.evenness[..., None]
    in_week = reach_of(outcomes.impressions, audience, evenness)
    weekly = np.divide(outcomes.impressions, in_week, out=np.zeros_like(in_week), where=in_week > 0)
    fullest = np.median(weekly, axis=0).max(axis=1, initial=0.0)
    used = np.median(outcomes.reach / audience, axis=0)
    alone = together(draws, outcomes).unique
    people = np.median(outcomes.reach[:, :, -1], axis=0)
    return {
        line.line_key: LineFrequency(float(people[c]), float(alone[c]), float(fullest[c]), tuple(map(float, used[c])))
        for c, line in enumerate(lines)
    }
