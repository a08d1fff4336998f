"""A large set of pairs of characters that whole texts are held against: one bit for each pair there could be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.likeness import Codes

_PLANE = 1 << 16
"""Characters of the first plane alone are in pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class PairSet:
    """Pairs of characters, as rows of bits: the first character has the row, the second the place in it.

    ``numbers`` gives every character of the first plane its number, 0 to those that are in no pair; ``width`` is the
    length of a row in bytes.
    """

    numbers: npt.NDArray[np.uint32]
    width: int
    bits: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, firsts: Codes, seconds: Codes) -> PairSet:
        """The pairs of ``firsts`` with ``seconds``, code points of the first plane."""
        numbers = np.zeros(_PLANE, dtype=np.uint32)
        numbers[firsts] = numbers[seconds] = 1
        members = np.flatnonzero(numbers)
        numbers[members] = np.arange(1, len(members) + 1)
        width = len(members) // 8 + 1
        bits = np.zeros((len(members) + 1) * width, dtype=np.uint8)
        rows, places = numbers[firsts], numbers[seconds]
        np.bitwise_or.at(bits, rows * width + (places >> 3), (1 << (places & 7)).astype(np.uint8))
        return cls(numbers, width, bits)

    def holds(self, firsts: Codes, seconds: Codes) -> npt.NDArray[np.bool_]:
        """Which of the pairs of ``firsts`` with ``seconds``, code points of the first plane, are members."""
        places = self.numbers.take(seconds)
        held = self.bits.take(self.numbers.take(firsts) * self.width + (places >> 3))
        found: npt.NDArray[np.bool_] = held >> (places & 7) & 1 != 0
        return found

    def __contains__(self, pair: str) -> bool:
        """Whether two characters are a member."""
        if len(pair) != 2 or ord(max(pair)) >= _PLANE:
            return False
        first, second = np.array([[ord(char)] for char in pair], dtype=np.uint32)
        return bool(self.holds(first, second)[0])
