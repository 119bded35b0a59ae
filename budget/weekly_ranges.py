"""What a plan should return by week and channel, as quantiles to keep and judge; the same draws as the forecast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np

from budget.actuals import Actuals
from budget.business import business_of
from budget.forecast import weekly_team_cost
from budget.funnels import Channels, channels_of
from budget.learning import Beliefs, beliefs, history_of
from budget.money import MICROS
from budget.objectives import weekly_paths
from budget.plan import StoredPlan
from budget.projection import projected
from budget.sales_model import SalesModel
from budget.store import ForecastCell, NewForecast, StoredForecast
from budget.weeks import WEEK
from models import MODEL_VERSION, History, Outcomes, simulate

Array = np.ndarray
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
METRICS = ("spend", "impressions", "clicks", "conversions", "value")
PROFIT = "profit"
CAUSED = "caused"
"""Among what a forecast rests on: by line, what the sales model said of the share that ads cause."""
PROMISED = "promised"
"""Beside what a forecast rests on: the end of the plan on that day, as the screens showed it."""
ALL = ("", "")
"""Platform and tactic of what is said of all channels together."""
Channel = tuple[str, str]


@dataclass(frozen=True)
class Keepable:
    """What a forecast of a plan would rest on, before anything is drawn.

    `inputs` are plain values, equal where the forecast would be; `known` is by platform the first week without all of
    its data; `weeks` are those that lie ahead of any platform.
    """

    plan: StoredPlan
    channels: Channels
    actuals: Actuals
    inputs: Mapping[str, Any]
    known: Mapping[str, date]
    weeks: tuple[date, ...]


def keepable(plan: StoredPlan, actuals: Actuals, sales: str = "") -> Keepable | None:
    """None where no line can be computed or no week lies ahead of the data.

    `sales` tells what a sales model would rest on, "" where there is nothing to fit one to.
    """
    channels = channels_of(plan)
    if channels.prior is None:
        return None
    known = {line.platform: _first_open(channels, actuals.until.get(line.platform)) for line in channels.lines}
    weeks = tuple(week for week in channels.weeks if any(week >= first for first in known.values()))
    inputs = {
        "plan": plan.content_sha256,
        "history": _digest(history_of(channels, actuals)),
        "known": {platform: first.isoformat() for platform, first in sorted(known.items())},
        "lines": {line.line_key: [line.platform, line.tactic] for line in channels.lines},
        "model": MODEL_VERSION,
    } | ({"sales": sales} if sales else {})
    if not channels.season.is_usual:
        inputs["season"] = sha256(channels.season.demand.tobytes() + channels.season.price.tobytes()).hexdigest()
    return Keepable(plan, channels, actuals, inputs, known, weeks) if weeks else None


def _first_open(channels: Channels, until: date | None) -> date:
    """The first week of the plan whose data are not complete; the day after the plan if there is none."""
    ahead = [week for week in channels.weeks if until is None or week + WEEK > until]
    return ahead[0] if ahead else channels.weeks[-1] + WEEK


def _digest(history: History | None) -> str:
    """SHA-256 of what was learned from; "" for nothing."""
    if history is None:
        return ""
    digest = sha256()
    for name, values in sorted(vars(history).items()):
        digest.update(
            name.encode() + np.ascontiguousarray(values, dtype=np.float64).tobytes() if values is not None else b""
        )
    return digest.hexdigest()


def new_forecast(
    of: Keepable,
    *,
    seed: tuple[int, ...],
    reason: str,
    data_version: int,
    before: StoredForecast | None = None,
    sales: SalesModel | None = None,
) -> NewForecast:
    """The forecast to keep: only weeks that no data of their platform had told yet, so that judging it is fair.

    The draws are the Forecast screen's, with `sales` in place of what is assumed that ads cause. That share is never
    observed, so it is not judged: it is kept beside the forecast, and results are valued at it.
    """
    found = beliefs(of.channels, None if of.actuals.is_empty else of.actuals, seed, sales)
    outcomes = simulate(
        found.draws, of.channels.spend, rng=np.random.default_rng((*seed, 1)), season=of.channels.season
    )
    return NewForecast(
        plan_id=of.plan.plan_id,
        plan_version=of.plan.version,
        reason=reason,
        model_version=MODEL_VERSION,
        data_version=data_version,
        seed=seed,
        horizon_start=of.weeks[0],
        horizon_end=of.weeks[-1] + WEEK,
        inputs={**of.inputs, **_caused(of, found), PROMISED: _promised(of, found, seed)},
        cells=_cells(of, _draws(of, outcomes)),
        supersedes_forecast_id=before.forecast_id if before else None,
    )


def is_same(of: Keepable, before: StoredForecast) -> bool:
    """Whether a kept forecast rests on the same."""
    return {key: value for key, value in before.inputs.items() if key not in (CAUSED, PROMISED)} == of.inputs


def _promised(of: Keepable, found: Beliefs, seed: tuple[int, ...]) -> dict[str, Any]:
    end = projected(of.plan, of.channels, of.actuals, found, seed=seed)
    return {
        "p_target": end.p_target,
        "p_loss": end.p_loss,
        "profit": [round(x, 2) for x in (end.profit.low, end.profit.mid, end.profit.high)],
        "payback_week": end.payback_week,
    }


def _caused(of: Keepable, found: Beliefs) -> dict[str, dict[str, float]]:
    middle = np.median(found.draws.incrementality, axis=0)
    shares = {line.line_key: float(middle[c]) for c, line in enumerate(of.channels.lines)}
    known = {key: share for key, share in shares.items() if key in found.measured}
    return {CAUSED: known} if known else {}


def _draws(of: Keepable, outcomes: Outcomes) -> dict[tuple[Channel, str], Array]:
    """Draws (D, T) of each channel and metric, lines of one channel added up draw by draw; profit of all channels."""
    places: dict[Channel, list[int]] = {}
    for c, line in enumerate(of.channels.lines):
        places.setdefault((line.platform, line.tactic), []).append(c)
    draws = {}
    for channel, rows in places.items():
        for metric in METRICS:
            drawn = outcomes.spend[None] if metric == "spend" else getattr(outcomes, metric)
            draws[channel, metric] = drawn[:, rows].sum(axis=1)
    team = weekly_team_cost(of.plan, of.channels.weeks)
    draws[ALL, PROFIT] = weekly_paths(business_of(of.plan), outcomes, team)["profit"]
    return draws


def _cells(of: Keepable, draws: Mapping[tuple[Channel, str], Array]) -> tuple[ForecastCell, ...]:
    cells = []
    last = max(of.known.values())
    for (channel, metric), drawn in draws.items():
        points = np.quantile(drawn, LEVELS, axis=0) * MICROS
        means = drawn.mean(axis=0) * MICROS
        first = of.known.get(channel[0], last)
        spent = draws[channel, "spend"][0] if channel != ALL else of.channels.spend.sum(axis=0)
        for t, week in enumerate(of.channels.weeks):
            if week >= first and spent[t] > 0:
                cells.append(ForecastCell(*channel, week, metric, round(means[t]), *(round(x) for x in points[:, t])))
    return tuple(cells)
