"""Kept forecasts against what happened: complete weeks only, once most of their conversions have arrived.

A score whose facts are gone is taken back by another one of maturity 0, so that the scores follow the facts both ways.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from budget.actuals import Actuals
from budget.business import business_of
from budget.forecast import weekly_team_cost
from budget.measures import Measures
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.ranges import Range
from budget.ripeness import RIPE, Ripeness
from budget.store import NewScore, StoredForecast
from budget.weekly_ranges import ALL, CAUSED, LEVELS, METRICS, PROFIT, Channel
from budget.weeks import WEEK
from models import crps_of_quantiles

RIPER = 0.02
"""A figure that stayed is judged again once so much more of it should have arrived."""
LATE = frozenset({"conversions", "value", PROFIT})
POINTS = tuple(f"q{round(level * 100):02}_micros" for level in LEVELS)
INSIDE = {"inside_50": (2, 4), "inside_80": (1, 5), "inside_90": (0, 6)}
Cell = tuple[str, str, date, str]


@dataclass(frozen=True)
class Happened:
    """What is known of one cell: micros (counts too), the share that has arrived, and when the data were made."""

    micros: int
    maturity: float
    as_of: datetime


def happened(
    plan: StoredPlan,
    actuals: Actuals,
    lines: Mapping[str, Channel],
    ripe: Ripeness,
    caused: Mapping[str, float] | None = None,
) -> dict[Cell, Happened]:
    """What is known of each channel of `lines`, complete week and metric; late ones once ripe.

    A cell is left out while any of its lines with money in that week lacks the figure. `caused` by line: the share of
    claims that ads cause as the forecast had it, where that was not the plan's assumption.
    """
    found: dict[Cell, Happened] = {}
    channels = sorted({of for of in lines.values() if of[0] in ripe.as_of})
    for t, week in enumerate(actuals.weeks):
        done: dict[str, Measures] = {}
        for channel in channels:
            rows = _rows(plan, actuals, [key for key, of in lines.items() if of == channel], channel[0], t)
            done |= rows
            share, as_of = ripe.of_week(channel[0], week), ripe.as_of[channel[0]]
            for metric, micros in _sums(list(rows.values())).items():
                if micros is not None and (metric not in LATE or share >= RIPE):
                    found[*channel, week, metric] = Happened(micros, share if metric in LATE else 1.0, as_of)
        whole = {key for key in lines if _runs(plan, actuals, key, t)}
        if whole and whole == done.keys() and all(m.spend_micros is not None for m in done.values()):
            platforms = {lines[key][0] for key in whole}
            share = min(ripe.of_week(platform, week) for platform in platforms)
            if share >= RIPE:
                profit = _profit(plan, done, caused or {}, week)
                found[*ALL, week, PROFIT] = Happened(profit, share, min(ripe.as_of[p] for p in platforms))
    return found


def _rows(plan: StoredPlan, actuals: Actuals, keys: Sequence[str], platform: str, t: int) -> dict[str, Measures]:
    """What each line of a channel that runs in a week did, as booked; nothing for a week not over, or of lines gone."""
    end = actuals.until.get(platform)
    if end is None or actuals.weeks[t] + WEEK > end or not actuals.measures.keys() >= set(keys):
        return {}
    return {key: actuals.kept(key)[t] for key in keys if _runs(plan, actuals, key, t)}


def _runs(plan: StoredPlan, actuals: Actuals, key: str, t: int) -> bool:
    """Whether a line has money in a week, planned or spent."""
    planned = any(w.line_key == key and w.week_start == actuals.weeks[t] and w.budget_micros for w in plan.weeks)
    spent = actuals.measures.get(key)
    return planned or (spent is not None and bool(spent[t].spend_micros))


def _sums(rows: Sequence[Measures]) -> dict[str, int | None]:
    """Micros of each metric over the lines of a channel; None where a line says nothing of it."""
    names = {"spend": "spend_micros", "impressions": "impressions", "clicks": "clicks",
             "conversions": "conversions_micros", "value": "value_micros"}  # fmt: skip
    sums: dict[str, int | None] = {}
    for metric in METRICS:
        figures = [getattr(row, names[metric]) for row in rows]
        scale = 1 if names[metric].endswith("_micros") else MICROS
        sums[metric] = None if not figures or None in figures else sum(figures) * scale
    return sums


def _profit(plan: StoredPlan, rows: Mapping[str, Measures], caused: Mapping[str, float], week: date) -> int:
    """Programme profit of a week at the likely share that ads cause, in micros."""
    business = business_of(plan)
    team = round(float(weekly_team_cost(plan, (week,))[0]) * MICROS)
    known = {key: replace(business, incrementality=Range(share, share, share)) for key, share in caused.items()}
    return sum(channel_pnl(known.get(key, business), row).after_media for key, row in rows.items()) - team


def score(cells: pd.DataFrame, known: Mapping[int, Mapping[Cell, Happened]], data_version: int) -> tuple[NewScore, ...]:
    """Scores of the cells (`Store.judged_cells`) that are known by now and were not judged so already.

    `known` by forecast. A cell is judged again when its figure has changed, or much more of it should have arrived; the
    score of one that is no longer known is taken back.
    """
    rows: list[Any] = []
    found: list[Happened] = []
    every: Iterable[Any] = cells.itertuples(index=False)
    for row in every:
        now = known[int(row.forecast_id)].get((row.platform, row.tactic, row.week_start.date(), row.metric))
        if now is None and _counts(row):
            now = Happened(int(row.actual_micros), 0.0, pd.Timestamp(row.actual_as_of).to_pydatetime())
        if now is not None and not _stands(row, now):
            rows.append(row)
            found.append(now)
    if not rows:
        return ()
    points = np.array([[float(getattr(row, name)) for name in POINTS] for row in rows])
    crps = crps_of_quantiles(LEVELS, points, [float(now.micros) for now in found])
    return tuple(_score(row, now, data_version, float(c)) for row, now, c in zip(rows, found, crps, strict=True))


def _counts(row: Any) -> bool:
    """Whether the cell has a score that was not taken back."""
    return not pd.isna(row.actual_micros) and row.maturity > 0


def _stands(row: Any, now: Happened) -> bool:
    """Whether the last score says all that is known."""
    if pd.isna(row.actual_micros):
        return False
    return int(row.actual_micros) == now.micros and abs(row.maturity - now.maturity) < RIPER


def _score(row: Any, now: Happened, data_version: int, crps: float) -> NewScore:
    points = [int(getattr(row, name)) for name in POINTS]
    inside = {name: points[low] <= now.micros <= points[high] for name, (low, high) in INSIDE.items()}
    return NewScore(
        forecast_id=int(row.forecast_id),
        platform=row.platform,
        tactic=row.tactic,
        week_start=row.week_start.date(),
        metric=row.metric,
        data_version=data_version,
        actual_micros=now.micros,
        actual_as_of=now.as_of,
        maturity=now.maturity,
        bias_micros=now.micros - points[3],
        crps_micros=round(crps),
        **inside,
    )


def lines_of(kept: StoredForecast) -> dict[str, Channel]:
    """The channel of each line that a forecast spoke of."""
    return {str(key): (str(channel[0]), str(channel[1])) for key, channel in kept.inputs.get("lines", {}).items()}


def caused_of(kept: StoredForecast) -> dict[str, float]:
    """The likely share that ads cause of each line for which a forecast had it from the sales model."""
    return {str(key): float(share) for key, share in kept.inputs.get(CAUSED, {}).items()}


def opened_by(kept: StoredForecast) -> dict[str, date]:
    """By platform, the first week that a forecast spoke of; "" for all channels together."""
    known = {str(key): date.fromisoformat(day) for key, day in kept.inputs.get("known", {}).items()}
    return known | ({"": max(known.values())} if known else {})
