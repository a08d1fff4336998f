"""Text that is printed more than once: blocks, sentences, clauses."""

from __future__ import annotations

import random
from collections.abc import Iterator

import regex

from cleaner.offsets import Span
from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import (
    all_lines,
    apart,
    is_han,
    matches,
    midst,
    paragraphs,
    sentences,
    separator,
    weighted,
)
from cleaner.testing.damage.words import shapes

_BLOCK_KINDS = (("exact", 3), ("noisy", 3), ("cut", 2), ("run", 2))
_TIMES = (("2", 3), ("3", 3), ("4", 2), ("5", 1), ("6", 1))
_CLAUSE = regex.compile(r"(?<=[，；。])[^，。；：！？“”（）、\n]{6,30}[，；](?=[^\n])")
_SHORTEST = 40
"""Characters of the shortest block that is copied: a shorter one may come back by design."""


def duplicate_blocks(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """``density`` blocks are printed a second time: exact, noisy, cut, or a run of paragraphs.

    The copy stands up to five blocks after the block. Two kinds may stand right before it, where the place says
    nothing about which is the copy: a noisy reading, and a block that breaks off and begins anew.
    """
    spans = all_lines(text)
    order = {span: i for i, span in enumerate(spans)}
    drawn = [s for s in paragraphs(text, _SHORTEST) if 0 < order[s] < len(spans) - 3]
    busy: set[int] = set()
    left = round(density)
    for span in rng.sample(drawn, len(drawn)):
        kind = weighted(rng, _BLOCK_KINDS)
        own = range(order[span], order[span] + (rng.randint(2, 3) if kind == "run" else 1))
        if left and busy.isdisjoint(range(own.start - 1, own.stop + 1)):
            busy.update(own)
            left -= 1
            yield _copy(text, spans, own, kind, rng)


def _copy(text: str, spans: list[Span], own: range, kind: str, rng: random.Random) -> Change:
    whole = text[spans[own.start].start : spans[own.stop - 1].end]
    printed = {"noisy": _misread, "cut": _broken_off}.get(kind, _as_it_is)(whole, rng)
    if rng.random() < {"noisy": 0.3, "cut": 0.6}.get(kind, 0):
        at = spans[own.start - 1].end
    else:
        at = spans[min(own.stop - 1 + rng.randint(0, 5), len(spans) - 1)].end
    return Change(at, at, separator(text) + printed, kind)


def _as_it_is(whole: str, rng: random.Random) -> str:  # noqa: ARG001
    return whole


def _broken_off(whole: str, rng: random.Random) -> str:
    places = midst(whole, Span(0, len(whole)), min(30, len(whole) // 3))
    return whole[: rng.choice(places)] if places else whole[:-8]


def _misread(whole: str, rng: random.Random) -> str:
    """A second reading: 1.5 % of the characters, one at least, are look-alikes or were dropped."""
    table = shapes()
    chars = list(whole)
    sites = [i for i, char in enumerate(chars) if is_han(char)]
    for i in rng.sample(sites, max(1, round(len(sites) * 0.015))):
        chars[i] = rng.choice(table[chars[i]]) if chars[i] in table else ""
    return "".join(chars)


def repetition_loops(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """``density`` sentences or clauses are printed two to six times in a row."""
    whole = [s for p in paragraphs(text) for s in sentences(text, p) if 8 <= len(s) <= 80]
    clauses = list(matches(_CLAUSE, text))
    by_clause = sum(rng.random() < 0.5 for _ in range(round(density)))
    drawn = [(s, "clause") for s in apart(clauses, rng, by_clause)]
    drawn += [(s, "sentence") for s in apart(whole, rng, round(density) - by_clause)]
    for span, kind in sorted(drawn):
        times = int(weighted(rng, _TIMES))
        copy = text[span.start : span.end]
        yield Change(span.start, span.end, copy * times, f"{kind} ×{times}")
