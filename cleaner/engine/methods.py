"""One function per declarative method: a rule and a view give candidate edits.

Declarative rules see one block at a time, so that ``^`` and ``$`` are the block's ends and no pattern
can cross a line end. Offsets of candidates are in the frame of the view's text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import regex

from cleaner.engine.registry import repair_named
from cleaner.engine.view import View
from cleaner.model import Block, Candidate
from cleaner.packs.grammar import Entry, Method, Rule


class RuleTimeout(Exception):  # noqa: N818 (it is an event of a rule, named after what happened)
    """A rule that used up its time on one block."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


Proposer = Callable[[Rule, View, float], Iterator[Candidate]]


def propose(rule: Rule, view: View, time_limit: float) -> list[Candidate]:
    """All candidates of ``rule`` on ``view``.

    Raises:
        RuleTimeout: the rule took longer than ``time_limit`` seconds on one block.
    """
    try:
        return [c for c in _PROPOSERS[rule.by](rule, view, time_limit) if _changes(c, view)]
    except TimeoutError as error:
        raise RuleTimeout(rule.id) from error


def _changes(candidate: Candidate, view: View) -> bool:
    """Doubtful flags may point at text without a reading of their own."""
    return bool(candidate.group) or view.text[candidate.start : candidate.end] != candidate.after


def _blocks(rule: Rule, view: View) -> Iterator[tuple[Block, str]]:
    for block, text in zip(view.blocks, view.texts, strict=True):
        if not rule.scope or block.type in rule.scope:
            yield block, text


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile once per process."""
    return regex.compile(pattern)


class _Vetoes:
    """Where the guards of a rule match in one block; looked for once, when a match first asks."""

    def __init__(self, guards: Sequence[str], text: str, limit: float) -> None:
        self._guards, self._text, self._limit = guards, text, limit
        self._spans: list[tuple[int, int]] | None = None if guards else []

    def touch(self, start: int, end: int) -> bool:
        """Whether a match of a guard touches ``[start, end)`` of the block."""
        if self._spans is None:
            self._spans = self._found()
        at = bisect_left(self._spans, start, key=itemgetter(1))
        return at < len(self._spans) and self._spans[at][0] <= end

    def _found(self) -> list[tuple[int, int]]:
        """The stretches that guards match, those that touch taken together."""
        matches = (compiled(g).finditer(self._text, timeout=self._limit) for g in self._guards)
        joined: list[tuple[int, int]] = []
        for start, end in sorted(match.span() for each in matches for match in each):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined


def _by_regex(rule: Rule, view: View, limit: float) -> Iterator[Candidate]:
    pattern = compiled(rule.match)
    for block, text in _blocks(rule, view):
        vetoes = _Vetoes(rule.unless, text, limit)
        for match in pattern.finditer(text, timeout=limit):
            start, end = match.span()
            if vetoes.touch(start, end):
                continue
            after = _replacement(rule.replace, match)
            yield Candidate(block.start + start, block.start + end, after, why=rule.title)


def _replacement(replace: str | Mapping[str, str], match: regex.Match[str]) -> str:
    if isinstance(replace, str):
        return str(match.expand(replace))
    return "".join(replace.get(character, character) for character in match.group())


@cache
def _entry_pattern(entry: Entry) -> regex.Pattern[str]:
    left = f"(?<={entry.left})" if entry.left else ""
    right = f"(?={entry.right_context})" if entry.right_context else ""
    return regex.compile(left + regex.escape(entry.wrong) + right)


def _by_lexicon(rule: Rule, view: View, limit: float) -> Iterator[Candidate]:
    for block, text in _blocks(rule, view):
        for entry in rule.entries:
            if entry.wrong not in text:
                continue
            vetoes = _Vetoes(rule.unless + ((entry.unless,) if entry.unless else ()), text, limit)
            for match in _entry_pattern(entry).finditer(text, timeout=limit):
                if vetoes.touch(match.start(), match.end()):
                    continue
                why = f"{rule.title}：{entry.source}" if entry.source else rule.title
                yield Candidate(block.start + match.start(), block.start + match.end(), entry.right, why=why)


@cache
def _class_of(characters: str) -> regex.Pattern[str]:
    return regex.compile("[" + regex.escape(characters, special_only=False) + "]")


def _by_chars(rule: Rule, view: View, limit: float) -> Iterator[Candidate]:
    pattern = _class_of("".join(sorted(rule.map)))
    for block, text in _blocks(rule, view):
        vetoes = _Vetoes(rule.unless, text, limit)
        for match in pattern.finditer(text, timeout=limit):
            if vetoes.touch(match.start(), match.end()):
                continue
            start = block.start + match.start()
            yield Candidate(start, start + 1, rule.map[match.group()], why=rule.title)


def _by_opencc(rule: Rule, view: View, _limit: float) -> Iterator[Candidate]:
    parameters: dict[str, Any] = {**rule.parameters, "config": rule.config, "protect": rule.protect}
    return repair_named("script.minority_script")(view, parameters)


def _by_code(rule: Rule, view: View, _limit: float) -> Iterator[Candidate]:
    return repair_named(rule.code)(view, rule.parameters)


_PROPOSERS: Mapping[Method, Proposer] = {
    Method.REGEX: _by_regex,
    Method.LEXICON: _by_lexicon,
    Method.CHARS: _by_chars,
    Method.OPENCC: _by_opencc,
    Method.CODE: _by_code,
}
