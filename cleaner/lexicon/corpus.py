"""The texts that a lexicon is built from, place by place, as they read without wraps and page matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document
from cleaner.packs.load import shipped_packs
from cleaner.reading.identity import UNKNOWN

RUN = regex.compile(r"[\u4e00-\u9fff]+")
_PLACES = 3
"""A pair of characters that documents of so many places print is a word, and no name of one place."""
_LEFT_OUT = frozenset({"repeats", "stitch", "script", "wording"})
"""Stages that change words, or take away what was printed twice: the counts are of what was printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document: its name, its place, and its text joined into paragraphs."""

    doc: str
    place: str
    text: str

    def runs(self) -> Iterator[tuple[int, str]]:
        """Start and characters of every unbroken run of Han characters."""
        return ((m.start(), m.group()) for m in RUN.finditer(self.text))


def joined(documents: Iterable[Document], place: str = "") -> Iterator[Text]:
    """Documents without wraps, page matter and spaces inside words; their wording stays as it was printed.

    Args:
        documents: what ``cleaner.read`` gave.
        place: the place of all of them; without it each says its own.
    """
    rules = RuleSet.of(r for pack in shipped_packs() for r in pack.rules if pack.stage not in _LEFT_OUT)
    for document in documents:
        yield Text(document.doc, place or document.place, restore(document, rules, Settings()).text)


def by_place(texts: Iterable[Text]) -> Mapping[str, Sequence[Text]]:
    """Texts whose place is known, grouped by it."""
    groups: defaultdict[str, list[Text]] = defaultdict(list)
    for text in texts:
        if text.place != UNKNOWN:
            groups[text.place].append(text)
    return {place: groups[place] for place in sorted(groups)}


def common_pairs(texts: Iterable[Text]) -> frozenset[str]:
    """Pairs of characters that are no surprise: those of clean reports, and what several places print."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        for pair in {a + b for _, run in text.runs() for a, b in pairwise(run)}:
            places[pair].add(text.place)
    spread = Counter({pair: len(found) for pair, found in places.items()})
    return frozenset(corpus_bigrams().pairs) | {pair for pair, seen in spread.items() if seen >= _PLACES}
