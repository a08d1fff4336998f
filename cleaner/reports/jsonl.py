"""The ledgers of a run as JSON lines: edits, findings, blocks. UTF-8, one object a line, keys in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from cleaner.model import Block, BlockType, Cleaned, DocumentResult, Edit, RunResult
from cleaner.reports.frames import base_spans
from cleaner.rows import edit_row, finding_row

_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def edit_rows(result: RunResult) -> Iterator[dict[str, Any]]:
    """Rows of edits.jsonl, documents in run order, edits in ledger order."""
    return (edit_row(edit) for document in result.documents for edit in document.cleaned.edits)


def finding_rows(result: RunResult) -> Iterator[dict[str, Any]]:
    """Rows of findings.jsonl, documents in run order."""
    return (finding_row(finding) for document in result.documents for finding in document.findings)


def block_rows(result: RunResult) -> Iterator[dict[str, Any]]:
    """Rows of blocks.jsonl: the blocks of the clean text with the hull of their base ranges, and page matter.

    Page matter that was taken out is a ``furniture`` block of no clean length. ``section`` counts the blocks of
    the clean text.
    """
    return (row for document in result.documents for row in _blocks(document))


def _blocks(document: DocumentResult) -> Iterator[dict[str, Any]]:
    cleaned = document.cleaned
    spans = base_spans(cleaned.offsets.pieces, [(b.start, b.end) for b in cleaned.blocks])
    rows = [_block(cleaned, block, *span) for block, span in zip(cleaned.blocks, spans, strict=True)]
    rows += [_furniture(cleaned, edit) for edit in cleaned.applied if edit.stage == "furniture"]
    yield from sorted(rows, key=lambda row: (row["clean_start"], row["clean_end"], row["start"]))


def _block(cleaned: Cleaned, block: Block, start: int, end: int) -> dict[str, Any]:
    return {
        "doc": cleaned.document.doc,
        "type": block.type.value,
        "level": block.level,
        "section": block.section,
        "start": start,
        "end": end,
        "clean_start": block.start,
        "clean_end": block.end,
    }


def _furniture(cleaned: Cleaned, edit: Edit) -> dict[str, Any]:
    taken = Block(BlockType.FURNITURE, edit.clean_start, edit.clean_end)
    return _block(cleaned, taken, edit.start, edit.end)


def line(row: Mapping[str, Any]) -> str:
    """One row as one line of JSON; escapes only what UTF-8 cannot hold and what some readers take for a line end."""
    text = json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(row)
    return text + "\n"


def write_edits(result: RunResult, target: IO[str]) -> None:
    """Write edits.jsonl to a text stream that was opened as UTF-8 with ``newline=""``."""
    target.writelines(map(line, edit_rows(result)))


def write_findings(result: RunResult, target: IO[str]) -> None:
    """Write findings.jsonl to a text stream that was opened as UTF-8 with ``newline=""``."""
    target.writelines(map(line, finding_rows(result)))


def write_blocks(result: RunResult, target: IO[str]) -> None:
    """Write blocks.jsonl to a text stream that was opened as UTF-8 with ``newline=""``."""
    target.writelines(map(line, block_rows(result)))
