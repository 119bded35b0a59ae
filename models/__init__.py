"""The mathematics: arrays in, frozen results out; numpy and scipy only."""

from models.allocation import Allocation, Goal, ResponseTable, Rule, allocate, budget_for_goal
from models.bounds import Infeasible
from models.changes import Change, ThreeResults, Totals, explain_change, shapley, three_results
from models.experiments import LiftEstimate, detectable_lift, lift_of
from models.funnel import (
    FunnelDraws,
    FunnelPrior,
    LogNormal,
    Normal,
    Outcomes,
    calibrated,
    delay_shares,
    draw_funnel,
    expect,
    likely_draws,
    simulate,
)
from models.history import History
from models.learning import Learned, learn_funnel
from models.maturity import Maturity, completeness
from models.pacing import Pace, pace
from models.reach import TotalReach, contact_shares, deduplicate_reach, evenness_of, reach_of
from models.response import response_table
from models.sales import LiftTest, SalesFit, SalesParts, fit_sales
from models.scores import RangeScore, crps_of_quantiles, judge_share, score_ranges
from models.season import Season

MODEL_VERSION: int = 3

__all__ = [
    "MODEL_VERSION",
    "Allocation",
    "Change",
    "FunnelDraws",
    "FunnelPrior",
    "Goal",
    "History",
    "Infeasible",
    "Learned",
    "LiftEstimate",
    "LiftTest",
    "LogNormal",
    "Maturity",
    "Normal",
    "Outcomes",
    "Pace",
    "RangeScore",
    "ResponseTable",
    "Rule",
    "SalesFit",
    "SalesParts",
    "Season",
    "ThreeResults",
    "TotalReach",
    "Totals",
    "allocate",
    "budget_for_goal",
    "calibrated",
    "completeness",
    "contact_shares",
    "crps_of_quantiles",
    "deduplicate_reach",
    "delay_shares",
    "detectable_lift",
    "draw_funnel",
    "evenness_of",
    "expect",
    "explain_change",
    "fit_sales",
    "judge_share",
    "learn_funnel",
    "lift_of",
    "likely_draws",
    "pace",
    "reach_of",
    "response_table",
    "score_ranges",
    "shapley",
    "simulate",
    "three_results",
]
