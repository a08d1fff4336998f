"""The stretches where base and clean text differ, each with the ledger rows that made it.

They come from the offset map. Where text was moved the map runs out of order; the longest part of it that
runs in order is the common text, and what moved is a stretch taken out in one place and put in at another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import eq
from typing import Any, NamedTuple

from cleaner.model import Piece

LedgerRow = Mapping[str, Any]


class Region(NamedTuple):
    """A stretch that differs: its range in the base text, its range in the clean text, its ledger rows."""

    base_start: int
    base_end: int
    clean_start: int
    clean_end: int
    edits: tuple[int, ...] = ()


def regions(rows: Sequence[LedgerRow], base: str, clean: str, pieces: Sequence[Piece]) -> tuple[Region, ...]:
    """The regions of a document in base order; ``edits`` are indices into ``rows``."""
    same = [part for piece in pieces for part in _same(piece, base, clean)]
    bounds = list(_merged(_between(same, len(base), len(clean))))
    owned = (part for region in _attributed(bounds, rows) for part in _unfolded(region, rows, base, clean))
    return tuple(_tight(region, base, clean) for region in owned)


def _same(piece: Piece, base: str, clean: str) -> Iterator[Piece]:
    """A piece whose places map one to one, cut where its characters differ (a substitution of equal length)."""
    old, new = base[piece.base_start : piece.base_end], clean[piece.start : piece.end]
    if not piece.kept or old == new:
        yield piece
        return
    at = 0
    for kept, run in groupby(map(eq, old, new)):
        end = at + sum(1 for _ in run)
        offset = piece.base_start - piece.start
        start, stop = piece.start + at, piece.start + end
        yield Piece(start, stop, start + offset, stop + offset, kept)
        at = end


def _between(pieces: Sequence[Piece], base_length: int, clean_length: int) -> Iterator[Region]:
    """What lies between the common stretches, cut where the map is cut."""
    common = in_order([p for p in pieces if p.kept and p.start < p.end])
    common.append(Piece(clean_length, clean_length, base_length, base_length, True))
    starts = [p.start for p in pieces]
    at_base = at_clean = 0
    for kept in common:
        inner = pieces[bisect_left(starts, at_clean) : bisect_right(starts, kept.start)]
        inside = [p for p in inner if at_clean <= p.start and p.end <= kept.start and not _is(p, kept)]
        yield from _cut(inside, (at_base, kept.base_start), kept.start)
        at_base, at_clean = kept.base_end, kept.end


def _is(piece: Piece, kept: Piece) -> bool:
    """Whether a piece of the map is part of the common text: kept, and of no length or ``kept`` itself."""
    return piece.kept and (piece.start == piece.end or piece == kept)


def _cut(pieces: Sequence[Piece], frame: tuple[int, int], clean_end: int) -> Iterator[Region]:
    at, high = frame
    for piece in pieces:
        start, end = piece.base_start, piece.base_end
        if piece.kept or start < at or end > high:
            yield Region(at, at, piece.start, piece.end)
            continue
        if at < start:
            yield Region(at, start, piece.start, piece.start)
        yield Region(start, end, piece.start, piece.end)
        at = end
    if at < high:
        yield Region(at, high, clean_end, clean_end)


def _merged(bounds: Iterator[Region]) -> Iterator[Region]:
    """Without empty regions, and additions at one place joined with what stands before them."""
    last: Region | None = None
    for region in bounds:
        if region.base_start == region.base_end and region.clean_start == region.clean_end:
            continue
        adds = last is not None and region.base_start == region.base_end == last.base_end
        if last is not None and adds and last.clean_start < last.clean_end == region.clean_start:
            last = last._replace(clean_end=region.clean_end)
            continue
        if last is not None:
            yield last
        last = region
    if last is not None:
        yield last


def in_order(kept: Sequence[Piece]) -> list[Piece]:
    """The heaviest run of pieces whose base ranges rise: all of them where nothing moved.

    A frontier of (end, weight) that rises in both holds the best chains, so that a step is a bisection.
    """
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for index, piece in enumerate(kept):
        at = bisect_right(ends, piece.base_start) - 1
        weight = piece.end - piece.start + (best[at][0] if at >= 0 else 0)
        before.append(best[at][1] if at >= 0 else -1)
        at = bisect_left(ends, piece.base_end)
        last = at
        while last < len(ends) and best[last][0] <= weight:
            last += 1
        if at == 0 or best[at - 1][0] < weight:
            ends[at:last], best[at:last] = [piece.base_end], [(weight, index)]
    return _chain(kept, before, best[-1][1] if best else -1)


def _chain(kept: Sequence[Piece], before: Sequence[int], index: int) -> list[Piece]:
    chain: list[Piece] = []
    while index >= 0:
        chain.append(kept[index])
        index = before[index]
    return chain[::-1]


def _attributed(bounds: Sequence[Region], rows: Sequence[LedgerRow]) -> list[Region]:
    """The regions with the rows whose base ranges they share; failing that, whose clean ranges they share."""
    applied = [(index, row) for index, row in enumerate(rows) if row["applied"]]
    found = _owners([(r.base_start, r.base_end) for r in bounds], applied, _base_ranges)
    if not all(found):
        by_clean = _owners([(r.clean_start, r.clean_end) for r in bounds], applied, _clean_range)
        found = [owners or others for owners, others in zip(found, by_clean, strict=True)]
    return [region._replace(edits=tuple(owners)) for region, owners in zip(bounds, found, strict=True)]


def _owners(
    bounds: Sequence[tuple[int, int]], rows: Sequence[tuple[int, LedgerRow]], ranges: Any
) -> list[list[int]]:
    owners: list[list[int]] = [[] for _ in bounds]
    starts, ends = [b[0] for b in bounds], [b[1] for b in bounds]
    for index, row in rows:
        for start, end in ranges(row):
            for found in _touched(starts, ends, start, end):
                if not owners[found] or owners[found][-1] != index:
                    owners[found].append(index)
    return owners


def _base_ranges(row: LedgerRow) -> Iterator[tuple[int, int]]:
    if row["parts"]:
        yield from ((part[0], part[1]) for part in row["parts"])
    else:
        yield from ((start, end) for start, end in row["spans"])


def _clean_range(row: LedgerRow) -> Iterator[tuple[int, int]]:
    if row["clean_start"] >= 0:
        yield row["clean_start"], row["clean_end"]


def _touched(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> list[int]:
    """Indices of the regions that share a character with a range; for a bare point, the best that touch it."""
    inside: list[int] = []
    border: list[int] = []
    for index in range(bisect_left(ends, start), len(starts)):
        if starts[index] > end:
            break
        if start < ends[index] and starts[index] < end:
            inside.append(index)
        elif start == end and starts[index] == ends[index]:
            return [index]
        else:
            border.append(index)
    return inside or (border if start == end else [])


def _unfolded(region: Region, rows: Sequence[LedgerRow], base: str, clean: str) -> list[Region]:
    """The parts of a region that one folded row made; the region itself where they do not tell its whole story."""
    parts = rows[region.edits[0]]["parts"] if len(region.edits) == 1 else []
    found: list[Region] = []
    at, clean_at = region.base_start, region.clean_start
    for start, end, _, after in parts:
        if start < at or end > region.base_end:
            return [region]
        low = clean_at + start - at
        found.append(Region(start, end, low, low + len(after), region.edits))
        at, clean_at = end, low + len(after)
    whole = clean_at <= region.clean_end and base[at : region.base_end] == clean[clean_at : region.clean_end]
    return found if found and whole else [region]


def _tight(region: Region, base: str, clean: str) -> Region:
    """The region without the characters that are the same at its two ends."""
    start, end, clean_start, clean_end, edits = region
    while start < end and clean_start < clean_end and base[start] == clean[clean_start]:
        start, clean_start = start + 1, clean_start + 1
    while start < end and clean_start < clean_end and base[end - 1] == clean[clean_end - 1]:
        end, clean_end = end - 1, clean_end - 1
    if start == end and clean_start == clean_end:
        return region
    return Region(start, end, clean_start, clean_end, edits)
