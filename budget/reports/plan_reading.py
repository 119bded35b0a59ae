"""A filled-in plan workbook as a plan: sheets into parts, weeks against budgets, what is gone taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from budget.editing import with_figure
from budget.errors import InvalidValue
from budget.findings import Fact, Finding
from budget.funnels import FUNNEL_KEYS
from budget.phasing import phased, shape_of
from budget.plan import PlanLine, PlanWeek, StoredPlan
from budget.reports.plan_cells import MOST_MICROS, Fault
from budget.reports.plan_parts import Items, identity, items_of, matched
from budget.reports.plan_tables import Place, Row, Table, cell_finding
from budget.store.plan_checks import checked
from budget.weeks import weeks_of

BY_LINES, BY_WEEKS = "lines", "weeks"
"""Answers to "a line's budget and its weeks differ: which holds?"."""


@dataclass(frozen=True)
class Typed:
    """The plan that a workbook says, with what was found on the way; `plan` is None while something stops it."""

    plan: StoredPlan | None
    findings: tuple[Finding, ...]


def typed_plan(tables: Mapping[str, Table], base: StoredPlan, answer: str = "") -> Typed:
    """The base plan with every sheet's rows in place of its own parts; a sheet that is not there changes nothing.

    `answer` (`lines` or `weeks`) says what holds where a line's budget and its weeks differ.
    """
    findings: list[Finding] = []
    parts: dict[str, Any] = {}
    audiences = _simple("audiences", tables, base, parts, findings)
    for key in ("objectives", "challenges", "costs", "events"):
        _simple(key, tables, base, parts, findings)
    names = {one.audience_key for one in audiences}
    found = items_of("lines", tables["lines"], base, base.lines, names) if "lines" in tables else _as_it_was(base)
    findings += found.findings
    lines, weeks = _placed(found, tables.get("weeks"), base, answer, findings)
    parts |= {"lines": tuple(lines), "weeks": _as_before(base.weeks, weeks, _week_name)}
    parts["assumptions"] = _assumptions(tables, base, lines, findings)
    plan = _with_benchmarks(replace(base, **parts), base)
    if not any(finding.severity in ("stop", "ask") for finding in findings):
        try:
            plan = checked(plan)
        except InvalidValue:
            findings.append(Finding("PLANBOOK_REFUSED", "stop"))
    stopped = any(finding.severity in ("stop", "ask") for finding in findings)
    return Typed(None if stopped else plan, tuple(findings))


def _simple(
    key: str, tables: Mapping[str, Table], base: StoredPlan, parts: dict[str, Any], findings: list[Finding]
) -> Sequence[Any]:
    before: Sequence[Any] = getattr(base, key)
    if key not in tables:
        return before
    found = items_of(key, tables[key], base, before)
    findings += found.findings
    parts[key] = tuple(found.items)
    return found.items


def _as_it_was(base: StoredPlan) -> Items:
    return Items(list(base.lines), [Row({}, {}, {}, {}) for _ in base.lines])


def _as_before(before: Sequence[Any], now: Sequence[Any], name: Any) -> tuple[Any, ...]:
    """The items in the order that they had, new ones after them: their order means nothing."""
    place = {name(item): n for n, item in enumerate(before)}
    return tuple(sorted(now, key=lambda item: place.get(name(item), len(place))))


def _week_name(week: PlanWeek) -> tuple[str, date]:
    return week.line_key, week.week_start


@dataclass(frozen=True)
class _Grid:
    """The sheet of weeks by line: rows and the Mondays that it has columns for."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    columns: frozenset[date] = frozenset()


def _placed(
    found: Items, table: Table | None, base: StoredPlan, answer: str, findings: list[Finding]
) -> tuple[list[PlanLine], list[PlanWeek]]:
    """Lines and weeks that agree with each other, or as they were."""
    keys = [line.line_key for line in found.items]
    grid = _grid(table, keys, base, findings) if table else None
    lines, weeks = [], []
    for line, row in zip(found.items, found.rows, strict=True):
        line, own = _line_and_weeks(line, row, grid, base, answer, findings)
        lines.append(line)
        weeks += own
    return lines, weeks


def _grid(table: Table, keys: Sequence[str], base: StoredPlan, findings: list[Finding]) -> _Grid:
    gone = {line.line_key for line in base.lines} - set(keys)
    rows: dict[str, Row] = {}
    for row in table.rows:
        name, place = row.values.get("line_key"), row.places["line_key"]
        if isinstance(name, Fault):
            continue
        key = matched(str(name or ""), [*keys, *gone])
        if key in rows:
            facts: dict[str, Fact] = {"found": key, "first": str(rows[key].places["line_key"])}
            findings.append(Finding("PLANBOOK_TWICE", "stop", str(place), facts))
        elif key in keys:
            rows[key] = row
        elif key not in gone:
            findings.append(cell_finding(place, Fault(key, "line")))
    usual = {week.week_start for week in base.weeks}
    odd = next((day for day in sorted(table.weeks) if day.weekday() and day not in usual), None)
    if odd is not None:
        findings.append(Finding("PLANBOOK_NOT_MONDAY", "stop", table.name, {"found": odd.isoformat()}))
    return _Grid(rows, table.weeks)


def _line_and_weeks(
    line: PlanLine, row: Row, grid: _Grid | None, base: StoredPlan, answer: str, findings: list[Finding]
) -> tuple[PlanLine, list[PlanWeek]]:
    before = {one.line_key: one for one in base.lines}.get(line.line_key)
    own = [week for week in base.weeks if week.line_key == line.line_key]
    mine = grid.rows.get(line.line_key) if grid else None
    weeks = _typed_weeks(line, mine, grid, own) if mine is not None else own
    if any(isinstance(amount, Fault) for amount in mine.weeks.values()) if mine is not None else False:
        return line, own
    total = sum(week.budget_micros for week in weeks)
    if _is_unsaid(row):
        line = replace(line, budget_micros=total if mine is not None else before.budget_micros if before else 0)
    if line.budget_micros > MOST_MICROS:
        findings.append(Finding("PLANBOOK_REFUSED", "stop"))
    as_it_was = before is not None and _shape(before) == _shape(line) and set(weeks) == set(own)
    if as_it_was:
        return line, weeks
    if mine is None and (before is None or grid is not None):
        if line.budget_micros and line.flight:
            findings.append(_about("PLANBOOK_PHASED", "info", line, row))
        return line, list(phased(line))
    return _settled(line, row, weeks, answer, findings)


def _is_unsaid(row: Row) -> bool:
    """Whether the budget's cell is empty, or a formula that nobody has calculated."""
    return "budget_micros" in row.values and row.values["budget_micros"] is None


def _shape(line: PlanLine) -> tuple[object, ...]:
    return line.start_date, line.end_date, line.budget_micros


def _typed_weeks(line: PlanLine, row: Row, grid: _Grid | None, own: Sequence[PlanWeek]) -> list[PlanWeek]:
    """The row's amounts, and the line's weeks that the sheet has no column for."""
    kept = [week for week in own if grid is not None and week.week_start not in grid.columns]
    typed = [PlanWeek(line.line_key, day, x) for day, x in sorted(row.weeks.items()) if isinstance(x, int)]
    return [*typed, *kept]


def _settled(
    line: PlanLine, row: Row, weeks: list[PlanWeek], answer: str, findings: list[Finding]
) -> tuple[PlanLine, list[PlanWeek]]:
    """A changed line whose weeks add up to its budget within its dates; where they do not, the answer decides."""
    inside = weeks_of(line.flight) if line.flight else ()
    outside = [week for week in weeks if week.week_start not in inside and week.budget_micros]
    total = sum(week.budget_micros for week in weeks)
    if not outside and total == line.budget_micros:
        return line, _filled(line, weeks, inside)
    if answer == BY_LINES:
        return line, list(phased(line, shape_of(line, tuple(weeks))))
    if answer == BY_WEEKS and not outside:
        return replace(line, budget_micros=total), _filled(line, weeks, inside)
    if outside:
        facts: dict[str, Fact] = {
            "line": line.line_key, "found": outside[0].week_start.isoformat(),
            "amount_micros": sum(week.budget_micros for week in outside),
        }  # fmt: skip
        stop = answer == BY_WEEKS
        findings.append(Finding("PLANBOOK_WEEK_OUTSIDE", "stop" if stop else "ask", _where(row), facts))
    else:
        facts = {"line": line.line_key, "budget_micros": line.budget_micros, "weeks_micros": total}
        findings.append(Finding("PLANBOOK_BUDGET_DIFFERS", "ask", _where(row), facts))
    return line, weeks


def _filled(line: PlanLine, weeks: Sequence[PlanWeek], inside: Sequence[date]) -> list[PlanWeek]:
    """One amount for each week of the flight: nothing where nothing was typed."""
    amounts = {week.week_start: week.budget_micros for week in weeks}
    return [PlanWeek(line.line_key, day, amounts.get(day, 0)) for day in inside]


def _about(code: str, severity: Any, line: PlanLine, row: Row) -> Finding:
    return Finding(code, severity, _where(row), {"line": line.line_key})


def _where(row: Row) -> str:
    place: Place | None = row.places.get("budget_micros") or next(iter(row.places.values()), None)
    return str(place) if place else ""


def _assumptions(
    tables: Mapping[str, Table], base: StoredPlan, lines: Sequence[PlanLine], findings: list[Finding]
) -> tuple[Any, ...]:
    """Figures of lines and of the business, in the order that they had; those of lines that are gone go with them."""
    had, have = {line.line_key for line in base.lines}, {line.line_key for line in lines}
    of_lines = [one for one in base.assumptions if one.scope in had]
    others = [one for one in base.assumptions if one.scope not in had]
    if "business" in tables:
        found = items_of("business", tables["business"], base, others)
        findings += found.findings
        others = found.items
    if "figures" in tables:
        found = items_of("figures", tables["figures"], base, of_lines, had | have)
        findings += found.findings
        of_lines = found.items
    kept = [one for one in of_lines if one.scope in have]
    return _as_before(base.assumptions, [*others, *kept], lambda one: identity("figures", one))


def _with_benchmarks(plan: StoredPlan, base: StoredPlan) -> StoredPlan:
    """New lines take published figures where the workbook gives none."""
    had, known = {line.line_key for line in base.lines}, {(one.scope, one.key) for one in plan.assumptions}
    for line in plan.lines:
        if line.line_key not in had:
            for key in FUNNEL_KEYS:
                if (line.line_key, key) not in known:
                    plan = with_figure(plan, line.line_key, key, None)
    return plan
