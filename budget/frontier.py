"""Cut, keep or grow: what the weeks to come bring with less and with more money, each at its best split."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from budget.fans import Interval, interval
from budget.ground import Ground
from budget.guardrails import check_rails, exact_micros, rails_of
from budget.money import MICROS
from budget.question import Question
from budget.splits import base_of, best, worth

Array = np.ndarray
SPAN = 0.5
SHARES = tuple(n / 20 for n in range(-10, 11))
STEPS, GOLDEN = 8, 0.618034
"""Sections by which the neighbourhood of the best budget is narrowed: to less than a hundredth of today's."""
ABOUT_RIGHT = 0.02
"""A budget this near the best one is called right."""
CLEAR = 0.6
"""Share of outcomes in which another budget has to be better before it is advised."""
Verdict = Literal["cut", "keep", "grow"]


@dataclass(frozen=True)
class Point:
    """A budget over the weeks to come at its best split.

    `profit` after media, before the team, and net `revenue` in major units, `conversions` as platforms claim them: 8 of
    10 outcomes; `expected` is the mean of profit. `better`: chance of more profit than the plan as it stands. `lines`:
    micros of each line, in the order of the plan.
    """

    share: float
    budget_micros: int
    profit: Interval
    expected: float
    p_loss: float
    conversions: Interval
    revenue: Interval
    better: float
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Frontier:
    """Budgets from half to half as much again, those that the limits allow; `today`: micros of each line as planned.

    `best_micros`: the budget of the greatest expected profit, up to which money pays for itself, and `chance` that it
    beats today's budget, both at their best splits; `at_end` where it is the smallest or the largest of the points.
    None where there is no choice of budgets. `hundred`: profit of the next 100 at today's budget after their cost, None
    at the end. `zero_micros`: the budget beyond which a loss is expected, None where none is.
    """

    line_keys: tuple[str, ...]
    today: tuple[int, ...]
    points: tuple[Point, ...] = ()
    best_micros: int | None = None
    at_end: bool = False
    chance: float = 0.5
    hundred: float | None = None
    zero_micros: int | None = None

    @property
    def today_micros(self) -> int:
        """The money of the weeks to come as planned."""
        return sum(self.today)

    @property
    def verdict(self) -> Verdict:
        """Keep where the best budget is near, or not clearly better."""
        extra = (self.best_micros or self.today_micros) - self.today_micros
        if abs(extra) <= ABOUT_RIGHT * self.today_micros or self.chance < CLEAR:
            return "keep"
        return "grow" if extra > 0 else "cut"


def frontier_of(ground: Ground, question: Question) -> Frontier:
    """Each budget at the split of the best expected profit, all inside the same limits.

    The limits are the question's, but that a week may leave today's plan by half at least: narrower ones would leave
    no choice at the ends.
    """
    asked = replace(question, aim="profit", max_move=max(question.max_move, SPAN))
    today = int(ground.ahead.today_micros.sum())
    split = _splits(ground, asked)
    price = ground.curves.price / MICROS
    planned = _worth(ground, ground.ahead.today_micros) - price * today
    found: list[tuple[Point, Array]] = []
    for share in SHARES:
        total = round(today * (1 + share))
        if (money := split(total)) is not None:
            profit = _worth(ground, money) - price * total
            found.append((_point(ground, share, total, money, profit, planned), profit))
    lines = tuple(line.line_key for line in ground.ahead.channels.lines)
    held = Frontier(lines, tuple(map(int, ground.ahead.today_micros.sum(axis=1))), tuple(p for p, _ in found))
    if len(found) < 2:
        return held

    def profit_at(total: int) -> Array | None:
        money = split(total)
        return None if money is None else _worth(ground, money) - price * total

    return _judged(held, [profit for _, profit in found], profit_at)


def _splits(ground: Ground, asked: Question) -> Callable[[int], Array | None]:
    """Micros (C, T) of the best split of a total; None where the limits do not allow it."""
    plan, ahead, curves = ground.plan, ground.ahead, ground.curves
    base = base_of(plan, ahead, curves, asked)

    def split(total_micros: int) -> Array | None:
        rails = rails_of(plan, ahead, asked, curves.top, total_micros, moves_along=False, base=base)
        if check_rails(ahead, rails, total_micros):
            return None
        return exact_micros(best(curves, ahead, rails, asked, total_micros, rule="mean").spend, rails, total_micros)

    return split


def _worth(ground: Ground, money: Array) -> Array:
    return worth(ground.curves.profit, money / MICROS, ground.curves.season)


def _point(ground: Ground, share: float, total: int, money: Array, profit: Array, planned: Array) -> Point:
    curves = ground.curves
    conversions, revenue = (
        worth(table, money / MICROS, curves.season) for table in (curves.conversions, curves.revenue)
    )
    return Point(
        share,
        total,
        interval(profit),
        float(profit.mean()),
        float((profit < 0).mean()),
        interval(conversions),
        interval(revenue),
        float((profit > planned).mean()),
        tuple(map(int, money.sum(axis=1))),
    )


def _judged(held: Frontier, profits: list[Array], profit_at: Callable[[int], Array | None]) -> Frontier:
    """The best budget, what the next 100 earns today, and where profit ends."""
    points, today = held.points, held.today_micros
    place = int(np.argmax([point.expected for point in points]))
    low, high = points[max(place - 1, 0)], points[min(place + 1, len(points) - 1)]
    top = _peak(low.budget_micros, high.budget_micros,
                lambda total: -np.inf if (p := profit_at(total)) is None else float(p.mean()))  # fmt: skip
    at_end = any(abs(top - end.budget_micros) <= 0.005 * today for end in (points[0], points[-1]))
    keep = next((n for n, point in enumerate(points) if point.share == 0), None)
    there = profits[place] if at_end or (p := profit_at(top)) is None else p
    chance = 0.5 if keep is None else float((there > profits[keep]).mean())
    return replace(
        held,
        best_micros=top,
        at_end=at_end,
        chance=chance,
        hundred=_hundred(points, keep),
        zero_micros=_zero(points),
    )


def _hundred(points: tuple[Point, ...], keep: int | None) -> float | None:
    if keep is None or keep + 1 >= len(points):
        return None
    here, after = points[keep], points[keep + 1]
    return 100 * MICROS * (after.expected - here.expected) / (after.budget_micros - here.budget_micros)


def _zero(points: tuple[Point, ...]) -> int | None:
    """Where expected profit turns to loss, on a line between points."""
    for here, after in pairwise(points):
        if here.expected >= 0 > after.expected:
            share = here.expected / (here.expected - after.expected)
            return round(here.budget_micros + share * (after.budget_micros - here.budget_micros))
    return None


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
