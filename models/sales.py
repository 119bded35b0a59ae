"""What channels add to total weekly sales: carry-over, saturation, season, and honest ranges.

`y_t = Z_t' g + sum_c b_c h_ct + e_t` with `y` sales over their mean, `h` the curves of models/carryover.py, and
`b_c = iroas_c S_c / sum_t h_ct`: the parameter is the incremental sales per money spent. The linear part is integrated
out exactly; the rest is drawn by models/sampling.py. One model, no options that change its kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array
from models.baseline import Baseline, baseline_of
from models.carryover import Response, lagged, responses, steady
from models.doubts import bend_up, late_effect, weeks_that_stand_out
from models.sampling import Sample, sample

FEWEST_WEEKS = 20
YEAR = 52.18
STARTS = 4
_ALPHA, _HALF, _SLOPE, _NOISE = (-0.3, 1.2), (0.5, 0.9), (0.2, 0.35), (float(np.log(0.08)), 0.7)
_LEVEL, _SPREAD = (0.3, 0.9), 0.7
_LEVEL_CLAIMED, _SPREAD_CLAIMED = (-0.35, 0.5), 0.4
_SMALL_SHARE, _SMALL_SD = 0.01, 1.2  # spend below this share of sales: the level comes from the sizes alone
MOSTLY_PRIOR, SOME = 0.75, 0.4


@dataclass(frozen=True)
class LiftTest:
    """What a test showed: weekly spend changed in a channel, and the change of weekly sales in a steady state."""

    channel: int
    spend_before: float
    spend_change: float
    sales_change: float
    sales_change_sd: float


@dataclass(frozen=True, eq=False)
class SalesParts:
    """Sales by week and draw, adding up exactly: `fitted` = `baseline` + `channels` summed; (D, T), (D, C, T)."""

    baseline: Array
    channels: Array
    fitted: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class SalesFit:
    """Draws of what each channel brings.

    `iroas`, `marginal_iroas`, `contribution` (D, C). `prior_share` (C,): what is left of the prior's doubt about a
    channel beside the others; `evidence` names it. `level_share`: the same for all media together; `prior_conflict`:
    how far the data moved that level, in prior standard deviations. `stands_out`: weeks that nothing explains;
    `s_shaped`: channels whose curve seems to bend up before it flattens; `late_effect`: below .01 media works later
    than the model can say; `below_zero`: the greatest chance, over weeks, of a baseline below 0.
    """

    iroas: Array
    marginal_iroas: Array
    contribution: Array
    evidence: tuple[str, ...]
    prior_share: Array
    level_share: float
    prior_conflict: float
    settled: bool
    nested_rhat: float
    r_squared: float
    durbin_watson: float
    stands_out: tuple[int, ...]
    s_shaped: tuple[int, ...]
    late_effect: float
    below_zero: float
    _model: "Model"
    _theta: Array
    _noise: Array

    def response(self, spend: npt.ArrayLike) -> Array:
        """Weekly sales (D, C, G) that steady weekly spend (C, G) brings."""
        model = self._model
        money = as_array("spend", spend, (model.channels, None)) / model.unit[:, None]
        parts = model.split(self._theta)
        curves = steady(np.broadcast_to(money[:, None], (model.channels, len(self._theta), money.shape[1])), *parts[2:])
        height = model.heights(parts[0], model.curves(parts))
        return (curves.level * height[..., None]).transpose(1, 0, 2) * model.mean_sales

    def parts(self) -> SalesParts:
        """Baseline and channels by week, in money."""
        model = self._model
        parts = model.split(self._theta)
        curves = model.curves(parts)
        channels = (curves.level * model.heights(parts[0], curves)[..., None]).transpose(1, 0, 2)
        rest = model.sales - channels.sum(axis=1)[:, model.known]
        base = model.baseline.draw(rest, np.exp(2 * self._theta[:, -1]), self._noise)
        whole = channels * model.mean_sales
        baseline = base * model.mean_sales
        return SalesParts(baseline, whole, baseline + whole.sum(axis=1))


class Model:
    """The density of C channels' parameters: (ln iroas, logit alpha, ln k, ln s) each (C,), and ln sigma."""

    def __init__(
        self,
        spend: Array,
        sales: Array,
        baseline: Baseline,
        level: "Level",
        tests: Sequence[LiftTest],
        mean_sales: float | None = None,
    ) -> None:
        self.channels, self.weeks = spend.shape
        self.known = np.isfinite(sales)
        self.mean_sales = float(sales[self.known].mean()) if mean_sales is None else mean_sales
        self.sales = sales[self.known] / self.mean_sales
        self.unit = np.array([row[row > 0].mean() for row in spend])
        self.past = lagged(spend / self.unit[:, None])
        self.usual = spend.mean(axis=1) / self.unit
        self.share = spend.sum(axis=1) / self.mean_sales
        self.baseline, self.level, self.tests = baseline, level, tuple(tests)
        self.precision = np.linalg.inv(level.covariance)
        many, own = np.ones(self.channels), np.sqrt(np.diag(level.covariance))
        self.prior_mean = np.concatenate(
            [level.mean, _ALPHA[0] * many, _HALF[0] * many, _SLOPE[0] * many, np.array([_NOISE[0]])]
        )
        self.prior_sd = np.concatenate(
            [own, _ALPHA[1] * many, _HALF[1] * many, _SLOPE[1] * many, np.array([_NOISE[1]])]
        )

    def split(self, theta: Array) -> tuple[Array, Array, Array, Array]:
        """The four groups of parameters, each (C, N)."""
        groups = theta[:, :-1].T.reshape(4, self.channels, -1)
        return groups[0], groups[1], groups[2], groups[3]

    def curves(self, parts: tuple[Array, Array, Array, Array]) -> Response:
        """Curves (C, N, T) of every week."""
        return responses(self.past, *parts[1:])

    def heights(self, iroas_log: Array, curves: Response) -> Array:
        """(C, N): b_c, what a channel's full curve adds to sales of mean one."""
        height: Array = np.exp(iroas_log) * self.share[:, None] / np.maximum(curves.level.sum(axis=2), 1e-12)
        return height

    def next_return(self, parts: tuple[Array, Array, Array, Array], height: Array) -> Array:
        """(C, N): weekly sales per money that the next money brings at the steady mean week's spend."""
        usual = np.broadcast_to(self.usual[:, None, None], (*height.shape, 1))
        slope = steady(usual, parts[2], parts[3]).steep[..., 0] / self.usual[:, None]  # of the level: s h (1 - h) / x
        out: Array = height * slope * self.mean_sales / self.unit[:, None]
        return out

    def density(self, theta: Array) -> tuple[Array, Array]:
        """Log density (N,) and gradient (N, P) of (N, P) parameters."""
        parts = self.split(theta)
        curves = self.curves(parts)
        height = self.heights(parts[0], curves)
        media = np.einsum("cnt,cn->nt", curves.level, height)
        value, by_media, by_noise = self.baseline.likelihood(self.sales - media[:, self.known], theta[:, -1])
        slope = np.zeros((theta.shape[0], self.weeks))
        slope[:, self.known] = by_media
        grads = list(self._by_parameters(curves, height, slope))
        for test in self.tests:
            more, adds = self._tested(test, parts, curves, height)
            value = value + more
            for group, add in zip(grads, adds, strict=True):
                group[test.channel] += add
        gradient = np.concatenate([np.concatenate(grads).T, by_noise[:, None]], axis=1)
        prior, by_prior = self._prior(theta)
        return value + prior, gradient + by_prior

    def _by_parameters(self, curves: Response, height: Array, slope: Array) -> tuple[Array, Array, Array, Array]:
        """(C, N) each: the likelihood's slope by weekly media, carried to the parameters."""
        total = np.maximum(curves.level.sum(axis=2), 1e-12)
        weight = np.vecdot(curves.level, slope)
        by_stock = slope - (weight / total)[..., None]
        by_stock *= curves.steep
        return (
            height * weight,
            height * np.vecdot(by_stock, curves.carried),
            -height * by_stock.sum(axis=2),
            height * np.vecdot(by_stock, curves.above),
        )

    def _tested(
        self, test: LiftTest, parts: tuple[Array, ...], curves: Response, height: Array
    ) -> tuple[Array, tuple[Array, ...]]:
        """A lift test's log likelihood (N,) and its slopes by the channel's four parameters."""
        c = test.channel
        money = np.array([test.spend_before, test.spend_before + test.spend_change]) / self.unit[c]
        at = steady(np.broadcast_to(money, (1, parts[0].shape[1], 2)), parts[2][c : c + 1], parts[3][c : c + 1])
        rise = at.level[0, :, 1] - at.level[0, :, 0]
        total = np.maximum(curves.level[c].sum(axis=1), 1e-12)
        moved = height[c] * rise
        sd = test.sales_change_sd / self.mean_sales
        miss = (test.sales_change / self.mean_sales - moved) / sd

        def by(own: Array, every: Array) -> Array:
            """The slope by a parameter of which (1, N, 2) and (N, T) levels have these slopes."""
            out: Array = miss / sd * height[c] * (own[0, :, 1] - own[0, :, 0] - rise * every.sum(axis=1) / total)
            return out

        every = curves.steep[c]
        slopes = (
            miss / sd * moved,
            by(at.steep * at.carried, every * curves.carried[c]),
            by(-at.steep, -every),
            by(at.steep * at.above, every * curves.above[c]),
        )
        return -(miss**2) / 2 - np.log(sd), slopes

    def _prior(self, theta: Array) -> tuple[Array, Array]:
        off = theta - self.prior_mean
        pull = np.empty_like(off)
        pull[:, : self.channels] = off[:, : self.channels] @ self.precision
        rest = self.prior_sd[self.channels :]
        pull[:, self.channels :] = off[:, self.channels :] / rest**2
        return -(off * pull).sum(axis=1) / 2, -pull


@dataclass(frozen=True, eq=False)
class Level:
    """Prior of ln iroas: mean (C,), covariance (C, C) of a level common to all and each channel's own."""

    mean: Array
    covariance: Array


def _level_of(spend: Array, sales: Array, claimed: npt.ArrayLike | None, level: tuple[float, float] | None) -> Level:
    channels = len(spend)
    if claimed is None:
        share = spend.sum() / np.nansum(sales)
        usual = _LEVEL if share >= _SMALL_SHARE else (float(np.log(0.2 / share)), _SMALL_SD)
        middle, spread = np.zeros(channels), np.full(channels, _SPREAD)
    else:
        roas = as_array("attributed_roas", claimed, (channels,), nan=True)
        if not (roas[np.isfinite(roas)] > 0).all() or not np.isfinite(roas).any():
            raise ValueError(f"attributed_roas: found {roas}, expected numbers > 0, NaN where nothing is claimed")
        told, usual = np.isfinite(roas), _LEVEL_CLAIMED
        middle = np.where(told, np.log(np.where(told, roas, 1.0)), np.log(roas[told]).mean())
        spread = np.where(told, _SPREAD_CLAIMED, _SPREAD)
    mean, sd = level or usual
    return Level(middle + mean, np.diag(spread**2) + sd**2)


def fit_sales(
    spend: npt.ArrayLike,
    sales: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    controls: npt.ArrayLike | None = None,
    period: float = YEAR,
    harmonics: int = 2,
    knots_every: int | None = 13,
    attributed_roas: npt.ArrayLike | None = None,
    iroas_level: tuple[float, float] | None = None,
    lift_tests: Sequence[LiftTest] = (),
) -> SalesFit:
    """Fit weekly `sales` (T,) (NaN: not known) on `spend` (C, T) and `controls` (K, T).

    `attributed_roas` (C,): what platforms claim, NaN where nothing is; their common bias is estimated. `iroas_level`:
    mean and sd of the common level of ln iroas. `ValueError` below 20 weeks of sales or for a channel without spend.
    """
    money = as_array("spend", spend, (None, None))
    sold = as_array("sales", sales, (money.shape[1],), nan=True, signed=True)
    if np.isfinite(sold).sum() < FEWEST_WEEKS:
        raise ValueError(f"sales: found {np.isfinite(sold).sum()} weeks, expected {FEWEST_WEEKS} or more")
    if not (money.sum(axis=1) > 0).all() or np.nansum(sold) <= 0:
        raise ValueError("spend, sales: found a channel or sales of nothing, expected amounts; leave such channels out")
    for test in lift_tests:
        if not 0 <= test.channel < len(money) or test.sales_change_sd <= 0 or test.spend_before < 0:
            raise ValueError(f"lift test: found {test}, expected a channel below {len(money)}, spend >= 0, sd > 0")
    level = _level_of(money, sold, attributed_roas, iroas_level)
    baseline = baseline_of(sold, controls, period, harmonics, knots_every)
    model = Model(money, sold, baseline, level, lift_tests)
    sd = model.prior_sd
    starts = model.prior_mean + np.vstack([np.zeros(len(sd)), 0.5 * sd * rng.standard_normal((STARTS - 1, len(sd)))])
    return _summed_up(model, money, sample(model.density, starts, sd, rng=rng), rng)


def _summed_up(model: Model, spend: Array, drawn: Sample, rng: np.random.Generator) -> SalesFit:
    theta = drawn.draws
    parts = model.split(theta)
    curves = model.curves(parts)
    height = model.heights(parts[0], curves)
    iroas = np.exp(parts[0]).T
    fit = SalesFit(
        iroas=iroas,
        marginal_iroas=model.next_return(parts, height).T,
        contribution=iroas * spend.sum(axis=1),
        **_doubt_left(model, parts[0].T),
        settled=drawn.settled,
        nested_rhat=drawn.nested_rhat,
        r_squared=np.nan,
        durbin_watson=np.nan,
        stands_out=(),
        s_shaped=bend_up((parts[3] > _SLOPE[0]).mean(axis=1)),
        late_effect=1.0,
        below_zero=0.0,
        _model=model,
        _theta=theta,
        _noise=rng.standard_normal((len(theta), model.baseline.columns)),
    )
    return _checked(fit, model, spend)


def _checked(fit: SalesFit, model: Model, spend: Array) -> SalesFit:
    """The fit with what its residuals say."""
    whole = fit.parts()
    residual = model.sales - whole.fitted.mean(axis=0)[model.known] / model.mean_sales
    squares, share = float(residual @ residual), np.median(fit.contribution, axis=0)
    columns = model.baseline.all_weeks[model.known]
    spread = float(((model.sales - model.sales.mean()) ** 2).sum())
    return replace(
        fit,
        r_squared=1 - squares / spread if spread > 0 else np.nan,
        durbin_watson=float((np.diff(residual) ** 2).sum()) / squares if squares > 0 else np.nan,
        stands_out=weeks_that_stand_out(residual, model.known),
        late_effect=late_effect(residual, model.known, spend, share / share.sum(), columns),
        below_zero=float((whole.baseline < 0).mean(axis=0).max()),
    )


def _doubt_left(model: Model, iroas_log: Array) -> dict[str, Any]:
    """What is left of the prior's doubt: about each channel beside the others, and about all together."""
    many = model.channels
    beside = np.eye(many) - (1 / many if many > 1 else 0.0)
    share = (iroas_log @ beside.T).var(axis=0) / np.diag(beside @ model.level.covariance @ beside.T)
    ones = np.full(many, 1 / many)
    prior_sd = float(np.sqrt(ones @ model.level.covariance @ ones))
    level = iroas_log @ ones
    names = tuple("mostly prior" if one > MOSTLY_PRIOR else "some" if one > SOME else "measured" for one in share)
    return {
        "evidence": names,
        "prior_share": share,
        "level_share": float(level.var()) / prior_sd**2,
        "prior_conflict": abs(float(level.mean() - ones @ model.level.mean)) / prior_sd,
    }
