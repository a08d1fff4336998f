"""Where damage may fall: paragraphs, runs of Han characters, places that keep their distance."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from cleaner.offsets import Span
from cleaner.reading.blocks import lines

HAN = regex.compile(r"[\p{Han}&&[^〇々〻]]", regex.V1)
STOPS = "。！？"
_MARKS = frozenset("，。；：、！？”’）》」』…—%％")
_SHORTEST = 20
"""Columns of the shortest line that counts as running text: below are titles, names, salutations."""


def is_han(text: str) -> bool:
    """Whether ``text`` is not empty and Han throughout."""
    return bool(text) and all(HAN.match(char) for char in text)


def all_lines(text: str) -> list[Span]:
    """The non-blank lines of ``text``, without indents."""
    found: list[Span] = []
    for start, end in lines(text):
        line = text[start:end]
        if line.strip():
            lead = start + len(line) - len(line.lstrip())
            found.append(Span(lead, lead + len(line.strip())))
    return found


def paragraphs(text: str, shortest: int = _SHORTEST) -> list[Span]:
    """Lines of running text: at least ``shortest`` characters, with a stop at the end or inside, no table."""
    return [
        span
        for span in all_lines(text)
        if len(span) >= shortest
        and any(stop in text[span.start : span.end] for stop in STOPS)
        and "\t" not in text[span.start : span.end]
    ]


def matches(pattern: regex.Pattern[str], text: str) -> Iterator[Span]:
    """Matches of ``pattern`` in the running text of ``text``."""
    for span in paragraphs(text):
        for found in pattern.finditer(text, span.start, span.end):
            yield Span(found.start(), found.end())


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a paragraph, each with its stop; what follows the last stop is none."""
    ends = [m.end() for m in regex.finditer(r"[。！？][”’）》]*", text[span.start : span.end])]
    bounds = [span.start, *(span.start + end for end in ends)]
    return [Span(a, b) for a, b in pairwise(bounds)]


def wanted(text: str, density: float) -> int:
    """How many plants ``density`` (plants per 10,000 characters) asks of ``text``: one at least."""
    return max(1, round(len(text) * density / 10_000))


def apart(spans: Iterable[Span], rng: random.Random, count: int, distance: int = 12) -> list[Span]:
    """Up to ``count`` of ``spans``, drawn at random, no two nearer than ``distance`` characters; in order."""
    pool = list(spans)
    rng.shuffle(pool)
    taken: set[int] = set()
    chosen: list[Span] = []
    for span in pool:
        if len(chosen) == count:
            break
        cells = range((span.start - distance) // distance, (span.end + distance) // distance + 1)
        if taken.isdisjoint(cells):
            taken.update(range(span.start // distance, span.end // distance + 1))
            chosen.append(span)
    return sorted(chosen)


def breakable(text: str, position: int) -> bool:
    """Whether a page may end before ``position`` in the middle of a sentence: no figure, word or mark is cut off.

    After a colon or semicolon it may not: paragraphs end there, too, and nobody could tell the one from the other.
    """
    left, right = text[position - 1], text[position]
    if right in _MARKS or left in STOPS + "：；“‘（《" or right.isspace() or left.isspace():
        return False
    return not (left.isascii() and right.isascii())


def midst(text: str, span: Span, margin: int = 15) -> list[int]:
    """Positions in the middle of a sentence of ``span`` where a page may end, ``margin`` from both its ends."""
    return [p for p in range(span.start + margin, span.end - margin) if breakable(text, p)]


def weighted(rng: random.Random, choices: Sequence[tuple[str, int]]) -> str:
    """One of ``choices``, each a name with its weight."""
    names, weights = zip(*choices, strict=True)
    return str(rng.choices(names, weights)[0])


def separator(text: str) -> str:
    """What sets the lines of ``text`` apart: one line end or two."""
    return "\n\n" if "\n\n" in text.strip("\n") else "\n"
