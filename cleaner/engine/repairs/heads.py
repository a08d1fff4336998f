"""Running heads: short lines that come back a page apart, with or without a counter, and cut sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from cleaner.engine.repairs.cohesion import coheres, is_han
from cleaner.engine.repairs.page_marks import page_mark
from cleaner.engine.repairs.seams import (
    Ending,
    addresses,
    begins_block,
    ending,
    item_number,
    may_continue,
    stands_alone,
    unfinished,
)
from cleaner.engine.view import View
from cleaner.model import BlockType
from cleaner.reading.blocks import heading_level

_LONGEST = 40
_REACH = 80
_TEXT_LINE = 16
_SENTENCES = 4
"""Times that a line with marks of a sentence inside must come back: fewer are wrapped lines of a text printed twice."""

_SENTENCE_MARK = regex.compile(r"[，,。；、：]")
_PARAGRAPH = 45
_SHORTEST_PAGE, _LONGEST_PAGE = 300, 4000
_TITLE_LINES = 4
_EDGES = 6
"""Spaces and marks that may stand between a head and its counter."""

_NUMBER = regex.compile(r"[0-9０-９]{1,4}")
_COUNTER = re.compile(r"(?<![0-9.])[0-9]{1,3}(?![0-9.%％])")
_EDGE = " \t　\xa0-－—–·•|｜/／"
_MOST_MISSING = 8
_APART = {BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.LIST_ITEM}


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One occurrence of a head: its place, its counter (-1 for none), the text on both sides, does it cut it."""

    start: int
    end: int
    number: int
    left: str
    right: str
    cuts: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A running head on a line of its own: its block, and whether its next sighting follows a page further on.

    ``whole`` says that it does: nothing is missing after it.
    """

    block: int
    why: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """A head that was found on lines of its own: what stands before and after its counter, and its sightings."""

    before: str
    after: str
    sightings: tuple[_Sighting, ...]
    standing: tuple[Standing, ...]


def standing_heads(view: View, times: int, page: int) -> list[Standing]:
    """Blocks that are running heads on a line of their own, in order, each with the grounds."""
    found = [standing for head in _heads(view, times, page) for standing in head.standing]
    return sorted(found, key=lambda standing: standing.block)


def _heads(view: View, times: int, page: int) -> Iterator[_Head]:
    """The heads of ``view``: equal lines, but for a counter, that behave like one."""
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for index, block in enumerate(view.blocks):
        line = view.content(block)
        key = _key(line)
        if key and block.type not in _APART:
            groups[key, len(_NUMBER.findall(line))].append(index)
    for (_, numbers), members in groups.items():
        if len(members) < 2:
            continue
        column = _counter(view, members, numbers, times, page)
        if column is not None:
            yield _counted(view, members, column)
        else:
            yield from _uncounted(view, members, times, page)


def _counter(view: View, members: Sequence[int], numbers: int, times: int, page: int) -> int | None:
    """Which number of equal lines is the counter of a head, if one is."""
    for column in range(numbers):
        sightings = [_standing(view, index, column) for index in members]
        both = len(members) == 2 and all(s.cuts for s in sightings)
        if _counts([s.number for s in sightings], 2 if both else times) and _apart(sightings, page):
            return column
    return None


def _counted(view: View, members: Sequence[int], column: int) -> _Head:
    sightings = [_standing(view, index, column) for index in members]
    why = "页眉逐页重现，所带页码递增"
    follows = [b.number == a.number + 1 for a, b in pairwise(sightings)]
    standing = [Standing(i, why, whole) for i, whole in zip(members, [*follows, False], strict=True)]
    line = view.content(view.blocks[members[0]])
    counter = list(_NUMBER.finditer(line))[column]
    return _Head(line[: counter.start()], line[counter.end() :], tuple(sightings), tuple(standing))


def _uncounted(view: View, members: Sequence[int], times: int, page: int) -> Iterator[_Head]:
    """Heads without a counter: lines that are equal throughout, a page apart, and cut sentences."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in members:
        groups["".join(view.content(view.blocks[index]).split())].append(index)
    for line, equal in groups.items():
        sightings = [_standing(view, index, None) for index in equal]
        titles = _at_top(view, equal[0])
        if len(equal) < (_SENTENCES if _SENTENCE_MARK.search(line) else 2) or not _apart(sightings, page):
            continue
        if not _behaves(sightings, times, titles):
            continue
        usual = median(b.start - a.end for a, b in pairwise(sightings))
        kept = int(_is_text(view, equal[0], sightings, titles, usual))
        follows = [b.start - a.end <= 2 * usual for a, b in pairwise(sightings)]
        standing = [
            Standing(i, "同一短行逐页重现，断开句子", whole)
            for i, whole in zip(equal, [*follows, False], strict=True)
        ]
        yield _Head(line, "", tuple(sightings[kept:]), tuple(standing[kept:]))


def _behaves(sightings: Sequence[_Sighting], times: int, titles: bool) -> bool:
    """Whether equal lines that stand a page apart are a head.

    Two that cut sentences are; of three or more one in six must, unless they repeat the first line of the document
    at even distances, more often than headings do.
    """
    cutting = sum(1 for s in sightings if s.cuts)
    if cutting >= 2 and 4 * cutting >= len(sightings):
        return True
    gaps = [b.start - a.end for a, b in pairwise(sightings)]
    usual = median(gaps)
    if len(sightings) < times or usual > _LONGEST_PAGE:
        return False
    even = usual >= _SHORTEST_PAGE and all(0.5 * usual <= gap <= 1.6 * usual for gap in gaps)
    return 6 * cutting >= len(sightings) or (titles and even and len(sightings) > times)


def _is_text(view: View, index: int, sightings: Sequence[_Sighting], titles: bool, usual: float) -> bool:
    """Whether the first of the lines is what the head repeats: the title, or the heading of a part.

    A head that begins with the document stands a page from its beginning; the heading of a part stands anywhere.
    """
    first, second = sightings[:2]
    if first.cuts:
        return False
    if titles or heading_level(view.content(view.blocks[index])):
        return True
    return not (0.4 * usual <= first.start <= 1.6 * usual and second.start - first.end <= 1.8 * usual)


def _at_top(view: View, index: int) -> bool:
    """Whether nothing but short lines without a stop stands before block ``index``."""
    return index <= _TITLE_LINES and all(
        len(view.content(block)) <= _LONGEST and ending(view.content(block)) is not Ending.STOP
        for block in view.blocks[:index]
    )


def _key(line: str) -> str:
    """What stays the same of a head from page to page; empty for a line that cannot be one."""
    if not 3 <= len(line) <= _LONGEST or addresses(line) or item_number(line) is not None:
        return ""
    if line.startswith(("#", "|")) or page_mark(line, 0, 0):
        return ""
    key = _NUMBER.sub("", "".join(line.split())).strip(_EDGE + "第页（）()")
    return key if len(key) >= 3 and ending(key) is Ending.NONE else ""


def _standing(view: View, index: int, column: int | None) -> _Sighting:
    block = view.blocks[index]
    number = -1 if column is None else int(_NUMBER.findall(view.content(block))[column])
    left, right = _neighbours(view, index)
    cuts = bool(left and right) and not (begins_block(right) or stands_alone(left)) and _parts(left, right)
    return _Sighting(block.start, block.end, number, left, right, cuts)


def _parts(left: str, right: str) -> bool:
    """Whether running text goes on from ``left`` to ``right``, lines that both may be whole paragraphs."""
    if max(len(left), len(right)) < _TEXT_LINE or addresses(right):
        return False
    return _one_sentence(left, right) or (unfinished(left, _PARAGRAPH) and may_continue(right))


def _neighbours(view: View, index: int) -> tuple[str, str]:
    """The lines around block ``index``, page numbers left aside; empty at the ends of the text."""
    before, after = index - 1, index + 1
    while before >= 0 and _is_number(view, before):
        before -= 1
    while after < len(view.blocks) and _is_number(view, after):
        after += 1
    left = view.content(view.blocks[before]) if before >= 0 else ""
    return left, view.content(view.blocks[after]) if after < len(view.blocks) else ""


def _is_number(view: View, index: int) -> bool:
    block = view.blocks[index]
    return page_mark(view.content(block), block.start, index) is not None


def _one_sentence(left: str, right: str) -> bool:
    how = ending(left)
    return how is Ending.COMMA or (how is Ending.NONE and coheres(left, right))


def _counts(numbers: Sequence[int], times: int) -> bool:
    """Whether the counters rise page by page; one in five may be misread."""
    steps = [b - a for a, b in pairwise(numbers)]
    rising = [s for s in steps if 0 < s <= 4]
    return len(numbers) >= times and 5 * len(rising) >= 4 * len(steps) and median(steps) in {1, 1.5, 2}


def _apart(sightings: Sequence[_Sighting], page: int) -> bool:
    """Whether the sightings stand a page apart, evenly, and each in a place of its own.

    Lines that come back with their neighbours belong to a text that was copied, and are no furniture.
    """
    if min(
        len({s.left[-_REACH:] for s in sightings}), len({s.right[:_REACH] for s in sightings})
    ) < 0.7 * len(sightings):
        return False
    gaps = [b.start - a.end for a, b in pairwise(sightings)]
    middle = median(gaps)
    return middle >= page and sum(1 for g in gaps if middle / 3 <= g <= 3 * middle) >= 0.6 * len(gaps)


def glued_heads(view: View, times: int, page: int) -> Iterator[tuple[int, int, str]]:
    """Ranges of counted heads that stand inside a line, in order, each with the grounds."""
    found = [*_glued_by_count(view, times, page), *_glued_known(view, times, page)]
    taken = 0
    for start, end, why in sorted(found, key=lambda run: (run[0], -run[1])):
        if start >= taken:
            taken = end
            yield start, end, why


def _glued_known(view: View, times: int, page: int) -> Iterator[tuple[int, int, str]]:
    """Heads that are known from lines of their own, inside a line, where their counter is the one that is missing."""
    for head in _heads(view, times, page):
        if not head.after and head.sightings[0].number < 0:
            continue
        pattern = regex.compile(
            rf"(?<![0-9])(?:{_loose(head.before)}([0-9０-９]{{1,4}}){_loose(head.after)})(?![0-9])"
        )
        starts, numbers = [s.start for s in head.sightings], [s.number for s in head.sightings]
        for match in pattern.finditer(view.text):
            at = bisect_right(starts, match.start())
            number = int(match.group(1))
            low = numbers[at - 1] if at else max(0, number - 4)
            high = numbers[at] if at < len(numbers) else number + 1
            if low < number < high <= low + _MOST_MISSING and match.start() not in starts:
                yield match.start(), match.end(), "页眉嵌在行中，所带页码正是前后所缺"


def _loose(part: str) -> str:
    """A pattern for a part of a head, with any spaces in it and about it."""
    space = r"[^\S\n]*"
    return space + space.join(regex.escape(char) for char in "".join(part.split())) + space


def _glued_by_count(view: View, times: int, page: int) -> Iterator[tuple[int, int, str]]:
    """Heads inside lines that are told by their rising counters alone."""
    groups: defaultdict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for match in _COUNTER.finditer(view.text):
        for place in _places(view.text, match.start(), match.end()):
            groups[place.key, place.tailed].append(place)
    starts = [block.start for block in view.blocks]
    for group in groups.values():
        if len(group) >= times and _counts([p.number for p in group], times):
            yield from _glued(view, [(p, bisect_right(starts, p.start) - 1) for p in group], page)


@dataclass(frozen=True, slots=True)
class _Place:
    """A number with the four Han characters before it (``tailed``) or after it: perhaps a counted head."""

    start: int
    end: int
    number: int
    key: str
    tailed: bool


def _places(text: str, start: int, end: int) -> Iterator[_Place]:
    """The readings of the number at ``[start, end)`` as the counter of a head."""
    before, after = start, end
    while before and start - before < _EDGES and text[before - 1] in _EDGE:
        before -= 1
    while after < len(text) and after - end < _EDGES and text[after] in _EDGE:
        after += 1
    left, right = text[max(0, before - 4) : before], text[after : after + 4]
    number = int(text[start:end])
    if len(left) == 4 and all(map(is_han, left)):
        # a mark after the counter belongs to the head only if one stands before it too (``· 5 ·``)
        last = after if text[before:start].strip() and text[end:after].strip() else end
        yield _Place(before - 4, last, number, left, True)
    if len(right) == 4 and all(map(is_han, right)):
        yield _Place(start, after + 4, number, right, False)


def _glued(view: View, group: Sequence[tuple[_Place, int]], page: int) -> list[tuple[int, int, str]]:
    """The sightings of one counted head, grown to all that they share; none unless they cut sentences."""
    grown = _grown(view, group)
    sightings = [_sighting(view, place, index, grown) for place, index in group]
    cutting = sum(1 for s in sightings if s.cuts)
    if not _apart(sightings, page) or 2 * cutting < len(sightings):
        return []
    whole = {(block.start, block.end) for block in (view.blocks[index] for _, index in group)}
    why = "页眉嵌在行中，逐页重现，所带页码递增"
    return [(s.start, s.end, why) for s in sightings if (s.start, s.end) not in whole]


def _grown(view: View, group: Sequence[tuple[_Place, int]]) -> int:
    """By how many characters the same text stands beside every sighting, away from the counter."""
    grown = 0
    while grown < _LONGEST:
        chars = set()
        for place, index in group:
            block = view.blocks[index]
            at = place.start - grown - 1 if place.tailed else place.end + grown
            chars.add(view.text[at] if block.start <= at < block.end else "")
        if len(chars) > 1 or "" in chars:
            break
        grown += 1
    return grown


def _sighting(view: View, place: _Place, index: int, grown: int) -> _Sighting:
    block = view.blocks[index]
    low, high = (place.start - grown, place.end) if place.tailed else (place.start, place.end + grown)
    left = view.text[max(block.start, low - _REACH) : low].rstrip()
    right = view.text[high : min(block.end, high + _REACH)].lstrip()
    if not left and index:
        left = view.content(view.blocks[index - 1])
    if not right and index + 1 < len(view.blocks):
        right = view.content(view.blocks[index + 1])
    return _Sighting(
        low, high, place.number, left, right, bool(left and right) and _one_sentence(left, right)
    )
