"""Scraps of sentences: the last word of a lost one between two full stops, a paragraph whose first word lost its head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.checks.suspicion.hanruns import Places
from cleaner.checks.suspicion.pairs import FREE
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.model import BlockType, Severity

_KIND = "orphan-head"
_LONGEST_SCRAP = 3
_SCRAP = re.compile(rf"(?<=[\u4e00-\u9fff]。)([\u4e00-\u9fff]{{1,{_LONGEST_SCRAP}}})。")
_ANSWERS = frozenset("是对好行嗯否不可然")
"""What a sentence of a character or two may consist of, in speech."""
_HEAD = re.compile(r"[\u4e00-\u9fff]{3}")
_OPENING = FREE | frozenset("这那此我其他她它今当自凡如若虽因随")
"""Characters that open sentences, whatever follows."""
_LEAST = 40
"""A shorter paragraph may be a slogan, a verse, a name."""
_TIMES = 20
"""So many times oftener the second pair of a paragraph must be seen than the first, which it cuts a word out of."""


def stray_scraps(subject: Subject) -> Iterator[Suspicion]:
    """…污染防治。防控。: between two full stops no more than a word is left of a sentence."""
    for start, text in subject.prose_at(_between_stops(subject)):
        for found in _SCRAP.finditer(text):
            if not _ANSWERS & {*found.group(1)}:
                message = f"“{found.group(1)}”独立成句，像是前后文缺失后剩下的句尾"
                english = "one word stands as a sentence: the scrap of a lost one, or printed twice"
                yield Suspicion(start + found.start(), start + found.end(), _KIND, message, english)


def _between_stops(subject: Subject) -> Places:
    """Short runs between two full stops."""
    runs = subject.runs
    which = (runs.lengths <= _LONGEST_SCRAP) & runs.behind("。") & runs.before("。")
    found: Places = runs.starts[which]
    return found


def torn_starts(subject: Subject) -> Iterator[Suspicion]:
    """办|全国…: a paragraph begins with the second character of a word (举办, 承办) before another whole word."""
    pairs, starts = corpus_bigrams().pairs, bonds().starts
    for _, block in subject.view.of_type(BlockType.PARAGRAPH):
        place, text = block.start, subject.view.text
        if block.end - place < _LEAST or text[place] in _OPENING or text[place : place + 2] in starts:
            continue
        head = text[place : place + 3]
        known = pairs.get(head[:2], 0)
        if known and pairs.get(head[1:], 0) >= _TIMES * known and _HEAD.fullmatch(head):
            message = f"段首“{head}”不像句首：“{head[0]}”前或脱一字，或前文缺失"
            english = "the paragraph begins with what looks like the second half of a word; is something lost before it?"
            yield Suspicion(place, place + len(head), _KIND, message, english, Severity.WARNING)
