"""Where every input of a forecast comes from, and what became of it once uploads were learned."""

from dataclasses import dataclass
from math import log
from typing import Literal

from budget.audiences import SOURCE as AUDIENCE_SOURCE
from budget.business import Business, business_of
from budget.editing import DERIVED, OWN
from budget.forecast import Forecast
from budget.funnels import AUDIENCE_UNKNOWN, assumption
from budget.middle import OUTER, Middle
from budget.plan import BUSINESS, PlanAssumption, StoredPlan
from budget.ranges import Range

Kind = Literal["own", "derived", "audience", "assumed", "benchmark", "measured"]
LINE_FIGURES = ("cpm", "ctr", "cvr", "audience")
BUSINESS_FIGURES = (
    "order_value", "incrementality", "vat_share", "discount_share", "returns_share", "cogs_share",
    "fulfilment_per_order", "payment_fee_share", "payment_fee_per_order", "return_handling_per_return",
    "lead_to_customer_share", "media_vat_share", "media_fee_share",
)  # fmt: skip
LEAST_SHARE = 0.1
"""A figure of which less is the firm's own counts as not learned: draws alone differ that much."""


@dataclass(frozen=True)
class Input:
    """One figure behind the forecast: `scope` is a line_key or `business`, `planned` what the plan says.

    `used` is what the forecast draws from: 10 %, 50 % and 90 % points after `weeks` weeks of uploads, the plan's own
    before. `own_share` is how much of the figure is the firm's own data: one less the variance of its logarithm over
    that of the plan's. `row` has region, year and confidence where somebody published the figure; of what ads cause the
    sales model `measured` so many lines.
    """

    scope: str
    key: str
    planned: Range
    used: Range
    kind: Kind
    row: PlanAssumption | None = None
    own_share: float = 0.0
    weeks: int = 0
    measured: int = 0


def provenance(plan: StoredPlan, found: Forecast) -> tuple[Input, ...]:
    """The figures of every line that is computed, then those of the business that are not zero."""
    rows = [_of_line(plan, found, c, key) for c in range(len(found.lines)) for key in LINE_FIGURES]
    business = business_of(plan)
    return (*rows, *(each for key in BUSINESS_FIGURES if (each := _of_business(plan, found, business, key))))


def _of_line(plan: StoredPlan, found: Forecast, place: int, key: str) -> Input:
    line_key = found.lines[place].line_key
    row = assumption(plan, line_key, key) or AUDIENCE_UNKNOWN
    planned, middle, share = Range(row.low, row.likely, row.high), found.middle, _own_share(found.middle, place, key)
    if not middle.weeks_learned or share < LEAST_SHARE:
        return Input(line_key, key, planned, planned, _kind(row), row)
    used = _ordered(*(float(x[place]) for x in (middle.low[key], middle.of(key), middle.high[key])))
    return Input(line_key, key, planned, used, _kind(row), row, share, middle.weeks_learned)


def _own_share(middle: Middle, place: int, key: str) -> float:
    if middle.channels.prior is None:
        return 0.0
    before = float(getattr(middle.channels.prior, key).log_sd[place]) * 2 * OUTER
    now = log(middle.high[key][place] / middle.low[key][place])
    return max(1 - (now / before) ** 2, 0.0) if before else 0.0


def _of_business(plan: StoredPlan, found: Forecast, business: Business, key: str) -> Input | None:
    value = getattr(business, key)
    given = value if isinstance(value, Range) else Range(value, value, value)
    if not given.likely or (key == "lead_to_customer_share" and not business.result_is_lead):
        return None
    row = next((a for a in plan.assumptions if (a.scope, a.key) == (BUSINESS, key)), None)
    measured = key == "incrementality" and bool(found.measured) and found.measured >= set(found.own_share)
    kind: Kind = "measured" if measured else "own" if row else "assumed"
    some = len(found.measured) if key == "incrementality" and not measured else 0
    return Input(BUSINESS, key, given, given, kind, row, measured=some)


def _kind(row: PlanAssumption) -> Kind:
    known: dict[str, Kind] = {OWN: "own", DERIVED: "derived", AUDIENCE_SOURCE: "audience"}
    return "assumed" if row is AUDIENCE_UNKNOWN else known.get(row.source, "benchmark")


def _ordered(low: float, mid: float, high: float) -> Range:
    return Range(min(low, mid), mid, max(high, mid))
