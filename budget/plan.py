"""A plan as one frozen value: lines, weekly budgets, assumptions, objectives, costs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from budget.weeks import Period

Status = Literal["draft", "proposed", "locked", "archived"]
Commitment = Literal["committed", "forecast", "optional"]
CostKind = Literal["people", "agency", "tools", "production"]
COST_KINDS: tuple[CostKind, ...] = ("people", "agency", "tools", "production")
BUSINESS = "business"


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan: a channel (platform + tactic) with a flight and a budget.

    `line_key` stays the same through copies. The flight is [start_date, end_date). Money: micros of the plan.
    """

    line_key: str
    platform: str
    tactic: str
    objective_key: str = ""
    audience_key: str = ""
    start_date: date | None = None
    end_date: date | None = None
    budget_micros: int = 0
    commitment: Commitment = "committed"
    owner: str = ""
    utm_campaign: str = ""
    note: str = ""

    @property
    def flight(self) -> Period | None:
        """The days on which the line runs; None until both dates are known and in order."""
        if self.start_date is None or self.end_date is None or self.end_date <= self.start_date:
            return None
        return Period(self.start_date, self.end_date)


@dataclass(frozen=True)
class PlanWeek:
    """The budget of one line in the week that begins on `week_start` (a Monday)."""

    line_key: str
    week_start: date
    budget_micros: int


@dataclass(frozen=True)
class PlanAssumption:
    """One uncertain figure: 10 % / 50 % / 90 % points and where it comes from.

    `scope` is `business` or a line_key; `key` is `cpm`, `order_value`, ...; `unit` `money`, `share`, `count`, `flag`.
    """

    scope: str
    key: str
    low: float
    likely: float
    high: float
    unit: str = ""
    source: str = ""
    region: str = ""
    source_date: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class PlanObjective:
    """What the plan is for: a KPI with its target and deadline. Counts are micros too (1 order = 1,000,000)."""

    objective_key: str
    kpi: str
    challenge_key: str = ""
    baseline_micros: int = 0
    target_micros: int = 0
    due_date: date | None = None
    owner: str = ""


@dataclass(frozen=True)
class PlanAudience:
    """Whom a line speaks to, with which product; `networks` are platform keys, divided by commas."""

    audience_key: str
    segment: str = ""
    size: int = 0
    region: str = ""
    product: str = ""
    networks: str = ""


@dataclass(frozen=True)
class PlanChallenge:
    """A difficulty of the company, its monthly cost, and whether it holds media back (`gate`)."""

    challenge: str
    active: bool = False
    monthly_micros: int = 0
    gate: bool = False


@dataclass(frozen=True)
class PlanCost:
    """A cost of the programme beside media; `month_start` None means every month of the plan."""

    kind: CostKind
    amount_micros: int
    month_start: date | None = None


@dataclass(frozen=True)
class PlanEvent:
    """Days [start_date, end_date) in which conversions per click are `factor` times, the CPM `price_factor` times."""

    name: str
    start_date: date
    end_date: date
    factor: float = 1.0
    price_factor: float = 1.0
    reason: str = ""


@dataclass(frozen=True)
class PlanHead:
    """A plan in a list."""

    plan_id: int
    name: str
    status: Status
    currency: str
    version: int
    based_on_plan_id: int | None = None
    updated_by: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Proposal:
    """Who asked for approval of which version of a plan, when, and in which words; edits since make it a draft."""

    plan_id: int
    version: int
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class StoredPlan:
    """A whole plan as stored. Edit with `dataclasses.replace`, then `Store.save_plan`, which returns `version + 1`."""

    plan_id: int
    workspace_id: int
    name: str
    currency: str
    status: Status = "draft"
    version: int = 1
    lines: tuple[PlanLine, ...] = ()
    weeks: tuple[PlanWeek, ...] = ()
    objectives: tuple[PlanObjective, ...] = ()
    audiences: tuple[PlanAudience, ...] = ()
    challenges: tuple[PlanChallenge, ...] = ()
    assumptions: tuple[PlanAssumption, ...] = ()
    costs: tuple[PlanCost, ...] = ()
    events: tuple[PlanEvent, ...] = ()
    based_on_plan_id: int | None = None
    content_sha256: str = ""
    updated_by: str = ""
    updated_at: datetime | None = None

    @property
    def period(self) -> Period | None:
        """From the first day to after the last day of all flights; None while no line has one."""
        flights = [line.flight for line in self.lines if line.flight]
        return Period(min(f.start for f in flights), max(f.end for f in flights)) if flights else None

    @property
    def budget_micros(self) -> int:
        """The sum of the lines' budgets."""
        return sum(line.budget_micros for line in self.lines)

    def line(self, line_key: str) -> PlanLine:
        """The line of that key; `KeyError` if there is none."""
        return next(line for line in self.lines if line.line_key == line_key)
