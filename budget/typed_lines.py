"""Rows of the line editor, as typed, made into a plan: what cannot be read keeps its old value and is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from budget.editing import PLATFORMS, TACTICS, check_line, figure_of, free_key, with_figure, with_lines
from budget.errors import InvalidValue
from budget.findings import Finding
from budget.money import MICROS, micros
from budget.plan import PlanLine, StoredPlan
from budget.ranges import Range
from budget.targets import COMMITMENTS
from budget.typed_days import TypedDay, read_day
from budget.typed_numbers import Typed, Writing, read_typed
from budget.weeks import DAY

AUDIENCE_SPREAD = 0.6
LONGEST_NAME, LONGEST_NOTE = 200, 1000
CENT = MICROS // 100

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class TypedPlan:
    """The plan with all that could be read, and findings about cells that were not, or not as they look."""

    plan: StoredPlan
    findings: tuple[Finding, ...] = ()


def typed_lines(plan: StoredPlan, rows: Sequence[Row], writing: Writing, today: date) -> TypedPlan:
    """The plan whose lines are these rows, in their order; rows without a platform and a tactic are left out.

    A row: `key` (empty for a new line), `platform`, `tactic`, `objective`, `start`, `end` (the last day), `budget`
    and `people`, all text, `status`, `owner`, `audience`, `utm`, `note`. Columns that are missing keep their values.
    """
    known = {line.line_key: line for line in plan.lines}
    lines: list[PlanLine] = []
    findings: list[Finding] = []
    people: dict[str, Any] = {}
    for row in rows:
        platform, tactic = _text(row.get("platform")), _text(row.get("tactic"))
        if not (platform and tactic):
            continue
        key = _text(row.get("key")) or free_key(replace(plan, lines=tuple(lines)), platform, tactic)
        lines.append(_line(known.get(key, PlanLine(key, "", "")), row, writing, today, findings))
        if "people" in row:
            people[key] = row["people"]
    edited = with_lines(plan, lines) if tuple(lines) != plan.lines else plan
    for key, cell in people.items():
        edited = _with_people(edited, key, cell, writing, findings)
    return TypedPlan(edited, tuple(findings))


def _line(line: PlanLine, row: Row, writing: Writing, today: date, findings: list[Finding]) -> PlanLine:
    texts = {"objective": "objective_key", "owner": "owner", "audience": "audience_key", "utm": "utm_campaign"}
    changes: dict[str, Any] = {
        field: _text(row[name]).strip()[:LONGEST_NAME] for name, field in texts.items() if name in row
    }
    if "note" in row:
        changes["note"] = _text(row["note"]).strip()[:LONGEST_NOTE]
    if _text(row.get("status")) in COMMITMENTS:
        changes["commitment"] = row["status"]
    changes |= _channel(line, row, findings)
    if "budget" in row:
        changes["budget_micros"] = _money(line, row["budget"], writing, findings)
    return _dated(replace(line, **changes), row, today, findings)


def _channel(line: PlanLine, row: Row, findings: list[Finding]) -> dict[str, str]:
    """Platform and tactic, each one that is known or was there before."""
    found = {}
    for name, options in (("platform", PLATFORMS), ("tactic", TACTICS)):
        old, typed = str(getattr(line, name)), _text(row[name])
        if typed in options or typed == old or not old:
            found[name] = typed
        else:
            findings.append(Finding("CHOICE_UNKNOWN", "stop", line.line_key, {"text": typed, "column": name}))
    return found


def _money(line: PlanLine, cell: Any, writing: Writing, findings: list[Finding]) -> int:
    typed = read_typed(_text(cell), writing)
    _heard(typed, line.line_key, "budget", findings)
    if typed.value is None:
        return line.budget_micros
    return money_kept(line.budget_micros, micros(typed.value))


def money_kept(stored_micros: int, typed_micros: int) -> int:
    """What was typed, or what is stored where that is the same to the cent."""
    same = abs(stored_micros - typed_micros) * 2 <= CENT
    return stored_micros if same else typed_micros


def _heard(typed: Typed | TypedDay, key: str, column: str, findings: list[Finding]) -> None:
    if typed.finding:
        facts = {**typed.finding.facts, "column": column}
        findings.append(replace(typed.finding, where=key, facts=facts))


def _dated(line: PlanLine, row: Row, today: date, findings: list[Finding]) -> PlanLine:
    """The line with the dates of the row, or with its old ones where they make no flight."""
    start, end = line.start_date, line.end_date
    for column in ("start", "end"):
        if column in row:
            typed = read_day(_text(row[column]), today)
            _heard(typed, line.line_key, column, findings)
            if typed.finding and typed.day is None:
                continue
            if column == "start":
                start = typed.day
            else:
                end = typed.day + DAY if typed.day else None
    dated = replace(line, start_date=start, end_date=end)
    try:
        check_line(dated)
    except InvalidValue:
        facts = {"start": start.isoformat() if start else "", "last": (end - DAY).isoformat() if end else ""}
        findings.append(Finding("FLIGHT_IMPOSSIBLE", "stop", line.line_key, facts))
        return line
    return dated


def _with_people(plan: StoredPlan, key: str, cell: Any, writing: Writing, findings: list[Finding]) -> StoredPlan:
    """The plan with the line's number of people; an empty cell leaves what is known."""
    typed = read_typed(_text(cell), writing, digits=0)
    _heard(typed, key, "people", findings)
    found = figure_of(plan, key, "audience")
    if not typed.value or (found and round(found.likely) == typed.value):
        return plan
    return with_figure(plan, key, "audience", Range.around(float(typed.value), AUDIENCE_SPREAD))


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""
