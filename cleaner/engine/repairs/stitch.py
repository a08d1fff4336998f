"""Sentences whose halves came apart, and what stands where it does not belong.

Restoring order is restoring what the page said: a half is moved only where the word that was cut in two is
whole again and no other half fits as well. Where the middle of a sentence is lost nothing is joined: the two
ends are gaps, which :func:`gaps` reports. A move that makes halves neighbours joins them: its group is the
deletion, the insertion of the same text, and the deletion of the gap that is left over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.cohesion import is_han
from cleaner.engine.repairs.halves import Half, halves_in, near_halves
from cleaner.engine.repairs.likeness import quoted
from cleaner.engine.repairs.openness import (
    balanced,
    coheres,
    ends_open,
    open_ends,
    runs_on,
    seam,
    starts_open,
)
from cleaner.engine.repairs.seams import cannot_begin
from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Candidate, Safety

_FEW = 6
_WRAPPED_SHARE = 8
"""Where more than a few blocks, and one in eight, stop inside a sentence, lines are wrapped and not yet joined:
then halves are lines, and nothing is moved or missed."""
_SPAN = 12


WORD = 2
"""Score of a fit where a word that was cut in two is whole again."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Block ``tail`` may continue block ``head``.

    ``score`` is that of :func:`cleaner.engine.repairs.openness.seam`; ``near`` is there for a pair that stands near by
    and is judged by :mod:`cleaner.engine.repairs.halves`.
    """

    head: int
    tail: int
    score: int
    near: Half | None = None

    @property
    def sure(self) -> bool:
        """Whether the tail is moved and not only shown."""
        return self.near.sure if self.near else self.score == WORD


def cut_blocks(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Move the rest of a sentence to the block that it was cut from.

    Probable where one word was cut in two, the characters around it agree, and head and tail have no other
    partner, however far apart they stand; and where a block near by is to be believed to go on with the head, for its
    joint, its shape and its matter, while no other use of the two is. Doubtful where that belief is smaller, and for
    a lone pair that only a word, or only its being alone, speaks for.
    """
    del parameters
    settled = [] if _is_wrapped(view) else _settled(view)
    found = [fit for fit in settled if fit.sure]
    found += _near(view, {i for fit in found for i in (fit.head, fit.tail)})
    taken = {i for fit in found for i in (fit.head, fit.tail)}
    for fit in found + [f for f in settled if f.head not in taken and f.tail not in taken]:
        yield from _move_block(view, fit)


def _settled(view: View) -> list[Fit]:
    """Pairs wherever they stand: those that a word speaks for, or else the only two loose ends."""
    heads = _loose_heads(view)
    if not heads:
        return []
    tails = _loose_tails(view, set(heads))
    fits = _fits(view, heads, tails)
    return _unique(fits) or ([] if fits else _alone(view, heads, tails))


def _near(view: View, taken: set[int]) -> list[Fit]:
    """Pairs near by that are to be believed, none of them of a block in ``taken`` or in two pairs."""
    found = near_halves(view, [i for i in halves_in(view) if i not in taken])
    found = [h for h in found if not (h.tail in taken or _is_parted(view, h) or _is_held(view, h))]
    heads = {half.head for half in found}
    return [Fit(half.head, half.tail, 0, half) for half in found if half.tail not in heads]


def _is_parted(view: View, half: Half) -> bool:
    """Whether only a heading or caption stands between: :func:`misplaced_headings` takes it out of the sentence."""
    between = {block.type for block in view.blocks[half.head + 1 : half.tail]}
    return between <= {BlockType.HEADING, BlockType.CAPTION} and _is_interrupted(view, half.head, half.tail)


def _is_held(view: View, half: Half) -> bool:
    """Whether the marks beside say otherwise: a number runs on into the tail (12.2|7元), a stop behind the head."""
    before, after = view.content(view.blocks[half.tail - 1]), view.content(view.blocks[half.head + 1])
    number = before[-1].isdecimal() and view.text[view.blocks[half.tail].start].isdecimal()
    return number or cannot_begin(after)


def _is_wrapped(view: View) -> bool:
    """Whether so many blocks stop inside a sentence that they are lines and not paragraphs."""
    most = max(_FEW, len(view.blocks) // _WRAPPED_SHARE)
    return sum(open_ends(view)) > most


def _loose_heads(view: View) -> list[int]:
    """Blocks that stop inside a sentence and that the next block does not continue."""
    last = len(view.blocks) - 1
    return [
        i
        for i, is_open in enumerate(open_ends(view))
        if is_open
        and not (i < last and view.blocks[i + 1].type is BlockType.PARAGRAPH and runs_on(view, i, i + 1))
    ]


def _loose_tails(view: View, heads: set[int]) -> list[int]:
    """Paragraphs whose first characters begin no sentence, in the corpus or elsewhere in the document."""
    firsts = Counter(view.text[b.start : b.start + 2] for b in view.blocks)
    found = []
    for index, block in view.of_type(BlockType.PARAGRAPH):
        first = view.text[block.start : block.start + 2]
        follows = index - 1 in heads and runs_on(view, index - 1, index)
        if firsts[first] == 1 and first not in bonds().starts and not follows:
            found.append(index)
    return found


def _fits(view: View, heads: Sequence[int], tails: Sequence[int]) -> list[Fit]:
    """Pairs that a word speaks for and no quotation mark against; tails are looked up by their first character."""
    by_first: defaultdict[str, list[int]] = defaultdict(list)
    for tail in tails:
        first = view.text[view.blocks[tail].start]
        if is_han(first):
            by_first[first].append(tail)
    found = []
    for head in heads:
        left = view.content(view.blocks[head])
        for first, members in by_first.items():
            if seam(left, first):
                found += [f for t in members if (f := _fit(view, head, t)) is not None]
    return found


def _fit(view: View, head: int, tail: int) -> Fit | None:
    if head == tail:
        return None
    left, right = view.content(view.blocks[head]), view.content(view.blocks[tail])
    score = seam(left, right)
    return Fit(head, tail, score) if score and balanced(left + right) else None


def _unique(fits: Sequence[Fit]) -> list[Fit]:
    """Fits whose head and tail stand in no other fit."""
    heads, tails = Counter(f.head for f in fits), Counter(f.tail for f in fits)
    return [f for f in fits if heads[f.head] == 1 and tails[f.tail] == 1 and f.head not in tails]


def _alone(view: View, heads: Sequence[int], tails: Sequence[int]) -> list[Fit]:
    """The only head and the only tail that cannot begin a sentence, if nothing speaks against their joint."""
    orphans = [t for t in tails if starts_open(view.content(view.blocks[t]))]
    if len(heads) != 1 or len(orphans) != 1 or heads == orphans:
        return []
    left, right = (view.content(view.blocks[i]) for i in (heads[0], orphans[0]))
    if bonds().forbids(left, right) or not balanced(left + right):
        return []
    return [Fit(heads[0], orphans[0], 0)]


def _move_block(view: View, fit: Fit) -> Iterator[Candidate]:
    """The tail goes behind the head and is joined to it; the gap before it (behind a first block) goes."""
    head, tail = view.blocks[fit.head], view.blocks[fit.tail]
    left, right = view.content(head), view.content(tail)
    gap = (view.blocks[fit.tail - 1].end, tail.start) if fit.tail else (tail.end, view.blocks[1].start)
    safety = None if fit.sure else Safety.DOUBTFUL
    why = _grounds(left, right, fit)
    yield from _group(view, f"{fit.head}-{fit.tail}", why, safety, [gap, (tail.start, tail.end)], head.end)


def _grounds(left: str, right: str, fit: Fit) -> str:
    if fit.near:
        what = f"“{left[-6:]}”断在句中，“{right[:6]}”不像句首而像其下文"
        return f"{what}，接缝与所述之事都相合，邻近各段不如（可信{fit.near.belief:.0%}）"
    if not fit.score:
        return f"全文只有“{left[-6:]}”一处断尾、“{right[:6]}”一处无头，或相接"
    word = left[-1] + right[0]
    return f"“{left[-6:]}”断在句中，“{right[:6]}”无头，接缝成词“{word}”，别无他处可接"


def _group(
    view: View, name: str, why: str, safety: Safety | None, leaving: Sequence[tuple[int, int]], target: int
) -> Iterator[Candidate]:
    """The rows of one move: what leaves (gaps, and the one text that is put in at ``target``)."""
    for start, end in leaving:
        yield Candidate(start, end, "", why=why, group=name, safety=safety)
    moved = next(view.text[a:b] for a, b in leaving if not view.text[a:b].isspace())
    yield Candidate(target, target, moved, why=why, group=name, safety=safety)


def misplaced_headings(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Move blocks of the types in ``interrupts`` out of the sentence that they cut, behind the paragraph.

    One heading between a cut paragraph and one that cannot begin a sentence, or up to ``most`` of them where the
    cut word is whole again without them.
    """
    types = {BlockType(name) for name in parameters.get("interrupts", ["heading"])}
    most = int(parameters.get("most", 3))
    index = len(view.blocks) if _is_wrapped(view) else 0
    while index < len(view.blocks):
        tail = _beyond(view, index, types, most)
        if tail and _is_interrupted(view, index, tail):
            yield from _move_out(view, index, tail)
            index = tail
        index += 1


def _beyond(view: View, head: int, types: set[BlockType], most: int) -> int:
    """The paragraph behind one to ``most`` interrupting blocks after a cut block; 0 if there is none."""
    blocks = view.blocks
    tail = head + 1
    while tail < len(blocks) and blocks[tail].type in types and tail - head <= most:
        tail += 1
    if tail in (head + 1, len(blocks)) or blocks[tail].type is not BlockType.PARAGRAPH:
        return 0
    if any("。" in view.content(b) for b in blocks[head + 1 : tail]):
        return 0
    return tail if ends_open(view, head) else 0


def _is_interrupted(view: View, head: int, tail: int) -> bool:
    """Whether the blocks between cut a sentence; one block between two open ends needs less of the joint."""
    left, right = view.content(view.blocks[head]), view.content(view.blocks[tail])
    between = view.content(view.blocks[head + 1])
    if not balanced(left + right) or seam(left, between) == 2 or right[:2] in bonds().starts:
        return False
    if seam(left, right) == 2:
        return True
    if tail > head + 2 or bonds().forbids(left, right):
        return False
    return starts_open(right) or coheres(left, right)


def _move_out(view: View, head: int, tail: int) -> Iterator[Candidate]:
    start, end = view.blocks[head].end, view.blocks[tail - 1].end
    moved, rest = view.blocks[head + 1], view.blocks[tail]
    why = f"{quoted(view.content(moved))}插在“{view.text[start - 4 : start]}”与下段首之间，移到句段之后"
    leaving = [(start, end), (end, rest.start)]
    yield from _group(view, f"out-{head}", why, None, leaving, rest.end)


_TITLE = regex.compile(r"(?:#+\s*)?[\p{Han}0-9“”《》（）()\s　]{0,30}(?:报告|讲话|公报|意见|方案|规划|纲要)")
_SALUTED = regex.compile(r"(?:各位[\p{Han}、]{2,12}|同志们|朋友们)[：:！!，,]?")


def displaced_title(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Move a title with its date and speaker from the middle of a speech to its beginning.

    Applied only where the user asks for a new order (``reorder``); else a doubtful proposal. A title that a
    salutation follows begins another text, and stays.
    """
    apply = view.reorder or bool(parameters.get("reorder", False))
    places = list(_titles_inside(view))
    if len(places) != 1:
        return
    first, last = places[0]
    start, end = view.blocks[first].start, view.blocks[last + 1].start
    why = f"{quoted(view.content(view.blocks[first]))}与日期、报告人印在正文中间，应在篇首"
    safety = None if apply else Safety.DOUBTFUL
    yield from _group(view, "title", why, safety, [(start, end)], view.blocks[0].start)


def _titles_inside(view: View) -> Iterator[tuple[int, int]]:
    """First and last block of title blocks that stand after the salutation and some running text."""
    saluted = paragraphs = 0
    for index, block in enumerate(view.blocks):
        text = view.content(block)
        saluted += _SALUTED.fullmatch(text) is not None
        paragraphs += block.type is BlockType.PARAGRAPH
        if saluted and paragraphs > 2 and block.type is BlockType.HEADING and _TITLE.fullmatch(text):
            last = index
            while last + 1 < len(view.blocks) and view.blocks[last + 1].type is BlockType.SIGNATURE:
                last += 1
            if index < last < len(view.blocks) - 1 and not _salutes(view, view.blocks[last + 1]):
                yield index, last


def _salutes(view: View, block: Block) -> bool:
    return _SALUTED.match(view.content(block)) is not None


def gaps(view: View) -> Iterator[tuple[int, int, str, str]]:
    """Places where text is missing: (start, end, kind, why), offsets in the frame of the view.

    ``cut_end``: a block stops inside a sentence, and nothing continues it; ``cut_start``: a block starts inside
    one. The ranges are the last or first characters of the block, for a reader to look at.
    """
    if _is_wrapped(view):
        return
    after_title = {last + 1 for _, last in _titles_inside(view)}
    for index, block in enumerate(view.blocks):
        text = view.content(block)
        if block.type is BlockType.PARAGRAPH and (starts_open(text) or index in after_title):
            end = min(block.end, block.start + _SPAN)
            yield block.start, end, "cut_start", f"段首“{text[:6]}”不是句首，前文缺失"
        if ends_open(view, index):
            start = max(block.start, block.end - _SPAN)
            yield start, block.end, "cut_end", f"段末“{text[-6:]}”断在句中，下文缺失"
