"""The split itself beside a plain search over two lines, and its laws under the same curves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from budget.advice import Advice
from budget.ahead import Ahead, ahead_of
from budget.business import business_of
from budget.economics import media_factor
from budget.editing import with_figure
from budget.funnels import channels_of, contribution_before_media
from budget.guardrails import Rails, exact_micros, rails_of
from budget.learning import beliefs
from budget.money import MICROS, micros
from budget.plan import StoredPlan
from budget.question import Question
from budget.ranges import Range
from budget.splits import Curves, best, curves_of
from models import ResponseTable, expect
from tests.budget.asking import FREE, SEED, advised, budgets_of, proposed
from tests.budget.builders import START, line, plan_of, usual_plan

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class World:
    """One plan's curves and limits, to ask the split itself."""

    curves: Curves
    ahead: Ahead
    rails: Rails

    def split(self, question: Question = FREE) -> Array:
        """(C, T) of the best split of today's money."""
        total = int(self.ahead.today_micros.sum())
        return best(self.curves, self.ahead, self.rails, question, total).spend


def world(plan: StoredPlan, order: Sequence[int] = (0, 1, 2), today: Array | None = None) -> World:
    """The plan's lines in another order, or with other weeks, under the same beliefs."""
    channels = channels_of(plan)
    found = beliefs(channels, None, SEED)
    ahead = ahead_of(channels, None, START)
    curves, rows = curves_of(business_of(plan), found, ahead), list(order)
    profit, orders, revenue = (
        ResponseTable(t.spend[rows], t.worth[:, rows]) for t in (curves.profit, curves.conversions, curves.revenue)
    )
    ahead = replace(
        ahead, channels=replace(channels, lines=tuple(channels.lines[c] for c in rows)), part=ahead.part[rows],
        today_micros=ahead.today_micros[rows] if today is None else today,
    )  # fmt: skip
    top = curves.top[rows]
    rails = rails_of(plan, ahead, FREE, top, int(ahead.today_micros.sum()))
    return World(Curves(profit, orders, revenue, top, curves.price), ahead, rails)


def test_asked_again_at_its_answer_it_moves_nothing() -> None:
    """The best split is its own best split."""
    first = world(usual_plan())
    spend = first.split()
    today = exact_micros(spend, first.rails, int(first.ahead.today_micros.sum()))
    assert (today != first.ahead.today_micros).any()
    second = world(usual_plan(), today=today)
    again = best(second.curves, second.ahead, second.rails, FREE, int(today.sum()))
    assert not again.changed
    np.testing.assert_array_equal(np.rint(again.spend * MICROS), today)


def test_lines_in_another_order_get_the_same_money() -> None:
    """Shuffled lines, permuted answer."""
    order = (2, 0, 1)
    np.testing.assert_allclose(world(usual_plan(), order).split(), world(usual_plan()).split()[list(order)], atol=0.02)


def two_lines(weeks: int = 1) -> StoredPlan:
    """1,000 on Meta and 1,000 on TikTok in every week; TikTok hardly sells."""
    plan = plan_of(
        line("a", "meta", "prospecting", 1000.0 * weeks, weeks=weeks),
        line("b", "tiktok", "awareness", 1000.0 * weeks, weeks=weeks),
    )
    for key, cpm, ctr, cvr in (("a", 4.0, 0.013, 0.025), ("b", 2.0, 0.006, 0.009)):
        for name, x in (("cpm", cpm), ("ctr", ctr), ("cvr", cvr), ("audience", 400_000.0)):
            plan = with_figure(plan, key, name, Range(x / 1.3, x, x * 1.3))
    return plan


def searched(plan: StoredPlan, total: float, step: float = 2.0) -> tuple[Array, Array]:
    """First line's money (N,) and contribution before media (D, N) of every split of one week's total, by `expect`."""
    first = np.arange(0, min(total, 2000) + 1e-9, step)
    spend = np.stack([first, np.maximum(total - first, 0)])
    found = beliefs(channels_of(plan), None, SEED)
    return first, contribution_before_media(business_of(plan), expect(found.draws, spend)).sum(axis=1)


def worst_half(gain: Array) -> Array:
    """(N,): the mean of the worst 500 of 1,000 draws."""
    found: Array = np.sort(gain, axis=0)[: len(gain) // 2].mean(axis=0)
    return found


def test_the_split_is_the_one_that_a_plain_search_finds() -> None:
    """Two lines, one week: no split in steps of 2 has a better worst half of outcomes, by the formulas themselves."""
    plan = two_lines()
    first, brought = searched(plan, 2000)
    today = brought[:, [np.abs(first - 1000).argmin()]]
    scores = worst_half(brought - today)
    found = advised(plan, replace(FREE, locked=()))
    mine = major_of(found, "a")
    assert found.changed
    assert np.interp(mine, first, scores) >= scores.max() - 0.001 * today.mean()
    assert found.gap * today.mean() >= scores.max() - np.interp(mine, first, scores) - 0.5
    gain = (brought - today)[:, np.abs(first - mine).argmin()]
    assert found.gain.mid == pytest.approx(np.median(gain), rel=0.02)
    assert found.chance == pytest.approx((gain > 0).mean(), abs=0.01)


def test_other_money_is_split_for_the_best_expectation() -> None:
    """1,500 instead of 2,000: no split in steps of 2 is expected to bring more."""
    plan = two_lines()
    first, brought = searched(plan, 1500)
    found = advised(plan, replace(FREE, budget_micros=micros(1500)))
    mean = brought.mean(axis=0)
    assert np.interp(major_of(found, "a"), first, mean) >= mean.max() - 0.001 * mean.max()
    planned = searched(plan, 2000)[1][:, 500]
    gain = brought[:, np.abs(first - major_of(found, "a")).argmin()] - planned + 500 * media_factor(business_of(plan))
    assert found.gain.mid == pytest.approx(np.median(gain), rel=0.02)


def test_the_target_is_reached_with_the_least_money() -> None:
    """A target of conversions: reached in 8 of 10 outcomes, and no cheaper split in steps of 2 reaches it."""
    plan = two_lines()
    found = advised(plan, replace(FREE, aim="target", target=120.0))
    draws = beliefs(channels_of(plan), None, SEED).draws

    def best_chance(total: float) -> float:
        grid = np.arange(0, min(total, 2000) + 1, 2.0)
        orders = expect(draws, np.stack([grid, np.minimum(total - grid, 2000)])).conversions.sum(axis=1)
        return float((orders >= 120).mean(axis=0).max())

    money = found.proposed_micros / MICROS
    assert found.chance >= 0.8
    assert best_chance(money) == pytest.approx(found.chance, abs=0.03)
    assert best_chance(money - 25) < 0.8


def major_of(found: Advice, key: str) -> float:
    """Proposed money of a line in major units."""
    return proposed(found)[key] / MICROS


def test_the_best_budget_is_the_one_that_a_plain_search_finds() -> None:
    """Profit by budget of two lines: no budget in steps of 2 % of today's is better than the one named."""
    plan = two_lines()
    found = budgets_of(plan, replace(FREE, max_move=0.3))
    assert found.best_micros is not None
    price = media_factor(business_of(plan))

    def profit(total: float) -> float:
        first, brought = searched(plan, total)
        inside = (abs(first - 1000) <= 500) & (abs(total - first - 1000) <= 500)
        return float(brought.mean(axis=0)[inside].max()) - price * total

    budgets = [2000 * (1 + share / 100) for share in range(-50, 51, 2)]
    top = max(budgets, key=profit)
    assert profit(found.best_micros / MICROS) >= profit(top) - 0.001 * abs(profit(top)) - 0.5
    for point in found.points:
        assert point.profit.low <= profit(point.budget_micros / MICROS) <= point.profit.high
