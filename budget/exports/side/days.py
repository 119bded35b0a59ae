"""A column of single days that is no delivery's: its questions and faults go to the file's collection."""

from datetime import date

import numpy as np

from budget.exports.columns import Column, constant
from budget.exports.dates import read_dates
from budget.exports.privacy import MASK
from budget.exports.reading import Question
from budget.exports.side.collect import Collect
from budget.exports.tables import Table
from budget.findings import Fact
from budget.weeks import DAY, Period


def read_days(table: Table, role: str, collect: Collect) -> Column[date | None]:
    """The day in each row, None where there is none, it cannot be read, or it is still to come; no cell is quoted."""
    use = table.match.column(role)
    if use is None:
        return constant(None, len(table.rows))
    asked, cells = collect.asked(table), table.cells(use)
    dates = read_dates(
        cells, language=table.match.language, stated=table.stated, usual=asked.usual,
        answers=(asked.order, asked.year), today=asked.today,
    )  # fmt: skip
    if dates.question == "day_order":
        facts: dict[str, Fact] = {"example": dates.example, "a": dates.readings[0], "b": dates.readings[1]}
        collect.ask(Question("day_order", ("dmy", "mdy"), dates.order, facts))
    elif dates.question == "year":
        collect.ask(Question("year", (), str(dates.year), {"year": dates.year}))
    if dates.unreadable:
        row = table.lines[dates.unreadable[0]]
        collect.find("DATE_UNREADABLE", use.header, {"count": len(dates.unreadable), "example": MASK, "row": row})
    latest = asked.today + DAY
    late = dates.values.where(lambda day: day is not None and day > latest)
    if late.any():
        collect.find("DATE_IN_FUTURE", table.grid.sheet, {"count": int(np.count_nonzero(late))})
    return dates.values.each(lambda day: None if day and day > latest else day)


def cover(days: list[date], collect: Collect) -> None:
    """Take the range from the first to the last of these days into the file's period."""
    if days:
        collect.periods.append(Period(min(days), max(days) + DAY))
