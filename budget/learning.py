"""The posterior: the plan's prior brought up to date by what was uploaded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from budget.actuals import Actuals
from budget.calibration import calibrate, measured_lines
from budget.funnels import Channels
from budget.measures import Measures
from budget.money import MICROS
from budget.sales_model import SalesModel
from budget.weeks import WEEK
from models import FunnelDraws, History, draw_funnel, learn_funnel

Array = np.ndarray
DRAWS = 1000
NO_DATA = "no data"


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Funnel draws of the plan's channels, and what they rest on.

    `own_share` (C,) is how much of each is the firm's own data, `prior` what was believed before any; the same draws
    where nothing was learned. `half_life` in weeks (inf: nothing forgotten); `links` by channel as `models.Learned`;
    `history` None and `weeks` empty before the first full week. `measured` lines have what ads cause from the sales
    model, the others from the plan's assumption.
    """

    draws: FunnelDraws
    own_share: Array
    prior: FunnelDraws
    half_life: float = np.inf
    links: tuple[str, ...] = ()
    history: History | None = None
    weeks: tuple[date, ...] = ()
    measured: frozenset[str] = frozenset()


def seed_of(workspace_id: int, plan_id: int, plan_version: int, data_version: int) -> tuple[int, ...]:
    """What a screen's random numbers depend on: the same page twice shows the same number."""
    return (workspace_id, plan_id, plan_version, data_version)


def beliefs(
    channels: Channels, actuals: Actuals | None, seed: tuple[int, ...], sales: SalesModel | None = None
) -> Beliefs:
    """Prior draws, or posterior draws once a full week of a line of the plan was uploaded.

    `channels.prior` must be known. `sales` says what ads cause, of the channels that it measured.
    """
    found = _learned(channels, actuals, seed)
    measured = measured_lines(channels.lines, sales)
    return replace(found, draws=calibrate(found.draws, channels.lines, sales, seed), measured=measured)


def _learned(channels: Channels, actuals: Actuals | None, seed: tuple[int, ...]) -> Beliefs:
    if channels.prior is None:
        raise ValueError("beliefs: the plan has no line that can be computed; check `channels.findings` first")
    rng, many = np.random.default_rng(seed), len(channels.lines)
    history = history_of(channels, actuals) if actuals else None
    if actuals is None or history is None:
        draws = draw_funnel(channels.prior, rng=rng, draws=DRAWS)
        return Beliefs(draws, np.zeros(many), draws, links=(NO_DATA,) * many)
    learned = learn_funnel(history, channels.prior, rng=rng, draws=DRAWS)
    before = draw_funnel(channels.prior, rng=np.random.default_rng(seed), draws=DRAWS)
    weeks = tuple(actuals.weeks[t] for t in full_weeks(channels, actuals))
    return Beliefs(learned.draws, learned.own_share, before, learned.half_life, learned.links, history, weeks)


def full_weeks(channels: Channels, actuals: Actuals) -> tuple[int, ...]:
    """Places of the weeks that at least one line's platform was uploaded for to the end."""
    ends = [actuals.until.get(line.platform) for line in channels.lines]
    return tuple(t for t, w in enumerate(actuals.weeks) if any(end is not None and w + WEEK <= end for end in ends))


def history_of(channels: Channels, actuals: Actuals) -> History | None:
    """Complete weeks of the plan's lines as arrays (C, T), NaN where nobody said; None while there is none.

    A week of a platform whose days are not all uploaded yet is left out for that platform's lines. A negative sum,
    which credits can leave, teaches nothing and counts as 0. Where the share of conversions that has arrived is known
    (`Actuals.reported`), rates are learned as if all had; what events and months did to a week is no news either.
    Claims that the firm's books do not hold teach nothing (`Actuals.kept`).
    """
    ends = [actuals.until.get(line.platform) for line in channels.lines]
    weeks, kept = full_weeks(channels, actuals), {line.line_key: actuals.kept(line.line_key) for line in channels.lines}
    rows = [
        [kept[line.line_key][t] if end and actuals.weeks[t] + WEEK <= end else Measures() for t in weeks]
        for line, end in zip(channels.lines, ends, strict=True)
    ]
    if not any(m.spend_micros for row in rows for m in row):
        return None
    spend = np.array([[max(m.spend_micros or 0, 0) / MICROS for m in row] for row in rows])
    return History(
        spend=spend,
        conversions=_array(rows, "conversions_micros", MICROS),
        impressions=_array(rows, "impressions"),
        reach=_people(channels, actuals, ends, weeks),
        clicks=_array(rows, "clicks"),
        value=_array(rows, "value_micros", MICROS),
        reported_share=_reported(channels, actuals, weeks),
        **_season(channels, weeks),
    )


def _season(channels: Channels, weeks: Sequence[int]) -> dict[str, Array]:
    """Known multipliers of those weeks; nothing where they are usual weeks."""
    found = channels.season.weeks(weeks)
    return {} if found.is_usual else {"demand": found.demand, "price": found.price}


def _reported(channels: Channels, actuals: Actuals, weeks: Sequence[int]) -> Array | None:
    """Share of each week's conversions that has arrived (C, T); None where all have, or nobody knows."""
    known = [actuals.reported.get(line.platform) for line in channels.lines]
    shares = np.array([[row[t] if row else 1.0 for t in weeks] for row in known], dtype=float)
    return shares if (shares < 1).any() else None


def _people(channels: Channels, actuals: Actuals, ends: Sequence[date | None], weeks: Sequence[int]) -> Array:
    known = [actuals.reach.get(line.line_key, ()) for line in channels.lines]
    found = [
        [row[t] if row and end and actuals.weeks[t] + WEEK <= end else None for t in weeks]
        for row, end in zip(known, ends, strict=True)
    ]
    return np.array([[x or np.nan for x in row] for row in found], dtype=float)


def _array(rows: list[list[Measures]], name: str, scale: int = 1) -> Array:
    found = [[getattr(m, name) for m in row] for row in rows]
    return np.array([[np.nan if x is None else max(x, 0) / scale for x in row] for row in found], dtype=float)
