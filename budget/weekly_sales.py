"""Booked sales by week in one currency: orders where there are any, else typed totals; unknown weeks stay unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from budget.findings import Finding
from budget.money import MICROS
from budget.rates import Rate, rate_of
from budget.weeks import DAY, WEEK, week_of

LONGEST_DAYS = 7
"""A total of more days says nothing about its weeks."""
QUIET_DAYS = 3
"""So many days without an order in a row are quiet days, never a missing file."""


@dataclass(frozen=True)
class WeeklySales:
    """Sales in major units of every week (Monday) of which each day is known; `findings` say what was left out."""

    amounts: Mapping[date, float]
    findings: tuple[Finding, ...]


def weekly_sales(daily: pd.DataFrame, currency: str, rates: Sequence[Rate] = ()) -> WeeklySales:
    """Weeks of `Store.daily_sales`, in `currency` at the rate of each day.

    A total of up to seven days is spread evenly over its days. Days between two days with orders are days without
    sales unless the silence is longer than this shop's usual one. A week with an unknown day is left out.
    """
    days: dict[date, float] = {}
    unknown, coarse, without = set[date](), 0, set[str]()
    for row in daily.to_dict("records"):
        span = _days(row["period_start"].date(), row["period_end"].date())
        if pd.isna(row["revenue_micros"]):
            unknown |= set(span)
        elif len(span) > LONGEST_DAYS:
            coarse += 1
        elif (rate := rate_of(rates, str(row["currency"]), currency, span[0])) is None:
            without.add(str(row["currency"]))
            unknown |= set(span)
        else:
            for day in span:
                days[day] = days.get(day, 0.0) + int(row["revenue_micros"]) / MICROS * rate / len(span)
    for day in quiet_days([row.date() for row in daily.loc[daily["grain"] == "day", "period_start"]]):
        days.setdefault(day, 0.0)
    weeks = {week_of(day) for day in days}
    whole = {week: [day for day in _days(week, week + WEEK) if day in days and day not in unknown] for week in weeks}
    found = {week: sum(days[day] for day in known) for week, known in sorted(whole.items()) if len(known) == 7}
    return WeeklySales(found, _findings(coarse, without))


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=i) for i in range((end - start).days)]


def quiet_days(booked: Sequence[date]) -> list[date]:
    """Days without an order between two that have some, where the silence is no longer than usual for the shop."""
    known = sorted(set(booked))
    if len(known) < 2:
        return []
    usual = (known[-1] - known[0]).days / (len(known) - 1)
    longest = max(QUIET_DAYS + 1, 4 * usual)
    return [day for a, b in pairwise(known) if (b - a).days <= longest for day in _days(a + DAY, b)]


def _findings(coarse: int, without: set[str]) -> tuple[Finding, ...]:
    found = [Finding("SALES_TOO_COARSE", "warn", "sales", {"count": coarse})] if coarse else []
    found += [Finding("SALES_RATE_MISSING", "warn", "sales", {"currency": code}) for code in sorted(without)]
    return tuple(found)
