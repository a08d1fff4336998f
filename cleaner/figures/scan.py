"""Looking through a whole text at the speed of its rarest part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def found_at(pattern: re.Pattern[str], text: str, opening: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, where every match begins at one of ``opening``.

    An ``opening`` takes one character and looks around it. Patterns that begin with a look-behind or with something
    optional are tried at every place of a text; a class of characters is searched a hundred times as fast.
    """
    return found_from(pattern, text, (place.start() for place in opening.finditer(text)))


def found_from(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, where every match begins at one of ``starts``, which ascend."""
    end = 0
    for start in starts:
        found = pattern.match(text, start) if start >= end else None
        if found is not None:
            end = found.end()
            yield found


def with_line_feeds(text: str, marks: Iterable[str]) -> str:
    """``text`` with a line feed for each of ``marks``: one search backwards finds the nearest of them."""
    for mark in marks:
        text = text.replace(mark, "\n")
    return text
