"""Counted running heads that are glued into a line, by their counters alone or because just that one is missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.engine.repairs.heads import Sighting, apart, counts, heads_of, missing_of, one_sentence
from cleaner.engine.view import View

_LONGEST = 40
_REACH = 80
_EDGES = 6
"""Spaces and marks that may stand between a head and its counter."""

_COUNTER = re.compile(r"(?<![0-9.])[0-9]{1,3}(?![0-9.%％])")
_FOUR = re.compile("[\u4e00-\u9fff]{4}")
_EDGE = " \t　\xa0-－—–·•|｜/／"


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
    for head in heads_of(view, times, page):
        if head.after or head.sightings[0].number >= 0:
            for start, end, _ in missing_of(view, head):
                yield start, end, "页眉嵌在行中，所带页码正是前后所缺"


def _glued_by_count(view: View, times: int, page: int) -> Iterator[tuple[int, int, str]]:
    """Heads inside lines that are told by their rising counters alone."""
    groups: defaultdict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for match in _COUNTER.finditer(view.text):
        for name in _names(view.text, *match.span()):
            groups[name].append(match.span())
    starts = [block.start for block in view.blocks]
    for (_, tailed), group in groups.items():
        if len(group) >= times and counts([int(view.text[a:b]) for a, b in group], times):
            places = [_place(view.text, start, end, tailed) for start, end in group]
            yield from _glued(view, [(p, bisect_right(starts, p.start) - 1) for p in places], page)


@dataclass(frozen=True, slots=True)
class _Place:
    """A number with the four Han characters before it (``tailed``) or after it: perhaps a counted head."""

    start: int
    end: int
    number: int
    tailed: bool


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The number at ``[start, end)`` with the spaces and marks on both sides."""
    before, after = start, end
    while before and start - before < _EDGES and text[before - 1] in _EDGE:
        before -= 1
    while after < len(text) and after - end < _EDGES and text[after] in _EDGE:
        after += 1
    return before, after


def _names(text: str, start: int, end: int) -> Iterator[tuple[str, bool]]:
    """What a head would be called whose counter is the number at ``[start, end)``, and whether that comes first."""
    before, after = _bounds(text, start, end)
    left = _FOUR.match(text, before - 4) if before >= 4 else None
    if left:
        yield left.group(), True
    right = _FOUR.match(text, after)
    if right:
        yield right.group(), False


def _place(text: str, start: int, end: int, tailed: bool) -> _Place:
    """The number at ``[start, end)`` read as the counter of a head."""
    before, after = _bounds(text, start, end)
    if not tailed:
        return _Place(start, after + 4, int(text[start:end]), tailed)
    # a mark after the counter belongs to the head only if one stands before it too (``· 5 ·``)
    last = after if text[before:start].strip() and text[end:after].strip() else end
    return _Place(before - 4, last, int(text[start:end]), tailed)


def _glued(view: View, group: Sequence[tuple[_Place, int]], page: int) -> list[tuple[int, int, str]]:
    """The sightings of one counted head, grown to all that they share; none unless they cut sentences."""
    grown = _grown(view, group)
    sightings = [_sighting(view, place, index, grown) for place, index in group]
    cutting = sum(1 for s in sightings if s.cuts)
    if not apart(sightings, page) or 2 * cutting < len(sightings):
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


def _sighting(view: View, place: _Place, index: int, grown: int) -> Sighting:
    block = view.blocks[index]
    low, high = (place.start - grown, place.end) if place.tailed else (place.start, place.end + grown)
    left = view.text[max(block.start, low - _REACH) : low].rstrip()
    right = view.text[high : min(block.end, high + _REACH)].lstrip()
    if not left and index:
        left = view.content(view.blocks[index - 1])
    if not right and index + 1 < len(view.blocks):
        right = view.content(view.blocks[index + 1])
    return Sighting(low, high, place.number, left, right, bool(left and right) and one_sentence(left, right))
