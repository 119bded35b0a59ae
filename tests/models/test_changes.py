"""Laws of the explanation of change, against every order by brute force."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from models import Totals, draw_funnel, expect, explain_change, shapley, three_results
from models.arrays import Array
from tests.models import worlds


def side(seed: int, channels: int = 4, zeros: float = 0.25) -> Totals:
    """Counts with every kind of zero."""
    rng = np.random.default_rng(seed)

    def some(mean: float, whole: bool = True) -> Array:
        values = rng.gamma(2.0, mean / 2, channels)
        return np.where(rng.random(channels) < zeros, 0.0, np.round(values) if whole else values)

    factors = {"returns_kept": rng.uniform(0.8, 1, channels), "margin": rng.uniform(0.3, 0.6, channels)}
    return Totals(
        spend=some(900, whole=False),
        impressions=some(90_000),
        clicks=some(900),
        conversions=some(30),
        value=some(1500, whole=False),
        factors=factors,
        cost_factors={"fx": rng.uniform(1, 1.3, channels)},
    )


def moved(before: Totals, after: Totals) -> float:
    """Money that passed on both sides."""
    parts = [before.spend, after.spend, before.value, after.value]
    return float(sum(part.sum() for part in parts)) or 1.0


def by_orders(before: Mapping[str, Array], after: Mapping[str, Array], worth: Callable[..., Array]) -> dict[str, Array]:
    """Mean over all orders of changing the drivers one at a time."""
    orders = list(permutations(before))
    effects = {name: np.zeros(worth(before).shape) for name in before}
    for order in orders:
        now = dict(before)
        for name in order:
            was = worth(now)
            now[name] = after[name]
            effects[name] += (worth(now) - was) / len(orders)
    return effects


@pytest.mark.parametrize("seed", range(60))
def test_effects_sum_to_the_change(seed: int) -> None:
    """Nothing is lost and nothing invented, whatever is zero on either side; effects are finite."""
    before, after = side(2 * seed), side(2 * seed + 1)
    change = explain_change(before, after)
    total = sum(change.effects.values())
    np.testing.assert_allclose(total, change.total, atol=1e-9 * moved(before, after))
    np.testing.assert_allclose(change.before, before.profit)
    np.testing.assert_allclose(change.after, after.profit)
    assert all(np.isfinite(noise).all() for noise in change.noise.values())


@pytest.mark.parametrize("seed", range(20))
def test_sides_swapped_signs_flip(seed: int) -> None:
    """Explaining backwards is the same story with other signs."""
    before, after = side(seed), side(seed + 100)
    there, back = explain_change(before, after), explain_change(after, before)
    for name, effect in there.effects.items():
        np.testing.assert_allclose(effect, -back.effects[name], atol=1e-9 * moved(before, after))


def test_same_sides_have_no_effects() -> None:
    """No change: every effect is exactly zero."""
    change = explain_change(side(1), side(1))
    assert all((effect == 0).all() for effect in change.effects.values())


def test_order_of_channels_and_factors_is_irrelevant() -> None:
    """Channels listed backwards and factors in another order give the same effects."""
    before, after = side(3), side(4)

    def backwards(totals: Totals) -> Totals:
        flipped = {name: getattr(totals, name)[::-1] for name in ("spend", "impressions", "clicks")}
        flipped |= {name: getattr(totals, name)[::-1] for name in ("conversions", "value")}
        factors = {name: totals.factors[name][::-1] for name in ("margin", "returns_kept")}
        return Totals(**flipped, factors=factors, cost_factors={"fx": totals.cost_factors["fx"][::-1]})

    change, other = explain_change(before, after), explain_change(backwards(before), backwards(after))
    for name, effect in change.effects.items():
        np.testing.assert_allclose(effect, other.effects[name][::-1], atol=1e-9 * moved(before, after))


def test_shapley_equals_the_mean_over_all_orders() -> None:
    """Six drivers, 720 orders, a worth with products and a maximum."""
    rng = np.random.default_rng(5)
    before = {name: rng.uniform(0.5, 2, 3) for name in "abcdef"}
    after = {name: rng.uniform(0.5, 2, 3) for name in "abcdef"}

    def worth(x: Mapping[str, Array]) -> Array:
        return x["a"] * x["b"] * x["c"] / x["d"] - np.maximum(x["e"], x["f"]) * x["a"]

    got, want = shapley(before, after, worth), by_orders(before, after, worth)
    for name in before:
        np.testing.assert_allclose(got[name], want[name], atol=1e-12)


def test_change_equals_the_mean_over_all_orders() -> None:
    """Profit of two channels by the funnel's ratios, computed apart from the module."""
    before, after = side(6, channels=2, zeros=0.0), side(7, channels=2, zeros=0.0)

    def drivers(totals: Totals) -> dict[str, Array]:
        return {
            "volume": np.full(2, totals.spend.sum()),
            "mix": totals.spend / totals.spend.sum(),
            "cpm": 1000 * totals.spend / totals.impressions,
            "ctr": totals.clicks / totals.impressions,
            "cvr": totals.conversions / totals.clicks,
            "value_per_conversion": totals.value / totals.conversions,
            "margin": totals.factors["margin"] * totals.factors["returns_kept"],
        }

    def profit(x: Mapping[str, Array]) -> Array:
        spend = x["volume"] * x["mix"]
        value = spend * 1000 / x["cpm"] * x["ctr"] * x["cvr"] * x["value_per_conversion"]
        return value * x["margin"] - spend * 1.2

    one = {name: np.ones(2) for name in ("returns_kept", "margin")}
    before, after = (
        replace(
            t,
            factors={**one, "margin": t.factors["margin"] * t.factors["returns_kept"]},
            cost_factors={"fx": np.full(2, 1.2)},
        )
        for t in (before, after)
    )
    got, want = explain_change(before, after).effects, by_orders(drivers(before), drivers(after), profit)
    for name, effect in want.items():
        np.testing.assert_allclose(got[name], effect, atol=1e-9 * moved(before, after))
    assert (got["returns_kept"] == 0).all()
    assert (got["fx"] == 0).all()


def counts(*rows: tuple[float, ...]) -> Totals:
    """Channels as rows of spend, impressions, clicks, conversions, value."""
    table = np.array(rows, dtype=np.float64).T
    return Totals(
        **dict(zip(("spend", "impressions", "clicks", "conversions", "value"), table, strict=True)),
        factors={"margin": np.full(len(rows), 0.5)},
    )


def test_stopped_channel_is_volume_and_mix() -> None:
    """A channel that stops changes how much is spent and where, not its prices and rates."""
    running = counts((100, 10_000, 100, 5, 400), (50, 4000, 80, 2, 90))
    stopped = counts((100, 10_000, 100, 5, 400), (0, 0, 0, 0, 0))
    change = explain_change(running, stopped)
    np.testing.assert_allclose((change.effects["volume"] + change.effects["mix"])[1], 50 - 90 * 0.5)
    for name in ("cpm", "ctr", "cvr", "value_per_conversion", "margin", "unpaid"):
        assert (change.effects[name] == 0).all()


def test_everything_stopped_is_volume() -> None:
    """No money at all on one side: shares are the other side's, all is volume."""
    change = explain_change(counts((100, 10_000, 100, 5, 400)), counts((0, 0, 0, 0, 0)))
    np.testing.assert_allclose(change.effects["volume"], [-100.0])
    assert (change.effects["mix"] == 0).all()


def test_conversions_without_clicks_merge_the_links() -> None:
    """Where one side counted conversions but no clicks, the click link joins the conversion link."""
    change = explain_change(counts((100, 10_000, 100, 5, 400)), counts((100, 10_000, 0, 10, 800)))
    np.testing.assert_allclose(change.effects["cvr"], [200.0])
    assert (change.effects["ctr"] == 0).all()


def test_value_without_spend_is_unpaid() -> None:
    """Value that came with no money is added under its own name."""
    change = explain_change(counts((100, 10_000, 100, 5, 400)), counts((0, 0, 0, 3, 240)))
    np.testing.assert_allclose(change.effects["unpaid"], [120.0])
    np.testing.assert_allclose(change.effects["volume"], [-100.0])


def test_nothing_sold_is_the_conversion_rate() -> None:
    """Clicks that did not convert: the conversion rate alone, not the value of orders nobody made."""
    change = explain_change(counts((100, 10_000, 100, 5, 400)), counts((100, 10_000, 100, 0, 0)))
    np.testing.assert_allclose(change.effects["cvr"], [-200.0])
    assert (change.effects["value_per_conversion"] == 0).all()


def test_noise_is_one_sd_of_counting() -> None:
    """25 conversions worth 1000 at 50 % margin are uncertain by a fifth of 500; a smaller effect is within noise."""
    change = explain_change(counts((100, 10_000, 100, 24, 960)), counts((100, 10_000, 100, 25, 1000)))
    np.testing.assert_allclose(change.noise["cvr"], [100.0])
    np.testing.assert_allclose(change.noise["ctr"], [50.0])
    assert change.within_noise["cvr"].all()
    two = counts((100, 10_000, 100, 9, 900), (100, 10_000, 100, 16, 1600))
    summed = explain_change(two, two).summed()
    np.testing.assert_allclose(summed.noise["cvr"], [np.hypot(450 / 3, 800 / 4)])


def test_different_names_or_too_many_drivers_are_refused() -> None:
    """Both sides name the same factors; more than twelve differing drivers are asked to be merged."""
    with pytest.raises(ValueError, match="same names"):
        explain_change(side(1), replace(side(1), factors={}))
    many = {str(i): np.ones(1) for i in range(13)}
    with pytest.raises(ValueError, match="at most 12"):
        shapley(many, {name: part * 2 for name, part in many.items()}, lambda x: x["0"])
    with pytest.raises(ValueError, match="negative"):
        counts((-1, 0, 0, 0, 0))


def test_one_driver_may_move_value_and_cost() -> None:
    """A dearer currency brings 10 % more for what is sold and takes 10 % more for what is spent, as one cause."""
    before = replace(counts((100, 10_000, 100, 5, 400)), cost_factors={"fx": np.ones(1)})
    before = replace(before, factors={**before.factors, "fx": np.ones(1)})
    after = replace(before, factors={**before.factors, "fx": np.full(1, 1.1)}, cost_factors={"fx": np.full(1, 1.1)})
    change = explain_change(before, after)
    np.testing.assert_allclose(change.effects["fx"], [0.1 * 400 * 0.5 - 0.1 * 100])
    assert sum(bool(effect.any()) for effect in change.effects.values()) == 1


def test_many_channels_are_explained_alike() -> None:
    """Eighty channels, more than are taken at once: each as if it stood among the first; all add up."""
    before, after = side(1, channels=80), side(2, channels=80)
    change = explain_change(before, after)
    np.testing.assert_allclose(sum(change.effects.values()), change.total, atol=1e-9 * moved(before, after))
    turned = [
        replace(
            t,
            **{
                name: np.roll(getattr(t, name), 40)
                for name in ("spend", "impressions", "clicks", "conversions", "value")
            },
            factors={name: np.roll(part, 40) for name, part in t.factors.items()},
            cost_factors={name: np.roll(part, 40) for name, part in t.cost_factors.items()},
        )
        for t in (before, after)
    ]
    rolled = explain_change(*turned)
    for name, effect in change.effects.items():
        np.testing.assert_allclose(np.roll(effect, 40), rolled.effects[name], atol=1e-9 * moved(before, after))


def test_thirteen_drivers_that_differ_are_told_apart() -> None:
    """Six of the funnel and seven factors: more than `shapley` takes by itself, and still an exact sum."""
    rng = np.random.default_rng(11)
    names = ("returns", "reported", "booked", "margin", "kept", "vat", "fx")
    factors = [{name: rng.uniform(0.5, 1.5, 2) for name in names[:5]} for _ in range(2)]
    costs = [{name: rng.uniform(0.8, 1.2, 2) for name in names[5:]} for _ in range(2)]
    funnel = [side(seed, channels=2, zeros=0.0) for seed in (21, 22)]
    before, after = (replace(t, factors=f, cost_factors=c) for t, f, c in zip(funnel, factors, costs, strict=True))
    change = explain_change(before, after)
    np.testing.assert_allclose(sum(change.effects.values()), change.total, rtol=1e-9)
    assert sum(bool(effect.any()) for effect in change.effects.values()) == 13


def test_three_results_add_up() -> None:
    """Plan, execution and market are the actual value in every draw; spending as planned has no execution."""
    draws = draw_funnel(worlds.prior(3), rng=np.random.default_rng(8), draws=400)
    planned, spent, actual = worlds.spend(3, 8, 8), worlds.spend(3, 8, 9), np.array([900.0, 2500.0, 0.0])
    result = three_results(draws, planned, spent, actual, rng=np.random.default_rng(8))
    total = result.planned + result.execution + result.market
    np.testing.assert_allclose(total, np.broadcast_to(actual, total.shape), atol=1e-9 * (actual.sum() + total.max()))
    same = three_results(draws, planned, planned, actual, rng=np.random.default_rng(8))
    assert (same.execution == 0).all()


def test_surprise_is_a_tail_share() -> None:
    """The usual result is no surprise, one far outside is, on both sides."""
    draws = draw_funnel(worlds.prior(1), rng=np.random.default_rng(9), draws=2000)
    money = np.full((1, 8), 400.0)
    usual = np.median(expect(draws, money).value.sum(-1), axis=0)
    tails = [
        three_results(draws, money, money, usual * times, rng=np.random.default_rng(9)).surprise[0]
        for times in (0.02, 1.0, 50.0)
    ]
    assert tails[0] < 0.05
    assert tails[1] > 0.9
    assert tails[2] < 0.05
