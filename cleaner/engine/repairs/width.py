"""Width and shape of signs that one line cannot decide: the rest of the document is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleaner.engine.view import View
from cleaner.model import Candidate

_SETS: Mapping[str, tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]] = {
    "digits": (
        regex.compile(r"[０-９]+(?:[．，][０-９]+)*"),
        regex.compile(r"[０-９]"),
        regex.compile(r"[0-9]"),
    ),
    "letters": (
        regex.compile(r"[Ａ-Ｚａ-ｚ]+"),
        regex.compile(r"[Ａ-Ｚａ-ｚ]"),
        regex.compile(r"[A-Za-z]"),
    ),
    "points": (
        regex.compile(r"(?m)(?<!^[0-9]{1,3})(?<=[0-9])．(?=[0-9])"),
        regex.compile(r"(?m)(?<!^[0-9]{1,3})(?<=[0-9])．(?=[0-9])"),
        regex.compile(r"(?<=[0-9])\.(?=[0-9])"),
    ),
}
_TWO_WIDTHS = regex.compile(r"[0-9０-９]+(?:[.,][0-9０-９]+)*")
_FULL_DIGITS, _HALF_DIGIT = regex.compile(r"[０-９]+"), regex.compile(r"[0-9]")
_FUNCTION = regex.compile(r"=[A-Z]{2,}\(")
_PAIR = regex.compile(r"\"([^\"\n]{1,200})\"")
_HAN = regex.compile(r"\p{Han}")
_ENGLISH = regex.compile(r"(?:[A-Za-z][A-Za-z’'-]*[,;:.]?[ ]){2,}$")
_NEAR = 40
"""Characters before a quotation mark that say whether it stands in an English sentence."""


def full_width(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Full-width digits, letters or decimal points in a text that mostly writes them half-width.

    Args:
        view: the stage text.
        parameters: ``what``: ``digits``, ``letters`` or decimal ``points``; ``share``: the largest share of full-width signs
            that still counts as residue (0.4). A text that writes them full-width throughout is left alone.
    """
    run, full, half = _SETS[str(parameters.get("what", "digits"))]
    wide = len(full.findall(view.text))
    if not wide:
        return
    if run is _SETS["digits"][0]:
        yield from _of_two_widths(view)
    if wide > float(parameters.get("share", 0.4)) * (wide + len(half.findall(view.text))):
        return
    for match in run.finditer(view.text):
        after = unicodedata.normalize("NFKC", match.group())
        yield Candidate(match.start(), match.end(), after, why="全半角混用，从通篇写法")


def _of_two_widths(view: View) -> Iterator[Candidate]:
    """Full-width digits in a number that has half-width ones as well, whatever the text writes else: 18,２３６."""
    for match in _TWO_WIDTHS.finditer(view.text):
        if _HALF_DIGIT.search(match.group()):
            for digits in _FULL_DIGITS.finditer(view.text, match.start(), match.end()):
                after = unicodedata.normalize("NFKC", digits.group())
                yield Candidate(digits.start(), digits.end(), after, why="一个数里全半角混用")


def straight_quotes(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Pairs of straight double quotes around Chinese: “ and ”; lines of data or code and English sentences are left alone."""
    for block in view.blocks:
        line = view.content(block)
        if line.count('"') % 2 or '"' not in line or '="' in line or '":' in line or _FUNCTION.search(line):
            continue
        for pair in _PAIR.finditer(line):
            english = _ENGLISH.search(line[max(0, pair.start() - _NEAR) : pair.start()])
            if english or not _HAN.search(pair.group(1)):
                continue
            for at, after in ((pair.start(), "“"), (pair.end() - 1, "”")):
                yield Candidate(block.start + at, block.start + at + 1, after, why="直引号")
