"""What needs a look before the money is gone: an alert as a value, what silences it, and in which order they come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, Protocol

from budget.findings import Fact, Severity

Code = Literal[
    "PACING_OVER", "PACING_UNDER", "BUDGET_OUT", "BUDGET_SPENT", "GOAL_AT_RISK", "GOAL_FELL", "CONVERSIONS_STOPPED",
    "CLICKS_STOPPED", "DAYS_MISSING", "CLAIMS_OVER", "LEADS_OVER", "DATA_OLD", "BOUNCE_OVER", "NEGATIVE_OVER",
]  # fmt: skip
Step = Literal["review", "upload", "plan", "optimise", "audience", "learning"]
SILENT_FOR = timedelta(days=7)
WORSE_BY_PARTS = 5
"""An acknowledged alert speaks again once its level is one part in so many above what was acknowledged."""


@dataclass(frozen=True)
class Alert:
    """One thing that needs a look, with the screen (`step`) on which it is mended.

    `where`: a platform, line_key or landing page, "" for the whole plan. `level_micros` > 0 says how bad it is, in its
    own measure; `stake_micros` >= 0 how much money of the plan's currency it is about. `facts` fill its sentence.
    """

    code: Code
    severity: Severity
    where: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    level_micros: int = 1
    step: Step = "review"
    stake_micros: int = 0

    @property
    def key(self) -> str:
        """What an acknowledgement names: the same trouble at the same place."""
        return f"{self.code}:{self.where}"


class Heard(Protocol):
    """An acknowledgement: which alert, how bad it was then, and the first day on which it counts no more."""

    @property
    def alert_key(self) -> str:
        """`Alert.key`."""

    @property
    def level_micros(self) -> int:
        """`Alert.level_micros` when it was acknowledged."""

    @property
    def until(self) -> date | None:
        """The day from which it no longer counts; None: for good."""


@dataclass(frozen=True)
class Watchlist:
    """The alerts that speak, most money first, and those that somebody has acknowledged."""

    open: tuple[Alert, ...] = ()
    silent: tuple[Alert, ...] = ()


def watchlist(alerts: Iterable[Alert], heard: Iterable[Heard], today: date) -> Watchlist:
    """Alerts in their order, apart by whether the last word on them (`heard`: newest first) silences them today."""
    last: dict[str, Heard] = {}
    for one in heard:
        last.setdefault(one.alert_key, one)
    ordered = ranked(alerts)
    silent = tuple(a for a in ordered if a.key in last and is_silent(a, last[a.key], today))
    return Watchlist(tuple(alert for alert in ordered if alert not in silent), silent)


def ranked(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Most money at stake first; equal ones by code and place."""
    return tuple(sorted(alerts, key=lambda alert: (-alert.stake_micros, alert.code, alert.where)))


def is_silent(alert: Alert, heard: Heard, today: date) -> bool:
    """Whether this acknowledgement silences the alert: until it is a fifth worse or its time is over."""
    worse = alert.level_micros * WORSE_BY_PARTS >= heard.level_micros * (WORSE_BY_PARTS + 1)
    in_time = heard.until is None or today < heard.until
    return alert.key == heard.alert_key and in_time and not worse


def silent_until(today: date) -> date:
    """The day on which an alert that is acknowledged today may speak again."""
    return today + SILENT_FOR
