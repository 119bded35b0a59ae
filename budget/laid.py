"""Both sides of a review over the weeks that are compared: what was planned for them, and what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from budget.actuals import UNMATCHED, Actuals
from budget.business import Business, business_of
from budget.drivers import Terms
from budget.funnels import Channels, channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.money import MICROS
from budget.phasing import active_days, week_matrix
from budget.plan import PlanLine, StoredPlan
from budget.pnl import times
from budget.weeks import WEEK, Period

Table = Mapping[str, tuple[Measures, ...]]


@dataclass(frozen=True)
class Laid:
    """Both sides over the weeks that are compared; `places` of those weeks in the plan's own.

    `planner` judges, `business` holds for what happened. `spent`: the plan at the money spent, by line.
    """

    weeks: tuple[date, ...]
    places: tuple[int, ...]
    planned: Table
    actual: Table
    kept: Table
    spent: Mapping[str, Measures]
    compared: tuple[PlanLine, ...]
    planner: Business
    business: Business


def laid_of(plan: StoredPlan, now: StoredPlan, actuals: Actuals, span: Period | None) -> Laid:
    """Both sides over the weeks of the span, of every line whose platform was uploaded and of unmatched spend."""
    channels = channels_of(plan)
    compared = [line for line in plan.lines if line.platform in actuals.until]
    shares = {line.line_key: _shares(line, actuals, span) for line in compared}
    planned = _planned(plan, compared, channels, shares)
    unmatched = {key: (Measures(),) * len(actuals.weeks) for key in actuals.measures if key.startswith(UNMATCHED)}
    places = _places(actuals, shares, span)
    before, after, kept = (
        {key: tuple(rows(key)[t] for t in places) for key in planned | unmatched}
        for rows in ((planned | unmatched).__getitem__, actuals.measures.__getitem__, actuals.kept)
    )
    return Laid(
        weeks=tuple(actuals.weeks[t] for t in places),
        places=places,
        planned=before,
        actual=after,
        kept=kept,
        spent=_as_spent(channels, actuals, shares, planned),
        compared=tuple(compared),
        planner=business_of(plan),
        business=actuals.business(business_of(now)),
    )


def _places(actuals: Actuals, shares: Mapping[str, Sequence[float]], span: Period | None) -> tuple[int, ...]:
    """Weeks of the span, up to the last one that is compared or holds anything."""
    count = max((t + 1 for row in shares.values() for t, s in enumerate(row) if s > 0), default=0)
    count = max([count, *(t + 1 for row in actuals.measures.values() for t, m in enumerate(row) if m != Measures())])
    within = span or Period(actuals.weeks[0], actuals.weeks[-1] + WEEK)
    return tuple(t for t in range(count) if Period(actuals.weeks[t], actuals.weeks[t] + WEEK).common(within).days)


def _shares(line: PlanLine, actuals: Actuals, span: Period | None) -> list[float]:
    """The part of each week's active days, inside the span, that the line's platform has been uploaded for."""
    end, shares = actuals.until[line.platform], []
    for week in actuals.weeks:
        active, days = active_days(line, week), Period(week, min(week + WEEK, end))
        days = days.common(span) if span else days
        done = line.flight.common(days).days if line.flight else 0
        shares.append(done / active if active else 0.0)
    return shares


def _planned(
    plan: StoredPlan, compared: Sequence[PlanLine], channels: Channels, shares: Mapping[str, Sequence[float]]
) -> dict[str, tuple[Measures, ...]]:
    """The planned part of each week; lines that cannot be computed have their money alone."""
    whole = [1.0] * len(channels.weeks)
    parts = np.array([shares.get(line.line_key, whole) for line in channels.lines]).reshape(channels.spend.shape)
    known = likely_plan(channels, share=parts).measures
    money = week_matrix(plan, channels.weeks)
    return {
        line.line_key: known.get(line.line_key)
        or tuple(Measures(times(x, s)) for x, s in zip(money[line.line_key], shares[line.line_key], strict=True))
        for line in compared
    }


def _as_spent(
    channels: Channels, actuals: Actuals, shares: Mapping[str, Sequence[float]], planned: Table
) -> dict[str, Measures]:
    """The plan's own figures at the money actually spent, at the plan's rates of exchange, summed by line.

    A week of credits is one without spend.
    """
    spend, part = np.zeros_like(channels.spend), np.zeros_like(channels.spend)
    for c, line in enumerate(channels.lines):
        row = actuals.at_first_rates.get(line.line_key, actuals.measures[line.line_key])
        for t, share in enumerate(shares.get(line.line_key, [])):
            part[c, t] = share or 1.0
            paid = max(row[t].spend_micros or 0, 0)
            followed = share and paid == planned[line.line_key][t].spend_micros
            spend[c, t] = channels.spend[c, t] if followed else paid / MICROS / part[c, t]
    return {key: total(row) for key, row in likely_plan(channels, spend=spend, share=part).measures.items()}


def terms_of(laid: Laid, actuals: Actuals) -> Terms:
    """What turns the actual sums into their P&L."""
    first = {
        key: total(row[t] for t in laid.places) for key, row in actuals.at_first_rates.items() if key in laid.actual
    }
    eventual = {key: total(_eventual(laid, actuals, key)) for key in laid.actual}
    kept = {key: total(row) for key, row in laid.kept.items()}
    return Terms(laid.business, first, eventual, kept)


def _eventual(laid: Laid, actuals: Actuals, key: str) -> list[Measures]:
    """Weeks of a channel with the conversions and value that are still expected."""
    shares = actuals.reported.get(_platform(laid, key))
    rows = zip(laid.places, laid.actual[key], strict=True)
    return [_grown(found, shares[t] if shares else 1.0) for t, found in rows]


def _grown(found: Measures, share: float) -> Measures:
    if share >= 1:
        return found
    conversions, value = (
        None if x is None else round(x / share) for x in (found.conversions_micros, found.value_micros)
    )
    return replace(found, conversions_micros=conversions, value_micros=value)


def arrived(laid: Laid, actuals: Actuals, key: str) -> float:
    """The share of a channel's conversions that has arrived; of weeks without any, the mean of their days."""
    counted, expected = (total(rows).conversions_micros for rows in (laid.actual[key], _eventual(laid, actuals, key)))
    if counted and expected:
        return min(counted / expected, 1.0)
    shares = actuals.reported.get(_platform(laid, key))
    return float(np.mean([shares[t] for t in laid.places])) if shares and laid.places else 1.0


def _platform(laid: Laid, key: str) -> str:
    if key.startswith(UNMATCHED):
        return key.removeprefix(UNMATCHED)
    return next(line.platform for line in laid.compared if line.line_key == key)
