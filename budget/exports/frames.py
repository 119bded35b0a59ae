"""The tables of a reading: Arrow between processes, pandas in the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from budget.exports.columns import Column, Integers
from budget.exports.limits import MAX_ROWS
from budget.exports.roles import FRAME_COLUMNS, FRAME_DATES, FRAME_INTEGERS

if TYPE_CHECKING:
    import pandas as pd

_TEXT, _COUNT, _TIME, _FLAG, _SHARE = pa.string(), pa.int64(), pa.timestamp("us"), pa.bool_(), pa.float64()


def _typed(types: Mapping[Any, str]) -> pa.Schema:
    return pa.schema([(name, kind) for kind, names in types.items() for name in names.split()])


DELIVERY = pa.schema(
    [
        (name, _TIME if name in FRAME_DATES else _COUNT if name in FRAME_INTEGERS else _TEXT)
        for name in FRAME_COLUMNS
    ]
)  # fmt: skip
# Between processes the same words are not written out row by row.
WIRE = pa.schema([(one.name, pa.dictionary(pa.int32(), _TEXT) if one.type == _TEXT else one.type) for one in DELIVERY])
_SIDE = {
    "metrics": (
        "date_day period_start period_end grain platform surface account_name metric segment value unit currency "
        "source_sheet source_row",
        "date_day period_start period_end", "source_row", "", "value",
    ),
    "posts": (
        "post_id platform surface account_name published_on post_type title permalink grain views reach impressions "
        "likes comments shares saves follows clicks link_clicks watch_seconds negative_feedback source_sheet "
        "source_row",
        "published_on",
        "views reach impressions likes comments shares saves follows clicks link_clicks negative_feedback source_row",
        "", "watch_seconds",
    ),
    "orders": (
        "order_id order_date currency total_micros shipping_micros tax_micros discount_micros refunded_micros status "
        "cancelled items source discount_code customer_key source_sheet source_row",
        "order_date",
        "total_micros shipping_micros tax_micros discount_micros refunded_micros items source_row", "cancelled", "",
    ),
    "leads": (
        "date_day platform campaign_id campaign_name ad_group_id ad_group_name ad_id ad_name form_name is_organic "
        "status source_sheet source_row",
        "date_day", "source_row", "is_organic", "",
    ),
}  # fmt: skip


def _side_schema(name: str) -> pa.Schema:
    columns, times, counts, flags, shares = (set(text.split()) for text in _SIDE[name])
    kinds = ((times, _TIME), (counts, _COUNT), (flags, _FLAG), (shares, _SHARE))
    return pa.schema(
        [
            (column, next((kind for names, kind in kinds if column in names), _TEXT))
            for column in _SIDE[name][0].split()
            if column in columns
        ]
    )


SIDES = {name: _side_schema(name) for name in _SIDE}


def to_arrow(columns: Mapping[str, Column[Any] | Integers], rows: int, schema: pa.Schema = WIRE) -> pa.Table:
    """Columns as one Arrow table, a delivery's texts by dictionary; a column that is not there is null throughout."""
    arrays = [_to_array(columns.get(column.name), column.type, rows) for column in schema]
    return pa.table(arrays, schema=schema)


def sides_to_arrow(sides: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, pa.Table]:
    """The other datasets, each a list of rows, as Arrow tables in the order of their names."""
    return {
        kind: pa.table([_side_array(one, rows) for one in SIDES[kind]], schema=SIDES[kind])
        for kind, rows in sorted(sides.items())
    }


def _side_array(column: pa.Field, rows: Sequence[Mapping[str, Any]]) -> pa.Array:
    values = [row.get(column.name) for row in rows]
    return pa.array(values, pa.date32()).cast(_TIME) if column.type == _TIME else pa.array(values, column.type)


def _to_array(values: Column[Any] | Integers | None, kind: pa.DataType, rows: int) -> pa.Array:
    if values is None:
        return pa.nulls(rows, kind)
    if isinstance(values, Integers):
        return pa.array(values.data, kind, mask=~values.valid)
    if kind == _TIME:
        distinct = pa.array(values.values, pa.date32()).cast(_TIME)
        return distinct.take(pa.array(values.codes))
    return pa.DictionaryArray.from_arrays(pa.array(values.codes, pa.int32()), pa.array(values.values, pa.string()))


def write_arrow(stream: BinaryIO, table: pa.Table) -> None:
    """Write the table as an Arrow stream."""
    with pa.ipc.new_stream(pa.PythonFile(stream, "w"), table.schema) as writer:
        writer.write_table(table)


def from_bytes(data: bytes | memoryview, sides: Sequence[str] = ()) -> tuple[pa.Table, dict[str, pa.Table]]:
    """The delivery table and the named other tables of Arrow streams; `ValueError` when they are anything else."""
    stream = pa.BufferReader(pa.py_buffer(data))
    delivery, *others = (_next_table(stream, schema) for schema in (WIRE, *(SIDES[name] for name in sides)))
    return delivery, dict(zip(sides, others, strict=True))


def _next_table(stream: pa.BufferReader, schema: pa.Schema) -> pa.Table:
    try:
        table = pa.ipc.open_stream(stream).read_all()
        table.validate(full=True)
    except pa.ArrowException as err:
        raise ValueError("the answer is not an Arrow stream") from err
    if not table.schema.equals(schema) or table.num_rows > MAX_ROWS:
        raise ValueError(f"the answer has {table.num_rows} rows of {table.schema.names}")
    return table


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as pandas: nullable integers, strings, datetime64[us]."""
    import pandas as pd

    if table.schema.equals(WIRE):
        table = table.cast(DELIVERY)
    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get)
    return frame


def empty_table(name: str) -> pd.DataFrame:
    """A side table (`metrics posts orders leads`) with its columns and no rows."""
    return to_frame(SIDES[name].empty_table())
