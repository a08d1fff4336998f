"""Base and clean text laid side by side: rows cut where both texts end a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cleaner.engine.apply import replay
from cleaner.model import Cleaned
from cleaner.reports.regions import LedgerRow, Region, regions
from cleaner.rows import edit_row


class Pair(NamedTuple):
    """A row of the side-by-side view: a base range, a clean range, the regions in it (from, to)."""

    base_start: int
    base_end: int
    clean_start: int
    clean_end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Collation:
    """One document: its ledger rows, its two texts, and the regions where they differ."""

    doc: str
    rows: Sequence[LedgerRow]
    base: str
    clean: str
    regions: tuple[Region, ...]

    @classmethod
    def of_rows(cls, doc: str, rows: Sequence[LedgerRow], base: str, clean: str) -> Collation:
        """From the files that a run left.

        Raises:
            ValueError: the ledger does not lead from the base text to the clean text.
        """
        text, offsets = replay(base, rows)
        if text != clean:
            raise ValueError(f"{doc}: the ledger does not lead to the clean text")
        return cls(doc, rows, base, clean, regions(rows, base, clean, offsets.pieces))

    @classmethod
    def of_cleaned(cls, cleaned: Cleaned) -> Collation:
        """From a run in memory."""
        rows = [edit_row(edit) for edit in cleaned.edits]
        base = cleaned.document.text
        found = regions(rows, base, cleaned.text, cleaned.offsets.pieces)
        return cls(cleaned.document.doc, rows, base, cleaned.text, found)

    def pairs(self) -> list[Pair]:
        """The rows of the side-by-side view."""
        return pairs(self.regions, self.base, self.clean)


def pairs(differences: Sequence[Region], base: str, clean: str) -> list[Pair]:
    """Rows of the side-by-side view, cut where both texts end a line and around blocks that came or went."""
    cuts = _cuts(differences, base, clean)
    found: list[Pair] = []
    first = 0
    for (start, clean_start), (end, clean_end) in pairwise(cuts):
        last = first
        while last < len(differences) and _before(differences[last], end, clean_end):
            last += 1
        found.append(Pair(start, end, clean_start, clean_end, first, last))
        first = last
    return found


def _before(region: Region, end: int, clean_end: int) -> bool:
    return region.base_end <= end and region.clean_end <= clean_end


def _cuts(differences: Sequence[Region], base: str, clean: str) -> list[tuple[int, int]]:
    cuts = [(0, 0)]
    at_base = at_clean = 0
    for region in (*differences, Region(len(base), len(base), len(clean), len(clean))):
        found = base.find("\n", at_base, region.base_start)
        while found >= 0:
            cuts.append((found + 1, found + 1 - at_base + at_clean))
            found = base.find("\n", found + 1, region.base_start)
        if _whole_block(region, base, clean):
            cuts += [(region.base_start, region.clean_start), (region.base_end, region.clean_end)]
        at_base, at_clean = region.base_end, region.clean_end
    cuts.append((len(base), len(clean)))
    return [cut for index, cut in enumerate(cuts) if index == 0 or cut != cuts[index - 1]]


def _whole_block(region: Region, base: str, clean: str) -> bool:
    """Whether whole lines came or went here, at a line border of both texts."""
    start, end, clean_start, clean_end, _ = region
    if (start == end) == (clean_start == clean_end):
        return False
    if start == end:
        return _whole_lines(clean, clean_start, clean_end) and _at_border(base, start)
    return _whole_lines(base, start, end) and _at_border(clean, clean_start)


def _whole_lines(text: str, start: int, end: int) -> bool:
    left = start == 0 or text[start - 1] == "\n"
    right = end == len(text) or text[end] == "\n"
    return (left and (right or text[end - 1] == "\n")) or (text[start] == "\n" and right)


def _at_border(text: str, at: int) -> bool:
    return at in (0, len(text)) or text[at - 1] == "\n" or text[at] == "\n"
