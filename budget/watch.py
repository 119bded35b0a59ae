"""What alerts look at: pace by platform and line, days as they came in, the chance of the goal then and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from budget.actuals import UNMATCHED, converted, until_of
from budget.business import business_of
from budget.learning import seed_of
from budget.measures import Measures
from budget.pacing import Pacing, pacing
from budget.plan import StoredPlan
from budget.projection import Projection
from budget.rates import Rate, rate_of
from budget.record import family
from budget.ripeness import Ripeness, ripeness
from budget.store import Store
from budget.weekly_ranges import CHANCE
from budget.weeks import DAY

Array = np.ndarray
ENOUGH = 0.8
"""The share of a day's conversions that must have arrived before the day is judged."""
Days = Mapping[date, Measures]


@dataclass(frozen=True)
class EarlierChance:
    """The chance of the goal when an earlier forecast was kept, and the last day that its data told whole."""

    chance: float
    day: date


@dataclass(frozen=True, eq=False)
class Watch:
    """One plan and its uploads on one day, as alerts see them.

    `daily` by line_key or `unmatched:<platform>`; `until` by platform the first day without data; `ripe_until` the
    first day of which less than 80 % of the conversions have arrived. `platforms` and `lines` hold the pace of each.
    """

    plan: StoredPlan
    today: date
    until: Mapping[str, date] = field(default_factory=dict)
    daily: Mapping[str, Days] = field(default_factory=dict)
    ripe_until: Mapping[str, date] = field(default_factory=dict)
    whole: Pacing | None = None
    platforms: Mapping[str, Pacing] = field(default_factory=dict)
    lines: Mapping[str, Pacing] = field(default_factory=dict)
    projection: Projection | None = None
    before: EarlierChance | None = None

    @property
    def results(self) -> int:
        """Conversions of the plan's weeks so far, whole ones."""
        return sum(found.conversions_micros or 0 for days in self.daily.values() for found in days.values()) // 10**6

    def keys_of(self, platform: str) -> tuple[str, ...]:
        """The channels of a platform: its lines, and what matches none."""
        lines = (line.line_key for line in self.plan.lines if line.platform == platform)
        return (*lines, UNMATCHED + platform)


def watch(store: Store, plan: StoredPlan, today: date, projection: Projection | None) -> Watch:
    """Read what alerts need; `projection` as the screens show it."""
    firm = plan.workspace_id
    coverage, rates, version = store.coverage(firm), store.rates(firm), store.data_version(firm)
    until = until_of(coverage)
    before = earlier_chance(store, plan)
    if plan.period is None or not until:
        return Watch(plan, today, projection=projection, before=before)
    seed = seed_of(firm, plan.plan_id, plan.version, version)
    start, end = plan.period
    rows = store.daily(firm, by=("platform", "line_key"), start=start, end=end)
    ripe = ripeness(store.snapshots(firm), coverage, seed=(firm, version))
    paced = {name: pacing(part_of(plan, platform=name), _of(rows, "platform", name), _only(until, name), rates,
                          seed=seed) for name in _platforms(plan, until)}  # fmt: skip
    lined = {
        line.line_key: pacing(part_of(plan, line_key=line.line_key), _of(rows, "line_key", line.line_key),
                              _only(until, line.platform), rates, seed=seed)
        for line in plan.lines if line.platform in until
    }  # fmt: skip
    return Watch(
        plan, today, until, daily_of(plan, rows, rates), {name: ripe_until(ripe, name) for name in ripe.as_of},
        pacing(plan, rows, until, rates, seed=seed), _known(paced), _known(lined), projection, before,
    )  # fmt: skip


def earlier_chance(store: Store, plan: StoredPlan) -> EarlierChance | None:
    """The chance kept with the last forecast that knew at least a week less than the newest one; None without one."""
    members = family(plan, store.plans(plan.workspace_id))
    kept = [one for one in store.forecasts(plan.workspace_id) if one.plan_id in members]
    newest = max((one.horizon_start for one in kept), default=None)
    told = [one for one in kept if newest and one.horizon_start < newest and CHANCE in one.inputs]
    return EarlierChance(float(told[-1].inputs[CHANCE]), told[-1].horizon_start - DAY) if told else None


def part_of(plan: StoredPlan, *, platform: str = "", line_key: str = "") -> StoredPlan:
    """The plan with the lines of one platform, or one line, alone."""
    lines = tuple(line for line in plan.lines if line.platform == platform or line.line_key == line_key)
    keys = {line.line_key for line in lines}
    return replace(plan, lines=lines, weeks=tuple(week for week in plan.weeks if week.line_key in keys))


def daily_of(plan: StoredPlan, rows: pd.DataFrame, rates: Sequence[Rate]) -> dict[str, dict[date, Measures]]:
    """Daily facts (`Store.daily` by platform and line_key) by channel and day, in the plan's currency."""
    business, keys = business_of(plan), {line.line_key for line in plan.lines}
    found: dict[str, dict[date, Measures]] = {}
    for row in rows.to_dict("records"):
        day = row["date_day"].date()
        rate = rate_of(rates, str(row["currency"]), plan.currency, day)
        if rate is None:
            continue
        key = str(row["line_key"]) if row["line_key"] in keys else UNMATCHED + str(row["platform"])
        own = found.setdefault(key, {})
        own[day] = own.get(day, Measures()) + converted(row, rate, business)
    return found


def ripe_until(of: Ripeness, platform: str) -> date:
    """The first day of a platform of which less than 80 % of the conversions have arrived."""
    ripe = np.flatnonzero(of.shares[platform] >= ENOUGH)
    age = int(ripe[0]) if ripe.size else len(of.shares[platform])
    return of.as_of[platform].date() - timedelta(days=age) + timedelta(days=1)


def _platforms(plan: StoredPlan, until: Mapping[str, date]) -> list[str]:
    return sorted({line.platform for line in plan.lines} & set(until))


def _of(rows: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return rows[rows[column] == value]


def _only(until: Mapping[str, date], platform: str) -> dict[str, date]:
    return {platform: until[platform]}


def _known(found: Mapping[str, Pacing | None]) -> dict[str, Pacing]:
    return {key: one for key, one in found.items() if one is not None}
