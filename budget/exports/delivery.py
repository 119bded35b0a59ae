"""One recognised table as delivery facts: canonical columns, totals held against them, findings, questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from budget.exports.answers import Answers
from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, Integers, Places, constant, integers, places_of, together
from budget.exports.currencies import CODES
from budget.exports.dates import read_span
from budget.exports.formats import Report
from budget.exports.grain import Asked, Spans, read_spans
from budget.exports.levels import Levels, count_duplicates, find_levels, read_breakdowns, read_names
from budget.exports.metrics import Metrics, read_metrics
from budget.exports.numbers import Numbers
from budget.exports.platforms import read_platforms
from budget.exports.reading import Bound, ColumnUse, DeclaredTotal, Question, found
from budget.exports.results import conversions_of, result_type
from budget.exports.roles import DATES, ENTITIES, MONEY
from budget.exports.tables import Table
from budget.exports.totals import TotalRow, find_totals, is_null, matching, reconcile, sum_row
from budget.exports.uses import describe_columns
from budget.findings import Fact, Finding
from budget.weeks import Period

Columns = dict[str, Column[Any] | Integers]
# Where a person is told which box of the platform makes an export daily; elsewhere the advice is general.
_ADVISED = frozenset({"meta", "google", "tiktok", "linkedin", "microsoft"})


@dataclass
class Delivery:
    """What one table says; `columns` are those of the frame, `questions` all that were put, answered or not."""

    columns: Columns
    rows: int
    period: Period | None
    grain: str
    currency: str | None
    breakdowns: tuple[str, ...]
    detail_rows: int
    totals: list[DeclaredTotal] = field(default_factory=list)
    bounds: tuple[Bound, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    uses: list[ColumnUse] = field(default_factory=list)


@dataclass
class _Parts:
    """Everything read of the detail rows, place by place."""

    table: Table
    numbers: dict[str, Numbers]
    spans: Spans
    names: dict[str, Column[str | None]]
    breakdowns: Column[str]
    keys: tuple[str, ...]
    levels: Levels


def read_delivery(table: Table, answers: Answers, today: date) -> Delivery:
    """The table's facts under the answers; without them as far as the file itself goes."""
    match = table.match
    mapping = answers.mapping if match.report is None else None
    usual = mapping.decimal or None if mapping else match.report.decimal if match.report else None
    metrics = read_metrics(table, usual, answers.decimal)
    totals = find_totals(table, match.report)
    last = None if totals or match.report else sum_row(metrics.numbers, len(table.rows))
    totals += [TotalRow(last, text_of(table.rows[last][0]), "file")] if last is not None else []
    summary = {total.place for total in totals}
    detail = np.delete(np.arange(len(table.rows)), sorted(summary))
    order = mapping.day_order or None if mapping else match.report.order_for(match.language) if match.report else None
    asked = Asked(order, answers.day_order, answers.year, answers.period, today)
    parts = _parts(table, detail, metrics, totals, asked)
    kept = np.flatnonzero(~parts.spans.spans.nulls() | parts.spans.undated)
    dropped = {*parts.levels.subtotals}
    out = Delivery({}, 0, parts.spans.period, parts.spans.grain, None, parts.keys, len(detail), bounds=metrics.bounds)
    out.findings = [*metrics.findings, *parts.spans.findings]
    out.questions = [*([metrics.question] if metrics.question else []), *parts.spans.questions]
    if _drop_parents(parts, totals, metrics, kept, dropped):
        dropped |= set(parts.levels.parents)
        out.findings.append(found("MIXED_LEVELS", table.grid.sheet, {"level": parts.levels.level}))
    kept = kept[~np.isin(kept, sorted(dropped))] if dropped else kept
    currencies = _currencies(parts.table, metrics, answers, out)
    _fill(out, parts, kept, currencies)
    _declare(out, table, metrics, totals, detail, parts, kept)
    _notice(out, parts, kept)
    orders = {role: order for role, order in parts.spans.orders.items() if role in DATES}
    out.uses, said = describe_columns(table, {**orders, **{k: v for k, v in metrics.conventions.items() if v}})
    out.findings += said
    return out


def _parts(table: Table, detail: Places, metrics: Metrics, totals: Sequence[TotalRow], asked: Asked) -> _Parts:
    """The detail rows alone, read column by column."""
    rows = table.take(detail)
    numbers = {
        role: replace(column, values=integers(column.values).take(detail)) for role, column in metrics.numbers.items()
    }
    stated = table.stated or _stated_by_total(table, totals)
    report = table.match.report
    spans = read_spans(rows, stated, asked, bool(report and report.aggregated))
    names = read_names(rows)
    spans.findings += names.findings
    if report:
        _null_repeated(rows, report, numbers)
    breakdowns, keys = read_breakdowns(rows)
    levels = find_levels(rows, names.columns, spans.spans, breakdowns, numbers)
    return _Parts(rows, numbers, spans, names.columns, breakdowns, keys, levels)


def _null_repeated(table: Table, report: Report, numbers: dict[str, Numbers]) -> None:
    """Blank what the rows of a breakdown only repeat, such as an ad's spend once for each conversion's name."""
    for breakdown, roles in report.repeated.items():
        if (use := table.match.column(breakdown)) is None:
            continue
        cells = table.cells(use)
        for role in roles & numbers.keys():
            column = numbers[role]
            values = integers(column.values)
            numbers[role] = replace(column, values=Integers(values.data, values.valid & cells.where(is_null)))


def _stated_by_total(table: Table, totals: Sequence[TotalRow]) -> Period | None:
    """The range that the account's own summary row says it covers (Meta)."""
    start, end = table.match.column("start"), table.match.column("end")
    whole = next((total for total in totals if total.scope == "account"), None)
    if whole is None or start is None or end is None:
        return None
    row = table.rows[whole.place]
    return read_span(f"{text_of(row[start.index])} - {text_of(row[end.index])}", table.match.language)


def _drop_parents(parts: _Parts, totals: Sequence[TotalRow], metrics: Metrics, kept: Places, dropped: set[int]) -> bool:
    """Whether rows above the file's level stand beside their children and are not needed for the declared total."""
    parents = set(parts.levels.parents) & set(kept.tolist()) if parts.levels.parents else set()
    whole = next((total for total in totals if not total.keys), None)
    role = next((role for role in ("spend_micros", "impressions") if role in parts.numbers), None)
    if not parents or whole is None or role is None:
        return bool(parents)
    declared = metrics.numbers[role].values[whole.place]
    spend = parts.numbers[role].values
    return declared is None or declared != sum(spend[place] or 0 for place in kept.tolist() if place not in dropped)


def _currencies(table: Table, metrics: Metrics, answers: Answers, out: Delivery) -> Column[str | None]:
    """The currency of every row: column, header, signs in the cells, the person; asks where money has none."""
    match = table.match
    column = match.column("currency")
    by_row = each(table.cells(column), _code) if column else constant(None, len(table.rows))
    in_header = next((use.currency for use in match.uses if use.role in MONEY and use.currency), None)
    in_cells = next(iter(metrics.currencies)) if len(metrics.currencies) == 1 else None
    mapped = answers.mapping.currency if answers.mapping and match.report is None else ""
    codes = {code for code in by_row.used() if code}
    fallback = (codes.copy().pop() if len(codes) == 1 else None) or in_header or in_cells or mapped or None
    if fallback is None and by_row.nulls().any() and _has_money(metrics):
        out.questions.append(Question("currency"))
        fallback = answers.currency
    if len(codes) > 1:
        out.findings.append(found("MIXED_CURRENCY", table.grid.sheet, {"codes": ", ".join(sorted(codes))}))
    out.currency = None if len(codes) > 1 else fallback
    return by_row.each(lambda code: code or fallback)


def _code(cell: Cell) -> str | None:
    return code if (code := text_of(cell).upper()) in CODES else None


def _has_money(metrics: Metrics) -> bool:
    return any(integers(metrics.numbers[role].values).valid.any() for role in MONEY if role in metrics.numbers)


def _result_type(cell: Cell) -> str | None:
    return result_type(text_of(cell))


def _fill(out: Delivery, parts: _Parts, kept: Places, currencies: Column[str | None]) -> None:
    """The frame's columns for the rows that count."""
    table, spans, platforms = parts.table, parts.spans, read_platforms(parts.table)
    types_use = table.match.column("result_type")
    usual = table.match.report.result_type if table.match.report and "results" in parts.numbers else None
    types = each(table.cells(types_use), _result_type) if types_use else constant(usual, len(table.rows))
    setting_use = table.match.column("attribution_setting")
    settings = each(table.cells(setting_use), text_of) if setting_use else constant("", len(table.rows))
    values = {role: integers(column.values) for role, column in parts.numbers.items()}
    conversions = conversions_of(values.get("conversions_micros"), values.get("results"), types)
    if conversions is not None:
        values["conversions_micros"] = conversions
    ranges, grains = spans.spans.take(kept), spans.grains.take(kept)
    lines = places_of(table.lines)[kept]
    out.rows = len(kept)
    columns: Columns = {
        "date_day": together([ranges, grains]).each(lambda one: one[0].start if one[0] and one[1] == "day" else None),
        "period_start": ranges.each(lambda span: span.start if span else None),
        "period_end": ranges.each(lambda span: span.end if span else None),
        "grain": grains,
        "platform": platforms.take(kept),
        "entity_level": constant(parts.levels.level, len(kept)),
        "breakdown": parts.breakdowns.take(kept),
        "currency": currencies.take(kept),
        "result_type": types.take(kept),
        "attribution_setting": settings.take(kept).each(lambda text: text or None),
        "source_sheet": constant(table.grid.sheet or None, len(kept)),
        "source_row": Integers(lines, np.ones(len(lines), bool)),
    }
    columns |= {role: parts.names[role].take(kept) for role in ENTITIES}
    columns |= {role: column.take(kept) for role, column in values.items()}
    out.columns = columns


def _declare(
    out: Delivery,
    table: Table,
    metrics: Metrics,
    totals: Sequence[TotalRow],
    detail: Places,
    parts: _Parts,
    kept: Places,
) -> None:
    """Keep every summary row, and hold the first of each scope against the rows it sums."""
    taken, compared = detail[kept], set[str]()
    reason = "dates" if len(kept) < len(detail) - len(parts.levels.subtotals) - len(parts.levels.parents) else "unknown"
    if any(column.unreadable or column.dates for column in metrics.numbers.values()):
        reason = "unreadable"
    elif metrics.bounds:
        reason = "bounds"
    for total in totals:
        values = {
            role: value for role, one in metrics.numbers.items() if (value := one.values[total.place]) is not None
        }
        scope = "; ".join(total.keys.values()) or total.scope
        out.totals.append(DeclaredTotal(total.label, scope, values, table.lines[total.place]))
        group = scope if total.keys else ""
        if group in compared:
            continue
        compared.add(group)
        shown = {role: _decimals(table, role, total.place) for role in values}
        rows = matching(table, total, taken)
        out.findings += reconcile(values, shown, metrics.numbers, rows, out.currency, reason)
    for place in parts.levels.subtotals:
        values = _row_values(parts.numbers, place)
        name = next((parts.names[role][place] for role in reversed(ENTITIES) if parts.names[role][place]), "")
        out.totals.append(DeclaredTotal("", name or "entity", values, parts.table.lines[place]))


def _row_values(numbers: Mapping[str, Numbers], place: int) -> dict[str, int]:
    return {role: value for role, one in numbers.items() if (value := one.values[place]) is not None}


def _decimals(table: Table, role: str, place: int) -> int:
    """Digits after the mark that the summary cell shows."""
    use = table.match.column(role)
    text = text_of(table.rows[place][use.index]).rstrip("0123456789") if use else ""
    whole = text_of(table.rows[place][use.index]) if use else ""
    return len(whole) - len(text) if text[-1:] in (".", ",") and len(whole) - len(text) < 9 else 0


def _notice(out: Delivery, parts: _Parts, kept: Places) -> None:
    """What is worth knowing about the rows that count."""
    sheet, columns, match = parts.table.grid.sheet, out.columns, parts.table.match
    numbers = {role: column for role, column in columns.items() if isinstance(column, Integers)}
    negative = sum(int((numbers[role].valid & (numbers[role].data < 0)).sum()) for role in parts.numbers)
    if negative:
        out.findings.append(found("NEGATIVE_AMOUNT", sheet, {"count": negative}))
    texts = {role: column for role, column in columns.items() if isinstance(column, Column)}
    keys = [parts.spans.spans.take(kept), *(texts[role] for role in ("platform", "breakdown", *ENTITIES))]
    if same := count_duplicates(keys):
        out.findings.append(found("DUPLICATE_ROWS", sheet, {"count": same}))
    if len(kept) > 1 and "reach" in numbers and numbers["reach"].valid.any():
        out.findings.append(found("REACH_NOT_ADDITIVE", sheet))
    counted = np.flatnonzero(numbers["results"].valid) if "results" in numbers else np.arange(0)
    types = {str(kind) for kind in texts["result_type"].take(counted).used() if kind}
    if len(types) > 1:
        out.findings.append(found("RESULTS_MIXED", sheet, {"types": ", ".join(sorted(types)[:10])}))
    if out.period and out.grain in ("month", "period", "lifetime", "mixed") and len(kept):
        last = date.fromordinal(out.period.end.toordinal() - 1)
        facts: dict[str, Fact] = {"from": str(out.period.start), "to": str(last), "how": _how(match.platform)}
        out.findings.append(found("NOT_DAILY", sheet, facts))
    report = match.report
    if report and not report.verified and len(kept):
        out.findings.append(found("FORMAT_UNVERIFIED", sheet))
    if report and report.row_limit and len(parts.table.rows) >= report.row_limit:
        out.findings.append(found("ROWS_CUT_OFF", sheet, {"rows": report.row_limit}))
    if parts.table.ragged and parts.table.grid.delimiter:
        out.findings.append(found("ROW_RAGGED", sheet, {"count": parts.table.ragged}))
    if parts.table.repeats:
        out.findings.append(found("REPEATED_HEADER", sheet, {"count": parts.table.repeats + 1}))


def _how(platform: str | None) -> str:
    return platform if platform and platform in _ADVISED else "other"


def has_detail(table: Table) -> bool:
    """Whether any row under the header holds more than blanks."""
    return any(not is_null(cell) for row in table.rows for cell in row)
