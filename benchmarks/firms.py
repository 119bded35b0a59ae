"""Firms with known truth that our models did not make: weekly spend, sales, and what each channel truly brings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.arrays import Array

CHANNELS, WEEKS, LAGS = 5, 104, 13


@dataclass(frozen=True, eq=False)
class Firm:
    """`brings` maps steady weekly spend (C, G) to true weekly sales (C, G); `contribution` (C,) over the window."""

    spend: Array
    sales: Array
    contribution: Array
    roas_claimed: Array
    brings: Callable[[Array], Array]


@dataclass(frozen=True)
class Regime:
    """How a firm differs from the usual one; every field changes one thing."""

    name: str
    weeks: int = WEEKS
    together: float = 0.0  # share of the variation of spend common to all channels
    variation: float = 0.5  # sd of the logarithm of weekly spend
    off: float = 0.15  # share of weeks without spend
    season: float = 0.1  # amplitude of the yearly wave of sales and of spend
    tails: float = 0.0  # degrees of freedom of the noise, 0: normal
    peak: int = 0  # weeks after which media works most
    slope: float = 1.0  # above 1: S-shaped
    bent: int = CHANNELS  # channels that have this slope
    drift: float = 0.0  # how much less media brings at the end, in logarithms
    claims: bool = False  # platforms' own figures are given, biased


REGIMES = (
    Regime("usual"),
    Regime("usual, with claims", claims=True),
    Regime("correlated", together=0.9),
    Regime("low variation", variation=0.08, off=0.0),
    Regime("short", weeks=26),
    Regime("seasonal", season=0.35),
    Regime("heavy tails", tails=3.0),
    Regime("delay", peak=2),
    Regime("S-shape", slope=2.5),
    Regime("one S-shape", slope=2.5, bent=1),
    Regime("drift", drift=0.7),
)


def firm(regime: Regime, seed: int) -> Firm:
    """One firm of a regime; the same for everybody who asks."""
    rng = np.random.default_rng(seed)
    time = np.arange(regime.weeks)
    wave = regime.season * np.sin(2 * np.pi * (time - 8) / 52.18)
    common = rng.standard_normal(regime.weeks) * np.sqrt(regime.together)
    own = rng.standard_normal((CHANNELS, regime.weeks)) * np.sqrt(1 - regime.together)
    size = rng.lognormal(7, 0.6, (CHANNELS, 1))
    spend = size * np.exp(regime.variation * (common + own) + wave) * (rng.random(own.shape) >= regime.off)
    half = spend.mean(axis=1) * rng.uniform(0.6, 2.0, CHANNELS)
    decay = rng.uniform(0.2, 0.7, CHANNELS)
    height = rng.uniform(1.0, 3.5, CHANNELS) * half * 2
    slope = np.where(np.arange(CHANNELS) < regime.bent, regime.slope, 1.0)[:, None]

    def brings(money: Array) -> Array:
        whole: Array = height[:, None] * money**slope / (money**slope + half[:, None] ** slope)
        return whole

    lag = np.arange(LAGS)
    weights = decay[:, None] ** np.abs(lag - regime.peak)
    weights /= weights.sum(axis=1, keepdims=True)
    before = np.repeat(spend.mean(axis=1, keepdims=True), LAGS, axis=1)
    long = np.concatenate([before, spend], axis=1)
    stock = np.stack([weights[:, step, None] * long[:, LAGS - step : LAGS - step + regime.weeks] for step in lag]).sum(
        0
    )
    media = brings(stock) * np.exp(-regime.drift * (time / regime.weeks - 0.5))
    base = media.sum(axis=0).mean() * 3
    noise = np.zeros(regime.weeks)
    shocks = rng.standard_t(regime.tails, regime.weeks) if regime.tails else rng.standard_normal(regime.weeks)
    for week in time:
        noise[week] = 0.3 * (noise[week - 1] if week else 0.0) + 0.03 * shocks[week]
    sales = base * (1 + wave + 0.05 * time / regime.weeks + noise) + media.sum(axis=0)
    contribution = media.sum(axis=1)
    claimed = contribution / spend.sum(axis=1) * 1.4 * np.exp(0.3 * rng.standard_normal(CHANNELS))
    return Firm(spend, sales, contribution, claimed, brings)
