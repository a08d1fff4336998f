"""Sentences and clauses printed several times in a row: the loop of a model that lost its place.

Two searches, both linear. Units between marks are compared with the units one to eight places on, by numbers
first (length and three characters) and then in full; runs without marks are found from anchors of four
characters, compared at distances up to 64. No pattern with a back-reference is used: those are quadratic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from cleaner.engine.repairs.cohesion import is_han
from cleaner.engine.repairs.likeness import VERBATIM, Codes, codes, quoted
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_SENTENCE = "。！？；!?;\n"
_CLAUSE = _SENTENCE + "，,"
_WIDEST = {_SENTENCE: 8, _CLAUSE: 4}
_ANCHOR_STEP = 16
_LONGEST_PERIOD = 64
_MIXER = np.uint32(0x9E3779B1)
_ANCHORS = 1 << 14
"""Anchors that are compared in one go: 64 flags for each."""
_LEAST_RUN = 24
_LEAST_TURNS = 4
_REFRAIN = 20
"""Han characters of the longest cheer, question or saying that a speaker may print twice on purpose."""

_QUOTED = regex.compile(r"“[^“”]*”")
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Loop:
    """Text from ``start`` is ``turns`` times one unit of ``period`` characters, mark included, up to ``end``.

    ``alike`` says that every turn ends in the same mark; where not, the last turn has another one, or none.
    ``marked`` says that the unit is a sentence or clause.
    """

    start: int
    end: int
    period: int
    turns: int
    alike: bool
    marked: bool

    @property
    def surplus(self) -> tuple[int, int]:
        """The range to delete: all turns but the first, or all but the last where that one closes."""
        if self.alike:
            return self.start + self.period, self.end
        return self.start, self.start + self.period * (self.turns - 1)


def repetition_loops(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Keep one turn of every loop.

    Twice in a row is a loop only from ``minimum`` characters and digits on, three times from half of that, eight
    times from one. Removing 40 characters or a third turn is certain, less is probable, a short cheer (！),
    which a speaker may print thrice, or a quotation doubtful.
    """
    minimum = int(parameters.get("minimum", 8))
    points = codes(view.text)
    seeds = {(place, period, True) for place, period in _marked_seeds(view.text, points)}
    seeds |= {(place, period, False) for place, period in _bare_seeds(view.text, points)}
    done = -1
    for place, period, marked in sorted(seeds, key=lambda seed: (seed[0], not seed[2], seed[1])):
        if place < done:
            continue
        loop = _grown(view.text, place, period, marked)
        if loop.start < done or not _is_damage(view.text, loop, minimum) or not _in_prose(view, loop):
            continue
        done = loop.end
        start, end = loop.surplus
        why = f"{quoted(view.text[loop.start : loop.start + loop.period])}连印{loop.turns}遍，留一遍"
        yield Candidate(start, end, "", why=why, safety=_safety(view.text, loop, minimum))


def _is_damage(text: str, loop: Loop, minimum: int) -> bool:
    long = loop.turns >= _LEAST_TURNS and loop.end - loop.start >= _LEAST_RUN
    if loop.turns < 2 or not (loop.marked or long):
        return False
    unit = text[loop.start : loop.start + min(loop.period, 4 * minimum)]
    weight = sum(map(is_han, unit))
    if loop.marked and weight > 1:
        # Figures come back in a row by chance (8.5%、8.5%), but no clause that names one does.
        weight = sum(map(str.isalnum, unit))
    least = minimum if loop.turns == 2 else minimum // 2
    return weight >= (1 if loop.turns >= 2 * _LEAST_TURNS else least)


def _safety(text: str, loop: Loop, minimum: int) -> Safety | None:
    unit = text[loop.start : loop.start + loop.period]
    if loop.turns == 2 and _is_meant(unit, minimum):
        return Safety.DOUBTFUL
    if loop.turns == 3 and unit.endswith(("！", "!")) and sum(map(is_han, unit)) <= minimum:
        return Safety.DOUBTFUL
    surplus = loop.end - loop.start - loop.period
    if surplus >= VERBATIM or (loop.turns > 2 and loop.period > minimum):
        return None
    return Safety.PROBABLE


def _is_meant(unit: str, minimum: int) -> bool:
    """Whether a unit may stand twice for effect: a short cheer or question, or what is quoted and little else."""
    own = _QUOTED.sub("", unit)
    if "“" in own or "”" in own:
        return True
    least = _REFRAIN if any(mark in unit for mark in "！!？?") else minimum if own != unit else 0
    return sum(map(is_han, own)) < least


def _in_prose(view: View, loop: Loop) -> bool:
    """Whether a loop stands in one line of running text; table rows repeat by design."""
    low, high = 0, len(view.blocks)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if view.blocks[middle].start <= loop.start else (low, middle)
    block = view.blocks[low]
    inside = block.start <= loop.start and loop.end <= block.end
    return inside and block.type is not BlockType.TABLE_CELL


def _marked_seeds(text: str, points: Codes) -> Iterator[tuple[int, int]]:
    """Where a sentence or clause, or a few of them, is printed again behind itself: (place, period)."""
    for marks in (_SENTENCE, _CLAUSE):
        starts, ends = _units(points, marks)
        lengths, keys = ends - starts, _keys(points, starts, ends)
        for width in range(1, min(_WIDEST[marks], len(starts) - 1) + 1):
            same = (keys[:-width] == keys[width:]) & (lengths[:-width] == lengths[width:])
            if same.any():
                yield from _seeds_of_width(text, same & (lengths[:-width] > 0), starts, ends, width)


_Places = npt.NDArray[np.int64]


def _units(points: Codes, marks: str) -> tuple[_Places, _Places]:
    """Starts and ends (before the mark) of the pieces between ``marks``."""
    is_mark = np.isin(points, codes(marks), kind="table") if len(points) else np.zeros(0, dtype=bool)
    ends = np.append(np.flatnonzero(is_mark), len(points)).astype(np.int64)
    return np.concatenate(([0], ends[:-1] + 1)).astype(np.int64), ends


def _seeds_of_width(
    text: str, same: _Flags, starts: _Places, ends: _Places, width: int
) -> Iterator[tuple[int, int]]:
    """Seeds whose unit is ``width`` pieces long, where pieces look like (``same``) those ``width`` places on."""
    for start, stop in _runs(same, width):
        for piece in range(start, stop - width + 1, width):
            low, high = int(starts[piece]), int(ends[piece + width - 1])
            period = int(starts[piece + width]) - low
            if text[low:high] == text[low + period : high + period]:
                yield low, period
                break


def _keys(points: Codes, starts: _Places, ends: _Places) -> npt.NDArray[np.uint64]:
    """The first, middle and last character of every piece as one number."""
    if not len(points):
        return np.zeros(len(starts), dtype=np.uint64)
    keys = np.zeros(len(starts), dtype=np.uint64)
    for places in (starts, (starts + ends) // 2, ends - 1):
        keys = keys << np.uint64(21) | points[np.clip(places, 0, len(points) - 1)]
    return keys


def _runs(flags: _Flags, least: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of at least ``least`` true flags in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if stop - start >= least:
            yield start, stop


def _bare_seeds(text: str, points: Codes) -> Iterator[tuple[int, int]]:
    """Equal text at one distance without marks, from every sixteenth character: (place, period)."""
    if len(points) < _LEAST_RUN + _LONGEST_PERIOD:
        # Anchors in the padding lie behind the text and are passed over below.
        points = np.append(points, np.zeros(_LEAST_RUN + _LONGEST_PERIOD, dtype=np.uint32))
    grams = points[3:].copy()
    for offset in (2, 1, 0):
        grams *= _MIXER  # four characters as one number, which two runs share by chance once in four thousand million
        grams ^= points[offset : offset + len(grams)]
    near = np.lib.stride_tricks.sliding_window_view(grams, _LONGEST_PERIOD + 1)[::_ANCHOR_STEP]
    hits: dict[int, int] = {}
    for at in range(0, len(near), _ANCHORS):
        group = near[at : at + _ANCHORS]
        for row, column in np.argwhere(group[:, 1:] == group[:, :1]).tolist():
            hits.setdefault((at + row) * _ANCHOR_STEP, column + 1)  # the least distance comes first
    return ((place, period) for place, period in hits.items() if place + period + 4 <= len(text))


def _grown(text: str, place: int, period: int, marked: bool) -> Loop:
    """The longest loop in its line around ``place``, its first turn begun behind a mark where it can be."""
    low, high = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    high = len(text) if high < 0 else high
    end = min(place + period, high)
    end += _agreement(text, end, end - period, high - end, forward=True)
    start = place - _agreement(text, place, place + period, place - low, forward=False)
    # The last turn may lack its own mark: another mark closes it, or the line ends.
    closed = int(end == high or text[end] in _CLAUSE)
    turns = (end - start + closed) // period
    slack = end - start + closed - turns * period
    for first in (place, *range(start, start + slack + 1)):
        if first <= start + slack and (first == low or text[first - 1] in _CLAUSE):
            start = first
            break
    stop = start + turns * period
    return Loop(start, min(stop, end), period, turns, stop <= end, marked)


def _agreement(text: str, left: int, right: int, most: int, forward: bool) -> int:
    """For how many characters, ``most`` at most, two places of a text read the same, onwards or backwards."""
    length, step = 0, 1
    while step:
        step = min(step, most - length)
        a, b = (left + length, right + length) if forward else (left - length - step, right - length - step)
        if step and text[a : a + step] == text[b : b + step]:
            length, step = length + step, step * 2
        else:
            step //= 2
    return length
