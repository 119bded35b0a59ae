"""Laws of the split of a budget; its values against a linear programme and against plain search."""

import itertools

import numpy as np
import pytest

from models import Allocation, Infeasible, ResponseTable, allocate, budget_for_goal
from models.allocation import tail_mean
from models.arrays import Array
from tests.models.curves import solved, table, today, worth

WEEKS = 3
CURVES = table()
PLAN = today(CURVES)
BUDGET = float(PLAN.sum())
SEASON = np.random.default_rng(5).uniform(0.5, 1.5, PLAN.shape)


def mean(budget: float = BUDGET, curves: ResponseTable = CURVES, **options: object) -> Allocation:
    """The split of the greatest expected worth."""
    options.setdefault("current", PLAN)
    return allocate(curves, budget, rule="mean", **options)  # type: ignore[arg-type] # options are the function's own


def test_mean_rule_is_the_linear_programme() -> None:
    """Seasons, bounds of cells and of channels: no split is worth more, and the certificate says so."""
    low, high = PLAN * 0.3, PLAN * 1.6
    roof = np.array([np.inf, PLAN[1].sum() * 0.8, np.inf, PLAN[3].sum() * 1.1])
    split = mean(season=SEASON, low=low, high=high, channel_high=roof)
    best = solved(CURVES, BUDGET, SEASON, low, np.minimum(high, CURVES.spend[:, -1:]), roof)
    assert worth(CURVES, split.spend, SEASON).mean() == pytest.approx(best, rel=1e-9)
    assert split.gap == pytest.approx(0, abs=1e-9)
    assert (split.spend.sum(axis=1) <= roof + 1e-6).all()


def test_gain_is_worth_over_todays() -> None:
    """Gain by draw, its chance, and the money moved are what a plain count gives."""
    split = allocate(CURVES, BUDGET, current=PLAN, season=SEASON)
    gain = worth(CURVES, split.spend, SEASON) - worth(CURVES, PLAN, SEASON)
    np.testing.assert_allclose(split.gain, gain, atol=1e-6)
    assert split.probability_better == (gain > 0).mean()
    assert split.moved == pytest.approx(np.abs(split.spend - PLAN).sum() / 2 / BUDGET)
    assert split.value == pytest.approx(np.sort(gain)[:30].mean())
    assert split.value <= split.upper_bound
    assert split.gap < 1e-3


@pytest.mark.parametrize("seed", range(6))
def test_cautious_rule_never_loses_to_today(seed: int) -> None:
    """The mean of the worst half of gains is never below staying; random splits are never above the bound."""
    curves = table(seed=seed)
    plan = today(curves, seed=seed)
    split = allocate(curves, plan.sum(), current=plan)
    assert tail_mean(split.gain, 0.5) >= -1e-9
    rng = np.random.default_rng(seed)
    for _ in range(200):
        shares = rng.dirichlet(np.ones(plan.size)).reshape(plan.shape) * plan.sum()
        if (shares > curves.spend[:, -1:]).any():
            continue
        gain = worth(curves, shares) - worth(curves, plan)
        assert np.sort(gain)[:30].mean() <= split.upper_bound + 1e-6


def test_asked_again_nothing_moves() -> None:
    """The answer is the answer to itself, under either rule."""
    first = allocate(CURVES, BUDGET, current=PLAN)
    again = allocate(CURVES, BUDGET, current=first.spend)
    assert first.changed
    assert not again.changed
    assert (again.spend == first.spend).all()
    best = mean()
    assert np.abs(mean(current=best.spend).spend - best.spend).max() < 1e-6


def test_budget_is_kept_to_the_last_bit_and_more_is_never_worth_less() -> None:
    """Money neither appears nor vanishes; worth rises with the budget."""
    before = -np.inf
    for share in (0.2, 0.5, 1.0, 1.4, 2.0):
        split = mean(BUDGET * share)
        assert split.spend.sum() == pytest.approx(BUDGET * share, rel=1e-12)
        assert worth(CURVES, split.spend).mean() >= before
        before = worth(CURVES, split.spend).mean()


def test_channels_shuffled_give_the_answer_shuffled() -> None:
    """No channel is favoured by its place."""
    order = np.array([2, 0, 3, 1])
    shuffled = ResponseTable(CURVES.spend[order], CURVES.worth[:, order])
    split = allocate(CURVES, BUDGET, current=PLAN, season=SEASON)
    other = allocate(shuffled, BUDGET, current=PLAN[order], season=SEASON[order])
    np.testing.assert_allclose(other.spend, split.spend[order], atol=BUDGET * 1e-9)


def test_money_in_another_unit_gives_the_same_split() -> None:
    """A currency a hundred times smaller changes the figures by a hundred and nothing else."""
    coins = ResponseTable(CURVES.spend * 100, CURVES.worth * 100)
    split, other = (
        allocate(curves, BUDGET * unit, current=PLAN * unit) for curves, unit in ((CURVES, 1), (coins, 100))
    )
    np.testing.assert_allclose(other.spend / 100, split.spend, rtol=1e-9)
    assert other.gap == pytest.approx(split.gap, abs=1e-9)


def test_equal_channels_and_weeks_get_equal_money() -> None:
    """Two channels with one curve, week by week."""
    twice = ResponseTable(np.repeat(CURVES.spend[:1], 2, axis=0), np.repeat(CURVES.worth[:, :1], 2, axis=1))
    plan = np.array([[300.0, 100.0], [50.0, 150.0]])
    split = mean(600.0, twice, current=plan).spend
    assert np.ptp(split) < 1e-6


def test_locked_and_bounded_cells_hold() -> None:
    """Locked cells are bit-identical, the others inside what was asked, and every reason is named."""
    locked = np.zeros(PLAN.shape, bool)
    locked[0] = True
    split = allocate(CURVES, BUDGET, current=PLAN, locked=locked, max_move=0.3, season=SEASON)
    assert (split.spend[0] == PLAN[0]).all()
    assert (split.binding[0] == 3).all()
    moved = split.spend / PLAN
    assert moved.min() >= 0.7 - 1e-9
    assert moved.max() <= 1.3 + 1e-9
    assert ((split.binding == 1) == (np.isclose(moved, 0.7) & ~locked)).all()
    assert ((split.binding == 2) == (np.isclose(moved, 1.3) & ~locked)).all()


def test_increment_only_adds() -> None:
    """With a fifth more money no cell loses any."""
    split = mean(BUDGET * 1.2, increment_only=True)
    assert (split.spend >= PLAN - 1e-9).all()
    assert split.spend.sum() == pytest.approx(BUDGET * 1.2, rel=1e-12)
    assert split.gain.mean() == pytest.approx(split.value)


def test_free_cells_have_equal_marginals() -> None:
    """The next unit brings the same in every cell that nothing holds, within the bend of one grid step."""
    fine = table(points=97)
    split = allocate(fine, BUDGET, current=PLAN, rule="mean", season=SEASON)
    free = split.marginal[split.binding == 0]
    assert free.size > 6
    assert np.ptp(free) < 0.1 * free.mean()


def test_unprofitable_money_stays_unspent() -> None:
    """Without the duty to spend all, the last unit placed brings its price and the next would not."""
    split = mean(BUDGET * 3, spend_all=False, price=1.0)
    assert split.spend.sum() < BUDGET * 3
    curves = CURVES.worth.mean(axis=0)
    for channel, grid in enumerate(CURVES.spend):
        slopes = np.diff(curves[channel]) / np.diff(grid)
        wanted = grid[1:][slopes > 1.0].max(initial=0.0)
        np.testing.assert_allclose(split.spend[channel], wanted)


def test_nothing_goes_beyond_what_was_seen() -> None:
    """However much money there is, a cell ends where its curve does; more than that cannot be placed."""
    room = CURVES.spend[:, -1].sum() * WEEKS
    assert (mean(room).spend <= CURVES.spend[:, -1:] * (1 + 1e-12)).all()
    with pytest.raises(Infeasible, match="upper bounds leave"):
        mean(room * 1.01)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"low": PLAN * 1.1}, "lower bounds need"),
        ({"high": PLAN * 0.9}, "upper bounds leave"),
        ({"low": PLAN, "high": PLAN * 0.5}, "at least"),
        ({"channel_low": PLAN.sum(axis=1) * 20}, "its cells can take"),
        ({"low": PLAN, "channel_high": PLAN.sum(axis=1) * 0.9}, "its cells need"),
    ],
)
def test_bounds_that_cannot_be_met_are_refused(options: dict[str, object], words: str) -> None:
    """Both numbers stand in the message."""
    with pytest.raises(Infeasible, match=words):
        mean(**options)  # type: ignore[arg-type] # options are the function's own


def test_steps_are_whole_but_for_one_cell() -> None:
    """Money in steps of 50: at most one free cell takes the rest, and the sum is exact."""
    split = mean(step=50.0)
    odd = np.abs(split.spend / 50 - np.round(split.spend / 50)) > 1e-9
    assert odd.sum() <= 1
    assert split.spend.sum() == pytest.approx(BUDGET, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_s_shapes_are_split_as_plain_search_would(seed: int) -> None:
    """Three S-shaped channels, one week: within a half per cent of the best of all splits on a fine grid."""
    curves = table(3, 40, 25, seed, shape=3.0)
    budget = float(curves.spend[:, -1].sum() * 0.22)
    plan = np.full((3, 1), budget / 3)
    split = mean(budget, curves, current=np.minimum(plan, curves.spend[:, -1:]))
    mean_worth = curves.worth.mean(axis=0)
    best = 0.0
    for first, second in itertools.product(np.linspace(0, budget, 161), repeat=2):
        rest = budget - first - second
        if rest < 0 or (np.array([first, second, rest]) > curves.spend[:, -1]).any():
            continue
        here = sum(
            float(np.interp(money, curves.spend[c], mean_worth[c])) for c, money in enumerate((first, second, rest))
        )
        best = max(best, here)
    reached = float(worth(curves, split.spend).mean())
    assert reached >= best * 0.995
    assert reached + split.gap * reached >= best


def test_goal_is_reached_with_the_least_budget() -> None:
    """The budget found reaches the target with the asked chance; a hundredth less does not."""
    target = float(np.quantile(worth(CURVES, PLAN), 0.5))
    goal = budget_for_goal(CURVES, target, current=PLAN, probability=0.8)
    assert goal.reachable
    assert goal.allocation is not None
    assert (worth(CURVES, goal.allocation.spend) >= target).mean() >= 0.8
    less = mean(goal.budget * 0.99)
    assert (worth(CURVES, less.spend) >= target).mean() <= 0.8
    assert not budget_for_goal(CURVES, target * 100, current=PLAN).reachable


def test_tail_takes_a_part_of_the_value_on_its_border() -> None:
    """The worst quarter of ten values is two whole ones and half of the third."""
    assert tail_mean(np.arange(10.0), 0.25) == pytest.approx((0 + 1 + 0.5 * 2) / 2.5)


@pytest.mark.parametrize(
    ("grid", "bad"), [(np.array([[1.0, 2.0]]), "rise from 0"), (np.array([[0.0, 2.0, 2.0]]), "rise from 0")]
)
def test_tables_that_are_none_are_refused(grid: Array, bad: str) -> None:
    """A grid starts at 0 and rises."""
    with pytest.raises(ValueError, match=bad):
        ResponseTable(grid, np.zeros((5, *grid.shape)))
