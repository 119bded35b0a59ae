"""The weighted regressions behind learning: counts, logarithms, people reached, and pooling of slopes.

All are batched over channels and closed in form: a few rounds of reweighted least squares, no sampler.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.arrays import Array
from models.reach import reach_of

PRIOR_WEEKS = 6.0  # weeks that the prior of the weekly noise is worth
NOISE_RANGE = (0.02, 1.0)
MOST_ROUNDS, SETTLED, LONGEST_STEP = 12, 1e-6, 2.0
LARGEST_LEVERAGE = 0.9
PREDICTOR_RANGE = (-20.0, 25.0)
POOL_CHANNELS, POOL_ROUNDS = 4.0, 3
REACH_SD, REACH_STEPS, REACH_STEP = 0.05, 8, 1.0
VALUE_SD, VALUE_ROUNDS = 0.05, 4


class Slope(NamedTuple):
    """Prior of a link's slopes: means (C,), sd of the deviation all channels share, sd of each channel around it."""

    mean: Array
    sd: float
    pool_sd: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Link:
    """One link of C channels: `E ln response` or `ln E response` = offset + intercept + slope * covariate.

    response, offset, covariate, weight (C, T), weight 0 where a week says nothing; the rest is the prior.
    """

    counts: bool  # negative binomial counts, else normal logarithms
    response: Array
    offset: Array
    covariate: Array
    weight: Array
    intercept: Array  # (C,)
    intercept_sd: Array  # (C,) > 0
    slope: Slope
    noise: Array  # (C,) weekly noise expected before any data


@dataclass(frozen=True, eq=False)
class Fit:
    """Posterior of (intercept, slope): mean (C, 2), covariance (C, 2, 2); weekly noise and degrees of freedom (C,)."""

    mean: Array
    covariance: Array
    noise: Array
    freedom: Array

    def draw(self, rng: np.random.Generator, draws: int) -> tuple[Array, Array]:
        """Student-t draws of intercept and slope (draws, C)."""
        normal = rng.standard_normal((draws, *self.mean.shape))
        scale = np.sqrt(rng.chisquare(self.freedom, (draws, self.freedom.size)) / self.freedom)
        drawn = np.einsum("cij,dcj->dci", np.linalg.cholesky(self.covariance), normal) / scale[..., None]
        drawn = drawn + self.mean
        return drawn[..., 0], drawn[..., 1]


def fit_pooled(link: Link) -> Fit:
    """The link with slopes pooled over its channels: `slope_c ~ N(mean_c + d, s^2)`, `d ~ N(0, sd^2)`.

    Three rounds of EM for s; each channel's prior of d leaves the channel's own weeks out, so that one channel alone
    gets the plain prior.
    """
    prior, spread, shared = link.slope, link.slope.pool_sd**2, 0.0
    for _ in range(POOL_ROUNDS):
        fit = fit_link(link, prior.mean + shared, np.full(prior.mean.shape, spread))
        own, own_var = fit.mean[:, 1] - prior.mean, fit.covariance[:, 1, 1]
        precision = np.maximum(1 / own_var - 1 / spread, 1e-9)
        weight = 1 / (spread + 1 / precision)
        pull = weight * (own / own_var - shared / spread) / precision
        shared = float(pull.sum() / (1 / prior.sd**2 + weight.sum()))
        around = ((own - shared) ** 2 + own_var).sum()
        spread = float((POOL_CHANNELS * prior.pool_sd**2 + around) / (POOL_CHANNELS + own.size))
    others = 1 / prior.sd**2 + weight.sum() - weight
    return fit_link(link, prior.mean + (pull.sum() - pull) / others, spread + 1 / others)


def fit_link(link: Link, slope: Array, slope_var: Array) -> Fit:
    """Posterior under a normal prior of each channel's slope (C,), with the weekly noise fitted along."""
    prior = np.stack([link.intercept, slope], axis=1)
    prior_precision = np.zeros((slope.size, 2, 2))
    prior_precision[:, 0, 0], prior_precision[:, 1, 1] = 1 / link.intercept_sd**2, 1 / slope_var
    design = np.stack([np.ones(link.covariate.shape), link.covariate], axis=-1)
    mean, noise_var = prior, link.noise**2
    for _ in range(MOST_ROUNDS):
        linear = np.einsum("ctp,cp->ct", design, mean)
        information, working, trust, excess = _week_terms(link, linear, noise_var[:, None])
        weighted = design * (link.weight * information)[..., None]
        covariance = np.linalg.inv(np.einsum("ctp,ctq->cpq", weighted, design) + prior_precision)
        pull = np.einsum("ctp,ct->cp", weighted, working) + np.einsum("cpq,cq->cp", prior_precision, prior)
        step = np.clip(np.einsum("cpq,cq->cp", covariance, pull) - mean, -LONGEST_STEP, LONGEST_STEP)
        leverage = np.einsum("ctp,cpq,ctq->ct", design, covariance, design) * information
        spread = excess + np.minimum(leverage, LARGEST_LEVERAGE) * noise_var[:, None]
        fitted = (PRIOR_WEEKS * link.noise**2 + (trust * spread).sum(axis=1)) / (PRIOR_WEEKS + trust.sum(axis=1))
        noise_var = np.clip(fitted, NOISE_RANGE[0] ** 2, NOISE_RANGE[1] ** 2)
        mean = mean + step
        if np.abs(step).max(initial=0.0) < SETTLED:
            break
    return Fit(mean, covariance, np.sqrt(noise_var), PRIOR_WEEKS + trust.sum(axis=1))


def _week_terms(link: Link, linear: Array, noise_var: Array) -> tuple[Array, Array, Array, Array]:
    """Information a week, working response, trust in the week's noise, squared residual beyond counting chance."""
    if not link.counts:
        residual = link.response - link.offset - linear
        return np.broadcast_to(1 / noise_var, linear.shape), linear + residual, link.weight, residual**2
    mean = np.exp(np.clip(link.offset + linear, *PREDICTOR_RANGE))
    residual = (link.response - mean) / mean
    trust = link.weight * (noise_var / (noise_var + 1 / mean)) ** 2
    return mean / (1 + mean * noise_var), linear + residual, trust, residual**2 - 1 / mean


def fit_reach(impressions: Array, reach: Array, weight: Array, prior: Array, prior_sd: Array) -> Fit:
    """Posterior of (ln audience, ln evenness) from people reached a week; impressions, reach, weight (C, T).

    `ln reach` is normal with sd .05 around the negative binomial; Gauss-Newton, steps clipped at 1. prior (C, 2).
    """
    live = weight > 0
    shown, log_reach = np.where(live, impressions, 1.0), np.log(np.where(live, reach, 1.0))
    precision = np.zeros((len(prior), 2, 2))
    precision[:, 0, 0], precision[:, 1, 1] = 1 / prior_sd[:, 0] ** 2, 1 / prior_sd[:, 1] ** 2
    mean = prior
    for _ in range(REACH_STEPS):
        people, even = np.exp(mean)[:, 0, None], np.exp(mean)[:, 1, None]
        slopes = _reach_slopes(shown, people, even)
        weighted = slopes * (weight / REACH_SD**2)[..., None]
        residual = log_reach - np.log(reach_of(shown, people, even))
        covariance = np.linalg.inv(np.einsum("ctp,ctq->cpq", weighted, slopes) + precision)
        pull = np.einsum("ctp,ct->cp", weighted, residual) + np.einsum("cpq,cq->cp", precision, prior - mean)
        mean = mean + np.clip(np.einsum("cpq,cq->cp", covariance, pull), -REACH_STEP, REACH_STEP)
    return Fit(mean, covariance, np.full(len(prior), REACH_SD), PRIOR_WEEKS + weight.sum(axis=1))


def _reach_slopes(shown: Array, people: Array, even: Array) -> Array:
    """Derivatives of ln reach by ln audience and ln evenness (C, T, 2)."""
    x = shown / (people * even)
    unseen = (1 + x) ** -even
    scale = even * unseen / np.maximum(1 - unseen, 1e-300)
    return np.stack([1 - scale * x / (1 + x), scale * (np.log1p(x) - x / (1 + x))], axis=-1)


@dataclass(frozen=True, eq=False)
class ValueFit:
    """Posterior of ln value of a conversion (C,), and the spread of single orders."""

    mean: Array
    sd: Array
    order_sd: Array


def fit_value(value: Array, conversions: Array, weight: Array, prior: Array, prior_sd: Array, sd: Array) -> ValueFit:
    """From weekly value and conversions (C, T): an average of n orders varies by `ln(1 + (e^(order_sd^2) - 1) / n)`.

    The squared coefficient of variation of orders is fitted along, its prior worth six weeks.
    """
    live = weight > 0
    orders = np.where(live, conversions, 1.0)
    ratio = np.log(np.where(live, value, 1.0) / orders)
    before = np.expm1(sd**2)
    variation = before
    for _ in range(VALUE_ROUNDS):
        chance = np.log1p(variation[:, None] / orders)
        variance = VALUE_SD**2 + chance
        precision = (weight / variance).sum(axis=1) + 1 / prior_sd**2
        mean = ((weight * (ratio + chance / 2) / variance).sum(axis=1) + prior / prior_sd**2) / precision
        fit = (weight * (ratio + chance / 2 - mean[:, None]) ** 2 / variance).sum(axis=1)
        times = (PRIOR_WEEKS * before / variation + fit) / (PRIOR_WEEKS + weight.sum(axis=1))
        variation = np.clip(variation * times, 1e-3, 100.0)
    return ValueFit(mean, 1 / np.sqrt(precision), np.sqrt(np.log1p(variation)))
