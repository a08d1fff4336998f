"""What stands more than once in a corpus: clusters, and for each paragraph in them whether it stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cleaner.dedup.candidates import candidates
from cleaner.dedup.clusters import Decision, Edge, Kind, components, settle
from cleaner.dedup.gather import Corpus, Numbers
from cleaner.dedup.likeness import MOST, similarity

COLUMNS: Mapping[str, str] = {
    **{"cluster": "text", "doc": "text", "block": "int", "start": "int", "end": "int"},
    **{"kind": "text", "similarity": "real", "kept": "bool", "of_doc": "text", "of_block": "int"},
    **{"copies": "int", "documents": "int", "excerpt": "text"},
}
"""The columns of duplicates.parquet and what they hold. Offsets are in the base text; ``block`` counts its lines that are
not blank from 0, as blocks.jsonl does; ``of_*`` is the paragraph that this one is a copy of, or like."""
EXCERPT = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One time that a paragraph of a cluster stands: ``at`` and ``of`` are indices of the corpus's occurrences."""

    at: int
    kind: Kind
    of: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Paragraphs that are copies of each other or alike, in their order, in so many documents."""

    members: tuple[Member, ...]
    documents: int


def edges(corpus: Corpus, least: float) -> Iterator[Edge]:
    """Pairs of different paragraphs that are as alike as ``least``, or more; all are compared in full."""
    if least >= 1:
        return
    short = np.flatnonzero(corpus.lengths <= MOST)
    made = corpus.made if len(short) == len(corpus.made) else corpus.made[short]
    pairs = candidates(made, corpus.lengths[short], least)
    for left, right in zip(short[pairs.left].tolist(), short[pairs.right].tolist(), strict=True):
        alike = similarity(corpus.texts(left), corpus.texts(right), least)
        if alike:
            yield left, right, alike


def clusters(corpus: Corpus, least: float) -> Iterator[Cluster]:
    """The clusters of a corpus, in the order of their first paragraphs.

    Args:
        corpus: the paragraphs.
        least: how alike near copies are at least, from 0 to 1; 1 asks for exact copies alone.
    """
    proved = list(edges(corpus, least))
    groups = components(proved)
    of_group = {member: index for index, group in enumerate(groups) for member in group}
    within: dict[int, list[Edge]] = defaultdict(list)
    for edge in proved:
        within[of_group[edge[0]]].append(edge)
    order = np.argsort(corpus.block, kind="stable")
    ends = np.cumsum(np.bincount(corpus.block, minlength=len(corpus.first)))
    alone = (block for block in _repeated(corpus) if block not in of_group)
    plain = ((block, {block: Decision(Kind.FIRST, block, 1.0)}) for block in alone)
    near = ((group[0], settle(group, within[i], corpus.texts, least)) for i, group in enumerate(groups))
    for _, decided in _merged(near, plain):
        stand = {block: order[(ends[block - 1] if block else 0) : ends[block]].tolist() for block in decided}
        members = sorted(_members(decided, stand, corpus.first), key=lambda member: member.at)
        yield Cluster(tuple(members), len({int(corpus.doc[member.at]) for member in members}))


def _repeated(corpus: Corpus) -> list[int]:
    """The paragraphs that stand more than once."""
    found: list[int] = np.flatnonzero(np.bincount(corpus.block, minlength=len(corpus.first)) > 1).tolist()
    return found


Decided = tuple[int, Mapping[int, Decision]]


def _merged(one: Iterable[Decided], other: Iterable[Decided]) -> Iterator[Decided]:
    from heapq import merge

    return merge(one, other, key=lambda decided: decided[0])


def _members(
    decided: Mapping[int, Decision], stand: Mapping[int, list[int]], first: Numbers
) -> Iterator[Member]:
    """Every time that the paragraphs of a cluster stand; of one that stays, the first time alone stays."""
    for block, decision in decided.items():
        of = int(first[decision.of])
        for number, at in enumerate(stand[block]):
            if number and decision.kind.stays:
                yield Member(at, Kind.EXACT, stand[block][0], 1.0)
            else:
                yield Member(at, decision.kind, of, decision.similarity)


def rows(corpus: Corpus, cluster: Cluster) -> Iterator[dict[str, Any]]:
    """The rows of duplicates.parquet for a cluster."""
    name = cluster_id(corpus.digests[int(corpus.block[cluster.members[0].at])].tobytes())
    for member in cluster.members:
        at = member.at
        yield {
            "cluster": name,
            "doc": corpus.docs[int(corpus.doc[at])],
            "block": int(corpus.line[at]),
            "start": int(corpus.start[at]),
            "end": int(corpus.end[at]),
            "kind": member.kind.value,
            "similarity": member.similarity,
            "kept": member.kind.stays,
            "of_doc": corpus.docs[int(corpus.doc[member.of])],
            "of_block": int(corpus.line[member.of]),
            "copies": len(cluster.members),
            "documents": cluster.documents,
            "excerpt": corpus.texts(int(corpus.block[at]))[:EXCERPT],
        }


def cluster_id(digest: bytes) -> str:
    """The name of a cluster: the digest of its first paragraph, so that it does not depend on what else is there."""
    return digest[:8].hex()
