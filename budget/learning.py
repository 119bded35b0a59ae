"""The posterior: the plan's prior brought up to date by what was uploaded."""

from dataclasses import dataclass

import numpy as np

from budget.actuals import Actuals
from budget.funnels import Channels
from budget.measures import Measures
from budget.money import MICROS
from budget.weeks import WEEK
from models import FunnelDraws, History, draw_funnel, learn_funnel

Array = np.ndarray
DRAWS = 1000


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Funnel draws of the plan's channels; `own_share` (C,) is how much of each is the firm's own data."""

    draws: FunnelDraws
    own_share: Array


def seed_of(workspace_id: int, plan_id: int, plan_version: int, data_version: int) -> tuple[int, ...]:
    """What a screen's random numbers depend on: the same page twice shows the same number."""
    return (workspace_id, plan_id, plan_version, data_version)


def beliefs(channels: Channels, actuals: Actuals | None, seed: tuple[int, ...]) -> Beliefs:
    """Prior draws, or posterior draws once a full week of a line of the plan was uploaded.

    `channels.prior` must be known.
    """
    if channels.prior is None:
        raise ValueError("beliefs: the plan has no line that can be computed; check `channels.findings` first")
    rng = np.random.default_rng(seed)
    history = history_of(channels, actuals) if actuals else None
    if history is None:
        return Beliefs(draw_funnel(channels.prior, rng=rng, draws=DRAWS), np.zeros(len(channels.lines)))
    learned = learn_funnel(history, channels.prior, rng=rng, draws=DRAWS)
    return Beliefs(learned.draws, learned.own_share)


def history_of(channels: Channels, actuals: Actuals) -> History | None:
    """Complete weeks of the plan's lines as arrays (C, T), NaN where nobody said; None while there is none.

    A week of a platform whose days are not all uploaded yet is left out for that platform's lines. A negative sum,
    which credits can leave, teaches nothing and counts as 0.
    """
    ends = [actuals.until.get(line.platform) for line in channels.lines]
    weeks = [t for t, w in enumerate(actuals.weeks) if any(end is not None and w + WEEK <= end for end in ends)]
    rows = [
        [actuals.measures[line.line_key][t] if end and actuals.weeks[t] + WEEK <= end else Measures() for t in weeks]
        for line, end in zip(channels.lines, ends, strict=True)
    ]
    if not any(m.spend_micros for row in rows for m in row):
        return None
    spend = np.array([[max(m.spend_micros or 0, 0) / MICROS for m in row] for row in rows])
    return History(
        spend=spend,
        conversions=_array(rows, "conversions_micros", MICROS),
        impressions=_array(rows, "impressions"),
        clicks=_array(rows, "clicks"),
        value=_array(rows, "value_micros", MICROS),
    )


def _array(rows: list[list[Measures]], name: str, scale: int = 1) -> Array:
    found = [[getattr(m, name) for m in row] for row in rows]
    return np.array([[np.nan if x is None else max(x, 0) / scale for x in row] for row in found], dtype=float)
