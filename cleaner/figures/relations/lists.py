"""Lists in running text: how many items they hold, under every reading that their marks allow."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AND = re.compile(r"(?:以及|和|与|及|或)")
_STOPS = re.compile(r"[，,；;。]")
_OPEN_END = re.compile(r"等[^、，。；]{0,12}$")


@dataclass(frozen=True, slots=True)
class Counted:
    """The items of a list and the counts that can be read from it.

    ``readings`` holds every count: split at 、, at 、 and 和, by clauses, over all clauses. ``pure`` says that
    only one reading exists: one clause, no 和, no 等, items of like shape (the first may carry the verb of the sentence).
    """

    items: tuple[str, ...]
    readings: frozenset[int]
    pure: bool


def count(body: str) -> Counted:
    """Read ``body`` (no sentence end inside) as a list."""
    clauses = [c for c in _STOPS.split(body) if c.strip()]
    groups = [[i for i in clause.split("、") if i] for clause in clauses]
    items = tuple(item for group in groups for item in group)
    readings = {len(clauses), len(items)}
    joined = 0
    for group in groups:
        ands = sum(len(_AND.findall(item)) for item in group)
        last = 1 if group and _AND.search(group[-1]) else 0
        readings |= {len(group), len(group) + last, len(group) + ands}
        joined += ands
    readings |= {len(items) + joined, len(items) + sum(1 for g in groups if g and _AND.search(g[-1]))}
    shaped = alike(items) or (len(items) > 2 and len(items[0]) >= len(items[1]) and alike(items[1:]))
    pure = len(clauses) == 1 and joined == 0 and _OPEN_END.search(body) is None and shaped
    return Counted(items, frozenset(readings), pure)


def keyed(body: str, key: str) -> frozenset[int]:
    """The counts of clauses or items of ``body``, where each of them holds ``key`` (稳就业、稳金融、…); else none."""
    clauses = [c for c in _STOPS.split(body) if c.strip()]
    items = [i for c in clauses for i in c.split("、") if i]
    parts = [p for i in items for p in _AND.split(i)]
    found = {len(g) for g in (clauses, items, parts) if len(g) > 1 and all(key in part for part in g)}
    return frozenset(found)


def alike(items: tuple[str, ...]) -> bool:
    """Whether items have one shape: near in length, or with a first or last character in common."""
    if len(items) < 2:
        return False
    lengths = [len(i) for i in items]
    if max(lengths) > 16:
        return False
    heads, tails = {i[0] for i in items}, {i[-1] for i in items}
    return max(lengths) - min(lengths) <= 1 or len(heads) == 1 or len(tails) == 1
