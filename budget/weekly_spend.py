"""Weekly spend of every channel (platform and tactic) that was ever uploaded, and what its platform claims for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from budget.actuals import converted, until_of
from budget.booked import NO_BOOKS, Books
from budget.business import Business
from budget.claims import claim_weeks, scaled
from budget.findings import Finding
from budget.measures import Measures, total
from budget.money import MICROS
from budget.rates import Rate, rate_of
from budget.weeks import DAY, WEEK, week_of

Array = np.ndarray
STOPPED_AFTER = 4 * WEEK
"""A platform whose data end that much before the newest is over, not late."""
LEAST_SHARE = 0.005
"""Of all spend: what less than that brought drowns in any week's ups and downs."""
FEWEST_CLAIMS = 30
"""A ratio on fewer conversions says nothing."""


class Channel(NamedTuple):
    """A platform and a tactic; tactic "" holds campaigns that nobody matched."""

    platform: str
    tactic: str

    @property
    def key(self) -> str:
        """`meta/prospecting`: the channel as one word, for facts of findings."""
        return f"{self.platform}/{self.tactic}"


def channel_of(key: str) -> Channel:
    """The channel of a `Channel.key`."""
    platform, _, tactic = key.partition("/")
    return Channel(platform, tactic)


@dataclass(frozen=True, eq=False)
class WeeklySpend:
    """Spend (C, T) in major units over all weeks that are uploaded whole; channels with next to no spend are left out.

    `claimed_roas` (C,): value per spend as platforms claim it, of which no more counts in a week than the firm booked;
    NaN below 30 conversions.
    """

    weeks: tuple[date, ...]
    channels: tuple[Channel, ...]
    spend: Array
    claimed_roas: Array
    findings: tuple[Finding, ...]


def weekly_spend(
    facts: pd.DataFrame,
    coverage: pd.DataFrame,
    currency: str,
    business: Business,
    rates: Sequence[Rate] = (),
    *,
    books: Books = NO_BOOKS,
    reported: Callable[[Sequence[date]], Mapping[str, Sequence[float]]] | None = None,
) -> WeeklySpend:
    """From `Store.facts` by platform and tactic and `Store.coverage`, in `currency`.

    The weeks begin with the first whole week of any platform; before its own first day a platform spent nothing.
    They end where the first of the platforms that still run is no longer uploaded. `reported` gives the shares of
    weeks that have arrived, by platform; it is asked only where claims exceed what the `books` hold.
    """
    weeks, ended = _window(coverage)
    place = {week: t for t, week in enumerate(weeks)}
    cells: dict[Channel, dict[int, Measures]] = {}
    without = set[str]()
    for row in facts.to_dict("records"):
        week = row["week_start"].date()
        if week not in place:
            continue
        rate = rate_of(rates, str(row["currency"]), currency, week)
        if rate is None:
            without.add(str(row["currency"]))
            continue
        channel = Channel(str(row["platform"]), row["tactic"] if isinstance(row["tactic"], str) else "")
        own = cells.setdefault(channel, {})
        own[place[week]] = own.get(place[week], Measures()) + converted(row, rate, business)
    scales = _scales(weeks, cells, books, business, until_of(coverage), reported)
    made = {channel: _spent(row, len(weeks)) for channel, row in sorted(cells.items())}
    paid = {channel: float(row.sum()) for channel, row in made.items() if row.sum() > 0}
    kept = tuple(channel for channel in paid if paid[channel] >= LEAST_SHARE * sum(paid.values()))
    tiny = ", ".join(channel.key for channel in paid if channel not in kept)
    lost = [Finding("SPEND_RATE_MISSING", "warn", "sales", {"currency": code}) for code in sorted(without)]
    return WeeklySpend(
        weeks, kept, np.array([made[channel] for channel in kept]).reshape(len(kept), len(weeks)),
        np.array([_claimed(cells[channel], scales) for channel in kept]), (*lost, *ended, *_tiny(tiny)),
    )  # fmt: skip


def _tiny(channels: str) -> tuple[Finding, ...]:
    return (Finding("SPEND_TINY", "info", "sales", {"channels": channels}),) if channels else ()


def _window(coverage: pd.DataFrame) -> tuple[tuple[date, ...], list[Finding]]:
    """The weeks to fit, and the platforms that began or ended inside them."""
    if coverage.empty:
        return (), []
    first = {str(p): pd.Timestamp(x).date() for p, x in coverage.groupby("platform")["first_day"].min().items()}
    last = {str(p): pd.Timestamp(x).date() + DAY for p, x in coverage.groupby("platform")["last_day"].max().items()}
    newest = max(last.values())
    end = min(day for day in last.values() if day > newest - STOPPED_AFTER)
    start = min(first.values())
    monday = start if start == week_of(start) else week_of(start) + WEEK
    weeks = tuple(monday + timedelta(weeks=t) for t in range(max((end - monday).days // 7, 0)))
    ended = [
        Finding("SPEND_ENDED", "info", p, {"platform": p, "day": day.isoformat()})
        for p, day in sorted(last.items())
        if day <= newest - STOPPED_AFTER
    ]
    begun = [
        Finding("SPEND_BEGAN", "info", p, {"platform": p, "day": day.isoformat()})
        for p, day in sorted(first.items())
        if weeks and day >= weeks[0] + WEEK
    ]
    return weeks, [*begun, *ended]


def _spent(row: dict[int, Measures], weeks: int) -> Array:
    """Spend (T,); a negative week, which credits can leave, counts as 0."""
    spent = np.zeros(weeks)
    for t, found in row.items():
        spent[t] = max(found.spend_micros or 0, 0) / MICROS
    return spent


def _scales(
    weeks: Sequence[date],
    cells: Mapping[Channel, Mapping[int, Measures]],
    books: Books,
    business: Business,
    until: Mapping[str, date],
    reported: Callable[[Sequence[date]], Mapping[str, Sequence[float]]] | None,
) -> list[float]:
    """Booked over claimed of each week, as the review has it."""
    claimed = [total(row[t] for row in cells.values() if t in row) for t in range(len(weeks))]
    known = claim_weeks(weeks, claimed, books, business, until=until, reported={})
    if reported is not None and any(week.scale < 1 for week in known):
        known = claim_weeks(weeks, claimed, books, business, until=until, reported=reported(weeks))
    return [week.scale for week in known]


def _claimed(row: Mapping[int, Measures], scales: Sequence[float]) -> float:
    whole = total(scaled(found, scales[t]) for t, found in row.items())
    enough = (whole.conversions or 0) >= FEWEST_CLAIMS
    return whole.roas if enough and whole.roas else float("nan")
