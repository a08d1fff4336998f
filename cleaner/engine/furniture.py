"""Page furniture: page numbers and running heads that stand between, or inside, sentences.

Neither carries text; both are told by what they do in a document: they count, they come back a page apart,
and they cut sentences without regard for them. The gap that stays behind is closed by the next stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import regex

from cleaner.engine.cohesion import coheres
from cleaner.engine.heads import glued_heads, standing_heads
from cleaner.engine.page_marks import Form, PageMark, evenly_spaced, in_sequence, marks_inside, page_mark
from cleaner.engine.seams import Ending, begins_block, ending, stands_alone
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_BLANK = " \t　\xa0"
_HIGHEST = 1500
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
    sure = [m for m in marks if m.form.delimits_itself]
    chain = {sure[i] for i in in_sequence(sure)}
    for mark in sure:
        yield from _self_delimited(view, mark, mark in chain)
    for form in (Form.DOTTED, Form.SLASHED, Form.BRACKETED, Form.BARE):
        same = [m for m in marks if m.form is form]
        yield from _by_sequence(
            view, same, sorted(chain, key=lambda m: m.start), int(parameters.get("page", 50))
        )


def running_heads(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Remove lines that come back page by page, and counted heads that are glued into a line.

    ``parameters``: ``times`` that a head must come back, ``page``, the least characters between two of them.
    """
    times, page = int(parameters.get("times", 3)), int(parameters.get("page", 50))
    for index, why in standing_heads(view, times, page):
        yield _without_block(view, index, why)
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


def _self_delimited(view: View, mark: PageMark, counted: bool) -> Iterator[Candidate]:
    cuts = _cuts(view, mark)
    if mark.alone:
        if counted or cuts:
            yield _removal(view, mark, "页码自成一行，两侧有界" + ("，前后相续" if counted else "，断开一句"))
        elif mark.number <= _HIGHEST:
            found = _removal(view, mark, "页码自成一行，两侧有界，全篇仅此一处")
            yield replace(found, safety=Safety.PROBABLE)
        return
    if _beside_number(view, mark) and not (counted and _spaced(view, mark)):
        return
    edge = _at_edge(view, mark)
    if counted and (cuts or edge or _spaced(view, mark) or mark.form is Form.PAGE_OF):
        yield _removal(view, mark, "页码嵌在行中，两侧有界，前后相续")
    elif mark.form is Form.PAGE_OF or (_spaced(view, mark) and (cuts or edge)):
        yield replace(_removal(view, mark, "页码嵌在行中，两侧有界"), safety=Safety.PROBABLE)
    elif cuts and mark.form is Form.DASHED:
        yield replace(_removal(view, mark, "像是嵌在句中的页码，仅此一处"), safety=Safety.DOUBTFUL)


def _by_sequence(
    view: View, marks: Sequence[PageMark], known: Sequence[PageMark], page: int
) -> Iterator[Candidate]:
    """Numbers whose form says little: they must rise evenly and cut sentences, or fill the gaps of known ones."""
    chain = [marks[i] for i in sorted(in_sequence(marks)) if marks[i].number <= _HIGHEST]
    enough = len(chain) >= 3 and 10 * len(chain) >= 7 * len(marks) and evenly_spaced(chain, page)
    cutting = sum(1 for m in chain if _cuts(view, m))
    counted = enough and 3 * cutting >= len(chain)
    for mark in marks:
        if counted and mark in chain:
            yield _removal(view, mark, "数字逐页递增、间距均匀，断开句子")
        elif mark.alone and _fits_between(mark, known):
            yield _removal(view, mark, "数字独行，正合前后页码之间的次序")


def _fits_between(mark: PageMark, known: Sequence[PageMark]) -> bool:
    """Whether the number is the one missing between two neighbouring page numbers that are certain."""
    before = [m for m in known if m.start < mark.start][-1:]
    after = [m for m in known if m.start > mark.start][:1]
    return bool(before and after) and before[0].number < mark.number < after[0].number == before[0].number + 2


def _cuts(view: View, mark: PageMark) -> bool:
    """Whether the text on both sides of the mark is one sentence."""
    left, right = _around(view, mark)
    if not left or not right or (mark.alone and (stands_alone(left) or begins_block(right))):
        return False
    how = ending(left)
    return how is Ending.COMMA or (how is Ending.NONE and coheres(left, right))


def _around(view: View, mark: PageMark) -> tuple[str, str]:
    """Text before and after the mark: the rest of its line, or the neighbouring line where that is empty."""
    block = view.blocks[mark.block]
    left = view.text[block.start : mark.start].rstrip(_BLANK)
    right = view.text[mark.end : block.end].lstrip(_BLANK)
    if not left and mark.block:
        left = view.content(view.blocks[mark.block - 1])
    if not right and mark.block + 1 < len(view.blocks):
        right = view.content(view.blocks[mark.block + 1])
    return left, right


def _at_edge(view: View, mark: PageMark) -> bool:
    block = view.blocks[mark.block]
    return mark.start == block.start or mark.end == block.end


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
