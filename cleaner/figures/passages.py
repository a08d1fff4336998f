"""A block that is being read, and one numeral in it with what stands around it."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.figures.drafts import Draft
from cleaner.figures.numerals import Numeral, read_arabic, read_chinese


class Passage(NamedTuple):
    """One block of the clean text; ``note`` says that it stands in the notes."""

    text: str
    start: int
    end: int
    note: bool = False


class Token:
    """A numeral at ``[start, end)`` of the clean text, in digits or in Chinese; ``text`` is the numeral as written."""

    __slots__ = ("_numeral", "chinese", "end", "passage", "start", "text")

    def __init__(self, passage: Passage, start: int, end: int, chinese: bool) -> None:
        self.passage = passage
        self.start = start
        self.end = end
        self.chinese = chinese
        self.text = passage.text[start:end]
        self._numeral: Numeral | bool | None = False

    @property
    def numeral(self) -> Numeral | None:
        """What the numeral spells, if it spells a number; read when it is first asked for."""
        if self._numeral is False:
            self._numeral = read_chinese(self.text) if self.chinese else read_arabic(self.text)
        return self._numeral  # type: ignore[return-value]  # True never stands there

    @property
    def length(self) -> int:
        """Characters of the numeral."""
        return self.end - self.start

    def before(self, width: int, position: int | None = None) -> str:
        """Up to ``width`` characters of the block that stand before the numeral (or before ``position``)."""
        stop = self.start if position is None else position
        return self.passage.text[max(self.passage.start, stop - width) : stop]

    def mark(self) -> str:
        """The character before the numeral, over one blank."""
        return self.before(2).rstrip()[-1:]

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match ``pattern`` right after the numeral, not past the end of the block."""
        return pattern.match(self.passage.text, self.end, self.passage.end)

    def next(self) -> str:
        """The character after the numeral, over one blank; empty at the end of the block."""
        text, end, limit = self.passage.text, self.end, self.passage.end
        after = text[end] if end < limit else ""
        if after.isspace():
            return text[end + 1] if end + 1 < limit else ""
        return after

    def following(self, width: int) -> str:
        """Up to ``width`` characters of the block after the numeral."""
        return self.passage.text[self.end : min(self.passage.end, self.end + width)]

    def named(self, kind: str, nature: str, end: int = 0) -> Draft:
        """A draft of a numeral that counts nothing: an ordinal, a date, a code."""
        stop = max(end, self.end)
        numeral, start = self.numeral, self.start
        value = numeral.value if numeral else None
        return Draft(start, stop, kind, nature, value, lead=start, reach=stop)
