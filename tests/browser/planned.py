"""What the sample's plan promises of any days: the funnel in plain floats from the plan file alone, line by week."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.pages.sample.truth import PLAN, Sums

WEEK = timedelta(days=7)
DEARER, TIRED, COLDER = 0.12, 0.35, 0.08
"""What twice the money does to price, clicks and conversions, as powers: the model's defaults (MODELS)."""
EVENNESS = 0.8


def planned(start: date, end: date) -> Sums:
    """The likely figures of the days [start, end): each week's by the active days of it that lie within."""
    return sum((_part(line, *week, start, end) for line in PLAN["line"] for week in _weeks(line)), Sums())


def orders(line_key: str, money: float) -> float:
    """The likely orders of a line's week at this money."""
    return next(_funnel(line, money)[2] for line in PLAN["line"] if line["line_key"] == line_key)


def _weeks(line: dict[str, Any]) -> Iterator[tuple[date, float]]:
    return ((date.fromisoformat(monday), float(amount)) for monday, amount in line["weeks"].items())


def _part(line: dict[str, Any], monday: date, money: float, start: date, end: date) -> Sums:
    runs = [day for day in (monday + timedelta(days=n) for n in range(7))
            if line["start_date"] <= day < line["end_date"]]  # fmt: skip
    share = sum(start <= day < end for day in runs) / len(runs)
    views, clicks, orders = _funnel(line, money)
    value = orders * PLAN["business"]["order_value"][1]
    return Sums(round(money * share * 1e6), round(views * share), round(clicks * share),
                round(orders * share * 1e6), round(value * share * 1e6))  # fmt: skip


def _funnel(line: dict[str, Any], money: float) -> tuple[float, float, float]:
    """Views, clicks and orders of a whole week; the line's figures hold at its usual week's money."""
    cpm, ctr, cvr, people = (line[key][1] for key in ("cpm", "ctr", "cvr", "audience"))
    usual = line["budget"] / ((line["end_date"] - line["start_date"]) / WEEK)
    more = money / usual
    views = 1000 * money / (cpm * more**DEARER)
    tired = _frequency(views, people) / _frequency(1000 * usual / cpm, people)
    clicks = views * ctr * tired**-TIRED
    return views, clicks, clicks * cvr * more**-COLDER


def _frequency(views: float, people: float) -> float:
    """Views a person reached; people are reached by the negative binomial."""
    missed = math.exp(-EVENNESS * math.log1p(views / people / EVENNESS))
    return views / (people * (1 - missed))
