"""What the plan should return: fans by week, the P&L with its range, and the chance of goal and loss."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.business import Business, business_of
from budget.cash import Cash, cash_of, terms_of
from budget.curves import Curve, response_curves
from budget.economics import media_factor
from budget.fans import Fan, Interval, fan, interval
from budget.findings import Finding
from budget.frequency import Frequency, cap_of, frequency_of
from budget.funnels import Channels, channels_of
from budget.learning import Beliefs, beliefs
from budget.likely import Likely, likely_plan
from budget.measures import total
from budget.middle import Middle, middle_of
from budget.money import MICROS
from budget.objectives import chance_of_goal, weekly_paths
from budget.outlook import Outlook, outlooks
from budget.payback import payback_week
from budget.people import people_reached
from budget.plan import PlanLine, PlanObjective, StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, profit_and_loss, team_cost
from budget.sales_model import SalesModel
from budget.weeks import WEEK, Period, week_ends
from models import MODEL_VERSION, Outcomes, simulate

Array = np.ndarray
METRICS = ("impressions", "reach", "clicks", "conversions", "value")
ALL_LINES = ""


@dataclass(frozen=True, eq=False)
class Forecast:
    """The answer to "what should this plan return?".

    `fans[metric, line_key]` by week, line_key "" for all lines together (`reach` counts people since the first week);
    `totals` over the whole plan; `likely` and `pnl` (micros) are the plan at its likely figures; every interval and fan
    holds 8 of 10 outcomes. Money in major units unless micros. `own_share` by line: how much is the firm's own data;
    of the `measured` lines the sales model knows what ads cause. `chances` of every objective by its key; `p_target` is
    the first one's. `outlooks` say what each KPI comes to; `middle` is the base of what-if arithmetic.
    """

    weeks: tuple[date, ...]
    lines: tuple[PlanLine, ...]
    likely: Likely
    fans: Mapping[tuple[str, str], Fan]
    totals: Mapping[str, Interval]
    pnl: ProfitAndLoss
    profit: Interval
    cumulative_profit: Fan
    likely_cumulative_profit: Array
    p_target: float | None
    p_loss: float
    payback_week: int | None
    curves: tuple[Curve, ...]
    objective: PlanObjective | None
    own_share: Mapping[str, float]
    findings: tuple[Finding, ...]
    frequency: Frequency
    cash: Cash
    middle: Middle
    outlooks: Mapping[str, Outlook]
    measured: frozenset[str] = frozenset()
    chances: Mapping[str, float | None] = field(default_factory=dict)
    model_version: int = MODEL_VERSION

    @property
    def week_ends(self) -> tuple[date, ...]:
        """The last day of each week, where cumulative figures stand."""
        return week_ends(self.weeks)


@dataclass(frozen=True)
class Missing:
    """Why there can be no forecast yet."""

    findings: tuple[Finding, ...]


def forecast(
    plan: StoredPlan, *, seed: tuple[int, ...], actuals: Actuals | None = None, sales: SalesModel | None = None
) -> Forecast | Missing:
    """The plan's forecast, or what is missing before there can be one.

    With `actuals` the draws are the posterior: the plan's prior brought up to date by the uploads; with `sales` what
    ads cause is no longer assumed for the channels that it measured.
    """
    channels, business = channels_of(plan), business_of(plan)
    if channels.prior is None:
        return Missing(channels.findings or (Finding("PLAN_EMPTY", "warn", "plan"),))
    found = beliefs(channels, actuals, seed, sales)
    outcomes = simulate(found.draws, channels.spend, rng=np.random.default_rng((*seed, 1)), season=channels.season)
    people = people_reached(found.draws, outcomes, rng=np.random.default_rng((*seed, 3)))
    return _forecast(plan, business, channels, found, outcomes, people)


def _forecast(
    plan: StoredPlan, business: Business, channels: Channels, found: Beliefs, outcomes: Outcomes, people: Array
) -> Forecast:
    likely, team = likely_plan(channels), weekly_team_cost(plan, channels.weeks)
    weekly = weekly_paths(business, outcomes, team) | {"value": outcomes.value.sum(axis=1)}
    cumulative = {kpi: path.cumsum(axis=1) for kpi, path in weekly.items()}
    cumulative["reach"] = people
    media = channels.spend.sum(axis=0) * media_factor(business)
    objective = plan.objectives[0] if plan.objectives else None
    profit = cumulative["profit"]
    return Forecast(
        weeks=channels.weeks,
        lines=channels.lines,
        likely=likely,
        fans=_fans(channels, outcomes, weekly | {"reach": cumulative["reach"]}),
        totals={metric: interval(cumulative[metric][:, -1]) for metric in (*METRICS, "revenue")},
        pnl=likely_pnl(plan, business, likely),
        profit=interval(profit[:, -1]),
        cumulative_profit=fan(profit),
        likely_cumulative_profit=_likely_cumulative(business, likely, team),
        p_target=chance_of_goal(objective, cumulative, channels.weeks),
        p_loss=float((profit[:, -1] < 0).mean()),
        payback_week=payback_week(np.median(profit, axis=0)),
        curves=response_curves(business, channels, found),
        objective=objective,
        own_share={line.line_key: float(x) for line, x in zip(channels.lines, found.own_share, strict=True)},
        findings=channels.findings,
        frequency=frequency_of(found.draws, outcomes, people[:, -1], channels.lines, cap_of(plan)),
        cash=cash_of(terms_of(plan), channels.weeks, weekly, media, team),
        middle=middle_of(business, channels, found, team),
        outlooks=outlooks(plan.objectives, cumulative, channels.weeks),
        measured=found.measured,
        chances={each.objective_key: chance_of_goal(each, cumulative, channels.weeks) for each in plan.objectives},
    )


def _fans(channels: Channels, outcomes: Outcomes, weekly: Mapping[str, Array]) -> dict[tuple[str, str], Fan]:
    fans = {(metric, ALL_LINES): fan(weekly[metric]) for metric in METRICS}
    for c, line in enumerate(channels.lines):
        fans |= {(metric, line.line_key): fan(getattr(outcomes, metric)[:, c]) for metric in METRICS}
    return fans


def likely_pnl(plan: StoredPlan, business: Business, likely: Likely) -> ProfitAndLoss:
    """The P&L of the whole plan at its likely figures, in micros."""
    rows = [channel_pnl(business, total(row)) for row in likely.measures.values()]
    return profit_and_loss(rows, team_cost(plan, plan.period) if plan.period else {})


def _likely_cumulative(business: Business, likely: Likely, team: Array) -> Array:
    by_week = [total(row[t] for row in likely.measures.values()) for t in range(len(likely.weeks))]
    after_media = np.array([channel_pnl(business, found).after_media / MICROS for found in by_week])
    return np.cumsum(after_media - team)


def weekly_team_cost(plan: StoredPlan, weeks: tuple[date, ...]) -> Array:
    """Team cost of each week (T,) in major units; days outside the plan's period cost nothing."""
    if plan.period is None:
        return np.zeros(len(weeks))
    inside = [plan.period.common(Period(week, week + WEEK)) for week in weeks]
    return np.array([sum(team_cost(plan, period).values()) / MICROS for period in inside])
