"""What an earlier kept forecast said of the end of the plan, to see what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budget.fans import Interval
from budget.store import StoredForecast
from budget.weekly_ranges import PROMISED


@dataclass(frozen=True)
class Promised:
    """The end of the plan as a forecast of the weeks from `until` on said it; profit in major units."""

    until: date
    p_target: float | None
    p_loss: float
    profit: Interval
    payback_week: int | None


def promised_before(kept: Sequence[StoredForecast]) -> Promised | None:
    """What the last forecast said that knew at least a week less than the newest one; None where none was kept.

    `kept` oldest first, of one plan and its baselines. Those kept by earlier versions of the product do not say it.
    """
    newest = max((one.horizon_start for one in kept), default=None)
    earlier = [one for one in kept if newest and one.horizon_start < newest and PROMISED in one.inputs]
    return _read(earlier[-1]) if earlier else None


def _read(of: StoredForecast) -> Promised:
    said: dict[str, Any] = of.inputs[PROMISED]
    end = Interval(*said["profit"])
    return Promised(of.horizon_start, said["p_target"], said["p_loss"], end, said["payback_week"])
