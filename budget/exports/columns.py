"""A column coded: every distinct value once, and for each row the place of its value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
Made = TypeVar("Made")
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
_BLOCK = 65_536


class Column(Sequence[Item], Generic[Item]):
    """Values of rows in order; `codes[row]` is the place of the row's value in `values`, which may hold unused ones."""

    def __init__(self, values: Any, codes: NDArray[Any] | None, rows: Any = None) -> None:
        """`values` may be an Arrow array of texts: then they become Python's only when somebody looks.

        `rows` are the cells themselves (an Arrow array of texts or floats). Without `codes` they are coded, by the
        function `values`, only when somebody asks for more than them.
        """
        self._values = values
        self._codes = codes
        self.rows = rows

    @property
    def codes(self) -> NDArray[Any]:
        """For each row the place of its value."""
        return self._coded()[1]

    def _coded(self) -> tuple[Any, NDArray[Any]]:
        if self._codes is None:
            self._values, self._codes = self._values(self.rows)
        return self._values, self._codes

    @property
    def values(self) -> Sequence[Item]:
        """The distinct values."""
        if not isinstance(known := self._coded()[0], (list, tuple)):
            known = self._values = known.to_pylist()
        values: Sequence[Item] = known
        return values

    @property
    def arrow(self) -> Any | None:
        """The distinct texts as an Arrow array, where they still are one."""
        known = self._coded()[0]
        return None if isinstance(known, (list, tuple)) else known

    def __len__(self) -> int:
        return len(self.codes if self._codes is not None else self.rows)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return [self.values[code] for code in self.codes[place].tolist()]
        return self.values[int(self.codes[place])]

    def __iter__(self) -> Iterator[Item]:
        return map(self.values.__getitem__, self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compared by content, as a list is

    def take(self, places: Places) -> Column[Item]:
        """The rows at these places, which ascend."""
        if len(places) == len(self):
            return self
        if self._codes is None:
            return Column(self._values, None, self.rows.take(places))
        return Column(self._values, self._codes[places])

    def each(self, make: Callable[[Item], Made]) -> Column[Made]:
        """`make` of every row's value, called once for each distinct one."""
        return Column([make(value) for value in self.values], self.codes)

    def where(self, true: Callable[[Item], bool]) -> Flags:
        """Row by row whether `true` holds of the value."""
        yes: Flags = np.fromiter(map(true, self.values), bool, len(self.values))[self.codes]
        return yes

    def nulls(self) -> Flags:
        """Row by row whether the value is None."""
        if (arrow := self.arrow) is not None:
            if not arrow.null_count:
                return np.zeros(len(self), bool)
            nothing: Flags = arrow.is_null().to_numpy(zero_copy_only=False)
        else:
            nothing = np.fromiter((value is None for value in self.values), bool, len(self.values))
        return nothing[self.codes] if nothing.any() else np.zeros(len(self), bool)

    def used(self) -> list[Item]:
        """The values that rows have, by their first row."""
        return [self.values[code] for code in self._first_codes().tolist()]

    def compact(self) -> Column[Item]:
        """The same rows without unused values; values stand in the order of their first rows."""
        order = self._first_codes()
        if len(order) == len(self._coded()[0]) and (np.diff(order) == 1).all():
            return self
        new = np.zeros(max(len(self._coded()[0]), 1), np.int32)
        new[order] = np.arange(len(order))
        kept = self._values.take(order) if self.arrow is not None else [self._values[code] for code in order.tolist()]
        return Column(kept, new[self.codes])

    def counts(self) -> NDArray[np.int64]:
        """How many rows have each value."""
        counts: NDArray[np.int64] = np.bincount(self.codes, minlength=len(self._coded()[0]))
        return counts

    def first_places(self) -> NDArray[np.int64]:
        """For each value the first row that has it, -1 where none has."""
        first = np.full(len(self._coded()[0]), -1, np.int64)
        for end in range(len(self), 0, -_BLOCK):
            start = max(end - _BLOCK, 0)
            first[self.codes[start:end][::-1]] = np.arange(end - 1, start - 1, -1)
        return first

    def _first_codes(self) -> NDArray[np.int64]:
        first = self.first_places()
        known = np.flatnonzero(first >= 0)
        order: NDArray[np.int64] = known[np.argsort(first[known], kind="stable")]
        return order


class Integers(Sequence["int | None"]):
    """Whole numbers row by row, None where nothing can be said."""

    def __init__(self, data: NDArray[np.int64], valid: Flags) -> None:
        self.data, self.valid = data, valid

    def __len__(self) -> int:
        return len(self.data)

    @overload
    def __getitem__(self, place: int) -> int | None: ...
    @overload
    def __getitem__(self, place: slice) -> list[int | None]: ...
    def __getitem__(self, place: int | slice) -> int | list[int | None] | None:
        if isinstance(place, slice):
            return list(Integers(self.data[place], self.valid[place]))
        return int(self.data[place]) if self.valid[place] else None

    def __iter__(self) -> Iterator[int | None]:
        return (value if known else None for value, known in zip(self.data.tolist(), self.valid.tolist(), strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compared by content, as a list is

    def take(self, places: Places) -> Integers:
        """The rows at these places, which ascend."""
        return self if len(places) == len(self) else Integers(self.data[places], self.valid[places])

    def total(self) -> int:
        """The exact sum of what is known."""
        known = self.data[self.valid]
        if not len(known):
            return 0
        largest = max(abs(int(known.max())), abs(int(known.min())))
        return int(known.sum()) if largest * len(known) < 1 << 62 else sum(known.tolist())


def places_of(numbers: Sequence[int]) -> Places:
    """A sequence of whole numbers as an array; a range without looking at each."""
    if isinstance(numbers, range):
        return np.arange(numbers.start, numbers.stop, numbers.step, dtype=np.int64)
    return np.asarray(numbers, np.int64)


def integers(values: Sequence[int | None]) -> Integers:
    """A sequence of whole numbers as `Integers`."""
    if isinstance(values, Integers):
        return values
    valid = np.fromiter((value is not None for value in values), bool, len(values))
    return Integers(np.fromiter((value or 0 for value in values), np.int64, len(values)), valid)


def coded(cells: Sequence[Item]) -> Column[Item]:
    """A sequence of cells as a column; `True`, `1` and `1.0` stay three values."""
    if isinstance(cells, Column):
        return cells
    kinds = set(map(type, cells))
    if len(kinds & {bool, int, float}) > 1:
        typed = [(type(cell), cell) for cell in cells]
        both = _code(typed)
        return Column([cell for _, cell in both.values], both.codes)
    return _code(cells)


def _code(cells: Sequence[Item]) -> Column[Item]:
    known = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
    codes = np.fromiter(map(known.__getitem__, cells), np.int32, len(cells))
    return Column(list(known), codes)


def constant(value: Item, rows: int) -> Column[Item]:
    """The same value in every row."""
    return Column([value], np.zeros(rows, np.int32))


def together(columns: Sequence[Column[Any]]) -> Column[tuple[Any, ...]]:
    """Row by row the values of all columns; equal values under different codes may stand twice."""
    varied = [column for column in columns if len(column.values) > 1] or columns[:1]
    if len(varied) == 1:
        first, codes = varied[0].first_places(), varied[0].codes
    else:
        keys = joint_codes([column.codes for column in varied], [len(column.values) for column in varied])
        _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    values = [tuple(column[place] if place >= 0 else None for column in columns) for place in first.tolist()]
    return Column(values, codes.astype(np.int32, copy=False))


def joint_codes(codes: Sequence[NDArray[Any]], sizes: Sequence[int]) -> NDArray[np.int64]:
    """One fresh number a row that is equal exactly where all codes are equal."""
    keys, size = codes[0].astype(np.int64), max(sizes[0], 1)
    for more, count in zip(codes[1:], sizes[1:], strict=True):
        if count <= 1:
            continue
        if size * count >= 1 << 62:
            distinct, keys = np.unique(keys, return_inverse=True)
            size = len(distinct)
        keys *= count
        keys += more
        size *= count
    return keys


def by_value(column: Column[Item]) -> Column[Item]:
    """The column with one code for each value: equal values that came from different cells meet."""
    if len(column.values) == 1:
        return column
    known: dict[Item, int] = {}
    new = np.fromiter((known.setdefault(value, len(known)) for value in column.values), np.int32, len(column.values))
    if len(known) == len(column.values):
        return column
    return Column(list(known), new[column.codes])
