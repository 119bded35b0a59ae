"""A channel as a chain of uncertain numbers: money, impressions, people, clicks, conversions, value.

One week, one channel, one draw, with `l = ln(spend / spend_week)`:
impressions `1000 s / (cpm e^(eta l))`; reach by the negative binomial; clicks `I ctr (f / f_ref)^-phi`;
conversions `K cvr e^(-psi l)`; value `V value`. A season multiplies the price and the conversions. The slopes eta,
phi, psi are clipped so that conversions rise with spend and are concave in it, in every draw.
"""

from dataclasses import dataclass, field, fields, replace

import numpy as np
import numpy.typing as npt

from models.arrays import Array, Flags, as_array, ratio_of
from models.reach import reach_of
from models.season import Season

OUTER_SD = 2.5631  # between the 10 % and the 90 % point of a normal, in standard deviations
MOST = 1e15  # largest mean that a Poisson draw is asked for
EXTRAPOLATED = 2.0  # times the largest spend seen
PLANNED_WEEK_SD = 0.15


@dataclass(frozen=True, eq=False)
class LogNormal:
    """A positive number of each channel: median (C,), standard deviation of its logarithm (C,); one number for all."""

    median: Array
    log_sd: Array

    def __post_init__(self) -> None:
        median, log_sd = _pair(self.median, self.log_sd)
        if not ((median > 0) & np.isfinite(median) & (log_sd >= 0)).all():
            raise ValueError(f"LogNormal: found median {median}, log_sd {log_sd}, expected medians > 0 and log_sd >= 0")
        object.__setattr__(self, "median", median)
        object.__setattr__(self, "log_sd", log_sd)

    @classmethod
    def from_range(cls, low: npt.ArrayLike, likely: npt.ArrayLike, high: npt.ArrayLike) -> "LogNormal":
        """From the 10 %, 50 % and 90 % points: median = likely, `log_sd = ln(high / low) / 2.5631`."""
        ends = [np.asarray(end, dtype=np.float64) for end in (low, likely, high)]
        if not all((end > 0).all() for end in ends) or (ends[0] > ends[1]).any() or (ends[1] > ends[2]).any():
            raise ValueError(f"from_range: found {low!r}, {likely!r}, {high!r}, expected 0 < low <= likely <= high")
        return cls(ends[1], np.log(ends[2] / ends[0]) / OUTER_SD)

    def draw(self, rng: np.random.Generator, draws: int) -> Array:
        """(draws, C)."""
        return self.median * np.exp(self.log_sd * rng.standard_normal((draws, *self.median.shape)))

    def over(self, channels: int) -> "LogNormal":
        """The same for `channels` channels; one number is repeated."""
        return LogNormal(_spread(self.median, channels), _spread(self.log_sd, channels))


@dataclass(frozen=True, eq=False)
class Normal:
    """A number of each channel: mean (C,), standard deviation (C,); one number for all."""

    mean: Array
    sd: Array

    def __post_init__(self) -> None:
        mean, sd = _pair(self.mean, self.sd)
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "sd", sd)

    def draw(self, rng: np.random.Generator, draws: int) -> Array:
        """(draws, C)."""
        return self.mean + self.sd * rng.standard_normal((draws, *self.mean.shape))

    def over(self, channels: int) -> "Normal":
        """The same for `channels` channels; one number is repeated."""
        return Normal(_spread(self.mean, channels), _spread(self.sd, channels))


def _pair(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Array, Array]:
    a, b = np.broadcast_arrays(np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    if not (np.isfinite(a).all() and np.isfinite(b).all() and (b >= 0).all()):
        raise ValueError(f"prior: found {a}, {b}, expected finite numbers and spreads >= 0")
    return a, b


def _spread(values: Array, channels: int) -> Array:
    if values.shape not in ((), (1,), (channels,)):
        raise ValueError(f"prior: found shape {values.shape}, expected ({channels},): one value a channel")
    return np.broadcast_to(values, (channels,))


@dataclass(frozen=True, eq=False, kw_only=True)
class FunnelPrior:
    """What is believed of C channels before any upload; money in major units of one currency, ratios natural.

    `spend_week` (C,) > 0: the weekly spend at which the medians hold. The defaults of the rest are plausible values,
    replaced by data. `week_sd` (C, 3): weekly noise of price, clicks and conversions, in logarithms.
    """

    spend_week: Array
    cpm: LogNormal
    ctr: LogNormal
    cvr: LogNormal
    value: LogNormal
    audience: LogNormal
    evenness: LogNormal = field(default_factory=lambda: LogNormal(np.array(0.8), np.array(0.5)))
    cpm_elasticity: Normal = field(default_factory=lambda: Normal(np.array(0.12), np.array(0.05)))
    fatigue: Normal = field(default_factory=lambda: Normal(np.array(0.35), np.array(0.15)))
    cvr_elasticity: Normal = field(default_factory=lambda: Normal(np.array(0.08), np.array(0.05)))
    incrementality: LogNormal = field(default_factory=lambda: LogNormal(np.array(0.7), np.array(0.35)))
    delay_days: LogNormal = field(default_factory=lambda: LogNormal(np.array(2.0), np.array(0.5)))
    order_sd: Array = field(default_factory=lambda: np.array(0.8))
    week_sd: Array = field(default_factory=lambda: np.array([PLANNED_WEEK_SD] * 3))

    def __post_init__(self) -> None:
        spend = as_array("spend_week", self.spend_week, (None,))
        if not (spend > 0).all():
            raise ValueError(f"spend_week: found {spend}, expected > 0; leave out channels without money")
        channels = len(spend)
        object.__setattr__(self, "spend_week", spend)
        for each in fields(self):
            part = getattr(self, each.name)
            if isinstance(part, LogNormal | Normal):
                object.__setattr__(self, each.name, part.over(channels))
        object.__setattr__(self, "order_sd", _spread(np.asarray(self.order_sd, dtype=np.float64), channels))
        object.__setattr__(self, "week_sd", np.broadcast_to(np.asarray(self.week_sd, np.float64), (channels, 3)))


@dataclass(frozen=True, eq=False, kw_only=True)
class FunnelDraws:
    """Draws of C channels, (D, C) unless said; draw d of every field belongs together."""

    spend_week: Array  # (C,)
    spend_seen: Array  # (C,) largest weekly spend ever observed; the planned one while nothing is
    frequency_ref: Array  # (C,) weekly frequency at spend_week, where ctr holds
    cpm: Array
    cpm_elasticity: Array
    audience: Array
    evenness: Array
    ctr: Array
    fatigue: Array
    cvr: Array
    cvr_elasticity: Array
    value: Array
    incrementality: Array
    delay_days: Array
    order_sd: Array  # (C,)
    week_sd: Array  # (D, C, 3)

    def clipped(self) -> "FunnelDraws":
        """With slopes inside the limits that keep conversions rising and concave in spend."""
        eta, phi = np.clip(self.cpm_elasticity, 0.0, 0.6), np.clip(self.fatigue, 0.0, 0.9)
        psi = np.clip(self.cvr_elasticity, 0.0, 0.9 * (1 - eta) * (1 - phi))
        return replace(self, cpm_elasticity=eta, fatigue=phi, cvr_elasticity=psi)


@dataclass(frozen=True, eq=False, kw_only=True)
class Outcomes:
    """Results by week: `spend` (C, T), the others (D, C, T) unless said."""

    spend: Array
    impressions: Array
    reach: Array  # distinct people since the first week of `spend`
    clicks: Array
    conversions: Array
    value: Array
    incrementality: Array  # (D, C)
    extrapolated: Flags  # (C, T) spend above twice what was ever seen

    @property
    def frequency(self) -> Array:
        """Impressions so far a person reached so far; 0 before anybody is."""
        return ratio_of(np.cumsum(self.impressions, axis=-1), self.reach)

    @property
    def incremental_conversions(self) -> Array:
        """Conversions that would not have happened without the media."""
        return self.conversions * self.incrementality[:, :, None]

    @property
    def incremental_value(self) -> Array:
        """Value that would not have come without the media."""
        return self.value * self.incrementality[:, :, None]


def draw_funnel(prior: FunnelPrior, *, rng: np.random.Generator, draws: int = 1000) -> FunnelDraws:
    """Joint draws of the prior, slopes clipped."""
    return _draws_of(
        prior,
        {name: getattr(prior, name).draw(rng, draws) for name in _UNCERTAIN},
        np.broadcast_to(prior.week_sd, (draws, *prior.week_sd.shape)),
    )


def likely_draws(prior: FunnelPrior) -> FunnelDraws:
    """One draw (D = 1) at the medians and means, slopes clipped: the plan at its likely figures."""
    middle = {name: _middle(getattr(prior, name))[None] for name in _UNCERTAIN}
    return _draws_of(prior, middle, prior.week_sd[None])


_UNCERTAIN = (
    "cpm",
    "cpm_elasticity",
    "audience",
    "evenness",
    "ctr",
    "fatigue",
    "cvr",
    "cvr_elasticity",
    "value",
    "incrementality",
    "delay_days",
)


def _middle(part: LogNormal | Normal) -> Array:
    return part.median if isinstance(part, LogNormal) else part.mean


def _draws_of(prior: FunnelPrior, parts: dict[str, Array], week_sd: Array) -> FunnelDraws:
    shown = 1000 * prior.spend_week / prior.cpm.median
    return FunnelDraws(
        spend_week=prior.spend_week,
        spend_seen=prior.spend_week,
        frequency_ref=shown / reach_of(shown, prior.audience.median, prior.evenness.median),
        order_sd=prior.order_sd,
        week_sd=week_sd,
        **parts,
    ).clipped()


def calibrated(
    draws: FunnelDraws, iroas: npt.ArrayLike, attributed_roas: npt.ArrayLike, *, rng: np.random.Generator
) -> FunnelDraws:
    """The draws with `incrementality` = what a sales model found (`iroas` (M, C)) over what platforms claim (C,).

    NaN in either: the channel keeps its incrementality. Draws of the sales model are resampled; row by row they belong
    together.
    """
    channels = draws.spend_week.size
    found = as_array("iroas", iroas, (None, channels), nan=True)
    claimed = as_array("attributed_roas", attributed_roas, (channels,), nan=True)
    rows = rng.integers(len(found), size=len(draws.cpm))
    known = np.isfinite(found).all(axis=0) & (claimed > 0)
    share = found[rows] / np.where(known, claimed, 1.0)
    return replace(draws, incrementality=np.where(known, share, draws.incrementality))


def expect(draws: FunnelDraws, spend: npt.ArrayLike, *, season: Season | None = None) -> Outcomes:
    """Means given the parameters, no weekly noise; spend (C, T), `season` of the same weeks.

    Also the response curve: a grid (C, G) as `spend` gives each column as a week of its own (reach excepted, which
    adds up over the columns).
    """
    return _outcomes(draws, spend, None, season)


def simulate(
    draws: FunnelDraws, spend: npt.ArrayLike, *, rng: np.random.Generator, season: Season | None = None
) -> Outcomes:
    """What a week may really show: `expect` with weekly noise and counting chance; spend (C, T)."""
    return _outcomes(draws, spend, rng, season)


def _outcomes(
    draws: FunnelDraws, spend: npt.ArrayLike, rng: np.random.Generator | None, season: Season | None
) -> Outcomes:
    money = as_array("spend", spend, (draws.spend_week.size, None))
    if season is not None and season.price.shape != money.shape:
        raise ValueError(f"season: found shape {season.price.shape}, expected that of spend {money.shape}")
    live = money > 0
    base = draws.spend_week[:, None]
    step = np.log(np.where(live, money, base) / base)
    impressions = 1000 * money / (draws.cpm[..., None] * np.exp(draws.cpm_elasticity[..., None] * step))
    impressions = impressions if season is None else impressions / season.price
    impressions = impressions * _week_noise(draws, 0, impressions, rng)
    clicks = _counted(_click_means(draws, impressions) * _week_noise(draws, 1, impressions, rng), rng)
    clicks = np.minimum(clicks, impressions if rng is None else np.floor(impressions))
    conversions = clicks * draws.cvr[..., None] * np.exp(-draws.cvr_elasticity[..., None] * step)
    conversions = conversions if season is None else conversions * season.demand
    conversions = _counted(conversions * _week_noise(draws, 2, impressions, rng), rng)
    return Outcomes(
        spend=money,
        impressions=impressions,
        reach=_reach(draws, np.cumsum(impressions, axis=-1)),
        clicks=clicks,
        conversions=conversions,
        value=conversions * draws.value[..., None] * _order_noise(draws, conversions, rng),
        incrementality=draws.incrementality,
        extrapolated=money > EXTRAPOLATED * draws.spend_seen[:, None],
    )


def _reach(draws: FunnelDraws, impressions: Array) -> Array:
    return reach_of(impressions, draws.audience[..., None], draws.evenness[..., None])


def _click_means(draws: FunnelDraws, impressions: Array) -> Array:
    frequency = ratio_of(impressions, _reach(draws, impressions), empty=1.0) / draws.frequency_ref[:, None]
    return impressions * draws.ctr[..., None] * frequency ** -draws.fatigue[..., None]


def _week_noise(draws: FunnelDraws, link: int, like: Array, rng: np.random.Generator | None) -> Array | float:
    """A factor of mean one."""
    if rng is None:
        return 1.0
    sd = draws.week_sd[:, :, link, None]
    return np.exp(sd * rng.standard_normal(like.shape) - sd**2 / 2)


def _counted(means: Array, rng: np.random.Generator | None) -> Array:
    return means if rng is None else rng.poisson(np.minimum(means, MOST)).astype(np.float64)


def _order_noise(draws: FunnelDraws, conversions: Array, rng: np.random.Generator | None) -> Array | float:
    """Mean value of the week's orders over the expected one: the more orders, the nearer to one."""
    if rng is None:
        return 1.0
    variance = np.log1p(np.expm1(draws.order_sd**2)[:, None] / np.maximum(conversions, 1.0))
    return np.exp(np.sqrt(variance) * rng.standard_normal(conversions.shape) - variance / 2)


def delay_shares(mean_days: npt.ArrayLike, weeks: int) -> Array:
    """Shares of conversions booked 0, 1, .. weeks - 1 weeks after the click's week, and later: (..., weeks + 1).

    Clicks spread evenly over their week, exponential delay of `mean_days` >= 0.
    """
    days = np.asarray(mean_days, dtype=np.float64)[..., None]
    if weeks < 1 or not (days >= 0).all():
        raise ValueError(f"delay_shares: found {weeks} weeks, days {mean_days!r}, expected weeks >= 1 and days >= 0")
    kept = np.exp(-7 / np.maximum(days, 0.01))
    first = 1 - (1 - kept) * days / 7
    later = days / 7 * (1 - kept) ** 2 * kept ** np.arange(weeks - 1)
    return np.concatenate([first, later, days / 7 * (1 - kept) * kept ** (weeks - 1)], axis=-1)
