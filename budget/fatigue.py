"""Whether people are tired of a line's ads: seen too often, clicked less than at first, dearer than the season says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

import numpy as np

from budget.actuals import Actuals
from budget.findings import Fact, Finding
from budget.frequency import cap_of
from budget.measures import Measures, total
from budget.plan import StoredPlan
from budget.season import season_of
from budget.weeks import WEEK

FIRST_WEEKS, LAST_WEEKS = 3, 2
NOISE_SDS = 2.0
LEAST_CHANGE = 0.1
"""Smaller moves are not fatigue, however sure they are."""


@dataclass(frozen=True)
class Fatigue:
    """A line week by week (T,), None where nothing was exported; `cpm` in major units at a usual season's price.

    `frequency` is ads a person in the week, known where the exports say the week's distinct people. `findings` hold
    what has passed a limit: `FATIGUE_FREQUENCY`, `FATIGUE_CTR`, `FATIGUE_CPM`.
    """

    line_key: str
    frequency: tuple[float | None, ...]
    ctr: tuple[float | None, ...]
    cpm: tuple[float | None, ...]
    findings: tuple[Finding, ...]


def fatigue(plan: StoredPlan, actuals: Actuals) -> tuple[Fatigue, ...]:
    """Lines with at least one full week of ads, in the plan's order; only weeks that were exported whole count."""
    prices = season_of(plan, plan.lines, actuals.weeks).price
    rows = [_line(plan, actuals, line.line_key, line.platform, prices[c]) for c, line in enumerate(plan.lines)]
    return tuple(row for row in rows if row is not None)


def _line(plan: StoredPlan, actuals: Actuals, key: str, platform: str, prices: Sequence[float]) -> Fatigue | None:
    end = actuals.until.get(platform)
    weeks = _whole(actuals.weeks, actuals.measures[key], end)
    if not any(week.impressions for week in weeks):
        return None
    people = actuals.reach.get(key, (None,) * len(weeks))
    often = tuple(w.impressions / p if w.impressions and p else None for w, p in zip(weeks, people, strict=False))
    usual = tuple(None if w.cpm is None else w.cpm / float(x) for w, x in zip(weeks, prices, strict=False))
    parts = (_often(plan, key, often), _clicked(key, weeks), _dearer(key, usual))
    return Fatigue(key, often, tuple(w.ctr for w in weeks), usual, tuple(part for part in parts if part))


def _whole(weeks: Sequence[date], measures: Sequence[Measures], end: date | None) -> list[Measures]:
    """Weeks that were exported to their end; of later ones nothing is known yet."""
    return [m for week, m in zip(weeks, measures, strict=True) if end is not None and week + WEEK <= end]


def _often(plan: StoredPlan, key: str, often: Sequence[float | None]) -> Finding | None:
    last, cap = next((x for x in reversed(often) if x), None), cap_of(plan)
    return _found("FATIGUE_FREQUENCY", key, {"frequency": last, "cap": cap}) if last and last > cap else None


def _sides(weeks: Sequence[Measures], name: str) -> tuple[Measures, Measures, list[float]] | None:
    """The line's first and last weeks with ads, and all its weekly rates; None while they would overlap."""
    live = [week for week in weeks if getattr(week, name)]
    if len(live) < FIRST_WEEKS + LAST_WEEKS:
        return None
    return total(live[:FIRST_WEEKS]), total(live[-LAST_WEEKS:]), [getattr(week, name) for week in live]


def _clicked(key: str, weeks: Sequence[Measures]) -> Finding | None:
    """A click rate below the first weeks' by more than the counting of clicks and usual weeks explain."""
    sides = _sides(weeks, "ctr")
    if sides is None:
        return None
    first, last, rates = sides
    old, new = first.ctr or 0.0, last.ctr or 0.0
    chance = 1 / (first.clicks or 1) + 1 / (last.clicks or 1)
    if not _moved(log(new / old), chance, rates) or new > old:
        return None
    return _found("FATIGUE_CTR", key, {"before": old, "now": new, "change": new / old - 1})


def _dearer(key: str, cpms: Sequence[float | None]) -> Finding | None:
    """A price of views above the first weeks' by more than usual weeks explain, the season taken out."""
    known = [x for x in cpms if x]
    if len(known) < FIRST_WEEKS + LAST_WEEKS:
        return None
    old, new = float(np.mean(known[:FIRST_WEEKS])), float(np.mean(known[-LAST_WEEKS:]))
    if not _moved(log(new / old), 0.0, known) or new < old:
        return None
    return _found("FATIGUE_CPM", key, {"before": old, "now": new, "change": new / old - 1})


def _moved(change: float, chance: float, rates: Sequence[float]) -> bool:
    """Whether a change of logs is large, and beyond two sds of chance and of how neighbouring weeks differ."""
    steps = np.diff(np.log(rates))
    weekly = float(np.median(np.abs(steps))) / 0.6745 / sqrt(2)
    spread = sqrt(chance + weekly**2 * (1 / FIRST_WEEKS + 1 / LAST_WEEKS))
    return abs(change) > max(NOISE_SDS * spread, log(1 + LEAST_CHANGE))


def _found(code: str, key: str, facts: Mapping[str, Fact]) -> Finding:
    return Finding(code, "warn", key, {"line": key, **facts})
