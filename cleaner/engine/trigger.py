"""Which rules can fire where. The reference admits every rule; the fast trigger leaves out rules that cannot fire.

It asks twice. One automaton over the whole text says which rules may fire in it at all: on clean text hardly any.
For each of those an automaton of its own, which knows more of the rule, says whether it may, and on which lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from cleaner.engine.conditions import is_dear, may_fire, text_filter
from cleaner.engine.prefilter import prefilter
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.view import View
from cleaner.packs.grammar import Method, Rule

if TYPE_CHECKING:
    import re2

_MEMORY = 64 << 20
"""Bytes that the automaton of all rules may take; with less it is slower, and finds the same."""
_WORTH = 300_000
"""Bytes of text from which a filter pays that takes half a second to compile."""
_TOGETHER = 32
"""Lines that are looked at in one call, which costs as much as reading one of them."""
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


class _Filters:
    """What is compiled of a rule set, once per process.

    One automaton holds the short filters of all rules; the long filter of a rule is compiled when a text first asks
    for it; one that is dear to compile only when the process has seen enough text for that to pay.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._long: dict[str, str] = {}
        self.exact: set[str] = set()
        """Rules of which the short filter says all that the long one does."""
        self._dear: frozenset[str] = frozenset(rule.id for rule in rules if is_dear(rule))
        self._own: dict[str, re2.Set] = {}
        self._stages: dict[tuple[Rule, ...], tuple[dict[str, int], list[int]]] = {}
        self._seen = 0
        ids: list[str] = []
        whole = _searched()
        for rule in rules:
            if rule.id in self._dear:
                continue
            short, long = (_filter_of(rule, short) for short in (True, False))
            if short is not None and long is not None and _is_known(short) and _is_known(long):
                whole.Add(short)
                ids.append(rule.id)
                self._long[rule.id] = long
                if short == long:
                    self.exact.add(rule.id)
        whole.Compile()
        self._whole, self.ids = whole, tuple(ids)

    def hits(self, text: bytes) -> frozenset[str]:
        """The rules whose short filter matches in ``text``."""
        self._seen += len(text)
        return frozenset(self.ids[index] for index in self._whole.Match(text) or ())

    def asked(self, rules: Sequence[Rule], hits: frozenset[str]) -> Iterator[Rule]:
        """Those of ``rules`` that are in ``hits`` or have no short filter, in order: of thousands a few."""
        stage = tuple(rules)
        if stage not in self._stages:
            places = {rule.id: place for place, rule in enumerate(stage)}
            self._stages[stage] = places, [place for id_, place in places.items() if id_ not in self._long]
        places, free = self._stages[stage]
        return (stage[place] for place in sorted([*free, *(places[id_] for id_ in hits if id_ in places)]))

    def own(self, rule: Rule) -> re2.Set | None:
        """The long filter of a rule, None if it has none (yet)."""
        found = self._own.get(rule.id)
        if found is not None:
            return found
        pattern = self._long.get(rule.id)
        if rule.id in self._dear and self._seen > _WORTH:
            pattern = _filter_of(rule, short=False)
        if pattern is None:
            return None
        found = _searched()
        found.Add(pattern)
        found.Compile()
        self._own[rule.id] = found
        return found


def _searched() -> re2.Set:
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    return re2.Set.SearchSet(options)


def _is_known(pattern: str) -> bool:
    """Whether RE2 can read a pattern; the rule of one that it cannot is always asked."""
    import re2

    try:
        _searched().Add(pattern)
    except re2.error:
        return False
    return True


class Prefiltered:
    """The fast trigger of one rule set. Holds what it found on the last text, and nothing of other documents."""

    def __init__(self, rules: RuleSet) -> None:
        self._filters = _filters(tuple(rules))
        self._seen: View | None = None
        self._text = b""
        self._hits: frozenset[str] | None = None
        self._lines: tuple[bytes, ...] = ()
        self._groups: tuple[tuple[int, bytes], ...] = ()
        self._may: dict[str, bool] = {}

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[tuple[Rule, View]]:
        """The rules that can fire, those that see one line at a time with the lines on which they can."""
        if view is not self._seen:
            self._look_at(view)
        found = []
        for rule in rules if self._hits is None else self._filters.asked(rules, self._hits):
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
        self._hits = self._filters.hits(self._text)

    def _can(self, rule: Rule) -> bool:
        """Whether the long filter of a rule matches in the text; for a rule without one always."""
        if self._hits is None or rule.id in self._filters.exact:
            return True
        if rule.id not in self._may:
            own = self._filters.own(rule)
            self._may[rule.id] = own is None or own.Match(self._text) is not None
        return self._may[rule.id]

    def _narrowed(self, rule: Rule, view: View) -> View:
        own = self._filters.own(rule) if self._hits is not None and rule.by in _BY_BLOCK else None
        if own is None:
            return view
        if not self._lines:
            self._lines = tuple(text.encode() for text in view.texts)
            starts = range(0, len(self._lines), _TOGETHER)
            self._groups = tuple((at, b"\n".join(self._lines[at : at + _TOGETHER])) for at in starts)
        places = (
            place
            for at, group in self._groups
            if own.Match(group) is not None
            for place, line in enumerate(self._lines[at : at + _TOGETHER], at)
            if own.Match(line) is not None
        )
        return replace(view, blocks=tuple(view.blocks[place] for place in places), found={})


@lru_cache(maxsize=8)
def _filters(rules: tuple[Rule, ...]) -> _Filters:
    return _Filters(rules)


def _filter_of(rule: Rule, short: bool) -> str | None:
    return prefilter(rule, short) if rule.by in _BY_BLOCK else text_filter(rule)
