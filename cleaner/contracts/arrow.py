"""Rows as Arrow tables, and back as the frames that contracts examine; needs pyarrow, pandas only for frames."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleaner.contracts.tables import (
    COLUMNS,
    DECIMAL_DIGITS,
    DECIMAL_PLACES,
    NINE_PLACES,
    WIDE,
    Row,
    json_cell,
)

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BLOCKS: Mapping[str, str] = {
    **{"doc": "text", "type": "text", "level": "int", "section": "int"},
    **dict.fromkeys(("start", "end", "clean_start", "clean_end"), "int"),
}
"""The columns of blocks, as those of ``COLUMNS``."""


def arrow_schema(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow types of columns: lists are JSON strings, decimals ``decimal128(38, 9)``."""
    import pyarrow as pa

    types = {
        **{"text": pa.string(), "list": pa.string(), "int": pa.int64(), "bool": pa.bool_()},
        "decimal": pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def arrow_table(columns: Mapping[str, str], found: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table; a table without a row keeps its types."""
    import pyarrow as pa

    schema = arrow_schema(columns)
    arrays = [
        pa.array([_value(kind, row[name]) for row in found], schema.field(name).type)
        for name, kind in columns.items()
    ]
    return pa.table(arrays, schema=schema)


def _value(kind: str, value: Any) -> Any:
    if kind == "list":
        return json_cell(value)
    if kind == "decimal" and value is not None:
        return value.quantize(NINE_PLACES, context=WIDE)
    return value


def frame(name: str, table: pa.Table) -> pd.DataFrame:
    """The frame of a table of ``COLUMNS`` that :func:`arrow_table` made: lists are lists, decimals decimals."""
    import pandas as pd

    dtypes = {"text": "str", "int": "int64", "bool": "bool", "decimal": "object", "list": "object"}
    columns: dict[str, pd.Series[Any]] = {}
    for column, kind in COLUMNS[name].items():
        values = table.column(column).to_pylist()
        if kind == "list":
            values = [json.loads(value) for value in values]
        columns[column] = pd.Series(values, dtype=dtypes[kind])
    return pd.DataFrame(columns)
