"""Cut, keep or grow: what the weeks to come bring with less and with more money, each at its best split."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from budget.ahead import Ahead
from budget.fans import Interval, interval
from budget.guardrails import check_rails, rails_of
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.question import Question
from budget.splits import Curves, base_of, best, worth

Array = np.ndarray
SHARES = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
STEPS, GOLDEN = 8, 0.618034
"""Sections by which the neighbourhood of the best budget is narrowed: to less than a hundredth of today's."""


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

    `best_micros`: the budget of the greatest expected profit, up to which money pays for itself; `at_end` where it is
    the smallest or the largest of the points. None where there is no choice of budgets.
    """

    points: tuple[Point, ...]
    best_micros: int | None
    at_end: bool


def frontier_of(plan: StoredPlan, ahead: Ahead, curves: Curves, question: Question) -> Frontier:
    """Each budget at the split of the best expected profit inside the question's guard-rails, which stay the same."""
    asked = replace(question, aim="profit")
    today, base = int(ahead.today_micros.sum()), base_of(plan, ahead, curves, asked)

    def draws(total_micros: int) -> Array | None:
        rails = rails_of(plan, ahead, asked, curves.top, total_micros, moves_along=False, base=base)
        if check_rails(ahead, rails, total_micros):
            return None
        split = best(curves, ahead, rails, asked, total_micros, rule="mean")
        profit: Array = worth(curves.profit, split.spend, curves.season) - curves.price * total_micros / MICROS
        return profit

    found = [
        (share, total, profit) for share in SHARES if (profit := draws(total := round(today * (1 + share)))) is not None
    ]
    points = tuple(Point(share, total, interval(p), float((p < 0).mean())) for share, total, p in found)
    if len(found) < 2:
        return Frontier(points, None, at_end=False)
    place = int(np.argmax([profit.mean() for _, _, profit in found]))
    low, high = found[max(place - 1, 0)][1], found[min(place + 1, len(found) - 1)][1]
    top = _peak(low, high, lambda total: -np.inf if (profit := draws(total)) is None else float(profit.mean()))
    return Frontier(points, top, at_end=_near(top, points[0], today) or _near(top, points[-1], today))


def _peak(low: int, high: int, value: Callable[[int], float]) -> int:
    """Where a curve with one top is highest, by golden sections."""
    left, right = high - int(GOLDEN * (high - low)), low + int(GOLDEN * (high - low))
    at_left, at_right = value(left), value(right)
    for _ in range(STEPS):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + int(GOLDEN * (high - low))
            at_right = value(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - int(GOLDEN * (high - low))
            at_left = value(left)
    return (low + high) // 2


def _near(total_micros: int, point: Point, today: int) -> bool:
    return abs(total_micros - point.budget_micros) <= 0.005 * today
