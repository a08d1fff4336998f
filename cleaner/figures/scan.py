"""Looking through a whole text at the speed of its rarest part."""

from __future__ import annotations

import re
from collections.abc import Iterator


def found_at(pattern: re.Pattern[str], text: str, opening: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, where every match begins at one of ``opening``.

    An ``opening`` takes one character and looks around it. Patterns that begin with a look-behind or with something
    optional are tried at every place of a text; a class of characters is searched a hundred times as fast.
    """
    end = 0
    for place in opening.finditer(text):
        start = place.start()
        found = pattern.match(text, start) if start >= end else None
        if found is not None:
            end = found.end()
            yield found


def with_line_feeds(text: str, marks: str) -> str:
    """``text`` with a line feed for each of ``marks``: one search backwards finds the nearest of them."""
    for mark in marks:
        text = text.replace(mark, "\n")
    return text
