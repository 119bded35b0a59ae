"""Plan against actual: what was planned to date, what happened, and the income statement of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.actuals import UNMATCHED, Actuals
from budget.business import Business, business_of
from budget.drivers import Driver, explain
from budget.findings import Finding
from budget.funnels import Channels, channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.money import MICROS
from budget.phasing import active_days
from budget.plan import PlanLine, StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost, times
from budget.weeks import WEEK, Period, week_of

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
    """Plan and actual to date by channel (line_key, or `unmatched:<platform>`) and week, in the plan's currency.

    `planned` counts only the days that each line's platform has been uploaded for. P&Ls include the team's cost of
    `period`; `cumulative` holds them up to the end of each week. Drivers add up to
    `actual_pnl.after_media - plan_pnl.after_media` exactly, in total and by channel.
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


def review(plan: StoredPlan, actuals: Actuals) -> Review | None:
    """The comparison to date; None while nothing was uploaded for the plan's weeks or the plan has no dates."""
    if plan.period is None or not any(m != Measures() for row in actuals.measures.values() for m in row):
        return None
    business, channels = business_of(plan), channels_of(plan)
    compared = [line for line in plan.lines if line.platform in actuals.until]
    shares = {line.line_key: _shares(line, actuals) for line in compared}
    count = max((t + 1 for row in shares.values() for t, s in enumerate(row) if s > 0), default=0)
    count = max([count, *(t + 1 for row in actuals.measures.values() for t, m in enumerate(row) if m != Measures())])
    planned = {line.line_key: _planned(plan, line, channels, shares[line.line_key]) for line in compared}
    spent = _as_spent(channels, actuals, shares)
    unmatched = {key: (Measures(),) * len(actuals.weeks) for key in actuals.measures if key.startswith(UNMATCHED)}
    before = {key: row[:count] for key, row in (planned | unmatched).items()}
    after = {key: actuals.measures[key][:count] for key in before}
    pnls = {
        key: (channel_pnl(business, total(before[key])), channel_pnl(business, total(after[key]))) for key in before
    }
    until = max(end for end in actuals.until.values())
    period = plan.period.common(Period(plan.period.start, until))
    team = team_cost(plan, period)
    by_channel = explain(business, before, after, pnls)
    return Review(
        period=period,
        weeks=actuals.weeks[:count],
        planned=before,
        actual=after,
        plan_pnl=profit_and_loss([p for p, _ in pnls.values()], team),
        actual_pnl=profit_and_loss([a for _, a in pnls.values()], team),
        channels=pnls,
        drivers=by_channel.total,
        drivers_by_channel=by_channel.channels,
        cumulative=tuple(_up_to(plan, business, before, after, period, t) for t in range(count)),
        three=_three(business, before, spent, pnls),
        findings=_findings(plan, actuals, compared),
    )


def _shares(line: PlanLine, actuals: Actuals) -> list[float]:
    """The part of each week's active days that the line's platform has been uploaded for."""
    end, shares = actuals.until[line.platform], []
    for week in actuals.weeks:
        active = active_days(line, week)
        done = line.flight.common(Period(week, min(week + WEEK, end))).days if line.flight else 0
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
    """The plan's own rates at the money actually spent, summed by line."""
    spend, part = np.zeros_like(channels.spend), np.zeros_like(channels.spend)
    for c, line in enumerate(channels.lines):
        for t, share in enumerate(shares.get(line.line_key, [])):
            part[c, t] = share or 1.0
            spend[c, t] = (actuals.measures[line.line_key][t].spend_micros or 0) / MICROS / part[c, t]
    return {key: total(row) for key, row in likely_plan(channels, spend=spend, share=part).measures.items()}


def _up_to(
    plan: StoredPlan, business: Business, before: Table, after: Table, period: Period, t: int
) -> tuple[ProfitAndLoss, ProfitAndLoss]:
    """Planned and actual P&L from the first day to the end of week `t`."""
    end = week_of(period.start) + (t + 1) * WEEK
    team = team_cost(plan, period.common(Period(period.start, end)))
    sides = [[channel_pnl(business, total(row[: t + 1])) for row in side.values()] for side in (before, after)]
    return profit_and_loss(sides[0], team), profit_and_loss(sides[1], team)


def _three(
    business: Business,
    before: Table,
    spent: Mapping[str, Measures],
    pnls: Mapping[str, tuple[ProfitAndLoss, ProfitAndLoss]],
) -> ThreeResults:
    """Money on lines without a forecast, or on none, counts as it happened: it is execution, not market."""
    as_spent = sum(
        channel_pnl(business, spent[key]).after_media if key in spent else pnls[key][1].after_media for key in before
    )
    return ThreeResults(
        sum(p.after_media for p, _ in pnls.values()), as_spent, sum(a.after_media for _, a in pnls.values())
    )


def _findings(plan: StoredPlan, actuals: Actuals, compared: Sequence[PlanLine]) -> tuple[Finding, ...]:
    absent = sorted({line.platform for line in plan.lines} - {line.platform for line in compared})
    findings = [Finding("PLATFORM_NOT_UPLOADED", "warn", platform, {"platform": platform}) for platform in absent]
    if (unmatched := actuals.unmatched.spend_micros) is not None:
        findings.append(Finding("SPEND_UNMATCHED", "warn", "", {"spend_micros": unmatched}))
    if actuals.outside.spend_micros:
        findings.append(Finding("SPEND_OUTSIDE_PLAN", "warn", "", {"spend_micros": actuals.outside.spend_micros}))
    if actuals.earlier.spend_micros:
        findings.append(Finding("SPEND_BEFORE_PLAN", "info", "", {"spend_micros": actuals.earlier.spend_micros}))
    for currency, spend_micros in sorted(actuals.unconverted.items()):
        facts: dict[str, str | int | float] = {"currency": currency, "spend_micros": spend_micros}
        findings.append(Finding("RATE_MISSING", "warn", currency, facts))
    findings += [Finding("VALUE_ESTIMATED", "info", p, {"platform": p}) for p in sorted(actuals.estimated)]
    return tuple(findings)
