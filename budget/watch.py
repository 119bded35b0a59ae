"""What alerts look at: pace by platform and line, days as they came in, the chance of the goal then and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from budget import desk
from budget.actuals import UNMATCHED, converted, until_of
from budget.audience_desk import Alert as PageAlert
from budget.business import business_of
from budget.claims import Claims
from budget.measures import Measures
from budget.money import micros
from budget.pacing import Pacing, pacing
from budget.plan import PlanObjective, StoredPlan
from budget.platform_pacing import PlatformPace, platform_paces
from budget.projection import Projection
from budget.promised import Promised
from budget.rates import Rate, rate_of
from budget.store import Store

Days = Mapping[date, Measures]


@dataclass(frozen=True)
class End:
    """The end of the plan as it looks today: the chance of its main goal, the middle of profit, and all spend."""

    goal: PlanObjective
    p_target: float
    profit_micros: int
    spend_micros: int
    weeks_left: int


def end_of(plan: StoredPlan, found: Projection | None) -> End | None:
    """The end that a plan's projection tells; None without a goal whose chance is known."""
    goal = next(iter(plan.objectives), None)
    if found is None or found.p_target is None or goal is None:
        return None
    profit = micros(round(found.profit.mid, 2))
    return End(goal, found.p_target, profit, found.spend_micros, len(found.weeks) - found.weeks_done)


@dataclass(frozen=True, eq=False)
class Watch:
    """One plan and its uploads on one day, as alerts see them.

    `daily` by line_key or `unmatched:<platform>`; `until` by platform the first day without data; `early_from` the
    first day whose conversions still arrive. `whole`, `platforms` and `lines` hold the pace of each. `before` is what
    a forecast with fewer weeks of data promised, `pages` are measures of the pages beyond their alert lines.
    """

    plan: StoredPlan
    today: date
    until: Mapping[str, date] = field(default_factory=dict)
    daily: Mapping[str, Days] = field(default_factory=dict)
    early_from: Mapping[str, date] = field(default_factory=dict)
    whole: Pacing | None = None
    platforms: tuple[PlatformPace, ...] = ()
    lines: Mapping[str, Pacing] = field(default_factory=dict)
    end: End | None = None
    before: Promised | None = None
    pages: tuple[PageAlert, ...] = ()
    claims: Claims = field(default_factory=lambda: Claims(()))

    @property
    def results(self) -> int:
        """Conversions of the plan's weeks so far, whole ones."""
        return sum(found.conversions_micros or 0 for days in self.daily.values() for found in days.values()) // 10**6

    @property
    def uploaded(self) -> tuple[str, ...]:
        """Platforms of the plan that have data."""
        return tuple(sorted({line.platform for line in self.plan.lines} & set(self.until)))

    def keys_of(self, platform: str) -> tuple[str, ...]:
        """The channels of a platform: its lines, and what matches none."""
        lines = (line.line_key for line in self.plan.lines if line.platform == platform)
        return (*lines, UNMATCHED + platform)


def watch(store: Store, plan: StoredPlan, today: date) -> Watch:
    """What the store tells; projection, earlier promise, claims and pages are put in by who has them."""
    firm = plan.workspace_id
    until = until_of(store.coverage(firm))
    if plan.period is None or not until:
        return Watch(plan, today)
    rates, seed, (start, end) = store.rates(firm), desk.seed(store, plan), plan.period
    rows = store.daily(firm, by=("platform", "line_key"), start=start, end=end)
    whole = pacing(plan, rows, until, rates, seed=seed)
    lines = {
        line.line_key: pace_of_line(plan, line.line_key, rows, until[line.platform], rates, seed)
        for line in plan.lines
        if line.platform in until
    }
    return Watch(
        plan=plan,
        today=today,
        until=until,
        daily=daily_of(plan, rows, rates),
        early_from=desk.immature_days(store, plan).early_from,
        whole=whole,
        platforms=platform_paces(plan, rows, rates, whole, seed=seed) if whole else (),
        lines={key: found for key, found in lines.items() if found},
    )


def pace_of_line(
    plan: StoredPlan, key: str, rows: pd.DataFrame, until: date, rates: Sequence[Rate], seed: tuple[int, ...]
) -> Pacing | None:
    """The pace of one line alone."""
    weeks = tuple(week for week in plan.weeks if week.line_key == key)
    alone, line = replace(plan, lines=(plan.line(key),), weeks=weeks), plan.line(key)
    return pacing(alone, rows[rows["line_key"] == key], {line.platform: until}, rates, seed=seed)


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
