"""The forecast record: were the ranges honest, which way were they off, and which assumption was it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["too few", "too narrow", "about right", "too wide"]
LEVELS = (0.5, 0.8, 0.9)
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
class Record:
    """How the kept forecasts of a plan and its baselines did.

    `forecasts` were kept; `judged` counts channel weeks with a result, each by the last forecast made before its data
    came in. `levels` (.5, .8, .9) pools impressions, clicks, conversions and value; as these move together, a channel
    week counts once in its interval and verdict. `by_metric` has `profit` beside them (all channels, at the likely
    share that ads cause, which nobody observes). `weakest` is the one of `ASSUMPTIONS` whose pooled result lay farthest
    from the forecast, None while nothing is judged; `assumptions` has ln(actual / forecast) of each, weighted by spend.
    """

    forecasts: int
    judged: int
    levels: Mapping[float, Coverage]
    by_metric: Mapping[str, MetricRecord]
    weakest: str | None
    assumptions: Mapping[str, float] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Whether the 80 % ranges were honest."""
        return self.levels[0.8].verdict
