"""How much of a text was checked at all: the answer that keeps silence from being read as praise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.model import Figure, Relation, Verdict
from cleaner.packs.relations import relation_types

DATA_KINDS = frozenset({"level", "growth_rate", "share", "rank", "count", "target", "threshold"})
"""Kinds of figure that carry data; dates, ordinals, durations and codes do not count."""


def coverage(
    figures: Sequence[Figure], relations: Iterable[Relation], not_understood_count: int
) -> dict[str, int]:
    """Count the data figures by the strongest relation that decided something about them.

    Returns:
        ``in_equality``, ``in_inequality`` and ``in_nothing`` add up to the data figures; ``not_understood``
        are numerals that were seen and not read. Undecidable relations check nothing.
    """
    families: dict[str, set[str]] = {"equality": set(), "inequality": set(), "textual": set()}
    for relation in relations:
        if relation.verdict in {Verdict.CONSISTENT, Verdict.INCONSISTENT}:
            families[relation_types()[relation.type].family].update(relation.members)
    data = [f.figure_id for f in figures if f.kind in DATA_KINDS]
    equal = sum(1 for f in data if f in families["equality"])
    bounded = sum(1 for f in data if f in families["inequality"] and f not in families["equality"])
    return {
        "in_equality": equal,
        "in_inequality": bounded,
        "in_nothing": len(data) - equal - bounded,
        "not_understood": not_understood_count,
    }
