"""What platforms claim beside what the firm booked, week by week; where claims exceed it, the books hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from budget.booked import Booked, Books
from budget.business import Business
from budget.findings import Finding
from budget.measures import Measures
from budget.money import MICROS
from budget.pnl import times
from budget.ripeness import RIPE
from budget.weeks import WEEK, Period

State = Literal["compared", "arriving", "unknown"]
LEAST_SCALE = 0.01
"""Of claims in a week without a single booking: a scale is never 0, for nothing could be told from such a week."""
STOPPED_AFTER = timedelta(weeks=4)
"""A platform whose data end that much before the newest is over, not late."""


@dataclass(frozen=True)
class ClaimWeek:
    """One week: claims of all platforms and what was booked, in micros (orders too); None is "nobody said".

    `booked_*` are shop orders (before refunds), else typed sales; leads where the result is a lead. `state`: whether
    the two were `compared`, or claims are still `arriving`, or bookings of some day are `unknown`. `scale` in (0, 1] is
    booked over claimed where claims exceed it, the smaller one of orders and value; 1 where nothing was compared.
    """

    week: date
    claimed_conversions_micros: int | None
    claimed_value_micros: int | None
    booked_orders_micros: int | None
    booked_value_micros: int | None
    state: State
    scale: float = 1.0


@dataclass(frozen=True)
class Claims:
    """All weeks of a span, and the whole firm's revenue beside what marketing cost.

    `total_revenue_micros` is what was booked after refunds, as customers paid it; `marketing_cost_micros` is media and
    team; both of the days in the span that the books and the uploads know, None where they know none.
    """

    weeks: tuple[ClaimWeek, ...]
    total_revenue_micros: int | None = None
    marketing_cost_micros: int | None = None
    leads: bool = False

    @property
    def mer(self) -> float | None:
        """Total revenue over total marketing cost; None where either is unknown or nothing was spent."""
        if self.total_revenue_micros is None or not self.marketing_cost_micros:
            return None
        return self.total_revenue_micros / self.marketing_cost_micros

    @property
    def compared(self) -> tuple[ClaimWeek, ...]:
        """The weeks of which both sides are known."""
        return tuple(one for one in self.weeks if one.state == "compared")

    @property
    def exceeded(self) -> tuple[ClaimWeek, ...]:
        """The weeks in which more was claimed than booked."""
        return tuple(one for one in self.weeks if one.scale < 1)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """That claims exceed what was booked, with both figures of those weeks; or that nothing can be compared."""
        if self.weeks and not self.compared:
            return (self._incomparable(),)
        counts, values = self._over(_COUNTS), self._over(_VALUES)
        found = []
        if counts and self.leads:
            found.append(Finding("CLAIMS_OVER_LEADS", "info", "claims", _whole(counts)))
        elif counts:
            found.append(Finding("CLAIMS_OVER_BOOKED", "info", "claims", _whole(counts)))
        if values:
            found.append(
                Finding("CLAIMS_OVER_SALES", "info", "claims", {f"{key}_micros": x for key, x in values.items()})
            )
        return tuple(found)

    def _incomparable(self) -> Finding:
        if any(one.state == "arriving" for one in self.weeks):
            return Finding("CLAIMS_ARRIVING", "info", "claims")
        if self.leads:
            return Finding("CLAIMS_LEADS_UNKNOWN", "info", "claims")
        return Finding("CLAIMS_UNKNOWN", "info", "claims")

    def _over(self, pair: tuple[str, str]) -> dict[str, int]:
        """Claimed and booked over the weeks in which the former exceed the latter; empty without such a week."""
        rows = [(getattr(one, pair[0]), getattr(one, pair[1])) for one in self.exceeded]
        over = [(claimed, booked) for claimed, booked in rows if _exceeds(claimed, booked)]
        return {"claimed": sum(row[0] for row in over), "booked": sum(row[1] for row in over)} if over else {}


_COUNTS = ("claimed_conversions_micros", "booked_orders_micros")
_VALUES = ("claimed_value_micros", "booked_value_micros")


def _whole(found: Mapping[str, int]) -> dict[str, int]:
    return {key: round(x / MICROS) for key, x in found.items()}


def claim_weeks(
    weeks: Sequence[date],
    claimed: Sequence[Measures],
    books: Books,
    business: Business,
    *,
    until: Mapping[str, date],
    reported: Mapping[str, Sequence[float]],
) -> tuple[ClaimWeek, ...]:
    """Claims and bookings of whole weeks. `until` by platform as `Actuals`; `reported[platform][t]` what has arrived.

    A week counts as arriving while a platform that still runs is not uploaded to its end, or less than 8 of 10 of some
    platform's conversions have arrived.
    """
    ends = _running(until)
    ripe = [min((row[t] for row in reported.values()), default=1.0) >= RIPE for t in range(len(weeks))]
    found = []
    for week, claims, is_ripe in zip(weeks, claimed, ripe, strict=True):
        one = _week(week, claims, booked_of(books, business, Period(week, week + WEEK)), business)
        arrived = is_ripe and all(week + WEEK <= end for end in ends)
        known = one.booked_orders_micros is not None or one.booked_value_micros is not None
        state: State = "unknown" if not known else "compared" if arrived else "arriving"
        found.append(replace(one, state=state, scale=_scale(one) if state == "compared" else 1.0))
    return tuple(found)


def cut_weeks(
    whole: Iterable[ClaimWeek], claimed: Sequence[Measures], books: Books, business: Business, days: Period
) -> tuple[ClaimWeek, ...]:
    """The same weeks with the figures of some days alone; states and scales stay those of whole weeks."""
    cut = []
    for one, claims in zip(whole, claimed, strict=True):
        part = Period(one.week, one.week + WEEK).common(days)
        cut.append(replace(_week(one.week, claims, booked_of(books, business, part), business),
                           state=one.state, scale=one.scale))  # fmt: skip
    return tuple(cut)


def booked_of(books: Books, business: Business, days: Period) -> Booked | None:
    """What claims of these days are held against: leads where the result is a lead, else sales."""
    return books.led(days) if business.result_is_lead else books.sold(days)


def scaled(found: Measures, scale: float) -> Measures:
    """What the books hold of claims: conversions and value times the scale."""
    if scale == 1.0:
        return found
    conversions, value = (
        None if x is None else times(x, scale) for x in (found.conversions_micros, found.value_micros)
    )
    return replace(found, conversions_micros=conversions, value_micros=value)


def _week(week: date, claims: Measures, booked: Booked | None, business: Business) -> ClaimWeek:
    value = None if booked is None else booked.billed_micros
    if booked and value is not None and not business.prices_include_vat:
        value -= booked.tax_micros or 0
    orders = None if booked is None else booked.orders_micros
    return ClaimWeek(week, claims.conversions_micros, claims.value_micros, orders, value, "unknown")


def _scale(one: ClaimWeek) -> float:
    pairs = [tuple(getattr(one, name) for name in pair) for pair in (_COUNTS, _VALUES)]
    found = [booked / claimed for claimed, booked in pairs if claimed and booked is not None and booked < claimed]
    return max(min(found, default=1.0), LEAST_SCALE)


def _exceeds(claimed: int | None, booked: int | None) -> bool:
    return claimed is not None and booked is not None and claimed > booked


def _running(until: Mapping[str, date]) -> list[date]:
    """The first day without data of each platform that still runs."""
    newest = max(until.values(), default=date.min)
    return [end for end in until.values() if newest - end < STOPPED_AFTER]
