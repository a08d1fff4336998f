"""What a document shows of the first lines of its paragraphs, learnt from the line ends that are sure.

A short line that ends on a full stop is followed by a first line; a full line that stops inside a sentence
is followed by a continuing one. How those two kinds of line look in this document (indent, width, blank lines
before them, a short first sentence) gives the odds for the lines that are not sure. Naive Bayes, no constant
of any one layout.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from cleaner.engine.repairs.recurs import heads_of_copies
from cleaner.engine.repairs.seams import Ending, begins_block, opens_with_head
from cleaner.engine.repairs.wraps import Line, Measure

_INNER_STOP = regex.compile(r"[。！？](?=.)")
_SMOOTHING = 0.5
_BUCKETS = {"width": 14, "indent": 4, "breaks": 3, "head": 2}


@dataclass(slots=True)
class Habits:
    """Counts of features of first and of continuing lines, and how often a stop stands inside a line."""

    first: Counter[tuple[str, int]] = field(default_factory=Counter)
    continuing: Counter[tuple[str, int]] = field(default_factory=Counter)
    firsts: int = 0
    inner_stops: int = 0

    def odds(self, features: Sequence[tuple[str, int]]) -> float:
        """Log-odds that a line after a full line with a full stop opens a paragraph.

        The prior is the number of paragraph ends against the number of stops inside lines: either may fall
        on a line end by chance.
        """
        return math.log((self.firsts + 1) / (self.inner_stops + 1)) + self.likelihood(features)

    def likelihood(self, features: Sequence[tuple[str, int]]) -> float:
        """Log of how much likelier the features are in a first line than in a continuing one."""
        return sum(self._share(self.first, f) - self._share(self.continuing, f) for f in features)

    def _share(self, counts: Counter[tuple[str, int]], feature: tuple[str, int]) -> float:
        name, value = feature
        seen: float = counts[feature]
        if name == "width":
            seen = 0.5 * seen + 0.25 * (counts[name, value - 1] + counts[name, value + 1])
        buckets = _BUCKETS[name]
        return math.log((seen + _SMOOTHING) / (counts[name, -99] + _SMOOTHING * buckets))

    def expect(self, deficit: int) -> None:
        """Give both kinds of line the width that a stripped indent of ``deficit`` leaves them, as if seen thrice."""
        for _ in range(3):
            self.add(self.first, [("width", -deficit)])
            self.add(self.continuing, [("width", 0)])

    def add(self, counts: Counter[tuple[str, int]], features: Sequence[tuple[str, int]]) -> None:
        """Count the features of one sure line; the total of each kind stands at -99."""
        for name, value in features:
            counts[name, value] += 1
            counts[name, -99] += 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines with their geometry and the habits learnt from them; ``deficits`` are stripped indents.

    A part of the document set to its own width has its own: ``deficits`` gives, for a wrap width, by how much
    first lines are narrower; ``copied`` are the lines that open a paragraph because they stand twice.
    """

    lines: Sequence[Line]
    widths: Sequence[int]
    wraps: Sequence[int]
    measure: Measure
    habits: Habits
    deficits: Mapping[int, int]
    copied: frozenset[int] = frozenset()

    def room(self, index: int, first: bool) -> int:
        """The width that line ``index`` could fill, if it is (``first``) the first of its paragraph or not."""
        width = self.wraps[index]
        return width - (self.deficits.get(width, 0) if first else 0)

    def is_short(self, index: int) -> bool:
        """Whether line ``index`` left room for more."""
        return self.widths[index] <= self.wraps[index] - 2 * self.measure.indent

    def may_end(self, index: int) -> bool:
        """Whether a paragraph may end with line ``index``: it stops with a sentence, or left room."""
        return self.lines[index].ending is Ending.STOP or self.is_short(index)

    def features(self, index: int) -> list[tuple[str, int]]:
        """What line ``index`` shows: its indent, the blank lines before it, its width, its first sentence."""
        line = self.lines[index]
        found = [
            ("indent", min(line.indent // 2, 3)),
            ("breaks", min(line.breaks, 3) - 1),
            ("head", int(opens_with_head(line.text))),
        ]
        offset = self.widths[index] - self.wraps[index]
        if line.ending is not Ending.STOP or offset >= -2:
            found.append(("width", max(-10, min(offset, 3))))
        return found


def learn(lines: Sequence[Line], widths: Sequence[int], wraps: Sequence[int], measure: Measure) -> Layout:
    """Read the habits of a document off its sure line ends."""
    habits = Habits()
    layout = Layout(lines, widths, wraps, measure, habits, {})
    seen: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for index, opens in _sure_ends(layout):
        habits.add(habits.first if opens else habits.continuing, layout.features(index + 1))
        if opens:
            habits.firsts += 1
            if lines[index + 1].ending in {Ending.NONE, Ending.COMMA}:
                seen[wraps[index]][wraps[index] - widths[index + 1]] += 1
    habits.inner_stops = sum(
        len(_INNER_STOP.findall(line.text)) for line, w in zip(lines, wraps, strict=True) if w
    )
    deficits = {width: _deficit(counts, measure) for width, counts in seen.items()}
    if any(deficits.values()):
        habits.expect(measure.indent)
    return Layout(lines, widths, wraps, measure, habits, deficits, heads_of_copies(lines, layout.may_end))


def _sure_ends(layout: Layout) -> Iterator[tuple[int, bool]]:
    """Line ends that need no evidence, with whether the next line opens a paragraph."""
    lines, widths, wraps = layout.lines, layout.widths, layout.wraps
    for index, (line, following) in enumerate(itertools.pairwise(lines)):
        if not (wraps[index] and widths[index] and widths[index + 1]):
            continue
        if layout.is_short(index) and line.ending is not Ending.COMMA:
            yield index, True
        elif begins_block(following.text):
            if line.ending is Ending.STOP:
                yield index, True
        elif widths[index] >= wraps[index] - 1 and line.ending in {Ending.NONE, Ending.COMMA}:
            yield index, False


def _deficit(deficits: Counter[int], measure: Measure) -> int:
    """By how much first lines are narrower: the indent that the extraction stripped, or 0."""
    indent = measure.indent
    near = sum(n for d, n in deficits.items() if indent - 1 <= d <= indent)
    none = sum(n for d, n in deficits.items() if d <= 1)
    return indent if near > none else 0
