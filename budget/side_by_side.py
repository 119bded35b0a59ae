"""Plans side by side under the same luck: equal figures meet equal random numbers, so what differs is the plans."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.business import business_of
from budget.economics import media_factor
from budget.fans import Fan, Interval, fan, interval
from budget.findings import Finding
from budget.forecast import Missing, likely_pnl, weekly_team_cost
from budget.funnels import Channels, channels_of
from budget.learning import beliefs
from budget.likely import likely_plan
from budget.objectives import chance_of_goal, weekly_paths
from budget.payback import payback_week
from budget.people import people_reached
from budget.plan import PlanAssumption, PlanLine, StoredPlan
from budget.sales_model import SalesModel
from budget.weeks import Period, week_ends
from models import FunnelDraws, Outcomes, simulate

Array = np.ndarray
METRICS = ("reach", "conversions", "revenue", "profit")
SPAN = "_span"
"""Key of the line without money that makes every plan run over the same weeks."""


@dataclass(frozen=True)
class Common:
    """What all compared plans share, so that their random numbers meet: every line that one of them can compute.

    `lines` with the figures of the plan that brought them, in one order; `span` of all plans; the `seed` of all.
    """

    lines: tuple[PlanLine, ...]
    figures: tuple[PlanAssumption, ...]
    span: Period
    seed: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """One plan of a comparison. Draws (D,) by metric belong together over all plans: draw d is the same luck.

    Money in major units; `roi` is profit over all programme cost, `likely_roi` that at the likely figures.
    `by_platform` in micros. `payback_week` counts from the plan's own first week; None: not in the plan.
    """

    plan_id: int
    budget_micros: int
    draws: dict[str, Array]
    totals: dict[str, Interval]
    roi: Interval | None
    likely_roi: float | None
    p_target: float | None
    p_loss: float
    payback_week: int | None
    weeks: tuple[date, ...]
    cumulative_profit: Fan
    by_platform: dict[str, int]

    @property
    def week_ends(self) -> tuple[date, ...]:
        """The last day of each week, where cumulative figures stand."""
        return week_ends(self.weeks)


@dataclass(frozen=True)
class Gap:
    """What a plan brings more than the base, in equal luck: 8 of 10 outcomes by metric, and how often its profit wins.

    `p_better` counts ties as half, so that a plan against itself stands at one half.
    """

    budget_micros: int
    more: dict[str, Interval]
    p_better: float


def common_of(plans: Sequence[StoredPlan], seed: tuple[int, ...]) -> Common | None:
    """What these plans share; None while none of them can be computed. The first plan's lines come first."""
    lines: dict[str, PlanLine] = {}
    figures: list[PlanAssumption] = []
    for plan in plans:
        new = [line for line in channels_of(plan).lines if line.line_key not in lines]
        lines |= {line.line_key: line for line in new}
        keys = {line.line_key for line in new}
        figures += [each for each in plan.assumptions if each.scope in keys]
    periods = [plan.period for plan in plans if plan.period]
    if not lines:
        return None
    span = Period(min(p.start for p in periods), max(p.end for p in periods))
    return Common(tuple(lines.values()), tuple(figures), span, seed)


def widened(plan: StoredPlan, common: Common) -> StoredPlan:
    """The plan with the lines of the others, in the common order, over the common weeks; only to draw for it."""
    own = {line.line_key: line for line in channels_of(plan).lines}
    foreign = {line.line_key for line in common.lines} - own.keys()
    lines = tuple(own.get(line.line_key, line) for line in common.lines)
    span = PlanLine(SPAN, "", "", start_date=common.span.start, end_date=common.span.end)
    kept = tuple(each for each in plan.assumptions if each.scope not in foreign)
    return replace(
        plan,
        lines=(*lines, span),
        weeks=tuple(week for week in plan.weeks if week.line_key in own),
        assumptions=(*kept, *(each for each in common.figures if each.scope in foreign)),
    )


def side(
    plan: StoredPlan, common: Common, *, actuals: Actuals | None = None, sales: SalesModel | None = None
) -> Side | Missing:
    """The plan's outcomes in the common luck. `actuals` are laid beside `widened(plan, common)`.

    Lines of other plans are drawn too, without money, so that random numbers stay in step.
    """
    mine = channels_of(plan)
    if mine.prior is None:
        return Missing(mine.findings or (Finding("PLAN_EMPTY", "warn", "plan"),))
    wide, own = channels_of(widened(plan, common)), {line.line_key for line in mine.lines}
    places = [c for c, line in enumerate(wide.lines) if line.line_key in own]
    spend = np.where(np.isin(np.arange(len(wide.lines)), places)[:, None], wide.spend, 0.0)
    found = beliefs(wide, actuals, common.seed, sales)
    outcomes = simulate(found.draws, spend, rng=np.random.default_rng((*common.seed, 1)), season=wide.season)
    people = people_reached(*_own(found.draws, outcomes, places), rng=np.random.default_rng((*common.seed, 3)))
    return _side(plan, mine, wide, outcomes, people)


def _side(plan: StoredPlan, mine: Channels, wide: Channels, outcomes: Outcomes, people: Array) -> Side:
    business, team = business_of(plan), weekly_team_cost(plan, wide.weeks)
    weekly = weekly_paths(business, outcomes, team)
    cumulative = {kpi: path.cumsum(axis=1) for kpi, path in weekly.items()}
    cumulative["reach"] = people
    draws = {metric: cumulative[metric][:, -1] for metric in METRICS}
    inside = [t for t, week in enumerate(wide.weeks) if week in mine.weeks]
    profit = cumulative["profit"][:, inside]
    cost = float(outcomes.spend.sum()) * media_factor(business) + float(team.sum())
    return Side(
        plan_id=plan.plan_id,
        budget_micros=plan.budget_micros,
        draws=draws,
        totals={metric: interval(found) for metric, found in draws.items()},
        roi=interval(draws["profit"] / cost) if cost else None,
        likely_roi=likely_pnl(plan, business, likely_plan(mine)).roi,
        p_target=chance_of_goal(plan.objectives[0] if plan.objectives else None, cumulative, wide.weeks),
        p_loss=float((draws["profit"] < 0).mean()),
        payback_week=payback_week(np.median(profit, axis=0)),
        weeks=mine.weeks,
        cumulative_profit=fan(profit),
        by_platform=_by_platform(plan),
    )


def _own(drawn: FunnelDraws, outcomes: Outcomes, places: list[int]) -> tuple[FunnelDraws, Outcomes]:
    """Without the lines of other plans, which would widen the audience."""
    parts = {name: getattr(outcomes, name)[:, places] for name in ("impressions", "reach")}
    return replace(drawn, audience=drawn.audience[:, places]), replace(outcomes, **parts)


def _by_platform(plan: StoredPlan) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in plan.lines:
        found[line.platform] = found.get(line.platform, 0) + line.budget_micros
    return found


def gap(base: Side, other: Side) -> Gap:
    """What `other` brings more than `base`, draw by draw."""
    more = {metric: other.draws[metric] - base.draws[metric] for metric in METRICS}
    wins = (more["profit"] > 0).mean() + 0.5 * (more["profit"] == 0).mean()
    return Gap(
        other.budget_micros - base.budget_micros, {m: interval(found) for m, found in more.items()}, float(wins)
    )  # fmt: skip


Uploads = Callable[[StoredPlan], Actuals | None]


def side_by_side(
    plans: Sequence[StoredPlan], seed: tuple[int, ...], *, actuals: Uploads = lambda _: None
) -> tuple[Side | Missing, ...]:
    """All plans in the same luck, in their order; `actuals` gives the uploads beside a plan."""
    common = common_of(plans, seed)
    if common is None:
        return tuple(Missing(channels_of(plan).findings) for plan in plans)
    return tuple(side(plan, common, actuals=actuals(widened(plan, common))) for plan in plans)
