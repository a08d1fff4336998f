"""The engine's own promises: no rule changes a digit undeclared, none touches a protected name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from cleaner.engine.settle import Proposal
from cleaner.engine.view import View

_DIGIT = re.compile(r"[0-9]")


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
    """Where protected strings stand in the view, sorted."""
    found: list[tuple[int, int]] = []
    for name in view.protected:
        start = view.text.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = view.text.find(name, start + len(name))
    return sorted(found)


def touches(proposal: Proposal, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether an edit reaches into a protected string without removing or moving it whole."""
    c = proposal.candidate
    for start, end in ranges:
        whole = c.start <= start and end <= c.end and (c.start, c.end) != (start, end)
        if c.start < end and start < c.end and not whole:
            return True
    return False
