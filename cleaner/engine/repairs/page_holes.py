"""Bare page numbers that run on in the line (持续推进 13 长江经济带): where a known sequence lacks a number.

Inside a line a bare number is a figure, unless the numbers on lines of their own count pages, just this one is
missing among them, it stands where its page must end, and without it the sentence is whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import regex

from cleaner.engine.repairs.cohesion import coheres
from cleaner.engine.repairs.page_marks import Form, PageMark
from cleaner.engine.view import View

_SET_APART = regex.compile(r"(?<=[\p{Han}，、”》）]) ([0-9]{1,4}) (?=[\p{Han}“《（])")
_FRACTION = regex.compile(r"(?<![0-9./／])(?P<n>[0-9]{1,4})[/／](?P<of>[0-9]{1,4})(?![0-9./／])")
_ASTRAY = 0.45
"""By how much of a page a number may stand off from where its page ends."""


def bare_in_holes(view: View, chain: Sequence[PageMark]) -> Iterator[PageMark]:
    """The numbers that ``chain``, bare numbers of pages in text order, lacks, with their spaces, in text order."""
    if len(chain) < 2:
        return
    page = median((b.start - a.start) / (b.number - a.number) for a, b in pairwise(chain))
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, number in _expected(chain, page):
        places[number].append(round(place))
    found: defaultdict[int, list[PageMark]] = defaultdict(list)
    starts = [block.start for block in view.blocks]
    for match in _SET_APART.finditer(view.text):
        number = int(match.group(1))
        if any(abs(match.start() - place) <= _ASTRAY * page for place in places.get(number, ())):
            block = bisect_left(starts, match.start()) - 1
            found[number].append(PageMark(Form.BARE, number, match.start(), match.end(), block, False))
    for marks in found.values():
        if len(marks) == 1 and _whole_without(view, marks[0]):
            yield marks[0]


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
    if len(known) < 2 or len(totals) != 1:
        return
    (total,) = totals
    whole = {mark.start for mark in known}
    starts = [block.start for block in view.blocks]
    for match in _FRACTION.finditer(view.text):
        if int(match["of"]) == total and match.start() not in whole:
            block = bisect_left(starts, match.start() + 1) - 1
            yield PageMark(Form.SLASHED, int(match["n"]), match.start(), match.end(), block, False, total)
