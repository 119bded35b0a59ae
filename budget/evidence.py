"""What the uploads taught, line by line: the plan's belief beside the data's, and what both rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from budget.actuals import Actuals
from budget.business import Business, business_of
from budget.curves import Curve, response_curves
from budget.drift import Shift, shifts_of
from budget.fans import Interval, interval
from budget.findings import Finding
from budget.forecast import Missing
from budget.funnels import Channels, assumption, channels_of
from budget.learning import Beliefs, beliefs
from budget.measures import Measures, total
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.sales_model import SalesModel
from budget.season import as_usual
from budget.young import Young, arrived, young_weeks
from models import FunnelDraws, LogNormal, expect
from models.history import FEWEST_WEEKS

Array = np.ndarray
Memory = Literal["early", "even", "fading"]
FIGURES = ("cpa", "cpm", "ctr", "cvr", "value")
COLUMNS = ("impressions", "clicks", "conversions", "value", "reach")
OUTER = 1.2815515655446004  # standard normal, 90 % point


@dataclass(frozen=True)
class Figure:
    """One number as the plan believed it and as the data have it; `after` None where the uploads do not tell it.

    "cpm", "value" (of an order) and "cpa" (claimed, at the line's usual week) in major units; "ctr", "cvr" shares.
    """

    name: str
    before: Interval
    after: Interval | None

    @property
    def surprised(self) -> bool:
        """Whether the plan's middle lies outside 8 of 10 outcomes after the data."""
        return self.after is not None and not self.after.low <= self.before.mid <= self.after.high


@dataclass(frozen=True)
class Seen:
    """One full week as reported: spend, and contribution before media at the plan's margins, in major units."""

    week: date
    spend: float
    contribution: float


@dataclass(frozen=True, eq=False)
class LineEvidence:
    """What is known of one line. `missing`: columns that no full week of its uploads held, of `COLUMNS`.

    `weeks` full weeks with spend.
    """

    line_key: str
    platform: str
    own_share: float
    weeks: int
    conversions: float
    missing: tuple[str, ...]
    figures: Mapping[str, Figure]
    curve: Curve
    seen: tuple[Seen, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Gap:
    """A column that some platforms' uploads never held for lines that would learn from it."""

    column: str
    platforms: tuple[str, ...]
    line_keys: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Evidence:
    """All lines of the plan, in its order. `weeks` are the full weeks learned from; `half_life` in weeks.

    `findings` name lines that could not be computed; of the `measured` lines the sales model knows what ads cause.
    """

    weeks: tuple[date, ...]
    half_life: float
    lines: tuple[LineEvidence, ...]
    findings: tuple[Finding, ...]
    measured: frozenset[str] = frozenset()
    young: tuple[Young, ...] = ()

    @property
    def own_shares(self) -> dict[str, float]:
        """How much of prices and rates the firm's own data decide, by line."""
        return {line.line_key: line.own_share for line in self.lines}

    @property
    def own_share(self) -> float:
        """The mean over lines."""
        return float(np.mean([line.own_share for line in self.lines]))

    @property
    def memory(self) -> Memory:
        """Whether older weeks count less: too early to tell, all alike, or fading with `half_life`."""
        if len(self.weeks) < FEWEST_WEEKS:
            return "early"
        return "even" if np.isinf(self.half_life) else "fading"

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Columns that lines with uploads lack."""
        lacking = {column: [line for line in self.lines if line.weeks and column in line.missing] for column in COLUMNS}
        return tuple(
            Gap(column, tuple(dict.fromkeys(line.platform for line in lines)), tuple(line.line_key for line in lines))
            for column, lines in lacking.items()
            if lines
        )


def evidence(
    plan: StoredPlan, actuals: Actuals, *, seed: tuple[int, ...], sales: SalesModel | None = None
) -> Evidence | Missing:
    """What the uploads taught about the plan's lines, or what the plan lacks to learn at all.

    With `sales` the curves hold what the sales model says that ads cause.
    """
    channels, business = channels_of(plan), business_of(plan)
    if channels.prior is None:
        return Missing(channels.findings or (Finding("PLAN_EMPTY", "warn", "plan"),))
    return evidence_of(plan, channels, business, actuals, beliefs(channels, actuals, seed, sales))


def evidence_of(plan: StoredPlan, channels: Channels, business: Business, actuals: Actuals, found: Beliefs) -> Evidence:
    """The same from beliefs that were formed already."""
    rows = _weeks_of(channels, actuals, found)
    figures = _figures(plan, channels, business, found, actuals.estimated)
    curves = response_curves(business, channels, found)
    noise = found.draws.week_sd.mean(axis=0)
    lines = tuple(
        LineEvidence(
            line_key=line.line_key,
            platform=line.platform,
            own_share=float(found.own_share[c]),
            weeks=sum(1 for week in rows[c] if (week.spend_micros or 0) > 0),
            conversions=total(rows[c]).conversions or 0.0,
            missing=_missing(found, c),
            figures=figures[c],
            curve=curves[c],
            seen=_seen(business, found.weeks, rows[c]),
            shifts=shifts_of(
                as_usual(found.history, c, arrived(found.history, c, rows[c])), [float(sd) for sd in noise[c]]
            ),
        )
        for c, line in enumerate(channels.lines)
    )
    young = young_weeks(channels, found.history)
    return Evidence(found.weeks, found.half_life, lines, channels.findings, found.measured, young)


def _weeks_of(channels: Channels, actuals: Actuals, found: Beliefs) -> list[list[Measures]]:
    """The measures of each line in the weeks learned from; a week that its platform does not cover stays unknown."""
    places = [actuals.weeks.index(week) for week in found.weeks]
    if found.history is None:
        return [[] for _ in channels.lines]
    spent = found.history.spend > 0
    return [
        [actuals.kept(line.line_key)[t] if spent[c, k] else Measures() for k, t in enumerate(places)]
        for c, line in enumerate(channels.lines)
    ]


def _reported(found: Beliefs, column: str, c: int) -> bool:
    """Whether some week with money holds the column."""
    part = getattr(found.history, column, None)
    if found.history is None or part is None:
        return False
    return bool((np.isfinite(part[c]) & (found.history.spend[c] > 0)).any())


def _missing(found: Beliefs, c: int) -> tuple[str, ...]:
    return tuple(column for column in COLUMNS if not _reported(found, column, c))


def _seen(business: Business, weeks: Sequence[date], row: Sequence[Measures]) -> tuple[Seen, ...]:
    """Weeks whose money and value are known."""
    return tuple(
        Seen(week, found.spend or 0.0, channel_pnl(business, found).after_fulfilment / MICROS)
        for week, found in zip(weeks, row, strict=True)
        if found.spend_micros and found.value_micros is not None
    )


def _figures(
    plan: StoredPlan, channels: Channels, business: Business, found: Beliefs, estimated: frozenset[str]
) -> list[dict[str, Figure]]:
    planned, draws = channels.prior, found.draws
    if planned is None:
        raise ValueError("evidence: the plan has no line that can be computed; check `channels.findings` first")
    parts: dict[str, tuple[LogNormal, Array]] = {
        "cpm": (planned.cpm, draws.cpm),
        "ctr": (planned.ctr, draws.ctr),
        "cvr": (planned.cvr, draws.cvr),
        "value": (planned.value, draws.value),
    }
    before, after = _cpa(found.prior, draws.spend_week), _cpa(draws, draws.spend_week)
    rows = []
    for c, line in enumerate(channels.lines):
        told = _told(found, c, line.platform in estimated)
        row = {"cpa": Figure("cpa", interval(before[:, c]), interval(after[:, c]) if told["cpa"] else None)}
        for name, (prior, drawn) in parts.items():
            learned = interval(drawn[:, c]) if told[name] else None
            row[name] = Figure(name, _planned(plan, business, line.line_key, name, prior, c), learned)
        rows.append(row)
    return rows


def _told(found: Beliefs, c: int, estimated: bool) -> dict[str, bool]:
    """Which figures the uploads tell: a rate needs both of its sides."""
    shown, clicked, bought = (_reported(found, column, c) for column in ("impressions", "clicks", "conversions"))
    valued = bought and _reported(found, "value", c) and not estimated
    return {"cpm": shown, "ctr": shown and clicked, "cvr": clicked and bought, "cpa": bought, "value": valued}


def _planned(plan: StoredPlan, business: Business, line_key: str, name: str, prior: LogNormal, c: int) -> Interval:
    """Low, likely and high as the plan says them; where it gives one figure, the width that is believed around it."""
    if name == "value":
        given = business.order_value
        low, high = (x * business.customers_per_conversion for x in (given.low, given.high))
    else:
        row = assumption(plan, line_key, name)
        low, high = (row.low, row.high) if row else (0.0, 0.0)
    mid, spread = float(prior.median[c]), float(np.exp(OUTER * prior.log_sd[c]))
    return Interval(low, mid, high) if high > low > 0 else Interval(mid / spread, mid, mid * spread)


def _cpa(draws: FunnelDraws, spend: Array) -> Array:
    """Spend per claimed conversion (D, C) in a week of `spend` (C,)."""
    expected = expect(draws, spend[:, None]).conversions[:, :, 0]
    cost: Array = spend / np.maximum(expected, 1e-12)
    return cost
