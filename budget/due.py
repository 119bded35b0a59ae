"""Which exports are still missing for the last whole week: of platforms, and of what else can be uploaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from budget.plan import StoredPlan
from budget.store import ImportRecord
from budget.weeks import Period, week_of

Dataset = Literal["web", "orders", "pages"]
DATASETS: tuple[Dataset, ...] = ("web", "orders", "pages")
STILL_RUNNING = timedelta(weeks=4)
_WEB, _SHOPS = frozenset({"ga4", "search_console"}), frozenset({"shopify", "woocommerce"})


@dataclass(frozen=True)
class Due:
    """A platform whose data end too early; `until` is the first day without data, None where nothing was uploaded.

    `missing`: the days to export; `gaps`: days without rows between the first and the last day (perhaps nothing ran).
    """

    platform: str
    until: date | None
    missing: Period | None = field(default=None, compare=False)
    gaps: int = field(default=0, compare=False)


def wanted_until(plan: StoredPlan, today: date) -> dict[str, date]:
    """The day up to which each platform that has begun should have data: the last Sunday's next day, or its end."""
    return {platform: days.end for platform, days in _wanted(plan, today).items()}


def due(
    plan: StoredPlan, until: Mapping[str, date], today: date, gaps: Mapping[str, int] | None = None
) -> tuple[Due, ...]:
    """Platforms without data up to the last Sunday, by name; `until` as in `Actuals`, `gaps` as in `gaps_of`.

    Those of the plan, and those of earlier uploads that had data within four weeks before.
    """
    monday, wanted = week_of(today), _wanted(plan, today)
    for platform, end in until.items():
        if platform not in wanted and monday - STILL_RUNNING < end and platform not in _planned(plan):
            wanted[platform] = Period(end, max(end, monday))
    late = []
    for platform, days in sorted(wanted.items()):
        first = until.get(platform)
        if first is None or first < days.end:
            missing = Period(max(days.start, first) if first else days.start, days.end)
            late.append(Due(platform, first, missing, (gaps or {}).get(platform, 0)))
    return tuple(late)


def gaps_of(coverage: pd.DataFrame) -> dict[str, int]:
    """Days without rows inside the uploaded days, by platform, from `Store.coverage`."""
    return {str(name): int(days) for name, days in coverage.groupby("platform")["missing_days"].sum().items()}


def datasets_of(records: Iterable[ImportRecord]) -> frozenset[Dataset]:
    """Which of the other datasets some active upload holds."""
    found = (_dataset(record.kind, record.platform) for record in records if record.status == "active")
    return frozenset(one for one in found if one)


def _dataset(kind: str, platform: str | None) -> Dataset | None:
    if platform in _WEB:
        return "web"
    if kind == "orders" or platform in _SHOPS:
        return "orders"
    return "pages" if kind in ("metrics", "posts") else None


def _planned(plan: StoredPlan) -> set[str]:
    return {line.platform for line in plan.lines}


def _wanted(plan: StoredPlan, today: date) -> dict[str, Period]:
    """The days before the last Monday on which each platform of the plan runs, from its first to its last."""
    monday, wanted = week_of(today), dict[str, Period]()
    for line in plan.lines:
        flight: Period | None = line.flight
        if flight and flight.start < monday:
            known = wanted.get(line.platform, flight)
            end = min(flight.end, monday)
            wanted[line.platform] = Period(min(known.start, flight.start), max(min(known.end, monday), end))
    return wanted
