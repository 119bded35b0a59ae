"""Which assumption moves the profit most: each figure from its low to its high end, everything else in the middle."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from budget.middle import Middle, profits

Array = np.ndarray
Kind = Literal["cpm", "ctr", "cvr", "audience", "value", "incrementality", "returns_share", "cogs_share"]
BY_LINE: tuple[Kind, ...] = ("cpm", "ctr", "cvr", "audience")
BY_BELIEF: tuple[Kind, ...] = ("value", "incrementality")
BY_POINTS: tuple[Kind, ...] = ("returns_share", "cogs_share")
POINTS = 0.05
"""How far a share of the business without a range is moved, to either side."""
LINEAR = ("ctr", "cvr", "value", "incrementality")
RATES = ("ctr", "cvr")
SHARES = (*RATES, "incrementality")
FARTHEST, ROUNDS = np.log(50.0), 45
"""A break-even beyond 50 times the middle is none; halvings of that span."""


@dataclass(frozen=True)
class Swing:
    """What one figure does to the profit of the plan, in major units.

    `lines` are the keys that it moves together; `low`, `mid`, `high` its values, None where the lines' values differ;
    `low_times` and `high_times` its ends as multiples of the middle, over several lines their geometric mean;
    `profit_low` and `profit_high` the profit at its low and high value. At `even_times` its middle the profit is zero,
    None where it is at no value in reach; `even` that value, where the lines share one.
    """

    kind: Kind
    lines: tuple[str, ...]
    low: float | None
    mid: float | None
    high: float | None
    profit_low: float
    profit_high: float
    even: float | None
    even_times: float | None
    low_times: float = 1.0
    high_times: float = 1.0

    @property
    def width(self) -> float:
        """How far the profit moves."""
        return abs(self.profit_high - self.profit_low)


@dataclass(frozen=True)
class Sensitivity:
    """The profit in the middle, and the swings, widest first: all lines of a kind together, or each line alone."""

    profit: float
    by_kind: tuple[Swing, ...]
    by_line: tuple[Swing, ...]


def sensitivity(middle: Middle) -> Sensitivity:
    """Swings of the profit, at the arithmetic of the likely P&L."""
    base = float(profits(middle, {})[0])
    many = len(middle.channels.lines)
    every, single = np.ones((1, many), dtype=bool), np.eye(many, dtype=bool)
    points = [_points(middle, base, kind) for kind in BY_POINTS]
    kinds = [swing for kind in (*BY_LINE, *BY_BELIEF) for swing in _swings(middle, base, kind, every)]
    lines = [swing for kind in BY_LINE for swing in _swings(middle, base, kind, single)]
    lines += [swing for kind in BY_BELIEF for swing in _swings(middle, base, kind, _alike(middle, kind))]
    return Sensitivity(base, _sorted([*kinds, *points]), _sorted([*lines, *points]))


def _sorted(found: list[Swing]) -> tuple[Swing, ...]:
    return tuple(sorted(found, key=lambda swing: -swing.width))


def _alike(middle: Middle, kind: Kind) -> Array:
    """Rows of lines (n, C) that share one belief about a figure."""
    triples = np.stack([middle.low[kind], middle.of(kind), middle.high[kind]])
    _, group = np.unique(triples.round(12), axis=1, return_inverse=True)
    found: Array = group.reshape(-1)[None] == np.unique(group)[:, None]
    return found


def _swings(middle: Middle, base: float, kind: Kind, masks: Array) -> list[Swing]:
    """One swing for each row of lines (n, C)."""
    mid = middle.of(kind)
    ends = [profits(middle, {kind: np.where(masks, end, mid)}) for end in (middle.low[kind], middle.high[kind])]
    even = _even(middle, base, kind, masks)
    return [_swing(middle, kind, row, *each) for row, *each in zip(masks, *ends, even, strict=True)]


def _swing(middle: Middle, kind: Kind, row: Array, low: float, high: float, times: float) -> Swing:
    scale = 1 / (middle.business.customers_per_conversion or 1e-9) if kind == "value" else 1.0
    bottom, mid, top = (_shared(x[row] * scale) for x in (middle.low[kind], middle.of(kind), middle.high[kind]))
    known = bool(np.isfinite(times))
    even = mid * times if known and mid is not None else None
    keys = tuple(line.line_key for line, moved in zip(middle.channels.lines, row, strict=True) if moved)
    ends = [float(np.exp(np.log(x[row] / middle.of(kind)[row]).mean())) for x in (middle.low[kind], middle.high[kind])]
    return Swing(kind, keys, bottom, mid, top, float(low), float(high), even, float(times) if known else None, *ends)


def _shared(values: Array) -> float | None:
    return float(values[0]) if np.ptp(values) <= 1e-9 * abs(values[0]) else None


def _even(middle: Middle, base: float, kind: Kind, masks: Array) -> Array:
    """Multiples of the middle at which the profit is zero (n,); NaN where there is none in reach."""
    mid = middle.of(kind)

    def at(times: Array) -> Array:
        return profits(middle, {kind: np.where(masks, mid * times[:, None], mid)})

    if kind in LINEAR:
        slope = at(np.full(len(masks), 2.0)) - base
        times = 1 - base / np.where(slope != 0, slope, np.nan)
    else:
        times = _root(at, len(masks))
    most = np.where(masks, mid, 0.0).max(axis=1) if kind in SHARES else np.zeros(len(masks))
    whole = most * times <= np.maximum(most, 1)
    return np.where((times > np.exp(-FARTHEST)) & (times < np.exp(FARTHEST)) & whole, times, np.nan)


def _root(at: Callable[[Array], Array], many: int) -> Array:
    """By bisection on the logarithm, all rows at once; the profit rises or falls with each figure throughout."""
    low, high = np.full(many, -FARTHEST), np.full(many, FARTHEST)
    start, end = at(np.exp(low)), at(np.exp(high))
    for _ in range(ROUNDS):
        half = (low + high) / 2
        same = np.sign(at(np.exp(half))) == np.sign(start)
        low, high = np.where(same, half, low), np.where(same, high, half)
    return np.where(np.sign(start) != np.sign(end), np.exp((low + high) / 2), np.nan)


def _points(middle: Middle, base: float, kind: Kind) -> Swing:
    """A share of the business moved by `POINTS`; the profit is linear in it."""
    mid = float(getattr(middle.business, kind))
    low, high = max(mid - POINTS, 0.0), min(mid + POINTS, 1.0)
    at_low, at_high = (
        float(profits(middle, {}, replace(middle.business, **{kind: x}))[0])  # type: ignore[arg-type]  # a share
        for x in (low, high)
    )
    slope = (at_high - at_low) / (high - low)
    even = mid - base / slope if slope else -1.0
    known = 0 <= even <= 1
    keys = tuple(line.line_key for line in middle.channels.lines)
    times = even / mid if known and mid else None
    return Swing(kind, keys, low, mid, high, at_low, at_high, even if known else None, times)
