"""Builds a Cleaned without the engine: as it is, or with hard line breaks joined and their offsets kept."""

from __future__ import annotations

import re

from cleaner.figures.drafts import DATA_KINDS
from cleaner.figures.extract import extract
from cleaner.model import Cleaned, Document, Figure, OffsetMap, Piece
from cleaner.reading.blocks import parse_blocks

_BREAK = re.compile(r"[ ]*\n(?:[ ]*\n)*(?:- [0-9]+ -\n(?:[ ]*\n)*)?[ ]*")
_STOPS = "。！？：；!?"
_STARTS = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]{1,2}\.(?![0-9])|附注)")


def as_is(text: str, doc: str = "d.txt", **known: str) -> Cleaned:
    """The text as the engine would leave it if it found nothing to restore."""
    return Cleaned(Document(doc, text, **known), text, (), OffsetMap.identity(len(text)), parse_blocks(text))


def joined(text: str, doc: str = "d.txt", width: int = 24) -> Cleaned:
    """Remove the line breaks inside sentences: after a full line that does not end in a stop."""
    pieces: list[Piece] = []
    kept: list[str] = []
    clean = base = 0
    for found in _BREAK.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        wraps = (
            line and line[-1] not in _STOPS and len(line) >= width and not _STARTS.match(text, found.end())
        )
        if not wraps or found.start() < base:
            continue
        pieces.append(Piece(clean, clean + found.start() - base, base, found.start(), True))
        kept.append(text[base : found.start()])
        clean += found.start() - base
        pieces.append(Piece(clean, clean, found.start(), found.end(), False))
        base = found.end()
    kept.append(text[base:])
    pieces.append(Piece(clean, clean + len(text) - base, base, len(text), True))
    result = "".join(kept)
    return Cleaned(Document(doc, text), result, (), OffsetMap(tuple(pieces)), parse_blocks(result))


def figures(text: str) -> list[Figure]:
    """All figures of a text that was not edited."""
    return list(extract(as_is(text)).figures)


def data(text: str) -> list[Figure]:
    """The figures that state data."""
    return [f for f in figures(text) if f.kind in DATA_KINDS]
