"""The mathematics: arrays in, frozen results out; numpy and scipy only."""

from models.changes import Change, ThreeResults, Totals, explain_change, shapley, three_results
from models.funnel import (
    FunnelDraws,
    FunnelPrior,
    LogNormal,
    Normal,
    Outcomes,
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
from models.reach import TotalReach, deduplicate_reach, evenness_of, reach_of
from models.scores import RangeScore, score_ranges

MODEL_VERSION: int = 1

__all__ = [
    "MODEL_VERSION",
    "Change",
    "FunnelDraws",
    "FunnelPrior",
    "History",
    "Learned",
    "LogNormal",
    "Maturity",
    "Normal",
    "Outcomes",
    "Pace",
    "RangeScore",
    "ThreeResults",
    "TotalReach",
    "Totals",
    "completeness",
    "deduplicate_reach",
    "delay_shares",
    "draw_funnel",
    "evenness_of",
    "expect",
    "explain_change",
    "learn_funnel",
    "likely_draws",
    "pace",
    "reach_of",
    "score_ranges",
    "shapley",
    "simulate",
    "three_results",
]
