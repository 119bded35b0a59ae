"""If money gets tight, these lines go first: what is left on them, what cutting loses, whether it is right."""

from dataclasses import dataclass

import numpy as np

from budget.fans import Interval, interval
from budget.ground import Ground
from budget.money import MICROS
from budget.plan import Commitment
from budget.splits import worth
from models import ResponseTable

Array = np.ndarray
FIRST: tuple[Commitment, ...] = ("optional", "forecast")
"""Lines that may be cut, in the order in which they go; what is committed stays."""


@dataclass(frozen=True)
class OptionalLine:
    """A line that may be cut for the weeks to come.

    `left_micros` is its money still to spend; `lost` the profit that goes with it in major units, 8 of 10 outcomes
    (below 0 where cutting earns); `right` the share of outcomes in which the line brings back less than it costs.
    """

    line_key: str
    commitment: Commitment
    left_micros: int
    lost: Interval
    right: float


def optional_lines(ground: Ground) -> tuple[OptionalLine, ...]:
    """Optional lines, then forecast ones, that have money left; of each kind those first that are rightly cut.

    From the draws and curves of the budgets on the Optimise screen: profit after media of the line's weeks to come.
    """
    ahead = ground.ahead
    found = [
        _line(ground, c, line.line_key, line.commitment)
        for c, line in enumerate(ahead.channels.lines)
        if line.commitment in FIRST and ahead.today_micros[c].any()
    ]
    return tuple(sorted(found, key=lambda one: (FIRST.index(one.commitment), -one.right)))


def _line(ground: Ground, c: int, line_key: str, commitment: Commitment) -> OptionalLine:
    money, curves = ground.ahead.today_micros[c : c + 1], ground.curves
    one = ResponseTable(curves.profit.spend[c : c + 1], curves.profit.worth[:, c : c + 1])
    season = None if curves.season is None else curves.season[c : c + 1]
    profit: Array = worth(one, money / MICROS, season) - curves.price * float(money.sum()) / MICROS
    return OptionalLine(line_key, commitment, int(money.sum()), interval(profit), float((profit < 0).mean()))
