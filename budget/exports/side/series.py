"""A table of metrics by day or segment, as long rows: one for each metric of each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, Places, constant, integers, together
from budget.exports.currencies import CODES
from budget.exports.grain import Spans, read_spans
from budget.exports.headers import plain
from budget.exports.metrics import Metrics, read_metrics
from budget.exports.privacy import scrub
from budget.exports.reading import DeclaredTotal, Question, found
from budget.exports.roles import DATES, SEGMENTS
from budget.exports.side.collect import Collect, Values
from budget.exports.side.sections import Section
from budget.exports.tables import Table, Use
from budget.exports.totals import TotalRow, find_totals, is_null
from budget.metric_names import METRICS
from budget.money import MICROS

LIFETIME = "lifetime"
# A column that is one of our metrics in another unit: role -> metric, how many of our units make one of its.
_SCALED = {"watch_hours": ("watch_time", 3600)}
# The share of sessions that the base is multiplied by: engaged, or 1 - bounced.
_RATIOS = ("engagement_rate", "bounce_rate")
_WHOLE = frozenset(name for name, one in METRICS.items() if one.unit == "count" and one.kind != "share")
# Key events are shared out between channels: a part of one is a number too.
_PARTS = frozenset({"key_events"})
_WHOLE -= _PARTS
# Counted apart for each row by the platform: their sum is not its total.
_APPROXIMATE = frozenset({"sessions", "engaged_sessions", "new_users", "returning_users"})
NO_USES: Mapping[str, Use] = MappingProxyType({})
_VALUES = frozenset((*METRICS, *_SCALED, *_RATIOS))


@dataclass(frozen=True)
class Lines:
    """What the lines of a table are about: their days, segments and accounts; which of them are summaries."""

    spans: Spans
    segments: Column[str | None]
    accounts: Column[str | None]
    totals: Sequence[TotalRow]


def read_series(section: Section, collect: Collect) -> None:
    """Every metric of the section's table; a title names the metric where the header only says "value"."""
    table, report = section.table, section.table.match.report
    if report is None:
        return
    titled = report.title_metric.get(plain(section.title))
    roles = measured(table, with_value=bool(titled))
    stands_for = table.stated or collect.period
    timeless = report.timeless and stands_for is None and not any(table.match.column(role) for role in DATES)
    spans = _no_days(table) if timeless else read_spans(table, stands_for, collect.asked(table), report.aggregated)
    totals = find_totals(table, report, (*SEGMENTS, *DATES), roles)
    lines = Lines(spans, segments_of(table, collect), _accounts(table), totals)
    add_series(table, collect, lines, titled=titled[0] if titled else "", surface=titled[1] if titled else None)


def _no_days(table: Table) -> Spans:
    """A state of which the file does not say the day."""
    return Spans(constant(None, len(table.rows)), constant(LIFETIME, len(table.rows)))


def measured(table: Table, *, with_value: bool = False) -> list[str]:
    """The roles of a table's columns that hold metrics."""
    return [use.role for use in table.match.uses if use.role in _VALUES or (use.role == "value" and with_value)]


def add_series(table: Table, collect: Collect, lines: Lines, *, titled: str = "", surface: str | None = None) -> None:
    """Take every metric of every line, and hold what adds up against the summary lines."""
    report, roles = table.match.report, measured(table, with_value=bool(titled))
    whole = _WHOLE | ({"value"} if titled in _WHOLE else set())
    decimal = report.decimal if report else None
    metrics = read_metrics(table, decimal, collect.task.answers.decimal, roles, whole)
    collect.take_metrics(metrics)
    collect.take_spans(lines.spans)
    collect.take_columns(table, {**lines.spans.orders, **metrics.conventions})
    summary = {total.place for total in lines.totals}
    detail = np.array([place for place in range(len(table.rows)) if place not in summary], np.int64)
    fixed = {
        "platform": table.match.platform, "surface": surface or (report.surface if report else None),
        "source_sheet": table.grid.sheet or None,
    }  # fmt: skip
    for role in roles:
        name, values = _values(table, role, titled or role, metrics)
        if name in _RATIOS:
            name, values = _won_back(table, role, metrics, collect)
        if name:
            own = {**fixed, "metric": name, "unit": METRICS[name].unit, "currency": None}
            if METRICS[name].unit == "micros":
                if not any(values):
                    continue  # a shop that sells nothing here has no currency to ask for
                own["currency"] = _currency(table, role, metrics, collect)
            _add(table, collect, lines, detail, own, values)
    _take_totals(table, collect, lines, detail, metrics)


def _add(
    table: Table, collect: Collect, lines: Lines, detail: Places, own: Values, values: Sequence[float | None]
) -> None:
    """One metric of every line that has a value, and a day where it is no state without one."""
    for place in detail.tolist():
        span, value = lines.spans.spans[place], values[place]
        grain = lines.spans.grains[place]
        if value is None or (span is None and grain != LIFETIME):
            continue
        row = {
            "segment": lines.segments[place], "account_name": lines.accounts[place],
            "date_day": span.start if span and grain == "day" else None,
            "period_start": span.start if span else None, "period_end": span.end if span else None, "grain": grain,
            "value": value, "source_row": table.lines[place],
        }  # fmt: skip
        collect.add("metrics", {**own, **row})


def _take_totals(table: Table, collect: Collect, lines: Lines, detail: Places, metrics: Metrics) -> None:
    for total in lines.totals:
        said = {role: one.values[total.place] for role, one in metrics.numbers.items() if role in METRICS}
        known = {role: value for role, value in said.items() if value is not None}
        declared = {role: value // MICROS if role in _PARTS else value for role, value in known.items()}
        collect.totals.append(DeclaredTotal(total.label, total.scope, declared, table.lines[total.place]))
        _reconcile(known, metrics, detail, collect)


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


def _won_back(table: Table, role: str, metrics: Metrics, collect: Collect) -> tuple[str, list[float | None]]:
    """Engaged sessions from their share of the sessions in the same row, where the file has no such column.

    Only where the digits shown decide the whole number; None where several would show the same.
    """
    if "sessions" not in metrics.numbers or "engaged_sessions" in metrics.numbers:
        return "", []
    if role == "bounce_rate" and "engagement_rate" in metrics.numbers:
        return "", []
    rates, sessions = metrics.numbers[role], metrics.numbers["sessions"].values
    use = table.match.column(role)
    signed = use is not None and table.cells(use).where(_is_percent).any()
    percent = signed or any((rate or 0) > MICROS for rate in rates.values)
    # A fraction is written in full, a percentage as many digits as somebody chose to show.
    digits = (min(rates.decimals, 6) if rates.from_text else 6) + 2 if percent else 6
    out: list[float | None] = []
    for rate, base in zip(rates.values, sessions, strict=True):
        if rate is None or base is None or base >= 10**digits:
            out.append(None)
            continue
        share = rate / (100 * MICROS if percent else MICROS)
        out.append(round(base * (share if role == "engagement_rate" else 1 - share)))
    if any(value is not None for value in out):
        collect.find("COUNT_FROM_RATIO", facts={"metric": "engaged_sessions"})
    return "engaged_sessions", out


def segments_of(
    table: Table, collect: Collect, more: Mapping[str, Use] = NO_USES, blank: str = ""
) -> Column[str | None]:
    """`channel=Organic Social|device=mobile` row by row; None for a row about everything.

    `more`: columns that split the rows beside those of known roles; `blank` stands for an empty cell of any.
    """
    report = table.match.report
    known = report.words if report else {}

    def worded(role: str, cell: Cell) -> str:
        if is_null(cell):
            return blank
        text = scrub(text_of(cell))
        if text != text_of(cell):
            collect.find("PERSONAL_DATA_REMOVED")
        return known.get(role, {}).get(plain(cell), text)[:300]

    uses = {role: use for role in SEGMENTS if (use := table.match.column(role))} | dict(more)
    if not uses:
        return constant(None, len(table.rows))
    cells = [
        each(table.cells(use), lambda cell, role=role: worded(role, cell))  # type: ignore[misc]  # bound now
        for role, use in uses.items()
    ]
    return together(cells).each(
        lambda row: "|".join(f"{role}={text}" for role, text in zip(uses, row, strict=True) if text) or None
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


def _reconcile(declared: Mapping[str, int], metrics: Metrics, detail: Places, collect: Collect) -> None:
    """What adds up is held against the declared total: counts exactly, money within the rounding of its rows."""
    for role, total in declared.items():
        if METRICS[role].kind != "flow" or role in _APPROXIMATE:
            continue
        summed = integers(metrics.numbers[role].values).take(detail).total()
        exact = METRICS[role].unit == "count" and role not in _PARTS
        if abs(summed - total) > (0 if exact else len(detail) + 1):
            shown = {"sum": summed, "declared": total, "difference": abs(summed - total)}
            facts = {key: str(value) if exact else f"{value / MICROS:.2f}" for key, value in shown.items()}
            collect.findings.append(found("TOTAL_DIFFERS", role, {"metric": role, **facts, "reason": "unknown"}))
