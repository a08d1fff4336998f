"""The indents of first lines in hard-wrapped text: they marked where paragraphs begin, which line ends do once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.engine.repairs.unwrap import joins
from cleaner.engine.repairs.wraps import Line, geometry_of, lines_of
from cleaner.engine.view import View
from cleaner.model import Candidate

_LEAST, _MOST = 2, 8
"""Columns of an indent: a single space is the noise of a page top, a wider gap sets a title or a signature."""

_WHY = "断行复原后一段一行，段首缩进不再示段"


def wrapped_indents(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Take the indent off the first lines of paragraphs where the text around them was wrapped.

    Where nothing is wrapped an indent is layout and stays. Joined lines lose theirs with the line end.
    Near-linear; once the wraps are gone nothing is proposed.
    """
    lines = lines_of(view)
    if not any(map(_indented, lines)):
        return
    wraps = geometry_of(view).wraps
    if not any(wraps):
        return
    joined = {candidate.end for candidate in joins(view)}
    for line, wrap in zip(lines, wraps, strict=True):
        if wrap and _indented(line) and line.start not in joined:
            yield Candidate(view.text.rfind("\n", 0, line.start) + 1, line.start, "", _WHY)


def _indented(line: Line) -> bool:
    return not line.apart and _LEAST <= line.indent <= _MOST
