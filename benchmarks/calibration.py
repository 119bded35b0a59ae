"""Simulation-based calibration: truth drawn from the prior, its rank among the posterior's draws."""

from dataclasses import dataclass

import numpy as np

from models import expect, learn_funnel, simulate
from models.arrays import Array
from models.sales import Model
from models.sampling import sample
from tests.models.shops import from_prior, model, spend
from tests.models.test_learning import world

BINS = 10
SALES_SETS, FUNNEL_SETS = 600, 200
INSIDE = " (inside)"  # on no screen


@dataclass(frozen=True, eq=False)
class Calibration:
    """Ranks in 0..1 of the truth, one a data set."""

    ranks: Array

    @property
    def sets(self) -> int:
        """Data sets."""
        return len(self.ranks)

    @property
    def chi_square(self) -> float:
        """How uneven the ranks are, over ten bins."""
        counts, _ = np.histogram(self.ranks, BINS, (0.0, 1.0))
        even = self.sets / BINS
        return float(((counts - even) ** 2 / even).sum())

    def cover(self, level: float) -> float:
        """Share of central ranges of that level that hold the truth."""
        return float((np.abs(self.ranks - 0.5) < level / 2).mean())


def sales_calibration(sets: int = SALES_SETS, channels: int = 4, weeks: int = 104) -> dict[str, Calibration]:
    """What the screens show of the sales model, then parameters that only shape it."""
    money = spend(channels, weeks)
    ranks: dict[str, list[float]] = {}
    for seed in range(sets):
        rng = np.random.default_rng(5000 + seed)
        truth, sales = from_prior(money, rng)
        whole = model(money, sales)
        starts = whole.prior_mean + np.vstack(
            [np.zeros(len(truth)), 0.5 * whole.prior_sd * rng.standard_normal((3, len(truth)))]
        )
        drawn = _quantities(whole, money, sample(whole.density, starts, whole.prior_sd, rng=rng).draws)
        for name, one in _quantities(whole, money, truth[None]).items():
            ranks.setdefault(name, []).append(float((drawn[name] < one).mean()))
    return {name: Calibration(np.array(values)) for name, values in ranks.items()}


def _quantities(whole: Model, money: Array, theta: Array) -> dict[str, Array]:
    """(N,) each, of (N, P) parameters."""
    parts = whole.split(theta)
    following = whole.next_return(parts, whole.heights(parts[0], whole.curves(parts)))
    return {
        "return of a channel": parts[0][0],
        "return of another": parts[0][1],
        "return of a channel's next money": following[0],
        "contribution of all media": money.sum(axis=1) @ np.exp(parts[0]),
        f"carry-over{INSIDE}": parts[1][0],
        f"half-saturation{INSIDE}": parts[2][0],
        f"half-saturation of another{INSIDE}": parts[2][1],
        f"slope{INSIDE}": parts[3][0],
        f"noise{INSIDE}": theta[:, -1],
    }


def funnel_calibration(sets: int = FUNNEL_SETS, weeks: int = 12) -> dict[str, Calibration]:
    """Cost of a contact, rates and the curve at usual and at twice the spend, next week's conversions."""
    ranks: dict[str, list[float]] = {}
    for seed in range(sets):
        prior, truth, seen = world(seed + 7000, weeks)
        learned = learn_funnel(seen, prior, rng=np.random.default_rng(seed)).draws
        usual = seen.spend.mean(axis=1, keepdims=True) * [1.0, 2.0]
        curve, true = expect(learned, usual).conversions, expect(truth, usual).conversions
        shown = simulate(truth, usual, rng=np.random.default_rng(seed + 1)).conversions
        chance = simulate(learned, usual, rng=np.random.default_rng(seed + 2)).conversions
        shown_money = simulate(truth, usual, rng=np.random.default_rng(seed + 3)).value
        chance_money = simulate(learned, usual, rng=np.random.default_rng(seed + 4)).value
        jitter = np.random.default_rng(seed).uniform(size=1)
        for name, all_of, one in (
            ("conversions at usual spend", curve[:, 0, 0], true[0, 0, 0]),
            ("conversions at twice the spend", curve[:, 0, 1], true[0, 0, 1]),
            ("next week's conversions", chance[:, 0, 0], shown[0, 0, 0]),
            ("next week's value", chance_money[:, 0, 0], shown_money[0, 0, 0]),
        ):
            below, level = (all_of < one).mean(), (all_of == one).mean()
            ranks.setdefault(name, []).append(float(below + jitter[0] * level))
    return {name: Calibration(np.array(values)) for name, values in ranks.items()}
