"""Exact sums of 64-bit columns that no engine can overflow: the halves are summed, Python puts them together."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, func
from sqlalchemy.sql.elements import ColumnElement

HALF = 2**32


def halves(column: Column[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """What to select for the sum of a column."""
    return func.sum(column.op("/")(HALF)), func.sum(column.op("%")(HALF))


def joined(names: Sequence[str], found: Sequence[Any]) -> dict[str, int]:
    """The sums by name from the selected halves; none where all values were null."""
    pairs = zip(names, found[::2], found[1::2], strict=True)
    return {name: int(high) * HALF + int(low) for name, high, low in pairs if high is not None}
