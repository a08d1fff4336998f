"""Names that are printed in two ways: 恒越汽车 here, 恒趣汽车 there; 天门公园 and 天门湾公园.

A place or a firm has one name in a report. Two readings with the same characters on both sides, in a place where
no common word stands, are one name read twice, or two names that look alike: a question for a reader. The rarer
reading is the one that is asked about; of two that stand once each, both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.checks.suspicion.pairs import FREE, NAME_TAIL, Pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.lookalike import resemble

_SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""How many characters must agree to the left and to the right of one that differs."""
_APART = frozenset(
    "〇零一二三四五六七八九十百千万亿两几半东西南北中上下左右前后内外大小新老旧高低等及和与的在以为是了"
)
"""Characters in which names differ on purpose (南路, 北路; 一期, 二期), and that join names."""
_ROAD = re.compile("[东南西北中](?:路|街|大)")
_MOST = 4
"""Of more readings than these, the frame is a pattern of speech and no name."""
_OFTEN = 3
"""How often a name of two characters must stand for its look-alike to be asked about."""
_COMMON = 12
"""A stem that stands oftener is the place that the document is about: everything there begins with it."""
_LONGEST_PART = 4


class _Reading(NamedTuple):
    """One occurrence of a frame: what stands in it, and where."""

    middle: str
    start: int


def name_variants(subject: Subject, pairs: Pairs | None = None) -> Iterator[Suspicion]:
    """One character that differs inside a name, a look-alike in a name of two, and a name with a part lost or added."""
    pairs = pairs or Pairs.of(subject)
    found = [*_one_character(pairs), *_look_alikes(pairs), *_parts(pairs)]
    end = -1
    for suspicion in sorted(found, key=lambda s: (s.start, -s.end)):
        if suspicion.start >= end:
            yield suspicion
            end = suspicion.end


def _one_character(pairs: Pairs) -> Iterator[Suspicion]:
    frames = _frames(list(_beside_odd(pairs)))
    for (left_text, right_text), readings in frames.items():
        for rare, usual in _contrasts(readings):
            recurs = _recurs(left_text, rare.middle, usual, pairs)
            if not recurs and _is_name(left_text, right_text, rare.middle, usual, pairs):
                yield _suspicion(rare.start - len(left_text), left_text, rare.middle, usual, right_text)


def _beside_odd(pairs: Pairs) -> Iterator[tuple[int, str, int]]:
    """Start and characters of a run, and a place in it whose character makes an odd pair with a neighbour."""
    for start, run, odd in pairs.runs:
        for i in range(1, len(odd)):
            if (odd[i - 1] or odd[i]) and run[i] not in _APART:
                yield start, run, i


def _frames(places: list[tuple[int, str, int]]) -> dict[tuple[str, str], list[_Reading]]:
    """What stands in each frame. Only what two readings share a neighbour on either side of can stand in a wider one."""
    middles: defaultdict[str, set[str]] = defaultdict(set)
    for _, run, i in places:
        middles[run[i - 1] + run[i + 1]].add(run[i])
    frames: defaultdict[tuple[str, str], list[_Reading]] = defaultdict(list)
    for start, run, i in places:
        if len(middles[run[i - 1] + run[i + 1]]) > 1:
            reading = _Reading(run[i], start + i)
            for left, right in _SHAPES:
                if left <= i < len(run) - right:
                    frames[run[i - left : i], run[i + 1 : i + 1 + right]].append(reading)
    return frames


def _is_name(left: str, right: str, rare: str, usual: str, pairs: Pairs) -> bool:
    """Whether no common word stands in the frame, with one of the two readings at least."""
    if left[-1] in _APART:
        return False
    if _ROAD.match(right):
        return any(middle + right[0] in pairs.odd for middle in (rare, usual))
    if not any(_is_loose(left, middle, right, pairs) for middle in (rare, usual)):
        return False
    if len(left) + len(right) == 2:
        return resemble(rare, usual)
    return len(left) == 1 or any(a + b in pairs.odd for side in (left, right) for a, b in pairwise(side))


def _recurs(left: str, middle: str, other: str, pairs: Pairs) -> bool:
    """Whether the document prints this reading in other places as well, and the other one nowhere."""
    return pairs.seen(left[-1] + middle) > 1 == pairs.seen(left[-1] + other)


def _is_loose(left: str, middle: str, right: str, pairs: Pairs) -> bool:
    return left[-1] + middle in pairs.odd and middle + right[0] in pairs.odd


def _contrasts(readings: list[_Reading]) -> Iterator[tuple[_Reading, str]]:
    """Readings that stand once, each with the reading that it is measured against."""
    places: defaultdict[str, list[_Reading]] = defaultdict(list)
    for reading in readings:
        places[reading.middle].append(reading)
    if not 2 <= len(places) <= _MOST:
        return
    usual = max(places, key=lambda middle: (len(places[middle]), -places[middle][0].start))
    others = [m for m in places if m != usual and len(places[m]) == 1]
    for middle in others:
        yield places[middle][0], usual
    if others and len(places[usual]) == 1:
        yield places[usual][0], others[0]


def _look_alikes(pairs: Pairs) -> Iterator[Suspicion]:
    """青冈 once where the document prints 青岗 again and again."""
    often: defaultdict[str, list[str]] = defaultdict(list)
    for pair, seen in pairs.odd.items():
        if seen >= _OFTEN:
            often["_" + pair[1]].append(pair)
            often[pair[0] + "_"].append(pair)
    for start, run, odd in pairs.runs if often else ():
        for i in range(1, len(odd) - 1):
            if odd[i] != 1:
                continue
            pair = run[i : i + 2]
            if FREE.isdisjoint(pair):
                others = [p for p in often["_" + pair[1]] if odd[i - 1] and resemble(p[0], pair[0])]
                others += [p for p in often[pair[0] + "_"] if odd[i + 1] and resemble(p[1], pair[1])]
                if others:
                    yield _suspicion(start + i, "", pair, others[0], "")


def _parts(pairs: Pairs) -> Iterator[Suspicion]:
    """天门湾公园 beside 天门公园: a name whose middle was lost, gained, or read as something else."""
    frames: defaultdict[tuple[str, str], list[_Reading]] = defaultdict(list)
    for start, run, odd in pairs.runs:
        for tail in NAME_TAIL.finditer(run) if max(odd) > 1 else ():
            for i in range(max(0, tail.start() - _LONGEST_PART - 2), tail.start() - 1):
                if 2 <= odd[i] <= _COMMON:
                    frames[run[i : i + 2], tail.group()].append(
                        _Reading(run[i + 2 : tail.start()], start + i + 2)
                    )
    for (stem, last), readings in frames.items():
        for rare, usual in _contrasts(readings):
            longest = max(len(rare.middle), len(usual))
            nested = rare.middle.endswith(usual) or usual.endswith(rare.middle)
            if (nested or longest <= 2) and not _APART & {*rare.middle, *usual}:
                yield _suspicion(rare.start - 2, stem, rare.middle, usual, last)


def _suspicion(start: int, left: str, rare: str, usual: str, right: str) -> Suspicion:
    name, other = left + rare + right, left + usual + right
    message = f"“{name}”与本文的“{other}”相近：是一名两写，还是两个名称？"
    english = f"“{name}” is close to “{other}” in this document: one name in two readings, or two names?"
    return Suspicion(start, start + len(name), "name-variant", message, english)
