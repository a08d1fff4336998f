"""Paragraphs that are alike, put together; and of each cluster, what stays.

A paragraph goes only if it was itself compared with one that stays, is as like it as was asked for, and states the same
numbers. So a chain of copies, each like the one before it, does not lead away from what stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cleaner.dedup.likeness import numerals, similarity

Edge = tuple[int, int, float]
"""Two paragraphs, the earlier first, and how alike they are."""


class Kind(StrEnum):
    """What a paragraph is to the one that is named beside it."""

    FIRST = "first"
    EXACT = "exact"
    NEAR = "near"
    OTHER_NUMBERS = "other_numbers"
    LINKED = "linked"

    @property
    def stays(self) -> bool:
        """Whether dropping leaves it: all but exact and near copies of what stays."""
        return self not in (Kind.EXACT, Kind.NEAR)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a paragraph: its kind, the paragraph that says so (itself for the first), how alike the two are."""

    kind: Kind
    of: int
    similarity: float


def components(edges: Iterable[Edge]) -> list[list[int]]:
    """The paragraphs that hang together by ``edges``, each list sorted, lists by their first."""
    root: dict[int, int] = {}

    def found(node: int) -> int:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for left, right, _ in edges:
        one, other = found(left), found(right)
        root[max(one, other)] = min(one, other)
    together: dict[int, list[int]] = defaultdict(list)
    for node in sorted(root):
        together[found(node)].append(node)
    return [together[first] for first in sorted(together)]


def settle(
    members: Sequence[int], edges: Iterable[Edge], text: Callable[[int], str], least: float
) -> dict[int, Decision]:
    """Decide on the members of a cluster, in their order; the first stays.

    Args:
        members: of one component, sorted.
        edges: between them, each as alike as ``least`` or more.
        text: the normalised text of a member.
        least: the threshold.
    """
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right, alike in edges:
        beside[left][right] = beside[right][left] = alike
    first = members[0]
    decided = {first: Decision(Kind.FIRST, first, 1.0)}
    for member in members[1:]:
        partners = beside[member]
        decided[member] = _near(member, first, partners, decided, text, least) or _staying(
            member, partners, text
        )
    return decided


def _near(
    member: int,
    first: int,
    partners: Mapping[int, float],
    decided: Mapping[int, Decision],
    text: Callable[[int], str],
    least: float,
) -> Decision | None:
    """The decision for a near copy of a paragraph that stays: the most alike of those that its partners lead to."""
    kept = {first}
    for partner in partners:
        if partner in decided:
            kept.add(partner if decided[partner].kind.stays else decided[partner].of)
    own = text(member)
    said = numerals(own)
    best: Decision | None = None
    for other in sorted(kept):
        told = text(other)
        if numerals(told) == said:
            alike = partners.get(other) or similarity(told, own, least)
            if alike and (best is None or alike > best.similarity):
                best = Decision(Kind.NEAR, other, alike)
    return best


def _staying(member: int, partners: Mapping[int, float], text: Callable[[int], str]) -> Decision:
    """The decision for one that is like others and no copy of what stays."""
    partner = min(partners, key=lambda other: (-partners[other], other))
    same = numerals(text(member)) == numerals(text(partner))
    return Decision(Kind.LINKED if same else Kind.OTHER_NUMBERS, partner, partners[partner])
