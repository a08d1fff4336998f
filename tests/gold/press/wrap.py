"""Hard wraps: the text layer of a PDF, one line end a printed line and one blank line between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from press.marks import Maker
from press.pieces import Fragment, Piece

_UNIT = re.compile(r"[0-9A-Za-z.+%×]+|——|.", re.S)
_NEVER_FIRST = set("，。；：、！？”’）》%!,")
_NEVER_LAST = set("“‘（《")


def _width(text: str) -> int:
    """Printed width in half columns."""
    return sum(1 if char.isascii() else 2 for char in text)


def _units(pieces: list[Piece]) -> list[Piece]:
    """Pieces that a line break may not cut: characters, figures, and every damage whole."""
    units: list[Piece] = []
    for piece in pieces:
        if piece.plain:
            units += [Piece(text, text) for text in _UNIT.findall(piece.truth)]
        else:
            units.append(piece)
    return units


def wrap_lines(pieces: list[Piece], columns: int, indent: int) -> list[list[Piece]]:
    """Break one paragraph into lines of ``columns`` full-width columns, the first ``indent`` shorter."""
    lines: list[list[Piece]] = [[]]
    room = 2 * (columns - indent)
    for unit in _units(pieces):
        stray_space = unit.seed == " " and not unit.truth
        full = room < _width(unit.seed) and unit.seed[:1] not in _NEVER_FIRST
        if full and lines[-1]:
            carried = [lines[-1].pop()] if lines[-1][-1].seed in _NEVER_LAST else []
            _drop_stray_space(lines[-1])
            lines.append(carried)
            room = 2 * columns - _width("".join(each.seed for each in carried))
        if not (stray_space and not lines[-1]):
            lines[-1].append(unit)
            room -= _width(unit.seed)
    return lines


def _drop_stray_space(line: list[Piece]) -> None:
    """A PDF prints no space at the end of a line."""
    if line and line[-1].seed == " " and not line[-1].truth:
        line.pop()


def wrap(fragments: list[Fragment], layout: Mapping[str, Any], make: Maker) -> None:
    """Break all paragraphs into lines and pages, in place.

    ``layout`` gives ``columns``, ``indent``, ``page_lines`` (lines a page) and ``numbered``: the pages whose
    printed number the extraction kept at the end of the page. A page top is one line end and a space.
    """
    printed = 0
    for fragment in fragments:
        indent = layout["indent"] if fragment.truth[-1] in "。：！" else 0
        pieces: list[Piece] = []
        for nth, line in enumerate(wrap_lines(fragment.pieces, layout["columns"], indent)):
            page, on_page = divmod(printed, layout["page_lines"])
            gap = _gap(page if on_page == 0 else 0, nth > 0, layout["numbered"], make)
            if nth:
                pieces += gap
            elif printed and not any(each.damage for each in fragment.sep):
                fragment.sep = gap
            pieces += line
            printed += 1
        fragment.pieces = pieces


def _gap(page: int, inside: bool, numbered: list[int], make: Maker) -> list[Piece]:
    """What stands before a line: ``page`` is the number of the page that just ended, 0 for none."""
    truth = "" if inside else "\n\n"
    if not page:
        return [Piece("\n\n", truth, make("hard_wrap") if inside else None)]
    if page in numbered:
        kind = "mid_sentence_break" if inside else "page_number"
        return [Piece(f"\n\n\n\n- {page} -\n\n", truth, make(kind, page=f"- {page} -"))]
    return [Piece("\n ", truth, make("hard_wrap" if inside else "keep_break"))]
