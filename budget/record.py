"""The forecast record: were the ranges honest, which way were they off, and which assumption was it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from budget.money import MICROS
from budget.plan import PlanHead, StoredPlan
from models import judge_share, score_ranges

Verdict = Literal["too few", "too narrow", "about right", "too wide"]
LEVELS = (0.5, 0.8, 0.9)
CHANNEL_WEEK = ("platform", "tactic", "week_start")
POOLED = ("impressions", "clicks", "conversions", "value")
METRICS = (*POOLED, "profit")
ENDS = {0.5: ("q25_micros", "q75_micros"), 0.8: ("q10_micros", "q90_micros"), 0.9: ("q05_micros", "q95_micros")}
HORIZONS = ((1, 2), (3, 4), (5, 8), (9, None))
"""Weeks ahead of the data, first to last; the last one has no end."""
ASSUMPTIONS = ("price", "click_rate", "conversion_rate", "order_value")


@dataclass(frozen=True)
class Coverage:
    """Of `judged` results, `share` fell into the range meant to hold `level`; `low..high` is its 95 % interval.

    `share` is NaN while nothing is judged; the verdict is "too few" below 10.
    """

    level: float
    judged: int
    share: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class MetricRecord:
    """The record of one metric over all channels and judged weeks.

    `bias` is the median ln(actual / middle): below 0 where forecasts were too high, NaN where none can be computed.
    `crps` is the mean distance of forecast and result (continuous ranked probability score), in major units or counts.
    """

    metric: str
    judged: int
    levels: Mapping[float, Coverage]
    bias: float
    crps: float


@dataclass(frozen=True)
class HorizonRecord:
    """The record of forecasts made `first` to `last` weeks ahead (`last` None: and more), the four metrics together.

    `judged` counts channel weeks, `results` their figures, of which `inside` fell into the 80 % range. `bias` is the
    median ln(actual / middle); `crps` the mean CRPS as a share of the middle. Both NaN where none can be computed.
    """

    first: int
    last: int | None
    judged: int
    results: int
    inside: int
    levels: Mapping[float, Coverage]
    bias: float
    crps: float


@dataclass(frozen=True)
class Record:
    """How the kept forecasts of a plan and its baselines did.

    `forecasts` were kept; `judged` counts channel weeks with a result, each by the last forecast made before its data
    came in. `levels` (.5, .8, .9) pools impressions, clicks, conversions and value; as these move together, a channel
    week counts once in its interval and verdict. `by_metric` has `profit` beside them (all channels, at the likely
    share that ads cause, which nobody observes). `assumptions` has ln(actual / forecast) of each of `ASSUMPTIONS`, by
    channel as ratios of sums and then weighted by spend; `weakest` is the one that lay farthest off whichever way, None
    while nothing is judged. `by_horizon` has those of `HORIZONS` with a result, each by the last forecast made so many
    weeks ahead.
    """

    forecasts: int
    judged: int
    levels: Mapping[float, Coverage]
    by_metric: Mapping[str, MetricRecord]
    weakest: str | None
    assumptions: Mapping[str, float] = field(default_factory=dict)
    by_horizon: tuple[HorizonRecord, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether the 80 % ranges were honest."""
        return self.levels[0.8].verdict


def family(plan: StoredPlan, heads: Iterable[PlanHead]) -> frozenset[int]:
    """Plans whose forecasts are one record: this one, the draft it was locked from, all baselines of that draft."""
    draft = plan.based_on_plan_id if plan.status == "locked" and plan.based_on_plan_id else plan.plan_id
    locked = {head.plan_id for head in heads if head.status == "locked" and head.based_on_plan_id == draft}
    return frozenset({plan.plan_id, draft} | locked)


def record_of(forecasts: int, scores: pd.DataFrame, opened: Mapping[int, Mapping[str, date]] | None = None) -> Record:
    """The record from the latest scores of `forecasts` kept forecasts (`Store.scores`), without those taken back.

    `opened` by forecast and platform: the first week ahead of its data; without it there are no horizons.
    """
    scores = scores[scores["maturity"] > 0]
    last = scores.sort_values("forecast_id").drop_duplicates([*CHANNEL_WEEK, "metric"], keep="last")
    pooled = last[last["metric"].isin(POOLED)]
    judged = len(pooled.drop_duplicates([*CHANNEL_WEEK]))
    ratios = _ratios(last[last["metric"] != "profit"])
    return Record(
        forecasts=forecasts,
        judged=judged,
        levels={level: _pooled(pooled, level, judged) for level in LEVELS},
        by_metric={metric: _metric(metric, last[last["metric"] == metric]) for metric in METRICS},
        weakest=_weakest(ratios),
        assumptions={name: _weighted(ratios[name], ratios["spend"]) for name in ASSUMPTIONS} if len(ratios) else {},
        by_horizon=_horizons(scores[scores["metric"].isin(POOLED)], opened or {}),
    )


def _horizons(rows: pd.DataFrame, opened: Mapping[int, Mapping[str, date]]) -> tuple[HorizonRecord, ...]:
    keys = zip(rows["forecast_id"], rows["platform"], strict=True)
    first = pd.to_datetime(pd.Series([opened.get(int(n), {}).get(name) for n, name in keys], index=rows.index))
    ahead = (rows["week_start"] - first).dt.days // 7 + 1
    told = rows.assign(ahead=ahead).sort_values("forecast_id")
    told = told.drop_duplicates([*CHANNEL_WEEK, "metric", "ahead"], keep="last")
    made = (_horizon(a, b, told[told["ahead"].between(a, np.inf if b is None else b)]) for a, b in HORIZONS)
    return tuple(one for one in made if one.results)


def _horizon(first: int, last: int | None, rows: pd.DataFrame) -> HorizonRecord:
    judged = len(rows.drop_duplicates([*CHANNEL_WEEK, "ahead"]))
    middle, actual = rows["q50_micros"].to_numpy(float), rows["actual_micros"].to_numpy(float)
    known = (middle > 0) & (actual > 0)
    off = np.log(actual[known] / middle[known])
    distance = rows["crps_micros"].to_numpy(float)[middle > 0] / middle[middle > 0]
    return HorizonRecord(
        first,
        last,
        judged,
        len(rows),
        int(rows["inside_80"].astype(bool).sum()),
        {level: _pooled(rows, level, judged) for level in LEVELS},
        bias=float(np.median(off)) if off.size else np.nan,
        crps=float(distance.mean()) if distance.size else np.nan,
    )


def _pooled(rows: pd.DataFrame, level: float, judged: int) -> Coverage:
    share = float(rows[f"inside_{round(level * 100)}"].astype(float).mean()) if judged else np.nan
    return Coverage(level, judged, share, *judge_share(share, judged, level))


def _metric(metric: str, rows: pd.DataFrame) -> MetricRecord:
    middle, actual = rows["q50_micros"].to_numpy(float), rows["actual_micros"].to_numpy(float)
    levels, bias = {}, np.nan
    for level, (low, high) in ENDS.items():
        found = score_ranges(rows[low].to_numpy(float), rows[high].to_numpy(float), middle, actual, level)
        ends = (found.coverage_low, found.coverage_high)
        levels[level], bias = Coverage(level, len(rows), found.coverage, *ends, found.verdict), found.bias
    crps = float(rows["crps_micros"].to_numpy(float).mean()) / MICROS if len(rows) else np.nan
    return MetricRecord(metric, len(rows), levels, bias, crps)


def _ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """ln(actual / forecast) of each assumption by channel, NaN where a side is 0, with the channel's planned spend.

    Sums run over the channel weeks in which all metrics are judged.
    """
    cells = rows.set_index([*CHANNEL_WEEK, "metric"])[["actual_micros", "mean_micros"]].astype(float)
    wide = cells.unstack("metric").dropna()
    needed = {(side, metric) for side in ("actual_micros", "mean_micros") for metric in ("spend", *POOLED)}
    if wide.empty or not needed <= set(wide.columns):
        return pd.DataFrame(columns=["spend", *ASSUMPTIONS], dtype=float)
    sums = wide.groupby(["platform", "tactic"]).sum()
    actual, mean = sums["actual_micros"], sums["mean_micros"]
    off = {metric: np.log((actual[metric] / mean[metric]).where(lambda x: x > 0)) for metric in ("spend", *POOLED)}
    found = {
        "spend": mean["spend"],
        "price": off["spend"] - off["impressions"],
        "click_rate": off["clicks"] - off["impressions"],
        "conversion_rate": off["conversions"] - off["clicks"],
        "order_value": off["value"] - off["conversions"],
    }
    return pd.DataFrame(found).replace([np.inf, -np.inf], np.nan)


def _weighted(values: "pd.Series[float]", weights: "pd.Series[float]") -> float:
    """The mean over channels that have a value, NaN where none has."""
    known = values.notna() & (weights > 0)
    return float(np.average(values[known], weights=weights[known])) if known.any() else np.nan


def _weakest(ratios: pd.DataFrame) -> str | None:
    off = {name: _weighted(ratios[name].abs(), ratios["spend"]) for name in ASSUMPTIONS}
    known = {name: value for name, value in off.items() if not np.isnan(value)}
    return max(known, key=known.__getitem__) if known else None
