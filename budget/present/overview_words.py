"""The owner's page in words: each block's finding by a rule on its figures, and what changed since a forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from budget.cash import Cash
from budget.frontier import Frontier, Point
from budget.money import MICROS, major
from budget.optional_lines import OptionalLine
from budget.pnl import ProfitAndLoss
from budget.present.numbers import Numbers
from budget.present.words import Words
from budget.record_weeks import JudgedWeek, right

HUNDRED = 100.0
NEAR, CLEAR = 0.02, 0.05
"""Chances nearer than the first are called the same; from the second on a change is called good or bad."""


@dataclass(frozen=True)
class Change:
    """What changed since an earlier forecast; `good` None where that is within the noise."""

    text: str
    arrow: Literal["up", "down", "off"]
    good: bool | None = None


def of_end(words: Words, numbers: Numbers, profit_micros: int) -> str:
    """How a plan ended of which every week is over."""
    amount = numbers.money(abs(profit_micros))
    if profit_micros >= 0:
        return words.say("The plan ended {amount} in profit", amount=amount)
    return words.say("The plan ended {amount} in loss", amount=amount)


def of_statement(words: Words, numbers: Numbers, pnl: ProfitAndLoss) -> str:
    """What remains of each hundred sold; only the name of the chart where nothing was sold."""
    if pnl.net_revenue <= 0:
        return words.say("From net revenue to profit")
    remains, hundred = round(HUNDRED * pnl.profit / pnl.net_revenue), numbers.money_of(HUNDRED)
    facts = {"hundred": hundred, "amount": numbers.money_of(abs(remains))}
    if remains > 0:
        return words.say("Of each {hundred} sold about {amount} remain", **facts)
    if remains < 0:
        return words.say("Each {hundred} sold loses about {amount}", **facts)
    return words.say("Of each {hundred} sold almost nothing remains", hundred=hundred)


def of_cash_weeks(words: Words, found: Cash, done: int) -> str:
    """When cash turns positive for good; `done` weeks are over."""
    week = found.back_week
    if week is None:
        return words.say("Cash most likely stays below zero to the last payment")
    if week == 1:
        return words.say("Cash most likely stays above zero from the first week")
    if week <= done:
        return words.say("Cash is above zero since week {n}, most likely for good", n=str(week))
    return words.say("Cash most likely turns positive in week {n}", n=str(week))


def of_weeks(words: Words, weeks: Sequence[JudgedWeek]) -> str:
    """How often the ranges held."""
    if not weeks:
        return words.say("No forecast has met its result yet")
    return words.count(
        "Our range was right in {right} of {n} week", "Our ranges were right in {right} of {n} weeks", len(weeks),
        right=str(right(weeks)),
    )  # fmt: skip


def of_optional(words: Words, lines: Sequence[OptionalLine]) -> str:
    """Which lines go first; only the name of the block where none may be cut."""
    if not lines:
        return words.say("No line with money left may be cut")
    return words.say("If money gets tight, these lines go first")


def budget_name(words: Words, numbers: Numbers, point: Point, divisor: float, digits: int) -> str:
    """A budget by what is done to today's, and its money: `Cut 20%, 67`."""
    budget = numbers.decimal(major(point.budget_micros) / divisor, digits)
    share = numbers.percent(abs(point.share), 0)
    if not point.share:
        return words.say("Keep, {budget}", budget=budget)
    if point.share < 0:
        return words.say("Cut {share}, {budget}", share=share, budget=budget)
    return words.say("Grow {share}, {budget}", share=share, budget=budget)


def even_text(words: Words, numbers: Numbers, found: Frontier) -> str:
    """From which budget on a loss is expected; "" where that is not known."""
    if found.zero_micros is not None:
        return words.say("Break-even: beyond {budget} a loss is expected.", budget=numbers.money(found.zero_micros))
    if found.points and min(point.expected for point in found.points) > 0:
        return words.say("Break-even: none of these budgets is expected to make a loss.")
    return ""


def chance_change(
    words: Words, numbers: Numbers, before: float | None, now: float | None, *, up: bool
) -> Change | None:
    """How a chance moved, `up` being good; None where one of the two is not known."""
    if before is None or now is None:
        return None
    moved = now - before
    if abs(moved) < NEAR:
        return Change(words.say("about the same"), "off")
    points = numbers.points(abs(moved))
    good = (moved > 0) == up if abs(moved) >= CLEAR else None
    if moved > 0:
        return Change(words.say("{points} up", points=points), "up", good)
    return Change(words.say("{points} down", points=points), "down", good)


def profit_change(words: Words, numbers: Numbers, before: float, now: float, spread: float) -> Change:
    """How the middle of profit moved (major units); `spread` is the length of the range of today."""
    moved = now - before
    if abs(moved) <= NEAR * spread:
        return Change(words.say("about the same"), "off")
    amount = numbers.compact(abs(moved))
    good = moved > 0 if abs(moved) >= CLEAR * spread else None
    if moved > 0:
        return Change(words.say("{amount} up", amount=amount), "up", good)
    return Change(words.say("{amount} down", amount=amount), "down", good)


def payback_change(words: Words, before: int | None, now: int | None) -> Change | None:
    """How the week of payback moved; None where one of the two is not in the plan."""
    if before is None or now is None:
        return None
    if before == now:
        return Change(words.say("the same week"), "off")
    weeks = abs(now - before)
    if now < before:
        return Change(words.count("{n} week earlier", "{n} weeks earlier", weeks), "down", True)
    return Change(words.count("{n} week later", "{n} weeks later", weeks), "up", False)


def lost_text(numbers: Numbers, of: OptionalLine) -> str:
    """The profit that goes with a line, and its range."""
    low, mid, high = of.lost.low, of.lost.mid, of.lost.high
    return f"{numbers.money_of(mid)} ({numbers.whole_span(low, high)})"


def left_text(numbers: Numbers, of: OptionalLine) -> str:
    """The money that is left on a line."""
    return numbers.money_of(of.left_micros / MICROS)
