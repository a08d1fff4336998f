"""The engine's own promises: no rule changes a digit undeclared, none touches a protected name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from cleaner.engine.settle import Proposal
from cleaner.engine.view import View

_DIGIT = re.compile(r"[0-9]")
_CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[^\n]*$|(?<!`)`[^`\n]+`(?!`)", re.DOTALL | re.MULTILINE)
"""Code in Markdown (CommonMark 4.5, 6.1): fenced blocks and spans."""


def digits(text: str) -> str:
    """The digits of a text after NFKC, in order."""
    if text.isascii():
        return "".join(_DIGIT.findall(text))
    return "".join(_DIGIT.findall(unicodedata.normalize("NFKC", text)))


def breaks_digits(proposal: Proposal, view: View, group: Sequence[Proposal]) -> bool:
    """Whether an edit changes digits without leave; the halves of a move are weighed together."""
    if proposal.rule.digits == "may-change":
        return False
    members = group if proposal.group else [proposal]
    before = "".join(sorted("".join(digits(_before(p, view)) for p in members)))
    after = "".join(sorted("".join(digits(p.candidate.after) for p in members)))
    if len(members) == 1:
        before, after = digits(_before(proposal, view)), digits(proposal.candidate.after)
    if proposal.rule.digits == "removes":
        return bool(after) and before != after
    return before != after


def _before(proposal: Proposal, view: View) -> str:
    return view.text[proposal.candidate.start : proposal.candidate.end]


def protected_ranges(view: View) -> list[tuple[int, int]]:
    """Where protected strings stand in the view, and in Markdown its code, sorted."""
    markdown = view.document.format == "md"
    found = [match.span() for match in _CODE.finditer(view.text)] if markdown else []
    for name in filter(None, view.protected):
        start = view.text.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = view.text.find(name, start + len(name))
    return sorted(found)


class Protected:
    """Where protected strings stand; asked for each edit, so a text full of them costs no more than its length."""

    def __init__(self, ranges: Sequence[tuple[int, int]], text: str) -> None:
        """``ranges`` are sorted, in the frame of ``text``."""
        self._ranges, self._text = ranges, text
        self._widest = max((end - start for start, end in ranges), default=0)

    def touched_by(self, proposal: Proposal) -> bool:
        """Whether an edit reaches into a protected string; one around it may remove it with the rest, or leave it."""
        c = proposal.candidate
        index = bisect_left(self._ranges, (c.end,))
        while index and self._ranges[index - 1][0] > c.start - self._widest:
            index -= 1
            start, end = self._ranges[index]
            around = c.start <= start and end <= c.end and (c.start, c.end) != (start, end)
            whole = around and (not c.after or self._text[start:end] in c.after)
            if c.start < end and not whole:
                return True
        return False
