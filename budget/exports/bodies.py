"""Rows of a table kept as coded columns; a single row is put together only when somebody looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from budget.exports.cells import Cell, Row, is_blank
from budget.exports.columns import Column, Flags, Places, coded

_BLOCK = 4_096
_LOOKED_AT = 128


class Source(Protocol):
    """Where a body's cells are."""

    @property
    def width(self) -> int:
        """Columns of the widest row."""

    def __len__(self) -> int: ...

    def row(self, place: int) -> Row:
        """One row as it stands in the file."""

    def column(self, index: int) -> Column[Cell]:
        """One column; None where a cell is blank or the row is too short."""

    def lengths(self) -> NDArray[np.int64]:
        """How many cells each row has."""


class Lists:
    """Rows that a parser gave as lists."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._cells = list(zip_longest(*rows))
        self._columns: dict[int, Column[Cell]] = {}

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return len(self._cells)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, place: int) -> Row:
        """One row as it stands in the file."""
        return self._rows[place]

    def column(self, index: int) -> Column[Cell]:
        """One column; None where a cell is blank or the row is too short."""
        if index not in self._columns:
            self._columns[index] = _column_of(self._cells[index])
        return self._columns[index]

    def lengths(self) -> NDArray[np.int64]:
        """How many cells each row has."""
        return np.fromiter(map(len, self._rows), np.int64, len(self._rows))


class Texts:
    """Rows of texts, all of one width, as an Arrow table."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._columns: dict[int, Column[Cell]] = {}

    @property
    def width(self) -> int:
        """Columns of every row."""
        return int(self._table.num_columns)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def row(self, place: int) -> Row:
        """One row as it stands in the file."""
        return [column[place].as_py() for column in self._table.columns]

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some rows as they stand in the file."""
        block = self._table.slice(start, max(stop - start, 0))
        return [list(row) for row in zip(*map(_plain_list, block.columns), strict=True)]

    def after(self, start: int) -> Texts:
        """The rows from a place on."""
        return Texts(self._table.slice(start))

    def column(self, index: int) -> Column[Cell]:
        """One column; None where a cell is blank."""
        if index not in self._columns:
            self._columns[index] = self._coded(index)
        return self._columns[index]

    def _coded(self, index: int) -> Column[Cell]:
        import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

        column = self._table.column(index)
        whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        if not isinstance(whole, pa.DictionaryArray):
            return Column(_code_texts, None, whole)
        return Column(_without_blanks(whole.dictionary), whole.indices.to_numpy())

    def lengths(self) -> NDArray[np.int64]:
        """How many cells each row has."""
        return np.broadcast_to(np.int64(self.width), len(self))


def _plain_list(column: Any) -> list[Cell]:
    import pyarrow as pa

    cells: list[Cell] = column.cast(pa.string()).to_pylist()
    return cells


def _column_of(cells: Sequence[Cell]) -> Column[Cell]:
    """A column of a parser's cells; many texts or floats by native code, everything else cell by cell."""
    kinds = set(map(type, cells)) if len(cells) >= _BLOCK else set()
    if kinds == {str}:
        import pyarrow as pa

        return Column(*_code_texts(pa.array(cells, pa.string())))
    if kinds == {float} and np.isfinite(numbers := np.array(cells, np.float64)).all():
        return Column(_code_floats, None, numbers)
    return _code_cells(cells)


def _code_cells(cells: Sequence[Cell]) -> Column[Cell]:
    column = coded(cells)
    return Column([None if is_blank(cell) else cell for cell in column.values], column.codes)


def _code_floats(numbers: NDArray[np.float64]) -> tuple[Any, NDArray[Any]]:
    column = coded(numbers.tolist())
    return column.values, column.codes


def _code_texts(texts: Any) -> tuple[Any, NDArray[Any]]:
    """The distinct texts of an Arrow array, None for blank ones, and the place of each row's."""
    both = texts.dictionary_encode()
    return _without_blanks(both.dictionary), both.indices.to_numpy()


def _without_blanks(values: Any) -> Any:
    import pyarrow.compute as pc  # type: ignore[import-untyped]  # ships no types

    blank = pc.or_(pc.equal(values, ""), pc.utf8_is_space(values))
    return pc.if_else(blank, None, values) if pc.any(blank).as_py() else values


class GridRows(Sequence[Row]):
    """Rows of a whole text: the first few as lists, the even rest as an Arrow table."""

    def __init__(self, head: list[Row], rest: Texts) -> None:
        self.head, self.rest = head, rest
        self._first = [*head, *rest.rows(0, _LOOKED_AT)]

    def __len__(self) -> int:
        return len(self.head) + len(self.rest)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        first = len(self.head)
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            if stop <= len(self._first):
                return self._first[start:stop]
            return self.head[start:stop] + self.rest.rows(max(start - first, 0), max(stop - first, 0))
        return self._first[place] if 0 <= place < len(self._first) else self.rest.row(place - first)

    def __iter__(self) -> Iterator[Row]:
        yield from self.head
        for start in range(0, len(self.rest), _BLOCK):
            yield from self.rest.rows(start, start + _BLOCK)


class Body(Sequence[Row]):
    """The rows at some places of a source."""

    def __init__(self, source: Source, places: Places) -> None:
        self._source, self._places = source, places
        self._all = len(places) == len(source)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._source.row(one) for one in self._places[place].tolist()]
        return self._source.row(int(self._places[place]))

    def __iter__(self) -> Iterator[Row]:
        return map(self._source.row, self._places.tolist())

    @property
    def width(self) -> int:
        """Columns of the widest row of the source."""
        return self._source.width

    def take(self, places: Sequence[int] | Places) -> Body:
        """The rows at some of this body's places."""
        return self if len(places) == len(self) else Body(self._source, self._places[np.asarray(places, np.int64)])

    def column(self, index: int) -> Column[Cell]:
        """One column; None where a cell is blank or the row is too short."""
        if index >= self._source.width:
            return Column([None], np.zeros(len(self), np.int32))
        column = self._source.column(index)
        return column if self._all else column.take(self._places)

    def lengths(self) -> NDArray[np.int64]:
        """How many cells each row has."""
        lengths = self._source.lengths()
        return lengths if self._all else lengths[self._places]

    def filled(self) -> NDArray[np.int64]:
        """How many cells of each row hold something."""
        counts = np.zeros(len(self), np.int64)
        for index in range(self.width):
            counts += ~self.column(index).nulls()
        return counts

    def blank(self) -> Flags:
        """Which rows hold nothing."""
        blank = np.ones(len(self), bool)
        for index in range(self.width):
            if not blank.any():
                break
            blank &= self.column(index).nulls()
        return blank

    def firsts(self) -> Column[Cell]:
        """The first cell of each row that holds something."""
        first = self.column(0)
        open_places = np.flatnonzero(first.nulls())
        if not len(open_places):
            return first
        cells = list(first)
        for place in open_places.tolist():
            cells[place] = next((cell for cell in self[place] if not is_blank(cell)), None)
        return coded(cells)


def body_of(rows: Sequence[Row], start: int) -> Body:
    """The rows of a grid from a place on."""
    if isinstance(rows, GridRows) and start >= len(rows.head):
        source: Source = rows.rest.after(start - len(rows.head))
    else:
        source = Lists(list(rows[start:]))
    return Body(source, np.arange(len(source), dtype=np.int64))
