"""Running heads: short lines that come back a page apart, with or without a counter, and cut sentences."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import regex

from cleaner.engine.cohesion import coheres
from cleaner.engine.page_marks import page_mark
from cleaner.engine.seams import Ending, addresses, begins_block, ending, item_number, stands_alone
from cleaner.engine.view import View
from cleaner.model import BlockType

_LONGEST = 40
_NUMBER = regex.compile(r"[0-9０-９]{1,4}")
_EDGE = r"[^\S\n]*+(?:[-－—–·•|｜/／][^\S\n]*+)?+"
_TAILED = regex.compile(
    rf"(?P<key>\p{{Han}}{{4}}){_EDGE}(?P<n>[0-9]{{1,3}})(?![0-9.%％])(?:{_EDGE}(?=[-－—–·•|｜/／]))?"
)
_HEADED = regex.compile(rf"(?<![0-9.])(?P<n>[0-9]{{1,3}}){_EDGE}(?P<key>\p{{Han}}{{4}})")
_APART = {BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.LIST_ITEM}


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One occurrence of a head: its place, its counter (-1 for none), whether it cuts a sentence."""

    start: int
    end: int
    number: int
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
    if not 3 <= len(line) <= _LONGEST or ending(line) is not Ending.NONE or addresses(line):
        return ""
    if item_number(line) is not None or line.startswith(("#", "|")) or page_mark(line, 0, 0):
        return ""
    key = _NUMBER.sub("", "".join(line.split())).strip("-－—–·•|｜/／第页")
    return key if len(key) >= 3 else ""


def _running(view: View, members: Sequence[int], times: int, page: int) -> tuple[list[int], str]:
    """The members of a group of equal lines that are furniture, with the grounds."""
    sightings = [_standing(view, index) for index in members]
    if _counts(sightings, times) and _apart(sightings, page):
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
    return _Sighting(block.start, block.end, int(number.group()) if number else -1, _cuts(view, index))


def _last_number(line: str) -> regex.Match[str] | None:
    found = regex.search(r"[0-9０-９]{1,4}(?=[^0-9０-９\p{Han}]*页?[^0-9０-９\p{Han}]*$)", line)
    return found if isinstance(found, regex.Match) else None


def _cuts(view: View, index: int) -> bool:
    """Whether the lines around block ``index``, page numbers left aside, are one sentence."""
    before, after = index - 1, index + 1
    while before >= 0 and _is_number(view, before):
        before -= 1
    while after < len(view.blocks) and _is_number(view, after):
        after += 1
    if before < 0 or after >= len(view.blocks):
        return False
    left, right = view.content(view.blocks[before]), view.content(view.blocks[after])
    return not begins_block(right) and not stands_alone(left) and _one_sentence(left, right)


def _is_number(view: View, index: int) -> bool:
    block = view.blocks[index]
    return page_mark(view.content(block), block.start, index) is not None


def _one_sentence(left: str, right: str) -> bool:
    how = ending(left)
    return how is Ending.COMMA or (how is Ending.NONE and coheres(left, right))


def _counts(sightings: Sequence[_Sighting], times: int) -> bool:
    """Whether the counters rise page by page."""
    numbers = [s.number for s in sightings]
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    return len(numbers) >= times and numbers[0] >= 0 and all(0 < s <= 4 for s in steps) and median(steps) <= 2


def _apart(sightings: Sequence[_Sighting], page: int) -> bool:
    """Whether the sightings stand a page apart, evenly."""
    gaps = [b.start - a.end for a, b in itertools.pairwise(sightings)]
    middle = median(gaps)
    return middle >= page and sum(1 for g in gaps if middle / 3 <= g <= 3 * middle) >= 0.6 * len(gaps)


def glued_heads(view: View, times: int, page: int) -> Iterator[tuple[int, int, str]]:
    """Ranges of counted heads that stand inside a line, in order, each with the grounds."""
    found: list[tuple[int, int, str]] = []
    for pattern, tailed in ((_TAILED, True), (_HEADED, False)):
        groups: defaultdict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        for index, block in enumerate(view.blocks):
            for match in pattern.finditer(view.content(block)):
                here = (index, block.start + match.start(), block.start + match.end(), int(match["n"]))
                groups[match["key"]].append(here)
        for group in groups.values():
            if len(group) >= times:
                found += _glued(view, group, tailed, times, page)
    taken = 0
    for start, end, why in sorted(found):
        if start >= taken:
            taken = end
            yield start, end, why


def _glued(
    view: View, group: Sequence[tuple[int, int, int, int]], tailed: bool, times: int, page: int
) -> list[tuple[int, int, str]]:
    """The sightings of one glued head, grown to all that they share; none if they do not count and cut."""
    grown = _grow_left(view, group) if tailed else _grow_right(view, group)
    sightings = [_sighting(view, place, grown, tailed) for place in group]
    cutting = sum(1 for s in sightings if s.cuts)
    if not (_counts(sightings, times) and _apart(sightings, page) and 2 * cutting >= len(sightings)):
        return []
    return [
        (s.start, s.end, "页眉嵌在行中，逐页重现，所带页码递增")
        for s, place in zip(sightings, group, strict=True)
        if (s.start, s.end) != (view.blocks[place[0]].start, view.blocks[place[0]].end)
    ]


def _grow_left(view: View, group: Sequence[tuple[int, int, int, int]]) -> int:
    """By how many characters the same text stands before every sighting of the group."""
    grown = 0
    while grown < _LONGEST:
        places = [(start - grown - 1, view.blocks[index].start) for index, start, _, _ in group]
        if any(at < low for at, low in places) or len({view.text[at] for at, _ in places}) > 1:
            break
        grown += 1
    return grown


def _grow_right(view: View, group: Sequence[tuple[int, int, int, int]]) -> int:
    """By how many characters the same text stands after every sighting of the group."""
    grown = 0
    while grown < _LONGEST:
        places = [(end + grown, view.blocks[index].end) for index, _, end, _ in group]
        if any(at >= high for at, high in places) or len({view.text[at] for at, _ in places}) > 1:
            break
        grown += 1
    return grown


def _sighting(view: View, place: tuple[int, int, int, int], grown: int, tailed: bool) -> _Sighting:
    index, start, end, number = place
    block = view.blocks[index]
    low, high = (start - grown, end) if tailed else (start, end + grown)
    left, right = view.text[block.start : low].rstrip(), view.text[high : block.end].lstrip()
    if not left and index:
        left = view.content(view.blocks[index - 1])
    if not right and index + 1 < len(view.blocks):
        right = view.content(view.blocks[index + 1])
    return _Sighting(low, high, number, bool(left and right) and _one_sentence(left, right))
