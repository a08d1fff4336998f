"""Inputs of any size, cut into slices that one worker reads alone: files, lines of a table, row groups.

Where a slice begins and ends depends on the inputs and on the size asked for, never on who reads it.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Literal, cast

from cleaner.reading.discover import TEXTS, Found, suffix_of

MOST_FILES = 1024
"""Small files in one slice, at most."""
_BLOCK = 1 << 20

Kind = Literal["files", "lines", "rows", "refused"]


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the inputs. What ``start`` and ``end`` count depends on ``kind``.

    ``files``: whole small files. ``lines``: bytes of a .jsonl file, or of the piece of a compressed one that was
    laid beside (``beside``). ``rows``: row groups of a .parquet file. ``refused``: a file that cannot be read, with
    the ``reason``. ``number`` counts the slices of one table; ``first_row`` is the index of its first row.
    """

    kind: Kind
    files: tuple[Found, ...]
    number: int = 0
    start: int = 0
    end: int = 0
    first_row: int = 0
    beside: Path | None = None
    reason: str = ""

    @property
    def table(self) -> Found:
        """The table that it is a slice of; the only file there is, but for ``files``."""
        return self.files[0]

    @property
    def source(self) -> Path:
        """Where the bytes stand."""
        return self.beside or self.table.path


def slices(found: Iterable[Found], size: int, beside: Path) -> Iterator[Slice]:
    """Cut files into slices of about ``size`` bytes, one after the other.

    A slice of a table ends after the row that passes ``size``. Pieces of compressed tables are laid, unpacked, in the
    folder ``beside``, where the caller removes them. Nothing that is larger than a slice is held in memory.
    """
    group = _Group(size)
    for file in found:
        suffix = suffix_of(file.path)
        if suffix in TEXTS and not file.refused:
            yield from group.add(file)
            continue
        yield from group.cut()
        if file.refused:
            yield Slice("refused", (file,), reason=file.refused)
        elif suffix == ".parquet":
            yield from _row_groups(file, size)
        elif suffix.startswith(".jsonl"):
            yield from _lines(file, suffix, size, beside)
        else:
            reason = f"no reader for '{suffix or file.path.name}'"
            yield Slice("refused", (file,), reason=reason)
    yield from group.cut()


class _Group:
    """Small files on their way into a slice.

    A slice ends after a file whose name says so (one in 256): a file that is added or removed changes the slice that
    it stands in and leaves those behind it as they were, which is what a run that skips unchanged slices needs.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._files: list[Found] = []
        self._bytes = 0

    def add(self, file: Found) -> Iterator[Slice]:
        self._files.append(file)
        self._bytes += file.path.stat().st_size if file.path.is_file() else 0
        ends = zlib.crc32(file.doc.encode("utf-8", "surrogateescape")) % 256 == 0
        if ends or self._bytes >= self._size or len(self._files) >= MOST_FILES:
            yield from self.cut()

    def cut(self) -> Iterator[Slice]:
        if self._files:
            yield Slice("files", tuple(self._files))
        self._files, self._bytes = [], 0


def _lines(file: Found, suffix: str, size: int, beside: Path) -> Iterator[Slice]:
    start = row = number = 0
    try:
        with closing(opened(file.path, suffix)) as stream:
            for piece in _pieces(stream, size):
                cut = Slice("lines", (file,), number, start, start + len(piece), row)
                yield cut if suffix == ".jsonl" else _laid_beside(cut, piece, beside)
                start, row, number = start + len(piece), row + piece.count(b"\n"), number + 1
    except (OSError, EOFError, zlib.error) as error:
        yield Slice("refused", (file,), number, reason=f"it cannot be read to its end: {error}")
        return
    if number == 0:
        yield Slice("refused", (file,), reason="the file is empty")


def _laid_beside(cut: Slice, piece: bytes, beside: Path) -> Slice:
    beside.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(f"{cut.table.doc}\0{cut.number}".encode("utf-8", "surrogateescape")).hexdigest()
    path = beside / name[:24]
    path.write_bytes(piece)
    return replace(cut, start=0, end=len(piece), beside=path)


def opened(path: Path, suffix: str) -> IO[bytes]:
    """The unpacked bytes of a .jsonl table, compressed or not."""
    if suffix == ".jsonl.gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if suffix == ".jsonl.zst":
        import pyarrow as pa

        packed: IO[bytes] = pa.CompressedInputStream(pa.OSFile(str(path), "rb"), "zstd")
        return packed
    return path.open("rb")


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Whole lines, at least ``size`` bytes of them at a time but for the last."""
    held: list[bytes] = []
    length = 0
    while block := stream.read(_BLOCK):
        cut = block.find(b"\n", max(0, size - length - 1)) + 1
        while cut:
            yield b"".join([*held, block[:cut]])
            block, held, length = block[cut:], [], 0
            cut = block.find(b"\n", size - 1) + 1
        held.append(block)
        length += len(block)
    if length:
        yield b"".join(held)


def _row_groups(file: Found, size: int) -> Iterator[Slice]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file.path) as table:
            groups = [table.metadata.row_group(i) for i in range(table.metadata.num_row_groups)]
            weights = [(group.total_byte_size, group.num_rows) for group in groups]
    except (OSError, pa.ArrowException) as error:
        yield Slice("refused", (file,), reason=f"it is no Parquet file: {error}")
        return
    start = first = weight = rows = number = 0
    for index, (group_bytes, group_rows) in enumerate(weights):
        weight, rows = weight + group_bytes, rows + group_rows
        if weight >= size or index == len(weights) - 1:
            yield Slice("rows", (file,), number, start, index + 1, first)
            start, first, weight, rows, number = index + 1, first + rows, 0, 0, number + 1
    if not weights:
        yield Slice("refused", (file,), reason="the table has no rows")


def digest_of(piece: Slice) -> str:
    """SHA-256 of what a slice holds and of the names by which it is known."""
    digest = hashlib.sha256(f"{piece.kind}\0{piece.number}\0{piece.first_row}\0{piece.reason}".encode())
    for file in piece.files:
        digest.update(b"\0" + file.doc.encode("utf-8", "surrogateescape") + b"\0")
        if piece.kind == "files":
            digest.update(_file_digest(file.path))
    if piece.kind == "lines":
        for block in _stretch(piece.source, piece.start, piece.end - piece.start):
            digest.update(block)
    elif piece.kind == "rows":
        _add_row_groups(digest, piece)
    return digest.hexdigest()


def _file_digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b""


def _stretch(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block


def _add_row_groups(digest: Any, piece: Slice) -> None:
    """The bytes of the column chunks of a slice, and the schema that they are read by."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(piece.source) as table:
        metadata = table.metadata
        digest.update(str(table.schema_arrow.to_string()).encode("utf-8", "surrogateescape"))
    for index in range(piece.start, piece.end):
        group = metadata.row_group(index)
        for column in (group.column(i) for i in range(group.num_columns)):
            start = column.data_page_offset
            if column.has_dictionary_page:
                start = min(start, column.dictionary_page_offset)
            for block in _stretch(piece.source, start, column.total_compressed_size):
                digest.update(block)
