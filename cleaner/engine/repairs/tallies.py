"""Pairs of neighbouring characters counted by numpy: the same figures as by a Counter, and only those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.data.build_bigrams import plain
from cleaner.engine.repairs.likeness import codes

_Numbers = npt.NDArray[np.uint64]
_Counts = npt.NDArray[np.int64]
_SHIFT = np.uint64(32)
_MARKS = np.array(sorted(map(ord, "0A“”《》（）%")), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Tally:
    """Keys of one or two characters, sorted by their code points, and how often each was seen."""

    keys: _Numbers
    times: _Counts

    def get(self, key: str, default: int = 0) -> int:
        """How often ``key`` was seen; an empty one never."""
        if not key:
            return default
        number = np.uint64(ord(key[0]) << 32 | ord(key[1]) if len(key) == 2 else ord(key))
        place = int(np.searchsorted(self.keys, number))
        found = place < len(self.keys) and self.keys[place] == number
        return int(self.times[place]) if found else default

    def __getitem__(self, key: str) -> int:
        """How often ``key`` was seen; a Counter gives 0, too, for what it does not have."""
        return self.get(key)

    @classmethod
    def of(cls, numbers: _Numbers, times: _Counts) -> Tally:
        """Sum ``times`` by number."""
        keys, places = np.unique(numbers, return_inverse=True)
        return cls(keys, np.bincount(places, weights=times, minlength=len(keys)).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Pairs:
    """What :class:`cleaner.engine.repairs.cohesion.Bigrams` says, of a document: for a few look-ups."""

    pairs: Tally
    heads: Tally
    tails: Tally
    kinds: Tally
    total: int


def pairs_in(text: str) -> Pairs:
    """The figures of ``with_margins(build_bigrams.count([text]))``."""
    points = codes(plain(text))
    counted = (points >= 0x4E00) & (points <= 0x9FFF) | np.isin(points, _MARKS)
    wide = points.astype(np.uint64)
    numbers = (wide[:-1] << _SHIFT | wide[1:])[counted[:-1] & counted[1:]]
    keys, times = np.unique(numbers, return_counts=True)
    heads, tails = keys >> _SHIFT, keys & np.uint64(0xFFFFFFFF)
    once = np.ones(len(keys), dtype=np.int64)
    whole = Tally(keys, times)
    return Pairs(
        whole, Tally.of(heads, times), Tally.of(tails, times), Tally.of(heads, once), int(times.sum())
    )
