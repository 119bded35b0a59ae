"""The seeded market: what each campaign delivers on each day, and when its orders become known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from statistics import NormalDist, fmean
from zlib import crc32

import numpy as np

from budget.weeks import Period, week_of
from sample_data.firm import Campaign, Group, days_of

SEED = 20260907
WEEKDAYS = (0.96, 0.97, 0.98, 1.0, 1.02, 1.05, 1.02)
"""Share of a week's spend, Monday first; orders lean further to the weekend."""
SAME_DAY, LATER_DAYS = 0.52, 4.0
"""Share of orders reported on the day of the click, and the mean wait of the others."""


@dataclass(frozen=True)
class Order:
    """An order that a platform claims: days until it is reported, credit in hundredths, credited value in cents."""

    lag_days: int
    credit: int
    value_cents: int


@dataclass(frozen=True)
class Delivery:
    """One ad set or ad group on one day."""

    campaign: Campaign
    group: Group
    day: date
    spend_micros: int
    impressions: int
    reach: int
    link_clicks: int
    clicks: int
    orders: tuple[Order, ...]

    def seen(self, on: date) -> tuple[Order, ...]:
        """The orders that a file written on that morning holds."""
        return tuple(order for order in self.orders if order.lag_days < (on - self.day).days)


class Chance:
    """Random numbers from the generator's raw bits alone, so that the files do not change with a library's samplers."""

    def __init__(self, name: str) -> None:
        self._rng = np.random.default_rng([SEED, crc32(name.encode())])

    def share(self) -> float:
        """Uniform in (0, 1)."""
        return float(self._rng.random()) or 0.5

    def noise(self, sd: float) -> float:
        """Log-normal with median 1."""
        return exp(sd * self.normal())

    def normal(self) -> float:
        """Standard normal."""
        return NormalDist().inv_cdf(self.share())

    def count(self, mean: float) -> int:
        """Poisson: by summing probabilities while small, by its normal limit when large."""
        if mean > 40:
            return max(round(mean + sqrt(mean) * NormalDist().inv_cdf(self.share())), 0)
        left, term, found = self.share(), exp(-mean), 0
        while left > term and found < 400:
            left -= term
            found += 1
            term *= mean / found
        return found


def deliveries(campaigns: Sequence[Campaign], period: Period, era: str = "") -> list[Delivery]:
    """All that runs in the period, by day, campaign and group; another `era` has its own chance."""
    rows = [row for campaign in campaigns for group in campaign.groups for row in _runs(campaign, group, period, era)]
    return sorted(rows, key=lambda row: row.day)


def _runs(campaign: Campaign, group: Group, period: Period, era: str) -> list[Delivery]:
    chance = Chance(f"{era}{campaign.platform}/{campaign.name}/{group.name}")
    return [_day(campaign, group, day, chance) for day in days_of(period) if week_of(day) in campaign.weekly]


def _day(campaign: Campaign, group: Group, day: date, chance: Chance) -> Delivery:
    if day in campaign.dark_days:
        return Delivery(campaign, group, day, 0, 0, 0, 0, 0, ())
    usual = WEEKDAYS[day.weekday()]
    spend = campaign.weekly[week_of(day)] * campaign.pace * group.share * usual / 7 * chance.noise(0.09)
    weeks_in = (week_of(day) - min(campaign.weekly)).days // 7
    crowd = (campaign.weekly[week_of(day)] / fmean(campaign.weekly.values())) ** campaign.crowding
    cpm = campaign.cpm * crowd * (1 + campaign.cpm_drift) ** weeks_in * chance.noise(0.06)
    impressions = max(chance.count(1000 * spend / cpm), 1)
    link_clicks = min(chance.count(impressions * campaign.ctr * chance.noise(0.07)), impressions)
    sold = chance.count(link_clicks * campaign.cvr * usual**3 * chance.noise(0.1))
    return Delivery(
        campaign, group, day, _money(campaign, spend), impressions, round(impressions / (1.12 + 0.3 * chance.share())),
        link_clicks, link_clicks + chance.count(0.24 * link_clicks),
        tuple(_order(campaign, chance) for _ in range(sold)),
    )  # fmt: skip


def _money(campaign: Campaign, spend: float) -> int:
    """Google bills in micros and shows cents; the others show what they bill."""
    return round(spend * 1e6) if campaign.platform == "google" else round(spend * 100) * 10_000


def _order(campaign: Campaign, chance: Chance) -> Order:
    wait = 0 if chance.share() < SAME_DAY else 1 - int(LATER_DAYS * log(chance.share()))
    credit = 100
    if campaign.platform == "google" and chance.share() < 0.3:
        credit = (25, 33, 50, 67)[int(4 * chance.share())]
    value = campaign.order_value * chance.noise(0.42) / exp(0.42**2 / 2)
    return Order(wait, credit, round(value * credit))
