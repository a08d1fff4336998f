"""A misread character that its neighbours give away: a look-alike stands where a frequent run of four had been.

The noisy channel in its most careful form. A character is suspected when it forms no known pair with either
neighbour; it is read as a character that looks like it (``data/look_alikes.txt``) only when that makes,
together with *both* neighbours and one character more, a run of four that clean reports hold again and again
(``data/han_fourgrams.txt``). Measured leaving one report out of 28 (511 000 characters): of planted look-alikes
a third is found; only close ones (严 for 产) are applied, and of clean characters that touches one, a misprint.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.repairs.likeness import Codes, codes
from cleaner.engine.repairs.packed import number_of, packed, unpacked
from cleaner.engine.repairs.pairset import PairSet
from cleaner.engine.view import View
from cleaner.model import Candidate, Safety
from cleaner.packs.cache import kept, source_of

_FREE = frozenset(
    "的地得了着过和与同及或等好于以其之更各一二三四五六七八九十百千万亿个在是有不为也乎而则且者所即"
)
"""Particles, numerals and classifiers stand beside anything, so an unknown pair with them means nothing."""
_NUMERALS = frozenset("〇一二三四五六七八九十百千万亿两几")
_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF
_SHORTEST_RUN = 4
_HASH_BITS = 21
_AHEAD = 5
"""How many times more often the best reading must be seen than the second."""


_UNIT = 16
"""Bits of a character of the first plane: four are one number."""


@dataclass(frozen=True, slots=True)
class _Holes:
    """Runs of four by the three characters around a hole: the three and the one as a number, sorted, and its count."""

    keys: list[int]
    times: list[int]

    @classmethod
    def unpacked(cls, texts: Sequence[str]) -> _Holes:
        keys, times = (unpacked(text).tolist() for text in texts)
        return cls(keys, times)

    def get(self, around: str) -> dict[str, int]:
        """What stood in the hole, and how often."""
        low = number_of(around, _UNIT) << _UNIT
        start = bisect_left(self.keys, low)
        stop = bisect_left(self.keys, low + (1 << _UNIT), start)
        return {chr(self.keys[at] & 0xFFFF): self.times[at] for at in range(start, stop)}


@dataclass(frozen=True, slots=True)
class _Tables:
    """Runs of four with their second (third) character taken out, and what may be misread as what."""

    second: _Holes
    third: _Holes
    likenesses: Mapping[str, str]
    pairs: Mapping[str, int]

    def alike(self, character: str) -> frozenset[str]:
        """What may have been misread as ``character``."""
        return frozenset(self.likenesses.get(character, "")) - _FREE

    def near(self, character: str) -> str:
        """Those that look most like it."""
        return self.likenesses.get(character, "").partition("|")[0]


def _lines(name: str) -> Iterator[tuple[str, str]]:
    text = resources.files("cleaner.engine.repairs.data").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        head, _, rest = line.partition(" ")
        yield head, rest


@cache
def _tables() -> _Tables:
    """Read once per process, when a character is first suspected."""
    second, third = map(_Holes.unpacked, _packed_holes())
    return _Tables(second, third, dict(_lines("look_alikes.txt")), corpus_bigrams().pairs)


def _packed_holes() -> tuple[Sequence[str], Sequence[str]]:
    runs = resources.files("cleaner.engine.repairs.data").joinpath("han_fourgrams.txt").read_bytes()
    parts = kept({"runs": runs, "packed": source_of(packed.__module__)}, _runs_by_hole)
    return parts["second"], parts["third"]


def _runs_by_hole() -> dict[str, list[str]]:
    """Keys and counts of both tables, as numbers of eight bytes."""
    second: dict[int, int] = {}
    third: dict[int, int] = {}
    for head, rest in _lines("han_fourgrams.txt"):
        for item in rest.split():
            last, times = item[0], int(item[1:])
            second[number_of(head[0] + head[2] + last + head[1], _UNIT)] = times
            third[number_of(head[:2] + last + head[2], _UNIT)] = times
    return {"second": _packed(second), "third": _packed(third)}


def _packed(counts: Mapping[int, int]) -> list[str]:
    keys = sorted(counts)
    return [packed(keys), packed([counts[key] for key in keys])]


def resemble(one: str, other: str) -> bool:
    """Whether one of two characters may be misread as the other."""
    return other in _tables().alike(one) or one in _tables().alike(other)


def look_alikes(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Candidates of one character each.

    Args:
        view: the stage text.
        parameters: ``least``: how often clean reports must hold the restored run for the edit to be
            applied (4); rarer ones, distant look-alikes, and a wording that the document uses twice are only
            proposed.
    """
    least = int(parameters.get("least", 4))
    found: list[tuple[int, str, int, str]] = []
    for at in _suspects(view.text):
        reading = _reading(view.text, at, _tables())
        if reading is not None:
            found.append((at, *reading, view.text[at - 1 : at + 2]))
    times = Counter(place for _, _, _, place in found)
    for start, after, seen, place in found:
        close = after in _tables().near(view.text[start])
        sure = close and seen >= least and times[place] == 1
        why = f"“{view.text[start]}”与前后字不成词，疑为形近的“{after}”"
        yield Candidate(start, start + 1, after, why=why, safety=None if sure else Safety.DOUBTFUL)


@cache
def _flags_of(characters: frozenset[str]) -> npt.NDArray[np.bool_]:
    """For every character of the first plane whether it is one of ``characters``."""
    flags = np.zeros(0x10000, dtype=np.bool_)
    flags[codes("".join(characters))] = True
    return flags


@cache
def _known_pairs() -> PairSet:
    """The pairs of the corpus."""
    points = codes("".join(corpus_bigrams().pairs))
    return PairSet.of(points[::2], points[1::2])


@cache
def _runs() -> npt.NDArray[np.bool_]:
    """Whether runs of four with one character taken out may be in the tables; a hash says no, or perhaps."""
    runs = np.zeros(1 << _HASH_BITS, dtype=np.bool_)
    for keys, _ in _packed_holes():
        around = unpacked(keys)
        units = (around >> np.uint64(_UNIT * place) & np.uint64(0xFFFF) for place in (3, 2, 1))
        runs[_hashed(*(unit.astype(np.uint32) for unit in units))] = True
    return runs


def _hashed(one: Codes, two: Codes, three: Codes) -> Codes:
    """Three characters as a number of ``_HASH_BITS`` bits."""
    mixed: Codes = (
        (one * np.uint32(0x9E3779B1)) ^ (two * np.uint32(0x85EBCA77)) ^ (three * np.uint32(0xC2B2AE3D))
    )
    return np.right_shift(mixed, np.uint32(32 - _HASH_BITS))


def _suspects(text: str) -> list[int]:
    """Places whose character forms no known pair with either neighbour, where a run of four may say more."""
    if len(text) < _SHORTEST_RUN:
        return []
    points = codes(text)
    han = (points >= _HAN_FIRST) & (points <= _HAN_LAST)
    first_plane = np.where(han, points, 0)
    strange = han[:-1] & han[1:] & ~_known_pairs().holds(first_plane[:-1], first_plane[1:])
    at = np.flatnonzero(strange[:-1] & strange[1:]) + 1
    at = at[
        ~_flags_of(_FREE)[points[at]] & ~_flags_of(_NUMERALS)[points[at - 1]]
    ]  # all Han, so of the first plane
    if not len(at):
        return []
    runs = _runs()
    padded, inside = np.append(points, np.zeros(2, np.uint32)), np.append(han, np.zeros(2, np.bool_))
    after = inside[at + 2] & runs[_hashed(points[at - 1], points[at + 1], padded[at + 2])]
    before = inside[at - 2] & (at >= 2) & runs[_hashed(padded[at - 2], points[at - 1], points[at + 1])]
    return [int(place) for place in at[after | before]]


def _reading(text: str, at: int, tables: _Tables) -> tuple[str, int] | None:
    """The one look-alike that its neighbours call for, and how often they were seen with it."""
    alike = tables.alike(text[at])
    scores: Counter[str] = Counter()
    if is_han(text[at + 2 : at + 3]):
        scores.update(_known(tables.second.get(text[at - 1] + text[at + 1 : at + 3]), alike))
    if at >= 2 and is_han(text[at - 2]):
        scores.update(_known(tables.third.get(text[at - 2 : at] + text[at + 1]), alike))
    if not scores:
        return None
    best = scores.most_common(2)
    if len(best) > 1 and best[0][1] < _AHEAD * best[1][1]:
        return None
    return best[0]


def _known(seen: Mapping[str, int], alike: frozenset[str]) -> dict[str, int]:
    return {character: times for character, times in seen.items() if character in alike}
