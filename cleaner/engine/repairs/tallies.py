"""Pairs of neighbouring characters counted by numpy: the same figures as by a Counter, and only those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.likeness import codes

_Numbers = npt.NDArray[np.uint32]
_Counts = npt.NDArray[np.int64]
_SHIFT = np.uint32(16)
_LAST = 0xFFFF
"""All characters that are counted are of the first plane: two of them are one number."""
_COUNTED = np.zeros(_LAST + 1, dtype=np.bool_)
_COUNTED[0x4E00:0xA000] = True
_COUNTED[[ord(mark) for mark in "0A“”《》（）%"]] = True


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

    def begun_with(self, char: str) -> tuple[int, int]:
        """The places of the pairs that begin with ``char``."""
        if len(char) != 1 or char > chr(_LAST):
            return 0, 0
        low = np.uint32(ord(char) << 16)
        start, stop = self.keys.searchsorted(np.array([low, low | _LAST], dtype=np.uint32))
        return int(start), int(stop)

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
    seconds: _Numbers
    total: int

    def head(self, char: str) -> int:
        """How often ``char`` is the first of a pair."""
        low, high = self.pairs.begun_with(char)
        return int(self.pairs.times[low:high].sum())

    def kinds(self, char: str) -> int:
        """How many characters were seen after ``char``."""
        low, high = self.pairs.begun_with(char)
        return high - low

    def tail(self, char: str) -> int:
        """How often ``char`` is the second of a pair."""
        return int(np.count_nonzero(self.seconds == ord(char))) if len(char) == 1 else 0


def pairs_in(text: str) -> Pairs:
    """The figures of ``with_margins(build_bigrams.count([text]))``, for a text that ``build_bigrams.plain`` gave."""
    points = codes(text)
    counted = _COUNTED[np.minimum(points, _LAST)]
    both = counted[:-1] & counted[1:]
    first, second = points[:-1][both], points[1:][both]
    return Pairs(Tally.of(first << _SHIFT | second), second, len(first))
