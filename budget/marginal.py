"""What the next 100 on a channel brings: the one arithmetic behind every screen that says it."""

import numpy as np

from budget.business import Business
from budget.economics import media_factor
from budget.funnels import contribution_before_media
from budget.money import MICROS
from models import FunnelDraws, expect

Array = np.ndarray
HUNDRED = 100.0


def next_hundred(business: Business, draws: FunnelDraws, weekly_spend: Array) -> Array:
    """(D, C): contribution of 100 more in a week of that spend (C,), less their cost with VAT and fees."""
    here = np.asarray(weekly_spend, dtype=float)
    worth = contribution_before_media(business, expect(draws, np.stack([here, here + HUNDRED], axis=1)))
    after: Array = worth[..., 1] - worth[..., 0] - HUNDRED * media_factor(business)
    return after


def next_hundred_of_all(business: Business, draws: FunnelDraws, weekly_spend: Array) -> Array:
    """(D,): the same for 100 more over all channels, placed as their spend is now; 0 where none spends."""
    here = np.asarray(weekly_spend, dtype=float)
    if not here.sum():
        return np.zeros(len(draws.cpm))
    more = here * (1 + HUNDRED / here.sum())
    worth = contribution_before_media(business, expect(draws, np.stack([here, more], axis=1)))
    after: Array = (worth[..., 1] - worth[..., 0]).sum(axis=1) - HUNDRED * media_factor(business)
    return after


def usual_week(money_micros: Array) -> Array:
    """(C,): the mean of each line's weeks with money (C, T), in major units; 0 where it has none."""
    many = np.maximum((money_micros > 0).sum(axis=1), 1)
    usual: Array = money_micros.sum(axis=1) / many / MICROS
    return usual
