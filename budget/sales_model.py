"""What advertising adds to all sales of the firm: the sales model fed from the store's facts, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.fans import Fan, Interval, fan, interval
from budget.findings import Finding
from budget.lifts import Lift, lift_tests
from budget.plan import PlanEvent
from budget.sales_doubts import LEVEL_PRIOR, MOSTLY_PRIOR, PRIOR_CONFLICT, doubts
from budget.weekly_sales import WeeklySales
from budget.weekly_spend import Channel, WeeklySpend
from budget.weeks import WEEK, Period
from models import MODEL_VERSION, SalesFit, fit_sales

Array = np.ndarray
FEWEST_WEEKS = 20
"""Of sales beside spend, below which nothing is fitted."""
STREAMS = (3, 5, 7)
"""Of random numbers: what did not settle by chance is tried again, what never settles is said."""


@dataclass(frozen=True)
class SalesChannel:
    """What one channel brought over the weeks of the fit; ranges hold 8 of 10 outcomes, money in major units.

    `share` is of all fitted sales; `iroas` sales per money spent (revenue, not profit), `next_iroas` that of the next
    money at today's usual week;
    `claimed_roas` what its platform claims, None where too little; `evidence` is `measured`, `some`, `mostly prior`.
    """

    channel: Channel
    spend: float
    contribution: Interval
    share: Interval
    iroas: Interval
    next_iroas: Interval
    evidence: str
    claimed_roas: float | None

    @property
    def caused_share(self) -> Interval | None:
        """Of what the platform claims, the share that advertising caused."""
        if not self.claimed_roas:
            return None
        return Interval(*(x / self.claimed_roas for x in (self.iroas.low, self.iroas.mid, self.iroas.high)))


@dataclass(frozen=True, eq=False)
class SalesModel:
    """Weekly sales (T,) taken apart: a baseline and each channel's part, adding up to what was fitted.

    `sales` is NaN where a week is not known. `without_ads`: the baseline over all weeks; `media_share`: of all fitted
    sales. `iroas_draws` (D, C). Channels keep the order of their spend: only where `is_ranked` may they be compared.
    """

    weeks: tuple[date, ...]
    sales: Array
    channels: tuple[SalesChannel, ...]
    baseline: Fan
    parts: tuple[Fan, ...]
    fitted: Fan
    without_ads: Interval
    media_share: Interval
    iroas_draws: Array
    settled: bool
    level_share: float
    prior_conflict: float
    warnings: tuple[Finding, ...]
    model_version: int = MODEL_VERSION

    @property
    def period(self) -> Period:
        """The days of the fit."""
        return Period(self.weeks[0], self.weeks[-1] + WEEK)

    @property
    def speaks(self) -> bool:
        """Whether the fit says anything about media: it settled, and the data moved it without a contradiction."""
        return self.settled and self.level_share <= LEVEL_PRIOR and self.prior_conflict <= PRIOR_CONFLICT

    @property
    def by_itself(self) -> tuple[float, ...]:
        """Sales of each known week about their mean, without what the fit explains: how they vary by themselves."""
        rest = self.sales - self.fitted.mid
        return tuple((rest + np.nanmean(self.sales))[np.isfinite(rest)].tolist())

    @property
    def is_ranked(self) -> bool:
        """Whether channels may be compared: none of them rests on assumptions."""
        return self.speaks and all(found.evidence != MOSTLY_PRIOR for found in self.channels)

    @property
    def measured(self) -> frozenset[Channel]:
        """Channels whose caused share of claims replaces the assumption."""
        known = [found for found in self.channels if found.evidence != MOSTLY_PRIOR and found.claimed_roas]
        return frozenset(found.channel for found in known) if self.speaks else frozenset()


@dataclass(frozen=True)
class Missing:
    """Why there is no sales model, what to do next."""

    findings: tuple[Finding, ...]


def sales_model(
    sales: WeeklySales,
    spend: WeeklySpend,
    *,
    seed: tuple[int, ...],
    events: Sequence[PlanEvent] = (),
    lifts: Sequence[Lift] = (),
) -> SalesModel | Missing:
    """The fit of the weeks in which spend is known, or what is missing. The same arguments, the same numbers."""
    noted = (*sales.findings, *spend.findings)
    sold = np.array([sales.amounts.get(week, np.nan) for week in spend.weeks])
    if lacking := _lacking(sales, spend, sold):
        return Missing((lacking, *noted))
    tests, unused = lift_tests(lifts, spend.channels, Period(spend.weeks[0], spend.weeks[-1] + WEEK))
    claims = spend.claimed_roas if np.isfinite(spend.claimed_roas).any() else None
    controls = _controls(events, spend.weeks, sold)
    for stream in STREAMS:
        fit = fit_sales(
            spend.spend, sold, rng=np.random.default_rng((*seed, stream)), controls=controls, attributed_roas=claims,
            lift_tests=tests,
        )  # fmt: skip
        if fit.settled:
            break
    return _answer(fit, sold, spend, (*noted, *unused))


def _lacking(sales: WeeklySales, spend: WeeklySpend, sold: Array) -> Finding | None:
    if not sales.amounts:
        return Finding("SALES_MISSING", "warn", "sales", {"weeks": FEWEST_WEEKS})
    if not spend.channels:
        return Finding("SALES_NO_SPEND", "warn", "sales")
    known = int(np.isfinite(sold).sum())
    facts = {"weeks": known, "more": FEWEST_WEEKS - known}
    if len(spend.weeks) < FEWEST_WEEKS <= len(sales.amounts):
        return Finding("SALES_SPEND_SHORT", "warn", "sales", facts | {"sold": len(sales.amounts)})
    if known < FEWEST_WEEKS:
        return Finding("SALES_TOO_FEW", "warn", "sales", facts)
    return None if np.nansum(sold) > 0 else Finding("SALES_MISSING", "warn", "sales", {"weeks": FEWEST_WEEKS})


def _controls(events: Sequence[PlanEvent], weeks: Sequence[date], sold: Array) -> Array | None:
    """One row an event (K, T): the share of each week's days in it; events of one name are one, constant ones none."""
    rows: dict[str, Array] = {}
    for event in events:
        days = [Period(week, week + WEEK).common(Period(event.start_date, event.end_date)).days for week in weeks]
        rows[event.name] = np.minimum(rows.get(event.name, 0.0) + np.array(days) / 7, 1.0)
    kept = [row for row in rows.values() if np.ptp(row[np.isfinite(sold)]) > 0]
    return np.array(kept) if kept else None


def _answer(fit: SalesFit, sold: Array, spend: WeeklySpend, noted: tuple[Finding, ...]) -> SalesModel:
    parts = fit.parts()
    paid = spend.spend.sum(axis=1)
    order = np.argsort(-paid, kind="stable")
    whole = parts.fitted.sum(axis=1)
    return SalesModel(
        weeks=spend.weeks,
        sales=sold,
        channels=tuple(_channel(fit, spend, c, float(paid[c]), whole) for c in order),
        baseline=fan(parts.baseline),
        parts=tuple(fan(parts.channels[:, c]) for c in order),
        fitted=fan(parts.fitted),
        without_ads=interval(parts.baseline.sum(axis=1)),
        media_share=interval(parts.channels.sum(axis=(1, 2)) / whole),
        iroas_draws=fit.iroas[:, order],
        settled=fit.settled,
        level_share=fit.level_share,
        prior_conflict=fit.prior_conflict,
        warnings=(*doubts(fit, sold, spend), *noted),
    )


def _channel(fit: SalesFit, spend: WeeklySpend, c: int, paid: float, whole: Array) -> SalesChannel:
    """`whole` (D,): all fitted sales."""
    claimed = float(spend.claimed_roas[c])
    return SalesChannel(
        channel=spend.channels[c],
        spend=paid,
        contribution=interval(fit.contribution[:, c]),
        share=interval(fit.contribution[:, c] / whole),
        iroas=interval(fit.iroas[:, c]),
        next_iroas=interval(fit.marginal_iroas[:, c]),
        evidence=fit.evidence[c],
        claimed_roas=claimed if np.isfinite(claimed) else None,
    )
