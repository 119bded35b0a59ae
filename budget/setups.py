"""Who does the work: in-house, agency or freelancer, what each costs over the plan, and which one is in the P&L."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from budget.business import business_of, with_business
from budget.errors import InvalidValue
from budget.money import MICROS, micros
from budget.plan import CostKind, PlanAssumption, StoredPlan
from budget.pnl import times
from budget.weeks import Period, months_of

SETUPS = ("in_house", "agency", "freelancer")
SCOPE, CHOSEN = "setup:", "chosen"
MOST_MICROS = 10**15


@dataclass(frozen=True)
class Setup:
    """What one way of working costs: micros a month, and a fee as a share of what the platforms invoice.

    Raises `InvalidValue`.
    """

    salaries_micros: int = 0
    fee_micros: int = 0
    tools_micros: int = 0
    production_micros: int = 0
    media_fee_share: float = 0.0

    def __post_init__(self) -> None:
        for key in MONEY:
            if not 0 <= (found := getattr(self, key)) < MOST_MICROS:
                raise InvalidValue(f"{key}: found {found}, expected 0 to a billion")
        if not 0 <= self.media_fee_share <= 1:
            raise InvalidValue(f"media_fee_share: found {self.media_fee_share}, expected a share from 0 to 1")

    @property
    def costs(self) -> Mapping[CostKind, int]:
        """Micros a month by the P&L's kind of cost; the fixed fee of an agency or freelancer is `agency`."""
        return {
            "people": self.salaries_micros,
            "agency": self.fee_micros,
            "tools": self.tools_micros,
            "production": self.production_micros,
        }

    @property
    def is_known(self) -> bool:
        """Whether any figure was given."""
        return self != Setup()


MONEY = ("salaries_micros", "fee_micros", "tools_micros", "production_micros")


@dataclass(frozen=True)
class SetupCost:
    """A set-up over the whole plan, in micros: `fixed` whatever is spent, `media_fee` on the planned media."""

    name: str
    fixed_micros: int
    media_fee_micros: int
    media_fee_share: float

    @property
    def total_micros(self) -> int:
        """All that the set-up costs beside media itself."""
        return self.fixed_micros + self.media_fee_micros


@dataclass(frozen=True)
class Crossing:
    """Media over the plan at which two set-ups cost the same: below it `below` is cheaper, above it `above`."""

    below: str
    above: str
    media_micros: int


def setup_of(plan: StoredPlan, name: str) -> Setup:
    """The figures of a set-up; zeros where nothing was said."""
    known = {a.key: a.likely for a in plan.assumptions if a.scope == SCOPE + name}
    money = {key: micros(round(known[_short(key)], 2)) for key in MONEY if _short(key) in known}
    return Setup(**money, media_fee_share=known.get("media_fee_share", 0.0))


def _short(key: str) -> str:
    return key.removesuffix("_micros")


def with_setup(plan: StoredPlan, name: str, setup: Setup) -> StoredPlan:
    """The plan with the figures of one set-up; where it is the chosen one, its P&L follows."""
    _check(name)
    rows = [_row(name, _short(key), getattr(setup, key) / MICROS, "money") for key in MONEY]
    rows.append(_row(name, "media_fee_share", setup.media_fee_share, "share"))
    written = {row.key for row in rows}
    kept = tuple(a for a in plan.assumptions if a.scope != SCOPE + name or a.key not in written)
    edited = replace(plan, assumptions=(*kept, *rows))
    return _in_pnl(edited, setup) if chosen(plan) == name else edited


def chosen(plan: StoredPlan) -> str | None:
    """The set-up that stands in the P&L; None where the monthly costs were typed by themselves, or since."""
    flagged = (name for name in SETUPS for a in plan.assumptions if a.scope == SCOPE + name and a.key == CHOSEN)
    return next((name for name in flagged if setup_of(plan, name) == today(plan)), None)


def choose(plan: StoredPlan, name: str | None) -> StoredPlan:
    """The plan with this set-up's costs in its P&L (every-month costs and the fee on media); None: costs stay, free."""
    kept = tuple(a for a in plan.assumptions if not (a.scope.startswith(SCOPE) and a.key == CHOSEN))
    edited = replace(plan, assumptions=kept)
    if name is None:
        return edited
    _check(name)
    edited = replace(edited, assumptions=(*kept, _row(name, CHOSEN, 1.0, "flag")))
    return _in_pnl(edited, setup_of(plan, name))


def today(plan: StoredPlan) -> Setup:
    """The costs that stand in the P&L, whoever they are for."""
    business = business_of(plan)
    monthly = business.monthly_micros
    return Setup(
        monthly.get("people", 0), monthly.get("agency", 0), monthly.get("tools", 0), monthly.get("production", 0),
        business.media_fee_share,
    )  # fmt: skip


def cost_over(setup: Setup, name: str, period: Period, media_micros: int) -> SetupCost:
    """What a set-up costs in a period with so much media; each kind and month rounds as in the P&L."""
    fixed = sum(amount * part.days // part.month_days for amount in setup.costs.values() for part in months_of(period))
    return SetupCost(name, fixed, times(media_micros, setup.media_fee_share), setup.media_fee_share)


def compared(plan: StoredPlan) -> tuple[SetupCost, ...]:
    """The set-ups whose figures are known over the whole plan, the cheapest first; none while the plan has no dates."""
    if plan.period is None:
        return ()
    known = {name: found for name in SETUPS if (found := setup_of(plan, name)).is_known}
    rows = [cost_over(found, name, plan.period, plan.budget_micros) for name, found in known.items()]
    return tuple(sorted(rows, key=lambda row: row.total_micros))


def crossings(costs: Sequence[SetupCost]) -> tuple[Crossing, ...]:
    """For each two set-ups whose order depends on media: `(fixed2 - fixed1) / (share1 - share2)`, above 0."""
    found = []
    for one, other in combinations(costs, 2):
        low, high = sorted((one, other), key=lambda cost: cost.fixed_micros)
        slope = Fraction(low.media_fee_share) - Fraction(high.media_fee_share)
        if slope > 0 and high.fixed_micros > low.fixed_micros:
            media = round((high.fixed_micros - low.fixed_micros) / slope)
            found.append(Crossing(low.name, high.name, media))
    return tuple(sorted(found, key=lambda crossing: crossing.media_micros))


def _in_pnl(plan: StoredPlan, setup: Setup) -> StoredPlan:
    business = replace(business_of(plan), monthly_micros=setup.costs, media_fee_share=setup.media_fee_share)
    return with_business(plan, business)


def _row(name: str, key: str, value: float, unit: str) -> PlanAssumption:
    return PlanAssumption(SCOPE + name, key, value, value, value, unit, "own")


def _check(name: str) -> None:
    if name not in SETUPS:
        raise InvalidValue(f"set-up: found {name!a:.40}, expected one of {SETUPS}")
