"""What a split may look like: bounds of cells and channels, locked cells, steps; and which of them hold it back."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Array, Flags, Places, as_array
from models.hull import Bounds

FREE = 1e-9  # of the budget: amounts nearer than this are the same
_FREE, _LOW, _HIGH, _LOCKED, _CHANNEL_LOW, _CHANNEL_HIGH = range(6)


class Infeasible(ValueError):
    """Bounds that no split can meet; the message names both numbers."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A budget, today's plan (C, T), seasons (C, T), bounds, and the cells that are not to be touched."""

    budget: float
    current: Array
    season: Array
    bounds: Bounds
    locked: Flags
    most: float  # money that the bounds have room for

    @property
    def allows_current(self) -> bool:
        """Whether today's plan is one of the splits: the same money, inside every bound."""
        near, bounds = FREE * max(self.budget, 1.0), self.bounds
        totals = self.current.sum(axis=1)
        cells = ((self.current >= bounds.low - near) & (self.current <= bounds.high + near)).all()
        channels = ((totals >= bounds.channel_low - near) & (totals <= bounds.channel_high + near)).all()
        groups = bounds.by_group(totals)
        channels &= ((groups >= bounds.group_low - near) & (groups <= bounds.group_high + near)).all()
        return bool(cells and channels and abs(totals.sum() - self.budget) <= near * 1e3)

    def searchable(self, most_cells: int) -> bool:
        """Whether a search over whole units can be made: few cells, no totals of channels or groups."""
        bounds = self.bounds
        alone = (bounds.group_low <= 0).all() and np.isposinf(bounds.group_high).all()
        free = (self.bounds.channel_low <= self.bounds.low.sum(axis=1)).all() and (
            self.bounds.channel_high >= self.bounds.high.sum(axis=1)
        ).all()
        return bool(alone and free and self.current.size <= most_cells)


def problem_of(
    top: Array,
    budget: float,
    current: npt.ArrayLike,
    *,
    season: npt.ArrayLike | None = None,
    low: npt.ArrayLike | None = None,
    high: npt.ArrayLike | None = None,
    locked: npt.ArrayLike | None = None,
    channel_low: npt.ArrayLike | None = None,
    channel_high: npt.ArrayLike | None = None,
    group: npt.ArrayLike | None = None,
    group_low: npt.ArrayLike | None = None,
    group_high: npt.ArrayLike | None = None,
    increment_only: bool = False,
    max_move: float | None = None,
    spend_all: bool = True,
) -> Problem:
    """The bounds together; `top` (C,) ends what was ever observed. Raises `Infeasible` or `ValueError`."""
    channels = len(top)
    plan = as_array("current", current, (channels, None))
    shape = plan.shape
    if not np.isfinite(budget) or budget < 0:
        raise ValueError(f"budget: found {budget}, expected a finite amount >= 0")
    weeks = np.ones(shape) if season is None else as_array("season", season, shape)
    fixed = np.zeros(shape, np.bool_) if locked is None else np.broadcast_to(np.asarray(locked, np.bool_), shape)
    least = np.zeros(shape) if low is None else as_array("low", low, shape)
    asked = np.full(shape, np.inf) if high is None else _ceiling("high", high, shape)
    if increment_only:
        least = np.maximum(least, plan)
    if max_move is not None:
        least, asked = np.maximum(least, plan * (1 - max_move)), np.minimum(asked, plan * (1 + max_move))
    if (cells := np.argwhere(~fixed & (least > asked * (1 + FREE) + FREE))).size:
        cell = tuple(cells[0])
        raise Infeasible(f"cell {cell}: found at least {least[cell]:g} and at most {asked[cell]:g}")
    most = np.maximum(np.minimum(asked, top[:, None]), least)
    least, most = np.where(fixed, plan, least), np.where(fixed, plan, most)
    floor = np.zeros(channels) if channel_low is None else as_array("channel_low", channel_low, (channels,))
    roof = np.full(channels, np.inf) if channel_high is None else _ceiling("channel_high", channel_high, (channels,))
    _check_channels(least, most, floor, roof)
    bounds = Bounds(least, most, floor, roof, *_groups(channels, group, group_low, group_high))
    needs = bounds.by_group(np.maximum(least.sum(axis=1), floor))
    rooms = bounds.by_group(np.minimum(most.sum(axis=1), roof))
    _check_groups(needs, rooms, bounds)
    needed = float(np.maximum(needs, bounds.group_low).sum())
    room = float(np.minimum(rooms, bounds.group_high).sum())
    near = FREE * max(budget, 1.0)
    if spend_all and needed > budget + near:
        raise Infeasible(f"found a budget of {budget:g}, expected at least the {needed:g} that the lower bounds need")
    if spend_all and room < budget - near:
        raise Infeasible(f"found a budget of {budget:g}, expected at most the {room:g} that the upper bounds leave")
    return Problem(float(budget), plan, weeks, bounds, fixed, room)


def _groups(
    channels: int, group: npt.ArrayLike | None, low: npt.ArrayLike | None, high: npt.ArrayLike | None
) -> tuple[Places, Array, Array]:
    """The group of each channel and the bounds of groups; one group without bounds where none are given."""
    places = np.zeros(channels, np.intp) if group is None else np.asarray(group, np.intp)
    if places.shape != (channels,) or (places < 0).any():
        raise ValueError(f"group: found shape {places.shape}, expected {channels} places of 0 or more")
    many = int(places.max(initial=0)) + 1
    floor = np.zeros(many) if low is None else as_array("group_low", low, (many,))
    roof = np.full(many, np.inf) if high is None else _ceiling("group_high", high, (many,))
    return places, floor, roof


def _check_groups(needs: Array, rooms: Array, bounds: Bounds) -> None:
    for group, (low, high) in enumerate(zip(bounds.group_low, bounds.group_high, strict=True)):
        near, limit = FREE * max(rooms[group], 1.0), min(rooms[group], high)
        if low > limit + near:
            raise Infeasible(f"group {group}: found at least {low:g}, its channels can take {limit:g}")
        if high < needs[group] - near:
            raise Infeasible(f"group {group}: found at most {high:g}, its channels need {needs[group]:g}")


def _ceiling(name: str, values: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    """Upper bounds, infinite where there is none."""
    given = np.asarray(values, np.float64)
    known = as_array(name, np.where(np.isposinf(given), 0.0, given), shape)
    return np.where(np.isposinf(given), np.inf, known)


def _check_channels(low: Array, high: Array, floor: Array, roof: Array) -> None:
    for channel, (least, most) in enumerate(zip(low.sum(axis=1), high.sum(axis=1), strict=True)):
        near = FREE * max(most, 1.0)
        if floor[channel] > min(most, roof[channel]) + near:
            limit = min(most, roof[channel])
            raise Infeasible(f"channel {channel}: found at least {floor[channel]:g}, its cells can take {limit:g}")
        if roof[channel] < least - near:
            raise Infeasible(f"channel {channel}: found at most {roof[channel]:g}, its cells need {least:g}")


def rounded(spend: Array, problem: Problem, step: float, total: float) -> Array:
    """The split inside its bounds to the last bit, free cells in multiples of `step` (0: any), summing to `total`."""
    bounds = problem.bounds
    out = np.clip(spend, bounds.low, bounds.high)
    if step:
        out = _stepped(out, problem, step, total)
    out[problem.locked] = problem.current[problem.locked]
    return _whole(out, problem, total)


def _stepped(spend: Array, problem: Problem, step: float, total: float) -> Array:
    """Largest remainders first, inside the bounds of cells, channels and groups."""
    bounds = problem.bounds
    out = np.clip(np.floor(spend / step + FREE) * step, bounds.low, bounds.high)
    out[problem.locked] = problem.current[problem.locked]
    order = np.argsort(-(spend - out).ravel(), kind="stable")
    left, room = total - out.sum(), bounds.channel_high - out.sum(axis=1)
    group_room = bounds.group_high - bounds.by_group(out.sum(axis=1))
    for place in order:
        cell = np.unravel_index(place, out.shape)
        group = bounds.group[cell[0]]
        fits = out[cell] + step <= bounds.high[cell] + FREE and min(room[cell[0]], group_room[group]) >= step
        fits &= not problem.locked[cell]
        if left >= step * (1 - FREE) and fits:
            out[cell] += step
            left, room[cell[0]] = left - step, room[cell[0]] - step
            group_room[group] -= step
    return out


def _whole(spend: Array, problem: Problem, total: float) -> Array:
    """What rounding left over goes to the cell with most room, so that the sum is the budget."""
    bounds, out = problem.bounds, spend.copy()
    for _ in range(out.size):
        left = total - float(out.sum())
        if abs(left) <= 1e-12 * max(total, 1.0):
            break
        room = bounds.high - out if left > 0 else out - bounds.low
        sums = out.sum(axis=1)
        wide = (bounds.channel_high - sums) if left > 0 else sums - bounds.channel_low
        sums = bounds.by_group(sums)
        wide = np.minimum(wide, (bounds.group_high - sums if left > 0 else sums - bounds.group_low)[bounds.group])
        room = np.where(problem.locked, 0.0, np.minimum(room, np.maximum(wide, 0.0)[:, None]))
        cell = np.unravel_index(int(room.argmax()), room.shape)
        if room[cell] <= 0:
            break
        out[cell] += np.sign(left) * min(abs(left), room[cell])
    return out


def binding_of(spend: Array, problem: Problem) -> npt.NDArray[np.int8]:
    """Which bound holds each cell back: 0 free, 1 low, 2 high, 3 locked, 4 channel_low, 5 channel_high."""
    bounds, near = problem.bounds, 1e-7 * max(problem.budget, 1.0)
    totals = spend.sum(axis=1)[:, None]
    out = np.full(spend.shape, _FREE, np.int8)
    full = np.abs(totals - bounds.channel_high[:, None]) <= near
    bare = (np.abs(totals - bounds.channel_low[:, None]) <= near) & (bounds.channel_low > 0)[:, None]
    out = np.where(bare, np.int8(_CHANNEL_LOW), np.where(full, np.int8(_CHANNEL_HIGH), out))
    out[spend >= bounds.high - near] = _HIGH
    out[spend <= bounds.low + near] = _LOW
    out[problem.locked] = _LOCKED
    return out
