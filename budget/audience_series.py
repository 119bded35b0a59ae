"""Metrics by ISO week: flows and people added up over days, stocks as their last value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budget.audience_rows import Fact
from budget.metric_names import additive
from budget.money import MICROS
from budget.weeks import DAY, WEEK, Period, week_of

GRAINS = ("day", "week", "month", "period", "lifetime")
_ORDER = {grain: place for place, grain in enumerate(GRAINS)}


@dataclass(frozen=True)
class Window:
    """The whole weeks that are looked at, Mondays in order."""

    weeks: tuple[date, ...]

    @property
    def period(self) -> Period:
        """From the first Monday to the day after the last Sunday."""
        return Period(self.weeks[0], self.weeks[-1] + WEEK)

    def place(self, day: date) -> int | None:
        """The place of the day's week; None outside."""
        place = (week_of(day) - self.weeks[0]).days // 7
        return place if 0 <= place < len(self.weeks) else None


def window_of(last_day: date, count: int) -> Window:
    """`count` whole weeks, the last one the newest that `last_day` ends or has passed."""
    end = week_of(last_day + DAY)
    return Window(tuple(end - n * WEEK for n in range(count, 0, -1)))


@dataclass(frozen=True)
class Series:
    """A metric by the window's weeks, None where nothing is known; `total` also knows longer rows inside the window.

    Whole numbers; what a platform shares out in parts is rounded only here.
    """

    weeks: tuple[int | None, ...]
    total: int | None


def weekly(facts: Iterable[Fact], metric: str, window: Window) -> Series:
    """The sum over accounts of a metric that adds up, or of people a day, from rows without segments.

    Of each account the finest rows of each week are taken, so that a week and its days never count twice; people, of
    whom a week says something else than its days, from rows of one grain only.
    """
    by_account: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.metric == metric and not fact.segment:
            by_account.setdefault((fact.platform, fact.account), []).append(fact)
    groups = by_account.values() if additive(metric) else [_one_grain(own, window) for own in by_account.values()]
    return added([sums_of(own, window) for own in groups], len(window.weeks))


def _one_grain(facts: Sequence[Fact], window: Window) -> list[Fact]:
    """The rows of the grain that knows most weeks, of equal ones the finest."""
    weeks = {grain: {window.place(f.start) for f in facts if f.grain == grain and _in_a_week(f)} for grain in GRAINS}
    best = max(GRAINS, key=lambda grain: (len(weeks[grain] - {None}), -_ORDER[grain]))
    return [f for f in facts if f.grain == best] if weeks[best] - {None} else list(facts)


def sums_of(facts: Sequence[Fact], window: Window) -> tuple[dict[int, int], int | None]:
    """Micros by week, and of the whole window."""
    weeks: dict[int, int] = {}
    inside = {grain: [f for f in facts if f.grain == grain and _in_a_week(f)] for grain in GRAINS}
    for own in inside.values():
        found: dict[int, int] = {}
        for fact in own:
            place = window.place(fact.start)
            if place is not None:
                found[place] = found.get(place, 0) + fact.micros
        weeks = found | weeks
    if weeks:
        return weeks, sum(weeks.values())
    whole = [f for f in facts if window.period.start <= f.start and f.end <= window.period.end]
    finest = min((f.grain for f in whole), key=_ORDER.__getitem__, default=None)
    own = [f for f in whole if f.grain == finest]
    return {}, sum(f.micros for f in own) if own else None


def _in_a_week(fact: Fact) -> bool:
    return fact.grain != "lifetime" and fact.end <= week_of(fact.start) + WEEK


def added(parts: Iterable[tuple[Mapping[int, int], int | None]], count: int) -> Series:
    """Sums of micros as whole numbers; a week that no part knows is not known."""
    found = list(parts)
    weeks = [[part[place] for part, _ in found if place in part] for place in range(count)]
    totals = [total for _, total in found if total is not None]
    return Series(tuple(_whole(sum(own)) if own else None for own in weeks), _whole(sum(totals)) if totals else None)


def _whole(micros: int) -> int:
    return round(micros / MICROS)


def stocks(facts: Iterable[Fact], metrics: Sequence[str], window: Window) -> tuple[int | None, ...]:
    """The last value of each week, added up over accounts; a state without a day counts for the day before its file.

    A week in which some account is not known is not known.
    """
    by_account: dict[tuple[str, str], dict[int, tuple[date, int]]] = {}
    for fact in facts:
        if fact.metric not in metrics or fact.segment:
            continue
        day = fact.start - DAY if fact.grain == "lifetime" else fact.end - DAY
        place = window.place(day)
        own = by_account.setdefault((fact.platform, fact.account), {})
        if place is not None and (place not in own or own[place][0] <= day):
            own[place] = (day, fact.micros)
    known = [own for own in by_account.values() if own]
    return tuple(
        _whole(sum(own[place][1] for own in known)) if known and all(place in own for own in known) else None
        for place in range(len(window.weeks))
    )


def plus(parts: Iterable[Sequence[int | None]]) -> tuple[int | None, ...]:
    """Place by place the sum of what is known; None where nothing is."""
    return tuple(sum(x for x in own if x is not None) if any(x is not None for x in own) else None
                 for own in zip(*parts, strict=True))  # fmt: skip
