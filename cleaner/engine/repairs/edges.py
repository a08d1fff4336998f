"""The two edges of a joint as they are weighed: in simplified script, a character printed twice read once.

Joints are judged before the stages that mend script and doubled characters, and a damaged edge (推進, 推推进) is in
no table: it would pass for the rest of a sentence merely for being unknown. Nothing is edited here.
"""

from __future__ import annotations

from cleaner.engine.repairs.doubled import is_printed_twice
from cleaner.engine.repairs.script import simplified

_SEEN = 4
"""Characters of an edge that are weighed or tell whether one is printed twice."""


def end_as_meant(text: str) -> str:
    """``text`` with its last characters as they were meant."""
    edge = simplified(text[-_SEEN:])
    return text[:-_SEEN] + _once(edge, len(edge) - 2)


def head_as_meant(text: str) -> str:
    """``text`` with its first characters as they were meant."""
    return _once(simplified(text[:_SEEN]), 0) + text[_SEEN:]


def _once(edge: str, place: int) -> str:
    """``edge`` without the second of two equal characters at ``place``, if one was printed twice."""
    if place < 0 or edge[place : place + 1] != edge[place + 1 : place + 2]:
        return edge
    return edge[:place] + edge[place + 1 :] if is_printed_twice(edge, place) else edge
