"""Patterns of rules -> patterns for RE2 that match wherever the rule can fire, and in few other places.

RE2 looks for hundreds of patterns in one pass, but knows neither lookaround nor back-references. So what stands in
a positive lookaround is consumed where the match begins or ends with it, and else left out; negative lookarounds are
left out; a bounded gap has no bound; a back-reference matches anything that its group could. Every step can only add
matches: no match of the filter, no match of the rule. A block is a line without its indent, so the ends of a block
are looked for as the ends of a line, white space aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.packs.grammar import Entry, Method, Rule

SPACES = r"\t\x0b-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
"""White space but line ends, for a class of RE2."""
HAN = r"\x{2e80}-\x{2fdf}\x{3005}-\x{303b}\x{3400}-\x{9fff}\x{f900}-\x{faff}\x{16f00}-\x{16fff}\x{20000}-\x{3ffff}"
r"""All of ``\p{Han}`` in any version of Unicode, and little more, for a class of RE2."""
_ANY = r"(?s:.)"
_HAN_MARK = "\ufdd0"
"""Stands for ``\\p{Han}`` while a pattern is parsed: a code point that no text may hold."""
_EDGES = {ops.AT_BEGINNING: rf"(?m:^)[{SPACES}]*", ops.AT_END: rf"[{SPACES}]*(?m:$)"}
_MOST_COPIES = 4


class _Unknown(Exception):  # noqa: N818 (an outcome, not a fault)
    """A pattern that is not understood to its last sign: its rule is always asked."""


def prefilter(rule: Rule, short: bool = False) -> str | None:
    """A pattern for RE2 that matches every line in which ``rule`` can fire; None where none can be derived.

    A ``short`` one leaves out of the lookarounds what lies beyond a gap: it matches in more places, but hundreds of
    them make one automaton that fits into memory.
    """
    try:
        if rule.by is Method.REGEX:
            return from_pattern(rule.match, short)
        if rule.by is Method.LEXICON:
            return "|".join(_from_entry(entry, short) for entry in rule.entries)
        if rule.by is Method.CHARS:
            return "[" + "".join(_literal(ord(character)) for character in sorted(rule.map)) + "]"
    except (_Unknown, _parser.error):
        pass
    return None


def from_pattern(pattern: str, short: bool = False) -> str:
    """The filter of one pattern of the regex module.

    Raises:
        _Unknown, re.error: a sign that only the regex module knows.
    """
    if _HAN_MARK in pattern:
        raise _Unknown
    # What is kept out of the match by \K was matched all the same.
    known = pattern.replace(r"\p{Han}", _HAN_MARK).replace(r"\K", "")
    parsed = _parser.parse(known)
    if parsed.state.flags & ~_UNICODE:
        raise _Unknown
    return _Writer(short).sequence(list(parsed), first=True, last=True)


_UNICODE = 32
"""The flag that every pattern has."""


def _from_entry(entry: Entry, short: bool) -> str:
    wrong = "".join(_literal(ord(character)) for character in entry.wrong)
    left = f"(?<={entry.left})" if entry.left else ""
    right = f"(?={entry.right_context})" if entry.right_context else ""
    try:
        return (
            (from_pattern(left, short) if left else "")
            + wrong
            + (from_pattern(right, short) if right else "")
        )
    except (_Unknown, _parser.error):
        return wrong


def _literal(code: int) -> str:
    return f"[{HAN}]" if chr(code) == _HAN_MARK else rf"\x{{{code:x}}}"


class _Writer:
    """Parsed patterns as text for RE2; remembers groups, for references to them."""

    def __init__(self, short: bool) -> None:
        self._short = short
        self._groups: dict[int, str] = {}

    def sequence(self, items: Sequence[tuple[Any, Any]], first: bool, last: bool) -> str:
        """``first`` and ``last`` say that nothing was written before, and nothing will be after."""
        written: list[str] = []
        ahead: dict[int, str] = {}
        for index, (kind, value) in enumerate(items):
            if kind is ops.ASSERT_NOT:
                written.append("")
            elif kind is ops.ASSERT:
                # what is inside is written in any case: a reference may name a group there
                behind = value[0] < 0
                inside = self._context(list(value[1]), behind)
                written.append(inside if behind and first and not any(written) else "")
                ahead |= {} if behind else {index: inside}
            else:
                at_first, at_last = first and not any(written), last and not _solid(items[index + 1 :])
                written.append(self._item((kind, value), at_first, at_last))
        for index in sorted(ahead, reverse=True):
            if last and not any(written[index:]):
                written[index] = ahead[index]
        return "".join(written)

    def _context(self, items: list[tuple[Any, Any]], behind: bool) -> str:
        """What stands in a lookaround; nothing where a short filter can say nothing of it."""
        inside = self.sequence(items, first=behind, last=not behind)
        if self._short:
            near = _near(items, behind)
            # the groups of the whole are known by now
            inside = self.sequence(near, first=behind, last=not behind) if near else ""
        return f"(?:{inside})" if inside else ""

    def _item(self, item: tuple[Any, Any], first: bool, last: bool) -> str:
        kind, value = item
        if kind is ops.LITERAL:
            return _literal(value)
        if kind is ops.NOT_LITERAL:
            return _ANY if chr(value) == _HAN_MARK else f"[^{_literal(value)}]"
        if kind is ops.ANY:
            return _ANY
        if kind is ops.IN:
            return _class(value)
        if kind is ops.AT:
            return _EDGES.get(value, "")
        return self._compound(kind, value, first, last)

    def _compound(self, kind: Any, value: Any, first: bool, last: bool) -> str:
        if kind is ops.BRANCH:
            return "(?:" + "|".join(self.sequence(list(b), first, last) for b in value[1]) + ")"
        if kind is ops.SUBPATTERN and not value[1] and not value[2]:
            inside = f"(?:{self.sequence(list(value[3]), first, last)})"
            if value[0] is not None:
                self._groups[value[0]] = f"(?:{self.sequence(list(value[3]), first=False, last=False)})"
            return inside
        if kind is ops.ATOMIC_GROUP:
            return f"(?:{self.sequence(list(value), first, last)})"
        if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            return self._repeat(value[0], value[1], value[2], first, last)
        if kind is ops.GROUPREF and value in self._groups:
            return self._groups[value]
        raise _Unknown

    def _repeat(self, least: int, most: Any, items: Any, first: bool, last: bool) -> str:
        once = most == 1
        inside = f"(?:{self.sequence(list(items), first and once, last and once)})"
        if once:
            return inside if least else inside + "?"
        copies = min(least, _MOST_COPIES)
        return inside * copies + ("" if least == most == copies else inside + "*")


def _near(items: list[tuple[Any, Any]], behind: bool) -> list[tuple[Any, Any]]:
    """The items of a lookaround between the match and the first of them that matches nearly anything."""
    if len(items) == 1 and items[0][0] is ops.SUBPATTERN:
        return _near(list(items[0][1][3]), behind)
    if len(items) == 1 and items[0][0] is ops.BRANCH:
        ways = [_near(list(way), behind) for way in items[0][1][1]]
        return [(ops.BRANCH, (None, ways))] if all(ways) else []
    kept: list[tuple[Any, Any]] = []
    for item in reversed(items) if behind else items:
        if _is_wide(*item):
            break
        kept.append(item)
    return kept[::-1] if behind else kept


def _is_wide(kind: Any, value: Any) -> bool:
    """Whether an item is a gap, an edge, or a class of nearly everything."""
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return bool(value[1] != 1) or any(_is_wide(*item) for item in value[2])
    if kind is ops.BRANCH:
        return any(_is_wide(*item) for way in value[1] for item in way)
    if kind in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return any(_is_wide(*item) for item in (value[3] if kind is ops.SUBPATTERN else value))
    if kind is ops.IN:
        return value[0][0] is ops.NEGATE or any(k is ops.CATEGORY for k, _ in value)
    return kind in (ops.ANY, ops.AT, ops.NOT_LITERAL, ops.ASSERT, ops.ASSERT_NOT)


def _solid(items: Sequence[tuple[Any, Any]]) -> bool:
    """Whether any of ``items`` may be written as more than nothing."""
    return any(kind not in (ops.ASSERT, ops.ASSERT_NOT) for kind, _ in items)


def _class(items: Sequence[tuple[Any, Any]]) -> str:
    """A class; one that cannot be said exactly becomes a larger one."""
    negated = items[0][0] is ops.NEGATE
    members = items[1:] if negated else items
    if negated:
        if (ops.CATEGORY, ops.CATEGORY_NOT_SPACE) in members:
            return f"[{SPACES}]" if (ops.LITERAL, ord("\n")) in members else rf"[{SPACES}\n]"
        if any(kind is ops.CATEGORY or value == ord(_HAN_MARK) for kind, value in members):
            return _ANY
    written = [_member(kind, value) for kind, value in members]
    if _ANY in written:
        return _ANY
    return f"[{'^' if negated else ''}{''.join(written)}]"


def _member(kind: Any, value: Any) -> str:
    if kind is ops.LITERAL:
        return HAN if chr(value) == _HAN_MARK else _literal(value)
    if kind is ops.RANGE:
        return f"{_literal(value[0])}-{_literal(value[1])}"
    if kind is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
        return r"\pN"
    if kind is ops.CATEGORY and value is ops.CATEGORY_SPACE:
        return rf"{SPACES}\n"
    return _ANY
