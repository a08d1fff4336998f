"""The paragraphs of a text that are compared, and the form in which they are: without white space, of one width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from cleaner.reading.blocks import lines

LEAST = 40
"""Characters of a paragraph that is compared, unless more or fewer are asked for."""
SHORTEST = 8
"""The least that may be asked for: below it a few equal characters make two paragraphs alike."""

Codes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]

_PLANE = 0x10000
_FULL, _HALF, _MARKS = 0xFF01, 0x21, 94
_UNSEEN = (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number among those, and its place in the text, without indent."""

    number: int
    start: int
    end: int


def lines_of(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not blank, numbered as in blocks.jsonl."""
    number = 0
    for start, end in lines(text):
        raw = text[start:end]
        line = raw.strip()
        if line:
            lead = start + len(raw) - len(raw.lstrip()) if len(line) < len(raw) else start
            yield Line(number, lead, lead + len(line))
            number += 1


@lru_cache(maxsize=1)
def _tables() -> tuple[Codes, npt.NDArray[np.bool_]]:
    """By code point of the first plane: what it is compared as (0: left out), and whether it is a letter."""
    folded = np.arange(_PLANE, dtype=np.uint32)
    folded[_FULL : _FULL + _MARKS] = np.arange(_HALF, _HALF + _MARKS)
    folded[[c for c in range(_PLANE) if chr(c).isspace()]] = 0
    folded[list(_UNSEEN)] = 0
    letters = np.fromiter((chr(c).isalpha() for c in range(_PLANE)), dtype=np.bool_, count=_PLANE)
    return folded, letters


@dataclass(frozen=True, slots=True)
class Normal:
    """Some paragraphs as they are compared, one behind the other: ``starts`` and ``ends`` are their places in ``codes``."""

    codes: Codes
    starts: Counts
    ends: Counts
    letters: Counts

    def texts(self) -> list[str]:
        """The paragraphs as strings."""
        whole = self.codes.tobytes().decode("utf-32-le", "surrogatepass")
        return [whole[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def digests(self) -> list[bytes]:
        """Sixteen bytes for each paragraph: equal digests are equal texts."""
        view = self.codes.view(np.uint8).data
        return [
            blake2b(view[4 * start : 4 * end], digest_size=16).digest()
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        ]

    def prose(self, least: int) -> npt.NDArray[np.bool_]:
        """Which of them are long enough, and letters for a quarter at least: rules and rows of figures are not."""
        lengths = self.ends - self.starts
        return (lengths >= least) & (4 * self.letters >= lengths)

    def chosen(self, which: npt.NDArray[np.bool_]) -> Normal:
        """Some of the paragraphs; the others' characters stay where they are, unread."""
        return Normal(self.codes, self.starts[which], self.ends[which], self.letters[which])


def normalised(texts: Sequence[str]) -> Normal:
    """Paragraphs without white space and what cannot be seen, full-width signs as half-width ones."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    folding, letters = _tables()
    first = np.minimum(points, _PLANE - 1)
    folded = np.where(points < _PLANE, folding[first], points)
    kept = folded != 0
    count = np.append(0, np.cumsum(kept))
    told = np.append(0, np.cumsum(kept & ((points >= _PLANE) | letters[first])))
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    starts = np.append(0, ends)[: len(ends)]
    return Normal(folded[kept], count[starts], count[ends], told[ends] - told[starts])
