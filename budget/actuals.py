"""Uploaded facts laid beside the plan: one row a plan line, one more for what matches no line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from budget.booked import NO_BOOKS, Books
from budget.business import Business, business_of
from budget.claims import ClaimWeek, claim_weeks, cut_weeks, scaled
from budget.measures import Measures, total
from budget.plan import StoredPlan
from budget.pnl import times
from budget.rates import Rate, in_currency, rate_of
from budget.weeks import WEEK, Period, weeks_of

UNMATCHED = "unmatched:"
_MEASURES = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")


@dataclass(frozen=True)
class Actuals:
    """What was uploaded for the plan's weeks, in the plan's currency.

    `measures[key][t]`: key is a line_key, or `unmatched:<platform>`. `until` per platform: the first day without data.
    `earlier` lies before the plan, `outside` after it; `unconverted` is spend by currency for which no rate is known;
    `estimated` names platforms whose order value was not reported and is taken from the average order.
    `reach[line_key][t]`: distinct people of the week; None where no single row says it. `reported[platform][t]`: the
    share of the week's conversions that has arrived, in (0, 1]; a platform is left out where nothing tells it.
    `measures` are as platforms claim; `claims` lays them beside the `books`, whose scales `kept` applies.
    `at_first_rates[key][t]`: the same at the rates of exchange with which the plan began, of keys where that differs.
    `within`: the days that the measures are cut to, None for all; `across_micros` is spend of rows that hold a whole
    week and reach beyond them, which no cut can divide.
    """

    weeks: tuple[date, ...]
    measures: Mapping[str, tuple[Measures, ...]]
    until: Mapping[str, date]
    outside: Measures
    unconverted: Mapping[str, int]
    estimated: frozenset[str]
    reach: Mapping[str, tuple[int | None, ...]] = field(default_factory=dict)
    reported: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    earlier: Measures = field(default_factory=Measures)
    claims: tuple[ClaimWeek, ...] = ()
    books: Books = NO_BOOKS
    at_first_rates: Mapping[str, tuple[Measures, ...]] = field(default_factory=dict)
    within: Period | None = None
    across_micros: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been uploaded at all."""
        return not self.until

    def kept(self, key: str) -> tuple[Measures, ...]:
        """What the books hold of a channel's claims, by week."""
        if not any(week.scale < 1 for week in self.claims):
            return self.measures[key]
        return tuple(scaled(found, week.scale) for found, week in zip(self.measures[key], self.claims, strict=True))

    def business(self, said: Business) -> Business:
        """The economics of what happened: as `said`, with returns and discounts as the shop's orders show them."""
        known = self.order_shares(said)
        return replace(said, **known)  # type: ignore[arg-type]  # both are shares

    def order_shares(self, said: Business) -> dict[str, float]:
        """What the shop's orders to date say of `returns_share` and `discount_share`; nothing where they do not.

        A discount counts only where prices are said before it: else claims hold it already.
        """
        if not self.weeks or not self.until:
            return {}
        returns, discount = self.books.shares(Period(self.weeks[0], max(self.until.values())))
        known = {"returns_share": returns, "discount_share": discount if said.discount_share else None}
        return {key: share for key, share in known.items() if share is not None}

    @property
    def claimed(self) -> tuple[Measures, ...]:
        """All channels together, by week, as platforms claim."""
        return tuple(total(row[t] for row in self.measures.values()) for t in range(len(self.weeks)))

    @property
    def unmatched(self) -> Measures:
        """Everything that belongs to no line of the plan."""
        return total(m for key, row in self.measures.items() if key.startswith(UNMATCHED) for m in row)


def actuals_of(
    plan: StoredPlan,
    facts: pd.DataFrame,
    until: Mapping[str, date],
    rates: Sequence[Rate] = (),
    *,
    business: Business | None = None,
) -> Actuals:
    """Align weekly facts (`Store.facts` by platform and line_key) with the plan's lines and weeks.

    Facts of a line that this plan does not have count as unmatched; nothing is dropped. `business` says what an order
    is worth where no platform does; the plan's own by default.
    """
    weeks = weeks_of(plan.period) if plan.period else ()
    business, line_keys = business or business_of(plan), {line.line_key for line in plan.lines}
    cells: dict[tuple[str, date], Measures] = {}
    first: dict[tuple[str, date], Measures] = {}
    people: dict[tuple[str, date], int | None] = {}
    earlier, outside, unconverted, estimated = Measures(), Measures(), dict[str, int](), set[str]()
    for row in facts.to_dict("records"):
        rate = rate_of(rates, str(row["currency"]), plan.currency, row["week_start"].date())
        if rate is None:
            code = str(row["currency"])
            unconverted[code] = unconverted.get(code, 0) + (_int(row, "spend_micros") or 0)
            continue
        found, was_estimated = _valued(_measures(row, rate), business)
        if was_estimated:
            estimated.add(str(row["platform"]))
        key = str(row["line_key"]) if row["line_key"] in line_keys else UNMATCHED + str(row["platform"])
        week = row["week_start"].date()
        if week in weeks:
            people[key, week] = _int(row, "reach") if "reach" in row and (key, week) not in cells else None
            cells[key, week] = cells.get((key, week), Measures()) + found
            begun = rate_of(rates, str(row["currency"]), plan.currency, plan.period.start) if plan.period else rate
            same = converted(row, rate if begun is None else begun, business)
            first[key, week] = first.get((key, week), Measures()) + same
        elif weeks and week < weeks[0]:
            earlier += found
        else:
            outside += found
    keys = [line.line_key for line in plan.lines] + sorted({k for k, _ in cells if k.startswith(UNMATCHED)})
    table, began = (
        {key: tuple(found.get((key, week), Measures()) for week in weeks) for key in keys} for found in (cells, first)
    )
    reach = {line.line_key: tuple(people.get((line.line_key, week)) for week in weeks) for line in plan.lines}
    return Actuals(
        weeks, table, dict(until), outside, unconverted, frozenset(estimated), reach, earlier=earlier,
        at_first_rates={key: row for key, row in began.items() if row != table[key]},
    )  # fmt: skip


def with_claims(actuals: Actuals, books: Books, business: Business) -> Actuals:
    """The same beside what was booked; `actuals.reported` must be known by then."""
    claims = claim_weeks(
        actuals.weeks, actuals.claimed, books, business, until=actuals.until, reported=actuals.reported
    )
    return replace(actuals, claims=claims, books=books)


def cut_to(whole: Actuals, part: Actuals, business: Business, days: Period) -> Actuals:
    """`part`, made of the facts of some days, with the scales of the whole weeks in `whole`."""
    claims = cut_weeks(whole.claims, part.claimed, whole.books, business, days)
    return replace(part, claims=claims, books=whole.books, within=days)


def across_micros(periods: pd.DataFrame, days: Period, currency: str, rates: Sequence[Rate]) -> int:
    """Spend of counted rows of `Store.period_facts` that lie partly inside these days, where a rate is known."""
    across = 0
    for row in periods[periods["counted"].astype(bool)].to_dict("records"):
        span = Period(row["period_start"].date(), row["period_end"].date())
        if 0 < span.common(days).days < span.days:
            spent = in_currency(_int(row, "spend_micros") or 0, str(row["currency"]), currency, span.start, rates)
            across += spent or 0
    return across


def of_weeks(actuals: Actuals, days: Period) -> Actuals:
    """The weeks that lie in a span of whole weeks; what lies outside stays unknown."""
    inside = [days.start <= week and week + WEEK <= days.end for week in actuals.weeks]

    def only(table: Mapping[str, tuple[Measures, ...]]) -> dict[str, tuple[Measures, ...]]:
        return {
            key: tuple(m if keep else Measures() for m, keep in zip(row, inside, strict=True))
            for key, row in table.items()
        }

    return replace(actuals, measures=only(actuals.measures), at_first_rates=only(actuals.at_first_rates), within=days)


def spent_shares(plan: StoredPlan, actuals: Actuals) -> dict[str, float]:
    """Spent so far as a share of each line's budget; lines without uploads or budget are left out."""
    spent = {line.line_key: total(actuals.measures.get(line.line_key, ())).spend_micros for line in plan.lines}
    return {
        line.line_key: (spent[line.line_key] or 0) / line.budget_micros
        for line in plan.lines
        if line.budget_micros and spent[line.line_key] is not None
    }


def until_of(coverage: pd.DataFrame) -> dict[str, date]:
    """The first day without data per platform, from `Store.coverage`: the earliest over its accounts."""
    last: dict[str, date] = {}
    for row in coverage.to_dict("records"):
        end = (pd.Timestamp(row["last_day"]) + pd.Timedelta(days=1)).date()
        platform = str(row["platform"])
        last[platform] = min(last.get(platform, end), end)
    return last


def _int(row: Mapping[Any, Any], column: str) -> int | None:
    return None if pd.isna(row[column]) else int(row[column])


def converted(row: Mapping[Any, Any], rate: float, business: Business) -> Measures:
    """One row of `Store.facts` at a rate of exchange, its orders valued where the platform says no value."""
    return _valued(_measures(row, rate), business)[0]


def _measures(row: Mapping[Any, Any], rate: float) -> Measures:
    """Clicks are those that lead to the firm's page where the platform tells them apart: plans mean these."""
    found = {column: _int(row, column) for column in _MEASURES}
    leading = _int(row, "link_clicks") if "link_clicks" in row else None
    found["clicks"] = found["clicks"] if leading is None else leading
    for column in ("spend_micros", "value_micros"):
        amount = found[column]
        found[column] = amount if amount is None or rate == 1.0 else times(amount, rate)
    return Measures(**found)


def _valued(found: Measures, business: Business) -> tuple[Measures, bool]:
    """Order value from the average order: where the platform says none or 0 for its conversions, and for leads."""
    if not found.conversions_micros or (found.value_micros and not business.result_is_lead):
        return found, False
    value = times(found.conversions_micros, business.order_value.likely * business.customers_per_conversion)
    return Measures(found.spend_micros, found.impressions, found.clicks, found.conversions_micros, value), True
