"""Every document of a run, one after the other: its base text, its clean text, its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cleaner.model import Edit
from cleaner.rows import edit_of
from cleaner.runs.undo import clean_text, inverted, ledger, read_run

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A document as a run left it."""

    doc: str
    base: str
    clean: str
    edits: tuple[Edit, ...]


def documents_of(out: Path) -> Iterator[Told]:
    """The documents of a run, ordinary or in parts, in its order.

    Raises:
        UndoError: OUT is no run, left no texts, or was edited since.
    """
    run = read_run(out)
    if "parts" in run:
        yield from _of_parts(out, run)
        return
    rows = ledger(out)
    for entry in run["inputs"]:
        text = clean_text(out, entry)
        if entry["kind"] == "text":
            yield _told(entry["doc"], text, rows)
            continue
        lines = text.split("\n")
        for doc, index in entry["rows"].items():
            yield _told(doc, json.loads(lines[index])[entry["text_field"]], rows)


def _told(doc: str, clean: str, rows: Rows) -> Told:
    edits = tuple(edit_of(row) for row in rows.get(doc, ()))
    return Told(doc, inverted(clean, doc, dict(rows)), clean, edits)


def _of_parts(out: Path, run: Mapping[str, Any]) -> Iterator[Told]:
    from cleaner.reading.batches import read_batches
    from cleaner.reading.rows import Columns
    from cleaner.runs.parts.store import part_name, read_record
    from cleaner.runs.parts.undo import clean_piece, ledger_of

    columns = Columns(run["config"]["text_field"], run["config"]["id_field"])
    for number in range(run["parts"]["count"]):
        record = read_record(out, part_name(number)) or {}
        rows = ledger_of(out, record)
        if record["slice"]["kind"] == "files":
            for entry in record["inputs"]:
                yield _told(entry["doc"], clean_text(out, entry), rows)
        elif record["slice"]["kind"] != "refused":
            with TemporaryDirectory() as beside:
                piece = clean_piece(out, record, Path(beside))
                for batch in read_batches(piece, columns, run["config"]["encoding"]):
                    yield from (_told(document.doc, document.text, rows) for _, document in batch.documents)
