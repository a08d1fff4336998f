"""A run in parts, taken back: every part from its clean text and its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cleaner.reading.batches import read_batches, writer_for
from cleaner.reading.discover import Found
from cleaner.reading.rows import Columns
from cleaner.reading.slices import Slice, slices
from cleaner.runs.parts.store import Record, Store, part_name, read_record
from cleaner.runs.undo import UndoError, clean_text, inverted, restored_file

Ledger = dict[str, list[dict[str, Any]]]
_WHOLE = 1 << 50


def undo_parts(out: Path, run: Mapping[str, Any], target: Path) -> int:
    """Write the base files of a run below ``target``: texts byte for byte, tables value for value, as parts.

    Raises:
        UndoError: a file was edited since, is missing, or the run kept no texts.
    """
    written = 0
    for record in _records(out, run):
        rows = ledger_of(out, record)
        if record["slice"]["kind"] == "files":
            for entry in record["inputs"]:
                path = target / entry["doc"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(restored_file(out, {**entry, "kind": "text"}, rows))
                written += 1
        elif record["slice"]["kind"] != "refused":
            _undo_table(out, run, record, rows, target)
            written += 1
    return written


def _records(out: Path, run: Mapping[str, Any]) -> Iterator[Record]:
    store = Store(out)
    for number in range(run["parts"]["count"]):
        record = read_record(out, part_name(number)) or {}
        if store.find(record.get("key", "")) is None:
            raise UndoError(f"part {number} of {out} was edited since the run, or is missing; run it again")
        yield record


def ledger_of(out: Path, record: Record) -> Ledger:
    """The rows of the ledger of a part, by document.

    Raises:
        UndoError: the run left no ledger.
    """
    import pyarrow.parquet as pq

    path = out / "edits" / f"{part_name(record['part'])}.parquet"
    if not path.is_file():
        raise UndoError(f"{out} holds no ledger; it was made by a command that changes nothing")
    rows: Ledger = {}
    for row in pq.read_table(path).to_pylist():
        row |= {name: json.loads(row[name]) for name in ("spans", "parts")}
        rows.setdefault(row["doc"], []).append(row)
    return rows


def _undo_table(out: Path, run: Mapping[str, Any], record: Record, rows: Ledger, target: Path) -> None:
    columns = Columns(run["config"]["text_field"], run["config"]["id_field"])
    encoding = run["config"]["encoding"]
    with TemporaryDirectory() as beside:
        piece = clean_piece(out, record, Path(beside))
        with closing(writer_for(piece, target, columns, encoding)) as writer:
            for batch in read_batches(piece, columns, encoding):
                edited = (d for _, d in batch.documents if any(r["applied"] for r in rows.get(d.doc, ())))
                writer.write(batch, {d.doc: inverted(d.text, d.doc, rows) for d in edited})


def clean_piece(out: Path, record: Record, beside: Path) -> Slice:
    """The clean part of a table as a slice with the names that its rows had.

    Raises:
        UndoError: the run kept no texts.
    """
    told = record["slice"]
    found = [file["path"] for file in record["files"] if file["path"].startswith("text/")]
    if not found:
        raise UndoError(f"{out} holds no clean texts; it was made by a command that keeps none")
    piece = next(slices([Found(out / found[0], told["doc"])], _WHOLE, beside))
    return replace(piece, number=told["number"], first_row=told["first_row"])


def texts_of_part(out: Path, run: Mapping[str, Any], doc: str) -> tuple[str, str, list[dict[str, Any]]]:
    """Base text, clean text and ledger rows of one document of a run in parts.

    Raises:
        UndoError: the run has no such document.
    """
    import pyarrow.parquet as pq

    for number in range(run["parts"]["count"]):
        record = read_record(out, part_name(number)) or {}
        table = doc.partition("#")[0]
        if record["slice"]["kind"] != "files" and record["slice"]["doc"] != table:
            continue
        known = pq.read_table(out / "documents" / f"{part_name(number)}.parquet", columns=["doc"])
        if doc in known.column("doc").to_pylist():
            rows = ledger_of(out, record)
            clean = _clean_text(out, run, record, doc)
            return inverted(clean, doc, rows), clean, rows.get(doc, [])
    raise UndoError(f"{out} holds no document '{doc}'; its documents stand in {out / 'documents'}")


def _clean_text(out: Path, run: Mapping[str, Any], record: Record, doc: str) -> str:
    entries = {entry["doc"]: entry for entry in record["inputs"]}
    if doc in entries:
        return clean_text(out, entries[doc])
    columns = Columns(run["config"]["text_field"], run["config"]["id_field"])
    with TemporaryDirectory() as beside:
        piece = clean_piece(out, record, Path(beside))
        batches = read_batches(piece, columns, run["config"]["encoding"])
        return next(d.text for batch in batches for _, d in batch.documents if d.doc == doc)
