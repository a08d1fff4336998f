"""Tables of numbers as text, for what is kept between runs: JSON reads one string faster than many numbers."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]


def packed(numbers: Sequence[int]) -> str:
    """Numbers from 0 to 2⁶⁴-1, in their order."""
    return b64encode(np.array(numbers, dtype=np.uint64).tobytes()).decode()


def unpacked(text: str) -> Numbers:
    """What :func:`packed` was given."""
    return np.frombuffer(b64decode(text), dtype=np.uint64)


def number_of(characters: str, bits: int) -> int:
    """Characters as one number, ``bits`` for each: sorted as the characters are."""
    number = 0
    for character in characters:
        number = number << bits | ord(character)
    return number
