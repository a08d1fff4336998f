"""What a detector looks at, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from cleaner.engine.view import View
from cleaner.model import BlockType, Cleaned, Relation, Severity

HAN_RUN = regex.compile(r"[\u4e00-\u9fff]+")
_APART = frozenset({BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.SIGNATURE, BlockType.FURNITURE})


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
    """A restored document: its blocks as the engine typed them, and the relations that were confronted.

    ``runs`` are start and characters of every unbroken run of Han characters in the prose, ``counts`` how often each
    pair of neighbours stands in them.
    """

    cleaned: Cleaned
    view: View
    runs: tuple[tuple[int, str], ...]
    counts: Counter[str]
    relations: Sequence[Relation] = ()

    @classmethod
    def of(cls, cleaned: Cleaned, relations: Sequence[Relation] = ()) -> Subject:
        """The clean text of ``cleaned`` with the blocks that it came with."""
        view = View(cleaned.text, cleaned.blocks, cleaned.document)
        runs = tuple(
            (start + run.start(), run.group())
            for start, text in _prose(view)
            for run in HAN_RUN.finditer(text)
        )
        counts: Counter[str] = Counter()
        for _, run in runs:
            counts.update(map("".join, pairwise(run)))
        return cls(cleaned, view, runs, counts, relations)

    def prose(self) -> Iterator[tuple[int, str]]:
        """Start and content of every block but tables, captions, signatures and page matter."""
        return _prose(self.view)


def _prose(view: View) -> Iterator[tuple[int, str]]:
    for block in view.blocks:
        if block.type not in _APART:
            yield block.start, view.content(block)


Detector = Callable[[Subject], Iterator[Suspicion]]
"""Looks through one document, in time near-linear in its length."""
