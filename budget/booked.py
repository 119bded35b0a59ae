"""What the firm's own books say day by day: orders, what they were worth, what was refunded and discounted; leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

import pandas as pd

from budget.money import MICROS
from budget.rates import Rate, in_currency
from budget.weekly_sales import LONGEST_DAYS, quiet_days
from budget.weeks import Period

FEWEST_ORDERS = 30
"""Shares of returns and discounts on fewer orders say nothing."""


@dataclass(frozen=True)
class Booked:
    """Sums of some days in micros (orders too); None is "nobody said".

    `revenue_micros` is after refunds; `billed_micros` before them and after the discount, which platforms' claims are
    held against. Refunds and discounts are known of orders alone.
    """

    orders_micros: int | None = None
    revenue_micros: int | None = None
    billed_micros: int | None = None
    tax_micros: int | None = None
    discount_micros: int | None = None
    refunded_micros: int | None = None

    def __add__(self, other: "Booked") -> "Booked":
        """Sums; unknown where either side is."""
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Booked(*(None if a is None or b is None else a + b for a, b in pairs))


NOTHING_BOOKED = Booked(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Books:
    """Every day that the books know, in one currency: `sales` from orders or typed totals, `leads` from lead exports.

    `shop` has the days with orders alone, as far as they say what was refunded and discounted.
    """

    sales: Mapping[date, Booked] = field(default_factory=dict)
    leads: Mapping[date, Booked] = field(default_factory=dict)
    shop: Mapping[date, Booked] = field(default_factory=dict)

    def sold(self, days: Period) -> Booked | None:
        """Sales of these days; None while one of them is not known."""
        return _sum(self.sales, days)

    def led(self, days: Period) -> Booked | None:
        """Leads of these days (as `orders_micros`); None while one of them is not known."""
        return _sum(self.leads, days)

    def shares(self, days: Period) -> tuple[float | None, float | None]:
        """Shares of the billed value that was refunded, and of the full price that was discounted, in [0, 1].

        None where no order of these days says it, or fewer than 30 orders do.
        """
        known = [one for day, one in self.shop.items() if days.start <= day < days.end]
        refunds = _ratio(known, "refunded_micros", "billed_micros")
        discounts = [one for one in known if one.discount_micros is not None]
        full = sum((one.billed_micros or 0) + (one.discount_micros or 0) for one in discounts)
        many = sum(one.orders_micros or 0 for one in discounts) >= FEWEST_ORDERS * MICROS
        given = sum(one.discount_micros or 0 for one in discounts)
        return refunds, min(given / full, 1.0) if many and full > 0 else None


NO_BOOKS = Books()


def books_of(
    sales: pd.DataFrame, orders: pd.DataFrame, leads: pd.DataFrame | None, currency: str, rates: Sequence[Rate] = ()
) -> Books:
    """From `Store.daily_sales`, `Store.daily_orders` and `Store.leads`, in `currency` at the rate of each day.

    A total of up to seven days is spread over its days to the micro; a longer one, and money without a rate, leave
    their days unknown. Quiet days between two with orders or leads are known to be empty.
    """
    shop = _shop(orders, currency, rates)
    days: dict[date, Booked] = {}
    unknown = set[date]()
    for row in sales.to_dict("records"):
        span = Period(row["period_start"].date(), row["period_end"].date())
        if span.days > LONGEST_DAYS:
            continue
        own = shop.get(span.start) if row["grain"] == "day" else None
        parts = _spread(own or _typed(row, currency, span.start, rates), span.days)
        if own is None and not pd.isna(row["revenue_micros"]) and parts[0].revenue_micros is None:
            unknown |= {span.start + timedelta(days=n) for n in range(span.days)}
            continue
        for n, part in enumerate(parts):
            day = span.start + timedelta(days=n)
            days[day] = days[day] + part if day in days and own is None else part
    for day in quiet_days([row.date() for row in sales.loc[sales["grain"] == "day", "period_start"]]):
        days.setdefault(day, NOTHING_BOOKED)
    return Books(
        {day: one for day, one in days.items() if day not in unknown}, {} if leads is None else _leads(leads), shop
    )


def _shop(orders: pd.DataFrame, currency: str, rates: Sequence[Rate]) -> dict[date, Booked]:
    """Days with orders, all currencies together; a day with money for which no rate is known is left out."""
    days: dict[date, Booked] = {}
    lost = set[date]()
    for row in orders.to_dict("records"):
        day = row["date_day"].date()
        amounts = [
            None if pd.isna(row[name]) else in_currency(int(row[name]), str(row["currency"]), currency, day, rates)
            for name in ("total_micros", "tax_micros", "discount_micros", "refunded_micros")
        ]
        billed, tax, discount, refunded = amounts
        if billed is None and not pd.isna(row["total_micros"]):
            lost.add(day)
        revenue = None if billed is None else billed - (refunded or 0)
        one = Booked(int(row["orders"]) * MICROS, revenue, billed, tax, discount, refunded)
        days[day] = days[day] + one if day in days else one
    return {day: one for day, one in days.items() if day not in lost}


def _typed(row: Mapping[Any, Any], currency: str, day: date, rates: Sequence[Rate]) -> Booked:
    """A total as typed; its revenue counts as billed, as nothing tells the two apart."""
    said = {name: None if pd.isna(row[name]) else int(row[name]) for name in ("orders", "revenue_micros")}
    count, amount = said["orders"], said["revenue_micros"]
    if count == 0 and amount == 0:
        return NOTHING_BOOKED
    revenue = None if amount is None else in_currency(amount, str(row["currency"]), currency, day, rates)
    return Booked(None if count is None else count * MICROS, revenue, revenue)


def _leads(leads: pd.DataFrame) -> dict[date, Booked]:
    """Leads by day; unknown counts of a day leave it unknown."""
    known = leads.dropna(subset=["date_day", "leads"])
    sums = known.groupby("date_day")["leads"].sum()
    days = {pd.Timestamp(day).date(): Booked(int(n) * MICROS) for day, n in sums.items()}  # type: ignore[arg-type]  # days by construction
    return dict.fromkeys(quiet_days(list(days)), Booked(0)) | days


def _spread(whole: Booked, days: int) -> list[Booked]:
    """Even parts by day whose sums are exact."""
    amounts = [getattr(whole, f.name) for f in fields(whole)]
    return [Booked(*(None if x is None else x * (n + 1) // days - x * n // days for x in amounts)) for n in range(days)]


def _sum(known: Mapping[date, Booked], days: Period) -> Booked | None:
    wanted = [days.start + timedelta(days=n) for n in range(days.days)]
    if not wanted or any(day not in known for day in wanted):
        return None
    return sum((known[day] for day in wanted[1:]), known[wanted[0]])


def _ratio(known: list[Booked], above: str, below: str) -> float | None:
    said = [one for one in known if getattr(one, above) is not None and getattr(one, below) is not None]
    whole = sum(getattr(one, below) for one in said)
    if sum(one.orders_micros or 0 for one in said) < FEWEST_ORDERS * MICROS or whole <= 0:
        return None
    return float(min(max(sum(getattr(one, above) for one in said) / whole, 0.0), 1.0))
