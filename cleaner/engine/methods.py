"""One function per declarative method: a rule and a view give candidate edits.

Declarative rules see one block at a time, so that ``^`` and ``$`` are the block's ends and no pattern
can cross a line end. Offsets of candidates are in the frame of the view's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
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
    for block in view.blocks:
        if not rule.scope or block.type in rule.scope:
            yield block, view.content(block)


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile once per process."""
    return regex.compile(pattern)


def _vetoed(guards: tuple[str, ...], text: str, start: int, end: int, limit: float) -> bool:
    """Whether a match of a guard touches ``[start, end)`` of ``text``."""
    for guard in guards:
        for match in compiled(guard).finditer(text, timeout=limit):
            if match.start() <= end and start <= match.end():
                return True
    return False


def _by_regex(rule: Rule, view: View, limit: float) -> Iterator[Candidate]:
    pattern = compiled(rule.match)
    for block, text in _blocks(rule, view):
        for match in pattern.finditer(text, timeout=limit):
            start, end = match.span()
            if rule.unless and _vetoed(rule.unless, text, start, end, limit):
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
            guards = rule.unless + ((entry.unless,) if entry.unless else ())
            for match in _entry_pattern(entry).finditer(text, timeout=limit):
                if _vetoed(guards, text, match.start(), match.end(), limit):
                    continue
                why = f"{rule.title}：{entry.source}" if entry.source else rule.title
                yield Candidate(block.start + match.start(), block.start + match.end(), entry.right, why=why)


@cache
def _class_of(characters: str) -> regex.Pattern[str]:
    return regex.compile("[" + regex.escape(characters, special_only=False) + "]")


def _by_chars(rule: Rule, view: View, limit: float) -> Iterator[Candidate]:
    pattern = _class_of("".join(sorted(rule.map)))
    for block, text in _blocks(rule, view):
        for match in pattern.finditer(text, timeout=limit):
            if rule.unless and _vetoed(rule.unless, text, match.start(), match.end(), limit):
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
