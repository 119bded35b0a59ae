"""Response curves: what a week's spend on one channel brings, before media is paid."""

from dataclasses import dataclass

import numpy as np

from budget.business import Business
from budget.economics import media_factor
from budget.fans import Fan
from budget.funnels import Channels, contribution_before_media
from budget.learning import Beliefs
from budget.marginal import next_hundred
from models import expect

Array = np.ndarray
POINTS = 41


@dataclass(frozen=True, eq=False)
class Curve:
    """Weekly spend (G,) and contribution before media (G,) in major units: 8 of 10 outcomes and their middle.

    `here_spend` is the plan's usual week; `cost` what the spend costs with VAT and fees; at `stop_spend` the next money
    brings back just itself (None: beyond reach); `next_hundred` is what 100 more would earn after their cost;
    `seen_high` is the largest week ever spent, None before uploads. Up to `even_spend` the week brings back its cost
    (0: it never does; None: it does at every spend of the curve).
    """

    line_key: str
    spend: Array
    cost: Array
    low: Array
    mid: Array
    high: Array
    here_spend: float
    here_mid: float
    stop_spend: float | None
    stop_mid: float | None
    next_hundred: float
    seen_high: float | None
    even_spend: float | None = None


def response_curves(business: Business, channels: Channels, found: Beliefs) -> tuple[Curve, ...]:
    """One curve a line, from 0 to twice the larger of the planned and the observed week."""
    here = np.array([row[row > 0].mean() if (row > 0).any() else 0.0 for row in channels.spend])
    top = 2 * np.maximum(here, np.where(found.own_share > 0, found.draws.spend_seen, 0.0))
    grid = top[:, None] * np.linspace(0, 1, POINTS) ** 1.5
    worth = contribution_before_media(business, expect(found.draws, grid))
    low, mid, high = np.quantile(worth, (0.1, 0.5, 0.9), axis=0)
    mean, more = worth.mean(axis=0), next_hundred(business, found.draws, here).mean(axis=0)
    seen = [float(s) if own > 0 else None for s, own in zip(found.draws.spend_seen, found.own_share, strict=True)]
    return tuple(
        _curve(
            line.line_key,
            grid[c],
            Fan(low[c], mid[c], high[c]),
            mean[c],
            float(here[c]),
            business,
            seen[c],
            float(more[c]),
        )
        for c, line in enumerate(channels.lines)
    )


def _curve(
    key: str,
    spend: Array,
    fan: Fan,
    mean: Array,
    here: float,
    business: Business,
    seen_high: float | None,
    more: float,
) -> Curve:
    factor = media_factor(business)
    below = np.flatnonzero(np.diff(mean) < factor * np.diff(spend))
    stop = float(spend[below[0]]) if below.size else None
    return Curve(
        line_key=key,
        spend=spend,
        cost=spend * factor,
        low=fan.low,
        mid=fan.mid,
        high=fan.high,
        here_spend=here,
        here_mid=float(np.interp(here, spend, fan.mid)),
        stop_spend=stop,
        stop_mid=None if stop is None else float(np.interp(stop, spend, fan.mid)),
        next_hundred=more,
        seen_high=seen_high,
        even_spend=break_even(spend, fan.mid, spend * factor),
    )


def break_even(spend: Array, back: Array, cost: Array) -> float | None:
    """The largest spend (G,) at which what comes back covers the cost: 0 where none does, None where the last does.

    The curve is concave, so it crosses its cost at most once beyond 0; between grid points it is linear.
    """
    gap = back - cost
    pays = np.flatnonzero(gap[1:] >= 0) + 1
    if not pays.size:
        return 0.0
    last = int(pays[-1])
    if last == len(spend) - 1:
        return None
    share = gap[last] / (gap[last] - gap[last + 1])
    return float(spend[last] + share * (spend[last + 1] - spend[last]))
