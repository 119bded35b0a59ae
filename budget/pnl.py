"""The income statement of advertising, from claimed revenue to programme profit, in whole micros."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_EVEN, Decimal

from budget.business import Business
from budget.challenges import LINE, challenge_cost
from budget.economics import cost_per_order, fee_per_value, media_factor, net_share
from budget.measures import Measures
from budget.plan import COST_KINDS, StoredPlan
from budget.weeks import Period, months_of


@dataclass(frozen=True)
class ProfitAndLoss:
    """Micros of the plan's currency; costs are positive numbers, every total is the exact sum of its steps.

    `claimed_net_revenue` is what platforms claim, net; `not_booked` the part that the firm's books do not hold,
    `not_caused` the part that would have come anyway; `challenges` what the active difficulties of the company cost or
    lose.
    """

    claimed_net_revenue: int = 0
    not_booked: int = 0
    not_caused: int = 0
    cogs: int = 0
    fulfilment: int = 0
    media: int = 0
    people: int = 0
    agency: int = 0
    tools: int = 0
    production: int = 0
    challenges: int = 0

    @property
    def net_revenue(self) -> int:
        """Net revenue that advertising caused."""
        return self.claimed_net_revenue - self.not_booked - self.not_caused

    @property
    def gross_margin(self) -> int:
        """CM1: net revenue less cost of goods."""
        return self.net_revenue - self.cogs

    @property
    def after_fulfilment(self) -> int:
        """CM2: gross margin less fulfilment, payment fees and return handling."""
        return self.gross_margin - self.fulfilment

    @property
    def after_media(self) -> int:
        """CM3: CM2 less media."""
        return self.after_fulfilment - self.media

    @property
    def team(self) -> int:
        """People, agency, tools and production."""
        return self.people + self.agency + self.tools + self.production

    @property
    def programme_cost(self) -> int:
        """All that the programme costs: media, team and challenges."""
        return self.media + self.team + self.challenges

    @property
    def profit(self) -> int:
        """Programme profit: CM3 less agency, production, tools, people, and what challenges cost."""
        return self.after_media - self.team - self.challenges

    @property
    def roi(self) -> float | None:
        """`(incremental CM2 - all programme cost) / all programme cost`; None without cost."""
        return self.profit / self.programme_cost if self.programme_cost else None

    def __add__(self, other: "ProfitAndLoss") -> "ProfitAndLoss":
        """Step by step sum."""
        return ProfitAndLoss(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def times(amount_micros: int, factor: float) -> int:
    """Micros times a factor, by decimal arithmetic, half to even."""
    return int((Decimal(amount_micros) * Decimal(repr(float(factor)))).quantize(Decimal(1), ROUND_HALF_EVEN))


def channel_pnl(business: Business, found: Measures, kept: Measures | None = None) -> ProfitAndLoss:
    """The P&L of one channel down to CM3, from what its platform claims; unknown counts as nothing.

    `kept` is what the firm's books hold of the claims; all of them by default.
    """
    kept = kept or found
    caused_share, value = business.incrementality.likely, kept.value_micros or 0
    orders = times(kept.conversions_micros or 0, business.customers_per_conversion * caused_share)
    claimed = times(found.value_micros or 0, net_share(business))
    booked = times(value, net_share(business))
    caused = times(booked, caused_share)
    return ProfitAndLoss(
        claimed_net_revenue=claimed,
        not_booked=claimed - booked,
        not_caused=booked - caused,
        cogs=times(caused, business.cogs_share),
        fulfilment=times(value, fee_per_value(business) * caused_share) + times(orders, cost_per_order(business)),
        media=times(found.spend_micros or 0, media_factor(business)),
    )


def team_cost(plan: StoredPlan, period: Period) -> Mapping[str, int]:
    """Programme cost beside media in a period: each kind of cost, and `challenges`; a part of a month by its days."""
    parts = list(months_of(period))
    team: dict[str, int] = {
        kind: sum(
            cost.amount_micros * part.days // part.month_days
            for cost in plan.costs
            for part in parts
            if cost.kind == kind and cost.month_start in (None, part.month_start)
        )
        for kind in COST_KINDS
    }
    return team | {LINE: challenge_cost(plan, period)}


def profit_and_loss(channels: Iterable[ProfitAndLoss], team: Mapping[str, int]) -> ProfitAndLoss:
    """Channels' P&Ls and the programme's cost beside media as one; every step is the exact sum."""
    total = sum(channels, ProfitAndLoss())
    return total + ProfitAndLoss(**{kind: team.get(kind, 0) for kind in (*COST_KINDS, LINE)})
