"""What is asked of the best split: what counts, with how much money, inside which guard-rails."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from budget.plan import StoredPlan

Aim = Literal["profit", "customers", "target", "increment"]
AIMS: tuple[Aim, ...] = ("profit", "customers", "target", "increment")
Measure = Literal["conversions", "revenue", "profit"]
MEASURES: tuple[Measure, ...] = ("conversions", "revenue", "profit")
MOST_MOVE = 0.3
NO_LIMIT = 1.0
PROBABILITY = 0.8
FREE_LINES = 2
"""Money can move only between this many lines or more."""


@dataclass(frozen=True)
class LineRule:
    """Least and most of one line over the weeks to come, in micros; None is no limit."""

    line_key: str
    low_micros: int | None = None
    high_micros: int | None = None


@dataclass(frozen=True)
class PlatformRule:
    """Least and most of all lines of one platform together over the weeks to come, in micros; None is no limit."""

    platform: str
    low_micros: int | None = None
    high_micros: int | None = None


@dataclass(frozen=True)
class Question:
    """One question about the weeks from `today` on.

    `aim`: most profit, most customers (conversions as platforms claim them), least money that reaches `target` with
    `probability`, or where the money beyond today's goes. The target counts in `measure`: conversions, net revenue that
    ads cause, or profit after media before the team, the two in major units. `budget_micros` over the weeks to come,
    None as planned. `max_move`: each week within that share of today's, `NO_LIMIT` or more for none. `step_micros`:
    weeks are multiples of it but for one that takes the rest, 0 any cent. `locked`: lines that stay; None is
    `usual_locks` of the plan.
    """

    today: date
    aim: Aim = "profit"
    budget_micros: int | None = None
    target: float = 0.0
    probability: float = PROBABILITY
    max_move: float = MOST_MOVE
    step_micros: int = 0
    locked: tuple[str, ...] | None = None
    rules: tuple[LineRule, ...] = ()
    measure: Measure = "conversions"
    platforms: tuple[PlatformRule, ...] = ()

    @property
    def limits_moves(self) -> bool:
        """Whether a week has to stay near today's."""
        return self.max_move < NO_LIMIT

    @property
    def counts(self) -> Measure:
        """What the answer is counted in."""
        if self.aim == "target":
            return self.measure
        return "conversions" if self.aim == "customers" else "profit"

    def platform_rule(self, platform: str) -> PlatformRule:
        """The limits of a platform."""
        return next((rule for rule in self.platforms if rule.platform == platform), PlatformRule(platform))

    def rule(self, line_key: str) -> LineRule:
        """The limits of a line."""
        return next((rule for rule in self.rules if rule.line_key == line_key), LineRule(line_key))


def usual_locks(plan: StoredPlan, running: tuple[str, ...]) -> tuple[str, ...]:
    """Committed lines of those that still run, unless too few others are left to move money between: then none."""
    committed = tuple(key for key in running if plan.line(key).commitment == "committed")
    return committed if len(running) - len(committed) >= FREE_LINES else ()
