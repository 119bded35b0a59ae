"""Tests of what advertising causes: what a person enters, what the sales model takes from it, what a test could see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np

from budget.errors import InvalidValue
from budget.findings import Finding
from budget.money import major
from budget.rates import Rate, in_currency
from budget.store import Experiment
from budget.store.review_values import ExperimentKind
from budget.weekly_spend import Channel
from budget.weeks import Period
from models import LiftTest, detectable_lift, lift_of

SPREAD_80 = 2.5631
"""From the low to the high end of 8 of 10 outcomes, in standard deviations of a normal."""
SEEN_AT, CERTAIN_AT = 1.6449 + 0.8416, 1.6449
"""A change is called seen beyond 1.64 standard deviations; one of 2.49 is seen 8 times of 10."""
_AMOUNTS = ("spend_before_micros", "spend_change_micros", "sales_change_micros", "low_micros", "high_micros")


@dataclass(frozen=True)
class Lift:
    """What a test showed: micros of `currency` a week; `low..high` holds 8 of 10 outcomes of the change of sales.

    Raises `InvalidValue` for what cannot be: no change of spend, less than no spend, a range without its result.
    """

    kind: ExperimentKind
    platform: str
    tactic: str
    start_date: date
    end_date: date
    currency: str
    spend_before_micros: int
    spend_change_micros: int
    sales_change_micros: int
    low_micros: int
    high_micros: int
    experiment_id: int = 0

    def __post_init__(self) -> None:
        if self.end_date <= self.start_date:
            raise InvalidValue(f"test: found days from {self.start_date} to {self.end_date}, expected a later end")
        after = self.spend_before_micros + self.spend_change_micros
        if self.spend_change_micros == 0 or min(self.spend_before_micros, after) < 0:
            raise InvalidValue(f"test: found spend {self.spend_before_micros} then {after}, expected two amounts >= 0")
        if not self.low_micros <= self.sales_change_micros <= self.high_micros or self.low_micros == self.high_micros:
            raise InvalidValue(
                f"test: found {self.sales_change_micros} in {self.low_micros} to {self.high_micros}, "
                "expected a range that holds it"
            )

    @property
    def channel(self) -> Channel:
        """The channel whose spend was changed."""
        return Channel(self.platform, self.tactic)

    @property
    def iroas(self) -> float:
        """Sales per money, as the test alone says."""
        return self.sales_change_micros / self.spend_change_micros


@dataclass(frozen=True)
class WeeklyLift:
    """Change of weekly sales in major units, the range of 8 of 10 outcomes, and the chance that it has its sign."""

    change: float
    low: float
    high: float
    chance: float


@dataclass(frozen=True)
class Detectable:
    """The smallest change that a test of `weeks` weeks shows 8 times of 10, in major units a week.

    `share` is of weekly sales; `spend_change` the money a week that should bring so much at the believed return, None
    without one; `chance` that the planned change of spend would be seen, None without one.
    """

    weeks: int
    lift: float
    share: float
    spend_change: float | None
    chance: float | None


def stored(lift: Lift) -> Experiment:
    """The test as the store keeps it."""
    said = {name: getattr(lift, name) for name in _AMOUNTS}
    design = {name: said[name] for name in _AMOUNTS[:2]} | {"currency": lift.currency}
    result = {name: said[name] for name in _AMOUNTS[2:]}
    return Experiment(
        lift.kind, lift.platform, lift.tactic, lift.start_date, lift.end_date, design, result,
        experiment_id=lift.experiment_id,
    )  # fmt: skip


def lifts_of(experiments: Sequence[Experiment], currency: str, rates: Sequence[Rate] = ()) -> tuple[Lift, ...]:
    """Tests with a whole result that were not taken away, in `currency`; those without a rate to it are left out."""
    found = (_lift(one, currency, rates) for one in experiments if not one.ended and one.result)
    return tuple(lift for lift in found if lift)


def _lift(one: Experiment, currency: str, rates: Sequence[Rate]) -> Lift | None:
    said: Mapping[str, Any] = {**one.design, **one.result}
    if not {"currency", *_AMOUNTS} <= set(said):
        return None
    own = str(said["currency"])
    amounts = [in_currency(int(said[name]), own, currency, one.start_date, rates) for name in _AMOUNTS]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(_AMOUNTS):
        return None
    before, change, moved, low, high = known
    return Lift(
        one.kind, one.platform, one.tactic, one.start_date, one.end_date, currency, before, change, moved, low, high,
        one.experiment_id,
    )  # fmt: skip


def lift_tests(
    lifts: Sequence[Lift], channels: Sequence[Channel], period: Period
) -> tuple[tuple[LiftTest, ...], tuple[Finding, ...]]:
    """What the sales model of `channels` over `period` takes from tests, and which it does not and why.

    An on/off test inside the period is left out: its weeks are in the sales already and would count twice.
    """
    taken, left = [], []
    for lift in lifts:
        if lift.channel not in channels:
            left.append(Finding("LIFT_NO_CHANNEL", "info", "sales", {"channels": lift.channel.key}))
        elif lift.kind == "on_off" and period.common(Period(lift.start_date, lift.end_date)).days:
            left.append(Finding("LIFT_IN_SALES", "info", "sales", {"channels": lift.channel.key}))
        else:
            taken.append(_test(lift, channels.index(lift.channel)))
    return tuple(taken), tuple(left)


def _test(lift: Lift, channel: int) -> LiftTest:
    spread = major(lift.high_micros - lift.low_micros) / SPREAD_80
    return LiftTest(
        channel, major(lift.spend_before_micros), major(lift.spend_change_micros), major(lift.sales_change_micros),
        spread,
    )  # fmt: skip


def lift_from_weeks(test: Sequence[float], control: Sequence[float], start: int) -> WeeklyLift:
    """What weekly sales (T,) show from week `start` on; without a control group sales are held against their own past.

    Raises `InvalidValue` below 4 weeks before the change or 1 after.
    """
    try:
        found = lift_of(test, control or np.ones(len(test)), start)
    except ValueError as err:
        raise InvalidValue(str(err)) from err
    weeks = len(test) - start
    chance = max(found.probability_positive, 1 - found.probability_positive)
    return WeeklyLift(found.lift / weeks, found.low / weeks, found.high / weeks, chance)


def detectable(
    sales: Sequence[float],
    weeks: int,
    *,
    control: Sequence[float] = (),
    iroas: float | None = None,
    spend_change: float | None = None,
) -> Detectable:
    """What a test of `weeks` weeks could see, from past weekly sales (T,) of the tested part and of a control region.

    `iroas`: sales per money as believed now; `spend_change`: the planned change a week. Raises `InvalidValue` below 4
    past weeks.
    """
    try:
        whole = detectable_lift(sales, control or np.ones(len(sales)), weeks)
    except ValueError as err:
        raise InvalidValue(str(err)) from err
    weekly, usual = whole / weeks, float(np.mean(sales))
    needed = weekly / iroas if iroas else None
    chance = None
    if iroas and spend_change and weekly > 0:
        effect = abs(spend_change) * iroas / (weekly / SEEN_AT)
        chance = NormalDist().cdf(effect - CERTAIN_AT)
    return Detectable(weeks, weekly, weekly / usual if usual else float("nan"), needed, chance)
