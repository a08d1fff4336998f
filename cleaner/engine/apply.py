"""Edits applied once to a text; the map to the base text follows; ``invert`` is the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cleaner.model import Candidate, OffsetMap, Piece


class _Reader:
    """Pieces of a map, taken from the left."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._used = 0

    def take(self, until: int) -> list[Piece]:
        """Pieces up to stage position ``until``, the last one cut; deletions at ``until`` included."""
        taken: list[Piece] = []
        while self._index < len(self._pieces):
            piece = self._pieces[self._index]
            start = piece.start + self._used
            if start > until or (start == until and piece.end > start):
                break
            if piece.end <= until:
                taken.append(_cut(piece, self._used, piece.end - piece.start))
                self._index, self._used = self._index + 1, 0
            else:
                taken.append(_cut(piece, self._used, until - piece.start))
                self._used = until - piece.start
                break
        return taken


def _cut(piece: Piece, low: int, high: int) -> Piece:
    """Part of a piece, offsets counted from its start; an edited run keeps its whole base range."""
    start, end = piece.start + low, piece.start + high
    if not piece.kept:
        return replace(piece, start=start, end=end)
    return Piece(start, end, piece.base_start + low, piece.base_start + high, True)


def _shifted(pieces: Iterable[Piece], start: int) -> list[Piece]:
    """The same pieces, laid end to end from stage position ``start``."""
    laid: list[Piece] = []
    for piece in pieces:
        end = start + piece.end - piece.start
        laid.append(Piece(start, end, piece.base_start, piece.base_end, piece.kept))
        start = end
    return laid


def _edited(taken: Sequence[Piece], start: int, length: int, point: int) -> Piece:
    """The piece of an edited run of ``length`` that replaces ``taken``; ``point`` is its base place if it adds."""
    solid = [p for p in taken if p.end > p.start]
    if not solid:
        return Piece(start, start + length, point, point, False)
    kept = len(solid) == 1 and solid[0].kept and solid[0].end - solid[0].start == length
    low, high = min(p.base_start for p in solid), max(p.base_end for p in solid)
    return Piece(start, start + length, low, high, kept)


def apply_edits(text: str, offsets: OffsetMap, edits: Sequence[Candidate]) -> tuple[str, OffsetMap]:
    """Apply non-overlapping ``edits``, sorted by place, to ``text``.

    Both halves of a move (one ``group``, equal text) keep the provenance of the moved characters.
    """
    moved = _moved_pieces(text, offsets, edits)
    out: list[str] = []
    pieces: list[Piece] = []
    reader = _Reader(offsets.pieces)
    cursor = length = 0
    for edit in edits:
        kept = _shifted(reader.take(edit.start), length)
        pieces += kept
        length += edit.start - cursor
        taken = reader.take(edit.end) if edit.end > edit.start else []
        out += [text[cursor : edit.start], edit.after]
        if edit.group in moved:
            pieces += _shifted(moved[edit.group], length) if edit.after else []
        else:
            # only an insertion is placed by the point before it, and asking for that takes a search
            point = offsets.to_base(edit.start, edit.start)[0].start if edit.start == edit.end else -1
            pieces.append(_edited(taken, length, len(edit.after), point))
        length += len(edit.after)
        cursor = edit.end
    pieces += _shifted(reader.take(len(text)), length)
    out.append(text[cursor:])
    return "".join(out), OffsetMap(tuple(pieces))


def _moved_pieces(text: str, offsets: OffsetMap, edits: Sequence[Candidate]) -> dict[str, list[Piece]]:
    """For every move, the pieces of the text it takes away."""
    inserts = {e.group: e.after for e in edits if e.group and e.start == e.end}
    found: dict[str, list[Piece]] = {}
    for edit in edits:
        if (
            not edit.after
            and edit.end > edit.start
            and inserts.get(edit.group) == text[edit.start : edit.end]
        ):
            reader = _Reader(offsets.pieces)
            reader.take(edit.start)
            found[edit.group] = reader.take(edit.end)
    return found


def invert(text: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """The base text, from the clean text and the ledger rows of one document.

    Reads only ``seq``, ``stage_start``, ``stage_before`` and ``after`` of applied rows: every row is true in the
    text just before it, when rows are replayed by ``seq``.

    Raises:
        ValueError: the text at a row's place is not what the row left there.
    """
    for row in sorted((r for r in rows if r["applied"]), key=lambda r: r["seq"], reverse=True):
        start, after = row["stage_start"], row["after"]
        if text[start : start + len(after)] != after:
            message = f"edit {row['edit_id']} left {after!r} at {start}, which is no longer there"
            raise ValueError(message)
        text = text[:start] + row["stage_before"] + text[start + len(after) :]
    return text


def replay(base: str, rows: Iterable[Mapping[str, Any]]) -> tuple[str, OffsetMap]:
    """The clean text and its map to the base text, from the base text and the ledger rows of one document."""
    text, offsets = base, OffsetMap.identity(len(base))
    for batch in _batches(sorted((r for r in rows if r["applied"]), key=lambda r: r["seq"])):
        candidates = [
            Candidate(r["stage_start"], r["stage_end"], r["after"], group=r["group"] or "")
            for r in reversed(batch)
        ]
        text, offsets = apply_edits(text, offsets, candidates)
    return text, offsets


def _batches(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Rows that were applied together: right to left in one frame, so each ends at or before the one before it."""
    batches: list[list[Mapping[str, Any]]] = []
    for row in rows:
        last = batches[-1][-1] if batches else None
        if last is not None and _one_frame(last, row):
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def _one_frame(last: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    same = (last["stage"], last["pass"]) == (row["stage"], row["pass"])
    return same and row["stage_end"] <= last["stage_start"] and row["stage_start"] < last["stage_start"]
