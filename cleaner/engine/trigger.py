"""Which rules can fire where. The reference admits every rule; the fast trigger leaves out rules that cannot fire.

It asks twice. One automaton says of every line which rules may fire on it: on clean text hardly any. For each of
those an automaton of its own, which knows more of the rule, says whether it may. What was said of a line holds as long
as the line stands: after an edit only the lines that it changed are looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from cleaner.engine.conditions import may_fire, reads_gaps, reads_lines, text_filter
from cleaner.engine.prefilter import prefilter
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.view import View
from cleaner.packs.cache import kept, source_of
from cleaner.packs.grammar import Method, Rule

if TYPE_CHECKING:
    import re2

_MEMORY = 64 << 20
"""Bytes that the automaton of all rules may take; with less it is slower, and finds the same."""
_BY_BLOCK = frozenset({Method.REGEX, Method.LEXICON, Method.CHARS})
"""Methods that see one line at a time, as some repairs do."""


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

    One automaton holds the short filters of all rules; the long filter of a rule is compiled when a line first asks
    for it.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._long: dict[str, str] = {}
        self._own: dict[str, re2.Set] = {}
        self._stages: dict[tuple[Rule, ...], tuple[dict[str, int], list[int]]] = {}
        self.exact: set[str] = set()
        """Rules of which the short filter says all that the long one does."""
        self._lines, self._gaps = _Searched(), _Searched()
        filters = _kept_filters(rules)
        for rule in rules:
            self._add(rule, *filters[rule.id])
        self._lines.compile()
        self._gaps.compile()

    def _add(self, rule: Rule, short: str | None, long: str | None) -> None:
        if short is None or long is None or not (_is_known(short) and _is_known(long)):
            return
        (self._gaps if reads_gaps(rule) else self._lines).add(rule.id, short)
        self._long[rule.id] = long
        if short == long:
            self.exact.add(rule.id)

    def of_line(self, line: str) -> Sequence[str]:
        """The rules whose short filter matches in ``line``."""
        return self._lines.hits(line)

    def of_gaps(self, text: str) -> Sequence[str]:
        """The rules that see white space about the lines, too, whose filter matches in ``text``."""
        return self._gaps.hits(text)

    def asked(self, rules: Sequence[Rule], hits: Iterable[str]) -> Iterator[Rule]:
        """Those of ``rules`` that are in ``hits`` or have no short filter, in order: of thousands a few."""
        stage = tuple(rules)
        if stage not in self._stages:
            places = {rule.id: place for place, rule in enumerate(stage)}
            self._stages[stage] = places, [place for id_, place in places.items() if id_ not in self._long]
        places, free = self._stages[stage]
        return (stage[place] for place in sorted([*free, *(places[id_] for id_ in hits if id_ in places)]))

    def own(self, rule: Rule) -> re2.Set | None:
        """The long filter of a rule, None if it has none."""
        found = self._own.get(rule.id)
        if found is not None:
            return found
        pattern = self._long.get(rule.id)
        if pattern is None:
            return None
        found = _searched()
        found.Add(pattern)
        found.Compile()
        self._own[rule.id] = found
        return found


class _Searched:
    """One automaton for the filters of many rules."""

    def __init__(self) -> None:
        self._set, self._ids = _searched(), list[str]()

    def add(self, rule: str, pattern: str) -> None:
        """Take the filter of a rule in."""
        self._set.Add(pattern)
        self._ids.append(rule)

    def compile(self) -> None:
        """Nothing is added any more."""
        self._set.Compile()

    def hits(self, text: str) -> Sequence[str]:
        """The rules whose filter matches in ``text``: all of them, if RE2 cannot read it."""
        try:
            found = self._set.Match(text.encode()) if self._ids else None
        except UnicodeEncodeError:  # half a surrogate pair
            return self._ids
        return [self._ids[index] for index in found] if found else ()


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
    """The fast trigger of one rule set, for one document: it holds what it found on the lines that it has seen."""

    def __init__(self, rules: RuleSet) -> None:
        self._filters = _filters(tuple(rules))
        self._seen: View | None = None
        self._known: dict[str, Sequence[str]] = {}
        self._confirmed: dict[tuple[str, str], bool] = {}
        self._places: dict[str, list[int]] = {}

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[tuple[Rule, View]]:
        """The rules that can fire, those that see one line at a time with the lines on which they can."""
        if view is not self._seen:
            self._look_at(view)
        found = []
        for rule in self._filters.asked(rules, self._places):
            if rule.places and not any(p in view.document.text for p in rule.places):
                continue
            seen = self._narrowed(rule, view)
            if seen is not None and may_fire(rule, view):
                found.append((rule, seen))
        return found

    def _look_at(self, view: View) -> None:
        """Note on which lines which rules may fire; for those that see white space there is no line to be named."""
        self._seen = view
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(view.texts):
            hits = self._known.get(line)
            if hits is None:
                hits = self._known[line] = self._filters.of_line(line)
            for rule in hits:
                places[rule].append(place)
        self._places = places | {rule: [] for rule in self._filters.of_gaps(view.text)}

    def _narrowed(self, rule: Rule, view: View) -> View | None:
        """What a rule is to see; None if it can find nothing."""
        own = None if rule.id in self._filters.exact else self._filters.own(rule)
        places: Sequence[int] = self._places.get(rule.id) or range(len(view.blocks))
        if own is not None:
            places = [place for place in places if self._confirms(own, rule, view.texts[place])]
        by_line = rule.by in _BY_BLOCK or reads_lines(rule)
        if own is None and not (by_line and rule.id in self._filters.exact):
            return view
        if not places:
            return None
        return replace(view, blocks=tuple(view.blocks[i] for i in places), found={}) if by_line else view

    def _confirms(self, own: re2.Set, rule: Rule, line: str) -> bool:
        """Whether the long filter of a rule matches in ``line``."""
        found = self._confirmed.get((rule.id, line))
        if found is None:
            try:
                found = own.Match(line.encode()) is not None
            except UnicodeEncodeError:  # half a surrogate pair, which RE2 does not read
                found = True
            self._confirmed[rule.id, line] = found
        return found


@lru_cache(maxsize=8)
def _filters(rules: tuple[Rule, ...]) -> _Filters:
    return _Filters(rules)


_DERIVING = (
    "cleaner.engine.prefilter",
    "cleaner.engine.conditions",
    "cleaner.engine.repairs.page_marks",
)
"""Modules that say what a filter is: what an older one of them said may leave out a rule."""


def _kept_filters(rules: Sequence[Rule]) -> Mapping[str, Sequence[str | None]]:
    """The short and the long filter of every rule: to derive them takes longer than to compile them."""
    sources = {rule.id: repr((rule.by, rule.match, rule.entries, rule.map, rule.code)) for rule in rules}
    code = {name: source_of(name) for name in _DERIVING}
    return kept(
        {**code, **{name: text.encode("utf-8", "surrogatepass") for name, text in sources.items()}},
        lambda: {rule.id: [_filter_of(rule, short) for short in (True, False)] for rule in rules},
    )


def _filter_of(rule: Rule, short: bool) -> str | None:
    return prefilter(rule, short) if rule.by in _BY_BLOCK else text_filter(rule)
