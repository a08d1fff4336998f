"""MinHash signatures of many paragraphs at once, from one pass over their characters.

One-permutation hashing (Li, Owen, Zhang 2012): a hash of each three characters falls into one of 32 bins by its upper bits,
and a bin keeps the smallest of the rest. The share of bins in which two paragraphs agree estimates the share of what they
have in common (Broder 1997). An empty bin borrows from the next one that is not (Shrivastava, Li 2014).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.dedup.paragraphs import Normal

GRAM = 3
BINS = 32
BANDS = BINS // 2
"""Two bins make a band: paragraphs that agree in one of the bands are looked at."""

Signatures = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint32]

_BIN_BITS = 5
_VOID = np.uint32(0xFFFFFFFF)
_BORROWED = 0x9E3779B1


def signatures(paragraphs: Normal) -> Signatures:
    """A row of ``BINS`` numbers for each paragraph, all of which have ``GRAM`` characters at least."""
    made = np.full((len(paragraphs.starts), BINS), _VOID, dtype=np.uint32)
    lengths = paragraphs.ends - paragraphs.starts - GRAM + 1
    owners = np.repeat(np.arange(len(lengths)), lengths)
    places = np.arange(len(owners)) + np.repeat(paragraphs.starts - (np.cumsum(lengths) - lengths), lengths)
    hashes = _grams(paragraphs.codes)[places]
    bins = hashes >> np.uint32(32 - _BIN_BITS)
    np.minimum.at(made.ravel(), owners * BINS + bins, hashes << np.uint32(_BIN_BITS))
    return _without_voids(made)


def _grams(codes: Words) -> Words:
    """A hash of every three characters in a row, mixed so that all its bits depend on all of theirs."""
    hashes = np.zeros(max(0, len(codes) - GRAM + 1), dtype=np.uint32)
    for offset in range(GRAM):
        hashes *= np.uint32(16777619)
        hashes ^= codes[offset : offset + len(hashes)]
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(factor)
    return hashes


def _without_voids(made: Signatures) -> Signatures:
    """Each empty bin with what the next full one holds, and how far that one is."""
    void = made == _VOID
    rows = np.flatnonzero(void.any(axis=1))
    if not len(rows):
        return made
    own, empty = made[rows], void[rows]
    filled, left = own.copy(), empty.copy()
    for distance in range(1, BINS):
        lent = left & ~np.roll(empty, -distance, axis=1)
        mark = np.uint32(distance * _BORROWED & 0xFFFFFFFF)
        filled[lent] = np.roll(own, -distance, axis=1)[lent] + mark
        left &= ~lent
        if not left.any():
            break
    made[rows] = filled
    return made


def bands(made: Signatures) -> npt.NDArray[np.int64]:
    """The bands of each signature as numbers."""
    return np.ascontiguousarray(made, dtype="<u4").view("<i8")
