"""Taking a run back: the base files from OUT alone, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.engine.apply import invert
from cleaner.errors import KanwuError
from cleaner.reading.decode import decode_known, encode, sha256
from cleaner.reading.rows import row_with
from cleaner.rows import SCHEMA_VERSION
from cleaner.runs.outfolder import is_run

_COLUMNS = frozenset(
    (
        "doc",
        "edit_id",
        "applied",
        "seq",
        "stage",
        "pass",
        "stage_start",
        "stage_end",
        "stage_before",
        "after",
        "group",
    )
)
"""What the way back reads of a row."""


class UndoError(KanwuError):
    """A run that cannot be taken back: not ours, edited since, or damaged."""


def read_run(out: Path) -> dict[str, Any]:
    """The run.json of ``out``.

    Raises:
        UndoError: there is none of ours.
    """
    if not is_run(out):
        raise UndoError(f"{out} holds no run of kanwu (no run.json of ours)")
    loaded: dict[str, Any] = json.loads((out / "run.json").read_text("utf-8"))
    missing = [
        key for key in ("schema_version", "config", "outputs", "refusals", "problems") if key not in loaded
    ]
    missing += ["inputs"] if not {"inputs", "parts"} & loaded.keys() else []
    if missing:
        raise UndoError(f"{out / 'run.json'} lacks '{missing[0]}': it was changed; run it again")
    if loaded["schema_version"] != SCHEMA_VERSION:
        found = loaded["schema_version"]
        raise UndoError(
            f"{out} has schema version {found}, this kanwu reads {SCHEMA_VERSION}; use the version that made it"
        )
    return loaded


def ledger(out: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of edits.jsonl by document.

    Raises:
        UndoError: the run left none, or a line of it is not a row of a ledger.
    """
    path = out / "edits.jsonl"
    if not path.is_file():
        raise UndoError(f"{out} holds no edits.jsonl; of a run in parts name the documents")
    rows: dict[str, list[dict[str, Any]]] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            row = _row(line)
            if row is None:
                raise UndoError(f"{path}:{number}: no row of a ledger; the file was changed, run it again")
            rows.setdefault(row["doc"], []).append(row)
    return rows


def _row(line: bytes) -> dict[str, Any] | None:
    """A row of edits.jsonl; None where a line does not hold all of one."""
    try:
        row: Any = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) and row.keys() >= _COLUMNS else None


def read_output(out: Path, entry: Mapping[str, Any]) -> bytes:
    """The clean file of an input, checked against the digest in run.json.

    Raises:
        UndoError: it is missing, or was edited since the run.
    """
    path = out / "text" / entry["doc"]
    try:
        data: bytes = path.read_bytes()
    except OSError as error:
        raise UndoError(f"{path}: {error.strerror}; the run is not whole, run it again") from error
    if sha256(data) != entry["output_sha256"]:
        raise UndoError(
            f"{path} was edited since the run (its digest differs), so the ledger no longer fits it; "
            "put back what the run left, or run it again"
        )
    return data


def undo(out: Path) -> dict[str, bytes]:
    """The bytes of every input of the run in ``out``, by doc: byte for byte for texts, value for value for tables.

    Raises:
        UndoError: a text was edited since, or does not come back with the digest it had.
    """
    run, rows = read_run(out), ledger(out)
    return {entry["doc"]: restored_file(out, entry, rows) for entry in run["inputs"]}


def undo_into(out: Path, target: Path) -> int:
    """Write what ``undo`` gives below ``target``; the number of files. Of a run in parts, one part after the other.

    Raises:
        UndoError: as ``undo``, or ``target`` is inside ``out``; of a run that is not in parts nothing has been
            written then.
    """
    run = read_run(out)
    if target.resolve().is_relative_to(out.resolve()):
        raise UndoError(
            f"{target} is inside {out}, which the next run replaces; name a folder outside it with -o"
        )
    if "parts" in run:
        from cleaner.runs.parts.undo import undo_parts

        return undo_parts(out, run, target)
    restored = undo(out)
    for doc, data in restored.items():
        path = target / doc
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(restored)


def clean_text(out: Path, entry: Mapping[str, Any]) -> str:
    """The clean text of an input, line feeds only."""
    return decode_known(read_output(out, entry), entry["encoding"], bytes.fromhex(entry["bom"]))


def restored_file(out: Path, entry: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """The base bytes of one input of a run, from its clean file and its ledger rows.

    Raises:
        UndoError: a text was edited since, or does not come back with the digest it had.
    """
    text = clean_text(out, entry)
    text = _table(text, entry, rows) if entry["kind"] == "table" else inverted(text, entry["doc"], rows)
    data = encode(text, entry["encoding"], bytes.fromhex(entry["bom"]), entry["line_ends"])
    if entry["kind"] == "text" and sha256(data) != entry["sha256"]:
        raise UndoError(f"{entry['doc']} does not come back with the digest it had; edits.jsonl was changed")
    return data


def inverted(text: str, doc: str, rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """The base text of a clean one.

    Raises:
        UndoError: the ledger does not fit the text.
    """
    try:
        return invert(text, rows.get(doc, []))
    except ValueError as error:
        raise UndoError(f"{doc}: {error}; edits.jsonl was changed") from error


def _table(text: str, entry: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """The lines of a table with the text field of each edited row taken back."""
    lines = text.split("\n")
    for doc, index in entry["rows"].items():
        if any(r["applied"] for r in rows.get(doc, [])):
            text_field = entry["text_field"]
            base = inverted(json.loads(lines[index])[text_field], doc, rows)
            lines[index] = row_with(lines[index], text_field, base)
    return "\n".join(lines)


def texts_of(out: Path, doc: str) -> tuple[str, str, list[dict[str, Any]]]:
    """Base text, clean text and ledger rows of one document of a run.

    Raises:
        UndoError: the run has no such document.
    """
    run = read_run(out)
    if "parts" in run:
        from cleaner.runs.parts.undo import texts_of_part

        return texts_of_part(out, run, doc)
    rows = ledger(out)
    for entry in run["inputs"]:
        if entry["doc"] == doc and entry["kind"] == "text":
            clean = clean_text(out, entry)
        elif doc in entry.get("rows", {}):
            line = clean_text(out, entry).split("\n")[entry["rows"][doc]]
            clean = json.loads(line)[entry["text_field"]]
        else:
            continue
        return inverted(clean, doc, rows), clean, rows.get(doc, [])
    known = ", ".join(e["doc"] for e in run["inputs"][:5])
    raise UndoError(f"{out} holds no document '{doc}'; it holds {known}")
