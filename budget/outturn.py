"""The income statement of the whole plan: what has happened, then the outcomes of the weeks that are still to come."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from budget.business import Business
from budget.economics import cost_per_order, fee_per_value, media_factor, net_share
from budget.money import MICROS, major
from budget.pnl import ProfitAndLoss
from models import Outcomes

Array = np.ndarray
NEAR = 0.1
"""Share of the outcomes, nearest to the projected end, whose mean is the statement of the weeks to come."""


@dataclass(frozen=True, eq=False)
class Remaining:
    """The weeks to come in every draw (D,), in major units: net revenue `claimed` and `caused`, and its costs.

    `media` is sure. `team` holds micros of each cost beside media over the whole plan, weeks that are over included.
    """

    claimed: Array
    caused: Array
    cogs: Array
    fulfilment: Array
    media: float
    team: Mapping[str, int]

    @property
    def contribution(self) -> Array:
        """CM2 (D,) of the weeks to come."""
        left: Array = self.caused - self.cogs - self.fulfilment
        return left


def remaining_of(business: Business, outcomes: Outcomes, team: Mapping[str, int]) -> Remaining:
    """The weeks to come from their simulated outcomes, by the arithmetic of `contribution_after_media`."""
    value, caused_value = (x.sum(axis=(1, 2)) for x in (outcomes.value, outcomes.incremental_value))
    orders = outcomes.incremental_conversions.sum(axis=(1, 2)) * business.customers_per_conversion
    caused = caused_value * net_share(business)
    return Remaining(
        claimed=value * net_share(business),
        caused=caused,
        cogs=caused * business.cogs_share,
        fulfilment=caused_value * fee_per_value(business) + orders * cost_per_order(business),
        media=float(np.asarray(outcomes.spend).sum()) * media_factor(business),
        team=team,
    )


def whole_plan(done: ProfitAndLoss, remaining: Remaining, profit: float) -> ProfitAndLoss:
    """The P&L of the whole plan that ends at `profit` (major units): `done` to the micro, then the weeks to come.

    These are the mean of the outcomes that end nearest to it, with what ads cause scaled by the little that is left, so
    that all steps add up to the figure on the card. Without weeks to come, what happened and the rest of the team's
    costs are all there is.
    """
    team = {name: amount - getattr(done, name) for name, amount in remaining.team.items()}
    wanted = profit - major(done.profit) + major(sum(team.values())) + remaining.media
    draws = remaining.contribution
    near = np.argsort(np.abs(draws - wanted), kind="stable")[: max(round(NEAR * len(draws)), 1)]
    mean = {name: float(getattr(remaining, name)[near].mean()) for name in ("claimed", "caused", "cogs", "fulfilment")}
    held = mean["caused"] - mean["cogs"] - mean["fulfilment"]
    times = wanted / held if held > 0 else 0.0
    claimed, caused, cogs = (_micros(x) for x in (mean["claimed"], times * mean["caused"], times * mean["cogs"]))
    rest = ProfitAndLoss(
        claimed_net_revenue=claimed,
        not_caused=claimed - caused,
        cogs=cogs,
        fulfilment=caused - cogs - _micros(wanted) if held > 0 else 0,
        media=_micros(remaining.media),
        **team,
    )
    return done + rest


def _micros(amount: float) -> int:
    return round(amount * MICROS)
