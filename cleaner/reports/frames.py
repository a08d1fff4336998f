"""From clean offsets to base ranges for many ranges at once, by bisection over the pieces of an offset map."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cleaner.model import Piece


def base_spans(pieces: Sequence[Piece], ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The base hull of each clean range: the smallest base range that holds what its code points came from.

    Text that was deleted inside a range lies in the hull; text deleted at its borders does not. An empty
    range gives the base position of its point. The clean ranges of the pieces rise; their base ranges need
    not (a move).
    """
    held = [p for p in pieces if p.start < p.end]
    starts = [p.start for p in held]
    ends = [p.end for p in held]
    return [_hull(held, starts, ends, start, end) for start, end in ranges]


def _hull(
    held: Sequence[Piece], starts: Sequence[int], ends: Sequence[int], start: int, end: int
) -> tuple[int, int]:
    if not held:
        return (0, 0)
    if start >= ends[-1]:
        return (held[-1].base_end, held[-1].base_end)
    if start == end:
        point = _base(held[bisect_right(ends, start)], start)
        return (point, point)
    inside = held[bisect_right(ends, start) : bisect_left(starts, end)]
    lows = [_base(piece, max(start, piece.start)) for piece in inside]
    highs = [p.base_start + min(end, p.end) - p.start if p.kept else p.base_end for p in inside]
    return (min(lows), max(highs))


def _base(piece: Piece, at: int) -> int:
    return piece.base_start + (at - piece.start if piece.kept else 0)
