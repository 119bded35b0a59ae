"""Totals of groups of channels: the split beside a linear programme, and what cannot be met."""

import numpy as np
import pytest

from models import Infeasible, allocate
from models.allocation import tail_mean
from models.arrays import Array
from tests.models.curves import solved, table, today, worth

GROUP = np.array([0, 1, 0, 2, 1])
MEMBER = (np.arange(3)[:, None] == GROUP).astype(float)


def sums(spend: Array) -> Array:
    """(K,): money of each group."""
    found: Array = MEMBER @ spend.sum(axis=1)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_the_linear_programme(seed: int) -> None:
    """Least and most of groups, of cells and of channels at once: no split is worth more, and the certificate is 0."""
    rng = np.random.default_rng(seed)
    curves = table(channels=5, seed=seed)
    plan = today(curves, seed=seed)
    budget, low, high = float(plan.sum()), plan * 0.4, np.minimum(plan * 1.8, curves.spend[:, -1:])
    roof = np.where(rng.random(5) < 0.4, plan.sum(axis=1) * 1.2, np.inf)
    season, money = rng.uniform(0.5, 1.5, plan.shape), sums(plan)
    least, most = money * rng.uniform(0.5, 1.1, 3), money * rng.uniform(1.1, 1.5, 3)
    least *= min(1.0, 0.95 * budget / least.sum())
    split = allocate(
        curves, budget, current=plan, season=season, low=low, high=high, channel_high=roof, group=GROUP,
        group_low=least, group_high=most, rule="mean",
    )  # fmt: skip
    best = solved(curves, budget, season, low, high, roof, MEMBER, least, most)
    assert worth(curves, split.spend, season).mean() == pytest.approx(best, rel=1e-9)
    assert split.gap == pytest.approx(0, abs=1e-9)
    assert (sums(split.spend) >= least - 1e-6).all()
    assert (sums(split.spend) <= most + 1e-6).all()
    assert split.spend.sum() == pytest.approx(budget, rel=1e-12)


@pytest.mark.parametrize("step", [0.0, 25.0])
def test_the_cautious_rule_and_steps_hold_groups(step: float) -> None:
    """A roof just above today's money of the group that would gain holds to the cent; staying is never better."""
    curves = table(channels=5, seed=3)
    plan = today(curves, seed=3)
    free = allocate(curves, plan.sum(), current=plan, step=step)
    most = int((sums(free.spend) - sums(plan)).argmax())
    roof = np.where(np.arange(3) == most, sums(plan) * 1.01, np.inf)
    split = allocate(curves, plan.sum(), current=plan, group=GROUP, group_high=roof, step=step)
    assert sums(free.spend)[most] > roof[most]
    assert sums(split.spend)[most] <= roof[most] + 1e-6
    assert tail_mean(split.gain, 0.5) >= -1e-9
    assert tail_mean(split.gain, 0.5) <= tail_mean(free.gain, 0.5) + 5e-4 * worth(curves, plan).mean()


def test_groups_without_bounds_change_nothing() -> None:
    """Bounds that do not bind give the same split as none."""
    curves = table(channels=5, seed=1)
    plan = today(curves, seed=1)
    split = allocate(curves, plan.sum(), current=plan, group=GROUP, group_low=np.zeros(3), group_high=np.full(3, 1e9))
    np.testing.assert_array_equal(split.spend, allocate(curves, plan.sum(), current=plan).spend)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (np.array([1e9, 0, 0]), np.full(3, np.inf), "its channels can take"),
        (np.array([500.0, 0, 0]), np.array([400.0, np.inf, np.inf]), "at least 500, its channels can take 400"),
        (np.zeros(3), np.array([1.0, np.inf, np.inf]), "its channels need"),
    ],
    ids=["too much", "crossed", "too little"],
)
def test_groups_that_cannot_be_met_are_refused(low: Array, high: Array, words: str) -> None:
    """Both numbers stand in the message."""
    curves = table(channels=5)
    plan = today(curves)
    with pytest.raises(Infeasible, match=words):
        allocate(curves, plan.sum(), current=plan, low=plan * 0.5, group=GROUP, group_low=low, group_high=high)


def test_groups_of_another_length_are_refused() -> None:
    """One group a channel is expected."""
    curves = table(channels=5)
    with pytest.raises(ValueError, match="group"):
        allocate(curves, 100.0, current=today(curves), group=[0, 1])
