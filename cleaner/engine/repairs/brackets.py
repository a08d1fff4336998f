"""Where one character of a known wording is damaged, by the two characters on either side of it.

A substituted or an added character stands between two pairs of the wording, and where one is missing the two pairs meet.
Pairs of a text are numbers, and two pairs a place in a table of flags, so a text is read once for all wordings by numpy;
the few places that pass are compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.likeness import Codes, codes

MARGIN = 2
"""So many characters must agree on either side of the damage: nearer to an end, another word may begin."""

_HASH_BITS = 17
_LAST = 0xFFFF
"""Characters beyond the first plane are all one here; which they are is seen when the text itself is compared."""

_Pairs = npt.NDArray[np.uint32]
_Way = tuple[str, int, int]
"""A wording, and from where to where in it the damage is: what should stand there, or nothing where a character was added."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Pairs that stand on two sides of damage.

    ``flags`` are those of the hashes of both pairs, ``keys`` the two as one number, sorted; ``only`` is the one
    character that may stand between them and be right, 0 where that is not so simple; ``ways`` are the wordings.
    """

    flags: npt.NDArray[np.bool_]
    keys: npt.NDArray[np.uint64]
    only: npt.NDArray[np.uint32]
    ways: Mapping[str, Sequence[_Way]]

    @classmethod
    def of(cls, ways: Iterable[_Way]) -> _Known:
        """Those of wordings, which are long enough on both sides."""
        found: defaultdict[str, list[_Way]] = defaultdict(list)
        for wording, start, end in ways:
            found[wording[start - MARGIN : start] + wording[end : end + MARGIN]].append((wording, start, end))
        points = _points("".join(found)).reshape(-1, 2 * MARGIN)
        left, right = _pairs(points[:, 0], points[:, 1]), _pairs(points[:, 2], points[:, 3])
        flags = np.zeros(1 << _HASH_BITS, dtype=np.bool_)
        flags[_hashed(left, right)] = True
        middles = ({wording[start:end] for wording, start, end in each} for each in found.values())
        only = np.array([ord(min(m)) if len(m) == 1 and min(m) else 0 for m in middles], dtype=np.uint32)
        keys = _keys(left, right)
        order = np.argsort(keys)
        return cls(flags, keys[order], only[order], found)

    def places(self, points: Codes, pairs: _Pairs, width: int) -> list[int]:
        """Where two pairs, ``width`` characters apart, are known, and what stands between is not what should."""
        left, right = pairs[: len(pairs) - MARGIN - width], pairs[MARGIN + width :]
        places = np.flatnonzero(self.flags[_hashed(left, right)])
        wanted = _keys(left[places], right[places])
        at = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
        known = self.keys[at] == wanted
        if width:
            known &= points[places + MARGIN] != self.only[at]  # nearly all are whole wordings
        found: list[int] = places[known].tolist()
        return found

    def damage(self, text: str, place: int, width: int) -> Iterator[tuple[str, str]]:
        """What stands, and what should, between the pairs at ``place``, by each wording that stands on both sides."""
        at, behind = place + MARGIN, place + MARGIN + width
        for wording, start, end in self.ways.get(text[place:at] + text[behind : behind + MARGIN], ()):
            if text.startswith(wording[end:], behind) and text.endswith(wording[:start], 0, at):
                yield text[at:behind], wording[start:end]


def _points(text: str) -> Codes:
    return np.minimum(codes(text), np.uint32(_LAST))


def _pairs(first: _Pairs, second: _Pairs) -> _Pairs:
    pairs: _Pairs = first << np.uint32(16) | second
    return pairs


def _keys(left: _Pairs, right: _Pairs) -> npt.NDArray[np.uint64]:
    keys: npt.NDArray[np.uint64] = left.astype(np.uint64) << np.uint64(32) | right
    return keys


def _hashed(left: _Pairs, right: _Pairs) -> _Pairs:
    mixed: _Pairs = (left * np.uint32(0x9E3779B1)) ^ (right * np.uint32(0x85EBCA77))
    return np.right_shift(mixed, np.uint32(32 - _HASH_BITS))


@dataclass(frozen=True, slots=True)
class Brackets:
    """What stands around damage: around a substituted or an added character, and on both sides of a missing one."""

    other: _Known
    missing: _Known

    @classmethod
    def of(cls, wordings: Sequence[str]) -> Brackets:
        """Of every place in a wording."""
        lost = [(w, at, at + 1) for w in wordings for at in range(MARGIN, len(w) - MARGIN)]
        added = [(w, at, at) for w in wordings for at in range(MARGIN, len(w) - MARGIN + 1)]
        return cls(_Known.of(lost + added), _Known.of(lost))

    def damage(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Places in ``text``, in no order, with what stands there and what should, either of them perhaps nothing."""
        points = _points(text)
        pairs = _pairs(points[:-1], points[1:])
        for known, width in ((self.other, 1), (self.missing, 0)):
            for place in known.places(points, pairs, width):
                yield from ((place + MARGIN, *way) for way in known.damage(text, place, width))
