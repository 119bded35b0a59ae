"""Weekly results as uploads give them, what a channel reports of its chain, and how fast the past is forgotten."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Array, Flags, as_array
from models.season import factors

HALF_LIVES = (26.0, 13.0, 6.0)
FEWEST_WEEKS = 10  # below it nothing is forgotten
BETTER = 0.97  # of the error: what a shorter half-life must reach
FIRST_JUDGED = 4  # weeks before the first one-step-ahead error


@dataclass(frozen=True, eq=False, kw_only=True)
class History:
    """Weekly results, (C, T), oldest week first; NaN = not reported. Spend is never NaN.

    `reach`: distinct people of the week. `reported_share` in (0, 1]: share of the week's conversions that arrived.
    `demand` and `price` > 0: what is known to have multiplied conversions a click and the price (`Season`); rates are
    learned as of usual weeks.
    """

    spend: Array
    conversions: Array
    impressions: Array | None = None
    reach: Array | None = None
    clicks: Array | None = None
    value: Array | None = None
    reported_share: Array | None = None
    demand: Array | None = None
    price: Array | None = None

    def __post_init__(self) -> None:
        spend = as_array("spend", self.spend, (None, None))
        object.__setattr__(self, "spend", spend)
        for name in ("conversions", "impressions", "reach", "clicks", "value", "reported_share"):
            part = getattr(self, name)
            if part is not None:
                object.__setattr__(self, name, as_array(name, part, spend.shape, nan=name != "reported_share"))
        for name in ("demand", "price"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, factors(name, getattr(self, name), spend.shape))
        if self.reported_share is not None and not ((self.reported_share > 0) & (self.reported_share <= 1)).all():
            raise ValueError("reported_share: found values outside (0, 1], expected shares; leave out unreported weeks")

    def times_usual(self, *names: str) -> Array:
        """The product of the named multipliers (C, T), 1 where they are not known."""
        known = [part for part in (getattr(self, name) for name in names) if part is not None]
        return np.prod(known, axis=0) if known else np.ones(self.spend.shape)


def best_half_life(history: History) -> float:
    """Half-life among inf, 26, 13, 6 weeks with the least one-step-ahead error of the log click rate.

    Conversions per money where clicks are not reported. A shorter one must be 3 % better; below 10 weeks inf.
    """
    weeks = history.spend.shape[1]
    if weeks < FEWEST_WEEKS:
        return np.inf
    rate = _rates(history)
    base = _errors(rate, np.inf)
    judged = base > 0
    best, least = np.inf, 1.0
    for half_life in HALF_LIVES if judged.any() else ():
        error = float((_errors(rate, half_life)[judged] / base[judged]).mean())
        if error < BETTER * least:
            best, least = half_life, error
    return best


def _rates(history: History) -> Array:
    """Log click rate (C, T), or log conversions per money; NaN where neither is known."""
    nothing = np.full(history.spend.shape, np.nan)
    clicks = nothing if history.clicks is None else history.clicks
    shown = nothing if history.impressions is None else history.impressions
    live = history.spend > 0
    by_click = np.log((clicks + 0.5) / np.where(shown > 0, shown, np.nan))
    arrived = history.times_usual("reported_share", "demand") / history.times_usual("price")
    by_money = np.log((history.conversions / arrived + 0.5) / np.where(live, history.spend, np.nan))
    known = np.isfinite(np.where(live, by_click, np.nan)).any(axis=1, keepdims=True)
    return np.where(live, np.where(known, by_click, by_money), np.nan)


def _errors(rate: Array, half_life: float) -> Array:
    """Mean squared one-step-ahead error of an exponentially weighted mean, by channel (C,)."""
    weeks = rate.shape[1]
    age = np.arange(weeks)[:, None] - np.arange(weeks) - 1.0
    weight = np.where(age >= 0, 0.5 ** (np.maximum(age, 0) / half_life), 0.0)
    known = np.isfinite(rate)
    past = known.astype(np.float64) @ weight.T
    expected = (np.where(known, rate, 0.0) @ weight.T) / np.where(past > 0, past, 1.0)
    judged = known & (np.cumsum(known, axis=1) > FIRST_JUDGED)
    squares = np.where(judged, np.where(known, rate, 0.0) - expected, 0.0) ** 2
    mean: Array = squares.sum(axis=1) / np.maximum(judged.sum(axis=1), 1)
    return mean


@dataclass(frozen=True, eq=False)
class Weeks:
    """The history as regressions need it: (C, T), NaN where not reported, weight 0 in weeks without money."""

    spend: Array
    conversions: Array
    impressions: Array
    reach: Array
    clicks: Array
    value: Array
    arrived: Array  # share of conversions that has arrived, times what demand is known to have been
    price: Array  # what the price is known to have been times the usual one
    weight: Array
    step: Array  # ln(spend / spend_ref)
    spend_ref: Array  # (C,)
    links: tuple[str, ...]

    @classmethod
    def of(cls, history: History, planned: Array, half_life: float) -> "Weeks":
        """With the mean spend of the weeks with money as reference; the planned one (C,) where there is none."""
        live = history.spend > 0
        age = np.arange(live.shape[1])[::-1].astype(np.float64)
        parts = {
            name: np.where(live, np.nan if part is None else part, np.nan)
            for name in ("conversions", "impressions", "reach", "clicks", "value")
            for part in [getattr(history, name)]
        }
        spend_ref = np.where(live.any(axis=1), history.spend.sum(axis=1) / np.maximum(live.sum(axis=1), 1), planned)
        return cls(
            spend=history.spend,
            **parts,
            arrived=history.times_usual("reported_share", "demand"),
            price=history.times_usual("price"),
            weight=np.where(live, 0.5 ** (age / half_life), 0.0),
            step=np.log(np.where(live, history.spend, spend_ref[:, None]) / spend_ref[:, None]),
            spend_ref=spend_ref,
            links=tuple(_link_code(c, parts) for c in range(len(live))),
        )

    def channels(self, *codes: str) -> npt.NDArray[np.intp]:
        """Places of the channels whose link is one of the codes."""
        return np.array([c for c, link in enumerate(self.links) if link in codes], dtype=np.intp)

    @property
    def seen(self) -> Flags:
        """Channels with anything reported (C,)."""
        return np.array([link != "no data" for link in self.links], dtype=np.bool_)

    def weighted(self, *needed: Array) -> Array:
        """Weights, 0 where something needed is not a number."""
        return np.where(np.isfinite(np.stack(needed)).all(axis=0), self.weight, 0.0)


def _link_code(channel: int, parts: dict[str, Array]) -> str:
    known = {name: bool((part[channel] >= 0).any()) for name, part in parts.items()}
    if not (known["conversions"] or known["clicks"] or known["impressions"]):
        return "no data"
    if not known["clicks"]:
        return "no clicks" if known["impressions"] else "spend only"
    if not known["impressions"]:
        return "no impressions"
    return "full" if known["reach"] else "no reach"
