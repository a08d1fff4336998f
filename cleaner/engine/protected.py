"""Which names stay as they are: those that ship, those of the user, and those that the document itself repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.settings import Settings
from cleaner.engine.settle import Proposal
from cleaner.packs.grammar import Method
from cleaner.packs.protected import shipped_names

REPEATED = 3
"""A spelling that a document prints so many times beside the same character is its own."""
_SPELLING = frozenset({"lookalike.look_alikes"})
"""Repairs by code that change a spelling; conversions between scripts do so too."""


def with_shipped_names(settings: Settings) -> Settings:
    """Settings that protect the names that ship, beside the user's."""
    names = frozenset(entry.name for entry in shipped_names())
    return replace(settings, protected=settings.protected | names)


def repeated_names(text: str, proposals: Sequence[Proposal]) -> frozenset[int]:
    """Which proposals would change a spelling that the document keeps to.

    A character with its neighbour is the document's own name if both stand together three times or more, never
    spelt otherwise, and the other spelling is no common word (鑫龍 thrice, and 鑫龙 nowhere; 農村 is a word).
    Only rules that change spellings are asked: conversions and look-alikes. What a gazetteer knows better, it corrects.

    Args:
        text: the stage text, in whose frame the candidates are.
        proposals: of one round.

    Returns:
        Indices of ``proposals``.
    """
    pairs = [(i, name) for i, p in enumerate(proposals) if _spells(p) for name in _names(text, p)]
    times = Counter(printed for _, (printed, _) in pairs)
    frequent = {names for _, names in pairs if times[names[0]] >= REPEATED}
    own = {names for names in frequent if names[1] not in text and not _is_common(names[1])}
    return frozenset(i for i, names in pairs if names in own)


def _spells(proposal: Proposal) -> bool:
    return proposal.rule.by is Method.OPENCC or proposal.rule.code in _SPELLING


def _names(text: str, proposal: Proposal) -> list[tuple[str, str]]:
    """What is printed and what would be, with the character on the left and with that on the right."""
    c = proposal.candidate
    left, before, right = text[c.start - 1 : c.start], text[c.start : c.end], text[c.end : c.end + 1]
    found = [(left + before, left + c.after)] if left and is_han(left) else []
    return [*found, (before + right, c.after + right)] if right and is_han(right) else found


def _is_common(name: str) -> bool:
    return any(a + b in corpus_bigrams().pairs for a, b in pairwise(name))
