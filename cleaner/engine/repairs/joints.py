"""Does a text go on with what stands before it, does it begin afresh, or is it the rest of something else?

Three readings of a joint compete: the next characters continue the last one; they begin a sentence of their own;
they are the rest of another sentence, and what stood between is lost. Each is a likelihood of a character model
(:mod:`cleaner.engine.repairs.data`), with what the document shows of the heads of its own paragraphs. How many of
a document's open ends are cuts is learnt from the odds of all of them (expectation maximisation over their share),
so a page scan, where all are, is not judged like a newspaper page, where few are. Measured on
reports that the tables were not counted on, six joints each: 98 of 100 are joined where all are cuts, 2 of 100
where no rest is in its place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import regex

from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.cohesion import Bigrams, corpus_bigrams, read_pairs, symbol
from cleaner.engine.repairs.data import build_sentence_heads
from cleaner.engine.repairs.data.build_bigrams import plain
from cleaner.engine.repairs.edges import end_as_meant, head_as_meant
from cleaner.engine.repairs.seams import Ending, ending, opens_with_head
from cleaner.engine.repairs.tallies import Pairs, pairs_in
from cleaner.engine.view import View

_CONSTANT, _FIRST, _SECOND = 0.6, 0.93, 0.78
"""Logistic weights of the two ratios, fitted on 7,368 joints of the reports."""

_MOST = 6.0
"""A ratio says no more than this (natural logarithm): the tables are small."""

_UNSEEN = -1.6
"""Weight of a pair that is not in the tables: 17 of 100 true joints have one, 88 of 100 stray rests."""

_FORBIDDEN = -2.1, -3.2
"""Weight of a pair that calls for another neighbour, against a new sentence and against a stray rest: 1.6 of 100
true joints have one, 13 of 100 heads of paragraphs, 27 of 100 stray rests."""

_COMMA, _SCRAPPED, _LAST = 2.5, 1.5, 4.0
"""Weight of a comma at the end, which no paragraph has, of a head of one or two characters before a mark, and of one
character before a stop."""

_RUN_ON = 0.22
"""Share of sentence rests that look like a run-in head, being short and without a comma."""

_CUTS = 0.7
"""The share of cuts among open ends before any was looked at; that belief counts for one end."""

_STRAY = 0.015
"""Rests of something else to one rest in its place: too few for a document to say how many it has."""

_ROUNDS = 20
_OWN = 1
"""What the document itself shows weighs so many times what the corpus shows (3 was no better)."""

_MIDST = "·"
_TOP = 50.0
_SYMBOLS = 4000
_SCRAP = regex.compile(r"\p{Han}{1,2}[。；]|\p{Han}[，、]")
_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")


_LOST, _FITS = 0.15, 4.0
"""Where the next text is not the rest, how often there is none at all, else one of the texts that follow is it; the
most that one of them says."""

LEAST_ELSEWHERE = _LOST
"""What :meth:`Joints.elsewhere` gives at the least."""

REACH = 8
"""Texts further on that are looked at for the rest."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Log-odds that a text goes on with another: against beginning ``afresh``, against being a ``stray`` rest.

    ``elsewhere`` goes with beginning afresh: how likely it is that the rest stands further on (:meth:`Joints.elsewhere`).
    """

    afresh: float
    stray: float
    elsewhere: float = 1.0


SURE = Odds(8.0, 8.0)
"""Odds of a joint that its marks decide."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Pairs of the corpus, and those of the document at hand, which weigh more."""

    corpus: Bigrams
    own: Pairs
    known: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def pair(self, pair: str) -> float:
        return self.corpus.pairs.get(pair, 0) + _OWN * self.own.pairs.get(pair, 0)

    def head(self, char: str) -> float:
        return self._of(char)[0]

    def kinds(self, char: str) -> float:
        return self._of(char)[1]

    def anywhere(self, char: str) -> float:
        """The share of a character among all."""
        return self._of(char)[2]

    def _of(self, char: str) -> tuple[float, float, float]:
        """How often ``char`` heads a pair, how many kinds follow it, its share: worked out once a document."""
        found = self.known.get(char)
        if found is None:
            seen = self.corpus.tails[char] + _OWN * self.own.tail(char)
            found = self.known[char] = (
                self.corpus.heads[char] + _OWN * self.own.head(char),
                max(self.corpus.kinds[char], self.own.kinds(char)),
                (seen + 0.5) / (self.total + _SYMBOLS),
            )
        return found

    @property
    def total(self) -> float:
        return self.corpus.total + _OWN * self.own.total


@dataclass(frozen=True, slots=True)
class _Sentences:
    """How sentences begin, in the corpus and in the document at hand."""

    corpus: Bigrams
    pairs: Counter[str]
    heads: Counter[str]
    total: int

    @classmethod
    def of(cls, text: str, bare: str) -> _Sentences:
        """Count the sentences of ``text``; ``bare`` is what ``plain`` makes of it."""
        running = build_sentence_heads.running_text(text)
        found = build_sentence_heads.heads_in(bare if running == text else plain(running))
        corpus = _corpus_sentences()
        heads = Counter(head[0] for head in found)
        return cls(corpus, Counter(found), heads, corpus.total + _OWN * len(found))

    def pair(self, pair: str) -> float:
        return self.corpus.pairs.get(pair, 0) + _OWN * self.pairs[pair]

    def head(self, char: str) -> float:
        return self.corpus.heads[char] + _OWN * self.heads[char]


@dataclass(frozen=True, slots=True)
class Joints:
    """What tells whether a text goes on: sentence heads and pairs, and how many paragraphs open with a run-in head."""

    sentences: _Sentences
    pairs: _Counts
    run_in: float

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> Joints:
        """The shipped tables, with what the paragraphs of a document add to them."""
        # a paragraph's own head is in question: only what begins after a stop is a sentence for certain
        text = "\n".join(_MIDST + paragraph for paragraph in paragraphs)
        bare = plain(text)
        run_in = sum(map(opens_with_head, paragraphs))
        return cls(
            _Sentences.of(text, bare),
            _Counts(corpus_bigrams(), pairs_in(bare)),
            (run_in + 1.5) / (len(paragraphs) + 10),
        )

    @classmethod
    def of_view(cls, view: View, least: int, until: int | None = None) -> Joints:
        """What the blocks of a view of ``least`` characters say, of those that end at ``until`` at the latest."""
        whole = until is None or not view.blocks or view.blocks[-1].end <= until
        stop = len(view.text) if until is None else until
        return view.once(
            f"joints {least}" if whole else f"joints {least} {until}",
            lambda: cls.of(
                [t for b, t in zip(view.blocks, view.texts, strict=True) if len(t) >= least and b.end <= stop]
            ),
        )

    def odds(self, left: str, right: str) -> Odds | None:
        """The odds that ``right`` goes on with ``left``, before it is known how common cuts are in the document.

        None where the tables say nothing: a number or a Latin word may have been cut, or a character stands at
        the joint that they do not hold.
        """
        odds = self._of_rest(left, right)
        if odds is not None and ending(left) is Ending.COMMA:
            return Odds(odds.afresh + _COMMA, odds.stray)
        return odds

    def elsewhere(self, left: str, others: Iterable[str]) -> float:
        """How much likelier the texts further on are if the rest of ``left`` is one of them, or lost, than if none is.

        Half a sentence calls for its rest. If the next text is not it, one of ``others`` is: of planted ones, one
        further on fits better in 93 of 100, but only in 7 of 100 where the next one is the rest.
        """
        found = (self._of_rest(left, other) for other in others)
        fits = sum(math.exp(min(_FITS, odds.afresh)) for odds in found if odds is not None)
        return _LOST + (1 - _LOST) * fits / REACH

    def _of_rest(self, left: str, right: str) -> Odds | None:
        left, right = end_as_meant(left), head_as_meant(right)
        comma = ending(left) is Ending.COMMA
        last, first = "" if comma else symbol(left[-1]), symbol(right[0])
        if not first or not (last or comma) or (last == first and first in "0A"):
            return None
        afresh = _CONSTANT + _FIRST * _bounded(self._first(last, first))
        afresh += _SECOND * _bounded(self._second(first, right)) + self._shape(right)
        stray = 0.0 if comma else max(_UNSEEN, self._bond(last, first))
        if bonds().forbids(left, right):
            return Odds(afresh + _FORBIDDEN[0], stray + _FORBIDDEN[1])
        return Odds(afresh, stray)

    def _first(self, left: str, char: str) -> float:
        """Log of how much likelier ``char`` is after ``left`` than at the head of a sentence."""
        begins = (self.sentences.head(char) + 20 * self.pairs.anywhere(char)) / (self.sentences.total + 20)
        return math.log(self._after(left, char) / begins)

    def _second(self, first: str, right: str) -> float:
        """Log of how much likelier the second character is in running text than where a sentence begins."""
        rest = _NUMBER.sub("0", right[:12])
        char = symbol(rest[1]) if len(rest) > 1 else ""
        if not char:
            return 0.0
        after = self._after(first, char)
        begins = (self.sentences.pair(first + char) + after) / (self.sentences.head(first) + 1)
        return math.log(after / begins)

    def _bond(self, left: str, char: str) -> float:
        """Log of how much likelier ``char`` is after ``left`` than anywhere."""
        return math.log(self._after(left, char) / self.pairs.anywhere(char))

    def _after(self, left: str, char: str) -> float:
        kinds = self.pairs.kinds(left)
        total = self.pairs.head(left) + kinds
        if not total:
            return self.pairs.anywhere(char)
        return (self.pairs.pair(left + char) + kinds * self.pairs.anywhere(char)) / total

    def _shape(self, right: str) -> float:
        """What the first sentence of ``right`` says: a scrap is a rest, a short one may be a run-in head."""
        if _SCRAP.match(right):
            return _SCRAPPED if right[1] not in "。；" else _LAST
        fresh = opens_with_head(right)
        return math.log(_RUN_ON / self.run_in if fresh else (1 - _RUN_ON) / (1 - self.run_in))


@cache
def _corpus_sentences() -> Bigrams:
    table = resources.files("cleaner.engine.repairs.data").joinpath("sentence_heads.txt")
    return read_pairs(table.read_text(encoding="utf-8"))


def _bounded(ratio: float) -> float:
    return max(-_MOST, min(_MOST, ratio))


def believed(found: Sequence[Odds]) -> list[float]:
    """How far each of a document's joints may be believed, from 0 to 1, given the odds of all of them.

    The share of cuts is the one that explains the odds best, held near the prior where there are few.
    """
    share = _CUTS
    beliefs: list[float] = []
    for _ in range(_ROUNDS):
        beliefs = [_belief(joint, share) for joint in found]
        share = (sum(beliefs) + _CUTS) / (len(found) + 1)
    return beliefs


def _belief(joint: Odds, share: float) -> float:
    afresh = (1 - share) / share * joint.elsewhere * math.exp(min(_TOP, -joint.afresh))
    return 1 / (1 + afresh + _STRAY * math.exp(min(_TOP, -joint.stray)))
