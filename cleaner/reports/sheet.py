"""The side-by-side view of one document: rows of marked base and clean text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.model import DocumentResult, EditKind, Safety
from cleaner.reports.align import Collation, Pair
from cleaner.reports.cards import Card
from cleaner.reports.entries import MOVED_FROM, MOVED_TO, Entry, Mate
from cleaner.reports.paint import Layer, Segment, paint, shared_out
from cleaner.reports.places import Places
from cleaner.reports.regions import Region
from cleaner.reports.safe import one_line
from cleaner.reports.words import Word

_SUMMARY = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the view.

    ``kind``: ``same``, ``edit``, ``gone`` (stands in the base text only), ``new`` (in the clean text only).
    ``block`` is the type of the clean block with the level of a heading; ``line`` counts in the base text;
    ``summary`` and ``length`` describe a block that is folded. ``flags`` are the findings that begin here: severity
    and anchor. ``base_moves`` and ``clean_moves`` lead to the other end of what was moved from or to this row.
    """

    kind: str
    block: str
    line: int
    base: list[Segment]
    clean: list[Segment]
    summary: str = ""
    length: int = 0
    flags: tuple[tuple[str, str], ...] = ()
    base_moves: tuple[Mate, ...] = ()
    clean_moves: tuple[Mate, ...] = ()

    @property
    def noted(self) -> bool:
        """Whether there is something to see: a change, a proposal or a finding."""
        return self.kind != "same" or any(segment.style for segment in self.base)


class Sheet:
    """Makes the rows of one document from its regions, its entries and its findings."""

    def __init__(
        self, document: DocumentResult, noted: Sequence[Entry], cards: Sequence[tuple[Layer, ...]]
    ) -> None:
        """``noted`` are the entries in ledger order; ``cards`` the layers of each finding."""
        self._texts = Collation.of_cleaned(document.cleaned)
        self._edits = document.cleaned.edits
        self._entries = noted
        self._blocks = document.cleaned.blocks
        self._starts = [block.start for block in self._blocks]
        self._over = [layer for layers in cards for layer in layers] + self._proposals()

    def rows(self, places: Places) -> list[Row]:
        """All rows that hold text or a mark, in text order."""
        pairs = self._texts.pairs()
        over = shared_out(self._over, [(p.base_start, p.base_end) for p in pairs])
        rows = (self._row(pair, layers, places) for pair, layers in zip(pairs, over, strict=True))
        return [row for row in rows if row is not None]

    def _proposals(self) -> list[Layer]:
        return [
            Layer(span.start, span.end, f"prop s-{entry.safety_key}", (entry.anchor,))
            for edit, entry in zip(self._edits, self._entries, strict=True)
            if not edit.applied
            for span in edit.spans
        ]

    def _row(self, pair: Pair, over: Sequence[Layer], places: Places) -> Row | None:
        base, clean = self._texts.base, self._texts.clean
        regions = self._texts.regions[pair.first : pair.last]
        old, new = base[pair.base_start : pair.base_end], clean[pair.clean_start : pair.clean_end]
        base_end = _before_line_end(base, pair.base_end, [r.base_end for r in regions], pair.base_start)
        base_end = max([base_end, *(min(o.end, pair.base_end) for o in over if o.start >= base_end)])
        if not regions and not old.strip() and not new.strip() and base_end == pair.base_start:
            return None
        clean_end = _before_line_end(clean, pair.clean_end, [r.clean_end for r in regions], pair.clean_start)
        marks = [self._mark(r, r.base_start, r.base_end) for r in regions]
        kind = _kind(regions, old, new)
        line = places.line(pair.base_start)
        return Row(
            kind=kind,
            block=self._block(pair),
            line=line,
            base=paint(base, pair.base_start, base_end, [*marks, *over]),
            clean=paint(clean, pair.clean_start, clean_end, self._clean_marks(regions)),
            summary=one_line(old.strip(), _SUMMARY) if kind == "gone" else "",
            length=len(old.strip()),
            flags=_flags(over, pair),
            base_moves=self._moves(regions, MOVED_TO, f"{line}:"),
            clean_moves=self._moves(regions, MOVED_FROM, f"{line}:"),
        )

    def _moves(self, regions: Sequence[Region], way: Word, here: str) -> tuple[Mate, ...]:
        """The other ends of what was moved away from a row, or to it; not those that stand in the row itself."""
        mates = (mate for r in regions for index in r.edits for mate in self._entries[index].mates)
        return tuple(
            dict.fromkeys(mate for mate in mates if mate.way == way and not mate.place.startswith(here))
        )

    def _clean_marks(self, regions: Sequence[Region]) -> list[Layer]:
        """Marks of the clean side; what was only white space leaves no point behind."""
        return [
            self._mark(r, r.clean_start, r.clean_end)
            for r in regions
            if r.clean_start < r.clean_end or self._texts.base[r.base_start : r.base_end].strip()
        ]

    def _mark(self, region: Region, start: int, end: int) -> Layer:
        edits = [self._edits[index] for index in region.edits]
        shape = "del" if region.clean_start == region.clean_end else "sub"
        shape = "ins" if region.base_start == region.base_end else shape
        kinds = {e.edit for e in edits}
        moved = " mov" if EditKind.MOVE in kinds else " tra" if EditKind.TRANSPOSE in kinds else ""
        safety = max((e.safety for e in edits), key=lambda s: s.rank, default=Safety.CERTAIN)
        anchors = tuple(self._entries[index].anchor for index in region.edits)
        return Layer(start, end, f"{shape}{moved} s-{safety.value}", anchors)

    def _block(self, pair: Pair) -> str:
        at = bisect_left(self._starts, pair.clean_start)
        if at == len(self._blocks) or self._starts[at] >= pair.clean_end:
            return "paragraph"
        block = self._blocks[at]
        return f"heading h{min(block.level, 3)}" if block.level else block.type.value


def finding_layers(card: Card, spans: Sequence[tuple[int, int]]) -> tuple[Layer, ...]:
    """The marks of a finding in the base text."""
    return tuple(Layer(start, end, f"find f-{card.severity_key}", (card.anchor,)) for start, end in spans)


def _flags(over: Sequence[Layer], pair: Pair) -> tuple[tuple[str, str], ...]:
    """Severity and anchor of the findings whose first mark in this row begins in it."""
    found = (
        o for o in sorted(over) if o.style.startswith("find") and pair.base_start <= o.start < pair.base_end
    )
    return tuple(dict.fromkeys((layer.style.rpartition("f-")[2], layer.anchors[0]) for layer in found))


def _before_line_end(text: str, end: int, marked: Sequence[int], start: int) -> int:
    """``end`` without line ends that no region marks: a row is a block of its own."""
    lowest = max([start, *marked])
    while end > lowest and text[end - 1] == "\n":
        end -= 1
    return end


def _kind(regions: Sequence[Region], old: str, new: str) -> str:
    if not regions:
        return "same"
    if not new.strip():
        return "gone"
    return "edit" if old.strip() else "new"
