"""Many figures of many sources become one low-likely-high for a line of a plan.

The rules, in order:
1. Figures of the platform and metric that fit the tactic: its own objective, one of `also`, or `all`. Search is another
   auction and never mixed with the rest. Where no click rate fits, every click rate of the platform does; a conversion
   rate is never borrowed from another objective. Figures for `any` platform are the last resort.
2. The nearest region wins: the country itself, then global, then elsewhere. Equally near ones are combined.
3. Figures not measured for the tactic are moved by its factor in `tactics.toml`.
4. Lowest low, highest high, geometric mean of the middles, all in the plan's currency.
5. Never narrower than a floor: log sd .3 for several local sources, .4 for one price and .5 for one rate, .5 for
   figures from elsewhere or moved by a factor. Widened about the middle.
6. Confidence is the lowest of the sources; `very_low` once a factor was used.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log, prod
from typing import Literal

from budget.benchmarks.figure import ANY, ASSUMPTION, CONFIDENCES, DATA, Confidence, Figure, Unit, figures
from budget.benchmarks.rates import Rate, factor, rates

METRICS = ("cpm", "ctr", "cvr")
TACTICS = ("prospecting", "retargeting", "awareness", "traffic", "leads", "search", "video")
FLOORS = {"several": 0.3, "cpm": 0.4, "ctr": 0.5, "cvr": 0.5, "foreign": 0.5}
SEARCH = "search"
TAIL = 1.2815515655446004
"""Standard deviations from the middle of a normal to its 10 % and 90 % points."""
Span = tuple[float, float, float]


@dataclass(frozen=True)
class Benchmark:
    """A range to start a plan line from: 10 % / 50 % / 90 % points.

    `cpm` is money of `currency` per 1,000 impressions; `ctr` (clicks per impression) and `cvr` (results per click) are
    shares. `status`: `published`, `adjusted` (published, moved to the tactic by our factor) or `assumption` (no
    published figure). `rates` are those used to reach `currency`.
    """

    platform: str
    tactic: str
    metric: str
    low: float
    likely: float
    high: float
    unit: Unit
    currency: str
    region: str
    year: str
    status: Literal["published", "adjusted", "assumption"]
    confidence: Confidence
    sources: tuple[str, ...]
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether no published figure stands behind it."""
        return self.status == ASSUMPTION

    @property
    def source(self) -> str:
        """All source names in one line."""
        return "; ".join(self.sources)

    @property
    def log_sd(self) -> float:
        """Width as the log standard deviation of a log-normal with these 10 % and 90 % points."""
        return log(self.high / self.low) / (2 * TAIL)


def range_for(platform: str, tactic: str, metric: str, *, currency: str, region: str = "az") -> Benchmark | None:
    """The range for one figure of a plan line; None for another metric or a currency without a rate."""
    if metric not in METRICS:
        return None
    chosen = _nearest([f for f in figures() if f.metric == metric and f.platform in (platform, ANY)], tactic, region)
    scales = [_scale(figure, tactic, currency) for figure in chosen]
    known = [scale for scale in scales if scale is not None]
    if not chosen or len(known) < len(scales):
        return None
    spans = [_scaled(figure.span, scale) for figure, scale in zip(chosen, known, strict=True)]
    moved = any(_factor(figure, tactic) != 1 for figure in chosen)
    low, likely, high = _widened(_combined(spans), _floor(chosen, region, moved=moved))
    unit = chosen[0].unit
    return Benchmark(
        platform, tactic, metric, low, likely, min(high, 1.0) if unit == "share" else high,
        unit, currency if unit == "money" else "",
        region=", ".join(_unique(r for figure in chosen for r in figure.regions)),
        year=_years(chosen),
        status=_status(chosen, moved=moved),
        confidence="very_low" if moved else min((f.confidence for f in chosen), key=CONFIDENCES.index),
        sources=_unique(figure.source for figure in chosen),
        urls=_unique(figure.url for figure in chosen if figure.url),
        notes=_unique(figure.note for figure in chosen if figure.note),
        rates=_rates_used(chosen, currency),
    )  # fmt: skip


@cache
def _tactics() -> dict[str, dict[str, float | list[str]]]:
    return tomllib.loads((DATA / "tactics.toml").read_text("utf-8"))


def _nearest(candidates: Sequence[Figure], tactic: str, region: str) -> list[Figure]:
    ranked = [(_distance(figure, region), figure) for figure in _fitting(candidates, tactic)]
    nearest = min((rank for rank, _ in ranked), default=None)
    return [figure for rank, figure in ranked if rank == nearest]


def _fitting(candidates: Sequence[Figure], tactic: str) -> list[Figure]:
    alike = [figure for figure in candidates if (figure.objective == SEARCH) == (tactic == SEARCH)] or candidates
    also = _tactics().get(tactic, {}).get("also", [])
    objectives = {tactic, "all", *(also if isinstance(also, list) else ())}
    fitting = [figure for figure in alike if figure.objective in objectives]
    if all(figure.platform == ANY for figure in fitting):
        fitting += [figure for figure in alike if figure.platform != ANY and figure.metric == "ctr"]
    return fitting or [figure for figure in candidates if figure.platform == ANY]


def _distance(figure: Figure, region: str) -> tuple[int, bool]:
    away = 0 if region in figure.regions else 1 if "global" in figure.regions else 2
    return away, figure.platform == ANY


def _factor(figure: Figure, tactic: str) -> float:
    value = 1.0 if figure.objective == tactic else _tactics().get(tactic, {}).get(figure.metric, 1.0)
    return value if isinstance(value, float) else 1.0


def _scale(figure: Figure, tactic: str, currency: str) -> float | None:
    rate = factor(figure.currency, currency) if figure.unit == "money" else 1.0
    return None if rate is None else rate * _factor(figure, tactic)


def _scaled(span: Span, scale: float) -> Span:
    return span[0] * scale, span[1] * scale, span[2] * scale


def _combined(spans: Sequence[Span]) -> Span:
    likely = prod(span[1] for span in spans) ** (1 / len(spans)) if len(spans) > 1 else spans[0][1]
    return min(span[0] for span in spans), likely, max(span[2] for span in spans)


def _floor(chosen: Sequence[Figure], region: str, *, moved: bool) -> float:
    floor = FLOORS["several"] if len(chosen) > 1 else FLOORS[chosen[0].metric]
    foreign = any(region not in figure.regions for figure in chosen)
    return max(floor, FLOORS["foreign"]) if foreign or moved else floor


def _widened(span: Span, log_sd: float) -> Span:
    low, likely, high = span
    reach = exp(TAIL * log_sd)
    return min(low, likely / reach), likely, max(high, likely * reach)


def _years(chosen: Sequence[Figure]) -> str:
    years = sorted({figure.year for figure in chosen})
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _status(chosen: Sequence[Figure], *, moved: bool) -> Literal["published", "adjusted", "assumption"]:
    if any(figure.assumed for figure in chosen):
        return ASSUMPTION
    return "adjusted" if moved else "published"


def _rates_used(chosen: Sequence[Figure], currency: str) -> tuple[Rate, ...]:
    foreign = sorted({f.currency for f in chosen if f.unit == "money" and f.currency != currency})
    return tuple(rates()[code] for code in [*foreign, *([currency] if foreign and currency != "AZN" else [])])


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
