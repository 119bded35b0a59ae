"""When the plan's money really leaves and arrives: the same profit, week by week as it is paid."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from budget.errors import InvalidValue
from budget.fans import Fan, Interval, fan, interval
from budget.payback import payback_week
from budget.plan import BUSINESS, PlanAssumption, StoredPlan
from budget.weeks import WEEK, week_ends

Array = np.ndarray
MOST_DAYS = 365


@dataclass(frozen=True)
class CashTerms:
    """Days between the week in which something counts and its payment. Raises `InvalidValue`.

    `media_days` after the spend, `goods_days` (goods, delivery, payment fees) and `revenue_days` after the order; the
    team is paid in its week. Kept as the assumptions `business` / `cash_...`.
    """

    media_days: int = 0
    goods_days: int = 0
    revenue_days: int = 0

    def __post_init__(self) -> None:
        for each in fields(self):
            if not 0 <= (found := getattr(self, each.name)) <= MOST_DAYS:
                raise InvalidValue(f"{each.name}: found {found}, expected 0 to {MOST_DAYS} days")


@dataclass(frozen=True, eq=False)
class Cash:
    """Money on hand since the start, by week until the last payment, in major units; 8 of 10 outcomes.

    `need` is the money needed up front: how far below zero the total falls at its deepest; `need_week` that week's
    Monday (None where the middle never falls below zero). `back_week` counts from 1 as `payback_week`.
    """

    terms: CashTerms
    weeks: tuple[date, ...]
    cumulative: Fan
    need: Interval
    need_week: date | None
    back_week: int | None

    @property
    def week_ends(self) -> tuple[date, ...]:
        """The last day of each week, where cumulative figures stand."""
        return week_ends(self.weeks)


def terms_of(plan: StoredPlan) -> CashTerms:
    """The plan's terms; what is paid at once where it says nothing."""
    known = {a.key: round(a.likely) for a in plan.assumptions if a.scope == BUSINESS}
    return CashTerms(**{name: known[_key(name)] for name in _NAMES if 0 <= known.get(_key(name), -1) <= MOST_DAYS})


def with_terms(plan: StoredPlan, terms: CashTerms) -> StoredPlan:
    """The plan with these terms among its assumptions; nothing is kept for what is paid at once."""
    days = {_key(name): float(getattr(terms, name)) for name in _NAMES}
    kept = tuple(a for a in plan.assumptions if a.scope != BUSINESS or a.key not in days)
    rows = (PlanAssumption(BUSINESS, key, x, x, x, "count", "own") for key, x in days.items() if x)
    return replace(plan, assumptions=(*kept, *rows))


def cash_of(
    terms: CashTerms, weeks: tuple[date, ...], weekly: Mapping[str, Array], media: Array, team: Array, done: int = 0
) -> Cash:
    """Cash of the draws `weekly["profit"]`, `weekly["revenue"]` (D, T), sure media and team costs (T,).

    The same revenue and costs as in the P&L, moved by their terms: after the last payment the total is the profit. In
    the first `done` weeks, which are over, the middle is the mean of the draws: the P&L's own figure.
    """
    total = cash_paths(terms, weekly, media, team)
    every = (*weeks, *(weeks[-1] + (n + 1) * WEEK for n in range(total.shape[1] - len(weeks))))
    found = fan(total)
    middle = np.concatenate([total[:, :done].mean(axis=0), found.mid[done:]])
    deepest = int(middle.argmin())
    return Cash(
        terms=terms,
        weeks=every,
        cumulative=replace(found, mid=middle),
        need=interval(np.maximum(-total.min(axis=1), 0.0)),
        need_week=every[deepest] if middle[deepest] < 0 else None,
        back_week=payback_week(middle),
    )


def cash_paths(terms: CashTerms, weekly: Mapping[str, Array], media: Array, team: Array) -> Array:
    """Money on hand since the start (D, T + weeks until the last payment)."""
    revenue = weekly["revenue"]
    goods = revenue - weekly["profit"] - media - team
    tail = max(-(-getattr(terms, name) // 7) for name in _NAMES)
    flow = later(revenue, terms.revenue_days, tail) - later(goods, terms.goods_days, tail)
    flow = flow - later(media[None], terms.media_days, tail) - later(team[None], 0, tail)
    total: Array = flow.cumsum(axis=1)
    return total


def later(amounts: Array, days: int, tail: int) -> Array:
    """Weekly amounts (D, T) `days` later, with `tail` weeks more; what falls evenly into a week may span two."""
    whole, rest = divmod(days, 7)
    moved = np.zeros((amounts.shape[0], amounts.shape[1] + tail))
    moved[:, whole : whole + amounts.shape[1]] += amounts * (1 - rest / 7)
    if rest:
        moved[:, whole + 1 : whole + 1 + amounts.shape[1]] += amounts * rest / 7
    return moved


_NAMES = tuple(each.name for each in fields(CashTerms))


def _key(name: str) -> str:
    return f"cash_{name}"
