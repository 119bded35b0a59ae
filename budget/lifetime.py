"""What a customer is worth over a finite horizon, beside what it costs to win one; never part of the plan's profit."""

from dataclasses import dataclass, replace
from math import ceil, floor

from budget.business import Business, business_of
from budget.economics import order_economics
from budget.errors import InvalidValue
from budget.income import Income, income_of
from budget.measures import Measures
from budget.money import MICROS
from budget.plan import BUSINESS, PlanAssumption, StoredPlan
from budget.pnl import ProfitAndLoss

MONTHS = 12
LONGEST_MONTHS, MOST_ORDERS = 120, 365.0
_UNITS = {"orders_per_year": "count", "horizon_months": "count", "discount_rate": "share", "new_share": "share"}


@dataclass(frozen=True)
class Repeat:
    """How a customer comes back: orders a year (the first one among them), over how many months one looks ahead.

    `discount_rate` a year, a share; `new_share`: share of the orders from ads that new customers place.
    Raises `InvalidValue`.
    """

    orders_per_year: float = 1.0
    horizon_months: int = MONTHS
    discount_rate: float = 0.1
    new_share: float = 1.0

    def __post_init__(self) -> None:
        bounds = {"orders_per_year": MOST_ORDERS, "discount_rate": 10.0, "new_share": 1.0}
        for key, most in bounds.items():
            if not 0 <= (found := getattr(self, key)) <= most:
                raise InvalidValue(f"{key}: found {found}, expected 0 to {most:g}")
        if not 1 <= self.horizon_months <= LONGEST_MONTHS:
            raise InvalidValue(f"horizon_months: found {self.horizon_months}, expected 1 to {LONGEST_MONTHS}")


@dataclass(frozen=True)
class Order:
    """One order of a customer: the month after the first one, and how much of it falls inside the horizon."""

    month: float
    weight: float


@dataclass(frozen=True)
class Lifetime:
    """Money of one customer in major units; CAC, ratio and payback are None where they cannot be computed.

    `cac_paid` is media, `cac_full` all programme cost, per new customer that ads cause. `payback_month` counts from 0,
    the month of the first order; None too where the horizon is too short.
    """

    orders: float
    first: float
    value: float
    customers: float
    cac_paid: float | None
    cac_full: float | None
    payback_month: int | None

    @property
    def ratio(self) -> float | None:
        """LTV per money of fully loaded CAC."""
        return self.value / self.cac_full if self.cac_full else None


def repeat_of(plan: StoredPlan) -> Repeat:
    """How customers come back as the plan says it; once where it says nothing."""
    known = {a.key: a.likely for a in plan.assumptions if a.scope == BUSINESS and a.key in _UNITS}
    whole = {"horizon_months": round(known["horizon_months"])} if "horizon_months" in known else {}
    return replace(Repeat(), **(known | whole))  # type: ignore[arg-type]  # keys and types are those of the table above


def with_repeat(plan: StoredPlan, repeat: Repeat) -> StoredPlan:
    """The plan with these figures among its assumptions; the rest stays."""
    kept = tuple(a for a in plan.assumptions if a.scope != BUSINESS or a.key not in _UNITS)
    points = {key: float(getattr(repeat, key)) for key in _UNITS}
    rows = tuple(PlanAssumption(BUSINESS, key, x, x, x, _UNITS[key], "own") for key, x in points.items())
    return replace(plan, assumptions=(*kept, *rows))


def schedule(repeat: Repeat) -> tuple[Order, ...]:
    """Orders at even distance: the first at once, the next after `12 / orders_per_year` months.

    Their weights sum to `orders_per_year * horizon / 12`, but never to less than the first order: the last one counts
    by the part that the horizon leaves of it.
    """
    count = max(repeat.orders_per_year * repeat.horizon_months / MONTHS, 1.0)
    whole = floor(count + 1e-9)
    weights = [1.0] * whole + ([count - whole] if count - whole > 1e-9 else [])
    apart = MONTHS / repeat.orders_per_year if repeat.orders_per_year else 0.0
    return tuple(Order(k * apart if k else 0.0, weight) for k, weight in enumerate(weights))


def customer_value(contribution: float, repeat: Repeat) -> float:
    """LTV: `sum of weight * CM2 / (1 + rate) ** (month / 12)` over the orders inside the horizon, major units."""
    growth = 1 + repeat.discount_rate
    return contribution * sum(order.weight / float(growth ** (order.month / MONTHS)) for order in schedule(repeat))


def payback_month(contribution: float, cac: float, repeat: Repeat) -> int | None:
    """The first month (0: that of the first order) in which cumulative CM2 reaches the CAC; None inside no horizon."""
    if contribution <= 0:
        return 0 if cac <= 0 else None
    earned = 0.0
    for order in schedule(repeat):
        earned += order.weight * contribution
        if earned >= cac - 1e-9:
            return ceil(order.month - 1e-9)
    return None


def lifetime(business: Business, repeat: Repeat, likely: Measures, pnl: ProfitAndLoss) -> Lifetime:
    """One customer of the plan at its likely figures: `likely` are the plan's sums, `pnl` its income statement."""
    left, caused = order_economics(business).contribution, business.incrementality.likely
    orders = (likely.conversions_micros or 0) / MICROS * business.customers_per_conversion * caused
    customers = orders * repeat.new_share
    paid, full = ((cost / MICROS / customers if customers else None) for cost in (pnl.media, pnl.programme_cost))
    return Lifetime(
        orders=sum(order.weight for order in schedule(repeat)),
        first=left,
        value=customer_value(left, repeat),
        customers=customers,
        cac_paid=paid,
        cac_full=full,
        payback_month=payback_month(left, full, repeat) if full is not None else None,
    )


def lifetime_of(plan: StoredPlan) -> Lifetime:
    """One customer of the plan at its likely figures; no CAC while no line can be computed."""
    found = income_of(plan) or Income(Measures(), ProfitAndLoss())
    return lifetime(business_of(plan), repeat_of(plan), found.sums, found.pnl)
