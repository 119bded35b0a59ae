"""What the next 100 on a channel brings: the one arithmetic behind every screen that says it."""

import numpy as np

from budget.business import Business
from budget.economics import media_factor
from budget.funnels import contribution_before_media
from models import FunnelDraws, expect

Array = np.ndarray
HUNDRED = 100.0


def next_hundred(business: Business, draws: FunnelDraws, weekly_spend: Array) -> Array:
    """(D, C): contribution of 100 more in a week of that spend (C,), less their cost with VAT and fees."""
    here = np.asarray(weekly_spend, dtype=float)
    worth = contribution_before_media(business, expect(draws, np.stack([here, here + HUNDRED], axis=1)))
    after: Array = worth[..., 1] - worth[..., 0] - HUNDRED * media_factor(business)
    return after
