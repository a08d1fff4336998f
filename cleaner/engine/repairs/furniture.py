"""Page furniture: page numbers and running heads that stand between, or inside, sentences.

Neither carries text; both are told by what they do in a document: they count, they come back a page apart,
and they cut sentences without regard for them. The gap that stays behind is closed by the next stage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import regex

from cleaner.engine.repairs.cohesion import coheres
from cleaner.engine.repairs.glued_heads import glued_heads
from cleaner.engine.repairs.heads import standing_heads
from cleaner.engine.repairs.page_holes import bare_in_holes, counts_pages, fractions_inside
from cleaner.engine.repairs.page_marks import (
    Form,
    PageMark,
    evenly_spaced,
    in_sequence,
    marks_inside,
    page_mark,
)
from cleaner.engine.repairs.seams import (
    Ending,
    begins_block,
    cannot_begin,
    ending,
    half_clause,
    may_be_cut,
    may_continue,
    stands_alone,
    unfinished,
)
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_BLANK = " \t　\xa0"
_HIGHEST = 1500
_REACH = 80
"""Characters on either side that are looked at, so that a line full of marks costs no more than its length."""

_TEXT = regex.compile(r"[\p{Han}，。、；：！？”’）》“‘（《0-9%]")
_WIDEST = 64
"""Characters that a wrapped line has at most: a longer line is a paragraph."""

_JOINING = frozenset("的和与及或在对将把以被由向")
_JOINED = frozenset("的们")
"""Characters that end no heading, and that begin no paragraph."""

_ALNUM = regex.compile(r"[0-9A-Za-z]")


def page_numbers(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Remove page numbers, on lines of their own and inside lines.

    A number that delimits itself (``- 5 -``, ``第3页``) needs no more on a line of its own; inside a line it
    must stand in sequence or cut a sentence. Any other form needs a sequence of three, a page apart, that cuts
    sentences. ``parameters``: ``page``, the least characters between two pages of such a sequence.
    """
    marks = _collect(view)
    if not marks:
        return
    page = int(parameters.get("page", 50))
    sure = [m for m in marks if m.form.delimits_itself]
    chain = _Chain.of(view, [sure[i] for i in sorted(in_sequence(sure))], page)
    for mark in sure:
        yield from _self_delimited(view, mark, chain)
        yield from _closing(view, mark, chain)
    marks += fractions_inside(view, [m for m in marks if m.form is Form.SLASHED])
    marks.sort(key=lambda mark: mark.start)
    for form in (Form.DOTTED, Form.SLASHED, Form.BRACKETED, Form.BARE):
        yield from _by_sequence(view, [m for m in marks if m.form is form], chain, page)


def running_heads(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Remove lines that come back page by page, and counted heads that are glued into a line.

    ``parameters``: ``times`` that a head must come back, ``page``, the least characters between two of them.
    """
    times, page = int(parameters.get("times", 3)), int(parameters.get("page", 50))
    lined = _is_set_in_lines(view)
    for head in standing_heads(view, times, page):
        yield _without_block(view, head.block, head.why)
        if (head.whole or head.last) and _parts_paragraph(view, head.block, sure=head.whole, lined=lined):
            yield _closed(view, head.block, "页眉断开一段，下页俱在，句子相接")
    for start, end, why in glued_heads(view, times, page):
        yield _without_run(view, start, end, why)


def _collect(view: View) -> list[PageMark]:
    marks: list[PageMark] = []
    for index, block in enumerate(view.blocks):
        if block.type is BlockType.TABLE_CELL:
            continue
        line = view.content(block)
        alone = page_mark(line, block.start, index)
        if alone is not None:
            marks.append(alone)
        else:
            marks += marks_inside(line, block.start, index)
    return marks


@dataclass(frozen=True, slots=True)
class _Chain:
    """Page numbers that rise through the document.

    ``paged`` if they stand a page apart and mostly cut sentences; ``whole`` are those that the next
    number follows a page further on: nothing is missing after them. ``last`` is the last one, where nothing is
    missing before it and no more than a page of text is left. ``lined`` says that the document is set in lines.
    """

    marks: tuple[PageMark, ...]
    members: frozenset[PageMark]
    paged: bool
    whole: frozenset[PageMark]
    last: PageMark | None
    lined: bool

    @classmethod
    def of(cls, view: View, marks: Sequence[PageMark], page: int) -> _Chain:
        """Judge rising marks, in text order."""
        paged = len(marks) >= 3 and evenly_spaced(marks, page)
        cutting = sum(1 for m in marks if _cuts(view, m))
        whole = _with_next(marks) if paged else frozenset()
        return cls(
            tuple(marks),
            frozenset(marks),
            paged
            and (
                3 * cutting >= len(marks) or (cutting >= 2 and 6 * cutting >= len(marks) and _by_one(marks))
            ),
            whole,
            marks[-1] if len(marks) - 1 == len(whole) > 1 and _ends_in_a_page(view, marks) else None,
            _is_set_in_lines(view),
        )


def _by_one(marks: Sequence[PageMark]) -> bool:
    """Whether rising numbers hardly leave one out: sections are numbered so, too, but they cut no sentence."""
    steps = [b.number - a.number for a, b in pairwise(marks)]
    return len(marks) >= 5 and 5 * steps.count(1) >= 3 * len(steps) and max(steps) <= 4


def _with_next(marks: Sequence[PageMark]) -> frozenset[PageMark]:
    """The marks after which the next number follows about a page further on: no page was lost there.

    A number stands at the foot of its page (GB/T 9704), so the text after it ends at the next number.
    """
    pages = [(b.start - a.start) / max(b.number - a.number, 1) for a, b in pairwise(marks)]
    usual = 2.5 * median(pages)
    follows = zip(pairwise(marks), pages, strict=True)
    return frozenset(a for (a, b), length in follows if b.number == a.number + 1 and length <= usual)


def _ends_in_a_page(view: View, marks: Sequence[PageMark]) -> bool:
    """Whether no more text is left after the last mark than stands between two."""
    usual = median(b.start - a.end for a, b in pairwise(marks))
    return len(view.text) - marks[-1].end <= 1.6 * usual


def _self_delimited(view: View, mark: PageMark, chain: _Chain) -> Iterator[Candidate]:
    counted, cuts = mark in chain.members, _cuts(view, mark)
    if mark.alone:
        if counted or cuts:
            yield _removal(view, mark, "页码自成一行，两侧有界" + ("，前后相续" if counted else "，断开一句"))
        elif mark.number <= _HIGHEST:
            found = _removal(view, mark, "页码自成一行，两侧有界，全篇仅此一处")
            yield replace(found, safety=Safety.PROBABLE)
        return
    spaced, edge = _spaced(view, mark), _at_edge(view, mark)
    if _beside_number(view, mark) and not (counted and spaced):
        return
    if counted and (chain.paged or cuts or edge or spaced or mark.form is Form.PAGE_OF):
        yield _removal(view, mark, "页码嵌在行中，两侧有界，前后相续")
    elif mark.form is Form.PAGE_OF or (spaced and (cuts or edge)):
        yield replace(_removal(view, mark, "页码嵌在行中，两侧有界"), safety=Safety.PROBABLE)
    elif cuts and mark.form is Form.DASHED:
        yield replace(_removal(view, mark, "像是嵌在句中的页码，仅此一处"), safety=Safety.DOUBTFUL)


def _by_sequence(view: View, marks: Sequence[PageMark], known: _Chain, page: int) -> Iterator[Candidate]:
    """Numbers whose form says little: they must rise evenly and cut sentences, or fill the gaps of known ones."""
    rising = [marks[i] for i in sorted(in_sequence(marks)) if marks[i].number <= _HIGHEST]
    chain = _Chain.of(view, rising, page)
    counted = (chain.paged or counts_pages(view, rising)) and 10 * len(rising) >= 7 * len(marks)
    places = [m.start for m in known.marks]
    for mark in marks:
        if counted and mark in chain.members:
            yield _removal(view, mark, "数字逐页递增、间距均匀，断开句子")
            yield from _closing(view, mark, chain)
        elif mark.alone and _fits_between(mark, known.marks, bisect_left(places, mark.start)):
            yield _removal(view, mark, "数字独行，正合前后页码之间的次序")
    if counted and marks[0].form is Form.BARE:
        for mark in bare_in_holes(view, rising):
            yield replace(_removal(view, mark, "前后页码之间独缺此数，位置正合"), safety=Safety.PROBABLE)


def _fits_between(mark: PageMark, known: Sequence[PageMark], at: int) -> bool:
    """Whether the number is the one missing between two neighbouring page numbers that are certain."""
    if not 0 < at < len(known):
        return False
    before, after = known[at - 1].number, known[at].number
    return mark.number == before + 1 == after - 1


def _cuts(view: View, mark: PageMark) -> bool:
    """Whether the text on both sides of the mark is one sentence."""
    left, right = _around(view, mark)
    if not left or not right or (mark.alone and (stands_alone(left) or begins_block(right))):
        return False
    how = ending(left)
    if how is Ending.COMMA or (how is Ending.NONE and coheres(left, right)):
        return True
    return mark.alone and unfinished(left, 45) and may_continue(right)


def _around(view: View, mark: PageMark) -> tuple[str, str]:
    """Text before and after the mark: the rest of its line, or the neighbouring line where that is empty."""
    block = view.blocks[mark.block]
    left = view.text[max(block.start, mark.start - _REACH) : mark.start].rstrip(_BLANK)
    right = view.text[mark.end : min(block.end, mark.end + _REACH)].lstrip(_BLANK)
    if not left and mark.block:
        left = view.content(view.blocks[mark.block - 1])
    if not right and mark.block + 1 < len(view.blocks):
        right = view.content(view.blocks[mark.block + 1])
    return left, right


def _at_edge(view: View, mark: PageMark) -> bool:
    """Whether the mark starts or ends its line, beside text and not beside other signs."""
    block = view.blocks[mark.block]
    if mark.start == block.start:
        inner = view.text[mark.end : mark.end + _REACH].lstrip(_BLANK)[:1]
    elif mark.end == block.end:
        inner = view.text[max(0, mark.start - _REACH) : mark.start].rstrip(_BLANK)[-1:]
    else:
        return False
    return _TEXT.match(inner) is not None


def _spaced(view: View, mark: PageMark) -> bool:
    """Whether there is a space inside the mark, as typesetters put it, and no one who writes 2020—2035."""
    return any(c in _BLANK for c in view.text[mark.start : mark.end])


def _beside_number(view: View, mark: PageMark) -> bool:
    before, after = view.text[mark.start - 1 : mark.start], view.text[mark.end : mark.end + 1]
    return bool(_ALNUM.match(before) or _ALNUM.match(after))


def _removal(view: View, mark: PageMark, why: str) -> Candidate:
    if mark.alone:
        return _without_block(view, mark.block, why)
    return _without_run(view, mark.start, mark.end, why)


def _closing(view: View, mark: PageMark, chain: _Chain) -> Iterator[Candidate]:
    """The gap after a mark on its own line goes too where a paragraph stops at it and no page is missing."""
    whole = mark in chain.whole
    if not mark.alone or not (whole or mark == chain.last):
        return
    if _parts_paragraph(view, mark.block, sure=whole, lined=chain.lined):
        yield _closed(view, mark.block, "页码断开一段，下页俱在，句子相接")


def _closed(view: View, index: int, why: str) -> Candidate:
    """The gap after block ``index``."""
    return Candidate(view.blocks[index].end, view.blocks[index + 1].start, "", why, safety=Safety.PROBABLE)


def _is_set_in_lines(view: View) -> bool:
    """Whether most of the text stands in lines that may be wrapped ones."""
    lengths = [block.end - block.start for block in view.blocks]
    return 2 * sum(length for length in lengths if length > _WIDEST) < sum(lengths)


def _parts_paragraph(view: View, index: int, *, sure: bool, lined: bool) -> bool:
    """Whether block ``index`` stands inside a paragraph that is one line, not a wrapped one (of a ``lined`` document).

    Where it is not ``sure`` that nothing is missing after it, the two sides must belong together.
    """
    if not 0 < index < len(view.blocks) - 1:
        return False
    left, right = view.content(view.blocks[index - 1]), view.content(view.blocks[index + 1])
    if (lined and max(len(left), len(right)) <= _WIDEST) or not may_continue(right):
        return False
    if cannot_begin(right):
        return ending(left) is not Ending.STOP
    fits = coheres(left, right)
    if not (sure or fits):
        return False
    if unfinished(left, 45) or ending(left) is Ending.COMMA or (may_be_cut(left) and right[0] in _JOINED):
        return True
    return fits and may_be_cut(left) and (half_clause(left) or left[-1] in _JOINING)


def _without_block(view: View, index: int, why: str) -> Candidate:
    """Delete a block with the gap before it, or after it if it is the first."""
    block = view.blocks[index]
    if index:
        return Candidate(view.blocks[index - 1].end, block.end, "", why)
    end = view.blocks[1].start if len(view.blocks) > 1 else block.end
    return Candidate(block.start, end, "", why)


def _without_run(view: View, start: int, end: int, why: str) -> Candidate:
    """Delete a run inside a line with the spaces around it."""
    text = view.text
    while start and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return Candidate(start, end, "", why)
