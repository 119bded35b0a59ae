"""Where the plan will end: what has happened, then the remaining weeks drawn from what was learned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.business import Business, business_of
from budget.cash import Cash, cash_of, terms_of
from budget.economics import media_factor
from budget.fans import Fan, Interval, fan, interval
from budget.forecast import weekly_team_cost
from budget.funnels import Channels, channels_of
from budget.learning import Beliefs, beliefs
from budget.measures import total
from budget.money import MICROS, major
from budget.objectives import chance_of_goal, weekly_paths
from budget.outturn import Remaining, remaining_of
from budget.payback import payback_week
from budget.plan import StoredPlan
from budget.pnl import channel_pnl, team_cost
from budget.ranges import Range
from budget.sales_model import SalesModel
from budget.weeks import WEEK, Period, week_ends
from models import Outcomes, simulate

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Projection:
    """The end of the plan as it looks today; fans and intervals hold 8 of 10 outcomes, money in major units.

    `weeks_done` complete weeks lie behind; in them all draws are equal. `p_target` None: no goal, or one of reach.
    `cash` is the same money as it is paid and received; `remaining` what the income statement of the end is made of.
    `ends` by KPI: where profit, revenue, conversions, clicks and impressions end.
    """

    weeks: tuple[date, ...]
    weeks_done: int
    profit: Interval
    cumulative_profit: Fan
    p_target: float | None
    p_loss: float
    payback_week: int | None
    conversions: Interval
    spend_micros: int
    cash: Cash
    remaining: Remaining
    ends: Mapping[str, Interval] = field(default_factory=dict)

    @property
    def week_ends(self) -> tuple[date, ...]:
        """The last day of each week, where cumulative figures stand."""
        return week_ends(self.weeks)


def project(
    plan: StoredPlan,
    actuals: Actuals,
    *,
    seed: tuple[int, ...],
    sales: SalesModel | None = None,
    now: StoredPlan | None = None,
) -> Projection | None:
    """Actuals to date plus the remaining weeks at their planned budgets; None where no line can be computed.

    `sales` says what ads will cause in the channels that it measured; what has happened stays as the P&L counts it.
    The economics and team costs of `now` (default `plan`) hold for all weeks, as they do in the review; its money
    holds for the weeks to come of the plan's lines.
    """
    channels = channels_of(plan)
    if channels.prior is None:
        return None
    return projected(plan, channels, actuals, beliefs(channels, actuals, seed, sales), seed=seed, now=now)


def projected(
    plan: StoredPlan,
    channels: Channels,
    actuals: Actuals,
    found: Beliefs,
    *,
    seed: tuple[int, ...],
    now: StoredPlan | None = None,
) -> Projection:
    """The same from what is believed already."""
    now = now if now is not None and now.currency == plan.currency else plan
    business = business_of(now)
    spend = channels.spend if now is plan else _intended(channels, now)
    outcomes = simulate(found.draws, spend, rng=np.random.default_rng((*seed, 2)), season=channels.season)
    left = weeks_left(channels, actuals)
    team = weekly_team_cost(now, channels.weeks)
    rest = _part(outcomes, left)
    ahead = weekly_paths(business, rest, team)
    behind = _behind(actuals.business(business), channels, actuals, found.draws.incrementality)
    cumulative = {kpi: (path + behind[kpi]).cumsum(axis=1) for kpi, path in ahead.items()}
    profit = cumulative["profit"]
    done = int((left.max(axis=0) == 0).sum()) if left.size else 0
    media = behind["media"] + rest.spend.sum(axis=0) * media_factor(business)
    weekly = {kpi: ahead[kpi] + behind[kpi] for kpi in ("profit", "revenue")}
    return Projection(
        weeks=channels.weeks,
        weeks_done=done,
        profit=interval(profit[:, -1]),
        cumulative_profit=_as_happened(fan(profit), behind["profit"].mean(axis=0) - team, done),
        p_target=chance_of_goal(plan.objectives[0] if plan.objectives else None, cumulative, channels.weeks),
        p_loss=float((profit[:, -1] < 0).mean()),
        payback_week=payback_week(np.median(profit, axis=0)),
        conversions=interval(cumulative["conversions"][:, -1]),
        spend_micros=(total(m for row in actuals.measures.values() for m in row).spend_micros or 0)
        + sum(round(x * MICROS) for x in rest.spend.sum(axis=1)),
        cash=cash_of(terms_of(now), channels.weeks, weekly, media, team, done),
        remaining=remaining_of(business, rest, team_cost(now, plan.period) if plan.period else {}),
        ends={kpi: interval(path[:, -1]) for kpi, path in cumulative.items()},
    )


def _intended(channels: Channels, now: StoredPlan) -> Array:
    """The money (C, T) that the plan worked with now gives the same lines and weeks; none where it dropped them."""
    given = {(week.line_key, week.week_start): major(week.budget_micros) for week in now.weeks}
    return np.array([[given.get((line.line_key, week), 0.0) for week in channels.weeks] for line in channels.lines])


def _as_happened(found: Fan, weekly: Array, done: int) -> Fan:
    """The fan whose middle is, in the weeks that are over, the P&L's own figure."""
    return Fan(found.low, np.concatenate([weekly.cumsum()[:done], found.mid[done:]]), found.high)


def weeks_left(channels: Channels, actuals: Actuals) -> Array:
    """The share of each line's week (C, T) that lies ahead, by active days after the platform's last uploaded day."""
    rows = []
    for line in channels.lines:
        end, row = actuals.until.get(line.platform), []
        for week in channels.weeks:
            active = line.flight.common(Period(week, week + WEEK)) if line.flight else Period(week, week)
            ahead = active if end is None else active.common(Period(end, active.end))
            row.append(ahead.days / active.days if active.days else 0.0)
        rows.append(row)
    return np.array(rows).reshape(len(channels.lines), len(channels.weeks))


def _part(outcomes: Outcomes, share: Array) -> Outcomes:
    return replace(
        outcomes,
        spend=outcomes.spend * share,
        impressions=outcomes.impressions * share,
        clicks=outcomes.clicks * share,
        conversions=outcomes.conversions * share,
        value=outcomes.value * share,
    )


def _behind(business: Business, channels: Channels, actuals: Actuals, caused: Array) -> dict[str, Array]:
    """Draws (D, T), or sure numbers (T,), of what has happened; how much of it ads caused stays uncertain."""
    order = {line.line_key: c for c, line in enumerate(channels.lines)}
    whole = replace(business, incrementality=Range(1.0, 1.0, 1.0))
    caused = caused - caused.mean(axis=0) + business.incrementality.likely
    profit = revenue = np.zeros((len(caused), len(actuals.weeks)))
    media = np.zeros(len(actuals.weeks))
    for key, row in actuals.measures.items():
        share = caused[:, [order[key]]] if key in order else np.full((len(caused), 1), business.incrementality.likely)
        pnls = [channel_pnl(whole, found, held) for found, held in zip(row, actuals.kept(key), strict=True)]
        media = media + _money(p.media for p in pnls)
        profit = profit + share * _money(p.after_fulfilment for p in pnls) - _money(p.media for p in pnls)
        revenue = revenue + share * _money(p.net_revenue for p in pnls)
    kept = [actuals.kept(key) for key in actuals.measures]
    weeks = [total(row[t] for row in kept) for t in range(len(actuals.weeks))]
    return {
        "profit": profit,
        "revenue": revenue,
        "media": media,
        "conversions": _money(found.conversions_micros or 0 for found in weeks),
        "clicks": np.array([float(found.clicks or 0) for found in weeks]),
        "impressions": np.array([float(found.impressions or 0) for found in weeks]),
    }


def _money(amounts_micros: Iterable[int]) -> Array:
    return np.array(list(amounts_micros), dtype=float) / MICROS
