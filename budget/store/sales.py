"""Booked sales: totals that a person types, and one line a day from orders or, where there are none, from totals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from budget.errors import InvalidValue
from budget.findings import Finding
from budget.store import checks, frames, imports, side_reads, workspaces
from budget.store.people import Actor
from budget.store.sides import SALES
from budget.store.values import ImportReceipt, SalesTotal
from budget.weeks import Period

KEYS = ["period_start", "period_end", "grain", "currency"]
SUMS = ["orders", "new_customers", "revenue_micros", "units"]
MOST_ROWS = 10_000
GRAINS = {1: "day", 7: "week"}


@dataclass(frozen=True)
class Typed:
    """Totals as a reading: what a person typed is a file too."""

    sales: pd.DataFrame
    name: str
    kind: str = "sales"
    platform: str | None = None
    language: str | None = None
    currency: str | None = None
    grain: str = "period"
    period: Period | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    breakdowns: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    questions: Sequence[Any] = ()
    totals: Sequence[Any] = ()
    bounds: Sequence[Any] = ()
    metrics: pd.DataFrame | None = None
    posts: pd.DataFrame | None = None
    orders: pd.DataFrame | None = None
    leads: pd.DataFrame | None = None
    answers: dict[str, str] = field(default_factory=dict)
    reader: str = "typed/1"


def add(
    connection: Connection, workspace_id: int, totals: Sequence[SalesTotal], source: str, actor: Actor, now: datetime
) -> ImportReceipt:
    """Keep totals in place of what was said of the same periods; what is known already changes nothing.

    Raises `InvalidValue` for a total that cannot be, for two of one period, and for none at all.
    """
    checks.words("source", source, needed=True)
    if not 0 < len(totals) <= MOST_ROWS:
        raise InvalidValue(f"sales: found {len(totals)} totals, expected 1 to {MOST_ROWS}")
    rows = [_row(total, source, number) for number, total in enumerate(totals, 1)]
    keys = {(row["grain"], row["period_start"]) for row in rows}
    if len(keys) != len(rows):
        raise InvalidValue("sales: found two totals of one period, expected one of each")
    # The moment is part of the text: what is typed again after a correction is a new word, not the old file.
    raw = json.dumps({"said_at": now.isoformat(), "totals": rows}, default=str, sort_keys=True, indent=1).encode()
    file = imports.open_file(Typed(pd.DataFrame(rows), source), raw, now, now)
    prepared = imports.prepare(connection, workspaces.find(connection, workspace_id), file)
    if not any(part.new.any() or part.changed.any() for part in prepared.all):
        return _known(connection, workspace_id, prepared)
    return imports.add(connection, workspace_id, file, actor, replace_range=False)


def _known(connection: Connection, workspace_id: int, prepared: imports.Prepared) -> ImportReceipt:
    """Everything is said already: the last import that said any of it."""
    said = max(int(part.before["import_id"].max()) for part in prepared.all)
    version = workspaces.find(connection, workspace_id).data_version
    rows = prepared.counts["rows"]
    return ImportReceipt(said, "unchanged", rows, 0, 0, rows, 0, 0, version)


def _row(total: SalesTotal, source: str, number: int) -> dict[str, Any]:
    start, end = checks.day("period_start", total.period_start), checks.day("period_end", total.period_end)
    if end <= start:
        raise InvalidValue(f"sales: found a period from {start} to {end}, expected the day after its last as its end")
    said = {name: getattr(total, name) for name in SUMS}
    if all(value is None for value in said.values()):
        raise InvalidValue(f"sales: found nothing said of {start}, expected at least one number")
    return {
        "source": source,
        "grain": _grain(start, end),
        "period_start": start,
        "period_end": end,
        "currency": checks.currency(total.currency),
        "source_row": number,
        **{name: _said(name, value) for name, value in said.items()},
    }


def _said(name: str, value: int | None) -> int | None:
    """Refunds of earlier sales can make revenue negative; counts never are."""
    if value is None:
        return None
    return checks.whole(name, value) if name == "revenue_micros" else checks.whole(name, value, 0)


def _grain(start: date, end: date) -> str:
    month = start.day == 1 and end.day == 1 and (end.year * 12 + end.month) - (start.year * 12 + start.month) == 1
    return "month" if month else GRAINS.get((end - start).days, "period")


def daily(connection: Connection, workspace_id: int, start: date | None, end: date | None) -> pd.DataFrame:
    """One row a day (or typed period) and currency: `KEYS`, then `SUMS` as Int64, null where nobody said.

    Orders win over totals: a total of which any day has orders is left out, and of totals of one source that overlap
    the shortest counts.
    """
    booked = frames.run(connection, "order_days", workspace_id, start, end)
    typed = side_reads.rows(connection, workspace_id, SALES, start, end)
    taken = typed[np.array(_apart(typed, set(booked["period_start"].dt.date)), bool)]
    summed = taken.groupby(KEYS, as_index=False)[SUMS].sum(min_count=1)
    booked["period_end"] = booked["period_start"] + pd.Timedelta(days=1)
    booked["grain"] = "day"
    parts = [part[[*KEYS, *SUMS]] for part in (booked, summed) if len(part)]
    made = pd.concat(parts, ignore_index=True) if parts else booked.assign(grain=booked["currency"])[[*KEYS, *SUMS]]
    return made.sort_values([*KEYS], ignore_index=True)


def _apart(totals: pd.DataFrame, booked: set[date]) -> list[bool]:
    """Which totals count beside days with orders and beside shorter totals of their source."""
    taken: dict[str, set[date]] = {}
    flags = [False] * len(totals)
    spans = zip(totals["source"], totals["period_start"].dt.date, totals["period_end"].dt.date, strict=True)
    for place, (source, first, end) in sorted(enumerate(spans), key=lambda one: (one[1][2] - one[1][1], one[1][1])):
        days = {date.fromordinal(day) for day in range(first.toordinal(), end.toordinal())}
        if not days & (booked | taken.setdefault(source, set())):
            taken[source] |= days
            flags[place] = True
    return flags
