"""Whether a line's latest weeks still look like the weeks before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from budget.measures import Measures, total

RECENT_WEEKS = 4
FEWEST_BEFORE = 4
RATES = ("cpm", "ctr", "cvr")
_COUNTED = {"cpm": "", "ctr": "clicks", "cvr": "conversions"}
NOISE_SDS = 2.0


@dataclass(frozen=True)
class Shift:
    """A rate over the last weeks beside the weeks before, as ratios of sums; `within_noise` where chance explains it.

    `name`: "cpm" (major units), "ctr" or "cvr" (shares).
    """

    name: str
    recent: float
    before: float
    within_noise: bool

    @property
    def change(self) -> float:
        """+0.1 where the recent level is a tenth higher."""
        return self.recent / self.before - 1


def shifts_of(weeks: Sequence[Measures], week_sds: Sequence[float]) -> tuple[Shift, ...]:
    """Shifts of a line's full weeks, oldest first; empty with fewer than four weeks with spend before the last four.

    `week_sds`: the usual weekly noise of price, click rate and conversion rate, in logarithms. Noise is two standard
    deviations of the difference of logs: weekly noise over the weeks, and counting chance of clicks or conversions.
    """
    live = [week for week in weeks if (week.spend_micros or 0) > 0]
    before, recent = live[:-RECENT_WEEKS], live[-RECENT_WEEKS:]
    if len(before) < FEWEST_BEFORE:
        return ()
    sides = total(before), total(recent)
    found = []
    for name, week_sd in zip(RATES, week_sds, strict=True):
        old, new = (getattr(side, name) for side in sides)
        if old and new:
            counts = [getattr(side, _COUNTED[name]) for side in sides] if _COUNTED[name] else []
            chance = week_sd**2 * (1 / len(before) + 1 / len(recent)) + sum(1 / max(n, 1.0) for n in counts)
            found.append(Shift(name, new, old, abs(log(new / old)) < NOISE_SDS * sqrt(chance)))
    return tuple(found)
