"""Laws of the sales model, its density against plain formulas, and its ranges against simulated truth."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import multivariate_normal, norm

from models import LiftTest, SalesFit, fit_sales
from models.arrays import Array
from models.baseline import baseline_of
from models.doubts import bend_up
from models.sales import Level, Model
from models.sampling import highest, sample
from tests.models.shops import from_prior, model, shop, spend

SPEND = spend(3, 60)
TRUTH = np.array([1.0, 2.0, 3.0])
SALES = shop(SPEND, TRUTH, np.random.default_rng(1))
TEST = LiftTest(channel=1, spend_before=0.05, spend_change=0.05, sales_change=0.06, sales_change_sd=0.01)


def fit(money: Array = SPEND, sales: Array = SALES, seed: int = 0, **options: object) -> SalesFit:
    """The fit with a fixed seed."""
    return fit_sales(money, sales, rng=np.random.default_rng(seed), **options)  # type: ignore[arg-type] # options are the function's own


USUAL = fit()


def test_gradient_is_the_density_s() -> None:
    """Every slope, of a lift test too, agrees with differences of the density."""
    level = Level(np.full(3, 0.3), np.diag(np.full(3, 0.49)) + 0.81)
    whole = Model(SPEND, SALES, baseline_of(SALES, None, 52.18, 2, 13), level, (TEST,))
    rng = np.random.default_rng(2)
    points = whole.prior_mean + 0.5 * whole.prior_sd * rng.standard_normal((4, len(whole.prior_sd)))
    _, slopes = whole.density(points)
    for place in range(points.shape[1]):
        step = 1e-6 * np.eye(points.shape[1])[place]
        ahead, behind = (whole.density(points + way * step)[0] for way in (1, -1))
        np.testing.assert_allclose(slopes[:, place], (ahead - behind) / 2e-6, rtol=1e-6, atol=1e-5)


def test_linear_part_is_integrated_out_exactly() -> None:
    """The density differs from the normal one with the full covariance by one constant."""
    whole = model(SPEND, SALES)
    rng = np.random.default_rng(3)
    points = whole.prior_mean + 0.3 * whole.prior_sd * rng.standard_normal((6, len(whole.prior_sd)))
    ours, _ = whole.density(points)
    base = whole.baseline
    plain = []
    for theta in points:
        parts = whole.split(theta[None])
        curves = whole.curves(parts)
        media = (curves.level * whole.heights(parts[0], curves)[..., None]).sum(axis=0)[0]
        scaled = base.all_weeks * base.sd
        covariance = scaled @ scaled.T + np.exp(2 * theta[-1]) * np.eye(len(SALES))
        density = multivariate_normal.logpdf(SALES, base.all_weeks @ base.mean + media, covariance)
        density += multivariate_normal.logpdf(theta[:3], whole.level.mean, whole.level.covariance)
        density += norm.logpdf(theta[3:], whole.prior_mean[3:], whole.prior_sd[3:]).sum()
        plain.append(density)
    difference = ours - np.array(plain)
    np.testing.assert_allclose(difference, difference[0], rtol=0, atol=1e-7)


def test_simulated_truth_lies_where_the_ranges_say() -> None:
    """60 data sets drawn from the prior: half of the true values inside the 50 % range, nine tenths inside the 90 %."""
    money, inside = spend(2, 52), []
    for seed in range(60):
        rng = np.random.default_rng(1000 + seed)
        truth, sales = from_prior(money, rng)
        whole = model(money, sales)
        starts = whole.prior_mean + np.vstack(
            [np.zeros(len(truth)), 0.5 * whole.prior_sd * rng.standard_normal((2, len(truth)))]
        )
        drawn = sample(whole.density, starts, whole.prior_sd, rng=rng).draws
        inside.append((drawn[:, :2] < truth[:2]).mean(axis=0))
    rank = np.array(inside)
    for share in (0.5, 0.9):
        covered = (np.abs(rank - 0.5) < share / 2).mean()
        assert abs(covered - share) < 3 * np.sqrt(share * (1 - share) / rank.size)


def test_truth_of_another_family_is_found() -> None:
    """A shop that the model did not make: every true return inside the 95 % range, the fit settled and measured."""
    low, high = np.quantile(USUAL.iroas, [0.025, 0.975], axis=0)
    assert USUAL.settled
    assert ((low < TRUTH) & (high > TRUTH)).all()
    assert USUAL.r_squared > 0.5
    assert "mostly prior" not in USUAL.evidence
    assert USUAL.iroas.shape == (512, 3)


def test_contribution_and_parts_add_up() -> None:
    """Contribution is return times spend; baseline and channels make what was fitted, week by week and draw by draw."""
    np.testing.assert_allclose(USUAL.contribution, USUAL.iroas * SPEND.sum(axis=1))
    parts = USUAL.parts()
    np.testing.assert_allclose(parts.channels.sum(axis=2), USUAL.contribution, rtol=1e-9)
    np.testing.assert_allclose(parts.baseline + parts.channels.sum(axis=1), parts.fitted)
    assert parts.fitted.mean() == pytest.approx(SALES.mean(), rel=0.01)


def test_other_currencies_and_seeds() -> None:
    """The same money in another unit brings the same returns, bit for bit near; the same seed the same bits."""
    again = fit()
    assert (again.iroas == USUAL.iroas).all()
    other = fit(SPEND * 1000, SALES * 1000)
    np.testing.assert_allclose(other.iroas, USUAL.iroas, rtol=1e-6)


def test_channels_in_another_order() -> None:
    """No channel is favoured by its place: medians agree within a fifth of the range's width."""
    order = [2, 0, 1]
    other = fit(SPEND[order])
    ours, theirs = (np.median(np.log(one.iroas), axis=0) for one in (USUAL, other))
    width = np.log(USUAL.iroas).std(axis=0)
    assert (np.abs(ours[order] - theirs) < 0.3 * width[order]).all()


def test_response_rises_from_nothing() -> None:
    """No money brings nothing, more brings more; today's slope is the marginal return."""
    money = SPEND.mean(axis=1, keepdims=True) * np.array([0.0, 0.5, 1.0, 1.0001, 2.0])
    curve = USUAL.response(money)
    assert (curve[..., 0] == 0).all()
    assert (np.diff(curve, axis=2) > 0).all()
    slope = (curve[..., 3] - curve[..., 2]) / (money[:, 3] - money[:, 2])
    np.testing.assert_allclose(slope, USUAL.marginal_iroas, rtol=1e-3)


def test_sharp_lift_test_pins_the_response() -> None:
    """A test without doubt is what the curve then says."""
    told = fit(lift_tests=[LiftTest(1, 0.05, 0.05, 0.06, 0.0005)])
    curve = told.response(np.array([[0.0, 0.0], [0.05, 0.1], [0.0, 0.0]]))
    assert np.quantile(np.abs(curve[:, 1, 1] - curve[:, 1, 0] - 0.06), 0.9) < 0.0015


def test_an_unlucky_start_leaves_no_chain_behind() -> None:
    """Beyond a wall where the density falls by thousands nothing is begun: from every seed the chains agree."""

    def walled(points: Array) -> tuple[Array, Array]:
        over = np.maximum(points[:, 0] - 1.0, 0.0)
        slope = -points
        slope[:, 0] -= 2000 * over
        return -(points**2).sum(axis=1) / 2 - 1000 * over**2, slope

    for seed in range(6):
        drawn = sample(walled, np.zeros((1, 12)), np.ones(12), rng=np.random.default_rng(seed))
        assert drawn.settled
        assert np.quantile(drawn.draws[:, 0], 0.99) < 1.2


def test_surer_level_gives_surer_ranges() -> None:
    """A narrow prior of the common level never widens what is left."""
    narrow = fit(iroas_level=(0.6, 0.1))
    wide = fit(iroas_level=(0.6, 1.5))
    spread = [np.log(one.iroas).mean(axis=1).std() for one in (narrow, wide)]
    assert spread[0] < spread[1]


def test_steady_spend_is_said_to_teach_nothing() -> None:
    """Channels that never vary stay mostly prior; platform claims are then what there is."""
    steady = np.repeat(SPEND.mean(axis=1, keepdims=True), 60, axis=1)
    steady *= 1 + 0.01 * np.random.default_rng(4).standard_normal(steady.shape)
    alone = fit(steady)
    assert set(alone.evidence) == {"mostly prior"}
    claimed = fit(steady, attributed_roas=[2.0, np.nan, 4.0])
    assert np.log(claimed.iroas).std(axis=0)[0] < np.log(alone.iroas).std(axis=0)[0]
    assert np.median(claimed.iroas[:, 2]) > np.median(claimed.iroas[:, 0])


def test_unknown_weeks_are_left_out() -> None:
    """Weeks without a sales figure get no say, and the fit stays near."""
    holes = SALES.copy()
    holes[[5, 20, 41]] = np.nan
    found = fit(sales=holes)
    ours, theirs = (np.median(np.log(one.iroas), axis=0) for one in (USUAL, found))
    assert (np.abs(ours - theirs) < np.log(USUAL.iroas).std(axis=0)).all()


def test_a_week_that_stands_out_is_named() -> None:
    """Sales of a week doubled by something else are pointed at; without it nothing is."""
    assert USUAL.stands_out == ()
    odd = SALES.copy()
    odd[33] *= 1.6
    assert 33 in fit(sales=odd).stands_out


def test_media_that_works_two_weeks_late_is_noticed() -> None:
    """Sales that follow spend of two weeks before leave a trace; those of the model's own kind do not."""
    money = spend(2, 104)
    late = np.concatenate([np.repeat(money.mean(axis=1, keepdims=True), 3, axis=1), money[:, :-3]], axis=1)
    rng = np.random.default_rng(6)
    sales = 1 + (2 * late).sum(axis=0) + 0.02 * rng.standard_normal(104)
    assert fit(money, sales).late_effect < 0.01
    assert USUAL.late_effect > 0.01


@pytest.mark.parametrize(
    ("chance", "found"),
    [
        ([0.75], ()),
        ([0.76], (0,)),
        ([0.2, 0.9, 0.5], (1,)),
        ([0.62] * 4, ()),
        ([0.62] * 5, (0, 1, 2, 3, 4)),
        ([0.4, 0.65, 0.7, 0.68, 0.1], (1, 2, 3)),
        ([0.1] * 5, ()),
    ],
)
def test_one_clear_hint_or_many_slight_ones_tell_of_a_threshold(chance: list[float], found: tuple[int, ...]) -> None:
    """A lone channel beyond three quarters is named; slighter chances only together; unlikely ones never."""
    assert bend_up(np.array(chance)) == found


def test_sales_that_begin_beyond_a_threshold_are_noticed() -> None:
    """Curves steep as the third power are named; those of the usual shop are not."""
    money = spend(2, 104)
    usual = np.array([row[row > 0].mean() for row in money])[:, None]
    level = money**3 / (money**3 + usual**3)
    sales = 1 + (0.3 * level).sum(axis=0) + 0.02 * np.random.default_rng(6).standard_normal(104)
    assert fit(money, sales).s_shaped == (0, 1)
    assert USUAL.s_shaped == ()


def test_the_mode_is_where_a_general_search_ends() -> None:
    """All starts at once reach what a library's search reaches from the prior's middle; nothing rises from there."""
    whole = model(SPEND, SALES)
    starts = whole.prior_mean + np.array([[0.0], [0.4], [-0.4]]) * whole.prior_sd

    def downhill(point: Array) -> tuple[float, Array]:
        value, slope = whole.density(point[None])
        return -float(value[0]), -slope[0]

    theirs = minimize(downhill, starts[0], jac=True, method="BFGS")
    ours = highest(whole.density, starts, whole.prior_sd)
    value, slope = whole.density(ours[None])
    assert value[0] > -theirs.fun - 1e-5
    assert (np.abs(slope[0] * whole.prior_sd) < 0.05).all()


def test_a_start_without_a_density_spoils_nothing() -> None:
    """The best of the other starts is returned."""

    def hill(points: Array) -> tuple[Array, Array]:
        value = np.where(points[:, 0] > -5, -((points - 1) ** 2).sum(axis=1), np.nan)
        return value, np.where(points[:, :1] > -5, -2 * (points - 1), np.nan)

    found = highest(hill, np.array([[-9.0, 0.0], [4.0, -3.0]]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(found, [1.0, 1.0], atol=1e-3)


def test_tiny_spend_does_not_sit_outside_its_prior() -> None:
    """Spend of a thousandth of sales, as index values have: nothing conflicts."""
    found = fit(SPEND / 200)
    assert found.prior_conflict < 2.5
    assert found.settled


@pytest.mark.parametrize(
    ("money", "sales", "words"),
    [
        (SPEND[:, :15], SALES[:15], "weeks"),
        (np.vstack([SPEND, np.zeros(60)]), SALES, "of nothing"),
        (SPEND, SALES[:50], "shape"),
    ],
)
def test_too_little_is_refused(money: Array, sales: Array, words: str) -> None:
    """Fewer than 20 weeks, a channel without money, unequal lengths: said with what was found."""
    with pytest.raises(ValueError, match=words):
        fit(money, sales)
