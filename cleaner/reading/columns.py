"""Row groups of a .parquet table: the text column as documents, every other column carried through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.model import Document, Refusal
from cleaner.reading.decode import ReadError
from cleaner.reading.rows import Columns, row_document
from cleaner.reading.slices import Slice

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH_BYTES = 600_000
_MOST_ROWS = 4096
_GROUP_BYTES = 8 << 20
"""Bytes of one row group that is written."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A record batch with the documents of its text column; ``docs`` names the document of each row, or None."""

    batch: pa.RecordBatch
    docs: tuple[str | None, ...]
    documents: tuple[Document, ...]
    refusals: tuple[Refusal, ...]


class ColumnReader:
    """Reads the row groups of a slice, a record batch at a time."""

    def __init__(self, piece: Slice, columns: Columns) -> None:
        self._piece, self._columns = piece, columns

    def batches(self) -> Iterator[Rows]:
        """Rows in order; a table without the named columns gives one refusal and no row."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        piece, known = self._piece, set[str]()
        row = piece.first_row
        groups = range(piece.start, piece.end)
        # Pages are read as they are needed: a row group may be larger than the memory of a worker.
        with pq.ParquetFile(piece.source, pre_buffer=False, buffer_size=1 << 20) as table:
            try:
                self._check(table.schema_arrow)
            except ReadError as error:
                yield Rows(pa.record_batch({}), (), (), (Refusal(piece.table.doc, str(error)),))
                return
            size = _rows_of_a_batch(table.metadata, groups)
            for batch in table.iter_batches(batch_size=size, row_groups=list(groups), use_threads=False):
                yield self._rows(batch, row, known)
                row += batch.num_rows

    def _check(self, schema: pa.Schema) -> None:
        text, key = self._columns.text, self._columns.key
        if text not in schema.names:
            raise ReadError(f"no column '{text}'; name it with --text-field")
        if str(schema.field(text).type) not in ("string", "large_string", "string_view"):
            raise ReadError(f"column '{text}' holds {schema.field(text).type}, not strings")
        if key is not None and key not in schema.names:
            raise ReadError(f"no column '{key}'; name another with --id-field")
        held = schema.field(key).type if key is not None else schema.field(text).type
        if held.num_fields or str(held) == "bool":
            raise ReadError(
                f"column '{key}' holds {held}, not strings or numbers; name another with --id-field"
            )

    def _rows(self, batch: pa.RecordBatch, first: int, known: set[str]) -> Rows:
        texts = _values(batch.column(self._columns.text))
        keys = (
            _values(batch.column(self._columns.key))
            if self._columns.key
            else range(first, first + len(texts))
        )
        docs: list[str | None] = []
        documents: list[Document] = []
        refusals: list[Refusal] = []
        for row, (text, key) in enumerate(zip(texts, keys, strict=True), first):
            named = key is not None and not isinstance(key, bytes)
            doc = f"{self._piece.table.doc}#{key if named else row}"
            wrong = "its key stands twice in the table" if named and doc in known else _wrong(text, key)
            fresh = text is not None and not wrong
            if fresh:
                known.add(doc)
                documents.append(row_document(doc, text, self._columns.bare))
            elif text is not None:
                refusals.append(Refusal(doc, wrong))
            docs.append(doc if fresh else None)
        return Rows(batch, tuple(docs), tuple(documents), tuple(refusals))


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; bytes where they are called a text and are not UTF-8."""
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_text_or_bytes(value) for value in column.cast(pa.large_binary()).to_pylist()]


def _text_or_bytes(value: bytes | None) -> str | bytes | None:
    try:
        return value if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _wrong(text: Any, key: Any) -> str:
    """Why a row cannot be a document; empty if it can."""
    if isinstance(text, bytes):
        return "its text is not UTF-8; mend it in the table"
    if isinstance(key, bytes):
        return "its key is not a text in UTF-8; name another column with --id-field"
    return "its key is null; name another column with --id-field" if key is None else ""


def _rows_of_a_batch(metadata: Any, groups: range) -> int:
    chosen = [metadata.row_group(i) for i in groups]
    rows = sum(group.num_rows for group in chosen) or 1
    return int(min(_MOST_ROWS, max(1, _BATCH_BYTES * rows // max(1, sum(g.total_byte_size for g in chosen)))))


class ColumnWriter:
    """Writes record batches with their text column replaced; schema and compression are those of the input."""

    def __init__(self, path: Path, piece: Slice, columns: Columns) -> None:
        import pyarrow.parquet as pq

        self.inputs: list[dict[str, Any]] = []
        self._columns = columns
        with pq.ParquetFile(piece.source) as table:
            schema = table.schema_arrow
            group = table.metadata.row_group(piece.start)
            codec = group.column(0).compression if group.num_columns else "SNAPPY"
        known = codec if codec in ("SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4") else "NONE"
        self._file = pq.ParquetWriter(path, schema, compression=known)
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0

    def write(self, batch: Any, texts: Mapping[str, str]) -> None:
        """Write the rows of a batch (``content`` is :class:`Rows`)."""
        rows: Rows = batch.content
        if rows.batch.num_columns == 0:
            return
        self._held.append(_with_texts(rows, self._columns.text, texts))
        self._bytes += self._held[-1].nbytes
        if self._bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._held:
            self._file.write_table(pa.Table.from_batches(self._held))
        self._held, self._bytes = [], 0

    def close(self) -> None:
        """Write what is held, and the foot of the file."""
        self._flush()
        self._file.close()


def _with_texts(rows: Rows, column: str, texts: Mapping[str, str]) -> pa.RecordBatch:
    """The batch itself where no text is another one."""
    before = {document.doc: document.text for document in rows.documents}
    if all(texts.get(doc, text) == text for doc, text in before.items()):
        return rows.batch
    place = rows.batch.schema.get_field_index(column)
    given = rows.batch.column(place)
    made = [
        texts[doc] if doc is not None and doc in texts else value
        for doc, value in zip(rows.docs, _values(given), strict=True)
    ]
    return rows.batch.set_column(place, rows.batch.schema.field(place), _column(made, given.type))


def _column(made: list[Any], type_: pa.DataType) -> pa.Array:
    """A column of texts; one that is not UTF-8 keeps its bytes."""
    import pyarrow as pa

    if not any(isinstance(value, bytes) for value in made):
        return pa.array(made, type_)
    raw = [value.encode() if isinstance(value, str) else value for value in made]
    return pa.array(raw, pa.large_binary()).cast(type_, safe=False)
