"""Lists of leads: when, from which ad and form, and what became of them; never who, nor what they answered."""

import re
from typing import Any

from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, constant
from budget.exports.headers import plain
from budget.exports.levels import id_of
from budget.exports.roles import IDS
from budget.exports.side.collect import Collect
from budget.exports.side.days import cover, read_days
from budget.exports.side.persons import without_slipped, word_of
from budget.exports.side.sections import Section
from budget.exports.tables import Table
from budget.exports.totals import is_null

_NAMES = ("campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name", "form_name", "status")
_PREFIX = re.compile(r"^(?:l|ag|as|c|f|a):")
_YES = frozenset({"true", "yes", "1", "да", "bəli", "evet", "sí"})
_NO = frozenset({"false", "no", "0", "нет", "xeyr", "hayır"})


def read_leads(section: Section, collect: Collect) -> None:
    """Every lead that has a day; columns that the description does not name are never looked into."""
    table = without_slipped(section.table, collect)
    collect.take_columns(table, {})
    if any(use.header and not use.role for use in table.match.uses):
        collect.find("PERSONAL_DATA_REMOVED")
    days = read_days(table, "day", collect)
    columns: dict[str, Column[Any]] = {role: _texts(table, role, collect) for role in _NAMES}
    columns["is_organic"] = _flags(table)
    columns["platform"] = _platforms(table)
    for place, day in enumerate(days):
        if day is None:
            continue
        said = {role: column[place] for role, column in columns.items()}
        sheet = {"source_sheet": table.grid.sheet or None, "source_row": table.lines[place]}
        collect.add("leads", {"platform": table.match.platform, "date_day": day, **said, **sheet})
    use = table.match.column("day")
    if use and (blank := int(table.cells(use).where(is_null).sum())):
        collect.find("ROWS_UNDATED", table.grid.sheet, {"count": blank})
    cover([day for day in days if day], collect)


def _texts(table: Table, role: str, collect: Collect) -> Column[str | None]:
    """Ids without the letters that stand before them; names as they are; words without persons."""
    use = table.match.column(role)
    if use is None:
        return constant(None, len(table.rows))
    cells = table.cells(use)
    if role in IDS:
        ids = each(cells, lambda cell: id_of(_PREFIX.sub("", cell) if isinstance(cell, str) else cell))
        if (ids.nulls() & cells.where(lambda cell: not is_null(cell))).any():
            collect.find("ID_LOST_PRECISION", use.header, {"column": use.header})
        return ids
    if role in ("form_name", "status"):
        report = table.match.report
        known = report.words.get(role, {}) if report else {}
        return each(cells, word_of).each(lambda text: known.get(plain(text), text) if text else None)
    return each(cells, lambda cell: None if is_null(cell) else text_of(cell)[:500])


def _flags(table: Table) -> Column[bool | None]:
    use = table.match.column("is_organic")
    return each(table.cells(use), _flag) if use else constant(None, len(table.rows))


def _flag(cell: Cell) -> bool | None:
    word = plain(text_of(cell))
    return True if word in _YES else False if word in _NO else None


def _platforms(table: Table) -> Column[str | None]:
    """Ours for the file's word (`fb` and `ig` are one platform); the description's own where a row has none."""
    report, use = table.match.report, table.match.column("platform")
    if use is None or report is None:
        return constant(table.match.platform, len(table.rows))
    return each(table.cells(use), lambda cell: report.platforms.get(plain(text_of(cell)), table.match.platform))
