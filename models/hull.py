"""Splitting money over concave curves: the envelope of each curve, its segments by slope, the best ones first."""

from dataclasses import dataclass

import numpy as np

from models.arrays import Array, Flags, Places, ratio_of

TIE = 1e-12  # slopes this near to one another are the same


@dataclass(frozen=True, eq=False)
class Hull:
    """Upper concave envelopes of C curves on one grid each, as segments: all (C, S), unused ones of length 0.

    `gap`: the curve runs below the segment (an S-shape), so that money inside it brings less than the hull says.
    """

    start: Array
    end: Array
    slope: Array
    gap: Flags


@dataclass(frozen=True, eq=False)
class Bounds:
    """Least and most of every cell (C, T), of every channel over all weeks (C,), and of groups of channels (K,).

    `group` (C,): the group of each channel, 0 .. K - 1.
    """

    low: Array
    high: Array
    channel_low: Array
    channel_high: Array
    group: Places
    group_low: Array
    group_high: Array

    def by_group(self, channels: Array) -> Array:
        """(K,): sums over the channels of each group."""
        return np.bincount(self.group, channels, len(self.group_low)).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Filled:
    """A split (C, T) and what it is worth on the hulls: no split of that money is worth more."""

    spend: Array
    worth: float


def concave_hull(spend: Array, worth: Array) -> Hull:
    """Envelopes of the curves through (C, G) points; `spend` rises along each row."""
    channels, points = spend.shape
    start, end = spend[:, :-1].copy(), spend[:, 1:].copy()
    slope = np.diff(worth) / np.diff(spend)
    gap = np.zeros((channels, points - 1), dtype=np.bool_)
    scale = np.abs(slope).max(axis=1, initial=0.0)
    bent = (np.diff(slope) > TIE * scale[:, None]).any(axis=1)
    for channel in np.flatnonzero(bent):
        corners = _corners(spend[channel], worth[channel])
        many = len(corners) - 1
        ends = spend[channel, corners]
        start[channel, :many], end[channel, :many] = ends[:-1], ends[1:]
        slope[channel, :many] = np.diff(worth[channel, corners]) / np.diff(ends)
        gap[channel, :many] = np.diff(corners) > 1
        start[channel, many:] = end[channel, many:] = ends[-1]
        slope[channel, many:] = slope[channel, many - 1]
    return Hull(start, end, slope, gap)


def _corners(spend: Array, worth: Array) -> list[int]:
    """Places of the points on the envelope (monotone chain)."""
    corners: list[int] = []
    for place in range(len(spend)):
        while len(corners) > 1:
            first, last = corners[-2], corners[-1]
            here = (worth[last] - worth[first]) * (spend[place] - spend[last])
            if here > (worth[place] - worth[last]) * (spend[last] - spend[first]):
                break
            corners.pop()
        corners.append(place)
    return corners


def fill(
    hull: Hull,
    budget: float,
    season: Array,
    bounds: Bounds,
    least_slope: float = -np.inf,
    banned: tuple[int, int] | None = None,
) -> Filled:
    """The best split of `budget` over cells whose worth is `season * hull`: exact for concave curves.

    Lower bounds, channel and group minima come first, then the steepest segments that their maxima leave; segments at
    or below `least_slope` stay empty. `banned`: a (channel, week) whose gap segments are left out.
    """
    channels, weeks = season.shape
    low, high = bounds.low[:, :, None], bounds.high[:, :, None]
    length = np.clip(hull.end[:, None], low, high) - np.clip(hull.start[:, None], low, high)
    if banned:
        length[banned] *= np.cumsum(hull.gap[banned[0]] & (length[banned] > 0)) == 0
    flat = length.reshape(channels, -1)
    slope = (season[:, :, None] * hull.slope[:, None]).reshape(channels, -1)
    least = _least_by_channel(flat, slope, bounds)
    most = _most_by_channel(flat, slope, bounds)
    least, most = _by_group(least, most, slope, bounds)
    open_length = most - least
    if np.isfinite(least_slope):
        open_length = np.where(slope > least_slope, open_length, 0.0)
    left = budget - bounds.low.sum() - least.sum()
    gap = np.broadcast_to(hull.gap[:, None], length.shape).reshape(channels, -1)
    taken = least + _steepest(open_length, slope, gap, max(left, 0.0))
    spend = bounds.low + taken.reshape(channels, weeks, -1).sum(axis=2)
    return Filled(spend, float((taken * slope).sum() + (season * _worth_at(hull, bounds.low)).sum()))


def _worth_at(hull: Hull, spend: Array) -> Array:
    """Worth of the envelopes at `spend` (C, T), counted from no money."""
    inside = np.clip(spend[:, :, None], hull.start[:, None], hull.end[:, None]) - hull.start[:, None]
    worth: Array = (inside * hull.slope[:, None]).sum(axis=2)
    return worth


def _least_by_channel(length: Array, slope: Array, bounds: Bounds) -> Array:
    """What each channel's minimum makes compulsory: its steepest segments."""
    need = bounds.channel_low - bounds.low.sum(axis=1)
    out = np.zeros_like(length)
    for channel in np.flatnonzero(need > 0):
        out[channel] = _first(length[channel], slope[channel], need[channel])
    return out


def _most_by_channel(length: Array, slope: Array, bounds: Bounds) -> Array:
    """What each channel's maximum leaves: its steepest segments."""
    room = bounds.channel_high - bounds.low.sum(axis=1)
    out = length.copy()
    for channel in np.flatnonzero(room < length.sum(axis=1)):
        out[channel] = _first(length[channel], slope[channel], room[channel])
    return out


def _by_group(least: Array, most: Array, slope: Array, bounds: Bounds) -> tuple[Array, Array]:
    """What minima of groups make compulsory beyond that, and what their maxima leave: always the steepest segments."""
    least, most = least.copy(), most.copy()
    taken, full = (bounds.by_group(bounds.low.sum(axis=1) + part.sum(axis=1)) for part in (least, most))
    for group in np.flatnonzero((taken < bounds.group_low) | (full > bounds.group_high)):
        rows = bounds.group == group
        free, steep = (most - least)[rows], slope[rows]
        compulsory = _first(free.ravel(), steep.ravel(), max(bounds.group_low[group] - taken[group], 0.0))
        allowed = _first(free.ravel(), steep.ravel(), max(bounds.group_high[group] - taken[group], 0.0))
        most[rows] = least[rows] + allowed.reshape(free.shape)
        least[rows] += compulsory.reshape(free.shape)
    return least, most


def _first(length: Array, slope: Array, amount: float) -> Array:
    """The steepest parts of segments that together make `amount`."""
    order = np.argsort(-slope, kind="stable")
    before = np.cumsum(length[order]) - length[order]
    out = np.empty_like(length)
    out[order] = np.clip(amount - before, 0.0, length[order])
    return out


def _steepest(length: Array, slope: Array, gap: Flags, amount: float) -> Array:
    """The steepest segments for `amount`; segments of the last slope share it, those with a gap one after another."""
    sizes, slopes, gaps = length.ravel(), slope.ravel(), gap.ravel()
    used = np.flatnonzero(sizes > 0)
    order = used[np.argsort(-slopes[used], kind="stable")]
    total = np.cumsum(sizes[order])
    out = np.zeros_like(sizes)
    if not len(order) or amount >= total[-1]:
        out[order] = sizes[order]
        return out.reshape(length.shape)
    last = slopes[order[np.searchsorted(total, amount, side="right")]]
    tied = np.abs(slopes[order] - last) <= TIE * max(abs(last), 1e-300)
    whole = order[(slopes[order] > last) & ~tied]
    out[whole] = sizes[whole]
    rest, group = amount - float(sizes[whole].sum()), order[tied]
    for place in group[gaps[group]]:
        out[place] = min(sizes[place], max(rest, 0.0))
        rest -= out[place]
    even = group[~gaps[group]]
    out[even] = sizes[even] * np.clip(ratio_of(np.array(rest), sizes[even].sum(keepdims=True))[0], 0.0, 1.0)
    return out.reshape(length.shape)
