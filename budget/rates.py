"""Rates of exchange, and money turned from one currency into another by the rate of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budget.pnl import times


@dataclass(frozen=True)
class Rate:
    """One unit of `from_currency` is `rate_e9 / 1e9` of `to_currency` from that day on."""

    date_day: date
    from_currency: str
    to_currency: str
    rate_e9: int
    source: str = ""


def in_currency(amount_micros: int, currency: str, wanted: str, day: date, rates: Sequence[Rate]) -> int | None:
    """Micros in another currency at the rate of the day; None where no rate between the two is known."""
    rate = rate_of(rates, currency, wanted, day)
    return None if rate is None else amount_micros if rate == 1.0 else times(amount_micros, rate)


def rate_of(rates: Sequence[Rate], currency: str, wanted: str, day: date) -> float | None:
    """The newest rate not after the day, else the oldest known; 1 within a currency; None where there is none."""
    if currency == wanted:
        return 1.0
    known = sorted((r for r in rates if (r.from_currency, r.to_currency) == (currency, wanted)), key=_day)
    before = [r for r in known if r.date_day <= day]
    chosen = before[-1] if before else known[0] if known else None
    return chosen.rate_e9 / 1e9 if chosen else None


def _day(rate: Rate) -> date:
    return rate.date_day
