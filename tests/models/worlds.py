"""Channels and money that the tests of several models share."""

from dataclasses import replace

import numpy as np

from models import FunnelPrior, LogNormal, Normal
from models.arrays import Array


def prior(channels: int = 3, *, money: float = 1.0) -> FunnelPrior:
    """Unlike channels; `money` is the worth of the currency's unit (2: every price in numbers twice as large)."""
    step = np.arange(channels, dtype=np.float64)
    return FunnelPrior(
        spend_week=money * (400.0 + 250 * step),
        cpm=LogNormal(money * (3.0 + 2 * step), np.full(channels, 0.4)),
        ctr=LogNormal(0.010 + 0.004 * step, np.full(channels, 0.5)),
        cvr=LogNormal(0.020 + 0.01 * step, np.full(channels, 0.5)),
        value=LogNormal(money * (45.0 + 10 * step), np.full(channels, 0.3)),
        audience=LogNormal(60_000.0 + 90_000 * step, np.full(channels, 0.5)),
    )


def one_channel(base: FunnelPrior, channel: int) -> FunnelPrior:
    """Only that channel of the prior."""
    parts: dict[str, Array | LogNormal | Normal] = {}
    for name in base.__dataclass_fields__:
        part = getattr(base, name)
        pick = slice(channel, channel + 1)
        if isinstance(part, LogNormal):
            parts[name] = LogNormal(part.median[pick], part.log_sd[pick])
        elif isinstance(part, Normal):
            parts[name] = Normal(part.mean[pick], part.sd[pick])
        else:
            parts[name] = part[pick]
    return replace(base, **parts)  # type: ignore[arg-type] # names and types are the prior's own


def spend(channels: int, weeks: int, seed: int) -> Array:
    """Uneven weekly money with some weeks of nothing."""
    rng = np.random.default_rng(seed)
    money = rng.lognormal(6.0, 0.6, (channels, weeks))
    return np.where(rng.random((channels, weeks)) < 0.15, 0.0, money)
