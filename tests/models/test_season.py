"""Known multipliers of weeks: they move what they name and nothing else, and learning sees through them."""

from dataclasses import replace

import numpy as np
import pytest

from models import FunnelDraws, History, Season, draw_funnel, expect, learn_funnel, likely_draws, reach_of, simulate
from models.arrays import Array
from models.history import best_half_life
from tests.models import worlds

MEASURES = ("impressions", "reach", "clicks", "conversions", "value")
LINKS = {
    "full": (),
    "no reach": ("reach",),
    "no impressions": ("reach", "impressions"),
    "no clicks": ("reach", "clicks"),
    "spend only": ("reach", "impressions", "clicks"),
}


def season(channels: int, weeks: int) -> Season:
    """A strong dear week, a weak cheap one, and usual ones."""
    demand, price = np.ones((channels, weeks)), np.ones((channels, weeks))
    demand[:, 2], price[:, 2], demand[:, 4], price[:, 4] = 2.2, 1.6, 0.7, 0.8
    return Season(demand, price)


def test_usual_weeks_change_not_a_bit() -> None:
    """With ones everywhere `expect` and `simulate` give the bits of no season at all."""
    draws, money = draw_funnel(worlds.prior(3), rng=np.random.default_rng(1), draws=50), worlds.spend(3, 7, 1)
    usual = Season.usual(3, 7)
    for name in MEASURES:
        first, second = expect(draws, money), expect(draws, money, season=usual)
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
        first = simulate(draws, money, rng=np.random.default_rng(2))
        second = simulate(draws, money, rng=np.random.default_rng(2), season=usual)
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert usual.is_usual
    assert not season(3, 7).is_usual


def test_demand_multiplies_conversions_and_value_only() -> None:
    """Twice as many buyers a click: impressions and clicks stay, conversions and value are twice."""
    draws, money = likely_draws(worlds.prior(3)), worlds.spend(3, 6, 3)
    one = expect(draws, money)
    two = expect(draws, money, season=Season(np.full((3, 6), 2.0), np.ones((3, 6))))
    for name, times in zip(MEASURES, (1, 1, 1, 2, 2), strict=True):
        np.testing.assert_allclose(getattr(two, name), times * getattr(one, name), rtol=1e-12)


def test_a_dearer_week_shows_less() -> None:
    """At twice the price half the impressions; clicks fall by less, as fewer people see the ad again."""
    draws, money = likely_draws(worlds.prior(2)), np.array([[400.0], [650.0]])
    usual, dear = expect(draws, money), expect(draws, money, season=Season(np.ones((2, 1)), np.full((2, 1), 2.0)))
    np.testing.assert_allclose(dear.impressions, usual.impressions / 2, rtol=1e-12)
    assert (dear.clicks > usual.clicks / 2).all()
    assert (dear.clicks < usual.clicks).all()


def seen(truth: FunnelDraws, money: Array, known: Season | None, hide: tuple[str, ...]) -> History:
    """What the truth shows without chance."""
    shown = expect(truth, money, season=known)
    people = reach_of(shown.impressions[0], truth.audience[0][:, None], truth.evenness[0][:, None])
    columns = {"impressions": shown.impressions[0], "reach": people, "clicks": shown.clicks[0]}
    kept = {name: part for name, part in columns.items() if name not in hide}
    return History(spend=money, conversions=shown.conversions[0], value=shown.value[0], **kept)


@pytest.mark.parametrize("link", list(LINKS))
def test_a_known_season_teaches_no_wrong_rate(link: str) -> None:
    """Data made with a season that is known teach the curve of data made without one; unknown, it misleads."""
    prior, hide = worlds.prior(3), LINKS[link]
    truth = draw_funnel(prior, rng=np.random.default_rng(11), draws=1)
    money = truth.spend_week[:, None] * np.exp(np.random.default_rng(12).normal(0, 0.3, (3, 9)))
    known = season(3, 9)
    if link in ("no impressions", "no clicks", "spend only"):
        truth = replace(truth, fatigue=np.zeros_like(truth.fatigue))
    plain, moved = seen(truth, money, None, hide), seen(truth, money, known, hide)
    told = replace(moved, demand=known.demand, price=known.price)
    usual = truth.spend_week[:, None] * np.array([0.7, 1.0, 1.3])
    found = [
        np.median(expect(learn_funnel(each, prior, rng=np.random.default_rng(3)).draws, usual).conversions, axis=0)
        for each in (plain, told, moved)
    ]
    off_told, off_moved = (np.abs(np.log(each / found[0])).max() for each in found[1:])
    assert off_told < 0.02
    assert off_moved > 3 * off_told


def test_usual_weeks_teach_the_same_bits() -> None:
    """A history that says 1 everywhere is a history that says nothing."""
    prior = worlds.prior(3)
    truth = draw_funnel(prior, rng=np.random.default_rng(5), draws=1)
    plain = seen(truth, worlds.spend(3, 12, 6) + 50, None, ())
    ones = replace(plain, demand=np.ones((3, 12)), price=np.ones((3, 12)))
    first, second = (learn_funnel(each, prior, rng=np.random.default_rng(7)).draws for each in (plain, ones))
    for name in ("cpm", "ctr", "cvr", "value", "audience", "week_sd"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_a_known_season_is_no_reason_to_forget() -> None:
    """Conversions that double for a known season do not shorten the memory of what they are learned from."""
    money = np.full((1, 40), 500.0)
    lift = np.where(np.arange(40) < 20, 1.0, 3.0)[None]
    told = History(spend=money, conversions=50 * lift, demand=lift)
    assert np.isinf(best_half_life(told))
    assert np.isfinite(best_half_life(replace(told, demand=None)))


@pytest.mark.parametrize("name", ["demand", "price"])
@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_multipliers_are_above_zero(name: str, bad: float) -> None:
    """0, negative, unknown and endless multipliers are refused, in a season and in a history."""
    parts = {"demand": np.ones((1, 2)), "price": np.ones((1, 2))} | {name: np.array([[1.0, bad]])}
    with pytest.raises(ValueError, match=name):
        Season(**parts)
    with pytest.raises(ValueError, match=name):
        History(spend=np.ones((1, 2)), conversions=np.ones((1, 2)), **parts)


def test_a_season_of_other_weeks_is_refused() -> None:
    """A season and the money it belongs to have the same weeks."""
    draws = likely_draws(worlds.prior(2))
    with pytest.raises(ValueError, match="season: found shape"):
        expect(draws, np.ones((2, 3)), season=Season.usual(2, 4))
    assert season(2, 6).weeks([2]).demand.tolist() == [[2.2], [2.2]]
