"""Pairs of paragraphs that may be alike: those that agree in a band, the most alike of them first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.dedup.signatures import BANDS, BINS, GRAM, Signatures, bands

WINDOW = 8
"""How far apart two paragraphs may stand in a crowd that agrees in a band, sorted by the next band: work stays linear."""
PARTNERS = 8
"""Earlier paragraphs that one is compared with at most: those that agree in the most bins."""
_DEVIATIONS = 2
"""How far below the expected number of bins two may stay: of true copies 98 in 100 do not."""
_FEWEST = 3
_AT_ONCE = 1 << 16
_HELD = 1 << 21
"""Pairs that are held before the less alike of them are left out."""

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of indices, ``left`` below ``right``, with the bins in which they agree."""

    left: Indices
    right: Indices
    shared: Indices

    def __len__(self) -> int:
        return len(self.left)


def least_shared(likeness: float) -> int:
    """In how many bins two paragraphs must agree to be compared, if so much of one is in the other.

    Changes that are spread out spoil the most grams: of grams of three characters likeness ** 3 are left, which gives the
    Jaccard index, and that the number of bins with its deviation.
    """
    left = likeness**GRAM
    index = left / (2 - left)
    return max(_FEWEST, int(BINS * index - _DEVIATIONS * math.sqrt(BINS * index * (1 - index))))


def candidates(made: Signatures, lengths: Indices, likeness: float) -> Pairs:
    """The pairs that are to be compared in full, sorted by their right one, then by their left one.

    Args:
        made: the signature of each paragraph.
        lengths: how many characters each has: what differs by more in length alone is not so much alike.
        likeness: the threshold.
    """
    keys, least = bands(made), least_shared(likeness)
    found: list[Pairs] = []
    for band in range(BANDS if len(made) > 1 else 0):
        order = np.lexsort((keys[:, (band + 1) % BANDS], keys[:, band]))
        ordered = keys[order, band]
        for step in range(1, min(WINDOW + 1, len(ordered))):
            same = np.flatnonzero(ordered[step:] == ordered[:-step])
            if not len(same):
                break
            one, other = order[same], order[same + step]
            able = may_be_alike(lengths[one], lengths[other], likeness)
            found.append(_alike(made, one[able], other[able], least))
        if sum(map(len, found)) > _HELD:
            found = [_most_alike(_pairs(found))]
    return _most_alike(_pairs(found))


def _pairs(found: list[Pairs]) -> Pairs:
    nothing = np.zeros(0, dtype=np.int64)
    return Pairs(
        np.concatenate([nothing, *(one.left for one in found)]),
        np.concatenate([nothing, *(one.right for one in found)]),
        np.concatenate([nothing, *(one.shared for one in found)]),
    )


def _alike(made: Signatures, one: Indices, other: Indices, least: int) -> Pairs:
    left, right = np.minimum(one, other), np.maximum(one, other)
    shared = np.zeros(len(left), dtype=np.int64)
    for at in range(0, len(left), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        shared[some] = agreeing(made[left[some]], made[right[some]])
    enough = shared >= least
    return Pairs(left[enough], right[enough], shared[enough])


def may_be_alike(one: Indices, other: Indices, likeness: float) -> npt.NDArray[np.bool_]:
    """Whether texts of such lengths can be as alike: the shorter has that share of the longer at least."""
    return np.minimum(one, other) >= likeness * np.maximum(one, other)


def agreeing(one: Signatures, other: Signatures) -> Indices:
    """In how many bins each row of ``one`` agrees with that of ``other``."""
    return np.asarray((one == other).sum(axis=1), dtype=np.int64)


def _most_alike(pairs: Pairs) -> Pairs:
    """Each pair once, and of each right one the ``PARTNERS`` that agree in the most bins, earlier ones first."""
    order = np.lexsort((pairs.left, -pairs.shared, pairs.right))
    left, right = pairs.left[order], pairs.right[order]
    fresh = np.append(True, (left[1:] != left[:-1]) | (right[1:] != right[:-1]))[: len(order)]
    order, right = order[fresh], right[fresh]
    begins = np.flatnonzero(np.append(True, right[1:] != right[:-1])[: len(right)])
    rank = np.arange(len(right)) - np.repeat(begins, np.diff(np.append(begins, len(right))))
    order = order[rank < PARTNERS]
    order = order[np.lexsort((pairs.left[order], pairs.right[order]))]
    return Pairs(pairs.left[order], pairs.right[order], pairs.shared[order])
