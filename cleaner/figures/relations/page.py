"""What the readers of claims see: the clean text, its sentences and blocks, and the figures in their places.

All offsets here count code points of the clean text; ``relate`` turns them into spans of the base text.
Every look-up is a bisection or a bounded window, so that reading stays linear in the length of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any

from cleaner.figures.scan import with_line_feeds
from cleaner.model import Block, BlockType, Cleaned, Figure, Reason

_SENTENCE_MARKS = "。！？!?"
_CLAUSE_MARKS = "，,；;：:" + _SENTENCE_MARKS
_SENTENCE_END = re.compile(rf"[{_SENTENCE_MARKS}\n]+")
_BESIDE = "年月—–~～:：∶-"
_MARK_BEHIND = re.compile(rf"[{_BESIDE}](?<=[\d\s].)")
_MEASURED = frozenset({"level", "count", "target", "threshold", "share", "growth_rate"})
_COUNTED = frozenset({"level", "count", "target", "threshold"})
_OF_TIME_OR_SHARE = frozenset({"%", "年", "月", "日"})
_ASIDE = frozenset({BlockType.FURNITURE, BlockType.CAPTION, BlockType.TABLE_CELL})
_PLACE = attrgetter("clean_start", "clean_end")
_WINDOW = 600
"""No claim of a report is wider than this; a "sentence" of a megabyte is not read as one."""
CLAUSE = 120
"""Nor is a clause, or what stands before a figure in it, wider than this."""


@dataclass(slots=True, eq=False)
class Draft:
    """A proposed claim, in the frame of the clean text: a Relation before it has an id."""

    type: str
    start: int
    end: int
    members: tuple[Figure, ...] = ()
    certain: bool = True
    reason: Reason | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A cleaned document with its figures in order of place. Figures without a place in the clean text are left out."""

    cleaned: Cleaned
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, cleaned: Cleaned, figures: tuple[Figure, ...]) -> Page:
        """Sort the figures by place."""
        placed = [f for f in figures if f.clean_start >= 0]
        placed.sort(key=_PLACE)
        return cls(cleaned, tuple(placed))

    @cached_property
    def text(self) -> str:
        """The clean text."""
        return self.cleaned.text

    @cached_property
    def starts(self) -> list[int]:
        """Clean starts of the figures, ascending."""
        return [f.clean_start for f in self.figures]

    @cached_property
    def _leads(self) -> dict[int, str]:
        """What stands before the figures that were asked about, by their clean starts."""
        return {}

    @cached_property
    def _clauses(self) -> str:
        """The text with a line feed for every mark that ends a clause: one search backwards finds the nearest."""
        return with_line_feeds(self.text, _CLAUSE_MARKS)

    @cached_property
    def _lines(self) -> str:
        """The text with a line feed for every mark that ends a sentence."""
        return with_line_feeds(self.text, _SENTENCE_MARKS)

    @cached_property
    def _numerals(self) -> Mapping[str, list[int]]:
        """Where numerals in digits begin, by the mark behind them: marks are rare, and digits are not."""
        text = self.text
        found: dict[str, list[int]] = {mark: [] for mark in _BESIDE}
        for mark in _MARK_BEHIND.finditer(text):
            place = mark.start()
            while place and text[place - 1].isspace():
                place -= 1
            end = place
            while place and (text[place - 1].isdecimal() or text[place - 1] == "."):
                place -= 1
            if place < end:
                found[mark.group()].append(place)
        return found

    def numerals_before(self, marks: str) -> list[int]:
        """Where numerals in digits begin that have one of ``marks`` behind them, over blanks.

        A numeral is a run of digits with its decimals, and no rest of a longer one; ``marks`` are some of ``_BESIDE``.
        """
        return sorted(place for mark in marks for place in self._numerals[mark])

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of every sentence, its closing mark not included."""
        found, start = [], 0
        for mark in _SENTENCE_END.finditer(self.text):
            if mark.start() > start:
                found.append((start, mark.start()))
            start = mark.end()
        if start < len(self.text):
            found.append((start, len(self.text)))
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.cleaned.blocks]

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence that holds ``position``, cut to a window around it; at a mark, the sentence before."""
        lines = self._lines
        if lines[position : position + 1] in ("\n", ""):
            return self._sentence_before(position)
        floor, limit = max(0, position - _WINDOW), position + _WINDOW
        end = lines.find("\n", position, limit)
        return max(floor, lines.rfind("\n", floor, position) + 1), min(limit, len(lines)) if end < 0 else end

    def _sentence_before(self, position: int) -> tuple[int, int]:
        index = max(bisect_right(self._sentence_starts, position) - 1, 0)
        start, end = self.sentences[index] if self.sentences else (0, 0)
        return max(start, position - _WINDOW), min(max(end, position), position + _WINDOW)

    def block(self, position: int) -> Block | None:
        """The block that holds ``position``."""
        index = bisect_right(self._block_starts, position) - 1
        if index < 0 or self.cleaned.blocks[index].end <= position:
            return None
        return self.cleaned.blocks[index]

    def within(self, start: int, end: int) -> tuple[Figure, ...]:
        """The figures that begin in ``[start, end)``."""
        return self.figures[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def touching(self, start: int, end: int) -> tuple[Figure, ...]:
        """The figures that share a character with ``[start, end)``."""
        near = self.figures[bisect_left(self.starts, max(0, start - 40)) : bisect_left(self.starts, end)]
        return tuple(f for f in near if f.clean_end > start)

    def between(self, one: Figure, other: Figure) -> str:
        """The text from the end of ``one`` to the start of ``other``."""
        return self.text[one.clean_end : other.clean_start]

    def clause_start(self, position: int) -> int:
        """Where the clause that ends at ``position`` begins: after the nearest mark, not further than the window."""
        floor = max(0, position - CLAUSE)
        return max(floor, self._clauses.rfind("\n", floor, position) + 1)

    def lead(self, figure: Figure) -> str:
        """What stands before a figure in its clause, back to the measured figure before it (第二产业 keeps its 二)."""
        position = figure.clean_start
        lead = self._leads.get(position)
        if lead is None:
            lead = self._leads[position] = self.text[self._lead_start(position) : position]
        return lead

    def _lead_start(self, position: int) -> int:
        start, figures = self.clause_start(position), self.figures
        index = bisect_left(self.starts, position) - 1
        while index >= 0:
            before = figures[index]
            if before.clean_end <= start:
                break
            if before.kind in _MEASURED:
                return min(before.clean_end, position)
            index -= 1
        return start

    def tail(self, figure: Figure, length: int = 12) -> str:
        """Up to ``length`` characters after a figure, in its sentence."""
        rest = self.text[figure.clean_end : figure.clean_end + length]
        cut = _SENTENCE_END.search(rest)
        return rest[: cut.start()] if cut else rest

    @cached_property
    def runs(self) -> tuple[tuple[Figure, ...], ...]:
        """The measured figures of each sentence that has any, in order; 两年 and 第二 are no measures."""
        found = []
        index, figures, starts = 0, self.figures, self.starts
        lines, length = self._lines, len(self.text)
        while index < len(figures):
            limit = starts[index] + _WINDOW
            end = lines.find("\n", starts[index], limit)
            stop = bisect_left(starts, min(limit, length) if end < 0 else end, index + 1)
            measured = [
                f
                for f in figures[index:stop]
                if f.kind in _MEASURED or (f.kind == "duration" and _is_span_of_days(f))
            ]
            if measured:
                found.append(tuple(measured))
            index = stop
        return tuple(found)

    @cached_property
    def prose(self) -> tuple[tuple[Figure, ...], ...]:
        """The runs that begin in running text."""
        return tuple(run for run in self.runs if self.is_prose(run[0]))

    @cached_property
    def pairs(self) -> tuple[tuple[Figure, ...], ...]:
        """The runs in running text of two measured figures and more."""
        return tuple(run for run in self.prose if len(run) > 1)

    @cached_property
    def rated(self) -> tuple[tuple[Figure, ...], ...]:
        """The runs of :attr:`pairs` that hold a percentage."""
        return tuple(run for run in self.pairs if any(map(is_rate, run)))

    @cached_property
    def alike(self) -> tuple[tuple[Figure, Figure], ...]:
        """Neighbours in a run that are quantities of one unit."""
        near = (pair for run in self.pairs for pair in pairwise(run) if pair[0].unit == pair[1].unit)
        return tuple((one, other) for one, other in near if is_quantity(one) and is_quantity(other))

    @cached_property
    def rates(self) -> tuple[Figure, ...]:
        """The percentages in the runs in running text."""
        return tuple([f for run in self.prose for f in run if is_rate(f)])

    @cached_property
    def triples(self) -> tuple[tuple[Figure, ...], ...]:
        """The runs in running text of three measured figures and more."""
        return tuple(run for run in self.pairs if len(run) > 2)

    def in_prose(self, position: int) -> bool:
        """Whether ``position`` lies in running text, not in page furniture, a caption or a table."""
        block = self.block(position)
        return block is not None and block.type not in _ASIDE

    def is_prose(self, figure: Figure) -> bool:
        """Whether ``figure`` stands in running text."""
        if figure.block < 0:
            return self.in_prose(figure.clean_start)
        return self.cleaned.blocks[figure.block].type not in _ASIDE


def _is_span_of_days(figure: Figure) -> bool:
    """Whether a duration is one that is measured."""
    return figure.unit not in {"年", "月", "个月", ""} and figure.value is not None


Proposer = Callable[[Page], Iterator[Draft]]
"""A reader of one family of claims."""


def is_rate(figure: Figure) -> bool:
    """Whether a figure is a percentage."""
    return figure.unit == "%" and figure.value is not None


def is_quantity(figure: Figure) -> bool:
    """Whether a figure counts or measures something: no percentage, date, rank, ordinal or code."""
    return figure.value is not None and figure.kind in _COUNTED and figure.unit not in _OF_TIME_OR_SHARE
