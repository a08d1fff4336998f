"""Which rules can fire where. The reference admits every rule; the fast trigger leaves out rules that cannot fire.

It asks twice. One automaton over the whole text says which rules may fire in it at all: on clean text hardly any.
For each of those an automaton of its own, which knows more of the rule, says whether it may, and on which lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from cleaner.engine.conditions import may_fire, text_filter
from cleaner.engine.prefilter import prefilter
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.view import View
from cleaner.packs.grammar import Method, Rule

if TYPE_CHECKING:
    import re2

_MEMORY = 64 << 20
"""Bytes that the automaton of all rules may take; with less it is slower, and finds the same."""
_BY_BLOCK = frozenset({Method.REGEX, Method.LEXICON, Method.CHARS})
"""Methods that see one line at a time."""


class Trigger(Protocol):
    """Says which rules of a stage are worth asking on a view."""

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[tuple[Rule, View]]:
        """The rules that can fire on ``view``, in the order given, each with the view that it is to see.

        Must not leave out a rule that would fire, nor, from the view of a rule that sees one line at a time, a block
        on which it would.
        """
        ...


class AdmitAll:
    """The reference: every rule is asked, but for names of places that the document does not name."""

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[tuple[Rule, View]]:
        """All rules whose places (if any) the base text names."""
        return [(r, view) for r in rules if not r.places or any(p in view.document.text for p in r.places)]


def trigger_for(rules: RuleSet) -> Trigger:
    """The fast trigger for ``rules``, or the reference where RE2 is not installed."""
    try:
        import re2 as _  # noqa: F401 (asked whether it is here)
    except ImportError:
        return AdmitAll()
    return Prefiltered(rules)


@dataclass(frozen=True, slots=True)
class _Filters:
    """What is compiled of a rule set, once per process.

    ``whole`` holds the short filters; its matches index ``ids``. ``each`` are the long ones by rule. A rule without a
    filter is in neither.
    """

    whole: re2.Set
    ids: tuple[str, ...]
    each: Mapping[str, re2.Set]


class Prefiltered:
    """The fast trigger of one rule set. Holds what it found on the last text, and nothing of other documents."""

    def __init__(self, rules: RuleSet) -> None:
        self._filters = _filters(tuple(rules))
        self._seen: View | None = None
        self._text = b""
        self._hits: frozenset[str] | None = None
        self._lines: tuple[bytes, ...] = ()
        self._may: dict[str, bool] = {}

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[tuple[Rule, View]]:
        """The rules that can fire, those that see one line at a time with the lines on which they can."""
        if view is not self._seen:
            self._look_at(view)
        found = []
        for rule in rules:
            if rule.places and not any(p in view.document.text for p in rule.places):
                continue
            if self._can(rule) and may_fire(rule, view):
                found.append((rule, self._narrowed(rule, view)))
        return found

    def _look_at(self, view: View) -> None:
        self._seen, self._lines, self._may = view, (), {}
        try:
            self._text = view.text.encode()
        except UnicodeEncodeError:  # half a surrogate pair, which RE2 does not read
            self._text, self._hits = b"", None
            return
        matches = self._filters.whole.Match(self._text) or ()
        self._hits = frozenset(self._filters.ids[index] for index in matches)

    def _can(self, rule: Rule) -> bool:
        """Whether the filters of a rule match in the text; for a rule without filters always."""
        own = self._filters.each.get(rule.id)
        if own is None or self._hits is None:
            return True
        if rule.id not in self._hits:
            return False
        if rule.id not in self._may:
            self._may[rule.id] = own.Match(self._text) is not None
        return self._may[rule.id]

    def _narrowed(self, rule: Rule, view: View) -> View:
        own = self._filters.each.get(rule.id)
        if own is None or self._hits is None or rule.by not in _BY_BLOCK:
            return view
        if not self._lines:
            self._lines = tuple(view.content(block).encode() for block in view.blocks)
        blocks = (b for b, line in zip(view.blocks, self._lines, strict=True) if own.Match(line) is not None)
        return replace(view, blocks=tuple(blocks))


@cache
def _filters(rules: tuple[Rule, ...]) -> _Filters:
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    whole = re2.Set.SearchSet(options)
    ids: list[str] = []
    each: dict[str, Any] = {}
    for rule in rules:
        short, long = (_filter_of(rule, short) for short in (True, False))
        if short is None or long is None:
            continue
        own = re2.Set.SearchSet(options)
        try:
            own.Add(long)
            own.Compile()
            whole.Add(short)
        except re2.error:  # RE2 does not know this pattern: the rule is always asked
            continue
        ids.append(rule.id)
        each[rule.id] = own
    whole.Compile()
    return _Filters(whole, tuple(ids), each)


def _filter_of(rule: Rule, short: bool) -> str | None:
    return prefilter(rule, short) if rule.by in _BY_BLOCK else text_filter(rule)
