"""Days of the year that move sales, as examples which a person adds to a plan and edits."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from budget.plan import PlanEvent
from budget.weeks import DAY, Period

DATA = Path(__file__).parent / "benchmarks" / "occasions.toml"
THURSDAY = 3


@dataclass(frozen=True)
class Occasion:
    """An example: its multipliers are assumptions, none of them advice. `moving`: its days follow the moon, about."""

    key: str
    factor: float
    price_factor: float
    source: str
    days: Mapping[str, Any]

    @property
    def moving(self) -> bool:
        """Whether its days are known about only, and for some years."""
        return "years" in self.days

    def in_year(self, year: int) -> Period | None:
        """Its days [start, end) in a year; None where they are not known."""
        if self.moving:
            known = (Period(row["first"], row["last"] + DAY) for row in self.days["years"])
            return next((period for period in known if period.start.year == year), None)
        if "thursday" in self.days:
            friday = _thursday(year, *self.days["thursday"]) + DAY
            before, after = (timedelta(days=self.days[name]) for name in ("before", "after"))
            return Period(friday - before, friday + after + DAY)
        first, last = (date(year, *self.days[name]) for name in ("first", "last"))
        return Period(first, last + DAY)

    def near(self, period: Period) -> Period | None:
        """Its first days in a period, else the next ones after it began; None where they are not known."""
        years = range(period.start.year - 1, period.end.year + 3)
        known = [found for year in years if (found := self.in_year(year))]
        inside = [found for found in known if found.common(period).days]
        after = [found for found in known if found.start >= period.start]
        return next(iter([*inside, *after]), None)

    def event(self, period: Period, name: str, reason: str) -> PlanEvent:
        """The example as an event of a plan."""
        return PlanEvent(name, period.start, period.end, self.factor, self.price_factor, reason)


def _thursday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7 * (number - 1))


@cache
def occasions() -> tuple[Occasion, ...]:
    """All examples, in the order of the file."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(
        Occasion(key, row.pop("factor"), row.pop("price_factor"), row.pop("source"), row) for key, row in rows.items()
    )
