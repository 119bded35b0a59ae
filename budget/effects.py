"""What a decision should do to a line's profit, fixed when it is taken; and what it did, judged by complete weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from budget.actuals import Actuals
from budget.business import Business
from budget.funnels import contribution_after_media
from budget.ground import Ground
from budget.immature import Immature
from budget.measures import Measures
from budget.money import MICROS
from budget.moves import moved_weeks
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.ranges import Range
from budget.store import Decision
from budget.store.review_values import Verdict
from budget.weeks import WEEK
from models import expect, simulate

Array = np.ndarray
JUDGED = 4
"""Complete weeks after a decision that it is judged by, at most."""
Waiting = Literal["week", "ripe", "money"]


@dataclass(frozen=True)
class Stake:
    """One week of a line in micros: its money before and after a decision, and its expected profit without it."""

    week: date
    before_micros: int
    after_micros: int
    without_micros: int


@dataclass(frozen=True)
class Expected:
    """The change of a week's profit after media that a decision should bring a line, in micros: 8 of 10 weeks.

    The range holds the luck of a week. What ads cause is taken at `caused`, as in the income statement: nobody observes
    it. `stakes` are the weeks that it is judged by.
    """

    low_micros: int
    likely_micros: int
    high_micros: int
    caused: float
    stakes: tuple[Stake, ...]

    def basis(self) -> dict[str, Any]:
        """What the decision is measured against later, as plain values."""
        weeks = {s.week.isoformat(): [s.before_micros, s.after_micros, s.without_micros] for s in self.stakes}
        return {"caused": self.caused, "weeks": weeks}


@dataclass(frozen=True)
class Effect:
    """What came of a decision: the change of a week's profit after media over `weeks` complete weeks, in micros.

    `change_micros` None and `waiting` for what is missing while it is too early: a full week, most of its conversions,
    or the money, which did not move yet. `by_luck`: a rise that more than 1 in 10 unchanged weeks would show too.
    """

    verdict: Verdict
    change_micros: int | None = None
    weeks: int = 0
    waiting: Waiting | None = None
    by_luck: bool = False


def expected(ground: Ground, amounts: Mapping[str, int], *, seed: tuple[int, ...]) -> dict[str, Expected]:
    """What a usual week of `amounts` (micros by line_key) in place of today's should change, line by line.

    Lines that do not run in the weeks to come are left out. The draws are the forecast's.
    """
    ahead = ground.ahead
    keys = [line.line_key for line in ahead.channels.lines]
    after = np.stack(
        [
            moved_weeks(list(map(int, ahead.today_micros[c])), amounts[key], list(ahead.part[c]))
            if key in amounts
            else ahead.today_micros[c]
            for c, key in enumerate(keys)
        ]
    ).astype(np.int64)
    caused = _caused(ground)
    without, likely, shown = _profits(ground, after, caused, seed)
    found = {}
    for c, key in enumerate(keys):
        places = [t for t in range(len(ahead.weeks)) if ahead.part[c, t] > 0][:JUDGED]
        if key in amounts and places:
            change = shown[:, c, places] - without[c, places]
            low, high = np.quantile(change, (0.1, 0.9))
            middle = float((likely[c, places] - without[c, places]).mean())
            stakes = tuple(
                Stake(ahead.weeks[t], int(ahead.today_micros[c, t]), int(after[c, t]), round(without[c, t] * MICROS))
                for t in places
            )
            ends = (round(min(low, middle) * MICROS), round(middle * MICROS), round(max(high, middle) * MICROS))
            found[key] = Expected(*ends, caused=float(caused[c]), stakes=stakes)
    return found


def _caused(ground: Ground) -> Array:
    """(C,): the share that ads cause as the income statement counts it, or as the sales model measured it."""
    lines, beliefs = ground.ahead.channels.lines, ground.beliefs
    measured = np.array([line.line_key in beliefs.measured for line in lines], np.bool_)
    share: Array = np.where(measured, beliefs.draws.incrementality.mean(axis=0), ground.business.incrementality.likely)
    return share


def _profits(ground: Ground, after_micros: Array, caused: Array, seed: tuple[int, ...]) -> tuple[Array, Array, Array]:
    """Profit after media by line and week: expected without (C, T) and with (C, T), and weeks with luck (D, C, T)."""
    draws, season, business = ground.beliefs.draws, ground.ahead.season, ground.business
    draws = replace(draws, incrementality=np.broadcast_to(caused, draws.incrementality.shape))
    before, after = ground.ahead.today_micros / MICROS, after_micros / MICROS
    sure = [contribution_after_media(business, expect(draws, money, season=season)) for money in (before, after)]
    luck = simulate(draws, after, rng=np.random.default_rng((*seed, 1)), season=season)
    return sure[0].mean(axis=0), sure[1].mean(axis=0), contribution_after_media(business, luck)


def effect(
    decision: Decision, plan: StoredPlan, business: Business, actuals: Actuals, early: Immature
) -> Effect | None:
    """What came of a decision about money, by the uploads laid beside the plan; None where there is nothing to measure.

    The observed change is the line's mean weekly profit after media over the complete weeks since, at most four, in
    which most conversions have arrived, less what was expected of the same weeks without it. Both are priced alike: by
    what the books hold of the claims, at the economics of `business`.
    """
    low, high = decision.expected_low_micros, decision.expected_high_micros
    key = decision.line_key
    stakes = tuple(stakes_of(decision))
    if decision.status == "dropped" or low is None or high is None or not stakes:
        return None
    if key is None or key not in actuals.measures:
        return None
    platform = plan.line(key).platform
    over = [s for s in stakes if s.week in actuals.weeks and s.week + WEEK <= actuals.until.get(platform, s.week)]
    if not over:
        return Effect("too_early", waiting="week")
    ripe = [s for s in over if early.of_week(platform, s.week).is_judged]
    if not ripe:
        return Effect("too_early", waiting="ripe")
    places = [actuals.weeks.index(s.week) for s in ripe]
    if not _moved(ripe, [actuals.measures[key][t] for t in places]):
        return Effect("too_early", waiting="money")
    change = _change(ripe, [actuals.kept(key)[t] for t in places], business, float(decision.basis["caused"]))
    luck, verdict = high - (decision.expected_likely_micros or 0), _verdict(change, low)
    return Effect(verdict, change, len(ripe), by_luck=verdict == "worked" and change <= luck)


def stakes_of(decision: Decision) -> Iterator[Stake]:
    """The weeks that a decision is judged by, from the first on."""
    for week, (before, after, without) in sorted(decision.basis.get("weeks", {}).items())[:JUDGED]:
        yield Stake(date.fromisoformat(week), before, after, without)


def _moved(stakes: list[Stake], rows: list[Measures]) -> bool:
    """Whether the money spent is at least half way from what it was to what was decided."""
    before, after = sum(s.before_micros for s in stakes), sum(s.after_micros for s in stakes)
    spent = sum(row.spend_micros or 0 for row in rows)
    return (2 * spent - before - after) * (1 if after >= before else -1) >= 0


def _change(stakes: list[Stake], rows: list[Measures], business: Business, caused: float) -> int:
    priced = replace(business, incrementality=Range(caused, caused, caused))
    profit = sum(channel_pnl(priced, row).after_media for row in rows)
    return round(Fraction(profit - sum(s.without_micros for s in stakes), len(stakes)))


def _verdict(change: int, low: int) -> Verdict:
    """Above nothing and not below the range: worked; below the range: failed; else nobody can tell."""
    if change < low:
        return "failed"
    return "worked" if change > 0 else "no_evidence"
