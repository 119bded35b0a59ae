"""Columns of any frame turned into plain texts, whole numbers and day numbers, with a mark where that failed."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NONE = -(2**63)
"""Stands for a missing whole number in int64 arrays."""
EPOCH = date(1970, 1, 1)
TEXT_LENGTH = 2_000
_UNSTORABLE = re.compile("[\x00\x1f\ud800-\udfff]")

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def missing(value: Any) -> bool:
    """Whether a cell holds None, NaN, NaT or NA."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def texts(column: "pd.Series[Any]") -> tuple[list[str | None], Bools, Bools]:
    """Cells as text (blank: None), where one was too long (then None), where signs no database keeps were replaced."""
    known: dict[str, str | None] = {}
    found: list[str | None] = []
    long, cleaned = np.zeros(len(column), bool), np.zeros(len(column), bool)
    for i, cell in enumerate(column.tolist()):
        if missing(cell):
            found.append(None)
            continue
        word = cell if type(cell) is str else str(cell)
        if word not in known:
            known[word] = _UNSTORABLE.sub("\ufffd", word.strip()) or None
        clean = known[word]
        long[i] = clean is not None and len(clean) > TEXT_LENGTH
        cleaned[i] = clean is not None and clean != word and "\ufffd" in clean and "\ufffd" not in word
        found.append(None if long[i] else clean)
    return found, long, cleaned


def wholes(column: "pd.Series[Any]", limit: int) -> tuple[Ints, Bools]:
    """Cells as int64 (missing: NONE) and where a cell was no whole number within ±limit."""
    if column.dtype.kind == "i" and isinstance(column.dtype, np.dtype):
        numbers = column.to_numpy().astype(np.int64)
        bad = (numbers > limit) | (numbers < -limit)
        return np.where(bad, NONE, numbers), bad
    read = [_whole(cell, limit) for cell in column.tolist()]
    bad = np.array([number is False for number in read], bool)
    return np.array([NONE if number is None or number is False else number for number in read], np.int64), bad


def _whole(cell: Any, limit: int) -> int | bool | None:
    """The number, None if missing, False if it is not one."""
    if type(cell) is int:
        return cell if -limit <= cell <= limit else False
    if missing(cell):
        return None
    try:
        number = Decimal(str(cell)) if not isinstance(cell, bool | np.bool_) else Decimal(int(cell))
        fine = number.is_finite() and abs(number) <= limit and number == number.to_integral_value()
    except (ArithmeticError, ValueError, TypeError):
        return False
    return int(number) if fine else False


def days(column: "pd.Series[Any]") -> tuple[Ints, Bools]:
    """Cells as days since 1970-01-01 (missing: NONE) and where a cell was no date from 2000 to 2100."""
    if column.dtype.kind == "M" and isinstance(column.dtype, np.dtype):
        numbers = column.to_numpy().astype("datetime64[D]").astype(np.int64)
        absent = column.isna().to_numpy()
    else:
        read = _each(column.tolist(), _day)
        numbers = np.array([NONE if number is None else number for number in read], np.int64)
        absent = np.array([number is None for number in read], bool)
    bad = ~absent & ((numbers < number_of(date(2000, 1, 1))) | (numbers > number_of(date(2101, 1, 1))))
    return np.where(absent | bad, NONE, numbers), bad


def _each(cells: Iterable[Any], read: Callable[[Any], int | None]) -> list[int | None]:
    return [read(cell) for cell in cells]


def _day(cell: Any) -> int | None:
    """The day number; None if missing; -1 (out of range) if it is not a date."""
    if missing(cell):
        return None
    if isinstance(cell, np.datetime64):
        return None if np.isnat(cell) else int(cell.astype("datetime64[D]").astype(np.int64))
    if isinstance(cell, datetime):
        return number_of(cell.date())
    if isinstance(cell, date):
        return number_of(cell)
    try:
        return number_of(date.fromisoformat(str(cell)))
    except ValueError:
        return -1


def number_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def dates_of(numbers: Ints) -> list[date]:
    """Day numbers as dates."""
    known = {int(number): date.fromordinal(int(number) + EPOCH.toordinal()) for number in np.unique(numbers)}
    return [known[int(number)] for number in numbers]


def week_numbers(numbers: Ints, first_weekday: int) -> Ints:
    """The day number on which each day's week begins; `first_weekday` 1 = Monday."""
    return numbers - (numbers + 3 - (first_weekday - 1)) % 7
