"""Dated exchange rates for benchmarks, read from `rates.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from budget.benchmarks.figure import DATA


@dataclass(frozen=True)
class Rate:
    """How many AZN one unit of `currency` was worth on `date`, and who says so."""

    currency: str
    azn: float
    date: date
    source: str
    url: str = ""


@cache
def rates() -> dict[str, Rate]:
    """All rates by ISO 4217 code."""
    rows = tomllib.loads((DATA / "rates.toml").read_text("utf-8"))["rate"]
    return {row["currency"]: Rate(**row) for row in rows}


def factor(source: str, target: str) -> float | None:
    """Units of `target` for one unit of `source`; exactly 1 for the same currency, None where a rate is missing."""
    if source == target:
        return 1.0
    known = rates()
    if source not in known or target not in known:
        return None
    return known[source].azn / known[target].azn
