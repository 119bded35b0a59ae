"""The models' splits of a budget, asked in the plan's terms."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from budget.ahead import Ahead
from budget.business import Business
from budget.economics import media_factor, net_share
from budget.funnels import contribution_before_media
from budget.guardrails import Rails, check_rails, exact_micros, rails_of
from budget.learning import Beliefs
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.question import Question
from models import Allocation, Goal, ResponseTable, Rule, allocate, budget_for_goal, expect

Array = np.ndarray
POINTS, BEND = 97, 1.5
TRIED, NARROWED = 25, 7
"""Budgets tried for a profit, and halvings before the first that reaches it."""
BEYOND = 2.0
"""Times the largest week ever spent (or planned, where nothing was) that a curve is trusted."""


@dataclass(frozen=True, eq=False)
class Curves:
    """What a week of money brings each line: contribution before media, conversions as platforms claim them, and net
    revenue that ads truly cause.

    `top` (C,) ends what is known, in major units; `price` is what one unit of money costs with VAT and fees. The curves
    are those of a usual week: `season` (C, T) is how many times that a week brings (None: once).
    """

    profit: ResponseTable
    conversions: ResponseTable
    revenue: ResponseTable
    top: Array
    price: float
    season: Array | None = None

    def of(self, question: Question) -> ResponseTable:
        """The table of what the question counts."""
        return {"conversions": self.conversions, "revenue": self.revenue, "profit": self.profit}[question.counts]

    def price_of(self, question: Question) -> float:
        """What one unit of money costs in what the question counts: only profit has a price."""
        return self.price if question.counts == "profit" else 0.0

    def brings(self, split: Allocation, question: Question) -> Array:
        """(D,): what the question counts, of the split."""
        price = self.price_of(question) * float(split.spend.sum())
        return worth(self.of(question), split.spend, self.season) - price

    def chance(self, split: Allocation, question: Question) -> float:
        """Share of draws in which the split reaches the target."""
        return float((self.brings(split, question) >= question.target).mean())

    def reached(self, split: Allocation, question: Question) -> float:
        """What the split reaches with the asked probability."""
        return float(np.quantile(self.brings(split, question), 1 - question.probability))


def curves_of(business: Business, found: Beliefs, ahead: Ahead) -> Curves:
    """Curves from 0 to twice the largest week ever spent, or to what the plan holds already where that is more."""
    planned = ahead.today_micros.max(axis=1, initial=0) / MICROS
    ever = ahead.channels.spend.max(axis=1, initial=0.0)
    known = BEYOND * np.where(found.own_share > 0, found.draws.spend_seen, ever)
    end = np.maximum(np.maximum(known, planned), 1e-3)
    grid = end[:, None] * np.linspace(0, 1, POINTS) ** BEND
    outcomes = expect(found.draws, grid)
    return Curves(
        ResponseTable(grid, contribution_before_media(business, outcomes)),
        ResponseTable(grid, outcomes.conversions),
        ResponseTable(grid, outcomes.incremental_value * net_share(business)),
        known,
        media_factor(business),
        _season(found, ahead),
    )


def _season(found: Beliefs, ahead: Ahead) -> Array | None:
    """(C, T): conversions of each week over those of a usual one, at the money that it holds today.

    Demand multiplies them at any money. The price does so nearly: in dearer weeks people see an ad less often.
    """
    if ahead.season.is_usual:
        return None
    usual = found.draws.spend_week[:, None]
    spend = np.where(ahead.today_micros > 0, ahead.today_micros / MICROS, usual)
    plain, known = (expect(found.draws, spend, season=season).conversions for season in (None, ahead.season))
    times: Array = known.mean(axis=0) / plain.mean(axis=0)
    return times


def worth(table: ResponseTable, spend: Array, season: Array | None = None) -> Array:
    """(D,): what a split (C, T) in major units is worth in every draw; between grid points on a line.

    `season` (C, T) multiplies weeks.
    """
    out, seasons = np.zeros(len(table.worth)), np.ones(spend.shape) if season is None else season
    parts = zip(table.spend, table.worth.transpose(1, 0, 2), spend, seasons, strict=True)
    for grid, curve, row, times in parts:
        place = np.clip(np.searchsorted(grid, row, side="right"), 1, len(grid) - 1)
        share = np.clip((row - grid[place - 1]) / (grid[place] - grid[place - 1]), 0.0, 1.0)
        out += ((curve[:, place - 1] * (1 - share) + curve[:, place] * share) * times).sum(axis=1)
    return out


def best(
    curves: Curves, ahead: Ahead, rails: Rails, question: Question, total_micros: int, rule: Rule = "gain_cvar"
) -> Allocation:
    """The split of that money: careful against today's split for the same money, else of the best expected worth."""
    return allocate(
        curves.of(question),
        total_micros / MICROS,
        season=curves.season,
        **_bounds(ahead, rails),
        step=question.step_micros / MICROS,
        rule=rule,
        price=curves.price_of(question),
    )


def base_of(plan: StoredPlan, ahead: Ahead, curves: Curves, question: Question) -> Array | None:
    """Micros (C, T) of the best expected split of today's money, from which cuts are taken; None where it cannot be."""
    today = int(ahead.today_micros.sum())
    rails = rails_of(plan, ahead, question, curves.top, today)
    if check_rails(ahead, rails, today):
        return None
    return exact_micros(best(curves, ahead, rails, question, today, rule="mean").spend, rails, today)


def least_for(curves: Curves, ahead: Ahead, rails: Rails, question: Question) -> Goal:
    """The least money whose best split reaches the target; where none does, the money that most likely would."""
    if question.counts == "profit":
        return _least_for_profit(curves, ahead, rails, question)
    return budget_for_goal(
        curves.of(question), question.target, probability=question.probability, season=curves.season,
        **_bounds(ahead, rails),
    )  # fmt: skip


def _least_for_profit(curves: Curves, ahead: Ahead, rails: Rails, question: Question) -> Goal:
    """More money can mean less profit, so budgets are tried from the least on, then narrowed before the first."""

    def at(total: float) -> Goal:
        split = best(curves, ahead, rails, question, round(total), rule="mean")
        chance = curves.chance(split, question)
        return Goal(
            reachable=chance >= question.probability, budget=total / MICROS, probability=chance, allocation=split
        )

    totals = np.linspace(rails.needed_micros, rails.room_micros, TRIED)
    tried = []
    for total in totals:
        tried.append(at(total))
        if tried[-1].reachable:
            break
    found = tried[-1]
    if not found.reachable:
        return max(tried, key=lambda goal: goal.probability)
    low, high = totals[max(len(tried) - 2, 0)], totals[len(tried) - 1]
    for _ in range(NARROWED):
        if (goal := at(middle := (low + high) / 2)).reachable:
            high, found = middle, goal
        else:
            low = middle
    return found


def _bounds(ahead: Ahead, rails: Rails) -> dict[str, Any]:
    return {
        "current": ahead.today_micros / MICROS,
        "low": rails.low / MICROS,
        "high": rails.high / MICROS,
        "locked": ~rails.free,
        "channel_low": rails.line_low / MICROS,
        "channel_high": rails.line_high / MICROS,
        "group": rails.platform,
        "group_low": rails.platform_low / MICROS,
        "group_high": rails.platform_high / MICROS,
    }
