"""Blocks that are the beginning, the end or the middle of a longer block: what a page break left twice."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cleaner.engine.repairs.likeness import (
    CLOSERS,
    SENTENCE_ENDS,
    VERBATIM,
    is_cut,
    is_prose,
    recurs_by_design,
)
from cleaner.engine.repairs.openness import ends_open, open_ends
from cleaner.engine.repairs.seams import half_clause
from cleaner.engine.view import View
from cleaner.model import BlockType, Safety

HEAD, TAIL, MIDDLE = "残头", "残尾", "残段"
_BESIDE, _NEAR = 2, 6
"""Blocks between a copy and the longer one: of whole sentences, which a summary may repeat, and of cut ones."""

_SEED = 8
_LONGEST_OVERLAP = 400
_MOST_SEARCHES = 32
_BOUNDARY = SENTENCE_ENDS + "”，,、：:"


@dataclass(frozen=True, slots=True)
class Copy:
    """Block ``index`` stands whole in block ``longer``; ``cut`` says that it breaks off inside a sentence."""

    index: int
    longer: int
    part: str
    cut: bool
    length: int

    def safety(self, minimum: int) -> Safety | None:
        """None for the rule's own safety: long and cut, nobody writes that; lower where someone might."""
        if self.length >= minimum and self.cut:
            return None
        beside = abs(self.index - self.longer) <= (_NEAR if self.cut else _BESIDE)
        # Whole sentences at the end of one block that are the next one: either of the two may be out of place.
        told = self.cut or self.part == HEAD
        return Safety.PROBABLE if beside and told else Safety.DOUBTFUL


def cut_copy_of(view: View, shortest: int) -> list[Copy]:
    """Blocks of at least ``shortest`` characters that are part of a longer block, sorted by index."""
    found: dict[int, Copy] = {}
    long_enough = {text for text in view.texts if len(text) >= shortest}
    nests = any(next(_nested(long_enough, prefix), None) for prefix in (True, False))
    places = (
        _places(view, shortest) if nests else {}
    )  # most documents hold no text that begins or ends another
    for text, longer in _nested(places, prefix=True):
        # a paragraph may take its headline up as its first clause
        headline = not is_cut(text) and longer[len(text)] in _BOUNDARY
        cut = text[-1] not in SENTENCE_ENDS + "”：" and not headline
        _note(found, places, text, longer, HEAD, cut)
    for text, longer in _nested(places, prefix=False):
        before = longer[-len(text) - 1]
        _note(found, places, text, longer, TAIL, cut=before not in SENTENCE_ENDS + "”")
    for index, longer_index in _middles(view, found):
        block = view.blocks[index]
        found[index] = Copy(index, longer_index, MIDDLE, True, block.end - block.start)
    return [found[index] for index in sorted(found)]


def _places(view: View, shortest: int) -> Mapping[str, list[int]]:
    """Distinct running texts with the blocks that hold them; headings and lines of forms are left out."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, (block, text) in enumerate(zip(view.blocks, view.texts, strict=True)):
        if len(text) < shortest or not is_prose(block, text) or recurs_by_design(text):
            continue
        if block.type is not BlockType.HEADING or ends_open(view, index) or half_clause(text):
            places[text].append(index)
    return places


def _nested(texts: Iterable[str], prefix: bool) -> Iterator[tuple[str, str]]:
    """(text, longer text that begins, or ends, with it): neighbours when sorted."""
    turned = sorted(texts if prefix else [t[::-1] for t in texts])
    for short, long in itertools.pairwise(turned):
        if long.startswith(short):
            yield (short, long) if prefix else (short[::-1], long[::-1])


def _note(
    found: dict[int, Copy], places: Mapping[str, list[int]], text: str, longer: str, part: str, cut: bool
) -> None:
    if len(text) < VERBATIM and not cut:
        return  # a short whole sentence may well be said twice
    for index in places[text]:
        nearest = min(places[longer], key=lambda place: (abs(place - index), place))
        found.setdefault(index, Copy(index, nearest, part, cut, len(text)))


def _middles(view: View, found: Mapping[int, Copy]) -> Iterator[tuple[int, int]]:
    """Long blocks that stop inside a sentence and stand, as they are, inside another block."""
    open_ended = [
        i
        for i, b in view.of_type(BlockType.PARAGRAPH)
        if b.end - b.start >= VERBATIM and i not in found and view.text[b.end - 1] not in CLOSERS
    ]
    for index in open_ended[:_MOST_SEARCHES]:
        block = view.blocks[index]
        text = view.content(block)
        place = view.text.find(text)
        if place == block.start:
            place = view.text.find(text, block.end)
        if place > 0 and view.text[place - 1] not in _BOUNDARY + "\n":
            holder = next(i for i, b in enumerate(view.blocks) if b.end > place)
            yield index, holder


def overlapping_neighbours(view: View) -> Iterator[int]:
    """Cut blocks that a paragraph follows."""
    for index, is_open in enumerate(open_ends(view)[:-1]):
        if is_open and view.blocks[index + 1].type is BlockType.PARAGRAPH:
            yield index


def overlap(view: View, index: int) -> int:
    """How many characters at the end of block ``index`` are printed again at the start of the next; 0 for none.

    The repeated part begins a clause, or is long enough not to recur by chance.
    """
    left, right = view.content(view.blocks[index]), view.content(view.blocks[index + 1])
    place = left.find(right[:_SEED], max(0, len(left) - _LONGEST_OVERLAP))
    while place >= 0:
        length = len(left) - place
        begins = place == 0 or left[place - 1] in _BOUNDARY or length >= 2 * _SEED
        if length < len(right) and begins and right.startswith(left[place:]):
            return length
        place = left.find(right[:_SEED], place + 1)
    return 0
