"""The sentences of the base text that a finding is about, its figures marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.reports.paint import Layer, Segment, paint
from cleaner.reports.places import Places

_STOPS = ("。", "！", "？", "\n\n")
_REACH = 90
_MOST = 4


class Quote(NamedTuple):
    """A passage of the base text with its place; ``clipped`` says on which sides it goes on."""

    place: str
    segments: list[Segment]
    clipped: tuple[bool, bool]


def quotes(text: str, places: Places, layers: Iterable[Layer]) -> list[Quote]:
    """The sentences around ``layers``, in text order; near ones are one quote, at most four are given."""
    found: list[tuple[int, int, list[Layer]]] = []
    for layer in sorted(set(layers)):
        start, end = _sentence(text, layer.start, layer.end)
        if found and start < found[-1][1]:
            last = found[-1]
            found[-1] = (last[0], max(end, last[1]), [*last[2], layer])
        else:
            found.append((start, end, [layer]))
    return [_quote(text, places, *passage) for passage in found[:_MOST]]


def _quote(text: str, places: Places, start: int, end: int, layers: Sequence[Layer]) -> Quote:
    clipped = (_goes_on(text, start - 1, start), _goes_on(text, end - 1, end))
    return Quote(places.label(layers[0].start), paint(text, start, end, layers), clipped)


def _goes_on(text: str, left: int, right: int) -> bool:
    """Whether the sentence runs across the border between two code points."""
    if left < 0 or right >= len(text):
        return False
    return text[left] not in "。！？\n" and text[right] != "\n"


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a range, no further than ``_REACH`` characters on each side."""
    end = min(end, start + 4 * _REACH)
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    left = max(
        low, *(text.rfind(stop, low, start) + len(stop) for stop in _STOPS if stop in text[low:start]), 0
    )
    rights = (text.find(stop, max(start, end - 1), high) + 1 for stop in _STOPS)
    right = min((at for at in rights if at > 0), default=high)
    return _trimmed(text, min(left, start), max(right, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
