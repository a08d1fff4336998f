"""Captions that carry no credit: they were typed from where they stand, which a reader may wish to look at."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.model import BlockType


def captions(subject: Subject) -> Iterator[Suspicion]:
    """Every caption block, so that text that is none does not vanish from the prose in silence."""
    for _, block in subject.view.of_type(BlockType.CAPTION):
        message = f"“{subject.view.content(block)[:16]}”当是图片说明，已标为 caption，不与正文相接"
        english = "taken for the caption of a picture: marked as such, and not joined to the text"
        yield Suspicion(block.start, block.end, "caption", message, english)
