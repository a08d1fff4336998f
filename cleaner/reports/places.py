"""Offsets of a text as a reader counts them: line and column, both from 1."""

from __future__ import annotations

from bisect import bisect_right


class Places:
    """Line starts of one text, so that each look-up is a bisection."""

    def __init__(self, text: str) -> None:
        """Read the line ends of ``text`` once."""
        self._starts = [0]
        found = text.find("\n")
        while found >= 0:
            self._starts.append(found + 1)
            found = text.find("\n", found + 1)

    def line(self, offset: int) -> int:
        """Number of the line that holds code point ``offset``."""
        return bisect_right(self._starts, offset)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of code point ``offset``; columns count code points."""
        line = self.line(offset)
        return line, offset - self._starts[line - 1] + 1

    def label(self, offset: int) -> str:
        """``line:column`` of code point ``offset``; columns count code points."""
        line, column = self.at(offset)
        return f"{line}:{column}"
