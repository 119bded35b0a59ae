"""What a sales model could not explain: weeks that stand out, effects that come later than it can say."""

import numpy as np
from scipy.stats import f as f_distribution

from models.arrays import Array, Flags

STANDS_OUT = 5.0  # robust standard deviations
LATE_LAGS = 4
BENT = 0.25  # of a chance beyond one half, for one channel
_MAD = 1.4826  # of a normal's standard deviation


def weeks_that_stand_out(residual: Array, known: Flags) -> tuple[int, ...]:
    """Places of the weeks whose residual (n,) of the known weeks is beyond five robust standard deviations."""
    off = np.abs(residual - np.median(residual))
    wide = STANDS_OUT * _MAD * float(np.median(off))
    return tuple(int(week) for week in np.flatnonzero(known)[off > wide]) if wide > 0 else ()


def late_effect(residual: Array, known: Flags, spend: Array, weight: Array, columns: Array) -> float:
    """Chance of residuals (n,) at least as linked to earlier spend (C, T) if there were no link (F test).

    `weight` (C,) is each channel's share of the media's contribution; `columns` (n, Q) what the baseline could explain.
    Below .01 media works later than a carry-over that falls from the first week can say.
    """
    pooled = (weight[:, None] * spend / spend.mean(axis=1, keepdims=True)).sum(axis=0)
    before = np.concatenate([np.full(LATE_LAGS - 1, pooled.mean()), pooled])
    lags = [before[LATE_LAGS - 1 - lag : LATE_LAGS - 1 - lag + len(pooled)][known] for lag in range(LATE_LAGS)]
    basis, _ = np.linalg.qr(columns)
    table = np.stack(lags, axis=1)
    table, rest = table - basis @ (basis.T @ table), residual - basis @ (basis.T @ residual)
    found, *_ = np.linalg.lstsq(table, rest, rcond=None)
    left, free = float(((rest - table @ found) ** 2).sum()), len(rest) - columns.shape[1] - LATE_LAGS
    if left <= 0 or free < 1:
        return 1.0
    ratio = (float(rest @ rest) - left) / LATE_LAGS / (left / free)
    return float(f_distribution.sf(ratio, LATE_LAGS, free))


def bend_up(chance: Array) -> tuple[int, ...]:
    """Places of the channels of which small spend seems to bring next to nothing, a larger one much: S-shaped curves.

    `chance` (C,): of a slope steeper than usual, one half before any sales were seen. The excess over one half of the
    j likeliest channels is summed and divided by sqrt(j), so that many slight hints count as one clear one does.
    """
    order = np.argsort(-chance, kind="stable")
    excess = np.cumsum(chance[order] - 0.5) / np.sqrt(np.arange(1, len(chance) + 1))
    most = int(excess.argmax())
    return tuple(sorted(int(place) for place in order[: most + 1])) if excess[most] > BENT else ()
