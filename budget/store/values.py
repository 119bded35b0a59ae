# ruff: noqa: D102  # the properties of the protocol are described by the contract of the reading
"""What goes into and comes out of the store, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from pandas import DataFrame

from budget.findings import Finding
from budget.weeks import Period

AsOfSource = Literal["file", "person", "inferred"]
How = Literal["exact", "utm", "remembered", "person"]


class Importable(Protocol):
    """What the store reads of an export: `budget.exports.Reading`, or any bare object with these names.

    Optional beside them: `as_of` (None), `signature` (""), `keep_raw` (True), `sales` (None).
    `frame` has the delivery columns; missing values may be None, NaN, NaT or NA.
    """

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def platform(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def grain(self) -> str: ...
    @property
    def period(self) -> tuple[date, date] | None: ...
    @property
    def frame(self) -> DataFrame: ...
    @property
    def breakdowns(self) -> Sequence[str]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def questions(self) -> Sequence[Any]: ...
    @property
    def totals(self) -> Sequence[Any]: ...
    @property
    def bounds(self) -> Sequence[Any]: ...
    @property
    def metrics(self) -> DataFrame | None: ...
    @property
    def posts(self) -> DataFrame | None: ...
    @property
    def orders(self) -> DataFrame | None: ...
    @property
    def leads(self) -> DataFrame | None: ...
    @property
    def answers(self) -> Mapping[str, str]: ...
    @property
    def reader(self) -> str: ...


@dataclass(frozen=True)
class Workspace:
    """One firm; `currency` is its base currency, `week_start` 1 = Monday."""

    workspace_id: int
    name: str
    currency: str
    timezone: str
    week_start: int
    data_version: int
    created_at: datetime


@dataclass(frozen=True)
class DatasetPreview:
    """What an import would do to one dataset (`metrics posts orders leads sales`); counts as in `ImportPreview`.

    `examples` maps `new, changed, vanished, stale` to frames of up to 200 rows with the dataset's own columns; changed
    and stale ones with the numbers of now as `before_<name>`.
    """

    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    stale: int
    examples: Mapping[str, DataFrame]


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do, counted against the facts that are current now.

    `new + changed + unchanged == rows` (facts, after rows of one grain were summed); `vanished`: current grains that
    the file lacks; `stale`: grains whose current fact is of a later look and says something else.
    `examples` maps `new, changed, vanished, stale` to frames of up to 200 rows of delivery; `days` has the sums by day
    and currency of what would be stored. All counts are over delivery and all other datasets, which `datasets` tells
    one by one. `duplicate_of`: this file with these answers is already active as that import.
    A finding of severity `stop` means that `add_import` refuses.
    """

    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    rejected: int
    stale: int
    as_of: datetime
    as_of_source: AsOfSource
    findings: tuple[Finding, ...]
    examples: Mapping[str, DataFrame]
    days: DataFrame
    duplicate_of: int | None = None
    datasets: Mapping[str, DatasetPreview] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReceipt:
    """What an import or its undo did; counts as in `ImportPreview`. For `undone`, `rows` were taken out."""

    import_id: int
    status: Literal["added", "unchanged", "undone"]
    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    rejected: int
    data_version: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ImportRecord:
    """One file in the history. `declared_totals` and `totals` map column -> integer as the file said and as stored.

    Beside the delivery columns, `totals` holds `<dataset>.rows` and the sums of its columns as `<dataset>.<column>`.
    """

    import_id: int
    name: str
    content_sha256: str
    size_bytes: int
    kind: str
    platform: str | None
    reader: str
    signature: str
    answers: Mapping[str, str]
    as_of: datetime
    as_of_source: AsOfSource
    grain: str
    currency: str | None
    period: Period | None
    days: Period | None
    rows: int
    rejected: int
    declared_totals: Sequence[Mapping[str, Any]]
    totals: Mapping[str, int]
    status: Literal["active", "undone"]
    created_by: str
    created_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    kept: bool = True


@dataclass(frozen=True)
class ImportIssue:
    """One rejected row, for the downloadable list."""

    code: str
    sheet: str
    row: int | None
    cells: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SalesTotal:
    """Sales of days [period_start, period_end) as a person knows them; None where nobody said, never 0 for that."""

    period_start: date
    period_end: date
    currency: str
    revenue_micros: int | None = None
    orders: int | None = None
    new_customers: int | None = None
    units: int | None = None


@dataclass(frozen=True)
class CampaignMatch:
    """A campaign belongs to a tactic, and to one plan line or (`line_key` None) any line of the channel.

    `tactic` None takes the match away when set.
    """

    platform: str
    account_id: str
    campaign_slot: str
    tactic: str | None
    line_key: str | None = None
    how: How = "person"
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class AuditEvent:
    """One act of the audit trail: who did what to which object, and what the act noted beside it."""

    event_id: int
    at: datetime
    actor: str
    action: str
    object_type: str
    object_id: int | None
    detail: Mapping[str, Any]
