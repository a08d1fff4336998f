"""What the tests of structural repairs share: candidates on a text, and the text at their fixed point."""

from __future__ import annotations

import itertools

from cleaner.engine.apply import apply_edits
from cleaner.engine.view import View
from cleaner.model import Document, OffsetMap, Safety


def proposed(repair, text, **parameters):
    """Candidates of one repair, in text order."""
    view = View.of(text, Document("a.txt", text))
    return sorted(repair(view, parameters), key=lambda c: (c.start, c.end))


def repaired(repair, text, **parameters):
    """The text when the repair has nothing more to apply; its candidates must not overlap."""
    for _ in range(8):
        sure = [c for c in proposed(repair, text, **parameters) if c.safety is not Safety.DOUBTFUL]
        if not sure:
            return text
        for left, right in itertools.pairwise(sure):
            assert left.end <= right.start
        text, _ = apply_edits(text, OffsetMap.identity(len(text)), sure)
    raise AssertionError("no fixed point")


def lines(*blocks):
    """Blocks separated as page scans separate them."""
    return "\n\n".join(blocks)
