"""The tables of a reading: Arrow between processes, pandas in the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from budget.exports.columns import Column, Integers, by_value
from budget.exports.limits import MANY_ROWS, MAX_ROWS
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
# A delivery on its way: texts and dates by the shortest codes that do, columns without any value as nothing at all.
_CODES = (pa.int8(), pa.int16(), pa.int32())
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
    "sales": (
        "source grain period_start period_end orders new_customers revenue_micros units currency source_sheet "
        "source_row",
        "period_start period_end", "orders new_customers revenue_micros units source_row", "", "",
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


def to_arrow(columns: Mapping[str, Column[Any] | Integers], rows: int) -> pa.Table:
    """A delivery's columns as one Arrow table; a column that is not there is null throughout."""
    arrays = [_to_array(columns.get(column.name), column.type, rows) for column in DELIVERY]
    return pa.table(arrays, names=DELIVERY.names)


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
        return pa.nulls(rows)
    if isinstance(values, Integers):
        return pa.array(values.data, kind, mask=None if values.valid.all() else ~values.valid)
    column = by_value(values)
    known = [value for value in column.values if value is not None]
    if not known:
        return pa.nulls(rows)
    codes, missing = column.codes, None
    if len(known) < len(column.values):
        place = list(column.values).index(None)
        missing = codes == place
        codes = codes - (codes > place)
    short = next(code for code in _CODES if len(known) <= 1 << (code.bit_width - 1))
    distinct = pa.array(known, pa.date32()).cast(kind) if kind == _TIME else pa.array(known, kind)
    codes = pa.array(codes.astype(short.to_pandas_dtype()), short, mask=missing)
    return pa.DictionaryArray.from_arrays(codes, distinct)


def write_arrow(stream: BinaryIO, table: pa.Table) -> None:
    """Write the table as an Arrow stream."""
    with pa.ipc.new_stream(pa.PythonFile(stream, "w"), table.schema) as writer:
        writer.write_table(table)


def from_bytes(data: bytes | memoryview, sides: Sequence[str] = ()) -> tuple[pa.Table, dict[str, pa.Table]]:
    """The delivery table and the named other tables of Arrow streams; `ValueError` when they are anything else."""
    stream = pa.BufferReader(pa.py_buffer(data))
    delivery, *others = (_next_table(stream, schema) for schema in (DELIVERY, *(SIDES[name] for name in sides)))
    return delivery, dict(zip(sides, others, strict=True))


def _next_table(stream: pa.BufferReader, schema: pa.Schema) -> pa.Table:
    try:
        table = pa.ipc.open_stream(stream).read_all()
        table.validate(full=True)
    except pa.ArrowException as err:
        raise ValueError("the answer is not an Arrow stream") from err
    fine = table.schema.equals(schema) or (schema is DELIVERY and _is_delivery(table.schema))
    if not fine or table.num_rows > MAX_ROWS:
        raise ValueError(f"the answer has {table.num_rows} rows of {table.schema.names}")
    return table


def _is_delivery(schema: pa.Schema) -> bool:
    """Whether these are the columns of `to_arrow`."""
    return schema.names == DELIVERY.names and all(
        column.type in (pa.null(), known.type)
        or (known.type != _COUNT and column.type in [pa.dictionary(code, known.type) for code in _CODES])
        for column, known in zip(schema, DELIVERY, strict=True)
    )


def delivery_frame(table: pa.Table) -> pd.DataFrame:
    """A table of `to_arrow` as pandas; the texts of a large one are categories."""
    if table.num_rows < MANY_ROWS:
        return to_frame(table.cast(DELIVERY))
    import pandas as pd

    make = {_TEXT: _categories, _COUNT: _integers, _TIME: _times}
    columns = {column.name: make[column.type](_one(table.column(column.name))) for column in DELIVERY}
    return pd.DataFrame(columns, copy=False)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _integers(column: pa.Array) -> Any:
    import pandas as pd

    rows = len(column)
    if column.type == pa.null():
        return pd.arrays.IntegerArray(np.zeros(rows, np.int64), np.ones(rows, bool))
    missing = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else np.zeros(rows, bool)
    data = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + rows]
    return pd.arrays.IntegerArray(data.copy(), missing)


def _times(column: pa.Array) -> Any:
    if column.type == pa.null():
        return np.full(len(column), "NaT", "M8[us]")
    whole = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    distinct = whole.dictionary.to_numpy(zero_copy_only=False).astype("M8[us]")
    return np.append(distinct, np.datetime64("NaT"))[_codes(whole)]


def _categories(column: pa.Array) -> Any:
    import pandas as pd

    if column.type == pa.null():
        return pd.Categorical.from_codes(np.full(len(column), -1, np.int8), pd.Index([], dtype="str"))
    whole = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    if whole.dictionary.null_count or len(whole.dictionary.unique()) < len(whole.dictionary):
        whole = whole.cast(_TEXT).dictionary_encode()
    return pd.Categorical.from_codes(_codes(whole), pd.Index(whole.dictionary.to_pandas(), dtype="str"))


def _codes(column: pa.Array) -> Any:
    """The places of a dictionary, -1 for nothing."""
    return column.indices.fill_null(-1).to_numpy(zero_copy_only=False)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as pandas: nullable integers, strings, datetime64[us]."""
    import pandas as pd

    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get)
    return frame


def empty_table(name: str) -> pd.DataFrame:
    """A side table (`metrics posts orders leads sales`) with its columns and no rows."""
    return to_frame(SIDES[name].empty_table())
