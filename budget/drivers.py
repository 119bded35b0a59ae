"""Why profit after media differs from plan: one exact, order-free effect a driver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from budget.business import Business
from budget.economics import media_factor
from budget.measures import Measures, total
from budget.money import MICROS
from budget.owners import NOBODY, OWNER_ROLES
from budget.pnl import ProfitAndLoss
from models import Change, Totals, explain_change

Array = np.ndarray
DRIVERS = (
    "volume", "cpm", "ctr", "cvr", "value_per_conversion", "returns", "fx", "mix", "reported", "margin", "vat",
    "booked", "unpaid",
)  # fmt: skip
SMALL_SHARE = 0.05
"""An effect below 5 % of planned profit, or below one sd of counting chance, is within the noise."""
ROUNDING = 1e-4
"""Major units: what ratios cannot say must be more than rounding to be named."""

LEAST_ARRIVED = 1e-3


@dataclass(frozen=True)
class Driver:
    """One cause and its effect on profit after media in micros; `within_noise` where chance alone explains it.

    `owner_role` is who can act on it, `owner` the person whom the plan names for the line (of one channel alone).
    """

    name: str
    effect_micros: int
    within_noise: bool
    owner_role: str = NOBODY
    owner: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether it calls for nobody: chance, or what only has to be waited for."""
        return self.within_noise or self.owner_role == NOBODY


@dataclass(frozen=True)
class Explained:
    """Drivers in total and by channel; both add up to the difference of the P&Ls exactly."""

    total: tuple[Driver, ...]
    channels: Mapping[str, tuple[Driver, ...]]


@dataclass(frozen=True)
class Terms:
    """What turns one side's sums into its P&L, by channel; a channel that is left out stands as its sums are.

    `at_first_rates`: the sums at the rates of exchange with which the plan began. `eventual`: conversions and value
    once all have arrived. `kept`: what the books hold of the claims. `business` None: the one that judges.
    """

    business: Business | None = None
    at_first_rates: Mapping[str, Measures] = field(default_factory=dict)
    eventual: Mapping[str, Measures] = field(default_factory=dict)
    kept: Mapping[str, Measures] = field(default_factory=dict)


AS_SUMMED = Terms()


def explain(
    business: Business,
    before: Mapping[str, Sequence[Measures]],
    after: Mapping[str, Sequence[Measures]],
    pnls: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]],
    *,
    terms: tuple[Terms, Terms] = (AS_SUMMED, AS_SUMMED),
    persons: Mapping[str, str] | None = None,
) -> Explained:
    """Shapley effects of each driver (`models.explain_change`), rounded to micros without losing one.

    What ratios cannot say stands under the nearest name: orders without value under `margin`, credits under `volume`.
    """
    keys, persons = list(before), persons or {}
    sides = [
        _Side.of(terms[i].business or business, [total(side[key]) for key in keys], terms[i], keys,
                 [pnls[key][i] for key in keys])
        for i, side in enumerate((before, after))
    ]  # fmt: skip
    filled = sides[0].filled(sides[1]), sides[1].filled(sides[0])
    change = explain_change(*filled)
    effects = _with_rest(change, filled, sides)
    names = [name for name in DRIVERS if np.any(effects[name])]
    rows: dict[str, dict[str, int]] = {}
    for c, key in enumerate(keys):
        difference = pnls[key][1].after_media - pnls[key][0].after_media
        rows[key] = exact_parts({name: float(effects[name][c]) for name in names}, difference)
    noise = {name: _noise(change, sides, name) for name in names if name in change.noise}
    planned = abs(sum(p.after_media for p, _ in pnls.values())) / MICROS
    summed = {name: sum(row.get(name, 0) for row in rows.values()) for name in names or ["volume"]}
    whole = {name: float(np.sqrt(np.sum(np.square(part)))) for name, part in noise.items()}
    channels = {
        key: tuple(
            _driver(name, effect, float(noise[name][c]) if name in noise else 0.0,
                    abs(pnls[key][0].after_media) / MICROS, persons.get(key, ""))
            for name, effect in rows[key].items()
        )
        for c, key in enumerate(keys)
    }  # fmt: skip
    return Explained(tuple(_driver(n, x, whole.get(n, 0.0), planned) for n, x in summed.items()), channels)


def exact_parts(effects: Mapping[str, float], total_micros: int) -> dict[str, int]:
    """Effects in major units as micros that sum to the total; what rounding leaves goes to the largest."""
    parts = {name: round(effect * MICROS) for name, effect in effects.items()} or {"volume": 0}
    largest = max(parts, key=lambda name: abs(parts[name]))
    parts[largest] += total_micros - sum(parts.values())
    return parts


def _driver(name: str, effect_micros: int, noise: float, planned: float, owner: str = "") -> Driver:
    quiet = abs(effect_micros) / MICROS < max(noise, SMALL_SHARE * planned)
    role = OWNER_ROLES[name]
    return Driver(name, effect_micros, quiet, role, "" if role == NOBODY else owner)


@dataclass(frozen=True, eq=False)
class _Side:
    """One side by channel, all (C,): counts once all have arrived, at the plan's rates, and what turns them to money.

    NaN where a side without value or money says nothing.
    """

    counts: Mapping[str, Array]
    factors: Mapping[str, Array]
    cost_factors: Mapping[str, Array]
    contribution: Array
    media: Array
    counted: Array

    @classmethod
    def of(
        cls, business: Business, sums: Sequence[Measures], terms: Terms, keys: Sequence[str],
        pnls: Sequence[ProfitAndLoss],
    ) -> "_Side":  # fmt: skip
        first, eventual, kept = (
            [part.get(key, found) for key, found in zip(keys, sums, strict=True)]
            for part in (terms.at_first_rates, terms.eventual, terms.kept)
        )
        spend, value = _column(sums, "spend_micros"), _column(sums, "value_micros")
        exchange = _ratio(value, _column(first, "value_micros"), 1.0)
        arrived = _ratio(value, _column(eventual, "value_micros"), 1.0)
        held, returns = _column(kept, "value_micros"), np.full(len(keys), kept_share(business))
        contribution = np.array([p.after_fulfilment for p in pnls], dtype=float) / MICROS
        counts = {
            "spend": _column(first, "spend_micros"),
            "impressions": _column(sums, "impressions", 1),
            "clicks": _column(sums, "clicks", 1),
            "conversions": _column(eventual, "conversions_micros"),
            "value": _ratio(_column(eventual, "value_micros"), exchange, 0.0),
        }
        factors = {
            "returns": returns,
            "fx": exchange,
            "reported": arrived,
            "booked": _ratio(held, value, 1.0),
            "margin": _ratio(contribution, held * returns, np.nan),
        }
        costs = {
            "fx": _ratio(spend, counts["spend"], 1.0),
            "vat": np.full(len(keys), media_factor(business)),
        }
        media = np.array([p.media for p in pnls], dtype=float) / MICROS
        return cls(counts, factors, costs, contribution, media, _column(sums, "conversions_micros"))

    def filled(self, other: "_Side") -> Totals:
        """As totals; a margin that this side does not say is the other's."""
        own, others = self.factors["margin"], other.factors["margin"]
        margin = np.nan_to_num(np.where(np.isnan(own), others, own))
        return Totals(**self.counts, factors={**self.factors, "margin": margin}, cost_factors=self.cost_factors)


def kept_share(business: Business) -> float:
    """What discounts and returns leave of order value."""
    return (1 - business.discount_share) * (1 - business.returns_share)


def _column(sums: Sequence[Measures], name: str, scale: int = MICROS) -> Array:
    return np.array([max(getattr(m, name) or 0, 0) / scale for m in sums], dtype=float)


def _ratio(above: Array, below: Array, empty: float) -> Array:
    found: Array = np.divide(above, below, out=np.full(above.shape, empty), where=below > 0)
    return found


def _with_rest(change: Change, totals: Sequence[Totals], sides: Sequence[_Side]) -> dict[str, Array]:
    """Effects that lead to the P&Ls' own figures where a ratio could not: on the value's side and the cost's."""
    gross = [side.contribution - each.gross for side, each in zip(sides, totals, strict=True)]
    cost = [(each.gross - each.profit) - side.media for side, each in zip(sides, totals, strict=True)]
    effects = dict(change.effects)
    for name, (before, after) in (("margin", gross), ("volume", cost)):
        rest = after - before
        effects[name] = effects[name] + np.where(np.abs(rest) > ROUNDING, rest, 0.0)
    return effects


def _noise(change: Change, sides: Sequence[_Side], name: str) -> Array:
    """(C,): counting chance of what was counted, not of what is still to arrive; worth what its driver is worth.

    A rate moves value that counts in full on one side and as far as it has arrived on the other: the mean of the two.
    """
    side = sides[1]
    arrived = np.maximum(_ratio(side.counted, side.counts["conversions"], 1.0), LEAST_ARRIVED)
    worth = (1 + arrived) / (2 * arrived)
    noise: Array = change.noise[name] * worth / (np.sqrt(arrived) if name == "cvr" else 1.0)
    return noise
