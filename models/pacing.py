"""Is the money going out as planned: ideal path, projected end with its range, what to spend a day."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array

RECENT_DAYS, BLOCK_DAYS, DRAWS = 14, 7, 1000
BAND_START, BAND_END = 0.25, 0.01
State = Literal["under", "on", "over"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Pace:
    """Money in the budget's unit; `ideal` and the paths are cumulative by day (T,); ranges hold 80 %."""

    ideal: Array
    path: Array  # spent so far, then projected
    path_low: Array
    path_high: Array
    spent: float
    projected: float  # at the end
    low: float
    high: float
    p_over: float  # chance to end above the budget
    required_day: float  # the same money every day left; 0 when none is left
    suggested_day: float  # the next day's part of the money left, by the planned weights
    band: tuple[float, float]  # limits on projected / budget
    state: State


def pace(spend: npt.ArrayLike, weights: npt.ArrayLike, budget: float, *, rng: np.random.Generator) -> Pace:
    """Pacing after t complete days of T.

    spend (t,) by day, today excluded; weights (T,) planned phasing, any scale; budget > 0. The rate of the last 14
    days goes on; its range comes from 7-day blocks of those days, for the rate and for the days to come.
    """
    share = as_array("weights", weights, (None,))
    paid = as_array("spend", spend, (None,))
    if not (budget > 0 and share.sum() > 0 and paid.size <= share.size):
        raise ValueError(
            f"pace: found budget {budget}, {paid.size} days spent of {share.size}, expected a budget > 0, "
            "weights that are not all 0, and no more days spent than planned"
        )
    share = share / share.sum()
    spent, left = float(paid.sum()), share[paid.size :]
    rate = _rate(paid, share[: paid.size], budget)
    coming = _ratios(paid, share[: paid.size], rate, left.size, rng) * left * rate
    coming = np.maximum.accumulate(np.maximum(np.cumsum(coming, axis=1), 0.0), axis=1)
    so_far = np.cumsum(paid)
    path = np.concatenate([so_far, spent + rate * np.cumsum(left)])
    low, high = (np.concatenate([so_far, spent + ends]) for ends in np.quantile(coming, [0.1, 0.9], axis=0))
    low, high = np.minimum(low, path), np.maximum(high, path)
    width = BAND_START + (BAND_END - BAND_START) * paid.size / share.size
    money_left = max(budget - spent, 0.0)
    return Pace(
        ideal=budget * np.cumsum(share),
        path=path,
        path_low=low,
        path_high=high,
        spent=spent,
        projected=float(path[-1]),
        low=float(low[-1]),
        high=float(high[-1]),
        p_over=_share_over(spent + coming, spent, budget),
        required_day=money_left / left.size if left.size else 0.0,
        suggested_day=money_left * float(left[0] / left.sum()) if left.sum() > 0 else 0.0,
        band=(1 - width, 1 + width),
        state=_state(float(path[-1]) / budget, width),
    )


def _rate(paid: Array, share: Array, budget: float) -> float:
    """Money for the whole of the weights, at the pace of the last 14 days; the budget while nothing is known."""
    recent = share[-RECENT_DAYS:].sum()
    return float(paid[-RECENT_DAYS:].sum() / recent) if recent > 0 else budget


def _ratios(paid: Array, share: Array, rate: float, days: int, rng: np.random.Generator) -> Array:
    """Draws of the coming days' spend over `rate * weight` (DRAWS, days): a level, and days around it.

    Blocks from n days differ by `sqrt(1 - block / n)` of what blocks of other weeks would; that is given back.
    """
    recent, usual = paid[-RECENT_DAYS:], rate * share[-RECENT_DAYS:]
    if not usual.sum() > 0:
        return np.ones((DRAWS, days))
    block = max(min(BLOCK_DAYS, recent.size // 2), 1)
    wider = np.sqrt(recent.size / max(recent.size - block, 1))
    money, planned = _blocks(np.stack([recent, usual]), recent.size, block, rng).sum(axis=-1)
    level = money / np.maximum(planned, usual.sum() / RECENT_DAYS)
    ratios = np.where(usual > 0, recent / np.where(usual > 0, usual, 1.0), 1.0)
    around = _blocks(ratios[None], days, block, rng)[0]
    drawn: Array = np.maximum(1 + wider * (level - 1), 0.0)[:, None] * (1 + wider * (around - 1))
    return drawn


def _blocks(series: Array, days: int, block: int, rng: np.random.Generator) -> Array:
    """Circular blocks of series (S, n) set end to end: (S, DRAWS, days)."""
    length = series.shape[1]
    starts = rng.integers(0, length, size=(DRAWS, -(-days // block)))
    picks = (starts[:, :, None] + np.arange(block)).reshape(DRAWS, -1)[:, :days] % length
    return series[:, picks]


def _share_over(ends: Array, spent: float, budget: float) -> float:
    limit = budget * (1 + 1e-9)
    return float((ends[:, -1] > limit).mean()) if ends.shape[1] else float(spent > limit)


def _state(ratio: float, width: float) -> State:
    if ratio < 1 - width:
        return "under"
    return "over" if ratio > 1 + width else "on"
