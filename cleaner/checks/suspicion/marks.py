"""Marks that cannot stand as they do: one of a pair alone in its paragraph, a percent sign with a digit behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from cleaner.checks.suspicion.hanruns import Places, one_of
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.model import Severity

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_PERCENT = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?[%％][0-9](?![0-9.%％])")
_MARK = re.compile("[" + "".join([*_PAIRS, *_PAIRS.values()]) + "]")
_LAST = 0xFFFF
_PARTNERS = np.zeros(_LAST + 1, dtype=np.uint32)
_PARTNERS[[ord(mark) for mark in _PAIRS.values()]] = _LAST
_PARTNERS[[ord(mark) for mark in _PAIRS]] = [ord(mark) for mark in _PAIRS.values()]
"""What closes each mark; for the marks that close others, a code point that is no character."""
_CLOSING = {right: left for left, right in _PAIRS.items()}


def unpaired_marks(subject: Subject) -> Iterator[Suspicion]:
    """Quotation marks and brackets of a paragraph that nothing closes, or nothing opened."""
    for start, text in subject.prose_at(_mismatched(subject)):
        stack: list[tuple[str, int]] = []
        lone: list[int] = []
        for found in _MARK.finditer(text):
            mark = found.group()
            if mark in _PAIRS:
                stack.append((mark, found.start()))
            elif stack and stack[-1][0] == _CLOSING[mark]:
                stack.pop()
            else:
                lone.append(found.start())
        for place in sorted([*lone, *(p for _, p in stack)]):
            message = f"「{text[place]}」在本段没有与之成对的一半"
            english = f"{text[place]} has no partner in its paragraph"
            yield Suspicion(
                start + place, start + place + 1, "unpaired-mark", message, english, Severity.WARNING
            )


def _mismatched(subject: Subject) -> Places:
    """Marks of paragraphs that are no mere row of pairs, each closed before the next opens."""
    points = np.minimum(subject.runs.points, _LAST)
    places = np.flatnonzero(_PARTNERS.take(points) != 0)
    marks, lines = points[places], np.flatnonzero(points == ord("\n")).searchsorted(places)
    opens = (np.arange(len(places)) - lines.searchsorted(lines)) % 2 == 0
    opens[:-1] &= (lines[1:] != lines[:-1]) | (marks[1:] != _PARTNERS[marks[:-1]])
    found: Places = places[opens]
    return found


def digits_behind_percent(subject: Subject) -> Iterator[Suspicion]:
    """7.4%6, 5.19%0: what an engine reads for a percent or per mille sign. The last digits before it may be the sign's too."""
    for start, text in subject.prose_at(_percent_signs(subject)):
        for found in _PERCENT.finditer(text):
            message = f"“{found.group()}”的百分号后还有数字：符号被误认，或是千分号；前面的末位数字也须核对"
            english = "a digit follows the percent sign: the sign was misread, perhaps with the last digit before it"
            yield Suspicion(
                start + found.start(), start + found.end(), "odd-percent", message, english, Severity.WARNING
            )


def _percent_signs(subject: Subject) -> Places:
    """Percent signs with a digit behind them."""
    points = subject.runs.points
    places = np.flatnonzero(one_of(points, "%％"))
    found: Places = places[one_of(points[places + 1], "0123456789")]
    return found
