"""Plan against actual: what was planned to date, what happened, and the income statement of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from budget.actuals import UNMATCHED, Actuals, of_weeks
from budget.business import Business, business_of
from budget.claims import Claims, ClaimWeek
from budget.drivers import Driver, Terms, explain
from budget.errors import InvalidValue
from budget.findings import Fact, Finding
from budget.funnels import Channels, channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.money import MICROS
from budget.owners import persons_of
from budget.phasing import active_days
from budget.plan import PlanLine, StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost, times
from budget.ripeness import RIPE
from budget.weeks import WEEK, Period

Array = np.ndarray
Table = Mapping[str, tuple[Measures, ...]]


@dataclass(frozen=True)
class ThreeResults:
    """Profit after media (CM3, micros): as planned, the plan at the money actually spent, and what happened."""

    planned_micros: int
    as_spent_micros: int
    actual_micros: int

    @property
    def execution_micros(self) -> int:
        """What spending otherwise than planned did."""
        return self.as_spent_micros - self.planned_micros

    @property
    def market_micros(self) -> int:
        """What prices and people did."""
        return self.actual_micros - self.as_spent_micros


@dataclass(frozen=True)
class Review:
    """Plan and actual by channel (line_key, or `unmatched:<platform>`) and week, in the plan's currency.

    `planned` counts only the days of `period` that each line's platform has been uploaded for. `actual` is as platforms
    claim, `kept` what the books hold of it: P&Ls rest on the latter. They include the team's cost of `period`;
    `cumulative` holds them up to the end of each week. Drivers add up to
    `actual_pnl.after_media - plan_pnl.after_media` exactly, in total and by channel. `reported` by channel: the share
    of its conversions that has arrived, in (0, 1]. `business` is what holds for what happened.
    """

    period: Period
    weeks: tuple[date, ...]
    planned: Table
    actual: Table
    plan_pnl: ProfitAndLoss
    actual_pnl: ProfitAndLoss
    channels: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]]
    drivers: tuple[Driver, ...]
    drivers_by_channel: Mapping[str, tuple[Driver, ...]]
    cumulative: tuple[tuple[ProfitAndLoss, ProfitAndLoss], ...]
    three: ThreeResults
    findings: tuple[Finding, ...]
    kept: Table = field(default_factory=dict)
    claims: Claims = field(default_factory=lambda: Claims(()))
    reported: Mapping[str, float] = field(default_factory=dict)
    business: Business = field(default_factory=Business)

    def is_ripe(self, channel: str) -> bool:
        """Whether enough of the channel's conversions has arrived to judge it."""
        return self.reported.get(channel, 1.0) >= RIPE

    def by_channel(self) -> dict[str, tuple[Measures, Measures]]:
        """Planned and actual sums of each channel."""
        return {key: (total(self.planned[key]), total(self.actual[key])) for key in self.planned}

    def by_week(self, key: str | None = None) -> list[tuple[date, Measures, Measures]]:
        """Planned and actual of each week, of one channel or of all."""
        keys = [key] if key else list(self.planned)
        return [
            (week, total(self.planned[k][t] for k in keys), total(self.actual[k][t] for k in keys))
            for t, week in enumerate(self.weeks)
        ]

    @property
    def total(self) -> tuple[Measures, Measures]:
        """Planned and actual sums over everything."""
        return (total(m for row in self.planned.values() for m in row),
                total(m for row in self.actual.values() for m in row))  # fmt: skip


def review(
    plan: StoredPlan, actuals: Actuals, *, now: StoredPlan | None = None, span: Period | None = None
) -> Review | None:
    """The comparison to date, or of a `span`; None where nothing was uploaded for its weeks or the plan has no dates.

    `plan` judges; the economics and team costs of `now` (default `plan`) hold for what happened. A span of whole weeks
    is taken out of `actuals`; any other needs actuals cut to its days (`Actuals.within`), else `InvalidValue`.
    """
    if plan.period is None:
        return None
    now = now if now is not None and now.currency == plan.currency else plan
    if span is not None:
        actuals = _spanned(actuals, span)
    until = max(actuals.until.values(), default=plan.period.start)
    period = plan.period.common(span or plan.period).common(Period(plan.period.start, until))
    if (span and not period.days) or not any(m != Measures() for row in actuals.measures.values() for m in row):
        return None
    laid = _laid(plan, now, actuals, span)
    pnls = {
        key: (channel_pnl(laid.planner, total(laid.planned[key])),
              channel_pnl(laid.business, total(laid.actual[key]), total(laid.kept[key])))
        for key in laid.planned
    }  # fmt: skip
    by_channel = explain(
        laid.planner, laid.planned, laid.actual, pnls, terms=(Terms(), _terms(laid, actuals)), persons=persons_of(plan)
    )
    claims = _claims(now, actuals, laid, period)
    return Review(
        period=period,
        weeks=laid.weeks,
        planned=laid.planned,
        actual=laid.actual,
        plan_pnl=profit_and_loss([p for p, _ in pnls.values()], team_cost(plan, period)),
        actual_pnl=profit_and_loss([a for _, a in pnls.values()], team_cost(now, period)),
        channels=pnls,
        drivers=by_channel.total,
        drivers_by_channel=by_channel.channels,
        cumulative=tuple(_up_to(plan, now, laid, period, t) for t in range(len(laid.weeks))),
        three=_three(laid, pnls),
        findings=(*_findings(plan, now, actuals, laid), *claims.findings),
        kept=laid.kept,
        claims=claims,
        reported={key: _arrived(laid, actuals, key) for key in laid.planned},
        business=laid.business,
    )


@dataclass(frozen=True)
class _Laid:
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


def _spanned(actuals: Actuals, span: Period) -> Actuals:
    if actuals.within == span:
        return actuals
    if not span.is_whole_weeks:
        raise InvalidValue(f"span: found {span.start} to {span.end} of weekly sums, expected sums cut to these days")
    return of_weeks(actuals, span)


def _laid(plan: StoredPlan, now: StoredPlan, actuals: Actuals, span: Period | None) -> _Laid:
    channels = channels_of(plan)
    compared = [line for line in plan.lines if line.platform in actuals.until]
    shares = {line.line_key: _shares(line, actuals, span) for line in compared}
    planned = {line.line_key: _planned(plan, line, channels, shares[line.line_key]) for line in compared}
    unmatched = {key: (Measures(),) * len(actuals.weeks) for key in actuals.measures if key.startswith(UNMATCHED)}
    places = _places(actuals, shares, span)
    before, after, kept = (
        {key: tuple(rows(key)[t] for t in places) for key in planned | unmatched}
        for rows in ((planned | unmatched).__getitem__, actuals.measures.__getitem__, actuals.kept)
    )
    return _Laid(
        tuple(actuals.weeks[t] for t in places), places, before, after, kept, _as_spent(channels, actuals, shares),
        tuple(compared), business_of(plan), actuals.business(business_of(now)),
    )  # fmt: skip


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


def _planned(plan: StoredPlan, line: PlanLine, channels: Channels, share: Sequence[float]) -> tuple[Measures, ...]:
    keys = [found.line_key for found in channels.lines]
    if line.line_key in keys:
        parts = np.ones_like(channels.spend)
        parts[keys.index(line.line_key)] = share
        return likely_plan(channels, share=parts).measures[line.line_key]
    own = {w.week_start: w.budget_micros for w in plan.weeks if w.line_key == line.line_key}
    return tuple(Measures(times(own.get(w, 0), s)) for w, s in zip(channels.weeks, share, strict=True))


def _as_spent(channels: Channels, actuals: Actuals, shares: Mapping[str, Sequence[float]]) -> dict[str, Measures]:
    """The plan's own figures at the money actually spent, at the plan's rates of exchange, summed by line.

    A week of credits is one without spend.
    """
    spend, part = np.zeros_like(channels.spend), np.zeros_like(channels.spend)
    for c, line in enumerate(channels.lines):
        row = actuals.at_first_rates.get(line.line_key, actuals.measures[line.line_key])
        for t, share in enumerate(shares.get(line.line_key, [])):
            part[c, t] = share or 1.0
            spend[c, t] = max(row[t].spend_micros or 0, 0) / MICROS / part[c, t]
    return {key: total(row) for key, row in likely_plan(channels, spend=spend, share=part).measures.items()}


def _terms(laid: _Laid, actuals: Actuals) -> Terms:
    """What turns the actual sums into their P&L."""
    first = {
        key: total(row[t] for t in laid.places) for key, row in actuals.at_first_rates.items() if key in laid.actual
    }
    eventual = {key: total(_eventual(laid, actuals, key)) for key in laid.actual}
    kept = {key: total(row) for key, row in laid.kept.items()}
    return Terms(laid.business, first, eventual, kept)


def _eventual(laid: _Laid, actuals: Actuals, key: str) -> list[Measures]:
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


def _arrived(laid: _Laid, actuals: Actuals, key: str) -> float:
    """The share of a channel's conversions that has arrived; of weeks without any, the mean of their days."""
    counted, expected = (total(rows).conversions_micros for rows in (laid.actual[key], _eventual(laid, actuals, key)))
    if counted and expected:
        return min(counted / expected, 1.0)
    shares = actuals.reported.get(_platform(laid, key))
    return float(np.mean([shares[t] for t in laid.places])) if shares and laid.places else 1.0


def _platform(laid: _Laid, key: str) -> str:
    if key.startswith(UNMATCHED):
        return key.removeprefix(UNMATCHED)
    return next(line.platform for line in laid.compared if line.line_key == key)


def _up_to(
    plan: StoredPlan, now: StoredPlan, laid: _Laid, period: Period, t: int
) -> tuple[ProfitAndLoss, ProfitAndLoss]:
    """Planned and actual P&L from the first day to the end of week `t`."""
    days = period.common(Period(period.start, laid.weeks[t] + WEEK))
    before = [channel_pnl(laid.planner, total(row[: t + 1])) for row in laid.planned.values()]
    after = [
        channel_pnl(laid.business, total(row[: t + 1]), total(laid.kept[key][: t + 1]))
        for key, row in laid.actual.items()
    ]
    return profit_and_loss(before, team_cost(plan, days)), profit_and_loss(after, team_cost(now, days))


def _three(laid: _Laid, pnls: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]]) -> ThreeResults:
    """Money on lines without a forecast, or on none, counts as it happened: it is execution, not market."""
    as_spent = sum(
        channel_pnl(laid.planner, laid.spent[key]).after_media if key in laid.spent else actual.after_media
        for key, (_, actual) in pnls.items()
    )
    return ThreeResults(
        sum(p.after_media for p, _ in pnls.values()), as_spent, sum(a.after_media for _, a in pnls.values())
    )


def _claims(now: StoredPlan, actuals: Actuals, laid: _Laid, period: Period) -> Claims:
    """Claims of the compared weeks; revenue and marketing cost of the days whose sales are known."""
    chosen = set(laid.weeks)
    weeks: list[ClaimWeek] = [one for one in actuals.claims if one.week in chosen]
    revenue, cost = 0, 0
    known = False
    for t, week in enumerate(laid.weeks):
        days = period.common(Period(week, week + WEEK))
        sold = actuals.books.sold(days)
        if sold is None or sold.revenue_micros is None:
            continue
        known, revenue = True, revenue + sold.revenue_micros
        media = sum(channel_pnl(laid.business, row[t]).media for row in laid.actual.values())
        cost += media + sum(team_cost(now, days).values())
    return Claims(tuple(weeks), revenue if known else None, cost if known else None, laid.business.result_is_lead)


def _findings(plan: StoredPlan, now: StoredPlan, actuals: Actuals, laid: _Laid) -> tuple[Finding, ...]:
    absent = sorted({line.platform for line in plan.lines} - {line.platform for line in laid.compared})
    findings = [Finding("PLATFORM_NOT_UPLOADED", "warn", platform, {"platform": platform}) for platform in absent]
    if (unmatched := actuals.unmatched.spend_micros) is not None:
        findings.append(Finding("SPEND_UNMATCHED", "warn", "", {"spend_micros": unmatched}))
    if actuals.outside.spend_micros:
        findings.append(Finding("SPEND_OUTSIDE_PLAN", "warn", "", {"spend_micros": actuals.outside.spend_micros}))
    if actuals.earlier.spend_micros:
        findings.append(Finding("SPEND_BEFORE_PLAN", "info", "", {"spend_micros": actuals.earlier.spend_micros}))
    for currency, spend_micros in sorted(actuals.unconverted.items()):
        facts: dict[str, Fact] = {"currency": currency, "spend_micros": spend_micros}
        findings.append(Finding("RATE_MISSING", "warn", currency, facts))
    findings += [Finding("VALUE_ESTIMATED", "info", p, {"platform": p}) for p in sorted(actuals.estimated)]
    return (*findings, *_from_orders(now, actuals, laid.planner))


def _from_orders(now: StoredPlan, actuals: Actuals, planner: Business) -> list[Finding]:
    """Which shares the shop's orders said, beside those of the plan."""
    codes = {"returns_share": "RETURNS_FROM_ORDERS", "discount_share": "DISCOUNT_FROM_ORDERS"}
    return [
        Finding(codes[name], "info", "orders", {"share": share, "planned": float(getattr(planner, name))})
        for name, share in actuals.order_shares(business_of(now)).items()
    ]
