"""What must stand in a text before a structural repair can find anything in it: cheap to see, and true of few texts.

A repair by code has no pattern from which a filter could be derived, so its condition is written down here: a
pattern for RE2, or a question to the text. Each is necessary and none is sufficient; a repair that is not listed is
always asked. Tests hold that repairs propose nothing where their condition fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import regex

from cleaner.engine.prefilter import HAN, SPACES
from cleaner.engine.view import View
from cleaner.packs.grammar import Method, Rule

_GAP = r"[ \x{3000}]"
_FILTERS: Mapping[str, str] = {
    "spaces.letter_spaced": rf"[{HAN}]{_GAP}+[{HAN}]{_GAP}+[{HAN}]",
    "spaces.between_han": rf"[{HAN}，、；：。！？”’）]{_GAP}+[{HAN}“‘《（]",
    "spaces.beside_latin": rf"[{HAN}，。；：、（“”）] +[A-Z]|[A-Z][A-Za-z0-9.+/&-]* +[{HAN}，。；：、）”]",
    "blank.trailing_spaces": rf"[{SPACES}](?:\n|\z)",
    "blank.odd_spaces": r"[\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}]",
    "lists.headings_in_lists": r"[。；：:][0-9]{1,2}[.．]",
}
"""Patterns of repairs whatever their parameters."""


def text_filter(rule: Rule) -> str | None:
    """A pattern for RE2 without which a repair proposes nothing; None where there is none."""
    if is_dear(rule):
        from cleaner.engine.repairs.formulae import trace

        return trace(rule.parameters["formulae"])
    return _FILTERS.get(rule.code)


def is_dear(rule: Rule) -> bool:
    """Whether it takes longer to make the filter of a repair than to ask the repair on a small text."""
    return rule.code == "formulae.near_formulae"


def _has(*parts: str) -> Callable[[View], bool]:
    return lambda view: any(part in view.text for part in parts)


_WIDE_DIGIT = regex.compile("[０-９Ａ-Ｚａ-ｚ．]")
_QUESTIONS: Mapping[str, Callable[[View], bool]] = {
    "markup.bold_marks": _has("*", "__"),
    "markup.heading_marks": _has("#"),
    "markup.image_links": _has("![", "<"),
    "markup.code_fences": _has("```"),
    "markup.html_tables": _has("<"),
    "markup.html_tags": _has("<"),
    "markup.html_entities": _has("&"),
    "markup.latex_numbers": _has("$", "\\("),
    "width.straight_quotes": _has('"'),
    "width.full_width": lambda view: _WIDE_DIGIT.search(view.text) is not None,
    "blank.blank_line_runs": lambda view: "\n\n\n" in view.text or view.text.endswith("\n\n"),
    "blank.leading_blank_lines": lambda view: view.text[:1].isspace(),
}
"""Questions to the text alone."""


_HAN_BLOCK = range(0x4E00, 0xA000)


@cache
def _foreign(also: str) -> re.Pattern[str]:
    """Characters that simplified printing (GB 2312) does not have, and those of ``also``."""
    lacking = "".join(map(chr, _HAN_BLOCK))
    printed = frozenset(lacking.encode("gb2312", "ignore").decode("gb2312"))
    return re.compile("[" + "".join(c for c in lacking if c not in printed or c in also) + "]")


def may_fire(rule: Rule, view: View) -> bool:
    """Whether a structural repair can propose anything on ``view``, so far as its question tells."""
    if rule.by is Method.OPENCC:
        given = rule.parameters
        also = f"{given.get('also', '')}{given.get('in_words', '')}"
        return _foreign(also).search(view.text) is not None
    question = _QUESTIONS.get(rule.code)
    return question is None or question(view)
