"""Why profit changed: exact Shapley effects of each driver, and the three results of a plan."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import factorial

import numpy as np
import numpy.typing as npt

from models.arrays import Array, Flags, as_array, ratio_of
from models.funnel import FunnelDraws, expect, simulate

MOST_DRIVERS = 12
MOST_EXPLAINED = 14
CHANNELS_AT_ONCE = 32
"""All sets of drivers times channels are held at once: more channels are explained a part at a time."""
SMALL_SHARE = 0.05  # of the plan: an effect below it is not worth a word
COUNTS = ("impressions", "clicks", "conversions", "value")
LINKS = ("cpm", "ctr", "cvr", "value_per_conversion")


@dataclass(frozen=True, eq=False, kw_only=True)
class Totals:
    """One side (plan or actual) by channel, all (C,); money in major units of one currency.

    `factors` multiply value on the way to contribution (returns kept, margin, share reported); `cost_factors` multiply
    spend on the way to media cost (exchange rate, VAT not recovered). A name in both is one driver that moves both.
    """

    spend: Array
    impressions: Array
    clicks: Array
    conversions: Array
    value: Array
    factors: Mapping[str, Array] = field(default_factory=dict)
    cost_factors: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = np.shape(self.spend)
        if len(shape) != 1:
            raise ValueError(f"spend: found shape {shape}, expected (C,); give one value a channel")
        for name in ("spend", *COUNTS):
            object.__setattr__(self, name, as_array(name, getattr(self, name), shape))
        for group in ("factors", "cost_factors"):
            checked = {name: as_array(name, part, shape, signed=True) for name, part in getattr(self, group).items()}
            object.__setattr__(self, group, checked)

    @property
    def gross(self) -> Array:
        """Contribution before media cost (C,)."""
        return self.value * _product(self.factors.values(), self.spend.shape)

    @property
    def profit(self) -> Array:
        """`value * factors - spend * cost factors` (C,)."""
        return self.gross - self.spend * _product(self.cost_factors.values(), self.spend.shape)


@dataclass(frozen=True, eq=False)
class Change:
    """Effects of each driver on profit; they sum to `after - before`, per channel and in total. All (C,)."""

    effects: dict[str, Array]
    before: Array
    after: Array
    noise: dict[str, Array]  # one standard deviation of counting chance, of `ctr` and `cvr`

    @property
    def total(self) -> Array:
        """`after - before` (C,)."""
        return self.after - self.before

    @property
    def within_noise(self) -> dict[str, Flags]:
        """Effects below the larger of 5 % of the profit before and their noise."""
        small = SMALL_SHARE * np.abs(self.before)
        return {
            name: np.abs(effect) < np.maximum(small, self.noise.get(name, 0.0)) for name, effect in self.effects.items()
        }

    def summed(self) -> "Change":
        """All channels as one (C = 1): effects added, noise as independent chance."""
        return Change(
            effects={name: effect.sum(keepdims=True) for name, effect in self.effects.items()},
            before=self.before.sum(keepdims=True),
            after=self.after.sum(keepdims=True),
            noise={name: np.sqrt((noise**2).sum(keepdims=True)) for name, noise in self.noise.items()},
        )


def explain_change(before: Totals, after: Totals) -> Change:
    """Shapley effects of volume, mix, cpm, ctr, cvr, value per conversion, every factor, and unpaid value.

    Zeros by rule: a ratio 0/0 on one side takes the other side's; a zero between non-zero counts merges that link
    into the next; value without spend is `unpaid`, added. More than 14 drivers that differ: `ValueError`.
    """
    _check_sides(before, after)
    merged = _merged_links(before, after)
    sides = _drivers(before, merged), _drivers(after, merged)
    known = [_filled(mine, other) for mine, other in (sides, sides[::-1])]
    factors, costs = list(before.factors), list(before.cost_factors)

    def profit(drivers: Mapping[str, Array]) -> Array:
        spend = drivers["volume"] * drivers["mix"]
        value = spend * drivers["cpm"] * drivers["ctr"] * drivers["cvr"] * drivers["value_per_conversion"]
        value = (value + drivers["unpaid"]) * _product([drivers[name][..., 0, :] for name in factors], value.shape)
        return value - spend * _product([drivers[name][..., -1, :] for name in costs], value.shape)

    parts = []
    for first in range(0, max(before.spend.size, 1), CHANNELS_AT_ONCE):
        some = slice(first, first + CHANNELS_AT_ONCE)
        mine, other = ({name: part[..., some] for name, part in side.items()} for side in known)
        parts.append(shapley(mine, other, profit, most=MOST_EXPLAINED))
    effects = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Change(effects, before.profit, after.profit, _noise(before, after))


def shapley(
    before: Mapping[str, Array],
    after: Mapping[str, Array],
    worth: Callable[[Mapping[str, Array]], Array],
    *,
    most: int = MOST_DRIVERS,
) -> dict[str, Array]:
    """Effect of each driver on `worth`: the mean over all orders of changing them one at a time.

    `worth` gets every driver with one leading axis of mixed sides (S, ...) and returns (S, ...). Drivers equal on both
    sides have effect exactly 0; more than `most` that differ: `ValueError`.
    """
    moved = [name for name in before if not np.array_equal(before[name], after[name])]
    if len(moved) > most:
        raise ValueError(f"shapley: found {len(moved)} drivers that differ, expected at most {most}; merge some")
    sets = np.arange(2 ** len(moved))
    mixed = {name: np.asarray(before[name])[None] for name in before}
    for place, name in enumerate(moved):
        mixed[name] = np.stack([before[name], after[name]])[(sets >> place) & 1]
    worths = worth(mixed)
    weights = _set_weights(len(moved))[np.array([int(each).bit_count() for each in sets])]
    effects = {name: np.zeros(worths.shape[1:]) for name in before}
    for place, name in enumerate(moved):
        without = sets[(sets >> place) & 1 == 0]
        gains = worths[without | 1 << place] - worths[without]
        effects[name] = np.tensordot(weights[without], gains, axes=1)
    return effects


def _set_weights(drivers: int) -> Array:
    """Share of all orders in which exactly a given set of that size comes before a given driver."""
    return np.array(
        [factorial(size) * factorial(drivers - size - 1) / factorial(drivers) for size in range(drivers)] + [0.0]
    )


def _product(parts: Iterable[Array], shape: tuple[int, ...]) -> Array:
    total = np.ones(shape)
    for part in parts:
        total = total * part
    return total


def _check_sides(before: Totals, after: Totals) -> None:
    for group in ("factors", "cost_factors"):
        names = [sorted(getattr(side, group)) for side in (before, after)]
        if names[0] != names[1]:
            raise ValueError(f"{group}: found {names[0]} before and {names[1]} after, expected the same names")
    if before.spend.shape != after.spend.shape:
        raise ValueError(f"spend: found {before.spend.shape} and {after.spend.shape}, expected the same channels")


def _merged_links(before: Totals, after: Totals) -> Flags:
    """(3, C): which count (impressions, clicks, conversions) is skipped: zero on a side whose later counts are not."""
    merged = np.zeros((3, before.spend.size), dtype=np.bool_)
    for side in (before, after):
        counts = np.stack([getattr(side, name) for name in COUNTS])
        paid = side.spend > 0
        for link in range(3):
            merged[link] |= paid & (counts[link] == 0) & (counts[link + 1 :] > 0).any(axis=0)
    return merged


def _drivers(side: Totals, merged: Flags) -> dict[str, Array]:
    """Drivers of one side, NaN where it says nothing (0/0): (C,), factors (1, C), or (2, C) of value and of cost."""
    total = side.spend.sum()
    paid = side.spend > 0
    drivers = {
        "volume": np.full(paid.shape, total),
        "mix": side.spend / total if total > 0 else np.full(side.spend.shape, np.nan),
    }
    last = side.spend
    for place, (link, name) in enumerate(zip(LINKS, COUNTS, strict=True)):
        count = getattr(side, name)
        skipped = merged[place] if place < 3 else np.zeros(paid.shape, dtype=np.bool_)
        rate = np.where(paid, ratio_of(count, last, empty=np.nan), np.nan)
        drivers[link] = np.where(skipped, 1.0, rate)
        last = np.where(skipped, last, count)
    drivers["unpaid"] = np.where(paid, 0.0, side.value)
    idle = ~paid & (side.value == 0)
    faces: dict[str, list[Array]] = {name: [np.where(idle, np.nan, part)] for name, part in side.factors.items()}
    for name, part in side.cost_factors.items():
        faces.setdefault(name, []).append(np.where(paid, part, np.nan))
    return drivers | {name: np.stack(face) for name, face in faces.items()}


def _filled(mine: Mapping[str, Array], other: Mapping[str, Array]) -> dict[str, Array]:
    """Unknown ratios from the other side; 0 where both are unknown, which nothing multiplies."""
    return {
        name: np.where(np.isnan(part), np.where(np.isnan(other[name]), 0.0, other[name]), part)
        for name, part in mine.items()
    }


def _noise(before: Totals, after: Totals) -> dict[str, Array]:
    """`|gross| / sqrt(count)` of the side that happened; of the other one where nothing was counted."""
    counts = {"ctr": (before.clicks, after.clicks), "cvr": (before.conversions, after.conversions)}
    return {
        name: np.where(
            now > 0,
            np.abs(after.gross) / np.sqrt(np.maximum(now, 1.0)),
            np.abs(before.gross) / np.sqrt(np.maximum(then, 1.0)),
        )
        for name, (then, now) in counts.items()
    }


@dataclass(frozen=True, eq=False)
class ThreeResults:
    """Value by channel: the plan as written, the plan at the money spent, what happened."""

    planned: Array  # (D, C)
    as_spent: Array  # (D, C)
    actual: Array  # (C,)
    surprise: Array  # (C,) two-sided tail share of actual among simulated results

    @property
    def execution(self) -> Array:
        """What spending otherwise than planned changed (D, C)."""
        return self.as_spent - self.planned

    @property
    def market(self) -> Array:
        """What the market changed at the money spent (D, C)."""
        return self.actual - self.as_spent


def three_results(
    draws: FunnelDraws,
    planned_spend: npt.ArrayLike,
    actual_spend: npt.ArrayLike,
    actual_value: npt.ArrayLike,
    *,
    rng: np.random.Generator,
) -> ThreeResults:
    """Execution apart from market; spends (C, T), actual_value (C,) attributed value of all weeks."""
    actual = as_array("actual_value", actual_value, (draws.spend_week.size,))
    chance = simulate(draws, actual_spend, rng=rng).value.sum(axis=-1)
    below, above = (chance <= actual).mean(axis=0), (chance >= actual).mean(axis=0)
    return ThreeResults(
        planned=expect(draws, planned_spend).value.sum(axis=-1),
        as_spent=expect(draws, actual_spend).value.sum(axis=-1),
        actual=actual,
        surprise=np.minimum(1.0, 2 * np.minimum(below, above)),
    )
