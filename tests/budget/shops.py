"""A simulated firm as the store would give it: weekly spend by channel, daily sales with known truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from budget.money import micros
from budget.weekly_sales import WeeklySales, weekly_sales
from budget.weekly_spend import WeeklySpend, weekly_spend
from tests.budget.builders import BUSINESS

Array = np.ndarray
MONDAY = date(2025, 6, 2)
CHANNELS = (("google", "search"), ("meta", "prospecting"), ("tiktok", "awareness"))
TRUE_IROAS = (2.0, 1.2, 0.6)
CLAIMED = 1.6
"""Platforms claim that much of what their ads cause."""
AVERAGE_ORDER = 50.0


@dataclass(frozen=True, eq=False)
class Firm:
    """Weekly spend (C, T) and sales (T,) in manat, by whole weeks from `MONDAY`."""

    spend: Array
    sales: Array
    iroas: Sequence[float] = TRUE_IROAS
    channels: Sequence[tuple[str, str]] = CHANNELS
    claims: bool = True

    @property
    def weeks(self) -> int:
        """T."""
        return len(self.sales)


def firm(weeks: int = 104, seed: int = 5, *, noise: float = 0.02, on_off: bool = True) -> Firm:
    """Sales of 40,000 a week: a wavy base, and curves with carry-over that bring `TRUE_IROAS` over the window."""
    rng = np.random.default_rng(seed)
    spend = np.array([[2500.0], [2000.0], [1500.0]]) * rng.lognormal(0, 0.5, (3, weeks))
    spend *= (rng.random((3, weeks)) > 0.25) if on_off else 1.0
    spend = np.round(spend, 2)
    sales = 30_000 * (1 + 0.06 * np.sin(2 * np.pi * np.arange(weeks) / 52.18))
    for row, brings in zip(spend, TRUE_IROAS, strict=True):
        stock, level, usual = row.mean(), np.zeros(weeks), row[row > 0].mean()
        for week, paid in enumerate(row):
            stock = 0.35 * stock + 0.65 * paid
            level[week] = stock / (stock + 1.5 * usual)
        sales += brings * row.sum() * level / level.sum()
    return Firm(spend, sales * (1 + noise * rng.standard_normal(weeks)))


def day(week: int, more: int = 0) -> date:
    """A day of the n-th week."""
    return MONDAY + timedelta(days=7 * week + more)


def facts(found: Firm, currency: str = "AZN", factor: float = 1.0) -> pd.DataFrame:
    """`Store.facts` by platform and tactic: a channel claims its cause times `CLAIMED`, in orders of 50."""
    rows = []
    for (platform, tactic), row, brings in zip(found.channels, found.spend, found.iroas, strict=True):
        for week, paid in enumerate(row):
            value = paid * brings * CLAIMED if found.claims else None
            rows.append({
                "week_start": pd.Timestamp(day(week)), "platform": platform, "tactic": tactic, "currency": currency,
                "spend_micros": micros(float(paid) * factor), "impressions": None, "clicks": None,
                "conversions_micros": None if value is None else micros(value / AVERAGE_ORDER),
                "value_micros": None if value is None else micros(value * factor),
            })  # fmt: skip
    whole = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
    return pd.DataFrame(rows).astype(dict.fromkeys(whole, "Int64"))


def coverage(found: Firm, first: Mapping[str, date] = {}, last: Mapping[str, date] = {}) -> pd.DataFrame:
    """`Store.coverage`: every platform from the first day to the last, unless said otherwise."""
    rows = [
        {
            "platform": platform, "account_id": "1", "first_day": pd.Timestamp(first.get(platform, MONDAY)),
            "last_day": pd.Timestamp(last.get(platform, day(found.weeks, -1))),
        }
        for platform, _ in found.channels
    ]  # fmt: skip
    return pd.DataFrame(rows)


def daily(sales: Sequence[float] | Array, currency: str = "AZN") -> pd.DataFrame:
    """`Store.daily_sales` of typed weeks; a week of NaN is absent."""
    rows = [
        {
            "period_start": pd.Timestamp(day(week)), "period_end": pd.Timestamp(day(week + 1)), "grain": "week",
            "currency": currency, "orders": None, "new_customers": None, "revenue_micros": micros(float(sold)),
            "units": None,
        }
        for week, sold in enumerate(sales)
        if np.isfinite(sold)
    ]  # fmt: skip
    names = ["period_start", "period_end", "grain", "currency", "orders", "new_customers", "revenue_micros", "units"]
    return pd.DataFrame(rows, columns=names).astype(
        dict.fromkeys(("orders", "new_customers", "revenue_micros", "units"), "Int64")
    )


def spend_of(found: Firm, currency: str = "AZN") -> WeeklySpend:
    """The firm's spend as the domain sees it."""
    return weekly_spend(facts(found), coverage(found), currency, BUSINESS)


def sales_of(found: Firm) -> WeeklySales:
    """The firm's sales as the domain sees them."""
    return weekly_sales(daily(found.sales), "AZN")
