"""Marks that cannot stand as they do: one of a pair alone in its paragraph, a percent sign with a digit behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.model import Severity

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_PERCENT = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?[%％][0-9](?![0-9.%％])")
_PERCENT_SIGN = re.compile(r"[%％][0-9]")
_MARK = re.compile("[" + "".join([*_PAIRS, *_PAIRS.values()]) + "]")
_CLOSING = {right: left for left, right in _PAIRS.items()}


def unpaired_marks(subject: Subject) -> Iterator[Suspicion]:
    """Quotation marks and brackets of a paragraph that nothing closes, or nothing opened."""
    for start, text in subject.prose(_MARK):
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


def digits_behind_percent(subject: Subject) -> Iterator[Suspicion]:
    """7.4%6, 5.19%0: what an engine reads for a percent or per mille sign. The last digits before it may be the sign's too."""
    for start, text in subject.prose(_PERCENT_SIGN):
        for found in _PERCENT.finditer(text):
            message = f"“{found.group()}”的百分号后还有数字：符号被误认，或是千分号；前面的末位数字也须核对"
            english = "a digit follows the percent sign: the sign was misread, perhaps with the last digit before it"
            yield Suspicion(
                start + found.start(), start + found.end(), "odd-percent", message, english, Severity.WARNING
            )
