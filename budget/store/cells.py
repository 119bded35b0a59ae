"""Columns of any frame turned into plain texts, whole numbers and day numbers, with a mark where that failed."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
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
    codes, distinct = _distinct(column)
    words = [cell if type(cell) is str else str(cell) for cell in distinct]
    clean = [_UNSTORABLE.sub("\ufffd", word.strip()) or None for word in words]
    long = np.array([word is not None and len(word) > TEXT_LENGTH for word in clean] + [False], bool)
    cleaned = np.array([_UNSTORABLE.search(word.strip()) is not None for word in words] + [False], bool)
    kept = [None if too_long else word for word, too_long in zip([*clean, None], long, strict=True)]
    return [kept[code] for code in codes.tolist()], long[codes], cleaned[codes]


def _distinct(column: "pd.Series[Any]") -> tuple[Ints, list[Any]]:
    """For each cell the place of its value in the list of distinct ones, -1 where it is missing."""
    try:
        codes, found = pd.factorize(column)
        return codes.astype(np.int64), list(found)
    except TypeError:  # a cell that cannot be hashed, such as a list
        cells = column.tolist()
        present = [i for i, cell in enumerate(cells) if not missing(cell)]
        codes = np.full(len(cells), -1, np.int64)
        codes[present] = np.arange(len(present))
        return codes, [cells[i] for i in present]


def wholes(column: "pd.Series[Any]", limit: int) -> tuple[Ints, Bools]:
    """Cells as int64 (missing: NONE) and where a cell was no whole number within ±limit."""
    if column.dtype.kind == "i" and isinstance(column.dtype, np.dtype):
        numbers = column.to_numpy().astype(np.int64)
        bad = (numbers > limit) | (numbers < -limit)
        return np.where(bad, NONE, numbers), bad
    codes, distinct = _distinct(column)
    known = [*(_whole(cell, limit) for cell in distinct), None]
    read = [known[code] for code in codes.tolist()]
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


def scaled(column: "pd.Series[Any]", factor: int, limit: int) -> tuple[Ints, Bools]:
    """Numbers times `factor`, half to even, as int64 (missing: NONE), and where a cell was no number within ±limit."""
    codes, distinct = _distinct(column)
    known = [*(_scaled(cell, factor, limit) for cell in distinct), None]
    read = [known[code] for code in codes.tolist()]
    bad = np.array([number is False for number in read], bool)
    return np.array([NONE if number is None or number is False else number for number in read], np.int64), bad


def _scaled(cell: Any, factor: int, limit: int) -> int | bool | None:
    """The number, None if missing, False if it is not one."""
    if missing(cell):
        return None
    try:
        number = Decimal(str(cell)) if not isinstance(cell, bool | np.bool_) else Decimal(int(cell))
        if not number.is_finite() or abs(number) > limit:
            return False
        made = int((number * factor).quantize(Decimal(1), ROUND_HALF_EVEN))
    except (ArithmeticError, ValueError, TypeError):
        return False
    return made if abs(made) <= limit else False


FLAGS = {"true": 1, "1": 1, "1.0": 1, "yes": 1, "false": 0, "0": 0, "0.0": 0, "no": 0}


def flags(column: "pd.Series[Any]") -> tuple[Ints, Bools]:
    """Cells as 1 or 0 (missing: NONE) and where a cell was neither yes nor no."""
    codes, distinct = _distinct(column)
    known = [*(None if missing(cell) else FLAGS.get(str(cell).strip().lower(), -1) for cell in distinct), None]
    read = [known[code] for code in codes.tolist()]
    bad = np.array([flag == -1 for flag in read], bool)
    return np.array([NONE if flag is None or flag < 0 else flag for flag in read], np.int64), bad


def days(column: "pd.Series[Any]") -> tuple[Ints, Bools]:
    """Cells as days since 1970-01-01 (missing: NONE) and where a cell was no date from 2000 to 2100."""
    if column.dtype.kind == "M" and isinstance(column.dtype, np.dtype):
        numbers = column.to_numpy().astype("datetime64[D]").astype(np.int64)
        absent = column.isna().to_numpy()
    else:
        codes, distinct = _distinct(column)
        read = [*(_day(cell) for cell in distinct), None]
        known = np.array([NONE if number is None else number for number in read], np.int64)
        numbers = known[codes]
        absent = numbers == NONE
    bad = ~absent & ((numbers < number_of(date(2000, 1, 1))) | (numbers > number_of(date(2101, 1, 1))))
    return np.where(absent | bad, NONE, numbers), bad


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


def day_of(number: int) -> date | None:
    """A day number as a date; None for NONE."""
    return None if number == NONE else date.fromordinal(number + EPOCH.toordinal())


def dates_of(numbers: Ints) -> list[date]:
    """Day numbers as dates."""
    known = {int(number): date.fromordinal(int(number) + EPOCH.toordinal()) for number in np.unique(numbers)}
    return [known[int(number)] for number in numbers]


def week_numbers(numbers: Ints, first_weekday: int) -> Ints:
    """The day number on which each day's week begins; `first_weekday` 1 = Monday."""
    return numbers - (numbers + 3 - (first_weekday - 1)) % 7
