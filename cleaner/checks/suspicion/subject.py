"""What a detector looks at, and what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add
from typing import Any

from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Cleaned, Relation, Severity

HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
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
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What a detector worked out and another can use."""

    @classmethod
    def of(cls, cleaned: Cleaned, relations: Sequence[Relation] = ()) -> Subject:
        """The clean text of ``cleaned`` with the blocks that it came with."""
        view = View(cleaned.text, cleaned.blocks, cleaned.document)
        runs = tuple(
            [(run.start(), run.group()) for block in _prose(view) for run in _runs(view.text, block)]
        )
        # One count over all runs, a line feed between them: no pair crosses from one into the next.
        joined = "\n".join([run for _, run in runs])
        counts = Counter(map(add, joined, joined[1:]))
        for apart in [pair for pair in counts if "\n" in pair]:
            del counts[apart]
        return cls(cleaned, view, runs, counts, relations)

    def prose(self, sign: re.Pattern[str] | None = None) -> Iterator[tuple[int, str]]:
        """Start and content of every block but tables, captions, signatures and page matter.

        ``sign`` is something small that stands wherever a detector can find what it looks for; blocks without it are
        passed over.
        """
        text = self.view.text
        for block in _prose(self.view):
            if sign is None or sign.search(text, block.start, block.end):
                yield block.start, text[block.start : block.end]


def _prose(view: View) -> Iterator[Block]:
    return (block for block in view.blocks if block.type not in _APART)


def _runs(text: str, block: Block) -> Iterator[re.Match[str]]:
    return HAN_RUN.finditer(text, block.start, block.end)


Detector = Callable[[Subject], Iterator[Suspicion]]
"""Looks through one document, in time near-linear in its length."""
