"""Which characters can begin a sentence, and which call for a certain neighbour: counts from clean reports.

Where :mod:`cleaner.engine.repairs.cohesion` weighs a pair, this table (``data/build_bonds.py``) says more about a
place: were these one word before something came between them, or after something was printed twice?
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources

from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.packs.cache import kept

WORD_COUNT = 8
WORD_SHARE = 0.12
WORD_BITS = 2.5
RARE_WORD_BITS = 6.0
"""A pair is taken for a word from so many occurrences, if they are so large a part of one character's, or if
the two stand together so much more often than by chance (in bits); a rarer pair if it is closer still."""


class Bonds:
    """What a corpus of clean reports says of two and three characters in a row; each part is read when asked for."""

    def __init__(self, table: str) -> None:
        self._sections = kept({"bonds": table.encode()}, lambda: _parsed(table))

    @cached_property
    def trigrams(self) -> frozenset[str]:
        """Three characters in a row that recur."""
        return self._entries("trigrams")

    @cached_property
    def starts(self) -> frozenset[str]:
        """Pairs that begin a clause somewhere."""
        return self._entries("starts")

    @cached_property
    def ends(self) -> frozenset[str]:
        """Pairs that end a clause somewhere."""
        return self._entries("ends")

    @cached_property
    def openings(self) -> frozenset[str]:
        """Whole clauses of two or three characters that begin a sentence."""
        return self._entries("openings")

    @cached_property
    def inner(self) -> frozenset[str]:
        """Pairs that follow what ends no clause: 务工 in 进城|务工, while 面推 follows 全面 and 方面 alone."""
        return self._entries("inner")

    @cached_property
    def before(self) -> Mapping[str, str]:
        """The one character that stands before a pair nearly always."""
        return {entry[:2]: entry[2] for entry in self._entries("before")}

    @cached_property
    def after(self) -> Mapping[str, str]:
        """The one character that stands after a pair nearly always."""
        return {entry[:2]: entry[2] for entry in self._entries("after")}

    def _entries(self, section: str) -> frozenset[str]:
        return frozenset(self._sections[section])

    def supported(self, left: str, right: str) -> bool:
        """Whether a trigram that reaches over the joint of two texts recurs in the corpus."""
        joint = left[-2:] + right[:2]
        return any(joint[i : i + 3] in self.trigrams for i in range(len(joint) - 2))

    def forbids(self, left: str, right: str) -> bool:
        """Whether a pair at the joint calls for another neighbour than the one it would get (城|镇化)."""
        joint = left[-2:] + right[:2]
        middle = len(left[-2:])
        for place in range(len(joint) - 1):
            pair = joint[place : place + 2]
            before, after = joint[place - 1 : place], joint[place + 2 : place + 3]
            if place and place <= middle and self.before.get(pair, before) != before:
                return True
            if place + 2 >= middle and after and self.after.get(pair, after) != after:
                return True
        return False


def _parsed(table: str) -> dict[str, list[str]]:
    parts = (part.partition("]\n") for part in table.split("[")[1:])
    rows = {name: [line.split("\t") for line in body.splitlines()] for name, _, body in parts}
    found = {name: [head + tail for head, tails in each for tail in tails] for name, each in rows.items()}
    ends = frozenset(found["ends"])
    return found | {"inner": sorted({run[1:] for run in found["trigrams"] if run[:2] not in ends})}


def is_word(left: str, right: str) -> bool:
    """Whether two characters are a frequent word, or most of one: 发展, 规范."""
    table = corpus_bigrams()
    count, bits = table.pairs.get(left + right, 0), table.bits(left + right)
    if count < WORD_COUNT:
        return bits >= RARE_WORD_BITS
    share = max(count / table.heads[left], count / table.tails[right])
    return share >= WORD_SHARE or bits >= WORD_BITS


@cache
def bonds() -> Bonds:
    """The shipped table, read once."""
    table = resources.files("cleaner.engine.repairs.data").joinpath("bonds.txt").read_text(encoding="utf-8")
    return Bonds(table)
