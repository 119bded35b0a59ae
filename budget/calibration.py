"""What the sales model measured, in place of the assumed share of claims that advertising caused."""

from collections.abc import Sequence

import numpy as np

from budget.plan import PlanLine
from budget.sales_model import SalesModel
from budget.weekly_spend import Channel
from models import FunnelDraws
from models import calibrated as with_incrementality

Array = np.ndarray


def measured_lines(lines: Sequence[PlanLine], sales: SalesModel | None) -> frozenset[str]:
    """Keys of the lines whose channel the sales model measured."""
    known = sales.measured if sales else frozenset()
    return frozenset(line.line_key for line in lines if Channel(line.platform, line.tactic) in known)


def calibrate(
    draws: FunnelDraws, lines: Sequence[PlanLine], sales: SalesModel | None, seed: tuple[int, ...]
) -> FunnelDraws:
    """Draws whose incrementality is what the sales model found over what the platform claims, where it is measured."""
    if sales is None or not measured_lines(lines, sales):
        return draws
    place = {found.channel: c for c, found in enumerate(sales.channels)}
    iroas = np.full((len(sales.iroas_draws), len(lines)), np.nan)
    claimed = np.full(len(lines), np.nan)
    for at, line in enumerate(lines):
        channel = Channel(line.platform, line.tactic)
        if channel in sales.measured:
            iroas[:, at] = sales.iroas_draws[:, place[channel]]
            claimed[at] = sales.channels[place[channel]].claimed_roas
    return with_incrementality(draws, iroas, claimed, rng=np.random.default_rng((*seed, 4)))
