"""A table of metrics by day or segment, as long rows: one for each metric of each line."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, constant, integers, together
from budget.exports.currencies import CODES
from budget.exports.grain import Spans, read_spans
from budget.exports.headers import plain
from budget.exports.metrics import Metrics, read_metrics
from budget.exports.privacy import scrub
from budget.exports.reading import DeclaredTotal, Question, found
from budget.exports.roles import DATES, SEGMENTS
from budget.exports.side.collect import Collect
from budget.exports.side.sections import Section
from budget.exports.tables import Table
from budget.exports.totals import find_totals, is_null
from budget.metric_names import METRICS
from budget.money import MICROS

LIFETIME = "lifetime"
# A column that is one of our metrics in another unit: role -> metric, how many of our units make one of its.
_SCALED = {"watch_hours": ("watch_time", 3600)}
# The share of sessions that the base is multiplied by: engaged, or 1 - bounced.
_RATIOS = ("engagement_rate", "bounce_rate")
_WHOLE = frozenset(name for name, one in METRICS.items() if one.unit == "count" and one.kind != "share")
_VALUES = frozenset((*METRICS, *_SCALED, *_RATIOS))


def read_series(section: Section, collect: Collect) -> None:
    """Every metric of the section's table; a title names the metric where the header only says "value"."""
    table, report = section.table, section.table.match.report
    if report is None:
        return
    titled = report.title_metric.get(plain(section.title))
    uses = {use.role: use for use in table.match.uses if use.role in _VALUES or (use.role == "value" and titled)}
    whole = _WHOLE | ({"value"} if titled and titled[0] in _WHOLE else set())
    metrics = read_metrics(table, report.decimal, collect.task.answers.decimal, [*uses], whole)
    collect.take_metrics(metrics)
    stands_for = table.stated or collect.period
    timeless = report.timeless and stands_for is None and not any(table.match.column(role) for role in DATES)
    spans = _no_days(table) if timeless else read_spans(table, stands_for, collect.asked(table), report.aggregated)
    collect.take_spans(spans)
    collect.take_columns(table, {**spans.orders, **metrics.conventions})
    totals = find_totals(table, report, (*SEGMENTS, *DATES), [*uses])
    summary = {total.place for total in totals}
    surface = (titled[1] if titled else None) or report.surface
    fixed = {"platform": report.platform, "surface": surface, "source_sheet": table.grid.sheet or None}
    columns: dict[str, Sequence[Any]] = {"segment": _segments(table, collect), "account_name": _accounts(table)}
    detail = np.array([place for place in range(len(table.rows)) if place not in summary], np.int64)
    for role in uses:
        name, values = _values(table, role, titled[0] if titled else role, metrics)
        if name in _RATIOS:
            name, values = _won_back(role, metrics, collect)
        if not name:
            continue
        own = {**fixed, "metric": name, "unit": METRICS[name].unit, "currency": None}
        if METRICS[name].unit == "micros":
            own["currency"] = _currency(table, role, metrics, collect)
        for place in detail.tolist():
            span, value = spans.spans[place], values[place]
            if value is None or (span is None and not timeless):
                continue
            grain = spans.grains[place]
            row = {key: column[place] for key, column in columns.items()}
            dates = {
                "date_day": span.start if span and grain == "day" else None,
                "period_start": span.start if span else None, "period_end": span.end if span else None, "grain": grain,
            }  # fmt: skip
            collect.add("metrics", {**own, **row, **dates, "value": value, "source_row": table.lines[place]})
    for total in totals:
        said = {role: metrics.numbers[role].values[total.place] for role in uses if role in METRICS}
        declared = {role: value for role, value in said.items() if value is not None}
        collect.totals.append(DeclaredTotal(total.label, total.scope, declared, table.lines[total.place]))
        _reconcile(declared, metrics, detail, collect)


def _no_days(table: Table) -> Spans:
    """A state of which the file does not say the day."""
    return Spans(constant(None, len(table.rows)), constant(LIFETIME, len(table.rows)))


def _values(table: Table, role: str, titled: str, metrics: Metrics) -> tuple[str, list[float | None]]:
    """The metric of a column and its values in the metric's own unit."""
    name, times = _SCALED.get(role, (titled if role == "value" else role, 1))
    numbers = metrics.numbers[role].values
    if role in _RATIOS or METRICS[name].unit == "micros":
        return name, list(numbers)
    if name in _WHOLE:
        return name, list(numbers)
    use = table.match.column(role)
    percent = use is not None and table.cells(use).where(_is_percent).any()
    by = MICROS * (100 if METRICS[name].unit == "share" and percent else 1)
    return name, [None if value is None else value * times / by for value in numbers]


def _is_percent(cell: Cell) -> bool:
    return isinstance(cell, str) and "%" in cell


def _won_back(role: str, metrics: Metrics, collect: Collect) -> tuple[str, list[float | None]]:
    """Engaged sessions from their share of the sessions in the same row, where the file has no such column."""
    if "sessions" not in metrics.numbers or "engaged_sessions" in metrics.numbers:
        return "", []
    if role == "bounce_rate" and "engagement_rate" in metrics.numbers:
        return "", []
    rates, sessions = metrics.numbers[role].values, metrics.numbers["sessions"].values
    whole = 100 * MICROS if any((rate or 0) > MICROS for rate in rates) else MICROS
    collect.find("COUNT_FROM_RATIO", facts={"metric": "engaged_sessions"})
    out: list[float | None] = []
    for rate, base in zip(rates, sessions, strict=True):
        if rate is None or base is None:
            out.append(None)
            continue
        share = rate / whole
        out.append(round(base * (share if role == "engagement_rate" else 1 - share)))
    return "engaged_sessions", out


def _segments(table: Table, collect: Collect) -> Column[str | None]:
    """`channel=Organic Social|device=mobile` row by row; None for a row about everything."""
    report = table.match.report
    known = report.words if report else {}

    def worded(role: str, cell: Cell) -> str:
        if is_null(cell):
            return ""
        text = scrub(text_of(cell))
        if text != text_of(cell):
            collect.find("PERSONAL_DATA_REMOVED")
        return known.get(role, {}).get(plain(cell), text)[:300]

    cells = [
        (role, each(table.cells(use), lambda cell, role=role: worded(role, cell)))  # type: ignore[misc]  # bound now
        for role in SEGMENTS
        if (use := table.match.column(role))
    ]
    if not cells:
        return constant(None, len(table.rows))
    roles = [role for role, _ in cells]
    return together([column for _, column in cells]).each(
        lambda row: "|".join(f"{role}={text}" for role, text in zip(roles, row, strict=True) if text) or None
    )


def _accounts(table: Table) -> Column[str | None]:
    use = table.match.column("account_name")
    return each(table.cells(use), lambda cell: text_of(cell) or None) if use else constant(None, len(table.rows))


def _currency(table: Table, role: str, metrics: Metrics, collect: Collect) -> str | None:
    """The one currency of a money column: its header, a column, the cells' signs, the person; asked where none."""
    use, column = table.match.column(role), table.match.column("currency")
    said = {text_of(cell).upper() for cell in table.cells(column).used()} & CODES if column else set()
    codes = {use.currency} if use and use.currency else said or set(metrics.currencies)
    if len(codes) != 1:
        collect.ask(Question("currency"))
        codes = {collect.task.answers.currency} if collect.task.answers.currency else set()
    code = next(iter(codes), None)
    collect.currencies |= {code} if code else set()
    return code


def _reconcile(declared: dict[str, int], metrics: Metrics, detail: Any, collect: Collect) -> None:
    """What adds up is held against the declared total, exactly."""
    for role, total in declared.items():
        if METRICS[role].kind != "flow":
            continue
        summed = integers(metrics.numbers[role].values).take(detail).total()
        if summed != total:
            facts = {
                "metric": role, "sum": str(summed), "declared": str(total), "difference": str(abs(summed - total)),
                "reason": "unknown",
            }  # fmt: skip
            collect.findings.append(found("TOTAL_DIFFERS", role, facts))
