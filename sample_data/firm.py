"""What is true of the fictional firms: campaigns, what their advertising costs, and what it brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from budget.weeks import WEEK, Period, weeks_of


@dataclass(frozen=True)
class Group:
    """An ad set or ad group and its share of the campaign's spend."""

    name: str
    group_id: str
    share: float = 1.0


@dataclass(frozen=True)
class Campaign:
    """A campaign as it really runs. `cpm` in manat, `ctr` clicks to the shop per impression, `cvr` orders per click.

    `weekly` is the spend in manat by Monday; `pace` scales it, `cpm_drift` is the weekly growth of the price;
    `crowding` the power by which it grows with spend beside the campaign's mean week.
    `line_key` is the plan line it belongs to; empty for one that nobody planned.
    """

    platform: str
    name: str
    campaign_id: str
    groups: tuple[Group, ...]
    weekly: Mapping[date, float]
    cpm: float
    ctr: float
    cvr: float
    order_value: float
    line_key: str = ""
    pace: float = 1.0
    cpm_drift: float = 0.0
    crowding: float = 0.0
    kind: str = ""
    result: str = "purchase"
    dark_days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the plan: what was expected when it was written. `weights` shape the weeks of its flight."""

    line_key: str
    platform: str
    tactic: str
    audience: str
    audience_size: int
    flight: Period
    budget: int
    weights: tuple[float, ...]
    cpm: tuple[float, float, float]
    ctr: tuple[float, float, float]
    cvr: tuple[float, float, float]
    commitment: str = "committed"
    owner: str = "Aysel"

    @property
    def weekly(self) -> dict[date, int]:
        """Whole manat by Monday, by the weights; the sum is the budget."""
        weeks, total = weeks_of(self.flight), sum(self.weights)
        amounts = [round(self.budget * weight / total / 10) * 10 for weight in self.weights]
        amounts[amounts.index(max(amounts))] += self.budget - sum(amounts)
        return dict(zip(weeks, amounts, strict=True))


def weeks_from(start: date, count: int) -> Period:
    """`count` whole weeks from a Monday."""
    return Period(start, start + count * WEEK)


def level(period: Period, a_week: float) -> dict[date, float]:
    """The same spend in every week of the period."""
    return dict.fromkeys(weeks_of(period), a_week)


def shares(weekly: Mapping[date, float], share: float) -> dict[date, float]:
    """A part of a line's weekly spend."""
    return {week: amount * share for week, amount in weekly.items()}


def days_of(period: Period) -> tuple[date, ...]:
    """Every day of the period."""
    return tuple(period.start + timedelta(days=i) for i in range(period.days))
