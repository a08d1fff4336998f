"""Copies taken out of their documents, each with its row in the ledger, so that ``kanwu undo`` gives them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cleaner.dedup.clusters import Kind
from cleaner.dedup.paragraphs import Line, lines_of
from cleaner.engine.apply import apply_edits
from cleaner.engine.ledger import finish
from cleaner.model import (
    Candidate,
    Cleaned,
    Document,
    DocumentResult,
    Edit,
    EditKind,
    Evidence,
    OffsetMap,
    Safety,
    Span,
)
from cleaner.reading.discover import Found
from cleaner.runs.attempt import Attempted, rows_of

RULES: Mapping[Kind, str] = {Kind.EXACT: "dedup/exact-duplicate", Kind.NEAR: "dedup/near-duplicate"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A line of a document that goes, and the paragraph of which it is a copy."""

    line: int
    kind: Kind
    of_doc: str
    of_line: int
    similarity: float

    @property
    def why(self) -> str:
        """The grounds, for a reader."""
        place = f"{self.of_doc} 第 {self.of_line + 1} 段 / block {self.of_line}"
        if self.kind is Kind.EXACT:
            return f"与 {place} 逐字相同 (the same)，留彼处一份"
        return f"与 {place} 相似 {self.similarity:.3f} (alike)，数字相同，留彼处一份"


class Dropper:
    """Takes the copies out of documents; stands where :class:`cleaner.runs.attempt.Attempts` does."""

    def __init__(self, copies: Mapping[str, Sequence[Copy]]) -> None:
        self._copies = copies

    def attempt(self, document: Document, found: Found | None = None) -> Attempted:  # noqa: ARG002
        """The document without its copies."""
        result = DocumentResult(dropped(document, self._copies.get(document.doc, ())))
        return Attempted(result, rows_of(result))


def dropped(document: Document, copies: Sequence[Copy]) -> Cleaned:
    """A document without some of its lines; ``copies`` are sorted by line."""
    lines = tuple(lines_of(document.text))
    gone = {copy.line for copy in copies}
    top = next((line.number for line in lines if line.number not in gone), len(lines))
    ranges = [_range(lines, copy.line, top) for copy in copies]
    text, offsets = apply_edits(
        document.text,
        OffsetMap.identity(len(document.text)),
        [Candidate(start, end, "") for start, end in ranges],
    )
    made = [
        _edit(document, copy, span, len(copies) - 1 - number)
        for number, (copy, span) in enumerate(zip(copies, ranges, strict=True))
    ]
    return Cleaned(document, text, finish(made, offsets, document.doc), offsets, ())


def _range(lines: Sequence[Line], number: int, top: int) -> tuple[int, int]:
    """A line with the gap before it; above ``top``, the first line that stays, with the gap behind it."""
    if number > top:
        return lines[number - 1].end, lines[number].end
    end = lines[number + 1].start if number + 1 < len(lines) else lines[number].end
    return lines[number].start, end


def _edit(document: Document, copy: Copy, span: tuple[int, int], seq: int) -> Edit:
    """The row of a deletion. Rows count from the right, so that each is true in the text just before it."""
    before = document.text[span[0] : span[1]]
    return Edit(
        edit_id="",
        doc=document.doc,
        rule=RULES[copy.kind],
        edit=EditKind.DELETE,
        safety=Safety.PROBABLE,
        evidence=Evidence.EXTERNAL,
        spans=(Span(*span),),
        before=before,
        after="",
        applied=True,
        why=copy.why,
        seq=seq,
        stage="dedup",
        pass_=1,
        stage_start=span[0],
        stage_end=span[1],
        stage_before=before,
    )
