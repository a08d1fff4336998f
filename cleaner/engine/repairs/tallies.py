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

    def get(self, pair: str, default: int = 0) -> int:
        """How often ``pair`` was seen; what is no pair was not."""
        if len(pair) != 2 or max(pair) > chr(_LAST):
            return default
        number = np.uint32(ord(pair[0]) << 16 | ord(pair[1]))
        place = int(self.keys.searchsorted(number))
        return int(self.times[place]) if place < len(self.keys) and self.keys[place] == number else default


class Sums:
    """A figure for each character of the first plane, 0 for any other: reads like a Counter."""

    __slots__ = ("_figures",)

    def __init__(self, characters: _Numbers) -> None:
        self._figures = np.bincount(characters, minlength=_LAST + 1)

    def __getitem__(self, char: str) -> int:
        return int(self._figures[ord(char)]) if len(char) == 1 and char <= chr(_LAST) else 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """What :class:`cleaner.engine.repairs.cohesion.Bigrams` says, of a document: for a few look-ups."""

    pairs: Tally
    heads: Sums
    tails: Sums
    kinds: Sums
    total: int


def pairs_in(text: str) -> Pairs:
    """The figures of ``with_margins(build_bigrams.count([text]))``, for a text that ``build_bigrams.plain`` gave."""
    points = codes(text)
    counted = _COUNTED[np.minimum(points, _LAST)]
    both = counted[:-1] & counted[1:]
    first, second = points[:-1][both], points[1:][both]
    pairs = Tally.of(first << _SHIFT | second)
    return Pairs(pairs, Sums(first), Sums(second), Sums(pairs.keys >> _SHIFT), len(first))
