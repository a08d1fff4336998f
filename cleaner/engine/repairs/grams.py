"""Runs of one, two and three characters of a text, sorted by numpy and counted as they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.likeness import codes
from cleaner.engine.repairs.packed import number_of, packed, unpacked

LONGEST = 3
_BITS = 21
"""A code point; three of them are one number."""

_Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Ordered:
    """The runs of one length as numbers, sorted; ``sums`` are the counts of all runs before each, and of all."""

    keys: list[int]
    sums: list[int]

    @classmethod
    def of(cls, numbers: _Numbers) -> _Ordered:
        ordered = np.sort(numbers)
        first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        return cls(ordered[first].tolist(), [*first.tolist(), len(ordered)])

    @classmethod
    def counted(cls, counts: Mapping[int, int]) -> _Ordered:
        keys = sorted(counts)
        return cls(keys, [0, *accumulate(counts[key] for key in keys)])

    def packed(self) -> list[str]:
        """Keys and sums as text."""
        return [packed(self.keys), packed(self.sums)]

    @classmethod
    def unpacked(cls, texts: Sequence[str]) -> _Ordered:
        """What :meth:`packed` gave."""
        keys, sums = (unpacked(text).tolist() for text in texts)
        return cls(keys, sums)

    def between(self, low: int, high: int) -> tuple[int, int]:
        """The places of the keys from ``low`` on and below ``high``."""
        start = bisect_left(self.keys, low)
        return start, bisect_left(self.keys, high, start)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """A figure for each run, 0 where there is none: reads like a Counter."""

    figure: Callable[[str], int]

    def __getitem__(self, run: str) -> int:
        return self.figure(run)

    def get(self, run: str, default: int = 0) -> int:
        """The figure of ``run``."""
        return self.figure(run) or default


class Grams:
    """Counts of runs, with the sum and the number of kinds of what follows each shorter run."""

    def __init__(self, ordered: Sequence[_Ordered]) -> None:
        self._ordered = ordered
        self.counts, self.totals, self.kinds = map(_Lookup, (self._count, self._total, self._kinds))

    @classmethod
    def of(cls, lines: Sequence[str]) -> Grams:
        """The runs inside the lines of a text."""
        points = codes("\n".join(lines)).astype(np.uint64)
        inside = points != ord("\n")
        found: list[_Ordered] = []
        numbers, whole = np.zeros(len(points) + 1, dtype=np.uint64), np.ones(len(points) + 1, dtype=np.bool_)
        for length in range(1, LONGEST + 1):
            stop = max(0, len(points) - length + 1)
            later = slice(length - 1, length - 1 + stop)
            numbers = (numbers[:stop] << np.uint64(_BITS)) | points[later]
            whole = whole[:stop] & inside[later]
            found.append(_Ordered.of(numbers[whole]))
        return cls(found)

    @classmethod
    def counted(cls, counts: Mapping[str, int]) -> Grams:
        """Runs that were counted elsewhere."""
        by_length: list[dict[int, int]] = [{} for _ in range(LONGEST)]
        for run, seen in counts.items():
            by_length[len(run) - 1][number_of(run, _BITS)] = seen
        return cls([_Ordered.counted(each) for each in by_length])

    def packed(self) -> list[list[str]]:
        """All of it as texts, which are read faster than they are counted."""
        return [ordered.packed() for ordered in self._ordered]

    @classmethod
    def unpacked(cls, texts: Sequence[Sequence[str]]) -> Grams:
        """What :meth:`packed` gave."""
        return cls([_Ordered.unpacked(each) for each in texts])

    def _count(self, run: str) -> int:
        number = number_of(run, _BITS)
        return self._sum(len(run), number, number + 1)

    def _total(self, before: str) -> int:
        low = number_of(before, _BITS) << _BITS
        return self._sum(len(before) + 1, low, low + (1 << _BITS))

    def _sum(self, length: int, low: int, high: int) -> int:
        if not 1 <= length <= LONGEST:
            return 0
        ordered = self._ordered[length - 1]
        start, stop = ordered.between(low, high)
        return ordered.sums[stop] - ordered.sums[start]

    def _kinds(self, before: str) -> int:
        if len(before) >= LONGEST:
            return 0
        low = number_of(before, _BITS) << _BITS
        start, stop = self._ordered[len(before)].between(low, low + (1 << _BITS))
        return stop - start
