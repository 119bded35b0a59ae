"""Cut, keep or grow: what the weeks to come bring with less and with more money, each at its best split."""

from dataclasses import dataclass, replace

import numpy as np

from budget.ahead import Ahead
from budget.fans import Interval, interval
from budget.guardrails import check_rails, rails_of
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.question import Question
from budget.splits import Curves, best, most_profitable, worth

SHARES = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True)
class Point:
    """A budget over the weeks to come and its profit after media (major units, 8 of 10 outcomes), before the team."""

    share: float
    budget_micros: int
    profit: Interval
    p_loss: float


@dataclass(frozen=True)
class Frontier:
    """Budgets from 30 % less to 30 % more, those that the guard-rails allow.

    `stop_micros`: the budget at which the next money brings back just itself; None where even the largest one still
    earns (`grows`), or where even the smallest one is too much.
    """

    points: tuple[Point, ...]
    stop_micros: int | None
    grows: bool


def frontier_of(plan: StoredPlan, ahead: Ahead, curves: Curves, question: Question) -> Frontier:
    """Each budget at the split of the best expected profit inside the question's guard-rails."""
    asked = replace(question, aim="profit")
    points = [point for share in SHARES if (point := _point(plan, ahead, curves, asked, share))]
    return Frontier(tuple(points), *_stop(plan, ahead, curves, asked, points))


def _total(ahead: Ahead, share: float) -> int:
    return round(int(ahead.today_micros.sum()) * (1 + share))


def _point(plan: StoredPlan, ahead: Ahead, curves: Curves, asked: Question, share: float) -> Point | None:
    total = _total(ahead, share)
    rails = rails_of(plan, ahead, asked, curves.top, total)
    if check_rails(ahead, rails, total):
        return None
    split = best(curves, ahead, rails, asked, total, rule="mean")
    profit = worth(curves.profit, split.spend) - curves.price * total / MICROS
    return Point(share, total, interval(profit), float((profit < 0).mean()))


def _stop(
    plan: StoredPlan, ahead: Ahead, curves: Curves, asked: Question, points: list[Point]
) -> tuple[int | None, bool]:
    """Where growing stops to pay, between the smallest and the largest budget that can be."""
    if len(points) < 2:
        return None, False
    small, large = (rails_of(plan, ahead, asked, curves.top, point.budget_micros) for point in (points[0], points[-1]))
    rails = replace(large, low=np.minimum(small.low, large.low), line_low=small.line_low)
    found = round(float(most_profitable(curves, ahead, rails).spend.sum()) * MICROS)
    if found >= points[-1].budget_micros:
        return None, True
    return (None if found <= points[0].budget_micros else found), False
