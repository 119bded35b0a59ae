"""From plan lines to the funnel numbers that forecast, review and advice draw from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget.audiences import KEY as AUDIENCE
from budget.audiences import universe
from budget.business import Business, business_of
from budget.economics import cost_per_order, fee_per_value, media_factor, net_share
from budget.findings import Finding
from budget.money import major
from budget.phasing import week_matrix
from budget.plan import PlanAssumption, PlanLine, StoredPlan
from budget.season import season_of
from budget.weeks import weeks_of
from models import FunnelPrior, LogNormal, Outcomes, Season

Array = np.ndarray
FUNNEL_KEYS = ("cpm", "ctr", "cvr")
SPEND_WEEK = "spend_week"
POINT_LOG_SD = {"cpm": 0.4, "ctr": 0.5, "cvr": 0.5, "value": 0.3, "audience": 0.5, "incrementality": 0.35}
"""Width of a figure that was given without a range (MODELS, defaults)."""
AUDIENCE_UNKNOWN = PlanAssumption("", "audience", 200_000.0, 1_000_000.0, 5_000_000.0, "count", "assumption")


@dataclass(frozen=True, eq=False)
class Channels:
    """The lines that can be computed, their prior, weekly budgets (C, T) in major units, and what is missing.

    `season` (C, T) holds what events and months are known to do to these weeks.
    """

    lines: tuple[PlanLine, ...]
    weeks: tuple[date, ...]
    prior: FunnelPrior | None
    spend: Array
    findings: tuple[Finding, ...]
    season: Season


def assumption(plan: StoredPlan, line_key: str, key: str) -> PlanAssumption | None:
    """The line's own figure for `key`, if it has one above 0; for `audience` else the size of its audience."""
    found = (a for a in plan.assumptions if a.scope == line_key and a.key == key and a.likely > 0)
    return next(found, None) or (universe(plan, line_key) if key == AUDIENCE else None)


def channels_of(plan: StoredPlan) -> Channels:
    """Prior and weekly budgets of every line that has a flight, a budget and its CPM, CTR and CVR."""
    missing = {line.line_key: _missing(plan, line) for line in plan.lines}
    lines = tuple(line for line in plan.lines if not missing[line.line_key])
    findings = [
        Finding("LINE_INCOMPLETE", "warn", key, {"missing": ", ".join(what)}) for key, what in missing.items() if what
    ]
    business = business_of(plan)
    if not business.is_known:
        findings.append(Finding("ORDER_VALUE_MISSING", "warn", "business"))
    weeks = weeks_of(plan.period) if plan.period else ()
    matrix = week_matrix(plan, weeks)
    spend = np.array([[major(x) for x in matrix[line.line_key]] for line in lines]).reshape(len(lines), len(weeks))
    usable = lines and business.is_known
    prior = _prior(plan, lines, business) if usable else None
    lines = lines if usable else ()
    return Channels(lines, weeks, prior, spend[: len(lines)], tuple(findings), season_of(plan, lines, weeks))


def _missing(plan: StoredPlan, line: PlanLine) -> list[str]:
    absent = [key for key in FUNNEL_KEYS if assumption(plan, line.line_key, key) is None]
    return absent + ["dates"] * (line.flight is None) + ["budget"] * (line.budget_micros <= 0)


def _prior(plan: StoredPlan, lines: Sequence[PlanLine], business: Business) -> FunnelPrior:
    def figures(key: str, default: PlanAssumption | None = None) -> LogNormal:
        rows = [assumption(plan, line.line_key, key) or default for line in lines]
        return log_normal(key, [(r.low, r.likely, r.high) for r in rows if r])

    per_result = business.customers_per_conversion or 1e-9
    order, caused = business.order_value, business.incrementality
    value = (order.low * per_result, order.likely * per_result, order.high * per_result)
    return FunnelPrior(
        spend_week=np.array([spend_week(plan, line) for line in lines]),
        cpm=figures("cpm"),
        ctr=figures("ctr"),
        cvr=figures("cvr"),
        value=log_normal("value", [value] * len(lines)),
        audience=figures("audience", AUDIENCE_UNKNOWN),
        incrementality=_mean_at_likely(
            log_normal("incrementality", [(caused.low, caused.likely, caused.high)] * len(lines))
        ),
    )


def spend_week(plan: StoredPlan, line: PlanLine) -> float:
    """The weekly spend at which the line's figures hold: its own where it says one, else its usual week as planned."""
    own, weeks = assumption(plan, line.line_key, SPEND_WEEK), line.flight.days / 7 if line.flight else 0.0
    return own.likely if own else major(line.budget_micros) / weeks if weeks else 0.0


def _mean_at_likely(given: LogNormal) -> LogNormal:
    """The same width with its mean, not its median, at the likely figure: P&Ls multiply by the likely share."""
    return LogNormal(given.median * np.exp(-(given.log_sd**2) / 2), given.log_sd)


def log_normal(key: str, rows: Sequence[tuple[float, float, float]]) -> LogNormal:
    """Medians and log sds (C,) of low-likely-high rows; a row without width takes the default width of `key`."""
    low, likely, high = np.array(rows, dtype=float).T
    given = LogNormal.from_range(np.maximum(low, likely * 1e-3), likely, high)
    return LogNormal(given.median, np.where(high > low, given.log_sd, POINT_LOG_SD[key]))


def contribution_before_media(business: Business, outcomes: Outcomes) -> Array:
    """Incremental CM2 (D, C, T) in major units, the same arithmetic as `pnl.contribution` on draws."""
    rate = net_share(business) * (1 - business.cogs_share) - fee_per_value(business)
    per_order = cost_per_order(business) * business.customers_per_conversion
    caused: Array = outcomes.incremental_value * rate - outcomes.incremental_conversions * per_order
    return caused


def contribution_after_media(business: Business, outcomes: Outcomes) -> Array:
    """CM3 (D, C, T) in major units."""
    after: Array = contribution_before_media(business, outcomes) - np.asarray(outcomes.spend) * media_factor(business)
    return after
