"""All sales of the sample's shop by week, with VAT, as its till says them, and the truth of what ads caused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi

from budget.weeks import WEEK, Period, week_of, weeks_of
from sample_data.market import Chance, Delivery

BASE, SEASON, YEAR_WEEKS = 31_000.0, 0.09, 52.18
NOISE = 0.03


@dataclass(frozen=True)
class Sales:
    """Manat by Monday: all sales (T,), what would have come without ads, and what each plan line's ads caused."""

    weeks: tuple[date, ...]
    sold: tuple[int, ...]
    without: tuple[float, ...]
    caused: Mapping[str, tuple[float, ...]]


def weekly_sales(rows: Sequence[Delivery], period: Period, shares: Mapping[str, float]) -> Sales:
    """Sales of the period's weeks: of what a line's rows claim, its share is true, booked as late as it is reported."""
    weeks, chance = weeks_of(period), Chance("till of the shop")
    without = tuple(_base(week) * chance.noise(NOISE) for week in weeks)
    caused = {key: _caused([row for row in rows if row.campaign.line_key == key], weeks, shares[key]) for key in shares}
    sold = tuple(round(sum(parts)) for parts in zip(without, *caused.values(), strict=True))
    return Sales(weeks, sold, without, caused)


def sales_json(found: Sales, currency: str) -> bytes:
    """The truth behind the sales, by week, in whole manat."""
    body = {
        "currency": currency,
        "weeks": [week.isoformat() for week in found.weeks],
        "without_ads": [round(x) for x in found.without],
        "caused": {key: [round(x) for x in part] for key, part in found.caused.items()},
    }
    return (json.dumps(body) + "\n").encode()


def _base(week: date) -> float:
    """Highest at the end of December."""
    return BASE * (1 + SEASON * cos(2 * pi * (week - date(2025, 12, 29)) / WEEK / YEAR_WEEKS))


def _caused(rows: Sequence[Delivery], weeks: Sequence[date], share: float) -> tuple[float, ...]:
    booked = dict.fromkeys(weeks, 0.0)
    for row in rows:
        for order in row.orders:
            week = week_of(row.day + timedelta(days=order.lag_days))
            if week in booked:
                booked[week] += share * order.value_cents / 100
    return tuple(booked.values())
