"""duplicates.parquet and duplicates.csv, written some thousand rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.contracts.tables import safe_cell
from cleaner.dedup.find import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 20_000


def schema() -> pa.Schema:
    """The Arrow types of ``COLUMNS``."""
    import pyarrow as pa

    types = {"text": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "real": pa.float64()}
    return pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])


class Duplicates:
    """The two tables while they are written; used as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[Mapping[str, Any]] = []
        self._open = ExitStack()

    def __enter__(self) -> Duplicates:
        import pyarrow.parquet as pq

        self._parquet = self._open.enter_context(
            pq.ParquetWriter(self._folder / "duplicates.parquet", schema(), compression="zstd")
        )
        # the mark at its head is what Excel tells UTF-8 by
        file = (self._folder / "duplicates.csv").open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._open.enter_context(file), lineterminator="\n")
        self._csv.writerow(COLUMNS)
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._open.close()

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add some rows."""
        self._held += rows
        if len(self._held) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._held:
            self._parquet.write_table(pa.Table.from_pylist(self._held, schema()))
            self._csv.writerows(
                [_cell(row[name], kind) for name, kind in COLUMNS.items()] for row in self._held
            )
        self._held = []


def _cell(value: Any, kind: str) -> str:
    if kind == "text":
        return safe_cell(value)
    return ("true" if value else "false") if kind == "bool" else str(value)
