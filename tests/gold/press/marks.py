"""Damage inside a paragraph: marks, run-in heads in bold, half-width marks, spaces at digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from press.pieces import Damage, DamageListError, Fragment, Piece, find, replace

Maker = Callable[..., Damage]
_MARK = re.compile(r"([^⟦]*)⟦([^→⟧]*)(→)?([^⟧]*)⟧(.*)", re.S)
_HAN = r"[\u4e00-\u9fff]"
_HAN_DIGIT = re.compile(rf"(?<={_HAN})(?=[0-9])")
_DIGIT_HAN = re.compile(rf"(?<=[0-9%])(?={_HAN})")


def mark(fragments: list[Fragment], text: str, damage: Damage) -> None:
    """Print one mark ``left⟦before→after⟧right``; the truth holds ``left after right`` once.

    Without an arrow (``⟦text⟧``) nothing is changed and the row only names the place.

    Raises:
        DamageListError: the mark is malformed or does not stand once in the truth.
    """
    found = _MARK.fullmatch(text)
    if not found:
        raise DamageListError(f"not a mark: {text!r}")
    left, before, arrow, after, right = found.groups()
    if not arrow:
        after, damage.flag = before, True
    elif damage.action == "flag_only":
        damage.flag, damage.extra = True, {**damage.extra, "suggest": after}
    fragment = find(fragments, left + after + right)
    start = fragment.truth.index(left + after + right) + len(left)
    replace(fragment, start, start + len(after), Piece(before, after, damage))


def bold(fragments: list[Fragment], head: str, damage: Damage) -> None:
    """Print the head that opens one paragraph between two pairs of asterisks."""
    hits = [each for each in fragments if each.truth.startswith(head)]
    if len(hits) != 1:
        raise DamageListError(f"{head!r} opens {len(hits)} paragraphs")
    replace(hits[0], 0, len(head), Piece(f"**{head}**", head, damage))


def half_width(fragments: list[Fragment], table: Mapping[str, str], make: Maker) -> None:
    """Print every full-width mark of ``table`` (half → full) in its half-width form, one group a mark."""
    for half, full in table.items():
        damage = make("punct_width", group=True)
        for fragment in fragments:
            fragment.pieces = [
                part
                for piece in fragment.pieces
                for part in (_narrow(piece, half, full, damage) if piece.plain else [piece])
            ]


def _narrow(piece: Piece, half: str, full: str, damage: Damage) -> list[Piece]:
    parts: list[Piece] = []
    for text in re.split(f"({re.escape(full)})", piece.truth):
        if text:
            parts.append(Piece(half, full, damage) if text == full else Piece(text, text))
    return parts


def space_digits(fragments: list[Fragment], make: Maker) -> None:
    """Print the stray spaces of a PDF text layer: two of three before a figure, one of nine after it."""
    before, after = make("spacing", group=True), make("spacing", group=True)
    _space(fragments, _HAN_DIGIT, lambda nth: nth % 3 != 2, before)
    _space(fragments, _DIGIT_HAN, lambda nth: nth % 9 == 4, after)


def _space(
    fragments: list[Fragment], where: re.Pattern[str], chosen: Callable[[int], bool], damage: Damage
) -> None:
    nth = 0
    for fragment in fragments:
        parts: list[Piece] = []
        for piece in fragment.pieces:
            if not piece.plain:
                parts.append(piece)
                continue
            cut = 0
            for hit in where.finditer(piece.truth):
                nth += 1
                if chosen(nth):
                    text = piece.truth[cut : hit.start()]
                    parts += [Piece(text, text), Piece(" ", "", damage)]
                    cut = hit.start()
            parts.append(Piece(piece.truth[cut:], piece.truth[cut:]))
        fragment.pieces = [part for part in parts if part.seed or part.truth]
