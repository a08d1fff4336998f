"""Marks in examples: ``⟦before→after⟧`` -> the text and the edits that are expected on it.

``⏎`` stands for a line end, inside and outside marks, so that an example stays on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"⟦([^⟦⟧→]*)→([^⟦⟧→]*)⟧")


class MarkError(ValueError):
    """An example whose marks cannot be read."""


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """An expected edit, in the frame of the unmarked text."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An example without its marks: the text before, the text after, the edits between them."""

    text: str
    restored: str
    edits: tuple[Expected, ...]


def read_marks(example: str) -> Marked:
    """Read one example.

    Raises:
        MarkError: a bracket without its partner or without an arrow.
    """
    example = example.replace("⏎", "\n")
    text: list[str] = []
    restored: list[str] = []
    edits: list[Expected] = []
    cursor = length = 0
    for mark in _MARK.finditer(example):
        plain = example[cursor : mark.start()]
        before, after = mark.groups()
        start = length + len(plain)
        edits.append(Expected(start, start + len(before), before, after))
        text += [plain, before]
        restored += [plain, after]
        length = start + len(before)
        cursor = mark.end()
    text.append(example[cursor:])
    restored.append(example[cursor:])
    joined = "".join(text)
    if set("⟦⟧") & set(joined):
        message = f"an unreadable mark in example {example[:40]!r}"
        raise MarkError(message)
    return Marked(joined, "".join(restored), tuple(edits))
