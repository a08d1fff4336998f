"""Pairs of neighbouring characters counted by numpy: the same figures as by a Counter, and only those that are asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.data.build_bigrams import plain
from cleaner.engine.repairs.likeness import codes

_Numbers = npt.NDArray[np.uint32]
_Counts = npt.NDArray[np.int64]
_SHIFT = np.uint32(16)
_LAST = 0xFFFF
"""All characters that are counted are of the first plane: two of them are one number."""
_MARKS = np.array(sorted(map(ord, "0A“”《》（）%")), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs of characters as numbers, sorted, and how often each was seen."""

    keys: _Numbers
    times: _Counts

    @classmethod
    def of(cls, numbers: _Numbers) -> Tally:
        """Count numbers: by sorting, which numpy does faster than ``np.unique``."""
        ordered = np.sort(numbers)
        first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        return cls(ordered[first], np.diff(np.append(first, len(ordered))).astype(np.int64))

    def get(self, pair: str, default: int = 0) -> int:
        """How often ``pair`` was seen; what is no pair was not."""
        if len(pair) != 2 or max(pair) > chr(_LAST):
            return default
        number = np.uint32(ord(pair[0]) << 16 | ord(pair[1]))
        place = int(self.keys.searchsorted(number))
        return int(self.times[place]) if place < len(self.keys) and self.keys[place] == number else default


@dataclass(frozen=True, slots=True)
class Pairs:
    """What :class:`cleaner.engine.repairs.cohesion.Bigrams` says, of a document: for a few look-ups."""

    pairs: Tally
    heads: Counter[str]
    tails: Counter[str]
    kinds: Counter[str]
    total: int


def pairs_in(text: str) -> Pairs:
    """The figures of ``with_margins(build_bigrams.count([text]))``."""
    points = codes(plain(text))
    counted = (points >= 0x4E00) & (points <= 0x9FFF) | np.isin(points, _MARKS)
    both = counted[:-1] & counted[1:]
    numbers = points[:-1][both] << _SHIFT | points[1:][both]
    pairs = Tally.of(numbers)
    heads, tails = pairs.keys >> _SHIFT, pairs.keys & np.uint32(_LAST)
    once, total = np.ones(len(pairs.keys), dtype=np.int64), int(pairs.times.sum())
    return Pairs(pairs, _sums(heads, pairs.times), _sums(tails, pairs.times), _sums(heads, once), total)


def _sums(characters: _Numbers, times: _Counts) -> Counter[str]:
    """How often each character comes, ``times`` being how often each place counts."""
    totals = np.bincount(characters, weights=times)
    found = np.flatnonzero(totals)
    return Counter(dict(zip(map(chr, found.tolist()), totals[found].astype(np.int64).tolist(), strict=True)))
