"""Pacing by platform: spent beside its own calendar, and what to spend there a day to end on the plan's budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from budget.money import MICROS, split_micros
from budget.pacing import Pacing, day_weights, spent_by_day
from budget.plan import StoredPlan
from budget.rates import Rate, rate_of
from models import Pace, pace

Array = np.ndarray
CENT = 10_000
COMING_DAYS, RECENT_DAYS = 7, 7
MOST_MOVE = 0.3
"""A daily budget moves at most by this share of the last week's mean: platforms learn anew after larger jumps."""
State = Literal["under", "on", "over"]


@dataclass(frozen=True)
class PlatformPace:
    """One platform in micros; `required` and `suggested` a day, in whole cents.

    `required` shares out what the whole plan still has by what each platform has left, so that they sum to the plan's.
    `wanted` follows the calendar over the coming week, `suggested` does so within `MOST_MOVE` of `recent`, the last
    week's mean; `meets` says whether such moves, week after week, can still end on the money left.
    `in_account`: the suggestion in the currency of the account, where that is another one with a known rate. `pacing`
    holds its own days, ending where the row says; None without a budget.
    """

    platform: str
    budget_micros: int
    spent_micros: int
    ideal_micros: int
    projected_micros: int
    state: State
    required_micros: int
    wanted_micros: int
    suggested_micros: int
    recent_micros: int
    meets: bool
    in_account: tuple[str, int] | None = None
    pacing: Pacing | None = field(default=None, compare=False, repr=False)


def platform_paces(
    plan: StoredPlan, daily: pd.DataFrame, rates: Sequence[Rate], found: Pacing, *, seed: tuple[int, ...]
) -> tuple[PlatformPace, ...]:
    """Of `Store.daily` by platform, on the same complete days as the plan's pacing; projections sum to its own."""
    spent = {name: spent_by_day(plan, rows, rates, found.days[: found.days_done]) for name, rows in _rows(daily)}
    names = [*dict.fromkeys(line.platform for line in plan.lines), *sorted(k for k in spent if any(spent[k].values()))]
    sides = [
        _Side.of(plan, name, spent.get(name, {}), found, (*seed, n)) for n, name in enumerate(dict.fromkeys(names))
    ]
    sides = [side for side in sides if side.budget_micros or side.spent_micros]
    if not sides:
        return ()
    ends = _ends(found, sides)
    required = split_micros(found.required_day_micros, [side.open_micros for side in sides], CENT)
    total_left = max(found.budget_micros - found.spent_micros, 0)
    left = split_micros(total_left, [side.open_micros for side in sides], CENT)
    return tuple(
        _told(side, end, need, rest, found, _currency(plan, daily, side.name, found, rates))
        for side, end, need, rest in zip(sides, ends, required, left, strict=True)
    )


@dataclass(frozen=True, eq=False)
class _Side:
    """What is known of one platform: money by day so far (t,), weights of all days (T,), its own projection."""

    name: str
    budget_micros: int
    paid: Array
    weights: Array
    own: Pace | None

    @classmethod
    def of(
        cls, plan: StoredPlan, name: str, spent: Mapping[date, int], found: Pacing, seed: tuple[int, ...]
    ) -> "_Side":
        weights = day_weights(plan, found.days, platform=name)
        budget = sum(line.budget_micros for line in plan.lines if line.platform == name)
        paid = np.array([spent.get(day, 0) for day in found.days[: found.days_done]], dtype=float)
        if not budget or not weights.any():
            return cls(name, budget, paid, weights, None)
        rng = np.random.default_rng((*seed, 3))
        return cls(name, budget, paid, weights, pace(np.maximum(paid, 0) / MICROS, weights, budget / MICROS, rng=rng))

    @property
    def coming(self) -> float:
        return max(self.own.projected - self.own.spent, 0.0) if self.own else 0.0

    @property
    def spent_micros(self) -> int:
        return int(self.paid.sum())

    @property
    def open_micros(self) -> int:
        return max(self.budget_micros - self.spent_micros, 0)


def _rows(daily: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), rows) for name, rows in daily.groupby("platform")]


def _ends(found: Pacing, sides: Sequence[_Side]) -> list[int]:
    """Projected ends: what each spends on at its own rate, scaled so that all together end where the plan does."""
    coming = [side.coming for side in sides]
    coming = coming if any(coming) else [float(side.open_micros) for side in sides]
    rest = round((found.pace.projected - found.pace.spent) * MICROS)
    shares = split_micros(max(rest, 0), coming, 1) if any(coming) else [0] * len(sides)
    return [side.spent_micros + share for side, share in zip(sides, shares, strict=True)]


def _told(
    side: _Side, end: int, need: int, left: int, found: Pacing, account: tuple[str, float] | None
) -> PlatformPace:
    done = side.paid.size
    ideal = side.budget_micros * side.weights[:done].sum() / side.weights.sum() if side.weights.any() else 0.0
    recent = round(float(side.paid[-RECENT_DAYS:].mean()) / CENT) * CENT if done else 0
    ahead = side.weights[done:]
    wanted = _wanted(left, ahead)
    suggested = _within(wanted, recent)
    paced = _paced(side, end, need, suggested, found)
    return PlatformPace(
        platform=side.name,
        budget_micros=side.budget_micros,
        spent_micros=side.spent_micros,
        ideal_micros=round(float(ideal)),
        projected_micros=end,
        state=paced.pace.state if paced else "over" if side.spent_micros else "on",
        required_micros=need,
        wanted_micros=wanted,
        suggested_micros=suggested,
        recent_micros=recent,
        meets=_meets(left, recent, ahead),
        in_account=(account[0], round(suggested / account[1] / CENT) * CENT) if account else None,
        pacing=paced,
    )


def _paced(side: _Side, end: int, need: int, suggested: int, found: Pacing) -> Pacing | None:
    """Its days with what is to come stretched to the row's end, and judged there by the same band."""
    if side.own is None:
        return None
    own, scale = side.own, (end - side.spent_micros) / MICROS / side.coming if side.coming else 1.0
    path, low, high = (own.spent + (line - own.spent) * scale for line in (own.path, own.path_low, own.path_high))
    done = side.paid.size
    paths = [np.concatenate([own.path[:done], line[done:]]) for line in (path, low, high)]
    ratio = end / side.budget_micros
    stretched = replace(
        own, path=paths[0], path_low=paths[1], path_high=paths[2], projected=end / MICROS,
        low=float(paths[1][-1]), high=float(paths[2][-1]), required_day=need / MICROS, suggested_day=suggested / MICROS,
        state="under" if ratio < own.band[0] else "over" if ratio > own.band[1] else "on",
    )  # fmt: skip
    return Pacing(found.days, found.days_done, side.budget_micros, side.spent_micros, stretched)


def _wanted(left: int, ahead: Array) -> int:
    """A day of the coming week by the calendar: the week's part of the money left over its days with ads."""
    coming = ahead[:COMING_DAYS]
    running = int((coming > 0).sum())
    return int(left * float(coming.sum() / ahead.sum()) / running) // CENT * CENT if running else 0


def _within(wanted: int, recent: int) -> int:
    """At most `MOST_MOVE` from the last week's mean, in whole cents; a platform that starts or ends moves freely."""
    if not recent or not wanted:
        return wanted
    low, high = -(-round(recent * (1 - MOST_MOVE)) // CENT) * CENT, round(recent * (1 + MOST_MOVE)) // CENT * CENT
    return min(max(wanted, low), high)


def _meets(left: int, recent: int, ahead: Array) -> bool:
    """Whether weekly moves within the limit can still spend the money left, and no more than it."""
    running = [int((ahead[i : i + COMING_DAYS] > 0).sum()) for i in range(0, ahead.size, COMING_DAYS)]
    if not recent or not any(running):
        return bool(any(running)) or left < CENT
    least, most = (
        sum(recent * (1 + move) ** (n + 1) * days for n, days in enumerate(running)) for move in (-MOST_MOVE, MOST_MOVE)
    )
    return least <= left + CENT * sum(running) and left <= most + CENT * sum(running)


def _currency(
    plan: StoredPlan, daily: pd.DataFrame, platform: str, found: Pacing, rates: Sequence[Rate]
) -> tuple[str, float] | None:
    """The one other currency of a platform's accounts, with its rate; None where it is the plan's or not one."""
    known = {str(code) for code in daily.loc[daily["platform"] == platform, "currency"].dropna().unique()}
    if len(known) != 1 or known == {plan.currency} or not found.days_done:
        return None
    (code,) = known
    rate = rate_of(rates, code, plan.currency, found.days[found.days_done - 1])
    return (code, rate) if rate else None
