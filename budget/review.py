"""Plan against actual: what was planned to date, what happened, and the income statement of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from budget.actuals import Actuals, of_weeks
from budget.business import Business, business_of
from budget.claims import Claims, ClaimWeek
from budget.drivers import AS_SUMMED, Driver, explain
from budget.errors import InvalidValue
from budget.findings import Fact, Finding
from budget.laid import Laid, Table, arrived, laid_of, terms_of
from budget.measures import Measures, total
from budget.owners import persons_of
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost
from budget.ripeness import RIPE
from budget.weeks import WEEK, Period


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

    @cached_property
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
    period = period if period.days else Period(period.start, period.start)
    if not any(m != Measures() for row in actuals.measures.values() for m in row):
        return None
    laid = laid_of(plan, now, actuals, span)
    pnls = {
        key: (channel_pnl(laid.planner, total(laid.planned[key])),
              channel_pnl(laid.business, total(laid.actual[key]), total(laid.kept[key])))
        for key in laid.planned
    }  # fmt: skip
    by_channel = explain(
        laid.planner,
        laid.planned,
        laid.actual,
        pnls,
        terms=(AS_SUMMED, terms_of(laid, actuals)),
        persons=persons_of(plan),
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
        reported={key: arrived(laid, actuals, key) for key in laid.planned},
        business=laid.business,
    )


def _spanned(actuals: Actuals, span: Period) -> Actuals:
    if actuals.within == span:
        return actuals
    if not span.is_whole_weeks:
        raise InvalidValue(f"span: found {span.start} to {span.end} of weekly sums, expected sums cut to these days")
    return of_weeks(actuals, span)


def _up_to(
    plan: StoredPlan, now: StoredPlan, laid: Laid, period: Period, t: int
) -> tuple[ProfitAndLoss, ProfitAndLoss]:
    """Planned and actual P&L from the first day to the end of week `t`."""
    days = period.common(Period(period.start, laid.weeks[t] + WEEK))
    before = [channel_pnl(laid.planner, total(row[: t + 1])) for row in laid.planned.values()]
    after = [
        channel_pnl(laid.business, total(row[: t + 1]), total(laid.kept[key][: t + 1]))
        for key, row in laid.actual.items()
    ]
    return profit_and_loss(before, team_cost(plan, days)), profit_and_loss(after, team_cost(now, days))


def _three(laid: Laid, pnls: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]]) -> ThreeResults:
    """Money on lines without a forecast, or on none, counts as it happened: it is execution, not market."""
    as_spent = sum(
        channel_pnl(laid.planner, laid.spent[key]).after_media if key in laid.spent else actual.after_media
        for key, (_, actual) in pnls.items()
    )
    return ThreeResults(
        sum(p.after_media for p, _ in pnls.values()), as_spent, sum(a.after_media for _, a in pnls.values())
    )


def _claims(now: StoredPlan, actuals: Actuals, laid: Laid, period: Period) -> Claims:
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


def _findings(plan: StoredPlan, now: StoredPlan, actuals: Actuals, laid: Laid) -> tuple[Finding, ...]:
    absent = sorted({line.platform for line in plan.lines} - {line.platform for line in laid.compared})
    findings = [Finding("PLATFORM_NOT_UPLOADED", "warn", platform, {"platform": platform}) for platform in absent]
    if (unmatched := actuals.unmatched.spend_micros) is not None:
        findings.append(Finding("SPEND_UNMATCHED", "warn", "", {"spend_micros": unmatched}))
    if actuals.across_micros:
        findings.append(Finding("SPEND_ACROSS_SPAN", "warn", "", {"spend_micros": actuals.across_micros}))
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
    known, found = actuals.order_shares(business_of(now)), []
    if (share := known.get("returns_share")) is not None:
        facts: dict[str, Fact] = {"share": share, "planned": planner.returns_share}
        found.append(Finding("RETURNS_FROM_ORDERS", "info", "orders", facts))
    if (share := known.get("discount_share")) is not None:
        facts = {"share": share, "planned": planner.discount_share}
        found.append(Finding("DISCOUNT_FROM_ORDERS", "info", "orders", facts))
    return found
