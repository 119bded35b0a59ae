"""Every state that Payoff refuses, as one tree.

PayoffError
├── InvalidValue            a value outside what the domain allows
└── StoreError
    ├── PlanChanged         someone saved the plan in between
    ├── PlanLocked          a locked plan never changes
    ├── PlanMissing
    ├── RecordChanged       someone saved the decision, experiment or closing in between
    ├── RecordMissing       no forecast, decision or experiment of that number
    ├── ImportMissing
    ├── ImportOpen          the reading still asks a question
    ├── WorkspaceMissing
    ├── NotAllowed          the person may not do this
    ├── StoreNewer          written by a newer version
    ├── StoreBehind         needs `python -m budget upgrade`
    ├── StoreBusy           locked for longer than we wait
    ├── StoreRefused        a place or file that cannot hold a store
    └── QuotaReached
"""

from datetime import datetime


class PayoffError(Exception):
    """Base of all states that are shown to the person as words."""


class InvalidValue(PayoffError, ValueError):
    """A value outside what the domain allows: says what was found and what was expected."""


class StoreError(PayoffError):
    """Something the store refuses or cannot do."""


class PlanChanged(StoreError):
    """Someone else saved this plan since it was read.

    Attributes: `seen` and `stored` are versions, `by` the person, `at` the UTC time of the stored one.
    """

    def __init__(self, seen: int, stored: int, by: str, at: datetime) -> None:
        super().__init__(f"plan version {seen} was edited, but version {stored} by {by} at {at} is stored")
        self.seen, self.stored, self.by, self.at = seen, stored, by, at


class PlanLocked(StoreError):
    """A locked plan never changes: make a new version instead."""


class PlanMissing(StoreError):
    """No such plan in this workspace."""


class RecordChanged(StoreError):
    """Someone else saved this decision, experiment or closing since it was read; `seen` and `stored` are versions."""

    def __init__(self, what: str, seen: int, stored: int) -> None:
        super().__init__(f"{what}: version {seen} was edited, but version {stored} is stored; load it again")
        self.seen, self.stored = seen, stored


class RecordMissing(StoreError):
    """No forecast, decision or experiment of that number in this workspace."""


class ImportMissing(StoreError):
    """No such active import in this workspace."""


class ImportOpen(StoreError):
    """The reading still asks a question: answer it before it is stored."""


class WorkspaceMissing(StoreError):
    """No such workspace, or not for this person."""


class NotAllowed(StoreError):
    """The person may not do this."""


class StoreNewer(StoreError):
    """The store was written by a newer version of Payoff."""


class StoreBehind(StoreError):
    """The store needs `python -m budget upgrade` first."""


class StoreBusy(StoreError):
    """The store stayed locked for longer than we wait."""


class StoreRefused(StoreError):
    """This place or file cannot hold a store."""


class QuotaReached(StoreError):
    """The workspace has used up its room."""
