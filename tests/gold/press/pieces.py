"""What a document is while it is being damaged: fragments of paragraphs, made of pieces.

A piece knows what it prints in the seed and what it stands for in the truth, so that both texts
and the ledger are read off the same list and cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


class DamageListError(ValueError):
    """A line of a damage list does not fit the truth that it is applied to."""


@dataclass(eq=False)
class Damage:
    """One kind of harm and what is known about it; printed as one row of the ledger.

    Args:
        kind: class of the damage, a word of ``damage/classes.yaml``.
        certainty: certain, likely or possible.
        action: autofix_safe, fix_with_context or flag_only.
        reason: why a reader can tell.
        extra: further columns of the row.
        group: one row stands for every place that carries this damage.
        flag: the row names a place and no remedy: ``after`` is null.
    """

    kind: str
    certainty: str
    action: str
    reason: str
    extra: dict[str, Any] = field(default_factory=dict)
    group: bool = False
    flag: bool = False


@dataclass(eq=False)
class Piece:
    """A run of characters: ``seed`` as printed, ``truth`` as it should read."""

    seed: str
    truth: str
    damage: Damage | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing happened here yet."""
        return self.damage is None and self.seed == self.truth


@dataclass(eq=False)
class Fragment:
    """A paragraph of the truth (``par``), one ``part`` of it, or a copy that the truth does not hold."""

    par: int
    part: int
    pieces: list[Piece]
    sep: list[Piece] = field(default_factory=lambda: [Piece("\n\n", "\n\n")])
    copy: bool = False

    @property
    def seed(self) -> str:
        """The printed text of this fragment, without the separator before it."""
        return "".join(piece.seed for piece in self.pieces)

    @property
    def truth(self) -> str:
        """The text of this fragment as it should read."""
        return "".join(piece.truth for piece in self.pieces)


def from_truth(text: str) -> list[Fragment]:
    """One fragment a paragraph; paragraphs of a truth file are separated by one blank line."""
    paragraphs = text.rstrip("\n").split("\n\n")
    if any("\n" in paragraph or not paragraph.strip() for paragraph in paragraphs):
        raise DamageListError("a truth file holds one line a paragraph and one blank line between")
    return [Fragment(at, 0, [Piece(line, line)]) for at, line in enumerate(paragraphs)]


def in_truth_order(fragments: Iterable[Fragment]) -> list[Fragment]:
    """The fragments that the truth holds, in its order."""
    return sorted((each for each in fragments if not each.copy), key=lambda each: (each.par, each.part))


def truth_parts(fragments: Iterable[Fragment]) -> Iterator[tuple[str, Fragment]]:
    """Fragments in truth order, each with the separator that the truth prints before it."""
    before: Fragment | None = None
    for fragment in in_truth_order(fragments):
        glued = before is None or before.par == fragment.par
        yield "" if glued else "\n\n", fragment
        before = fragment


def find(fragments: Iterable[Fragment], quote: str) -> Fragment:
    """The one fragment whose truth holds ``quote``.

    Raises:
        DamageListError: no fragment holds it, or more than one place does.
    """
    hits = [each for each in fragments if not each.copy and quote in each.truth]
    if len(hits) != 1 or hits[0].truth.count(quote) != 1:
        raise DamageListError(f"{quote!r} stands in {sum(each.truth.count(quote) for each in hits)} places")
    return hits[0]


def split(fragment: Fragment, at: int) -> int:
    """Make a piece begin at truth offset ``at`` of the fragment; returns that piece's index.

    Raises:
        DamageListError: the offset lies inside damage that was printed before.
    """
    seen = 0
    for index, piece in enumerate(fragment.pieces):
        if seen == at:
            return index
        if seen < at < seen + len(piece.truth):
            if not piece.plain:
                raise DamageListError(f"{piece.truth!r} is damaged already")
            left, right = piece.truth[: at - seen], piece.truth[at - seen :]
            fragment.pieces[index : index + 1] = [Piece(left, left), Piece(right, right)]
            return index + 1
        seen += len(piece.truth)
    return len(fragment.pieces)


def replace(fragment: Fragment, start: int, end: int, piece: Piece) -> None:
    """Put ``piece`` in the place of the plain text between two truth offsets of the fragment."""
    first = split(fragment, start)
    last = split(fragment, end) if end > start else first
    if not all(each.plain for each in fragment.pieces[first:last]):
        raise DamageListError(f"{piece.truth!r} is damaged already")
    fragment.pieces[first:last] = [piece]
