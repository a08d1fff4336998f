"""Quotation marks and brackets without a partner in their paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.model import Severity

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_CLOSING = {right: left for left, right in _PAIRS.items()}


def unpaired_marks(subject: Subject) -> Iterator[Suspicion]:
    """Quotation marks and brackets of a paragraph that nothing closes, or nothing opened."""
    for start, text in subject.prose():
        stack: list[tuple[str, int]] = []
        lone: list[int] = []
        for place, mark in enumerate(text):
            if mark in _PAIRS:
                stack.append((mark, place))
            elif mark in _CLOSING:
                if stack and stack[-1][0] == _CLOSING[mark]:
                    stack.pop()
                else:
                    lone.append(place)
        for place in sorted([*lone, *(p for _, p in stack)]):
            message = f"“{text[place]}”在本段没有与之成对的一半"
            english = f"{text[place]} has no partner in its paragraph"
            yield Suspicion(
                start + place, start + place + 1, "unpaired-mark", message, english, Severity.WARNING
            )
