"""Which block goes on with a cut one, where no word was cut in two: every joint near by is weighed against the rest.

An open end is weighed with each of the blocks that follow it (:mod:`cleaner.engine.repairs.traits`). What one pair
takes it takes from the others: each end goes on in one block or in none, each block goes on with one end or with
none. The beliefs that fit this are found by balancing heads and tails in turn (Sinkhorn and Knopp, 1967), so a pair
is believed only if it is likely by itself and likelier than any other use of its two blocks.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.engine.repairs.seams import unfinished
from cleaner.engine.repairs.traits import RUNNING, Reading, weigh
from cleaner.engine.view import View

_PARAGRAPH, _SHORT = 45, 16
"""Characters of an open end without a full stop; a shorter line counts if it has a comma inside."""

_MOST = 0.34
"""Where so large a share of the blocks stops inside a sentence, they are printed lines and no paragraphs."""

TRUSTED, LEAD = 0.35, 2.0
"""The belief from which a tail is moved, and how many times it must be that in any other use of the two blocks."""

_SHOWN = 0.2
"""The belief from which a move is proposed."""

_ROUNDS = 30
_WEIGHTIEST = 20.0
_ENDS = "。！？；：”）"
_STOPS = "。！？；："
"""What no open end stops on, nor one that another way of telling them would find."""


@dataclass(frozen=True, slots=True)
class Half:
    """A block that goes on with an open end.

    ``belief``, from 0 to 1, is how far that is to be believed, ``rival`` the greatest belief in another use of either.
    """

    head: int
    tail: int
    belief: float
    rival: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether the tail is moved and not only shown."""
        return self.belief >= TRUSTED and self.belief >= LEAD * self.rival


def halves_in(view: View) -> list[int]:
    """Blocks that are running text and stop inside a sentence."""
    both = enumerate(zip(view.blocks, view.texts, strict=True))
    return [i for i, (b, text) in both if b.type in RUNNING and _is_open(text)]


def _is_open(text: str) -> bool:
    if text[-1] in _STOPS:
        return False
    if unfinished(text, _PARAGRAPH):
        return True
    return "，" in text and text[-1] not in _ENDS and unfinished(text, _SHORT)


def near_halves(view: View, heads: Sequence[int]) -> list[Half]:
    """The blocks below that go on with ``heads``; a head that the next block continues is left to reflow."""
    if not heads or len(heads) > _MOST * sum(b.end - b.start >= _SHORT for b in view.blocks):
        return []
    reading = Reading.of(view)
    found = [Half(head, tail, weigh(traits)) for head in heads for tail, traits in reading.candidates(head)]
    return [half for half in assigned(believed(found)) if half.tail > half.head + 1]


def believed(found: Sequence[Half]) -> list[Half]:
    """The beliefs that the log-odds in ``found`` come to when each head and each tail has one use, or none."""
    odds = [math.exp(min(_WEIGHTIEST, half.belief)) for half in found]
    heads: defaultdict[int, float] = defaultdict(lambda: 1.0)
    tails: defaultdict[int, float] = defaultdict(lambda: 1.0)
    for _ in range(_ROUNDS):
        heads = _balanced([(h.head, o * tails[h.tail]) for h, o in zip(found, odds, strict=True)])
        tails = _balanced([(h.tail, o * heads[h.head]) for h, o in zip(found, odds, strict=True)])
    return [Half(h.head, h.tail, heads[h.head] * o * tails[h.tail]) for h, o in zip(found, odds, strict=True)]


def _balanced(uses: Sequence[tuple[int, float]]) -> defaultdict[int, float]:
    """For each block the factor at which its uses and having none come to 1."""
    sums: defaultdict[int, float] = defaultdict(lambda: 1.0)
    for block, use in uses:
        sums[block] += use
    return defaultdict(lambda: 1.0, {block: 1 / total for block, total in sums.items()})


def assigned(found: Sequence[Half]) -> list[Half]:
    """The pairs that are worth showing: best first, each head and each tail once."""
    chosen: list[Half] = []
    uses: defaultdict[tuple[str, int], list[Half]] = defaultdict(list)
    ranked = sorted(found, key=lambda half: (-half.belief, half.head, half.tail))
    for half in ranked:
        for block in _blocks(half):
            uses[block].append(half)
    taken: set[tuple[str, int]] = set()
    for half in ranked:
        if half.belief >= _SHOWN and taken.isdisjoint(_blocks(half)):
            others = [other.belief for block in _blocks(half) for other in uses[block][:2] if other != half]
            chosen.append(replace(half, rival=max(others, default=0.0)))
            taken.update(_blocks(half))
    return chosen


def _blocks(half: Half) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("head", half.head), ("tail", half.tail)
