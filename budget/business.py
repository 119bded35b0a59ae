"""The economics of the firm as one value, kept among the plan's assumptions and costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from budget.errors import InvalidValue
from budget.plan import BUSINESS, COST_KINDS, CostKind, PlanAssumption, PlanCost, StoredPlan
from budget.ranges import Range

DEFAULT_INCREMENTALITY = Range(0.45, 0.70, 1.0)
"""Share of claimed results that advertising caused, while nothing is known (median .7, log sd .35)."""
NOTHING = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Business:
    """What one order earns and what the programme costs a month.

    Money in major units of the plan's currency unless `_micros`; every `_share` lies in [0, 1).
    `order_value` is the average order before the discount, with VAT where `prices_include_vat`. Raises `InvalidValue`.
    """

    order_value: Range = NOTHING
    vat_share: float = 0.0
    prices_include_vat: bool = True
    discount_share: float = 0.0
    returns_share: float = 0.0
    cogs_share: float = 0.0
    fulfilment_per_order: float = 0.0
    payment_fee_share: float = 0.0
    payment_fee_per_order: float = 0.0
    return_handling_per_return: float = 0.0
    result_is_lead: bool = False
    lead_to_customer_share: float = 1.0
    incrementality: Range = DEFAULT_INCREMENTALITY
    media_vat_share: float = 0.0
    media_fee_share: float = 0.0
    monthly_micros: Mapping[CostKind, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in _SHARES:
            if not 0 <= (found := getattr(self, key)) <= 1:
                raise InvalidValue(f"{key}: found {found}, expected a share from 0 to 1")
        for key in _MONEY:
            if not 0 <= (found := getattr(self, key)) < 1e9:
                raise InvalidValue(f"{key}: found {found}, expected money of 0 or more")
        if min(self.monthly_micros.values(), default=0) < 0:
            raise InvalidValue("monthly cost: found a negative amount, expected 0 or more")

    @property
    def customers_per_conversion(self) -> float:
        """1 for orders; the lead-to-customer share where the result is a lead."""
        return self.lead_to_customer_share if self.result_is_lead else 1.0

    @property
    def is_known(self) -> bool:
        """Whether an order value has been given, without which nothing can be said about money."""
        return self.order_value.likely > 0


_SHARES = (
    "vat_share", "discount_share", "returns_share", "cogs_share", "payment_fee_share", "lead_to_customer_share",
    "media_vat_share", "media_fee_share",
)  # fmt: skip
_MONEY = ("fulfilment_per_order", "payment_fee_per_order", "return_handling_per_return")
_FLAGS = ("prices_include_vat", "result_is_lead")
_RANGES = ("order_value", "incrementality")
_UNITS = dict.fromkeys(_SHARES, "share") | dict.fromkeys(_MONEY, "money") | dict.fromkeys(_FLAGS, "flag")


def business_of(plan: StoredPlan) -> Business:
    """The business that the plan's assumptions and every-month costs describe; defaults where it says nothing."""
    known = {a.key: a for a in plan.assumptions if a.scope == BUSINESS}
    values: dict[str, object] = {key: known[key].likely for key in (*_SHARES, *_MONEY) if key in known}
    values |= {key: bool(known[key].likely) for key in _FLAGS if key in known}
    values |= {key: Range(known[key].low, known[key].likely, known[key].high) for key in _RANGES if key in known}
    values["monthly_micros"] = {
        kind: sum(c.amount_micros for c in plan.costs if c.kind == kind and c.month_start is None)
        for kind in COST_KINDS
    }
    return Business(**values)  # type: ignore[arg-type]  # keys and types are those of the tables above


def with_business(plan: StoredPlan, business: Business) -> StoredPlan:
    """The plan with its business assumptions and every-month costs replaced; the rest stays."""
    points = {key: float(getattr(business, key)) for key in _UNITS}
    stored = [PlanAssumption(BUSINESS, key, x, x, x, _UNITS[key], "own") for key, x in points.items()]
    stored += [_range_row(key, getattr(business, key)) for key in _RANGES]
    kept = [a for a in plan.assumptions if a.scope != BUSINESS or a.key not in {*_UNITS, *_RANGES}]
    dated = [cost for cost in plan.costs if cost.month_start is not None]
    monthly = [PlanCost(kind, business.monthly_micros.get(kind, 0)) for kind in COST_KINDS]
    return replace(plan, assumptions=(*stored, *kept), costs=(*(c for c in monthly if c.amount_micros), *dated))


def _range_row(key: str, value: Range) -> PlanAssumption:
    unit = "money" if key == "order_value" else "share"
    return PlanAssumption(BUSINESS, key, value.low, value.likely, value.high, unit, "own")
