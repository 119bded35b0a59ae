"""Learning from uploads: the truth comes back, ranges hold it, and nothing that is missing stops it."""

from dataclasses import replace

import numpy as np
import pytest

from models import FunnelDraws, FunnelPrior, History, draw_funnel, expect, learn_funnel, reach_of, simulate
from models.arrays import Array
from models.history import best_half_life
from tests.models import worlds

LINKS = {
    "full": (),
    "no reach": ("reach",),
    "no impressions": ("reach", "impressions"),
    "no clicks": ("reach", "clicks"),
    "spend only": ("reach", "impressions", "clicks"),
}


def history_of(truth: FunnelDraws, weeks: int, seed: int, hide: tuple[str, ...] = ()) -> History:
    """Weeks that the one true draw may show at uneven spend."""
    rng = np.random.default_rng(seed)
    channels = truth.spend_week.size
    money = truth.spend_week[:, None] * np.exp(
        rng.normal(0, 0.3, (channels, 1)) + rng.normal(0, 0.35, (channels, weeks))
    )
    shown = simulate(truth, money, rng=rng)
    impressions = shown.impressions[0]
    people = reach_of(impressions, truth.audience[0][:, None], truth.evenness[0][:, None])
    reach = np.minimum(people * np.exp(0.05 * rng.standard_normal(people.shape)), impressions)
    columns = {"impressions": impressions, "reach": reach, "clicks": shown.clicks[0], "value": shown.value[0]}
    kept = {name: part for name, part in columns.items() if name not in hide}
    return History(spend=money, conversions=shown.conversions[0], **kept)


def world(
    seed: int, weeks: int, channels: int = 5, hide: tuple[str, ...] = ()
) -> tuple[FunnelPrior, FunnelDraws, History]:
    """A prior, a truth drawn from it, and what the truth showed."""
    prior = worlds.prior(channels)
    truth = draw_funnel(prior, rng=np.random.default_rng(seed + 1000), draws=1)
    return prior, truth, history_of(truth, weeks, seed, hide)


def curves(truth: FunnelDraws, draws: FunnelDraws, money: Array) -> tuple[Array, Array]:
    """Conversions at the money (C, G): true (C, G), and 5, 50, 95 % points (3, C, G)."""
    return expect(truth, money).conversions[0], np.quantile(expect(draws, money).conversions, [0.05, 0.5, 0.95], axis=0)


@pytest.mark.parametrize("code", LINKS)
def test_truth_comes_back(code: str) -> None:
    """16 weeks: the curve is within 8 % at usual and 12 % at twice the spend, from whatever was reported."""
    errors = []
    for seed in range(12):
        prior, truth, seen = world(seed, 16, hide=LINKS[code])
        learned = learn_funnel(seen, prior, rng=np.random.default_rng(seed), draws=400)
        assert learned.links == (code,) * 5
        usual = seen.spend.mean(axis=1, keepdims=True)
        true, (_, middle, _) = curves(truth, learned.draws, usual * [1.0, 2.0])
        errors.append(np.abs(np.log(middle / true)).mean(axis=0))
    error = np.mean(errors, axis=0)
    assert error[0] < 0.08
    assert error[1] < 0.12


@pytest.mark.parametrize("weeks", [3, 12])
def test_ranges_hold_the_truth(weeks: int) -> None:
    """40 worlds drawn from the prior: 90 % ranges of curve and of the next week hold in .84 to .98 of channels."""
    held, next_held = [], []
    for seed in range(40):
        prior, truth, seen = world(seed, weeks)
        learned = learn_funnel(seen, prior, rng=np.random.default_rng(seed), draws=400)
        usual = seen.spend.mean(axis=1, keepdims=True)
        true, (low, _, high) = curves(truth, learned.draws, usual)
        held.append((low <= true) & (true <= high))
        shown = simulate(truth, usual, rng=np.random.default_rng(seed + 2000)).value[0]
        chance = simulate(learned.draws, usual, rng=np.random.default_rng(seed)).value
        low, high = np.quantile(chance, [0.05, 0.95], axis=0)
        next_held.append((low <= shown) & (shown <= high))
    assert 0.84 <= np.mean(held) <= 0.98
    assert 0.84 <= np.mean(next_held) <= 0.98


def foreign_week(money: Array, level: Array, noise: Array) -> tuple[Array, Array, Array]:
    """Impressions, clicks, conversions of a world outside the family: saturating price, linear fatigue."""
    impressions = 1000 * money / (4 * level * (1 + money / 6000)) * noise[0]
    clicks = impressions * 0.012 * np.maximum(1 - 0.06 * impressions / 90_000, 0.2) * noise[1]
    return impressions, clicks, clicks * 0.03 / level * noise[2]


def test_worlds_outside_the_family_are_learnt() -> None:
    """26 weeks with autocorrelated noise: within 10 % at usual and 15 % at twice the spend, 90 % ranges hold .8."""
    errors, held, prior = [], [], worlds.prior(5)
    for seed in range(12):
        rng = np.random.default_rng(seed)
        level = rng.lognormal(0, 0.3, (5, 1))
        money = 600 * rng.lognormal(0, 0.35, (5, 26))
        noise = np.zeros((3, 5, 26))
        for week in range(26):
            noise[..., week] = 0.4 * noise[..., week - 1] + rng.normal(0, 0.1, (3, 5))
        impressions, clicks, conversions = foreign_week(money, level, np.exp(noise))
        seen = History(
            spend=money,
            impressions=impressions,
            clicks=rng.poisson(clicks).astype(float),
            conversions=rng.poisson(conversions).astype(float),
        )
        learned = learn_funnel(seen, prior, rng=rng, draws=400)
        usual = money.mean(axis=1, keepdims=True) * [1.0, 2.0]
        true = foreign_week(usual, level, np.ones((3, 1, 1)))[2]
        low, middle, high = np.quantile(expect(learned.draws, usual).conversions, [0.05, 0.5, 0.95], axis=0)
        errors.append(np.abs(np.log(middle / true)).mean(axis=0))
        held.append(((low <= true) & (true <= high))[:, 0])
    error = np.mean(errors, axis=0)
    assert error[0] < 0.10
    assert error[1] < 0.15
    assert np.mean(held) >= 0.8


def test_more_weeks_are_more_yours() -> None:
    """The share learnt from own weeks starts at zero and rises."""
    prior, _, seen = world(1, 20)
    shares = []
    for weeks in (0, 1, 4, 20):
        cut = {name: part[:, :weeks] for name, part in vars(seen).items() if part is not None}
        shares.append(learn_funnel(History(**cut), prior, rng=np.random.default_rng(1)).own_share)
    assert (shares[0] == 0).all()
    assert (np.diff(np.mean(shares, axis=1)) > 0).all()
    assert (shares[3] > 0.9).all()


def test_channel_without_data_keeps_its_prior() -> None:
    """A channel without money keeps prior draws and noise; its neighbours learn."""
    prior, _, seen = world(2, 10, channels=2)
    money = seen.spend.copy()
    money[0] = 0
    learned = learn_funnel(replace(seen, spend=money), prior, rng=np.random.default_rng(2))
    before = draw_funnel(prior, rng=np.random.default_rng(2))
    assert learned.links == ("no data", "full")
    for name in ("cpm", "ctr", "cvr", "audience", "fatigue", "cpm_elasticity", "incrementality"):
        np.testing.assert_allclose(getattr(learned.draws, name)[:, 0], getattr(before, name)[:, 0])
    np.testing.assert_allclose(np.log(learned.draws.value[:, 0]).std(), 0.3, rtol=0.1)
    np.testing.assert_array_equal(learned.draws.week_sd[:, 0], before.week_sd[:, 0])
    np.testing.assert_array_equal(learned.draws.spend_seen, [prior.spend_week[0], seen.spend[1].max()])
    assert (learned.own_share > 0).tolist() == [False, True]


def test_unlike_reports_stand_side_by_side() -> None:
    """Each channel is learnt from what it reports; single unreported weeks only lose their own link."""
    prior, truth, seen = world(3, 30)
    columns = {name: np.array(getattr(seen, name)) for name in ("impressions", "reach", "clicks", "value")}
    columns["reach"][1:] = np.nan
    columns["clicks"][2] = columns["clicks"][4] = np.nan
    columns["impressions"][3:] = np.nan
    columns["clicks"][0, ::3] = np.nan
    learned = learn_funnel(replace(seen, **columns), prior, rng=np.random.default_rng(3))
    assert learned.links == ("full", "no reach", "no clicks", "no impressions", "spend only")
    true, (_, middle, _) = curves(truth, learned.draws, seen.spend.mean(axis=1, keepdims=True))
    assert np.abs(np.log(middle / true)).max() < 0.25
    skipped = (learned.draws.week_sd[0] == 0).tolist()
    assert skipped == [[False] * 3, [False] * 3, [False, True, False], [True, False, False], [True, True, False]]


def test_spend_only_is_a_power_law() -> None:
    """Conversions follow spend with one exponent in every draw."""
    prior, _, seen = world(4, 12, hide=LINKS["spend only"])
    learned = learn_funnel(seen, prior, rng=np.random.default_rng(4))
    money = seen.spend.mean(axis=1, keepdims=True) * np.array([0.25, 0.5, 1.0, 2.0])
    exponents = np.diff(np.log(expect(learned.draws, money).conversions), axis=-1) / np.log(2)
    np.testing.assert_allclose(exponents, exponents[..., :1] * np.ones(3), atol=1e-9)
    assert 0.5 < np.median(exponents) < 0.95


def test_slope_of_clicks_without_reach_is_kept() -> None:
    """Where people are not reported, click and conversion rates that fall with spend both bend the learnt curve."""
    money = 400 * np.exp(np.random.default_rng(10).normal(0, 0.6, (1, 100)))
    impressions = 1000 * money / 3
    clicks = impressions * 0.01 * (money / 400) ** -0.3
    conversions = 10 * clicks * 0.02 * (money / 400) ** -0.1
    seen = History(spend=money, impressions=impressions, clicks=clicks, conversions=conversions)
    draws = learn_funnel(seen, worlds.prior(1), rng=np.random.default_rng(10), half_life=np.inf).draws
    grid = np.array([[300.0, 600.0]])
    curve = np.median(np.diff(np.log(expect(draws, grid).conversions[:, 0]), axis=-1)) / np.log(2)
    assert curve == pytest.approx(0.6, abs=0.05)


def test_late_conversions_are_expected() -> None:
    """Half the conversions with half reported teach the same rate as all of them."""
    prior, _, seen = world(5, 20)
    half = replace(seen, conversions=seen.conversions / 2, reported_share=np.full(seen.spend.shape, 0.5))
    rates = [
        np.median(learn_funnel(each, prior, rng=np.random.default_rng(5)).draws.cvr, axis=0) for each in (seen, half)
    ]
    np.testing.assert_allclose(rates[0], rates[1], rtol=0.05)


def test_another_currency_unit_is_another_number_only() -> None:
    """Money in a unit worth half: learnt prices and values twice as large, rates the same."""
    prior, _, seen = world(6, 9, channels=3)
    two = replace(seen, spend=2 * seen.spend, value=2 * np.asarray(seen.value))
    one = learn_funnel(seen, prior, rng=np.random.default_rng(6)).draws
    other = learn_funnel(two, worlds.prior(3, money=2.0), rng=np.random.default_rng(6)).draws
    for name in ("cpm", "value", "spend_week", "spend_seen"):
        np.testing.assert_allclose(2 * getattr(one, name), getattr(other, name), rtol=1e-6)
    for name in ("ctr", "cvr", "audience", "fatigue", "cvr_elasticity", "cpm_elasticity"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-6, atol=1e-9)


def test_same_seed_same_bits() -> None:
    """Learning twice gives the same draws."""
    prior, _, seen = world(7, 9)
    first, second = (learn_funnel(seen, prior, rng=np.random.default_rng(7)).draws for _ in range(2))
    for name in vars(first):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_learnt_curves_rise_and_bend() -> None:
    """Posterior draws keep conversions rising and concave in spend, whatever was learnt."""
    for seed, hide in enumerate(LINKS.values()):
        prior, _, seen = world(seed, 6, hide=hide)
        draws = learn_funnel(seen, prior, rng=np.random.default_rng(seed)).draws
        grid = seen.spend.max(axis=1, keepdims=True) * np.linspace(0, 2, 60)
        steps = np.diff(expect(draws, grid).conversions, axis=-1)
        assert (steps > 0).all()
        assert (np.diff(steps, axis=-1) <= 1e-9 * steps.max()).all()


@pytest.mark.parametrize("code", LINKS)
def test_strange_weeks_are_survived(code: str) -> None:
    """All zeros, one week, a week a thousand times larger: finite draws, no warning."""
    prior, _, seen = world(8, 6, hide=LINKS[code])
    known = {name: np.array(part) for name, part in vars(seen).items() if part is not None}
    nothing = {name: part if name == "spend" else part * 0 for name, part in known.items()}
    huge = {name: part.copy() for name, part in known.items()}
    for part in huge.values():
        part[:, -1] *= 1000
    single = {name: part[:, :1] for name, part in known.items()}
    for columns in (nothing, huge, single):
        draws = learn_funnel(History(**columns), prior, rng=np.random.default_rng(8), draws=200).draws
        assert all(np.isfinite(part).all() for part in vars(draws).values())
        assert (draws.cpm > 0).all()
        assert (draws.cvr > 0).all()


def test_impossible_histories_are_refused() -> None:
    """Other channels than the prior's, negative money, shares outside (0, 1]."""
    prior, _, seen = world(9, 4, channels=2)
    with pytest.raises(ValueError, match="expected the prior's 3"):
        learn_funnel(seen, worlds.prior(3), rng=np.random.default_rng(9))
    with pytest.raises(ValueError, match="negative"):
        replace(seen, spend=-seen.spend)
    with pytest.raises(ValueError, match="reported_share"):
        replace(seen, reported_share=seen.spend * 0)
    assert prior.spend_week.size == 2


def drifting(seed: int, weeks: int) -> tuple[FunnelPrior, FunnelDraws, History]:
    """Click rates that walk 5 % a week; the truth is that of the last week."""
    prior = worlds.prior(5)
    rng = np.random.default_rng(seed)
    truth = draw_funnel(prior, rng=rng, draws=1)
    walk = np.exp(np.cumsum(rng.normal(0, 0.05, (5, weeks)), axis=1))
    seen = history_of(truth, weeks, seed)
    moved = {
        name: rng.poisson(part * walk).astype(float)
        for name, part in (("clicks", np.asarray(seen.clicks)), ("conversions", seen.conversions))
    }
    return prior, replace(truth, ctr=truth.ctr * walk[:, -1]), replace(seen, **moved)


def test_drift_is_forgotten_and_stable_channels_are_not() -> None:
    """Walking click rates choose a shorter memory, which errs less; stable ones mostly keep everything."""
    errors: dict[str, list[float]] = {"chosen": [], "never": []}
    for seed in range(12):
        prior, truth, seen = drifting(seed, 50)
        assert best_half_life(seen) < np.inf
        usual = seen.spend.mean(axis=1, keepdims=True)
        for name, half_life in (("chosen", None), ("never", np.inf)):
            draws = learn_funnel(seen, prior, rng=np.random.default_rng(1), draws=200, half_life=half_life).draws
            true, (_, middle, _) = curves(truth, draws, usual)
            errors[name].append(float(np.abs(np.log(middle / true)).mean()))
    assert np.mean(errors["chosen"]) < 0.85 * np.mean(errors["never"])
    kept = [best_half_life(world(seed, 30)[2]) for seed in range(20)]
    assert np.isinf(kept).mean() >= 0.8


def test_few_weeks_are_never_forgotten() -> None:
    """Below ten weeks there is no choice to make."""
    assert best_half_life(drifting(1, 9)[2]) == np.inf
