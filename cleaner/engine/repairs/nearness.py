"""Paragraphs that are one text but for noise: candidates by MinHash, proof by alignment.

One permutation is a multiplication by an odd number modulo 2**32, which maps 6-grams one to one (Broder's
MinHash with cheap permutations); two paragraphs that share two of eight minima are compared in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.repairs.likeness import codes, is_prose, recurs_by_design
from cleaner.engine.repairs.lookalike import resemble
from cleaner.engine.view import View
from cleaner.model import BlockType, Safety

_GRAM = 6
_MIXERS = (2654435761, 2246822519, 3266489917, 668265263, 374761393, 1597334677, 2860486313, 3367900313)
_SHARED = 2
_CROWD = 8
_LONGEST_NOISE = 2
_AMBIGUOUS_SHARE = 0.03
_LONG, _LENGTHY = 72, 144
_UNSEEN, _UNWRITTEN = -6.0, 12.0
"""Bits for a pair that the corpus does not have, and the weight of a reading that nobody writes."""

_OMITTED, _MADE_UP, _CLEAR = 8.0, 1.0, 6.0
"""Bits for the fuller of two readings, a character being left out a hundred times before one is made up, and the same
if nobody writes it; the least that changes the copy that stays: 89 in 100 look-alikes reach it, 2 in 1000 wrongly."""

_NUMERALS = frozenset("一二三四五六七八九十百千万亿")
_TELLING = _NUMERALS | frozenset(
    "两半第不未无非没东南西北中上下左右前后内外大小新老旧高低省市县区乡镇村男女副正总增减升降"
)
"""Characters by which parallel texts differ, though they look alike or are easily left out."""

_Words = npt.NDArray[np.uint32]
_Reading = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two blocks are copies: which one goes, and how sure that is.

    It is the second, or of two neighbours, whose place is one, the worse. ``readings`` are the places of a first that
    stays (offsets in its text) where the second reads clearly better, with what it reads.
    """

    worse: int
    differences: int
    safety: Safety | None
    readings: tuple[tuple[int, int, str], ...]


def near_pairs(view: View, minimum: int) -> list[tuple[int, int]]:
    """Pairs of unequal paragraphs of at least ``minimum`` characters that share much of their text."""
    return view.once(f"near pairs {minimum}", lambda: _near_pairs(view, minimum))


def _near_pairs(view: View, minimum: int) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    for index, (block, text) in enumerate(zip(view.blocks, view.texts, strict=True)):
        if len(text) >= minimum and block.type is not BlockType.HEADING and is_prose(block, text):
            first.setdefault(text, index)
    indices = sorted(first.values())
    if len(indices) < 2:
        return []
    shared: Counter[tuple[int, int]] = Counter()
    for minima in _minima(view, indices):
        for left, right in _equal_pairs(minima):
            shared[indices[left], indices[right]] += 1
    return sorted(pair for pair, count in shared.items() if count >= _SHARED)


def _minima(view: View, indices: list[int]) -> Iterator[_Words]:
    """For every permutation, the smallest hash of each block."""
    points = codes(view.text)
    grams = np.zeros(len(points) - _GRAM + 1, dtype=np.uint32)
    for offset in range(_GRAM):
        grams *= np.uint32(16777619)
        grams ^= points[offset : offset + len(grams)]
    bounds = np.array([[view.blocks[i].start, view.blocks[i].end - _GRAM + 1] for i in indices]).ravel()
    padded = np.append(grams, np.uint32(2**32 - 1))
    for mixer in _MIXERS:
        yield np.minimum.reduceat(padded * np.uint32(mixer), bounds)[::2]


def _equal_pairs(values: _Words) -> Iterator[tuple[int, int]]:
    """Pairs of positions with equal values; in a crowd only neighbours, so that the work stays linear."""
    ordered = np.sort(values)
    if not (ordered[1:] == ordered[:-1]).any():
        return
    order = np.argsort(values, kind="stable")
    edges = np.flatnonzero(np.diff(values[order]) != 0) + 1
    starts, stops = np.append(0, edges), np.append(edges, len(order))
    crowded = stops - starts > 1
    for start, stop in zip(starts[crowded].tolist(), stops[crowded].tolist(), strict=True):
        members = order[start:stop].tolist()
        reach = len(members) if len(members) <= _CROWD else 2
        for place, left in enumerate(members):
            yield from ((left, right) for right in members[place + 1 : place + reach])


def judge_pair(view: View, left: int, right: int, least: float) -> Verdict | None:
    """Whether two blocks differ by noise alone, and which of them has more of it; None if they are two texts."""
    a, b = view.content(view.blocks[left]), view.content(view.blocks[right])
    if (
        a in b
        or b in a
        or recurs_by_design(a)
        or Levenshtein.normalized_similarity(a, b, score_cutoff=least) < least
    ):
        return None
    differences = _differences(a, b)
    if differences is None:
        return None
    ambiguous = sum(d.ambiguous for d in differences)
    if ambiguous > _AMBIGUOUS_SHARE * len(a):
        return None
    # Parallel texts are short or differ by more: a long one that differs by single characters was misread.
    safety = Safety.DOUBTFUL if ambiguous and len(a) < _LONG else None
    if right == left + 1:
        return Verdict(left if sum(d.gain for d in differences) > 0 else right, len(differences), safety, ())
    better = tuple((d.start, d.end, d.theirs) for d in differences if d.gain >= _CLEAR)
    return Verdict(right, len(differences), safety, better)


@dataclass(frozen=True, slots=True)
class _Difference:
    """Where two copies differ: what the second reads there, how much better that is (in bits), whether it may be meant."""

    start: int
    end: int
    theirs: str
    gain: float
    ambiguous: bool


def _differences(a: str, b: str) -> list[_Difference] | None:
    """The places of ``a`` where ``b`` reads otherwise; None if one of them is more than noise can make."""
    found = []
    for step in Levenshtein.opcodes(a, b):
        if step.tag == "equal":
            continue
        mine, theirs = (a, step.src_start, step.src_end), (b, step.dest_start, step.dest_end)
        torn = len(a) >= _LENGTHY and (_noisy(*mine) or _noisy(*theirs))
        if _is_content(a[mine[1] : mine[2]], b[theirs[1] : theirs[2]], torn=torn):
            return None
        found.append(_compared(mine, theirs))
    return found


def _compared(mine: _Reading, theirs: _Reading) -> _Difference:
    one, other = (text[start:end] for text, start, end in (mine, theirs))
    strange = _noisy(*mine), _noisy(*theirs)
    omitted = _omits(mine, theirs) or _omits(theirs, mine)
    if omitted:
        gain = (_MADE_UP if strange[bool(other)] else _OMITTED) * (1 if other else -1)
    else:
        gain = _UNWRITTEN * (strange[0] - strange[1]) + _ease(*theirs) - _ease(*mine)
    noise = not any(map(is_han, one + other)) or (strange[0] != strange[1] and not omitted)
    noise |= (not one or not other or resemble(one, other)) and _TELLING.isdisjoint(one + other)
    return _Difference(mine[1], mine[2], other, gain, not noise)


def _omits(reading: _Reading, fuller: _Reading) -> bool:
    """Whether ``reading`` lacks Han characters that ``fuller`` has, and not because that one prints them twice."""
    text, start, end = fuller
    extra = text[start:end]
    if reading[1] != reading[2] or not all(map(is_han, extra)):
        return False
    return extra not in {text[start - len(extra) : start], text[end : end + len(extra)]}


def _ease(text: str, start: int, end: int) -> float:
    """How well a reading stands between its neighbours, in bits per pair; marks do not count."""
    around = text[max(0, start - 1) : end + 1]
    bits = [
        max(_UNSEEN, corpus_bigrams().bits(x + y)) for x, y in pairwise(around) if is_han(x) and is_han(y)
    ]
    return sum(bits) / len(bits) if bits else 0.0


def _is_content(mine: str, theirs: str, *, torn: bool) -> bool:
    """Whether a difference is more than noise can make: a figure, a word for a word, a long insertion.

    ``torn`` says that one of the two readings is nothing that anybody writes: no word stands there.
    """
    words = len(mine) > 1 and len(theirs) > 1 and not torn
    word_for_word = words or (mine in _NUMERALS and theirs in _NUMERALS)
    long = max(len(mine), len(theirs)) > _LONGEST_NOISE
    return word_for_word or long or any(c.isdigit() for c in mine + theirs)


def _noisy(text: str, start: int, end: int) -> bool:
    """Whether a reading does not stand well where it stands: a foreign sign, or no pair that anybody writes."""
    if any(not is_han(c) and (c.isalpha() or c in "□�") for c in text[start:end]):
        return True
    around = text[max(0, start - 1) : end + 1]
    pairs = [x + y for x, y in pairwise(around) if is_han(x) and is_han(y)]
    return bool(pairs) and not any(pair in corpus_bigrams().pairs for pair in pairs)
