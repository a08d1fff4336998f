"""Damage on a text, with the truth beside it and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Change:
    """Damage that is about to be done: ``[start, end)`` of the sound text will read ``printed``.

    ``kind`` says which variety of its class; the two halves of a move share a ``group``.
    """

    start: int
    end: int
    printed: str
    kind: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Plant:
    """Damage that was done. ``start`` and ``end`` are code points of ``Planted.noisy``, the end exclusive.

    ``before`` is what was printed there, ``after`` what should stand there: the words of a ledger. Where
    later damage of another class went through a plant, its range in ``noisy`` holds that damage too.
    """

    damage_class: str
    kind: str
    start: int
    end: int
    before: str
    after: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A damaged text, its truth, and every plant in order of its place in ``noisy``.

    ``truth`` differs from the text that was given only in its layout (how paragraphs are set apart and
    indented) and by tables that were added, because some damage needs them. ``steps`` are the plants of each
    class in the order in which they were done, offsets in the text that the step left.
    """

    noisy: str
    truth: str
    plants: tuple[Plant, ...]
    steps: tuple[tuple[Plant, ...], ...]

    def undone(self) -> str:
        """The truth, from ``noisy`` and the steps alone."""
        text = self.noisy
        for step in reversed(self.steps):
            for plant in sorted(step, key=lambda p: (p.start, p.end), reverse=True):
                text = text[: plant.start] + plant.after + text[plant.end :]
        return text


def disjoint(changes: Iterable[Change]) -> list[Change]:
    """``changes`` by place, without those that begin inside an earlier one; a group goes whole."""
    kept: list[Change] = []
    refused: set[str] = set()
    end = 0
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if change.start < end:
            refused.add(change.group)
            continue
        kept.append(change)
        end = change.end
    return [c for c in kept if not c.group or c.group not in refused]


def lay(text: str, changes: Iterable[Change], damage_class: str) -> tuple[str, tuple[Plant, ...]]:
    """Do ``changes`` (offsets in ``text``) at once.

    Returns:
        The damaged text and its plants, offsets in that text.

    Raises:
        ValueError: two changes overlap.
    """
    out: list[str] = []
    plants: list[Plant] = []
    cursor = length = 0
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if change.start < cursor:
            message = f"two plants overlap at {change.start}"
            raise ValueError(message)
        out += [text[cursor : change.start], change.printed]
        length += change.start - cursor
        end = length + len(change.printed)
        after = text[change.start : change.end]
        plants.append(Plant(damage_class, change.kind, length, end, change.printed, after, change.group))
        cursor, length = change.end, end
    out.append(text[cursor:])
    return "".join(out), tuple(plants)


def _later(point: int, starts: Sequence[int], shifts: Sequence[int]) -> int:
    index = bisect_right(starts, point) - 1
    return point + shifts[index] if index >= 0 else point


def combine(noisy: str, truth: str, steps: Sequence[tuple[Plant, ...]]) -> Planted:
    """Join steps that were done one on another: plants of early steps find their place in ``noisy``."""
    placed: list[Plant] = []
    for step in steps:
        starts, shifts = _shifts(step)
        carried = (
            replace(p, start=_later(p.start, starts, shifts), end=_later(p.end, starts, shifts))
            for p in placed
        )
        placed = [*carried, *step]
    ordered = sorted(placed, key=lambda p: (p.start, p.end, p.damage_class))
    return Planted(noisy, truth, tuple(ordered), tuple(steps))


def _shifts(step: Sequence[Plant]) -> tuple[list[int], list[int]]:
    """Where in the text before ``step`` each plant ends, and by how much what follows has moved."""
    starts: list[int] = []
    shifts: list[int] = []
    moved = 0
    for plant in step:
        before = plant.start - moved
        moved += len(plant.before) - len(plant.after)
        starts.append(before + len(plant.after))
        shifts.append(moved)
    return starts, shifts
