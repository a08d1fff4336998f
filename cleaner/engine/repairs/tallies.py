"""Pairs of neighbouring characters counted by numpy: the same figures as by a Counter, in half the time."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.cohesion import Bigrams
from cleaner.engine.repairs.data.build_bigrams import plain
from cleaner.engine.repairs.likeness import codes

_Keys = npt.NDArray[np.uint64]
_SHIFT = np.uint64(32)
_MARKS = np.array(sorted(map(ord, "0A“”《》（）%")), dtype=np.uint32)


def bigrams_in(text: str) -> Bigrams:
    """What the document itself shows: ``with_margins(build_bigrams.count([text]))``."""
    points = codes(plain(text))
    counted = (points >= 0x4E00) & (points <= 0x9FFF) | np.isin(points, _MARKS)
    both = counted[:-1] & counted[1:]
    keys, times = np.unique(_keys(points)[both], return_counts=True)
    heads, tails = (keys >> _SHIFT).astype(np.uint32), keys.astype(np.uint32)
    pairs = dict(zip(_pairs(heads, tails), times.tolist(), strict=True))
    kinds = np.ones(len(keys), dtype=np.int64)
    return Bigrams(pairs, _sums(heads, times), _sums(tails, times), _sums(heads, kinds), int(times.sum()))


def _keys(points: npt.NDArray[np.uint32]) -> _Keys:
    """Every pair of neighbours as one number."""
    wide = points.astype(np.uint64)
    return (wide[:-1] << _SHIFT) | wide[1:]


def _pairs(heads: npt.NDArray[np.uint32], tails: npt.NDArray[np.uint32]) -> list[str]:
    text = np.stack((heads, tails), axis=1).tobytes().decode("utf-32-le")
    return [text[i : i + 2] for i in range(0, len(text), 2)]


def _sums(characters: npt.NDArray[np.uint32], times: npt.NDArray[np.int64]) -> Counter[str]:
    """How often each character comes, ``times`` being how often each place counts."""
    found, places = np.unique(characters, return_inverse=True)
    totals = np.bincount(places, weights=times, minlength=len(found)).astype(np.int64)
    return Counter(dict(zip(found.tobytes().decode("utf-32-le"), totals.tolist(), strict=True)))
