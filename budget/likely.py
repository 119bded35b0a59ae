"""The plan at its likely figures: what every week of every line should deliver if each figure comes out as written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.funnels import Channels
from budget.measures import Measures
from budget.money import MICROS, micros
from models import expect, likely_draws

Array = np.ndarray


@dataclass(frozen=True)
class Likely:
    """Expected measures per line_key and week, from one draw at the medians, rounded to whole counts and micros."""

    weeks: tuple[date, ...]
    measures: dict[str, tuple[Measures, ...]]


def likely_plan(channels: Channels, *, spend: Array | None = None, share: Array | None = None) -> Likely:
    """Likely measures of the planned spend, or of another `spend` (C, T) in major units.

    `share` (C, T) in [0, 1] is the part of each week that counts: `spend` is the whole week's, the answer the part's.
    """
    if channels.prior is None:
        return Likely(channels.weeks, {})
    spend = channels.spend if spend is None else spend
    part = np.ones_like(spend) if share is None else share
    out = expect(likely_draws(channels.prior), spend, season=channels.season)
    money = [[micros(s * p) for s, p in zip(row, parts, strict=True)] for row, parts in zip(spend, part, strict=True)]
    counts = [np.rint(x[0] * part) for x in (out.impressions, out.clicks)]
    exact = [np.rint(x[0] * part * MICROS) for x in (out.conversions, out.value)]
    rows = {
        line.line_key: tuple(_cell(money[c][t], counts, exact, c, t) for t in range(len(channels.weeks)))
        for c, line in enumerate(channels.lines)
    }
    return Likely(channels.weeks, rows)


def _cell(spend_micros: int, counts: Sequence[Array], exact: Sequence[Array], c: int, t: int) -> Measures:
    return Measures(spend_micros, *(int(x[c, t]) for x in counts), *(int(x[c, t]) for x in exact))
