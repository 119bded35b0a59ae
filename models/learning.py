"""Learning from uploads: prior draws become posterior draws of the same type.

Each channel is a chain of log-linear regressions: price, reach, clicks, conversions, value. What a channel does not
report keeps its prior draw, and the next link that is observed is solved so that the product is right.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.arrays import Array
from models.funnel import PLANNED_WEEK_SD, FunnelDraws, FunnelPrior, LogNormal, Normal, draw_funnel
from models.history import History, Weeks, best_half_life
from models.reach import reach_of
from models.regression import Fit, Link, Slope, fit_pooled, fit_reach, fit_value

CLICKS_BY_SPEND = (-0.20, 0.15, 0.12)  # slope: mean, sd of the mean, sd of a channel around it
CLICKS_FROM_SPEND = (0.80, 0.10, 0.10)
CONVERSIONS_BY_SPEND = (-0.20, 0.10, 0.10)
CONVERSIONS_FROM_SPEND = (0.70, 0.10, 0.10)
PRICE_POOL, CLICK_POOL, CONVERSION_POOL = 0.06, 0.12, 0.06
SPEND_ONLY_NOISE = 0.25
SHOWN, CLICKED = ("full", "no reach", "no clicks"), ("full", "no reach", "no impressions")
PRICE, CLICKS, CONVERSIONS = range(3)
LEAST_SD = 1e-4
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Learned:
    """Posterior draws; `half_life` in weeks (inf: nothing forgotten); `own_share` (C,): how much of this is yours.

    `links`, a code per channel: "full", "no reach", "no impressions", "no clicks", "spend only", "no data".
    """

    draws: FunnelDraws
    half_life: float
    own_share: Array
    links: tuple[str, ...]


def learn_funnel(
    history: History,
    prior: FunnelPrior,
    *,
    rng: np.random.Generator,
    draws: int = 1000,
    half_life: float | None = None,
) -> Learned:
    """Posterior draws of every channel; `half_life` in weeks is chosen from the data where none is given."""
    if history.spend.shape[0] != prior.spend_week.size:
        raise ValueError(
            f"history: found {history.spend.shape[0]} channels, expected the prior's {prior.spend_week.size}"
        )
    remembered = best_half_life(history) if half_life is None else half_life
    weeks = Weeks.of(history, prior.spend_week, remembered)
    chain = _Chain.start(weeks, prior, rng, draws)
    chain = chain.with_price().with_reach().with_clicks().with_conversions().with_value()
    posterior = replace(chain.draws, week_sd=np.broadcast_to(chain.noise, (draws, *chain.noise.shape)))
    after = np.log(posterior.ctr * posterior.cvr / posterior.cpm).var(axis=0)
    before = prior.ctr.log_sd**2 + prior.cvr.log_sd**2 + prior.cpm.log_sd**2
    own = np.clip(1 - after / np.maximum(before, 1e-12), 0.0, 1.0)
    return Learned(posterior.clipped(), remembered, np.where(weeks.seen, own, 0.0), weeks.links)


@dataclass(frozen=True, eq=False)
class _Chain:
    """Draws on the way from prior to posterior; `prior` is the one moved to the reference spend."""

    weeks: Weeks
    planned: FunnelPrior
    prior: FunnelPrior
    draws: FunnelDraws
    noise: Array  # (C, 3)
    rng: np.random.Generator

    @classmethod
    def start(cls, weeks: Weeks, planned: FunnelPrior, rng: np.random.Generator, draws: int) -> "_Chain":
        """Everything at its prior, its medians moved from the planned to the reference spend by the elasticities."""
        step = np.log(weeks.spend_ref / planned.spend_week)
        moved = replace(
            planned,
            spend_week=weeks.spend_ref,
            cpm=_times(planned.cpm, np.exp(planned.cpm_elasticity.mean * step)),
            cvr=_times(planned.cvr, np.exp(-planned.cvr_elasticity.mean * step)),
        )
        drawn = draw_funnel(moved, rng=rng, draws=draws)
        seen = np.where(weeks.seen, weeks.spend.max(axis=1, initial=0.0), planned.spend_week)
        noise = np.where(weeks.seen[:, None], 0.0, planned.week_sd)
        chain = cls(weeks, planned, moved, replace(drawn, spend_seen=seen), noise, rng)
        return chain._at_frequency(moved.audience.median, moved.evenness.median)

    def _at_frequency(self, people: Array, even: Array) -> "_Chain":
        """Reference frequency at the mean impressions; the prior click rate moved there from the planned spend."""
        shown = np.where(self.weeks.impressions > 0, self.weeks.impressions, 0.0)
        usual = shown.sum(axis=1) / np.maximum((shown > 0).sum(axis=1), 1)
        usual = np.where(usual > 0, usual, 1000 * self.prior.spend_week / self.prior.cpm.median)
        ratio = self.planned.spend_week / self.prior.spend_week
        before = usual * ratio ** (1 - self.prior.cpm_elasticity.mean)
        now, then = usual / reach_of(usual, people, even), before / reach_of(before, people, even)
        ctr = _times(self.planned.ctr, (now / then) ** -self.prior.fatigue.mean)
        drawn = replace(self.draws, frequency_ref=now, ctr=self.draws.ctr * (ctr.median / self.prior.ctr.median))
        return replace(self, prior=replace(self.prior, ctr=ctr), draws=drawn)

    def with_price(self) -> "_Chain":
        """Money per thousand impressions against spend; `cpm` such that mean impressions are right."""
        at = self.weeks.channels(*SHOWN)
        shown = np.where(self.weeks.impressions > 0, self.weeks.impressions, np.nan)
        fit = self._fitted(
            at,
            counts=False,
            response=np.log(np.where(self.weeks.spend > 0, 1000 * self.weeks.spend, np.nan) / shown)
            - np.log(self.weeks.price),
            intercept=self.prior.cpm,
            slope=_slope(self.prior.cpm_elasticity, PRICE_POOL),
        )
        level, eta = fit.draw(self.rng, self._many)
        return self._with(at, cpm=np.exp(level - fit.noise**2 / 2), cpm_elasticity=eta)._noisy(at, PRICE, fit)

    def with_reach(self) -> "_Chain":
        """Audience and evenness from the people of a week; then the frequency at which the click rate holds."""
        at = self.weeks.channels("full")
        weight = self.weeks.weighted(np.log(_positive(self.weeks.impressions)), np.log(_positive(self.weeks.reach)))
        audience, evenness = self.prior.audience, self.prior.evenness
        prior = np.log(np.stack([audience.median, evenness.median], axis=1))
        sd = _spread(np.stack([audience.log_sd, evenness.log_sd], axis=1))
        fit = fit_reach(self.weeks.impressions[at], self.weeks.reach[at], weight[at], prior[at], sd[at])
        people, even = fit.draw(self.rng, self._many)
        prior[at] = fit.mean
        chain = self._with(at, audience=np.exp(people), evenness=np.exp(even))
        return chain._at_frequency(*np.exp(prior).T)

    def with_clicks(self) -> "_Chain":
        """Clicks against frequency; against spend where people or impressions are not reported."""
        return self._clicks_by_frequency()._clicks_by_spend()._clicks_from_spend()

    def _clicks_by_frequency(self) -> "_Chain":
        at, weeks, draws = self.weeks.channels("full"), self.weeks, self.draws
        shown = _positive(weeks.impressions)
        people, even = np.median(draws.audience, axis=0)[:, None], np.median(draws.evenness, axis=0)[:, None]
        fit = self._fitted(
            at,
            response=weeks.clicks,
            offset=np.log(shown),
            covariate=np.log(shown / reach_of(shown, people, even) / draws.frequency_ref[:, None]),
            intercept=self.prior.ctr,
            slope=_slope(self.prior.fatigue, CLICK_POOL, sign=-1.0),
        )
        level, slope = fit.draw(self.rng, self._many)
        return self._with(at, ctr=np.exp(level), fatigue=-slope)._noisy(at, CLICKS, fit)

    def _clicks_by_spend(self) -> "_Chain":
        """The slope goes into the conversion rate's, which follows spend too."""
        at = self.weeks.channels("no reach")
        fit = self._fitted(
            at,
            response=self.weeks.clicks,
            offset=np.log(_positive(self.weeks.impressions)),
            intercept=self.prior.ctr,
            slope=self._same_slope(CLICKS_BY_SPEND),
        )
        level, slope = fit.draw(self.rng, self._many)
        chain = self._with(at, ctr=np.exp(level), fatigue=np.zeros(slope.shape), cvr_elasticity=-slope)
        return chain._noisy(at, CLICKS, fit)

    def _clicks_from_spend(self) -> "_Chain":
        at, prior = self.weeks.channels("no impressions"), self.prior
        fit = self._fitted(
            at,
            response=self.weeks.clicks,
            offset=-np.log(self.weeks.price),
            intercept=_product(prior.ctr, prior.cpm, self._per_cpm, -1.0),
            slope=self._same_slope(CLICKS_FROM_SPEND),
        )
        level, slope = fit.draw(self.rng, self._many)
        ctr = np.exp(level) * self.draws.cpm[:, at] / self._per_cpm[at]
        chain = self._with(at, ctr=ctr, cpm_elasticity=1 - slope, fatigue=np.zeros(slope.shape))
        return chain._noisy(at, CLICKS, fit)

    def with_conversions(self) -> "_Chain":
        """Conversions a click; an impression where clicks are not reported; from spend where nothing else is."""
        return self._conversions_of_clicks()._conversions_of_impressions()._conversions_from_spend()

    def _conversions_of_clicks(self) -> "_Chain":
        at, weeks = self.weeks.channels(*CLICKED), self.weeks
        fit = self._fitted(
            at,
            response=weeks.conversions,
            offset=np.log(np.maximum(weeks.clicks, 0.5) * weeks.arrived),
            intercept=self.prior.cvr,
            slope=_slope(self.prior.cvr_elasticity, CONVERSION_POOL, sign=-1.0),
        )
        level, slope = fit.draw(self.rng, self._many)
        merged = np.array([self.weeks.links[c] == "no reach" for c in at], dtype=np.bool_)
        psi = -slope + np.where(merged, self.draws.cvr_elasticity[:, at], 0.0)
        return self._with(at, cvr=np.exp(level), cvr_elasticity=psi)._noisy(at, CONVERSIONS, fit)

    def _conversions_of_impressions(self) -> "_Chain":
        at, weeks = self.weeks.channels("no clicks"), self.weeks
        fit = self._fitted(
            at,
            response=weeks.conversions,
            offset=np.log(_positive(weeks.impressions) * weeks.arrived),
            intercept=_product(self.prior.ctr, self.prior.cvr, 1.0, 1.0),
            slope=self._same_slope(CONVERSIONS_BY_SPEND),
        )
        level, slope = fit.draw(self.rng, self._many)
        cvr = np.exp(level) / self.draws.ctr[:, at]
        chain = self._with(at, cvr=cvr, cvr_elasticity=-slope, fatigue=np.zeros(slope.shape))
        return chain._noisy(at, CONVERSIONS, fit)

    def _conversions_from_spend(self) -> "_Chain":
        at, prior = self.weeks.channels("spend only"), self.prior
        fit = self._fitted(
            at,
            response=self.weeks.conversions,
            offset=np.log(self.weeks.arrived / self.weeks.price),
            intercept=_product(_product(prior.ctr, prior.cvr, 1.0, 1.0), prior.cpm, self._per_cpm, -1.0),
            slope=self._same_slope(CONVERSIONS_FROM_SPEND),
            noise=SPEND_ONLY_NOISE,
        )
        level, slope = fit.draw(self.rng, self._many)
        cvr = np.exp(level) * self.draws.cpm[:, at] / (self._per_cpm[at] * self.draws.ctr[:, at])
        psi = 1 - self.draws.cpm_elasticity[:, at] - slope
        chain = self._with(at, cvr=cvr, cvr_elasticity=psi, fatigue=np.zeros(slope.shape))
        return chain._noisy(at, CONVERSIONS, fit)

    def with_value(self) -> "_Chain":
        """Value of a conversion, and how much single orders vary."""
        weeks, prior = self.weeks, self.prior
        weight = weeks.weighted(np.log(_positive(weeks.value)), np.log(_positive(weeks.conversions)))
        fit = fit_value(
            weeks.value,
            weeks.conversions,
            weight,
            np.log(prior.value.median),
            _spread(prior.value.log_sd),
            np.maximum(prior.order_sd, 0.05),
        )
        value = np.exp(fit.mean + fit.sd * self.rng.standard_normal((self._many, len(fit.mean))))
        return replace(self, draws=replace(self.draws, value=value, order_sd=fit.order_sd))

    @property
    def _many(self) -> int:
        return len(self.draws.cpm)

    @property
    def _per_cpm(self) -> Array:
        return 1000 * self.prior.spend_week

    def _fitted(
        self,
        at: Places,
        *,
        response: Array,
        intercept: LogNormal,
        slope: Slope,
        offset: Array | None = None,
        covariate: Array | None = None,
        counts: bool = True,
        noise: float | None = None,
    ) -> Fit:
        """The pooled fit of some channels, weeks with anything unknown left out; the covariate is spend by default."""
        offset = np.zeros(response.shape) if offset is None else offset
        covariate = self.weeks.step if covariate is None else covariate
        weight = self.weeks.weighted(response, offset, covariate)
        known = {
            name: np.where(weight > 0, part, 0.0)[at]
            for name, part in (("response", response), ("offset", offset), ("covariate", covariate))
        }
        return fit_pooled(
            Link(
                counts=counts,
                **known,
                weight=weight[at],
                intercept=np.log(intercept.median)[at],
                intercept_sd=_spread(intercept.log_sd)[at],
                slope=slope._replace(mean=slope.mean[at]),
                noise=np.full(len(at), PLANNED_WEEK_SD if noise is None else noise),
            )
        )

    def _with(self, at: Places, **columns: Array) -> "_Chain":
        """With the draws of some channels replaced."""
        changed = {}
        for name, values in columns.items():
            changed[name] = np.array(getattr(self.draws, name))
            changed[name][:, at] = values
        return replace(self, draws=replace(self.draws, **changed))

    def _noisy(self, at: Places, link: int, fit: Fit) -> "_Chain":
        noise = self.noise.copy()
        noise[at, link] = fit.noise
        return replace(self, noise=noise)

    def _same_slope(self, prior: tuple[float, float, float]) -> Slope:
        return Slope(np.full(self.prior.spend_week.shape, prior[0]), *prior[1:])


def _slope(prior: Normal, pool_sd: float, sign: float = 1.0) -> Slope:
    return Slope(sign * prior.mean, max(float(prior.sd.mean()), LEAST_SD), pool_sd)


def _spread(sd: Array) -> Array:
    return np.maximum(sd, LEAST_SD)


def _positive(values: Array) -> Array:
    return np.where(values > 0, values, np.nan)


def _times(part: LogNormal, factor: Array) -> LogNormal:
    return LogNormal(part.median * factor, part.log_sd)


def _product(one: LogNormal, other: LogNormal, factor: Array | float, power: float) -> LogNormal:
    return LogNormal(one.median * other.median**power * factor, np.hypot(one.log_sd, other.log_sd))
