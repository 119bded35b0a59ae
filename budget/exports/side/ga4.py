"""Web analytics: stacked tables with their own dates, days counted from a start, any dimension, a total at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from budget.exports.cells import Cell, is_blank, text_of
from budget.exports.columns import Column, Item, Places, constant
from budget.exports.grain import Spans, read_spans
from budget.exports.headers import header, plain
from budget.exports.metrics import read_metrics
from budget.exports.numbers import read_token
from budget.exports.preamble import line_of
from budget.exports.privacy import MASK, is_person_column
from budget.exports.reading import Question, found
from budget.exports.roles import DATES, SEGMENTS
from budget.exports.side.collect import Collect
from budget.exports.side.sections import Section
from budget.exports.side.series import Lines, add_series, measured, segments_of
from budget.exports.tables import Table, Use
from budget.exports.totals import TotalRow, is_null
from budget.findings import Fact
from budget.metric_names import METRICS
from budget.weeks import Period

_NTH = {"nth_day": "day", "nth_week": "week", "nth_month": "month"}
_OWNERS = frozenset({"property", "propiedad", "property name", "account", "cuenta", "mülk", "ресурс", "аккаунт"})
_MOST = 4_000
_NOT_SET = "(not set)"
_SAMPLE = 50


def read_ga4(section: Section, collect: Collect) -> None:
    """Every metric of one table; a column of texts that we do not know splits its rows like those that we know."""
    table = section.table
    more = _open_columns(table, collect)
    totals, labelled = _totals(table, [*more.values()])
    names = {use.index: role for role, use in more.items()}
    uses = tuple(replace(use, role=names[use.index]) if use.index in names else use for use in table.match.uses)
    table = replace(table, ragged=max(table.ragged - labelled, 0), match=replace(table.match, uses=uses))
    collect.account = account_of(table) or collect.account
    segments = segments_of(table, collect, more, _NOT_SET)
    stated = table.stated or collect.period
    detail = np.array(sorted({*range(len(table.rows))} - {total.place for total in totals}), np.int64)
    own = table.take(detail)
    spans = _nth_spans(own, collect) or read_spans(own, stated, collect.asked(own), aggregated=False)
    spans = replace(
        spans,
        spans=_spread(spans.spans, detail, len(table.rows), None),
        grains=_spread(spans.grains, detail, len(table.rows), ""),
    )
    add_series(table, collect, Lines(spans, segments, constant(collect.account, len(table.rows)), totals))


def _spread(column: Column[Item], places: Places, rows: int, other: Item) -> Column[Item]:
    """The column's values at these places of so many rows, `other` at the rest."""
    codes = np.full(rows, len(column.values), np.int32)
    codes[places] = column.codes
    return Column([*column.values, other], codes)


def account_of(table: Table) -> str | None:
    """The property (last named) above a table, else the account."""
    named = None
    for row in table.grid.rows[: table.match.row]:
        name, _, value = line_of(row, table.grid.delimiter).lstrip("# ").partition(":")
        if plain(name) in _OWNERS and value.strip():
            named = value.strip()[:200]
    return named


def _open_columns(table: Table, collect: Collect) -> Mapping[str, Use]:
    """Columns of texts without a role of ours, by their own header; persons are left out."""
    found_uses: dict[str, Use] = {}
    for use in table.match.uses:
        key = header(use.header).key.replace("=", " ").replace("|", " ")
        texts = [cell for cell in table.cells(use).used()[:_SAMPLE] if isinstance(cell, str)] if key else []
        if use.role or not any(read_token(text).kind == "bad" for text in texts):
            continue
        if is_person_column(use.header, texts):
            collect.find("PERSONAL_DATA_REMOVED")
        else:
            found_uses.setdefault(key, use)
    return found_uses


def _nth_spans(table: Table, collect: Collect) -> Spans | None:
    """Days, weeks or months counted from the first day of the table's own range; None where it does not count."""
    use = next((one for role in _NTH if (one := table.match.column(role))), None)
    if use is None:
        return None
    stated = table.stated or collect.task.answers.period
    grain = _NTH[use.role]
    if stated is None:
        collect.ask(Question("period"))
        return Spans(constant(None, len(table.rows)), constant(grain, len(table.rows)))
    cells = table.cells(use)
    spans = cells.each(lambda cell: _counted(cell, grain, stated))
    out = Spans(spans, constant(grain, len(spans)), stated, grain)
    lost = np.flatnonzero(spans.nulls() & cells.where(lambda cell: not is_null(cell))).tolist()
    if lost:
        facts: dict[str, Fact] = {"count": len(lost), "example": MASK, "row": table.lines[lost[0]]}
        out.findings.append(found("DATE_UNREADABLE", use.header, facts))
    return out


def _counted(cell: Cell, grain: str, stated: Period) -> Period | None:
    text = text_of(cell)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else _MOST
    if number >= _MOST:
        return None
    if grain == "month":
        span = Period(_month(stated.start, number), _month(stated.start, number + 1))
    else:
        days = 7 if grain == "week" else 1
        first = stated.start + timedelta(days=days * number)
        span = Period(first, first + timedelta(days=days))
    cut = span.common(stated)
    return cut if cut and cut.days > 0 else None


def _month(day: date, after: int) -> date:
    month = day.year * 12 + day.month - 1 + after
    return date(month // 12, month % 12 + 1, 1)


def _totals(table: Table, more: Sequence[Use]) -> tuple[list[TotalRow], int]:
    """Lines about nothing that say so beyond the header, or stand last and are no less than any; how many say so."""
    keyed = [use for use in table.match.uses if use.role in (*SEGMENTS, *DATES, *_NTH)]
    if not keyed and not more:
        return [], 0
    nameless = np.ones(len(table.rows), bool)
    for use in (*keyed, *more):
        nameless &= table.cells(use).where(is_null)
    width = max((use.index + 1 for use in table.match.uses if use.header), default=0)
    rows: list[TotalRow] = []
    labelled = 0
    for place in np.flatnonzero(nameless).tolist():
        label = next((text_of(cell) for cell in table.rows[place][width:] if not is_blank(cell)), "")
        labelled += bool(label)
        if label or (place == len(table.rows) - 1 and _is_most(table, place)):
            rows.append(TotalRow(place, label, "file"))
    return rows, labelled


def _is_most(table: Table, place: int) -> bool:
    """Whether a line is no less than each other one in everything that is counted."""
    roles = [role for role in measured(table) if role in METRICS and METRICS[role].kind in ("flow", "people")]
    numbers = read_metrics(table, table.match.report.decimal if table.match.report else None, None, roles, ()).numbers
    columns = [column.values for column in numbers.values()]
    if place == 0 or not columns:
        return False
    return all((values[place] or 0) >= (value or 0) for values in columns for value in values)
