"""A table as it stands in the file: rows of cells with the physical row of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from budget.exports.columns import Column, coded

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Row = list[Cell]


@dataclass(frozen=True)
class Grid:
    """One sheet or text: `lines[i]` is the 1-based physical row of `rows[i]`; `delimiter` is empty for workbooks."""

    sheet: str
    rows: Sequence[Row]
    lines: Sequence[int]
    delimiter: str = ""


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or cell == "" or (isinstance(cell, str) and cell.isspace())


def text_of(cell: Cell) -> str:
    """A cell as the text that a person would see; whole floats without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell).strip()


def example_of(cell: Cell) -> str:
    """A cell as an example in a finding: at most 40 characters."""
    text = text_of(cell)
    return text if len(text) <= 40 else text[:39] + "…"


def filled(row: Row) -> int:
    """How many cells of a row hold something."""
    return sum(not is_blank(cell) for cell in row)


Made = TypeVar("Made")


def each(cells: Sequence[Cell], make: Callable[[Cell], Made]) -> Column[Made]:
    """`make` of every cell, called once for each distinct one."""
    return coded(cells).each(make)
