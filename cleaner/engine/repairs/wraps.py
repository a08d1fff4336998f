"""The geometry of hard-wrapped text: which line width a region was set to, and which lines are full.

Widths are counted in columns (a Han character two, a digit one) or in characters, whichever the line ends
of the document agree on. The width is found anew along the document, so an annex set to another measure,
or a part that is not wrapped at all, is judged on its own.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from cleaner.engine.repairs.cohesion import seam_bits
from cleaner.engine.repairs.seams import Ending, ending
from cleaner.engine.view import View
from cleaner.model import BlockType

LONGEST = 140
"""Characters beyond which a line is a paragraph and not a wrapped line."""

_STEP = 12
_REACH = 30
_NARROWEST = 20
HANG = 8
_AGREEING = 3
"""Lines of one width that run on, from which it is taken for the width of the page."""
_UNIT = regex.compile(
    r"[“‘（(《〈「『〔【]*(?:[0-9A-Za-z.,%％+/:~-]+|.)[，。、；：！？”’）》〉」』〕】,;:!?%％)]*"
)
_CLOSING = frozenset("，。、；：！？”’）》〉」』〕】")


_APART = frozenset({BlockType.TABLE_CELL, BlockType.CAPTION})


class Line(NamedTuple):
    """A non-blank line: its text without indent, its offsets in the view, and what stands before it.

    ``indent`` is in columns, ``breaks`` the number of line ends since the line before.
    """

    text: str
    start: int
    end: int
    indent: int
    breaks: int
    ending: Ending
    apart: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How a document counts the width of its lines, and whether it breaks them anywhere (``naive``)."""

    by_columns: bool
    naive: bool

    def width(self, text: str) -> int:
        """Width of ``text``: a character that GBK writes with two bytes takes two columns."""
        return len(text.encode("gbk", "replace")) if self.by_columns else len(text)

    def unit(self, text: str) -> int:
        """Width of what must stand together at the start of ``text``: a number, a character and its marks."""
        if self.naive:
            return self.width(text[0])
        found = _UNIT.match(text)
        return self.width(found.group()) if found else 1

    @property
    def indent(self) -> int:
        """Width of the two-character indent of a first line."""
        return 4 if self.by_columns else 2


@dataclass(frozen=True, slots=True)
class Geometry:
    """The lines of a view as they are measured: how, their widths, and the width that each was wrapped to."""

    lines: list[Line]
    measure: Measure
    widths: list[int]
    wraps: list[int]


def geometry_of(view: View) -> Geometry:
    """The lines of ``view``, measured once however many rules ask."""
    return view.once("geometry", lambda: _measured(lines_of(view)))


def _measured(lines: list[Line]) -> Geometry:
    measure = measure_of(lines)
    widths = widths_of(lines, measure)
    return Geometry(lines, measure, widths, wrap_widths(lines, widths, measure))


def lines_of(view: View) -> list[Line]:
    """The lines of ``view`` in order. Table rows and captions stand ``apart``."""
    return view.once("lines", lambda: _lines_of(view))


def _lines_of(view: View) -> list[Line]:
    found: list[Line] = []
    gaps: dict[str, tuple[int, int]] = {}  # few kinds of gaps stand in one document
    before = 0
    for block, text in zip(view.blocks, view.texts, strict=True):
        gap = view.text[before : block.start]
        measured = gaps.get(gap)
        if measured is None:
            indent = gap[gap.rfind("\n") + 1 :].encode("gbk", "replace")
            measured = gaps[gap] = len(indent), gap.count("\n")
        found.append(Line(text, block.start, block.end, *measured, ending(text), block.type in _APART))
        before = block.end
    return found


def measure_of(lines: Sequence[Line]) -> Measure:
    """Which way of counting makes the widths of the document's unfinished lines agree best."""
    columns: Counter[int] = Counter()
    characters: Counter[int] = Counter()
    closing = 0
    for line in lines:
        closing += line.text[0] in _CLOSING
        if len(line.text) <= LONGEST and line.ending is not Ending.STOP:
            columns[len(line.text.encode("gbk", "replace")) + line.indent] += 1
            characters[len(line.text) + line.indent // 2] += 1
    best = max((n + columns[w - 1] for w, n in columns.items() if w >= _NARROWEST), default=0)
    other = max((n for w, n in characters.items() if 2 * w >= _NARROWEST), default=0)
    return Measure(other <= best, closing > 0 and closing * 100 >= len(lines))


def widths_of(lines: Sequence[Line], measure: Measure) -> list[int]:
    """Width of every line with its indent; 0 for a line too long to be a wrapped one.

    A single space at the head of a page is noise of the extraction and not counted.
    """
    return [
        0
        if len(line.text) > LONGEST
        else measure.width(line.text)
        + (line.indent if measure.by_columns else line.indent // 2) * (line.indent > 1)
        for line in lines
    ]


def wrap_widths(lines: Sequence[Line], widths: Sequence[int], measure: Measure) -> list[int]:
    """The width that the neighbourhood of each line was wrapped to, 0 where it was not.

    A width holds where unfinished lines agree on it and run on, character by character, into lines that are
    no wider; lists and headlines of one length do not run on.
    """
    runs = _runs_on(lines)
    narrowest = _narrowest(measure)
    running = [i for i, width in enumerate(widths) if width >= narrowest - 1 and runs[i]]
    if len(running) < _AGREEING:
        return [0] * len(lines)
    whole = _width_in(lines, widths, runs, range(len(lines)), measure)
    found: list[int] = []
    for middle in range(0, len(lines), _STEP):
        window = range(max(0, middle - _REACH), min(len(lines), middle + _STEP + _REACH))
        few = bisect_left(running, window.stop) - bisect_left(running, window.start) < _AGREEING
        width = 0 if few else _width_in(lines, widths, runs, window, measure)
        if not width and whole and max(widths[i] for i in window) <= whole + HANG:
            width = whole
        if whole and 0 < abs(width - whole) <= 3:
            width = whole  # one measure throughout, of which this window shows few lines
        found += [width] * min(_STEP, len(lines) - middle)
    return _sharpened(found, widths)


def _sharpened(wraps: list[int], widths: Sequence[int]) -> list[int]:
    """Move the border between two widths to the lines where it is: each takes the one its neighbours fill."""
    found = list(wraps)
    for border in range(_STEP, len(wraps), _STEP):
        pair = wraps[border - 1], wraps[border]
        if 0 in pair or abs(pair[0] - pair[1]) <= HANG:
            continue
        for index in range(max(0, border - _REACH), min(len(wraps), border + _REACH)):
            near = widths[max(0, index - 3) : index + 4]
            filled = [sum(1 for n in near if w - 1 <= n <= w + 2) for w in pair]
            if filled[0] != filled[1]:
                found[index] = pair[filled[1] > filled[0]]
    return found


def _runs_on(lines: Sequence[Line]) -> list[bool | None]:
    """For every line end without a stop: does the text run on into the next line? None where that is unknown."""
    found: list[bool | None] = []
    for line, following in itertools.pairwise(lines):
        if line.ending is Ending.STOP or line.apart or following.apart:
            found.append(None)
        elif line.ending is Ending.COMMA or following.text[0] in _CLOSING:
            found.append(True)
        else:
            bits = seam_bits(line.text, following.text)
            found.append(None if bits is None else bits > 0)
    return [*found, None]


def _narrowest(measure: Measure) -> int:
    """The least width that lines are wrapped to."""
    return _NARROWEST if measure.by_columns else _NARROWEST // 2


def _width_in(
    lines: Sequence[Line], widths: Sequence[int], runs: Sequence[bool | None], window: range, measure: Measure
) -> int:
    """The width that most unfinished lines of ``window`` agree on, 0 if they do not run on."""
    narrowest = _narrowest(measure)
    counts = Counter(
        widths[i] for i in window if widths[i] >= narrowest and lines[i].ending is not Ending.STOP
    )
    if not counts:
        return 0
    width = max(
        counts, key=lambda w: (counts[w] + 0.9 * counts[w - 1] + 0.5 * counts[w + 1] + 0.4 * counts[w + 2], w)
    )
    full = [
        i
        for i in window
        if width - 1 <= widths[i] <= width + HANG
        and lines[i].ending is not Ending.STOP
        and i + 1 < len(lines)
        and 0 < widths[i + 1] <= width + HANG
    ]
    judged = [i for i in full if runs[i] is not None]
    agreeing = sum(1 for i in judged if runs[i])
    unmarked = sum(1 for i in judged if runs[i] and lines[i].ending is Ending.NONE)
    candidates = sum(1 for i in window if widths[i] >= narrowest // 2)
    # text set one clause a line stops on commas; a page breaks between any two characters
    holds = (
        _AGREEING <= agreeing <= 3 * unmarked and 2 * agreeing >= len(judged) and 5 * len(full) >= candidates
    )
    return width if holds else 0
