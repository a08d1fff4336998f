"""What readers decided about single changes, known by content.

A decision is known by the change (rule, before, after) and by what stands around it in the base text, white space
left out; never by an offset, a digest or a run. So it holds in a later run, under a later version, and in another
document that prints the same words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from cleaner.offsets import Span, hull

CONTEXT = 8
"""So many characters on each side, white space not counted, tell one place of a change from another."""
_LONG = 2 * CONTEXT
"""A text of so many characters is known by itself, whatever stands around it."""
DECIDED = "decision"
"""What the ledger names where a reader's decision withheld an edit, or made one certain."""


class Choice(StrEnum):
    """What a reader may decide: about one place, or (always, never) about a change wherever it is proposed."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ALWAYS = "always"
    NEVER = "never"


Series = tuple[str, str, str]
"""Rule, before, after: the same change in any context."""
Key = tuple[str, str, str, str, str, int]
"""A series, the two sides and the number among equal ones; empty sides and 0 for the whole series."""


def squeezed(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


def named(text: str) -> str:
    """What a change is recognised by: without white space; where there is nothing else, a line end or a space."""
    return squeezed(text) or ("\n" if "\n" in text else text[:1] and " ")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a reader.

    ``before`` is what stands in the base text; ``seen`` what the rule saw there, where other edits had changed it
    before. ``left`` and ``right`` are up to ``CONTEXT`` characters of the base text without white space, and
    ``occurrence`` counts from 1 where a document prints all of that several times. ``text`` is what the reader wrote
    (``edit``). Of a whole series the two sides are no part of the key, but an example.
    """

    rule: str
    before: str
    after: str
    choice: Choice
    left: str = ""
    right: str = ""
    occurrence: int = 1
    text: str = ""
    seen: str = ""

    @property
    def series(self) -> Series:
        """The change, in any context."""
        return (self.rule, named(self.before), self.after)

    @property
    def is_series(self) -> bool:
        """Whether it holds wherever the change is proposed."""
        return self.choice in (Choice.ALWAYS, Choice.NEVER)

    @property
    def key(self) -> Key:
        """What it is known by: of two decisions with one key only one can hold."""
        return (*self.series, *(("", "", 0) if self.is_series else (self.left, self.right, self.occurrence)))

    @property
    def outcome(self) -> str:
        """What stands in the text where it is carried out."""
        return self.text if self.choice is Choice.EDIT else self.after


class Surroundings:
    """A base text without its white space: what stands around a place, and how often."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._dense = squeezed(text)
        self._found: dict[str, list[int]] = {}
        # the number of characters that are not blank before each code point, and behind the last
        self._dense_at = [0, *accumulate(not c.isspace() for c in text)]

    def sides(self, spans: Sequence[Span]) -> tuple[str, str]:
        """Left and right side of the place at ``spans`` of the base text."""
        first, start, end = self._ends(spans)
        return self._dense[first:start], self._dense[end : end + CONTEXT]

    def of(self, spans: Sequence[Span]) -> tuple[str, str, int]:
        """Left side, right side and number (from 1) of the place at ``spans`` of the base text."""
        first, _, end = self._ends(spans)
        number = 1 + bisect_left(self._all(self._dense[first : end + CONTEXT]), first)
        return (*self.sides(spans), number)

    def _ends(self, spans: Sequence[Span]) -> tuple[int, int, int]:
        """Where in the text without white space the left side begins, and the place itself begins and ends."""
        whole = hull(tuple(spans))
        start, end = self._dense_at[whole.start], self._dense_at[whole.end]
        return max(0, start - CONTEXT), start, end

    def find(self, decision: Decision) -> Span | None:
        """Where in the base text the very words of a decision about one place stand."""
        needle = decision.left + squeezed(decision.before) + decision.right
        found = self._all(needle)
        if len(found) < decision.occurrence:
            return None
        start = found[decision.occurrence - 1] + len(decision.left)
        end = start + len(squeezed(decision.before))
        if start == end:  # a change of white space: all of it between two characters
            return Span(self._behind(start), self._before(start))
        return Span(self._before(start), self._behind(end))

    def _all(self, needle: str) -> list[int]:
        """Where the words of a place stand; looked up once, for a text may repeat one sentence without end."""
        if needle not in self._found:
            found = self._found[needle] = []
            at = self._dense.find(needle)
            while at >= 0 and needle:
                found.append(at)
                at = self._dense.find(needle, at + 1)
        return self._found[needle]

    def _behind(self, count: int) -> int:
        """Offset right behind the first ``count`` characters that are not blank."""
        return bisect_left(self._dense_at, count)

    def _before(self, count: int) -> int:
        """Offset right before the character that follows ``count`` others, blanks passed over."""
        return bisect_left(self._dense_at, count + 1) - 1


class Neighbours:
    """Decisions about changes, found by two characters in a row that stand on one of their sides.

    Of eight characters of which six are still there two stand together, so nothing that is alike is missed, and a
    document with thousands of such changes does not hold each against each.
    """

    def __init__(self, named_decisions: Iterable[tuple[Decision, tuple[str, str]]]) -> None:
        self._found: dict[tuple[str, str, str, str], list[Decision]] = {}
        self._changes: set[tuple[str, str]] = set()
        for decision, change in named_decisions:
            self._changes.add(change)
            for side in _pairs(decision.left, decision.right):
                self._found.setdefault((*change, *side), []).append(decision)

    def __contains__(self, change: tuple[str, str]) -> bool:
        return change in self._changes

    def near(self, change: tuple[str, str], *places: tuple[str, str]) -> list[Decision]:
        """Those about ``change`` that share two characters with one of ``places`` (left side, right side)."""
        sides = {side for left, right in places for side in _pairs(left, right)}
        return list({d.key: d for side in sides for d in self._found.get((*change, *side), ())}.values())


def _pairs(left: str, right: str) -> set[tuple[str, str]]:
    return {
        (name, side[at : at + 2]) for name, side in (("l", left), ("r", right)) for at in range(len(side) - 1)
    }


@dataclass(frozen=True)
class Decisions:
    """The decisions of a run; ``Settings`` holds one. Without an entry it costs nothing and changes nothing."""

    entries: tuple[Decision, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    @cached_property
    def by_key(self) -> dict[Key, Decision]:
        """Decisions by their key."""
        return {d.key: d for d in self.entries}

    @cached_property
    def sides(self) -> frozenset[tuple[str, str]]:
        """What stands on the two sides of the places that were decided."""
        return frozenset((d.left, d.right) for d in self.entries if not d.is_series)

    @cached_property
    def changes(self) -> frozenset[tuple[str, str]]:
        """Before and after of all that was decided."""
        return frozenset(d.series[1:] for d in self.entries)

    @cached_property
    def rejected_at(self) -> dict[Key, Decision]:
        """Rejections by all of their key but the rule: they bind every rule."""
        return {("", *d.key[1:]): d for d in self.entries if d.choice is Choice.REJECT}

    @cached_property
    def rejected(self) -> Neighbours:
        """Changes that were rejected at a place, by what stands and what would."""
        return Neighbours(
            (d, (named(before), d.after))
            for d in self.entries
            if d.choice is Choice.REJECT
            for before in {d.before, d.seen or d.before}
        )

    @cached_property
    def long_rejected(self) -> tuple[Decision, ...]:
        """Rejected changes of so much text that other edits may have been made within it."""
        return tuple(d for d in self.entries if d.choice is Choice.REJECT and len(named(d.before)) >= _LONG)

    @cached_property
    def accepted(self) -> Neighbours:
        """Changes that were accepted at a place, by what would take them back."""
        return Neighbours(
            (d, (d.after, before))
            for d in self.entries
            if d.choice is Choice.ACCEPT
            for before in {d.before, d.seen or d.before}
        )

    @cached_property
    def written(self) -> tuple[Decision, ...]:
        """Places where a reader wrote the text."""
        return tuple(d for d in self.entries if d.choice is Choice.EDIT and d.text)
