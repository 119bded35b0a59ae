"""Readings made of plain rows, as the store would get them from the readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from budget.findings import Finding
from budget.store import Store
from budget.weeks import Period

MONDAY = date(2026, 3, 2)
SOON = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass
class Bare:
    """The least that the store asks of a reading."""

    frame: pd.DataFrame
    name: str = "export.csv"
    kind: str = "delivery"
    platform: str | None = "meta"
    language: str | None = "en"
    currency: str | None = "AZN"
    grain: str = "day"
    period: Period | None = None
    breakdowns: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    questions: Sequence[Any] = ()
    totals: Sequence[Any] = ()
    bounds: Sequence[Any] = ()
    metrics: pd.DataFrame | None = None
    posts: pd.DataFrame | None = None
    orders: pd.DataFrame | None = None
    leads: pd.DataFrame | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    reader: str = "tests/1"


def row(day: int = 0, **cells: Any) -> dict[str, Any]:
    """A campaign's row of the day so many days after the first Monday; any cell can be set."""
    start = MONDAY + timedelta(days=day)
    made = {
        "date_day": start,
        "platform": "meta",
        "account_id": "A",
        "campaign_id": "1",
        "campaign_name": "One",
        "entity_level": "campaign",
        "breakdown": "none",
        "currency": "AZN",
        "spend_micros": 1_000_000,
        "source_row": 2,
    }
    return made | cells


def week(number: int = 0, **cells: Any) -> dict[str, Any]:
    """A campaign's row of a whole week."""
    start = MONDAY + timedelta(days=7 * number)
    dates = {"date_day": None, "period_start": start, "period_end": start + timedelta(days=7), "grain": "week"}
    return row(**{**dates, **cells})


def reading(*rows: Mapping[str, Any], **said: Any) -> Bare:
    """A reading of these rows; `source_row` counts from 2 unless given."""
    return Bare(pd.DataFrame([dict(cells) for cells in rows]), **said)


def at(days: int) -> datetime:
    """A moment so many days after the first Monday of June 2026."""
    return SOON + timedelta(days=days)


def spend(store: Store, workspace: int, by: Sequence[str] = ()) -> dict[Any, int]:
    """The sums of spend by group (a tuple of texts), weeks and currencies together."""
    facts = store.facts(workspace, by=by)
    made: dict[Any, int] = {}
    for cells in facts.to_dict("records"):
        key = tuple(None if pd.isna(cells[name]) else cells[name] for name in by)
        made[key] = made.get(key, 0) + int(cells["spend_micros"])
    return made


def total(store: Store, workspace: int) -> int:
    """All spend."""
    return sum(spend(store, workspace).values())
