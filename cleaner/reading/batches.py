"""A slice read batch by batch, and written back in the form that it had.

A batch is what is held in memory at a time: some documents, the rows that are none (blank, null, broken) and what is
needed to write all of them back. Rows without an edit are copied as they stand.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

from cleaner.model import Document, Refusal
from cleaner.reading.columns import ColumnReader, ColumnWriter
from cleaner.reading.decode import ReadError, sha256
from cleaner.reading.discover import Found, suffix_of
from cleaner.reading.formats import Source, bare_document, read_source
from cleaner.reading.rows import Columns, key_of, named_row, parse_row, row_with, text_of
from cleaner.reading.slices import Slice

BATCH = 100_000
"""Code points in a batch: so many, and the document that passes them."""

Item = tuple[Found, Document]


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with their files, what was refused, and ``content``, which the writer of the same kind knows."""

    documents: tuple[Item, ...]
    refusals: tuple[Refusal, ...] = ()
    content: Any = None


class Writer(Protocol):
    """Writes batches back, with other texts. ``inputs`` tells how text files were encoded, as in run.json."""

    inputs: list[dict[str, Any]]

    def write(self, batch: Batch, texts: Mapping[str, str]) -> None:
        """Write a batch; ``texts`` are by doc, and a document that is not in it stays as it was."""

    def close(self) -> None:
        """Finish what was begun."""


def read_batches(piece: Slice, columns: Columns, encoding: str | None = None) -> Iterator[Batch]:
    """The batches of a slice, always the same for the same slice."""
    if piece.kind == "refused":
        yield Batch((), (Refusal(piece.table.doc, piece.reason),))
    elif piece.kind == "files":
        yield from _filled(_read_files(piece, columns, encoding))
    elif piece.kind == "lines":
        yield from _filled(_read_lines(piece, columns, encoding or "utf-8"))
    else:
        table = piece.table
        for rows in ColumnReader(piece, columns).batches():
            yield Batch(tuple((table, d) for d in rows.documents), rows.refusals, rows)


def writer_for(piece: Slice, folder: Path, columns: Columns, encoding: str | None = None) -> Writer:
    """The writer of a slice below ``folder``: files under their own names, a table as parts in a folder of its name."""
    if piece.kind in ("files", "refused"):
        return _FileWriter(folder)
    suffix = suffix_of(piece.table.path)
    path = folder / piece.table.doc / f"part-{piece.number:06d}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if piece.kind == "lines":
        return _LineWriter(path, suffix, columns, encoding or "utf-8")
    return ColumnWriter(path, piece, columns)


Part = tuple[Any, Item | Refusal | None]
"""What stands in a slice, and what it was read as; None for a row that is neither text nor wrong."""


def _filled(parts: Iterable[Part]) -> Iterator[Batch]:
    held: list[Part] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part[1][1].text) if isinstance(part[1], tuple) else 1
        if size >= BATCH:
            yield _batch(held)
            held, size = [], 0
    if held:
        yield _batch(held)


def _batch(held: list[Part]) -> Batch:
    return Batch(
        tuple(found for _, found in held if isinstance(found, tuple)),
        tuple(found for _, found in held if isinstance(found, Refusal)),
        tuple(held),
    )


def _read_files(piece: Slice, columns: Columns, encoding: str | None) -> Iterator[Part]:
    for file in piece.files:
        try:
            if columns.bare:
                yield None, (file, bare_document(file, encoding))
                continue
            source = read_source(file, encoding)
        except ReadError as error:
            yield None, Refusal(file.doc, str(error))
            continue
        for document in source.documents:
            yield source, (file, document)


def _read_lines(piece: Slice, columns: Columns, encoding: str) -> Iterator[Part]:
    table, index, left = piece.table, piece.first_row, piece.end - piece.start
    known: set[str] = set()
    with piece.source.open("rb") as file:
        file.seek(piece.start)
        while left > 0 and (line := file.readline()):
            yield line, _row(table, line, index, (columns, encoding), known)
            left, index = left - len(line), index + 1


def _row(
    table: Found, line: bytes, index: int, how: tuple[Columns, str], known: set[str]
) -> Item | Refusal | None:
    columns, encoding = how
    try:
        text = decoded_line(line, index, encoding)
        if not text.strip():
            return None
        value = parse_row(text, index)
        said = text_of(value, index, columns)
        if said is None:
            return None
        doc = f"{table.doc}#{key_of(value, index, columns)}"
        return table, named_row(doc, said, index, known, columns.bare)
    except ReadError as error:
        return Refusal(f"{table.doc}#{index}", str(error))


_MARK = "\ufeff"


def decoded_line(line: bytes, index: int, encoding: str) -> str:
    """A line without its end and without a byte order mark.

    Raises:
        ReadError: it is not in that encoding.
    """
    try:
        text = line.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(f"line {index + 1} is not {encoding}; name another with --encoding") from error
    return text.removeprefix(_MARK).rstrip("\r\n")


class _FileWriter:
    """Text files, each under its own name, in its own encoding."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.inputs: list[dict[str, Any]] = []

    def write(self, batch: Batch, texts: Mapping[str, str]) -> None:
        """Write the files of a batch."""
        for content, found in batch.content or ():
            if isinstance(content, Source) and isinstance(found, tuple) and content.name in texts:
                data = content.render(texts)
                path = self._folder / content.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                self.inputs.append(_entry(content, data))

    def close(self) -> None:
        """Every file is closed already."""


def _entry(source: Source, data: bytes) -> dict[str, Any]:
    return {
        "doc": source.name,
        "sha256": source.digest,
        "encoding": source.decoded.encoding,
        "bom": source.decoded.bom.hex(),
        "line_ends": source.decoded.line_ends,
        "output_sha256": sha256(data),
    }


class _LineWriter:
    """Lines of a .jsonl table, compressed as the input is; the same input gives the same bytes."""

    def __init__(self, path: Path, suffix: str, columns: Columns, encoding: str) -> None:
        self.inputs: list[dict[str, Any]] = []
        self._columns, self._encoding = columns, encoding
        self._open = ExitStack()
        raw = self._open.enter_context(path.open("wb"))
        self._file = self._packed(raw, suffix)

    def _packed(self, raw: IO[bytes], suffix: str) -> IO[bytes]:
        if suffix == ".jsonl.gz":
            # without a name and a time, which would differ from run to run
            packed = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
            self._open.callback(packed.close)
            return cast("IO[bytes]", packed)
        if suffix == ".jsonl.zst":
            import pyarrow as pa

            stream: IO[bytes] = pa.CompressedOutputStream(pa.PythonFile(raw, "w"), "zstd")
            self._open.callback(stream.close)
            return stream
        return raw

    def write(self, batch: Batch, texts: Mapping[str, str]) -> None:
        """Write the lines of a batch; only those with another text are written anew."""
        for line, found in batch.content:
            if isinstance(found, tuple) and texts.get(found[1].doc, found[1].text) != found[1].text:
                self._file.write(self._renewed(line, texts[found[1].doc]))
            else:
                self._file.write(line)

    def _renewed(self, line: bytes, text: str) -> bytes:
        given = line.decode(self._encoding)
        mark = _MARK if given.startswith(_MARK) else ""
        body = given.removeprefix(mark).rstrip("\r\n")
        end = given[len(mark) + len(body) :]
        made = row_with(body, self._columns.text, text)
        return f"{mark}{made}{end}".encode(self._encoding)

    def close(self) -> None:
        """Close the file, compressed stream first."""
        self._open.close()
