"""Spans, and the way from a text back to its base text (provenance, DESIGN section 4.5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end


def hull(spans: tuple[Span, ...]) -> Span:
    """The smallest range that holds all of ``spans`` (which are not empty)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of stage text and the base range it came from.

    ``kept`` runs map code point by code point; an edited run maps as a whole. A deletion is a piece of
    no stage length.
    """

    start: int
    end: int
    base_start: int
    base_end: int
    kept: bool


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from a text to its base text and back: pieces in stage order, without a gap."""

    pieces: tuple[Piece, ...]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not edited."""
        return cls((Piece(0, length, 0, length, True),))

    def to_base(self, start: int, end: int) -> tuple[Span, ...]:
        """Base ranges of ``[start, end)`` of the stage text, merged, in stage order.

        An empty range gives one empty span, at the base position after what stands before it.
        """
        if start == end:
            return (Span(*[self._base_point(start)] * 2),)
        found: list[Span] = []
        for index in range(self._first_after(start), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= end:
                break
            if piece.end <= start or piece.start == piece.end:
                continue
            span = _within(piece, start, end)
            if found and found[-1].end == span.start:
                found[-1] = Span(found[-1].start, span.end)
            elif not found or found[-1] != span:
                found.append(span)
        return tuple(found)

    def to_clean(self, start: int, end: int) -> Span:
        """Hull in the stage text of the base range ``[start, end)``; empty where it was deleted."""
        lows: list[int] = []
        highs: list[int] = []
        for piece in self.pieces:
            touches = piece.base_start < end and start < piece.base_end
            if start == end:
                touches = piece.base_start <= start <= piece.base_end
            if not touches:
                continue
            if piece.kept:
                lows.append(piece.start + max(start, piece.base_start) - piece.base_start)
                highs.append(piece.start + min(end, piece.base_end) - piece.base_start)
            else:
                lows.append(piece.start)
                highs.append(piece.end)
        if not lows:
            return Span(0, 0)
        if start == end:
            return Span(max(lows), max(lows))
        return Span(min(lows), max(highs))

    def _first_after(self, position: int) -> int:
        """Index of the first piece that may hold ``position`` (bisection on stage starts)."""
        low, high = 0, len(self.pieces)
        while low < high:
            middle = (low + high) // 2
            if self.pieces[middle].end < position:
                low = middle + 1
            else:
                high = middle
        return low

    def _base_point(self, position: int) -> int:
        point = 0
        for index in range(self._first_after(position), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start > position:
                break
            if piece.kept:
                return piece.base_start + position - piece.start
            point = piece.base_end if position >= piece.end else piece.base_start
            if piece.start < piece.end:
                return point
        return point


def _within(piece: Piece, start: int, end: int) -> Span:
    """Base range of the part of ``piece`` that lies in ``[start, end)`` of the stage text."""
    if not piece.kept:
        return Span(piece.base_start, piece.base_end)
    low, high = max(start, piece.start), min(end, piece.end)
    return Span(piece.base_start + low - piece.start, piece.base_start + high - piece.start)
