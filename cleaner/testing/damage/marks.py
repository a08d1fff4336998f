"""Damage to marks and white space: half width, stray spaces."""

from __future__ import annotations

import random
from collections.abc import Iterator

import regex

from cleaner.offsets import Span
from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import apart, matches, wanted, weighted

_HALF = {"，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?"}
_MARK = regex.compile(r"(?<=[\p{Han}”》）0-9%])[，。；：！？](?=[\p{Han}“《（]|$)")
_PAIR = regex.compile(r"（[\p{Han}、]{1,20}）|“[\p{Han}、]{1,14}”")
_ASCII_PAIRS = {"（": ("(", ")"), "“": ('"', '"')}

_DIGIT_EDGE = regex.compile(r"(?<=\p{Han})(?=[0-9])|(?<=[0-9%])(?=\p{Han})")
_BETWEEN_HAN = regex.compile(r"(?<=\p{Han})(?=\p{Han})")
_BESIDE_MARK = regex.compile(r"(?<=\p{Han})(?=[，。；、])|(?<=[，。；、])(?=\p{Han})")
_WORD = regex.compile(r"\p{Han}{3,6}")
_SPACES = (("beside digit", 4), ("between Han", 3), ("beside mark", 2), ("letter-spaced", 1))
_PATTERNS = {
    "beside digit": _DIGIT_EDGE,
    "between Han": _BETWEEN_HAN,
    "beside mark": _BESIDE_MARK,
    "letter-spaced": _WORD,
}


def punctuation_width(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """Half-width marks in Chinese sentences, one in eight a pair; never between two figures (14.6：41.8)."""
    count = wanted(text, density)
    pairs = apart(matches(_PAIR, text), rng, count // 8)
    busy = {p for span in pairs for p in range(span.start - 2, span.end + 2)}
    singles = (s for s in matches(_MARK, text) if s.start not in busy)
    for span in apart(singles, rng, count - len(pairs)):
        space = " " if rng.random() < 0.15 and text[span.end : span.end + 1].strip() else ""
        yield Change(span.start, span.end, _HALF[text[span.start]] + space, "single")
    for number, span in enumerate(pairs):
        opening, closing = _ASCII_PAIRS[text[span.start]]
        yield Change(span.start, span.start + 1, opening, "pair", f"pair {number}")
        yield Change(span.end - 1, span.end, closing, "pair", f"pair {number}")


def stray_spaces(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """Spaces beside figures and marks, inside words, and between all characters of a word."""
    count = wanted(text, density)
    kinds = [weighted(rng, _SPACES) for _ in range(count)]
    pool: list[tuple[Span, str]] = []
    for kind in sorted(set(kinds)):
        found = apart(matches(_PATTERNS[kind], text), rng, kinds.count(kind))
        pool += [(span, kind) for span in found]
    last = -10
    for span, kind in sorted(pool):
        if span.start < last + 4:
            continue
        last = span.end
        space = rng.choices([" ", "  ", "　"], [8, 1, 1])[0]
        inner = range(span.start + 1, span.end) if kind == "letter-spaced" else [span.start]
        for at in inner:
            yield Change(at, at, space, kind)
