"""What a detector looks at, and what it says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.checks.suspicion.hanruns import HanRuns
from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Cleaned, Relation, Severity

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

    ``blocks`` are those of prose: no tables, captions, signatures or page matter; ``runs`` the unbroken runs of Han
    characters in them.
    """

    cleaned: Cleaned
    view: View
    blocks: tuple[Block, ...]
    runs: HanRuns
    relations: Sequence[Relation] = ()
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What a detector worked out and another can use."""

    @classmethod
    def of(cls, cleaned: Cleaned, relations: Sequence[Relation] = ()) -> Subject:
        """The clean text of ``cleaned`` with the blocks that it came with."""
        view = View(cleaned.text, cleaned.blocks, cleaned.document)
        blocks = tuple([block for block in view.blocks if block.type not in _APART])
        return cls(cleaned, view, blocks, HanRuns.of(view.text, blocks), relations)

    def prose(self, sign: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Start and content of the blocks of prose that hold ``sign``.

        ``sign`` is something small that stands wherever a detector can find what it looks for. It is searched in the
        whole text, so it takes no line end, begins with what is no white space, and looks at nothing around it.
        """
        return self.prose_at(found.start() for found in sign.finditer(self.view.text))

    def prose_at(self, places: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Start and content of the blocks of prose in which one of ``places`` stands, which come in order."""
        done = 0
        for place in places:
            if place >= done:
                index = bisect_right(self.blocks, place, key=_start) - 1
                block = self.blocks[index] if index >= 0 else None
                if block is not None and place < block.end:
                    done = block.end
                    yield block.start, self.view.text[block.start : done]


def _start(block: Block) -> int:
    return block.start


Detector = Callable[[Subject], Iterator[Suspicion]]
"""Looks through one document, in time near-linear in its length."""
