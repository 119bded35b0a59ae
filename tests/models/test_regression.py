"""The regressions against likelihoods written out and maximised by a general optimiser."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import gammaln

from models.arrays import Array
from models.reach import reach_of
from models.regression import Fit, Link, Slope, fit_link, fit_pooled, fit_reach, fit_value

TRUE_LEVEL, TRUE_SLOPE = -4.0, -0.3


def link(counts: bool, channels: int = 1, weeks: int = 30, seed: int = 1, noise: float = 0.15) -> Link:
    """Weeks of one true level and slope."""
    rng = np.random.default_rng(seed)
    covariate = rng.normal(0, 0.5, (channels, weeks))
    offset = rng.normal(11, 0.3, (channels, weeks)) if counts else np.zeros((channels, weeks))
    linear = offset + TRUE_LEVEL + TRUE_SLOPE * covariate + rng.normal(0, noise, covariate.shape)
    return Link(
        counts=counts,
        response=rng.poisson(np.exp(linear)).astype(np.float64) if counts else linear,
        offset=offset,
        covariate=covariate,
        weight=rng.uniform(0.3, 1, covariate.shape),
        intercept=np.full(channels, -3.5),
        intercept_sd=np.full(channels, 0.5),
        slope=Slope(np.full(channels, -0.1), 0.1, 0.06),
        noise=np.full(channels, 0.15),
    )


def mode(of: Link, fit: Fit, slope: float, slope_var: float) -> Array:
    """Mode of the written-out posterior at the fitted weekly noise."""
    variance = float(fit.noise[0] ** 2)

    def loss(b: Array) -> float:
        linear = of.offset[0] + b[0] + b[1] * of.covariate[0]
        y, mean, size = of.response[0], np.exp(linear), 1 / variance
        if of.counts:
            each = gammaln(y + size) - gammaln(size) + y * np.log(mean / (mean + size)) - size * np.log1p(mean / size)
        else:
            each = -((y - linear) ** 2) / (2 * variance)
        before = (b[0] - of.intercept[0]) ** 2 / of.intercept_sd[0] ** 2 + (b[1] - slope) ** 2 / slope_var
        return float(-(of.weight[0] * each).sum() + before / 2)

    found: Array = minimize(
        loss, np.array([-3.5, slope]), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9}
    ).x
    return found


@pytest.mark.parametrize("counts", [True, False])
def test_mean_is_the_mode_of_the_posterior(counts: bool) -> None:
    """Reweighted least squares ends where a general optimiser of the likelihood and prior ends."""
    data = link(counts)
    fit = fit_link(data, np.array([-0.1]), np.array([0.04]))
    np.testing.assert_allclose(fit.mean[0], mode(data, fit, -0.1, 0.04), atol=2e-4)


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("noise", [0.05, 0.15, 0.4])
def test_weekly_noise_is_found(counts: bool, noise: float) -> None:
    """With many weeks the fitted noise is the true one."""
    fit = fit_pooled(link(counts, channels=4, weeks=600, noise=noise))
    np.testing.assert_allclose(fit.noise, noise, rtol=0.15)


@pytest.mark.parametrize("counts", [True, False])
def test_no_weeks_give_the_prior(counts: bool) -> None:
    """Without weight the level keeps its prior, and the slope of one channel the plain prior of both spreads."""
    data = link(counts)
    empty = Link(**{**vars(data), "weight": np.zeros(data.weight.shape)})
    fit = fit_pooled(empty)
    np.testing.assert_allclose(fit.mean[0], [-3.5, -0.1], atol=1e-6)
    np.testing.assert_allclose(np.sqrt(np.diag(fit.covariance[0])), [0.5, np.hypot(0.1, 0.06)], rtol=1e-3)


def test_slopes_lend_to_each_other() -> None:
    """A channel without weeks moves to the slope of the nine that have many; its range is narrower than alone."""
    data = link(True, channels=10, weeks=200)
    data.weight[0] = 0
    fit = fit_pooled(data)
    assert abs(fit.mean[0, 1] - TRUE_SLOPE) < 0.05
    assert fit.covariance[0, 1, 1] < 0.1**2 + 0.06**2


@pytest.mark.parametrize("counts", [True, False])
def test_draws_hold_the_truth(counts: bool) -> None:
    """90 % ranges hold level and slope in about 90 % of channels whose priors miss as far as they say."""
    rng = np.random.default_rng(3)
    told = {"intercept": rng.normal(TRUE_LEVEL, 0.5, 300), "weight": np.ones((300, 12))}
    data = Link(**{**vars(link(counts, channels=300, weeks=12, seed=3)), **told})
    fit = fit_link(data, rng.normal(TRUE_SLOPE, 0.3, 300), np.full(300, 0.3**2))
    for draws, truth in zip(fit.draw(np.random.default_rng(3), 600), (TRUE_LEVEL, TRUE_SLOPE), strict=True):
        low, high = np.quantile(draws, [0.05, 0.95], axis=0)
        assert 0.85 <= ((low <= truth) & (truth <= high)).mean() <= 0.97


def test_audience_and_evenness_are_found() -> None:
    """Many uneven weeks give both back; without weeks both keep their prior."""
    rng = np.random.default_rng(4)
    shown = rng.lognormal(11, 1.0, (2, 120))
    reach = reach_of(shown, 80_000.0, 0.7) * np.exp(0.05 * rng.standard_normal(shown.shape))
    weight = np.array([[1.0], [0.0]]) * np.ones(shown.shape)
    prior = np.log(np.array([[200_000.0, 0.8], [200_000.0, 0.8]]))
    fit = fit_reach(shown, reach, weight, prior, np.full((2, 2), 0.5))
    sd = np.sqrt(np.diag(fit.covariance[0]))
    assert (sd < 0.15).all()
    assert (np.abs(fit.mean[0] - np.log([80_000, 0.7])) < 3 * sd).all()
    np.testing.assert_allclose(fit.mean[1], prior[1])
    np.testing.assert_allclose(fit.covariance[1], np.eye(2) * 0.25)


def test_reach_fit_is_the_least_squares_answer() -> None:
    """Gauss-Newton ends where a general optimiser of the same squares ends."""
    rng = np.random.default_rng(5)
    shown = rng.lognormal(10.5, 0.5, (1, 8))
    reach = reach_of(shown, 50_000.0, 1.2) * np.exp(0.05 * rng.standard_normal(shown.shape))
    prior = np.log(np.array([[90_000.0, 0.8]]))
    fit = fit_reach(shown, reach, np.ones(shown.shape), prior, np.full((1, 2), 0.5))

    def loss(b: Array) -> float:
        squares = (np.log(reach) - np.log(reach_of(shown, np.exp(b[0]), np.exp(b[1])))) ** 2 / 0.05**2
        return float(squares.sum() + ((b - prior[0]) ** 2).sum() / 0.25)

    best = minimize(loss, prior[0], method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}).x
    np.testing.assert_allclose(fit.mean[0], best, atol=1e-3)


def test_value_and_spread_of_orders_are_found() -> None:
    """Weeks of real single orders give back the mean order and how much orders vary."""
    rng = np.random.default_rng(6)
    orders = rng.poisson(25, (1, 150)) + 1
    spread = 1.1
    value = np.array([[rng.lognormal(np.log(60) - spread**2 / 2, spread, n).sum() for n in orders[0]]])
    fit = fit_value(value, orders.astype(float), np.ones(value.shape), np.log([40.0]), np.array([0.5]), np.array([0.8]))
    assert np.exp(fit.mean[0]) == pytest.approx(60, rel=0.06)
    assert fit.order_sd[0] == pytest.approx(spread, rel=0.15)
    assert fit.sd[0] < 0.05


def test_few_orders_a_week_do_not_lower_the_mean() -> None:
    """Logarithms of averages of two orders lie far below the mean order; the fit knows by how much."""
    spread, orders = 0.8, np.full((12, 400), 2.0)
    chance = np.log1p(np.expm1(spread**2) / orders)
    normal = np.random.default_rng(7).standard_normal(orders.shape)
    value = 60 * orders * np.exp(np.sqrt(chance) * normal - chance / 2)
    told = np.full(12, np.log(60.0)), np.full(12, 0.5), np.full(12, spread)
    fit = fit_value(value, orders, np.ones(orders.shape), *told)
    assert np.exp(fit.mean.mean()) == pytest.approx(60, rel=0.03)
