"""What an export says, as frozen values: `Reading` and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from budget.findings import Fact, Finding, Severity
from budget.weeks import Period

if TYPE_CHECKING:
    import pandas as pd  # the child must start without pandas

READER = "exports/3"

_BY_SEVERITY: Mapping[Severity, str] = {
    "stop": "EMPTY_FILE NOT_A_TABLE CONTAINER_BROKEN CONTAINER_UNSAFE CONTAINER_TOO_LARGE SHEET_TOO_LARGE "
    "DOCTYPE_FOUND ENCRYPTED_FILE READ_LIMIT READ_FAILED TEXT_TOO_LONG",
    "ask": "UNKNOWN_FORMAT PLATFORM_UNKNOWN CURRENCY_UNKNOWN DAY_ORDER_UNKNOWN YEAR_UNKNOWN DECIMAL_UNKNOWN "
    "PERIOD_UNKNOWN SHEET_CHOICE",
    "warn": "MIXED_CURRENCY NOT_DAILY TOTAL_DIFFERS ROWS_CUT_OFF DATE_IN_NUMBER ID_LOST_PRECISION TEXT_DAMAGED "
    "NUMBER_UNREADABLE DATE_UNREADABLE DATE_IN_FUTURE NEGATIVE_AMOUNT DUPLICATE_ROWS MIXED_LEVELS NUL_BYTES "
    "FORMAT_UNVERIFIED ROWS_UNDATED ROWS_SLIPPED ORDERS_UNPRICED ORDERS_DIFFER",
    "info": "EMPTY_EXPORT TOTAL_ROUNDED DUPLICATE_HEADER ROW_RAGGED LINES_UNWRAPPED REPEATED_HEADER BOUNDED_VALUES "
    "REACH_NOT_ADDITIVE RESULTS_MIXED SURFACE_UNKNOWN COUNT_FROM_RATIO HEADER_GUESSED COLUMNS_IGNORED "
    "PERSONAL_DATA_REMOVED",
}
SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {code: severity for severity, codes in _BY_SEVERITY.items() for code in codes.split()}
)
QUESTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "currency": "CURRENCY_UNKNOWN",
        "day_order": "DAY_ORDER_UNKNOWN",
        "decimal": "DECIMAL_UNKNOWN",
        "year": "YEAR_UNKNOWN",
        "period": "PERIOD_UNKNOWN",
        "platform": "PLATFORM_UNKNOWN",
        "sheet": "SHEET_CHOICE",
        "mapping": "UNKNOWN_FORMAT",
    }
)
REMEMBERED = frozenset({"currency", "day_order", "decimal", "platform", "sheet", "mapping"})


def found(code: str, where: str = "", facts: Mapping[str, Fact] | None = None, *, warn: bool = False) -> Finding:
    """A finding of this package; its severity follows from the code (`warn` raises an info code)."""
    return Finding(code, "warn" if warn else SEVERITIES[code], where, facts or {})


@dataclass(frozen=True)
class DeclaredTotal:
    """A summary row of the file: `values` maps canonical column -> micros or count; `scope` says what it sums."""

    label: str
    scope: str
    values: Mapping[str, int]
    source_row: int


@dataclass(frozen=True)
class Bound:
    """A cell that names only a limit, such as `<5`."""

    source_sheet: str
    source_row: int
    column: str
    op: str
    value: Decimal


@dataclass(frozen=True)
class Question:
    """What only the person knows: put `answers[key]` into the next `read_export`.

    `options` are the possible answers (empty: free), `default` is preselected, `facts` fill the sentence.
    """

    key: str
    options: tuple[str, ...] = ()
    default: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def remembered(self) -> bool:
        """Whether the answer holds for every later file of the same signature."""
        return self.key in REMEMBERED


@dataclass(frozen=True)
class ColumnUse:
    """How one column was read; `evidence` is `file checked importer guess mapping` or empty when ignored."""

    sheet: str
    index: int
    header: str
    role: str
    evidence: str
    convention: str


@dataclass(frozen=True)
class PreviewColumn:
    """One column of an unknown table: `kind` is `number date text empty person`; `roles` the likeliest first.

    `proposed` is the preselected role or empty, `as_order` the one if each row is an order; nothing is applied before
    the person confirms it.
    """

    header: str
    kind: str
    roles: tuple[str, ...]
    proposed: str
    as_order: str = ""


@dataclass(frozen=True)
class Preview:
    """What the mapper's screen shows: header row (1-based), columns, first ten rows as text (persons masked)."""

    sheet: str
    header_row: int
    columns: tuple[PreviewColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Facts:
    """Everything of a reading but its tables; plain values that JSON can carry."""

    name: str
    digest: str
    container: str = ""
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    kind: str = "unknown"
    platform: str | None = None
    report: str | None = None
    language: str | None = None
    currency: str | None = None
    timezone: str | None = None
    period: Period | None = None
    grain: str = ""
    as_of: datetime | None = None
    breakdowns: tuple[str, ...] = ()
    totals: tuple[DeclaredTotal, ...] = ()
    bounds: tuple[Bound, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    preview: Preview | None = None
    signature: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    reader: str = READER
    keep_raw: bool = True

    @property
    def stopped(self) -> bool:
        """Whether nothing can be taken from this file."""
        return any(finding.severity == "stop" for finding in self.findings)


@dataclass(frozen=True, eq=False)
class Reading(Facts):
    """A whole export: `frame` is the delivery, the other tables always have their columns (0 rows for now)."""

    frame: pd.DataFrame = field(kw_only=True)
    metrics: pd.DataFrame = field(kw_only=True)
    posts: pd.DataFrame = field(kw_only=True)
    orders: pd.DataFrame = field(kw_only=True)
    leads: pd.DataFrame = field(kw_only=True)
    sales: pd.DataFrame = field(kw_only=True)
