"""Where the next 100 a week earns most: of each line that still runs, and over all by today's split."""

from collections.abc import Mapping
from dataclasses import dataclass

from budget.fans import Interval, interval
from budget.ground import Ground
from budget.marginal import next_hundred, next_hundred_of_all, usual_week


@dataclass(frozen=True)
class NextHundred:
    """Profit of 100 more in a usual week to come, after their cost, in major units; 8 of 10 outcomes.

    `lines` are those that still have money, the one that earns most first: the figures that Optimise shows for today's
    split. `total` places the 100 as the lines' money is now, `planned` is its middle before any upload was known.
    """

    lines: Mapping[str, Interval]
    total: Interval
    planned: float


def next_hundred_of(ground: Ground) -> NextHundred:
    """From the ground of all questions about the money to come."""
    money = ground.ahead.today_micros
    here, draws = usual_week(money), ground.beliefs.draws
    after = next_hundred(ground.business, draws, here)
    ends = {
        line.line_key: interval(after[:, c]) for c, line in enumerate(ground.ahead.channels.lines) if money[c].any()
    }
    before = interval(next_hundred_of_all(ground.business, ground.beliefs.prior, here))
    return NextHundred(
        lines=dict(sorted(ends.items(), key=lambda each: -each[1].mid)),
        total=interval(next_hundred_of_all(ground.business, draws, here)),
        planned=before.mid,
    )
