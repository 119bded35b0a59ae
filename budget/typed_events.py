"""Rows of the tables of events and months, as typed, made into a plan: what cannot be read is said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from budget.findings import Fact, Finding
from budget.plan import PlanEvent, StoredPlan
from budget.season import KINDS, months, with_months
from budget.typed_days import day_of
from budget.typed_numbers import Writing, read_typed
from budget.weeks import DAY

FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_NAME, LONGEST_REASON = 200, 1000
DIGITS = 2
"""To which multipliers are written and read."""

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class TypedSeason:
    """The plan with all that could be read, and findings about what could not."""

    plan: StoredPlan
    findings: tuple[Finding, ...] = ()


def typed_events(plan: StoredPlan, rows: Sequence[Row], writing: Writing, *, unnamed: str) -> TypedSeason:
    """The plan whose events are these rows, in their order.

    A row: `name`, `start`, `last` (day; one of the two is a day's event), `factor` and `price` as text, `reason`, and
    `factor_was`, `price_was`, which stand in where a text is no multiplier above 0. A row without days is left out.
    """
    events: list[PlanEvent] = []
    findings: list[Finding] = []
    for row in rows:
        name = _text(row.get("name"))[:LONGEST_NAME] or unnamed
        start, last = _day(row.get("start")), _day(row.get("last"))
        first, end = start or last, last or start
        if first is None or end is None:
            if any(_text(row.get(cell)) for cell in ("name", "factor", "price", "reason")):
                findings.append(Finding("EVENT_UNDATED", "warn", name, {"name": name}))
            continue
        factor, price = (_factor(row, cell, name, writing, findings) for cell in ("factor", "price"))
        events.append(PlanEvent(name, first, end + DAY, factor, price, _text(row.get("reason"))[:LONGEST_REASON]))
    return TypedSeason(plan if tuple(events) == plan.events else replace(plan, events=tuple(events)), tuple(findings))


def typed_months(plan: StoredPlan, rows: Iterable[Row], writing: Writing) -> TypedSeason:
    """The plan with the months of these rows: `month` (1 to 12), `demand` and `price` as text, `reason`.

    An empty cell is 1; what is no multiplier above 0 leaves the old value.
    """
    findings: list[Finding] = []
    edited = plan
    for row in rows:
        month, reason = int(row["month"]), _text(row.get("reason"))[:LONGEST_REASON]
        for kind in KINDS:
            known = months(plan).get((kind, month))
            old = known.likely if known else 1.0
            cells = {kind: row.get(kind), f"{kind}_was": old}
            found = _factor(cells, kind, "", writing, findings, {"month": month})
            if found != old or (known and known.source != reason):
                edited = with_months(edited, kind, {month: found}, reason)
    return TypedSeason(edited, tuple(findings))


def _factor(
    row: Row, cell: str, name: str, writing: Writing, findings: list[Finding], more: Mapping[str, int] | None = None
) -> float:
    """The multiplier of a cell; what stands for it where there is none, and that it does."""
    was, text = row.get(f"{cell}_was"), _text(row.get(cell))
    old = float(was) if isinstance(was, int | float) and isfinite(was) and was > 0 else 1.0
    if not text:
        return 1.0
    typed = read_typed(text, writing, digits=DIGITS)
    if typed.value is None or typed.value <= 0:
        facts: dict[str, Fact] = {"name": name, "column": cell, "text": text, "kept": old, **(more or {})}
        findings.append(Finding("FACTOR_UNREADABLE", "stop", name, facts))
        return old
    found = float(typed.value)
    return old if round(old, DIGITS) == found else found


def _day(cell: Any) -> date | None:
    """The day of a cell; None for none, and for years that cannot be stored."""
    day = day_of(cell)
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _text(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""
