"""What a detector looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from cleaner.engine.view import View
from cleaner.model import BlockType, Cleaned, Relation, Severity

HAN_RUN = regex.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place that a reader should compare with the source. Offsets are in the clean text.

    ``kind`` becomes the check ``restoration/<kind>``; ``message`` and ``message_en`` say the grounds. ``rank``
    orders suspicions of a kind that has a budget, the weightiest first.
    """

    start: int
    end: int
    kind: str
    message: str
    message_en: str
    severity: Severity = Severity.INFO
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A restored document: its blocks as the engine typed them, and the relations that were confronted."""

    cleaned: Cleaned
    view: View
    relations: Sequence[Relation] = ()

    @classmethod
    def of(cls, cleaned: Cleaned, relations: Sequence[Relation] = ()) -> Subject:
        """The clean text of ``cleaned`` with the blocks that it came with."""
        return cls(cleaned, View(cleaned.text, cleaned.blocks, cleaned.document), relations)

    def prose(self) -> Iterator[tuple[int, str]]:
        """Start and content of every block but tables, captions, signatures and page matter."""
        apart = {BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.SIGNATURE, BlockType.FURNITURE}
        for block in self.view.blocks:
            if block.type not in apart:
                yield block.start, self.view.content(block)

    def runs(self) -> Iterator[tuple[int, str]]:
        """Start and characters of every unbroken run of Han characters in the prose."""
        for start, text in self.prose():
            for run in HAN_RUN.finditer(text):
                yield start + run.start(), run.group()


Detector = Callable[[Subject], Iterator[Suspicion]]
"""Looks through one document, in time near-linear in its length."""
