"""Where the review's figures stand: to date, as planned, where they end, and whether that may be called good or bad."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from budget.fans import Interval
from budget.immature import Arrived
from budget.measures import Measures
from budget.money import MICROS
from budget.pacing import Pacing
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss, team_cost
from budget.projection import Projection
from budget.review import Review

Verdict = Literal["good", "bad", "open"]
MAIN_KPIS = ("revenue", "conversions", "clicks", "impressions")
FEWEST = 30
"""A ratio on fewer results shows its range, not a colour."""
EIGHT_OF_TEN = 1.2816


@dataclass(frozen=True)
class Standing:
    """One figure: actual and plan of the span, and the end of the plan; money in major units, None where unknown."""

    actual: float | None
    planned: float | None
    end: Interval | None


def main_kpi(plan: StoredPlan) -> str:
    """What the second card counts: the main goal's KPI where it is a result, else conversions."""
    kpi = plan.objectives[0].kpi if plan.objectives else ""
    return kpi if kpi in MAIN_KPIS else "conversions"


def spend_of(found: Review, paced: Pacing | None) -> Standing:
    """Money spent; its end by the pacing of all platforms."""
    planned, actual = found.total
    end = Interval(paced.pace.low, paced.pace.projected, paced.pace.high) if paced and paced.days_left else None
    return Standing(actual.spend, planned.spend, end)


def result_of(found: Review, kpi: str, projection: Projection | None) -> Standing:
    """The main result: conversions, clicks or impressions as platforms claim them, or net revenue that ads caused."""
    planned, actual = found.total
    sides = _side(kpi, actual, found.actual_pnl), _side(kpi, planned, found.plan_pnl)
    return Standing(*sides, projection.ends.get(kpi) if projection else None)


def _side(kpi: str, sums: Measures, pnl: ProfitAndLoss) -> float | None:
    if kpi == "revenue":
        return pnl.net_revenue / MICROS
    found: float | None = getattr(sums, kpi)
    return found


def weekly_results(found: Review, kpi: str) -> tuple[list[float | None], list[float | None]]:
    """Actual and planned, week by week; of revenue up to the end of each week."""
    if kpi == "revenue":
        planned, actual = zip(*found.cumulative, strict=True) if found.cumulative else ((), ())
        return [x.net_revenue / MICROS for x in actual], [x.net_revenue / MICROS for x in planned]
    weeks = found.by_week()
    return [getattr(w[2], kpi) for w in weeks], [getattr(w[1], kpi) for w in weeks]


def after_media_of(found: Review, plan: StoredPlan, projection: Projection | None) -> Standing:
    """Profit after media; its end is the plan's profit with the team's cost, which is sure, given back."""
    sides = found.actual_pnl.after_media / MICROS, found.plan_pnl.after_media / MICROS
    if projection is None or plan.period is None:
        return Standing(*sides, None)
    team = sum(team_cost(plan, plan.period).values()) / MICROS
    end = projection.profit
    return Standing(*sides, Interval(end.low + team, end.mid + team, end.high + team))


def swing(found: Review) -> float:
    """How far counting chance of the conversions moves profit after media, either side, in 8 of 10 outcomes."""
    conversions = found.total[1].conversions or 0.0
    return EIGHT_OF_TEN * abs(found.actual_pnl.after_fulfilment) / MICROS / sqrt(max(conversions, 1.0))


def verdict(found: Review, arrived: Arrived) -> Verdict:
    """Whether profit after media is ahead of or behind plan beyond chance; `open` while too little is known."""
    if not arrived.is_judged or (found.total[1].conversions or 0.0) < FEWEST:
        return "open"
    difference = (found.actual_pnl.after_media - found.plan_pnl.after_media) / MICROS
    if abs(difference) <= swing(found):
        return "open"
    return "good" if difference > 0 else "bad"


def roi_range(found: Review) -> tuple[float, float] | None:
    """ROI in 8 of 10 outcomes of counting chance; None where enough results are known, or no cost."""
    cost = found.actual_pnl.programme_cost / MICROS
    if not cost or (found.total[1].conversions or 0.0) >= FEWEST:
        return None
    profit = found.actual_pnl.profit / MICROS
    return (profit - swing(found)) / cost, (profit + swing(found)) / cost
