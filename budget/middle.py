"""What is believed of the plan's channels as one figure each, with its range: the base of what-if arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from budget.business import Business
from budget.funnels import Channels, contribution_after_media
from budget.learning import Beliefs
from models import FunnelDraws, expect, likely_draws

Array = np.ndarray
FIGURES = ("cpm", "ctr", "cvr", "audience", "value", "incrementality")
OUTER = 1.2815515655446004
"""Standard deviations from the middle of a normal to its 10 % and 90 % points."""


@dataclass(frozen=True, eq=False)
class Middle:
    """One draw in the middle of what is believed, and the 10 % and 90 % points (C,) of each of `FIGURES`.

    Before uploads these are the plan's own figures: its profit is the likely P&L's. `team` (T,) is the weekly cost
    beside media in major units; `weeks_learned` how many uploaded weeks stand behind.
    """

    business: Business
    channels: Channels
    draws: FunnelDraws
    low: Mapping[str, Array]
    high: Mapping[str, Array]
    team: Array
    weeks_learned: int = 0

    def of(self, name: str) -> Array:
        """The figure in the middle (C,)."""
        found: Array = getattr(self.draws, name)[0]
        return found


def middle_of(business: Business, channels: Channels, found: Beliefs, team: Array) -> Middle:
    """The middle of prior or posterior; what ads cause stays the plan's figure where no sales model measured it."""
    if channels.prior is None:
        raise ValueError("middle: the plan has no line that can be computed; check `channels.findings` first")
    prior, learned = channels.prior, found.history is not None
    parts = {name: getattr(prior, name) for name in FIGURES}
    low = {name: part.median * np.exp(-OUTER * part.log_sd) for name, part in parts.items()}
    high = {name: part.median * np.exp(OUTER * part.log_sd) for name, part in parts.items()}
    draws, caused = likely_draws(prior), np.full(len(channels.lines), business.incrementality.likely)
    if learned:
        draws = _medians(found.draws)
        low |= {name: np.quantile(getattr(found.draws, name), 0.1, axis=0) for name in FIGURES[:-1]}
        high |= {name: np.quantile(getattr(found.draws, name), 0.9, axis=0) for name in FIGURES[:-1]}
    measured = np.array([line.line_key in found.measured for line in channels.lines], dtype=bool)
    share = found.draws.incrementality
    caused = np.where(measured, share.mean(axis=0), caused)
    low["incrementality"] = np.where(measured, np.quantile(share, 0.1, axis=0), low["incrementality"])
    high["incrementality"] = np.where(measured, np.quantile(share, 0.9, axis=0), high["incrementality"])
    draws = replace(draws, incrementality=caused[None])
    return Middle(business, channels, draws, low, high, team, len(found.weeks))


def _medians(draws: FunnelDraws) -> FunnelDraws:
    """One draw (D = 1) at the medians of many."""
    many = {each.name: getattr(draws, each.name) for each in fields(draws)}
    once = {name: np.median(x, axis=0)[None] for name, x in many.items() if np.ndim(x) >= 2}
    return replace(draws, **once).clipped()


def profits(middle: Middle, changed: Mapping[str, Array], business: Business | None = None) -> Array:
    """Profit of the plan (D,) with some figures (D, C) in place of the middle, everything else there."""
    draws = replace(middle.draws, **changed)
    channels = middle.channels
    outcomes = expect(draws, channels.spend, season=channels.season)
    after = contribution_after_media(business or middle.business, outcomes).sum(axis=(1, 2))
    return np.asarray(after - middle.team.sum(), dtype=np.float64)
