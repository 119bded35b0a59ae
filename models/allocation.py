"""The best split of a budget over channels and weeks, with its certificate: how far it can be from the best.

Worth between grid points is linear; all weeks of a channel share one curve up to `season`. Concave curves are split
exactly by the slopes of their envelopes (models/hull.py); S-shapes are repaired, then searched (models/knapsack.py).
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array
from models.bounds import FREE, Problem, binding_of, problem_of, rounded
from models.hull import Bounds, Filled, Hull, concave_hull, fill
from models.knapsack import MOST_CELLS, best_units, units_of

ROUNDS = 60
SETTLED = 5e-4  # of today's worth: the game on draw weights stops here, and a gain below is none
REPAIRED = 2e-3  # of the worth: an S-shape's gap that is worth a search
Rule = Literal["gain_cvar", "mean"]


@dataclass(frozen=True, eq=False)
class ResponseTable:
    """What one week of money brings: `spend` (C, G) rising from 0, `worth` (D, C, G) in money of contribution."""

    spend: Array
    worth: Array

    def __post_init__(self) -> None:
        spend = as_array("spend", self.spend, (None, None))
        worth = as_array("worth", self.worth, (None, *spend.shape), signed=True)
        if spend.shape[1] < 2 or (spend[:, 0] != 0).any() or (np.diff(spend) <= 0).any():
            raise ValueError("spend: found a grid that does not rise from 0, expected rising amounts, the first one 0")
        object.__setattr__(self, "spend", spend)
        object.__setattr__(self, "worth", worth)


@dataclass(frozen=True, eq=False, kw_only=True)
class Allocation:
    """A split and what it is worth beside today's.

    `gap` = (`upper_bound` - `value`) / mean worth of the answer. `gain` (D,): worth less today's, less `price` x the
    extra money. `marginal` (C, T): expected worth of the next unit. `binding` (C, T): 0 free, 1 low, 2 high or observed
    range, 3 locked, 4 channel_low, 5 channel_high. `moved`: share of the budget that stands elsewhere than today.
    """

    spend: Array
    gain: Array
    value: float
    upper_bound: float
    gap: float
    marginal: Array
    binding: npt.NDArray[np.int8]
    moved: float
    probability_better: float
    changed: bool
    rule: Rule


@dataclass(frozen=True, eq=False, kw_only=True)
class Goal:
    """The least budget that reaches a target with the asked probability; `allocation` None where none does."""

    reachable: bool
    budget: float
    probability: float
    allocation: Allocation | None


def allocate(
    table: ResponseTable,
    budget: float,
    *,
    current: npt.ArrayLike,
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
    step: float = 0.0,
    rule: Rule = "gain_cvar",
    tail: float = 0.5,
    spend_all: bool = True,
    price: float = 1.0,
) -> Allocation:
    """Split `budget` over (C, T) cells; `current` (C, T) is the plan to beat.

    `season` (C, T) multiplies worth; `low`, `high`, `locked` (bool) (C, T) bound cells, `channel_low`, `channel_high`
    (C,) bound totals, `group_low`, `group_high` (K,) those of the channels of a `group` (C,) of 0 .. K - 1;
    `increment_only`: no cell below current; `max_move` .3: each cell within 30 % of current;
    `step`: free cells are multiples of it but for one that takes the rest. `spend_all` False: stop where the next
    unit brings less than `price`. Rule `gain_cvar` maximises the mean of the worst `tail` of the gain over `current`;
    `mean` the expected worth, used also where `current` breaks the bounds or holds other money than `budget`.
    Raises `Infeasible` naming both numbers, `ValueError` for input that is none.
    """
    if not 0 < tail <= 1 or price < 0 or step < 0:
        raise ValueError(
            f"allocate: found tail {tail}, price {price}, step {step}, expected 0 < tail <= 1, others >= 0"
        )
    problem = problem_of(
        table.spend[:, -1], budget, current, season=season, low=low, high=high, locked=locked, channel_low=channel_low,
        channel_high=channel_high, group=group, group_low=group_low, group_high=group_high,
        increment_only=increment_only, max_move=max_move, spend_all=spend_all,
    )  # fmt: skip
    least = -np.inf if spend_all else price
    game = _Game(table, problem, least, price)
    used: Rule = rule if rule == "mean" or (spend_all and problem.allows_current) else "mean"
    spend, value, bound = game.mean() if used == "mean" else game.guarded(tail)
    changed = used == "mean" or value > SETTLED * abs(game.today.mean())
    total = problem.budget if spend_all else min(problem.budget, float(spend.sum()))
    spend = rounded(spend, problem, step, total) if changed else problem.current.copy()
    return game.answer(spend, used, tail, bound, changed=changed)


class _Game:
    """One question: curves, bounds, and what today's plan is worth in every draw."""

    def __init__(self, table: ResponseTable, problem: Problem, least: float, price: float) -> None:
        self.table, self.problem, self.least, self.price = table, problem, least, price
        self.flat = table.worth.reshape(len(table.worth), -1)
        self.today = self.worth(problem.current)
        self.uniform = np.full(len(self.flat), 1 / len(self.flat))

    def worth(self, spend: Array) -> Array:
        """(D,): what a split brings in every draw; one product with the weights of the grid's points."""
        points: Array = self.flat @ _grid_weights(self.table.spend, spend, self.problem.season).ravel()
        return points

    def gain(self, spend: Array) -> Array:
        """(D,): worth over today's less the price of the extra money."""
        gain: Array = self.worth(spend) - self.today - self.price * (spend.sum() - self.problem.current.sum())
        return gain

    def curves(self, weights: Array) -> Array:
        """(C, G): worth under weights of the draws."""
        mean: Array = (weights @ self.flat).reshape(self.table.spend.shape)
        return mean

    def best(self, weights: Array) -> Filled:
        """The best split under weights of the draws, and a gain over today's that none under them exceeds."""
        curves = self.curves(weights)
        hull = concave_hull(self.table.spend, curves)
        problem = self.problem
        filled = fill(hull, problem.budget, problem.season, problem.bounds, self.least)
        worth = filled.worth + float((problem.season * curves[:, :1]).sum()) - float(weights @ self.today)
        bound = worth - self.price * float(filled.spend.sum() - problem.current.sum())
        spend = self._repaired(hull, curves, filled) if hull.gap.any() else filled.spend
        return Filled(spend, bound)

    def _repaired(self, hull: Hull, curves: Array, filled: Filled) -> Array:
        """S-shapes: the cell inside a gap goes to either end of it; then a search where the gap stays wide."""
        problem = self.problem

        def value(spend: Array) -> float:
            cost = 0.0 if np.isinf(self.least) else self.price * float(spend.sum())
            return (
                float((_grid_weights(self.table.spend, spend, problem.season) * (curves - curves[:, :1])).sum()) - cost
            )

        tried = [filled.spend]
        for cell in _inside(hull, filled.spend, problem):
            tried.append(fill(hull, problem.budget, problem.season, problem.bounds, self.least, cell).spend)
            if (forced := _forced(hull, filled.spend, problem, cell)) is not None:
                tried.append(fill(hull, problem.budget, problem.season, forced, self.least).spend)
        best = max(tried, key=value)
        paid = 0.0 if np.isinf(self.least) else self.price * float(filled.spend.sum())
        if filled.worth - paid - value(best) > REPAIRED * abs(filled.worth) and problem.searchable(MOST_CELLS):
            best = max(best, self._searched(curves), key=value)
        return best

    def _searched(self, curves: Array) -> Array:
        problem = self.problem
        spare = problem.budget - problem.bounds.low.sum()
        units = units_of(problem.season.shape[1])
        size = spare / units
        if size <= 0:
            return problem.bounds.low.copy()
        cells = [(c, t) for c in range(curves.shape[0]) for t in range(problem.season.shape[1])]
        worth = []
        for c, t in cells:
            low, high = problem.bounds.low[c, t], problem.bounds.high[c, t]
            grid = low + size * np.arange(int(min(high - low, spare) / size + 1e-9) + 1)
            brings = problem.season[c, t] * np.interp(grid, self.table.spend[c], curves[c])
            cost = 0.0 if np.isinf(self.least) else self.least * (grid - low)
            worth.append(brings - brings[0] - cost)
        spend = problem.bounds.low.copy()
        for (c, t), many in zip(cells, best_units(worth, units), strict=True):
            spend[c, t] += size * many
        return spend

    def mean(self) -> tuple[Array, float, float]:
        """The split of the greatest expected gain, its value, and the most that any split can have."""
        filled = self.best(self.uniform)
        return filled.spend, float(self.gain(filled.spend).mean()), filled.worth

    def guarded(self, tail: float) -> tuple[Array, float, float]:
        """The split whose worst `tail` of gains is greatest: fictitious play between splits and weights of draws."""
        weights, middle = self.uniform, self.problem.current
        best, value, bound = middle, 0.0, np.inf
        enough = SETTLED * abs(self.today.mean())
        for turn in range(ROUNDS):
            filled = self.best(weights)
            bound = min(bound, filled.worth)
            share = 2 / (turn + 3) if turn else 1.0
            middle = middle + share * (filled.spend - middle)
            gains = self.gain(middle)
            if (here := tail_mean(gains, tail)) > value:
                best, value = middle, here
            if bound - value <= enough:
                break
            weights = weights + 2 / (turn + 3) * (_tail_weights(gains, tail) - weights)
        return best, value, float(bound)

    def answer(self, spend: Array, rule: Rule, tail: float, bound: float, *, changed: bool) -> Allocation:
        """The split as it is told, certificate and reasons included."""
        problem, gain = self.problem, self.gain(spend)
        value = float(gain.mean()) if rule == "mean" else tail_mean(gain, tail)
        worth = abs(float(self.worth(spend).mean()))
        bound = max(bound, value)
        same = np.abs(spend - problem.current)
        return Allocation(
            spend=spend,
            gain=gain,
            value=value,
            upper_bound=bound,
            gap=(bound - value) / worth if worth else 0.0,
            marginal=self._marginal(spend),
            binding=binding_of(spend, problem),
            moved=float(same.sum() / 2 / problem.budget) if problem.budget else 0.0,
            probability_better=float((gain > 0).mean()),
            changed=bool(changed and same.max(initial=0.0) > FREE * max(problem.budget, 1.0)),
            rule=rule,
        )

    def _marginal(self, spend: Array) -> Array:
        curves = self.curves(self.uniform)
        out = np.zeros_like(spend)
        for channel, grid in enumerate(self.table.spend):
            slope = np.append(np.diff(curves[channel]) / np.diff(grid), 0.0)
            place = np.searchsorted(grid, spend[channel] * (1 + FREE), side="right") - 1
            out[channel] = slope[np.clip(place, 0, len(slope) - 1)]
        return out * self.problem.season


def _grid_weights(grid: Array, spend: Array, season: Array) -> Array:
    """(C, G): how much of each grid point's worth the split takes, all weeks together; beyond the grid its end."""
    out = np.zeros(grid.shape)
    for channel, points in enumerate(grid):
        money = np.minimum(spend[channel], points[-1])
        right = np.clip(np.searchsorted(points, money, side="right"), 1, len(points) - 1)
        share = (money - points[right - 1]) / (points[right] - points[right - 1])
        np.add.at(out[channel], right - 1, season[channel] * (1 - share))
        np.add.at(out[channel], right, season[channel] * share)
    return out


def _inside(hull: Hull, spend: Array, problem: Problem) -> list[tuple[int, int]]:
    """The cells whose money lies inside a gap and may move: at most a few."""
    over = spend[:, :, None] > hull.start[:, None] * (1 + FREE) + FREE
    under = spend[:, :, None] < hull.end[:, None] * (1 - FREE)
    inside = (over & under & hull.gap[:, None]).any(axis=2) & (problem.bounds.high > problem.bounds.low)
    return [(int(c), int(t)) for c, t in np.argwhere(inside)[:4]]


def _forced(hull: Hull, spend: Array, problem: Problem, cell: tuple[int, int]) -> Bounds | None:
    """Bounds that make a cell cross its gap; None where that cannot be paid or is not allowed."""
    bounds, (channel, week) = problem.bounds, cell
    place = int(np.searchsorted(hull.end[channel], spend[cell], side="left"))
    wanted = hull.end[channel, min(place, hull.end.shape[1] - 1)]
    low = bounds.low.copy()
    low[channel, week] = wanted
    if (bounds.by_group(low.sum(axis=1)) > bounds.group_high).any():
        return None
    if wanted > bounds.high[cell] or low.sum() > problem.budget or low[channel].sum() > bounds.channel_high[channel]:
        return None
    return replace(bounds, low=low)


def tail_mean(values: Array, tail: float) -> float:
    """Mean of the worst `tail` of equally likely values."""
    return float(_tail_weights(values, tail) @ values)


def _tail_weights(values: Array, tail: float) -> Array:
    """Equal weights on the worst `tail` of the values; the one on the border in part."""
    many = tail * len(values)
    whole = int(many)
    order = np.argpartition(values, min(whole, len(values) - 1))
    weights = np.zeros(len(values))
    weights[order[:whole]] = 1.0
    if whole < len(values):
        weights[order[whole]] = many - whole
    shares: Array = weights / many
    return shares


def budget_for_goal(
    table: ResponseTable,
    target: float,
    *,
    current: npt.ArrayLike,
    probability: float = 0.8,
    season: npt.ArrayLike | None = None,
    max_budget: float | None = None,
    **bounds: npt.ArrayLike | None,
) -> Goal:
    """The least budget whose best split is worth `target` with `probability`; bisection to a thousandth of the most.

    `bounds`: `low`, `high`, `locked`, and those of channels and groups, of `allocate`.
    """
    if not 0 < probability < 1:
        raise ValueError(f"budget_for_goal: found probability {probability}, expected 0 < probability < 1")
    plan = as_array("current", current, (len(table.spend), None))
    most = problem_of(table.spend[:, -1], 0.0, plan, season=season, spend_all=False, **bounds).most  # type: ignore[arg-type]  # bounds by name
    least = problem_of(table.spend[:, -1], most, plan, season=season, spend_all=False, **bounds).bounds.low.sum()  # type: ignore[arg-type]  # bounds by name
    top = most if max_budget is None else min(most, max_budget)

    def at(budget: float) -> tuple[float, Allocation]:
        split = allocate(table, budget, current=plan, season=season, rule="mean", **bounds)  # type: ignore[arg-type]  # bounds by name
        weeks = np.ones(plan.shape) if season is None else np.asarray(season, np.float64)
        worth = table.worth.reshape(len(table.worth), -1) @ _grid_weights(table.spend, split.spend, weeks).ravel()
        return float((worth >= target).mean()), split

    chance, split = at(top)
    if chance < probability:
        return Goal(reachable=False, budget=top, probability=chance, allocation=split)
    bottom, found = float(least), (top, chance, split)
    while found[0] - bottom > 1e-3 * top:
        middle = (bottom + found[0]) / 2
        chance, split = at(middle)
        if chance >= probability:
            found = (middle, chance, split)
        else:
            bottom = middle
    return Goal(reachable=True, budget=found[0], probability=found[1], allocation=found[2])
