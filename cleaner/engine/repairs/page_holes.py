"""Page numbers that show little of themselves: bare ones in the line (持续推进 13 长江经济带), few that cut nothing.

Inside a line a bare number is a figure, unless the numbers on lines of their own count pages, just this one is
missing among them, it stands where its page must end, and without it the sentence is whole, or no other number of
the document is set apart by spaces.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import regex

from cleaner.engine.repairs.cohesion import coheres
from cleaner.engine.repairs.page_marks import Form, PageMark, evenly_spaced
from cleaner.engine.repairs.seams import Ending, begins_block, ending
from cleaner.engine.view import View
from cleaner.model import BlockType

_SET_APART = regex.compile(r"(?<=[\p{Han}，、”》）]) ([0-9]{1,4}) (?=[\p{Han}“《（])")
_FRACTION = regex.compile(r"(?<![0-9./／])(?P<n>[0-9]{1,4})[/／](?P<of>[0-9]{1,4})(?![0-9./／])")
_PAGE = 300
"""Characters of the shortest page that is told without a sentence that a number cuts."""

_PAGE_BLOCKS = 3
_FIRST_ITEM = regex.compile(r"[（(第]?[一1]")
_UNSPACED = regex.compile(r"(?<=\p{Han})[0-9]|[0-9](?=\p{Han})")
_HABIT = 20
"""So many digits beside a character without a space show that the document sets none there."""

_ASTRAY, _ASTRAY_ALONE = 0.45, 0.7
"""By how much of a page a number may stand off from where its page ends; one that alone is set apart by spaces."""


def bare_in_holes(view: View, chain: Sequence[PageMark]) -> Iterator[PageMark]:
    """The numbers that ``chain``, bare numbers of pages in text order, lacks, with their spaces, in text order."""
    if len(chain) < 2:
        return
    page = median((b.start - a.start) / (b.number - a.number) for a, b in pairwise(chain))
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, number in _expected(chain, page):
        places[number].append(round(place))
    spaced = list(_SET_APART.finditer(view.text))
    habit = len(_UNSPACED.findall(view.text)) >= _HABIT
    astray = _ASTRAY_ALONE if habit and len(spaced) == 1 else _ASTRAY
    found: defaultdict[int, list[PageMark]] = defaultdict(list)
    starts = [block.start for block in view.blocks]
    for match in spaced:
        number = int(match.group(1))
        if any(abs(match.start() - place) <= astray * page for place in places.get(number, ())):
            block = bisect_left(starts, match.start()) - 1
            found[number].append(PageMark(Form.BARE, number, match.start(), match.end(), block, False))
    alone = habit and sum(map(len, found.values())) == len(spaced)
    for marks in found.values():
        if len(marks) == 1 and (alone or _whole_without(view, marks[0])):
            yield marks[0]


def counts_pages(view: View, marks: Sequence[PageMark]) -> bool:
    """Whether rising numbers that hardly cut a sentence count pages all the same.

    They follow one another without a gap, a page apart, and name one total (5/23); or one of them is missing just
    where a line has it; or one stands where no number of a section does, below a heading or above an item (（五）).
    """
    if len(marks) < 2 or not evenly_spaced(marks, _PAGE):
        return False
    steps = {b.number - a.number for a, b in pairwise(marks)}
    if marks[0].form is Form.BARE and steps <= {1, 2} and any(bare_in_holes(view, marks)):
        return True
    if len(marks) < 3 or steps != {1}:
        return False
    totals = {mark.total for mark in marks}
    if len(totals) == 1 and max(totals) >= marks[-1].number:
        return True
    blocks = min(b.block - a.block for a, b in pairwise(marks))
    if blocks <= _PAGE_BLOCKS or _follows_headings(view, marks):
        return False
    return any(mark.alone and _stands_amiss(view, mark.block) for mark in marks)


def _follows_headings(view: View, marks: Sequence[PageMark]) -> bool:
    """Whether a number stands below many of the headings, as the first section of a chapter does."""
    own = {mark.block for mark in marks}
    headings = [i for i, block in enumerate(view.blocks) if block.type is BlockType.HEADING and i not in own]
    return 3 * sum(i + 1 in own for i in headings) > len(headings)


def _stands_amiss(view: View, index: int) -> bool:
    """Whether a number of a section cannot stand at block ``index``."""
    if not 0 < index < len(view.blocks) - 1:
        return False
    before, number, after = (view.content(view.blocks[i]) for i in (index - 1, index, index + 1))
    if begins_block(after):
        return not _FIRST_ITEM.match(after)
    # Below a heading the first section of a chapter has its number, and no other.
    heading = view.blocks[index - 1].type is BlockType.HEADING and ending(before) is Ending.NONE
    return heading and number != "1" and ending(after) is Ending.STOP


def _expected(chain: Sequence[PageMark], page: float) -> Iterator[tuple[float, int]]:
    """Where each missing number of a sequence should stand, one before its first and one after its last too."""
    if chain[0].number > 1:
        yield chain[0].start - page, chain[0].number - 1
    for before, after in pairwise(chain):
        length = (after.start - before.start) / (after.number - before.number)
        for number in range(before.number + 1, after.number):
            yield before.start + (number - before.number) * length, number
    yield chain[-1].start + page, chain[-1].number + 1


def _whole_without(view: View, mark: PageMark) -> bool:
    """Whether the sentence that a mark interrupts goes on across it."""
    left, right = view.text[: mark.start][-1:], view.text[mark.end : mark.end + 1]
    return left in "，、" or coheres(left, right)


def fractions_inside(view: View, known: Sequence[PageMark]) -> Iterator[PageMark]:
    """Numbers like 5/23 inside lines, of the total that page numbers on lines of their own have (``known``)."""
    totals = {mark.total for mark in known}
    if len(totals) != 1:
        return
    (total,) = totals
    whole = {mark.start for mark in known}
    starts = [block.start for block in view.blocks]
    for match in _FRACTION.finditer(view.text):
        if int(match["of"]) == total and match.start() not in whole:
            block = bisect_left(starts, match.start() + 1) - 1
            yield PageMark(Form.SLASHED, int(match["n"]), match.start(), match.end(), block, False, total)
