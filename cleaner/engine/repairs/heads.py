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
from cleaner.engine.repairs.seams import Ending, addresses, begins_block, ending, item_number, stands_alone
from cleaner.engine.view import View
from cleaner.model import BlockType

_LONGEST = 40
_REACH = 80
_EDGES = 6
"""Spaces and marks that may stand between a head and its counter."""

_NUMBER = regex.compile(r"[0-9０-９]{1,4}")
_COUNTER = re.compile(r"(?<![0-9.])[0-9]{1,3}(?![0-9.%％])")
_EDGE = " \t　\xa0-－—–·•|｜/／"
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


def standing_heads(view: View, times: int, page: int) -> Iterator[tuple[int, str]]:
    """Indices of blocks that are running heads on a line of their own, in order, each with the grounds."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(view.blocks):
        line = view.content(block)
        key = _key(line)
        if key and block.type not in _APART:
            groups[key].append(index)
    found: list[tuple[int, str]] = []
    for members in groups.values():
        if len(members) < times:
            continue
        kept, why = _running(view, members, times, page)
        found += [(index, why) for index in kept]
    yield from sorted(found)


def _key(line: str) -> str:
    """What stays the same of a head from page to page; empty for a line that cannot be one."""
    if not 3 <= len(line) <= _LONGEST or addresses(line) or item_number(line) is not None:
        return ""
    if line.startswith(("#", "|")) or page_mark(line, 0, 0):
        return ""
    key = _NUMBER.sub("", "".join(line.split())).strip(_EDGE + "第页（）()")
    return key if len(key) >= 3 and ending(key) is Ending.NONE else ""


def _running(view: View, members: Sequence[int], times: int, page: int) -> tuple[list[int], str]:
    """The members of a group of equal lines that are furniture, with the grounds."""
    sightings = [_standing(view, index) for index in members]
    if _counts([s.number for s in sightings], times) and _apart(sightings, page):
        return list(members), "页眉逐页重现，所带页码递增"
    cutting = sum(1 for s in sightings if s.cuts)
    if cutting >= 2 and 2 * cutting >= len(members) and _apart(sightings, page):
        # the first sighting is the title or heading itself unless it, too, stands inside a sentence
        kept = [i for i, s in zip(members, sightings, strict=True) if s.cuts or i != members[0]]
        return (kept, "同一短行逐页重现，断开句子") if len(kept) >= times - 1 else ([], "")
    return [], ""


def _standing(view: View, index: int) -> _Sighting:
    block = view.blocks[index]
    line = view.content(block)
    number = _NUMBER.match(line) or _last_number(line)
    left, right = _neighbours(view, index)
    cuts = (
        bool(left and right)
        and not begins_block(right)
        and not stands_alone(left)
        and _one_sentence(left, right)
    )
    return _Sighting(block.start, block.end, int(number.group()) if number else -1, left, right, cuts)


def _last_number(line: str) -> regex.Match[str] | None:
    found = regex.search(r"[0-9０-９]{1,4}(?=[^0-9０-９\p{Han}]*页?[^0-9０-９\p{Han}]*$)", line)
    return found if isinstance(found, regex.Match) else None


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
    """Whether the counters rise page by page."""
    steps = [b - a for a, b in pairwise(numbers)]
    return len(numbers) >= times and numbers[0] >= 0 and all(0 < s <= 4 for s in steps) and median(steps) <= 2


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
    groups: defaultdict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for match in _COUNTER.finditer(view.text):
        for place in _places(view.text, match.start(), match.end()):
            groups[place.key, place.tailed].append(place)
    starts = [block.start for block in view.blocks]
    found: list[tuple[int, int, str]] = []
    for group in groups.values():
        if len(group) >= times and _counts([p.number for p in group], times):
            found += _glued(view, [(p, bisect_right(starts, p.start) - 1) for p in group], page)
    taken = 0
    for start, end, why in sorted(found):
        if start >= taken:
            taken = end
            yield start, end, why


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
