"""All sales of the sample's shop by week, with VAT, as its till says them: most would have come without ads."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import cos, pi

from budget.weeks import WEEK, Period, week_of
from sample_data.market import Chance, Delivery

WEEKS = 62
"""A year and the weeks reported so far; of the year before nobody kept the exports."""
BASE, SEASON, YEAR_WEEKS = 31_000.0, 0.09, 52.18
CAUSED, EARLIER_ADS = 0.62, 15_000.0


def weekly_sales(rows: Sequence[Delivery], reported: Period) -> dict[date, int]:
    """Whole manat by Monday up to the end of the reported weeks; of what `rows` claim, ads truly caused 62 %."""
    chance, claimed = Chance("sales"), dict[date, float]()
    for row in rows:
        week = week_of(row.day)
        claimed[week] = claimed.get(week, 0.0) + sum(order.value_cents for order in row.orders) / 100
    weeks = [reported.end - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]
    return {week: round(_base(week) * chance.noise(0.03) + _caused(week, claimed, chance)) for week in weeks}


def _base(week: date) -> float:
    """Highest at the end of December."""
    return BASE * (1 + SEASON * cos(2 * pi * (week - date(2025, 12, 29)) / WEEK / YEAR_WEEKS))


def _caused(week: date, claimed: dict[date, float], chance: Chance) -> float:
    return CAUSED * claimed[week] if week in claimed else EARLIER_ADS * chance.noise(0.15)
