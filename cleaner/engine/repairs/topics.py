"""Do two texts speak of the same matter: the angle between them in the space of what stands in one paragraph.

Two halves of a paragraph share their matter, whatever words stand at the joint. The table
(``data/build_topics.py``) gives a direction to pairs of characters; a text points where its pairs point.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from cleaner.engine.repairs.data.build_topics import DIMENSIONS, ZERO, han_pairs

Direction = tuple[float, ...]
"""A vector of length 1, or of zeros for a text of which the table says nothing."""


_KEPT = 4096
"""Texts whose directions are kept: the rounds of a stage ask for them again."""


@cache
def _pairs() -> Mapping[str, tuple[int, ...]]:
    table = resources.files("cleaner.engine.repairs.data").joinpath("topics.txt").read_text(encoding="utf-8")
    return {line[:2]: tuple(ord(mark) - ZERO for mark in line[3:]) for line in table.splitlines()}


@lru_cache(maxsize=_KEPT)
def direction(text: str) -> Direction:
    """Where a text points: the sum of its pairs, at length 1."""
    table = _pairs()
    known = [table[pair] for pair in han_pairs(text) if pair in table]
    total = [sum(places) for places in zip(*known, strict=True)] or [0] * DIMENSIONS
    length = math.hypot(*total)
    return tuple(place / length if length else 0.0 for place in total)


def likeness(one: Direction, other: Direction) -> float:
    """The cosine of the angle between two texts, from -1 to 1; 0 if one of them says nothing."""
    return sum(a * b for a, b in zip(one, other, strict=True))
