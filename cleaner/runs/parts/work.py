"""One part in one process: its documents processed, its tables and texts written, its promises examined."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cleaner.model import Document, Refusal
from cleaner.reading.batches import Batch, read_batches, writer_for
from cleaner.reading.discover import Found
from cleaner.reading.rows import Columns
from cleaner.reading.slices import Slice, digest_of
from cleaner.runs.attempt import Attempted, Attempts, columns, tables_of
from cleaner.runs.options import Options
from cleaner.runs.parts.store import WORK, Record, part_name, put_in_place
from cleaner.runs.parts.totals import Totals
from cleaner.runs.process import all_packs, rule_words

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cleaner.contracts.parts import Examiner, Measured

KEPT: Mapping[str, tuple[str, ...]] = {
    "clean": ("documents", "edits", "findings", "blocks"),
    "figures": ("documents", "figures", "relations"),
    "dedup": ("documents", "edits"),
}
"""The tables that a command leaves, where it does not leave all."""
_HELD = 8_000
"""Code points of documents that are held with all that is known of them."""
_EXAMINED = 8_000
"""Rows that are examined together: so many, and the batch that passes them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part to be made below ``folder``. ``digest`` is that of its slice, where it is known already."""

    number: int
    piece: Slice
    options: Options
    folder: Path
    digest: str = ""

    @property
    def columns(self) -> Columns:
        """The fields of a table that are read."""
        return Columns(self.options.text_field, self.options.id_field)

    def batches(self) -> Iterator[Batch]:
        """What the slice holds."""
        return read_batches(self.piece, self.columns, self.options.encoding)


def tables_left(command: str) -> tuple[str, ...]:
    """The names of the tables that a command leaves, each in a folder of its name."""
    return KEPT.get(command, tuple(columns()))


class Attempting(Protocol):
    """What is done to a document of a part."""

    def attempt(self, document: Document, found: Found | None = None) -> Attempted | Refusal:
        """Process one document, or say why not."""


def make_part(task: Task, attempts: Attempting | None = None) -> Record:
    """Process the documents of a part and put its files in place; its record, but for the key.

    Args:
        task: the part.
        attempts: what is done to a document; without it what the options ask for.
    """
    made = task.folder / WORK / f"{part_name(task.number)}.{os.getpid()}"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    totals, attempts = Totals(task.options.settings.decisions), attempts or Attempts(task.options)
    with ExitStack() as opened:
        tables = opened.enter_context(closing(_Tables(made, task)))
        writer = writer_for(task.piece, made / "text", task.columns, task.options.encoding)
        opened.callback(writer.close)
        for batch in task.batches():
            texts: dict[str, str] = {}
            held = []
            totals.count((), batch.refusals)
            for done, refused in _attempted(attempts, batch):
                held.append(tables_of(done))
                texts |= {one.result.cleaned.document.doc: one.result.cleaned.text for one in done}
                totals.count((one.result for one in done), refused)
            tables.write(held)
            writer.write(batch, texts)
    if not task.options.keep_text:
        shutil.rmtree(made / "text", ignore_errors=True)
    return {
        "part": task.number,
        "digest": task.digest or digest_of(task.piece),
        "slice": described(task.piece),
        "inputs": writer.inputs,
        **totals.as_row(),
        "files": put_in_place(made, task.folder),
    }


def _attempted(attempts: Attempting, batch: Batch) -> Iterator[tuple[list[Attempted], list[Refusal]]]:
    """The documents of a batch, some at a time: what is known of a document weighs many times what its rows do."""
    done: list[Attempted] = []
    refused: list[Refusal] = []
    size = 0
    for found, document in batch.documents:
        one = attempts.attempt(document, found)
        if isinstance(one, Refusal):
            refused.append(one)
        else:
            done.append(one)
        size += len(document.text)
        if size >= _HELD:
            yield done, refused
            done, refused, size = [], [], 0
    yield done, refused


class _Tables:
    """The Parquet files of a part: a row group of each for every batch, so that they can be read side by side."""

    def __init__(self, made: Path, task: Task) -> None:
        import pyarrow.parquet as pq

        from cleaner.contracts.arrow import arrow_schema

        self._files: dict[str, pq.ParquetWriter] = {}
        for name in tables_left(task.options.command):
            path = made / name / f"{part_name(task.number)}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[name] = pq.ParquetWriter(path, arrow_schema(columns()[name]), compression="zstd")

    def write(self, held: Sequence[Mapping[str, pa.Table]]) -> None:
        import pyarrow as pa

        for name, file in self._files.items():
            table = pa.concat_tables([tables[name] for tables in held])
            file.write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def described(piece: Slice) -> dict[str, Any]:
    """A slice as a record tells it."""
    return {
        "kind": piece.kind,
        "doc": piece.table.doc,
        "number": piece.number,
        "start": piece.start,
        "end": piece.end,
        "first_row": piece.first_row,
    }


def examine_part(task: Task) -> list[dict[str, Any]]:
    """Examine the promises of a part that stands in place: its tables, and the base texts read again."""
    import pyarrow.parquet as pq

    from cleaner.contracts.parts import together

    examiner = examiner_of(task.options)
    found: tuple[Measured, ...] = ()
    with ExitStack() as opened:
        files = {
            name: opened.enter_context(
                pq.ParquetFile(task.folder / name / f"{part_name(task.number)}.parquet")
            )
            for name in columns()
            if name != "blocks"
        }
        for tables, texts in _for_examining(task.batches(), files):
            found = together(found, examiner.examine(tables, texts))
    return [one.as_row() for one in found]


def _for_examining(
    batches: Iterable[Batch], files: Mapping[str, pq.ParquetFile]
) -> Iterator[tuple[dict[str, pa.Table], dict[str, str]]]:
    """Row groups of all tables with the base texts that they are about, so many together as memory allows.

    Great Expectations takes about a second for a few rows or for many.
    """
    import pyarrow as pa

    held: dict[str, list[pa.Table]] = {name: [] for name in files}
    texts: dict[str, str] = {}
    for index, batch in enumerate(batches):
        texts |= {document.doc: document.text for _, document in batch.documents}
        for name, file in files.items():
            held[name].append(file.read_row_group(index, use_threads=False))
        if sum(table.num_rows for tables in held.values() for table in tables) >= _EXAMINED:
            yield {name: pa.concat_tables(tables) for name, tables in held.items()}, texts
            held, texts = {name: [] for name in files}, {}
    if any(table.num_rows for table in held["documents"]):
        yield {name: pa.concat_tables(tables) for name, tables in held.items()}, texts


def examiner_of(options: Options) -> Examiner:
    """The contracts and suites that ``options`` ask for, read once in each process."""
    return _read_examiner(options.packs, options.suites, options.baseline)


@lru_cache(maxsize=1)
def _read_examiner(packs: tuple[Path, ...], suites: tuple[Path, ...], baseline: Path | None) -> Examiner:
    from cleaner.contracts.parts import Examiner

    return Examiner(rule_words(all_packs(packs)), suites, baseline)
