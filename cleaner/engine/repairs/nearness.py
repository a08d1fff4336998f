"""Paragraphs that are one text but for noise: candidates by MinHash, proof by alignment.

One permutation is a multiplication by an odd number modulo 2**32, which maps 6-grams one to one (Broder's
MinHash with cheap permutations); two paragraphs that share two of six minima are compared in full.
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
from cleaner.engine.repairs.likeness import codes, recurs_by_design
from cleaner.engine.view import View
from cleaner.model import BlockType, Safety

_GRAM = 6
_MIXERS = (2654435761, 2246822519, 3266489917, 668265263, 374761393, 1597334677)
_SHARED = 2
_CROWD = 8
_LONGEST_NOISE = 2
_AMBIGUOUS_SHARE = 0.03
_LONG = 72
_UNSEEN, _UNWRITTEN = -6.0, 12.0
"""Bits for a pair that the corpus does not have, and the weight of a reading that nobody writes."""

_Words = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two blocks are copies: which one is worse, and how sure that is.

    ``readings`` are the places of the first (offsets in its text) where the second reads better, with what it reads.
    """

    worse: int
    differences: int
    safety: Safety | None
    readings: tuple[tuple[int, int, str], ...]


def near_pairs(view: View, minimum: int) -> list[tuple[int, int]]:
    """Pairs of unequal paragraphs of at least ``minimum`` characters that share much of their text."""
    first: dict[str, int] = {}
    for index, block in view.of_type(BlockType.PARAGRAPH, BlockType.LIST_ITEM):
        if block.end - block.start >= minimum:
            first.setdefault(view.content(block), index)
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
    order = np.argsort(values, kind="stable")
    edges = np.flatnonzero(np.diff(values[order]) != 0) + 1
    for group in np.split(order, edges):
        members = [int(m) for m in group]
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
    noise = [0.0, 0.0]
    readings: list[tuple[int, int, str]] = []
    ambiguous = differences = 0
    for step in Levenshtein.opcodes(a, b):
        if step.tag == "equal":
            continue
        mine, theirs = (a, step.src_start, step.src_end), (b, step.dest_start, step.dest_end)
        if _is_content(a[step.src_start : step.src_end], b[step.dest_start : step.dest_end]):
            return None
        differences += 1
        marks = (_noisy(*mine), _noisy(*theirs))
        ambiguous += marks[0] == marks[1] and any(
            is_han(c) for c in a[mine[1] : mine[2]] + b[theirs[1] : theirs[2]]
        )
        here = [
            _UNWRITTEN * mark - _ease(*reading) for reading, mark in zip((mine, theirs), marks, strict=True)
        ]
        noise = [noise[0] + here[0], noise[1] + here[1]]
        if here[0] > here[1]:
            readings.append((step.src_start, step.src_end, b[step.dest_start : step.dest_end]))
    if ambiguous > _AMBIGUOUS_SHARE * len(a):
        return None
    # Parallel texts are short or differ by more: a long one that differs by single characters was misread.
    doubtful = ambiguous and len(a) < _LONG
    safety = Safety.DOUBTFUL if doubtful else None
    return Verdict(left if noise[0] > noise[1] else right, differences, safety, tuple(readings))


def _ease(text: str, start: int, end: int) -> float:
    """How well a reading stands between its neighbours, in bits per pair; marks do not count."""
    around = text[max(0, start - 1) : end + 1]
    bits = [
        max(_UNSEEN, corpus_bigrams().bits(x + y)) for x, y in pairwise(around) if is_han(x) and is_han(y)
    ]
    return sum(bits) / len(bits) if bits else 0.0


def _is_content(mine: str, theirs: str) -> bool:
    """Whether a difference is more than noise can make: a figure, a word for a word, a long insertion."""
    word_for_word = len(mine) > 1 and len(theirs) > 1
    long = max(len(mine), len(theirs)) > _LONGEST_NOISE
    return word_for_word or long or any(c.isdigit() for c in mine + theirs)


def _noisy(text: str, start: int, end: int) -> bool:
    """Whether a reading does not stand well where it stands: a foreign sign, or no pair that anybody writes."""
    if any(not is_han(c) and (c.isalpha() or c in "□�") for c in text[start:end]):
        return True
    around = text[max(0, start - 1) : end + 1]
    pairs = [x + y for x, y in pairwise(around) if is_han(x) and is_han(y)]
    return bool(pairs) and not any(pair in corpus_bigrams().pairs for pair in pairs)
