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


def metric(day: int = 0, **cells: Any) -> dict[str, Any]:
    """A day's value of a page; any cell can be set."""
    made = {"date_day": MONDAY + timedelta(days=day), "platform": "meta", "surface": "facebook", "account_name": "Page"}
    return made | {"metric": "views", "value": 10.0, "unit": "count", "source_row": 2} | cells


def post(number: int = 1, **cells: Any) -> dict[str, Any]:
    """A post's counts; any cell can be set."""
    made = {"post_id": str(number), "platform": "meta", "surface": "facebook", "account_name": "Page"}
    return made | {"published_on": MONDAY, "post_type": "image", "views": 100, "source_row": 2} | cells


def order(number: int = 1, day: int = 0, **cells: Any) -> dict[str, Any]:
    """An order of the shop; any cell can be set."""
    made = {"order_id": f"#{number}", "order_date": MONDAY + timedelta(days=day), "currency": "AZN", "source": "web"}
    return made | {"total_micros": 50_000_000, "items": 2, "source_row": 2} | cells


def lead(day: int = 0, **cells: Any) -> dict[str, Any]:
    """A lead of a form; any cell can be set."""
    made = {"date_day": MONDAY + timedelta(days=day), "platform": "meta", "campaign_id": "1", "form_name": "Form"}
    return made | {"is_organic": False, "status": "new", "source_row": 2} | cells


def frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a table whose cells stay what they are."""
    return pd.DataFrame([dict(cells) for cells in rows], dtype=object)


def beside(**tables: Any) -> Bare:
    """A reading of rows of other datasets, such as `beside(orders=[order()])`; what else a reading has may be named."""
    names = ("metrics", "posts", "orders", "leads")
    frames = {name: frame(tables[name]) for name in names if name in tables}
    rest: dict[str, Any] = {name: value for name, value in tables.items() if name not in names}
    said: dict[str, Any] = {"kind": next(iter(frames), "delivery"), **frames, **rest}
    return Bare(pd.DataFrame(), **said)


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
