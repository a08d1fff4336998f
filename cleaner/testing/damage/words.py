"""Damage to single words: foreign, doubled, look-alike, dropped, in the other script."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from cleaner.offsets import Span
from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import apart, is_han, matches, paragraphs, sentences, wanted, weighted

_CONJUNCTION = regex.compile(
    r"(?<=[\p{Han}”》])(?<![共总饱缓温调祥融谦柔随平附中说])和(?![谐平睦解美气蔼善顺煦约缓亲])(?=[\p{Han}“《])"
)
_FOREIGN = ((" and ", 8), ("and", 2))
_HAN_RUN = regex.compile(r"\p{Han}{2,}")


def foreign_words(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """和 between two words, in English: the slip of a language model."""
    for span in apart(matches(_CONJUNCTION, text), rng, wanted(text, density)):
        printed = weighted(rng, _FOREIGN)
        yield Change(span.start, span.end, printed, "spaced" if printed[0] == " " else "bare")


def doubled(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """A character (开工工率) or a word of two (文化文化) printed twice."""
    words = words_of(text)
    sites = [
        s for s in _bigrams(text) if text[s.start : s.end] in words and text[s.start] != text[s.start + 1]
    ]
    for span in apart(sites, rng, wanted(text, density)):
        word = text[span.start : span.end]
        if rng.random() < 0.4:
            yield Change(span.end, span.end, word, "word")
        else:
            at = span.start + rng.randint(1, 2)
            yield Change(at, at, text[at - 1], "character")


def lookalikes(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """A character read as another of the same shape, from the table beside this module."""
    table = confusions()
    sites = [
        Span(i, i + 1)
        for span in paragraphs(text)
        for i in range(span.start, span.end)
        if text[i] in table and is_han(text[i - 1 : i] or "") and i > span.start
    ]
    for span in apart(sites, rng, wanted(text, density)):
        yield Change(span.start, span.end, rng.choice(table[text[span.start]]), "look-alike")


def dropped(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """A character of a word that the document prints elsewhere is missing."""
    words = words_of(text)
    sites = [s for s in _bigrams(text) if text[s.start : s.end] in words]
    for span in apart(sites, rng, wanted(text, density)):
        at = span.start + rng.randint(0, 1)
        yield Change(at, at + 1, "", "character")


def minority_script(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """Words of one to four characters in the traditional script, as their sentence would be written in it.

    A word is used only if OpenCC reads it back to what stood there, so that the truth can be known.
    """
    for span in apart(_convertible(text, rng), rng, wanted(text, density)):
        printed = _converter("s2t").convert(text[span.start : span.end])
        yield Change(span.start, span.end, printed, f"{len(span)} characters")


def _convertible(text: str, rng: random.Random) -> Iterator[Span]:
    forth, back = _converter("s2t"), _converter("t2s")
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            plain = text[sentence.start : sentence.end]
            other = forth.convert(plain)
            if len(other) != len(plain):
                continue
            for i in (i for i in range(len(plain)) if plain[i] != other[i]):
                start = max(0, i - rng.randint(0, 1))
                end = min(len(plain), i + rng.randint(1, 3))
                word = plain[start:end]
                if (
                    is_han(word)
                    and forth.convert(word) == other[start:end]
                    and back.convert(other[start:end]) == word
                ):
                    yield Span(sentence.start + start, sentence.start + end)


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def words_of(text: str, least: int = 3) -> frozenset[str]:
    """Words of two Han characters: pairs that ``text`` prints ``least`` times, with as many neighbours on each side.

    A pair that lies across two words, or inside a longer one (会主 in 社会主义), has few neighbours.
    """
    left: dict[str, set[str]] = {}
    right: dict[str, set[str]] = {}
    for span in _bigrams(text):
        word = text[span.start : span.end]
        left.setdefault(word, set()).add(text[span.start - 1 : span.start])
        right.setdefault(word, set()).add(text[span.end : span.end + 1])
    return frozenset(
        w for w in left if len(left[w]) >= least and len(right[w]) >= least and _free(w, left, right)
    )


def _free(word: str, left: dict[str, set[str]], right: dict[str, set[str]]) -> bool:
    """Whether ``word`` both begins and ends a run of Han characters somewhere."""
    return not all(map(is_han, left[word])) and not all(map(is_han, right[word]))


def _bigrams(text: str) -> Iterator[Span]:
    for run in matches(_HAN_RUN, text):
        for i in range(run.start, run.end - 1):
            yield Span(i, i + 2)


_OFTEN = 20
"""A pair counts so many times at most: one bad glyph of one face should not be every other misreading."""


@cache
def shapes() -> dict[str, str]:
    """Every character of the table compiled by hand with those of its shape."""
    table: dict[str, set[str]] = {}
    for group in _lines("lookalikes.txt"):
        for char in group:
            table.setdefault(char, set()).update(set(group) - {char})
    return {char: "".join(sorted(others)) for char, others in sorted(table.items())}


@cache
def confusions() -> dict[str, str]:
    """Every character with those that it is read as, a frequent misreading several times over.

    The shapes, and what Tesseract read on rendered pages (``benchmarks/ocr``).
    """
    table = dict(shapes())
    for line in _lines("ocr_confusions.txt"):
        wrong, right, times = line.split(" ")
        table[right] = table.get(right, "") + wrong * min(int(times), _OFTEN)
    return {char: "".join(sorted(others)) for char, others in sorted(table.items())}


def _lines(name: str) -> list[str]:
    text = files("cleaner.testing.damage").joinpath(name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
