"""Weekly sales with known truth that the tests of the sales model share."""

import numpy as np

from models.arrays import Array
from models.baseline import baseline_of
from models.sales import Level, Model

MEDIA_SHARE = 0.2


def spend(channels: int, weeks: int, seed: int = 99) -> Array:
    """Uneven weekly money with weeks of nothing, a fifth of sales of mean one."""
    rng = np.random.default_rng(seed)
    money = rng.lognormal(0, 0.6, (channels, weeks)) * (rng.random((channels, weeks)) > 0.2)
    scaled: Array = money * (MEDIA_SHARE / channels / money.mean(axis=1, keepdims=True))
    return scaled


def model(money: Array, sales: Array) -> Model:
    """The model's density with its usual prior, sales taken as they are."""
    channels, weeks = money.shape
    level = Level(np.full(channels, 0.3), np.diag(np.full(channels, 0.7**2)) + 0.9**2)
    return Model(money, sales, baseline_of(np.ones(weeks), None, 52.18, 2, 13), level, (), mean_sales=1.0)


def from_prior(money: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Parameters (P,) drawn from the prior and the weekly sales (T,) that they make."""
    weeks = money.shape[1]
    prior = model(money, np.ones(weeks))
    theta = prior.prior_mean + prior.prior_sd * rng.standard_normal(len(prior.prior_sd))
    channels = len(money)
    theta[:channels] = rng.multivariate_normal(prior.level.mean, prior.level.covariance)
    parts = prior.split(theta[None])
    curves = prior.curves(parts)
    media = (curves.level * prior.heights(parts[0], curves)[..., None]).sum(axis=0)[0]
    base = prior.baseline
    linear = base.all_weeks @ (base.mean + base.sd * rng.standard_normal(base.columns))
    return theta, linear + media + np.exp(theta[-1]) * rng.standard_normal(weeks)


def shop(money: Array, iroas: Array, rng: np.random.Generator, noise: float = 0.03) -> Array:
    """Sales (T,) of a shop outside the model's family: half-saturation at the mean, geometric carry-over, wavy base."""
    weeks = money.shape[1]
    sales = 1.0 + 0.1 * np.sin(np.arange(weeks) / 8.3)
    for row, brings in zip(money, iroas, strict=True):
        stock, level = row.mean(), np.zeros(weeks)
        for week, paid in enumerate(row):
            stock = 0.4 * stock + 0.6 * paid
            level[week] = stock / (stock + row[row > 0].mean())
        sales += brings * row.sum() * level / level.sum()
    whole: Array = sales + noise * rng.standard_normal(weeks)
    return whole
