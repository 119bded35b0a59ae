"""Why profit after media differs from plan: one exact, order-free effect a driver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from budget.business import Business
from budget.economics import media_factor
from budget.measures import Measures, total
from budget.money import MICROS
from budget.pnl import ProfitAndLoss
from models import Totals, explain_change

Array = np.ndarray
DRIVERS = ("volume", "mix", "cpm", "ctr", "cvr", "value_per_conversion", "margin", "unpaid")
SMALL_SHARE = 0.05
"""An effect below 5 % of planned profit, or below one sd of counting chance, is within the noise."""


@dataclass(frozen=True)
class Driver:
    """One cause and its effect on profit after media in micros; `within_noise` where chance alone explains it."""

    name: str
    effect_micros: int
    within_noise: bool


@dataclass(frozen=True)
class Explained:
    """Drivers in total and by channel; both add up to the difference of the P&Ls exactly."""

    total: tuple[Driver, ...]
    channels: Mapping[str, tuple[Driver, ...]]


def explain(
    business: Business,
    before: Mapping[str, Sequence[Measures]],
    after: Mapping[str, Sequence[Measures]],
    pnls: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]],
) -> Explained:
    """Shapley effects of each driver (`models.explain_change`), rounded to micros without losing one."""
    keys = list(before)
    sums = [[total(side[key]) for key in keys] for side in (before, after)]
    margins = _margins(business, sums, [[pnls[key][i] for key in keys] for i in (0, 1)])
    change = explain_change(*(_totals(business, side, m) for side, m in zip(sums, margins, strict=True)))
    names = [name for name in DRIVERS if name in change.effects and np.any(change.effects[name])]
    rows: dict[str, dict[str, int]] = {}
    for c, key in enumerate(keys):
        difference = pnls[key][1].after_media - pnls[key][0].after_media
        rows[key] = exact_parts({name: float(change.effects[name][c]) for name in names}, difference)
    noise = {name: float(np.sqrt(np.sum(np.square(change.noise[name])))) for name in names if name in change.noise}
    planned = abs(sum(p.after_media for p, _ in pnls.values())) / MICROS
    summed = {name: sum(row.get(name, 0) for row in rows.values()) for name in names or ["volume"]}
    channels = {
        k: tuple(_driver(n, row[n], 0.0, abs(pnls[k][0].after_media) / MICROS) for n in row) for k, row in rows.items()
    }
    return Explained(tuple(_driver(n, x, noise.get(n, 0.0), planned) for n, x in summed.items()), channels)


def exact_parts(effects: Mapping[str, float], total_micros: int) -> dict[str, int]:
    """Effects in major units as micros that sum to the total; what rounding leaves goes to the largest."""
    parts = {name: round(effect * MICROS) for name, effect in effects.items()} or {"volume": 0}
    largest = max(parts, key=lambda name: abs(parts[name]))
    parts[largest] += total_micros - sum(parts.values())
    return parts


def _driver(name: str, effect_micros: int, noise: float, planned: float) -> Driver:
    return Driver(name, effect_micros, abs(effect_micros) / MICROS < max(noise, SMALL_SHARE * planned))


def _margins(
    business: Business, sums: Sequence[Sequence[Measures]], pnls: Sequence[Sequence[ProfitAndLoss]]
) -> tuple[Array, Array]:
    """CM2 per money of value on both sides (C,); a side without value takes the other side's."""
    value = [np.array([m.value_micros or 0 for m in side], dtype=float) for side in sums]
    after = [np.array([p.after_fulfilment for p in side], dtype=float) for side in pnls]
    own = [np.divide(a, v, out=np.full(len(v), np.nan), where=v > 0) for a, v in zip(after, value, strict=True)]
    first, second = own
    return np.nan_to_num(np.where(np.isnan(first), second, first)), np.nan_to_num(
        np.where(np.isnan(second), first, second)
    )


def _totals(business: Business, sums: Sequence[Measures], margin: Array) -> Totals:
    def column(name: str, scale: int = 1) -> Array:
        return np.array([max(getattr(m, name) or 0, 0) / scale for m in sums], dtype=float)

    return Totals(
        spend=column("spend_micros", MICROS),
        impressions=column("impressions"),
        clicks=column("clicks"),
        conversions=column("conversions_micros", MICROS),
        value=column("value_micros", MICROS),
        factors={"margin": margin},
        cost_factors={"media": np.full(len(sums), media_factor(business))},
    )
