"""Text cut into segments that carry the marks lying over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.reports.safe import visible


class Layer(NamedTuple):
    """A mark over a range of a text: style classes and the anchors it leads to. An empty range is a point."""

    start: int
    end: int
    style: str
    anchors: tuple[str, ...] = ()


class Segment(NamedTuple):
    """A stretch of text under the same marks; empty text for a point."""

    text: str
    style: str
    anchors: tuple[str, ...]


def paint(text: str, start: int, end: int, layers: Sequence[Layer]) -> list[Segment]:
    """The segments of ``text[start:end]`` under ``layers``; the first of several layers leads."""
    if not layers:
        return [Segment(visible(text[start:end]), "", ())]
    points = sorted((p for p in layers if p.start == p.end), key=lambda p: p.start)
    ranges = sorted((r for r in layers if r.start < r.end), key=lambda r: r.start)
    borders = {start, end, *(p.start for p in points)}
    borders.update(min(max(at, start), end) for r in ranges for at in (r.start, r.end))
    return list(_swept(text, sorted(borders), points, ranges))


def _swept(
    text: str, borders: Sequence[int], points: Sequence[Layer], ranges: Sequence[Layer]
) -> Iterator[Segment]:
    active: list[Layer] = []
    next_point = next_range = 0
    for low, high in zip(borders, [*borders[1:], borders[-1]], strict=True):
        while next_point < len(points) and points[next_point].start <= low:
            yield Segment("", "pt " + points[next_point].style, points[next_point].anchors)
            next_point += 1
        while next_range < len(ranges) and ranges[next_range].start <= low:
            active.append(ranges[next_range])
            next_range += 1
        active = [layer for layer in active if layer.end > low]
        if low < high:
            yield _segment(text[low:high], active)


def _segment(text: str, active: Iterable[Layer]) -> Segment:
    layers = sorted(active, key=lambda layer: layer.style.startswith(("prop", "find")))
    style = " ".join(layer.style for layer in layers)
    if layers and not text.strip():
        style += " nl" if "\n" in text else " ws"
    anchors = dict.fromkeys(anchor for layer in layers for anchor in layer.anchors)
    return Segment(visible(text), style, tuple(anchors))


def shared_out(layers: Iterable[Layer], frames: Sequence[tuple[int, int]]) -> list[list[Layer]]:
    """For each of the frames (in order, without overlap) the layers that touch it; points go to one frame only."""
    waiting = sorted(layers)
    given: list[list[Layer]] = []
    active: list[Layer] = []
    at = 0
    for index, (start, end) in enumerate(frames):
        last = index == len(frames) - 1
        while at < len(waiting) and (waiting[at].start < end or last):
            active.append(waiting[at])
            at += 1
        given.append([layer for layer in active if layer.end > start or layer.start >= start])
        active = [layer for layer in active if layer.end > end]
    return given
