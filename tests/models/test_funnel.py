"""Laws of the funnel."""

from dataclasses import fields, replace

import numpy as np
import pytest

from models import (
    FunnelDraws,
    FunnelPrior,
    LogNormal,
    Outcomes,
    delay_shares,
    draw_funnel,
    expect,
    likely_draws,
    simulate,
)
from models.arrays import Array
from tests.models import worlds

RESULTS = ("impressions", "reach", "clicks", "conversions", "value")


def drawn(seed: int = 1, channels: int = 3, draws: int = 300, money: float = 1.0) -> FunnelDraws:
    """Draws of unlike channels."""
    return draw_funnel(worlds.prior(channels, money=money), rng=np.random.default_rng(seed), draws=draws)


def results(outcomes: Outcomes) -> dict[str, Array]:
    """All results by name."""
    return {name: getattr(outcomes, name) for name in RESULTS}


def test_range_becomes_median_and_spread() -> None:
    """80 % of the draws of a low-likely-high prior lie between low and high, half below likely."""
    prior = LogNormal.from_range(np.array([2.0]), np.array([4.0]), np.array([8.0]))
    draws = prior.draw(np.random.default_rng(2), 40_000)[:, 0]
    assert abs(np.mean((draws > 2) & (draws < 8)) - 0.8) < 0.01
    assert abs(np.mean(draws < 4) - 0.5) < 0.01


@pytest.mark.parametrize("ends", [(0.0, 1.0, 2.0), (2.0, 1.0, 3.0), (1.0, 3.0, 2.0), (1.0, np.nan, 2.0)])
def test_unordered_range_is_refused(ends: tuple[float, float, float]) -> None:
    """A range is three rising positive numbers."""
    with pytest.raises(ValueError, match="expected 0 < low <= likely <= high"):
        LogNormal.from_range(*ends)


def test_chain_by_hand() -> None:
    """At the reference spend one channel's likely figures are the plain funnel arithmetic."""
    out = expect(likely_draws(worlds.prior(1)), np.array([[400.0]]))
    impressions = 1000 * 400 / 3
    assert out.impressions[0, 0, 0] == pytest.approx(impressions)
    assert out.clicks[0, 0, 0] == pytest.approx(impressions * 0.010)
    assert out.conversions[0, 0, 0] == pytest.approx(impressions * 0.010 * 0.020)
    assert out.value[0, 0, 0] == pytest.approx(impressions * 0.010 * 0.020 * 45)
    assert out.reach[0, 0, 0] == pytest.approx(60_000 * (1 - (1 + impressions / (60_000 * 0.8)) ** -0.8))


def test_curve_by_hand() -> None:
    """At twice the reference spend price, fatigue and conversion rate follow their elasticities."""
    out = expect(likely_draws(worlds.prior(1)), np.array([[400.0, 800.0]]))
    one, two = out.impressions[0, 0]
    assert two / one == pytest.approx(2 ** (1 - 0.12))

    def frequency(shown: float) -> float:
        return float(shown / (60_000 * (1 - (1 + shown / (60_000 * 0.8)) ** -0.8)))

    assert out.clicks[0, 0, 1] / two == pytest.approx(0.010 * (frequency(two) / frequency(one)) ** -0.35)
    rate = out.conversions[0, 0] / out.clicks[0, 0]
    assert rate[1] / rate[0] == pytest.approx(2**-0.08)


@pytest.mark.parametrize("chance", [False, True])
def test_zero_spend_gives_exactly_zero(chance: bool) -> None:
    """No money, nothing of anything, whatever the draws, and no warning."""
    draws, nothing = drawn(), np.zeros((3, 4))
    out = simulate(draws, nothing, rng=np.random.default_rng(3)) if chance else expect(draws, nothing)
    assert all((each == 0).all() for each in results(out).values())
    assert (out.frequency == 0).all()
    assert not out.extrapolated.any()


def test_rising_and_concave_in_every_draw() -> None:
    """Each further unit of money brings something, and never more than the one before."""
    draws = drawn(seed=4, draws=1000)
    wide = replace(draws, fatigue=draws.fatigue * 3, cvr_elasticity=draws.cvr_elasticity * 8).clipped()
    grid = np.linspace(0, 4000, 161) * np.ones((3, 1))
    for each in (draws, wide):
        out = expect(each, grid)
        for curve in (out.impressions, out.clicks, out.conversions, out.value):
            steps = np.diff(curve, axis=-1)
            assert (steps > 0).all()
            assert (np.diff(steps, axis=-1) <= 1e-9 * curve[..., -1:]).all()


@pytest.mark.parametrize("chance", [False, True])
def test_people_and_clicks_inside_their_limits(chance: bool) -> None:
    """Reach never passes the audience or the impressions so far and never falls; clicks never pass impressions."""
    draws, money = drawn(seed=5), worlds.spend(3, 12, 5) * 30
    draws = replace(draws, ctr=draws.ctr * 60)
    out = simulate(draws, money, rng=np.random.default_rng(5)) if chance else expect(draws, money)
    assert (out.reach <= draws.audience[..., None]).all()
    assert (out.reach <= np.cumsum(out.impressions, axis=-1)).all()
    assert (np.diff(out.reach, axis=-1) >= 0).all()
    assert (out.clicks <= out.impressions).all()
    assert (out.frequency[out.reach > 0] >= 1 - 1e-12).all()


def test_simulation_has_the_expected_mean() -> None:
    """Weekly chance moves single weeks, not the mean (2 %)."""
    likely = likely_draws(worlds.prior(3))
    many = replace(likely, **{f.name: _repeat(likely, f.name, 20_000) for f in fields(likely)})
    money = np.array([[400.0, 900.0], [300.0, 0.0], [50.0, 2000.0]])
    mean, chance = expect(likely, money), simulate(many, money, rng=np.random.default_rng(6))
    for name, want in results(mean).items():
        got = getattr(chance, name).mean(axis=0)
        np.testing.assert_allclose(got, want[0], rtol=0.02)
    assert (chance.conversions[:, 0, 0].std() > 1.5 * np.sqrt(mean.conversions[0, 0, 0])).all()


def _repeat(draws: FunnelDraws, name: str, times: int) -> Array:
    part: Array = getattr(draws, name)
    return np.repeat(part, times, axis=0) if part.shape[:1] == (1,) and part.ndim > 1 else part


def test_value_of_an_order_varies_as_told() -> None:
    """One order's value has the spread of `order_sd`; the mean of n orders varies as an average of n."""
    likely = likely_draws(worlds.prior(1))
    many = replace(likely, **{f.name: _repeat(likely, f.name, 20_000) for f in fields(likely)})
    out = simulate(many, np.array([[40.0, 40_000.0]]), rng=np.random.default_rng(7))
    conversions, value = out.conversions[:, 0], out.value[:, 0]
    single = np.log(value[conversions[:, 0] == 1, 0])
    assert single.std() == pytest.approx(0.8, rel=0.05)
    many_sd = np.sqrt(np.expm1(0.64) / conversions[:, 1].mean())
    assert np.log(value[:, 1] / conversions[:, 1]).std() == pytest.approx(many_sd, rel=0.05)


def test_another_currency_unit_is_another_number_only() -> None:
    """Money in a unit worth half: spend, price and value twice as large, counts the same."""
    money = worlds.spend(3, 6, 8)
    one, two = expect(drawn(8), money), expect(drawn(8, money=2.0), 2 * money)
    for name in ("impressions", "reach", "clicks", "conversions"):
        np.testing.assert_allclose(getattr(one, name), getattr(two, name), rtol=1e-12)
    np.testing.assert_allclose(2 * one.value, two.value, rtol=1e-12)


def test_channels_do_not_touch_each_other() -> None:
    """Two channels together are each alone."""
    prior, money = worlds.prior(2), worlds.spend(2, 5, 9)
    both = expect(likely_draws(prior), money)
    for channel in range(2):
        alone = expect(likely_draws(worlds.one_channel(prior, channel)), money[channel : channel + 1])
        for name, part in results(alone).items():
            np.testing.assert_array_equal(part[:, 0], getattr(both, name)[:, channel])


def test_same_seed_same_bits() -> None:
    """The same page twice shows the same number."""
    money = worlds.spend(3, 5, 10)
    first, second = (simulate(drawn(10), money, rng=np.random.default_rng(10)).value for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert (first != simulate(drawn(10), money, rng=np.random.default_rng(11)).value).any()


def test_incremental_is_a_share_per_draw() -> None:
    """Incremental results are attributed ones times the draw's incrementality."""
    draws = drawn(11)
    out = expect(draws, worlds.spend(3, 4, 11))
    np.testing.assert_array_equal(out.incremental_value, out.value * draws.incrementality[:, :, None])
    np.testing.assert_array_equal(out.incremental_conversions, out.conversions * draws.incrementality[:, :, None])


def test_far_beyond_what_was_spent_is_marked() -> None:
    """More than twice the largest week so far is extrapolated."""
    out = expect(drawn(12), np.array([[799.0, 801.0], [1299.0, 1301.0], [0.0, 5000.0]]))
    np.testing.assert_array_equal(out.extrapolated, [[False, True]] * 3)


@pytest.mark.parametrize("mean_days", [0.0, 1e-5, 0.3, 2.0, 9.0, 60.0])
def test_delay_shares_are_all_conversions(mean_days: float) -> None:
    """Shares sum to one, and agree with clicks at random moments and exponential delays."""
    shares = delay_shares(mean_days, 5)
    assert shares.shape == (6,)
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    rng = np.random.default_rng(13)
    week = np.minimum((rng.random(200_000) * 7 + rng.exponential(mean_days, 200_000)) // 7, 5).astype(int)
    np.testing.assert_allclose(shares, np.bincount(week, minlength=6) / 200_000, atol=0.005)


def test_delay_shares_take_many_means() -> None:
    """One row of shares for each mean."""
    assert delay_shares(np.full((4, 2), 2.0), 3).shape == (4, 2, 4)
    with pytest.raises(ValueError, match="weeks >= 1"):
        delay_shares(2.0, 0)


@pytest.mark.parametrize(
    ("money", "words"),
    [([[1.0, -1.0]], "negative"), ([[1.0, np.nan]], "NaN"), ([1.0, 2.0], "shape"), ([[1.0], [1.0]], "shape")],
)
def test_impossible_spend_is_refused(money: object, words: str) -> None:
    """Negative money, NaN and other shapes raise before anything is computed."""
    with pytest.raises(ValueError, match=words):
        expect(drawn(channels=1), np.array(money))


def test_prior_needs_money() -> None:
    """A channel without reference spend has no curve."""
    likely = LogNormal(np.array(1.0), np.array(0.1))
    with pytest.raises(ValueError, match="spend_week"):
        FunnelPrior(spend_week=np.zeros(1), cpm=likely, ctr=likely, cvr=likely, value=likely, audience=likely)
