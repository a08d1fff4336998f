"""The unbroken runs of Han characters of a document's prose, as numbers: most detectors look where these stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.engine.repairs.likeness import Codes, codes
from cleaner.model import Block

Places = npt.NDArray[np.int64]
Which = npt.NDArray[np.bool_]

_BEHIND = "\0" * 32
"""What is put behind the text, that a few characters before its start and behind its end can be asked for."""
_HAN = 0x4E00
_HAN_RANGE = 0x51FF


@dataclass(frozen=True, slots=True, eq=False)
class HanRuns:
    """Where each run starts and ends, in order. ``points`` are the code points of the text, with zeros behind it."""

    points: Codes
    starts: Places
    ends: Places

    @classmethod
    def of(cls, text: str, blocks: Iterable[Block]) -> HanRuns:
        """The runs inside ``blocks`` of ``text``."""
        points = codes(text + _BEHIND)
        # Which characters are inside, behind one before the text, which is not.
        inside = np.zeros(len(points) + 1, dtype=np.bool_)
        for block in blocks:
            inside[block.start + 1 : block.end + 1] = True
        inside[1:] &= points - _HAN <= _HAN_RANGE
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return cls(points, edges[::2], edges[1::2])

    @property
    def lengths(self) -> Places:
        """How many characters each run has."""
        return self.ends - self.starts

    def behind(self, marks: str) -> Which:
        """Which runs stand right behind one of ``marks``."""
        return one_of(self.points[self.starts - 1], marks)

    def before(self, marks: str) -> Which:
        """Which runs stand right before one of ``marks``."""
        return one_of(self.points[self.ends], marks)

    def windows(self, length: int) -> Places:
        """Where ``length`` characters of one run start, in order."""
        times = np.maximum(self.lengths - length + 1, 0)
        found: Places = np.arange(times.sum()) + np.repeat(self.starts - np.cumsum(times) + times, times)
        return found

    def at(self, places: Places) -> Places:
        """The indices of the runs in which ``places``, which come in order, stand, each once."""
        runs = self.starts.searchsorted(places, "right") - 1
        found: Places = runs[np.diff(runs, prepend=-1) != 0]
        return found


def one_of(points: Codes, marks: str) -> Which:
    """Which code points are those of ``marks``."""
    found: Which = points == ord(marks[0])
    for mark in marks[1:]:
        found |= points == ord(mark)
    return found
