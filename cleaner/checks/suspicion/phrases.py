"""Phrases that the document prints in two ways, words that repeat where a list should vary, doubled characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from cleaner.checks.suspicion.pairs import FREE, Pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.bonds import is_word

_LEFT = 8
_RIGHT = 4
_LOST = 6
"""A phrase is the same with a part lost if 8 characters before and 4 behind agree, and 2 to 6 are missing."""
_TAIL_TWICE = re.compile(
    r"(?P<tail>[\u4e00-\u9fff]{2})、[\u4e00-\u9fff]{3,14}[和与及](?:[\u4e00-\u9fff]{3,14})(?P=tail)(?=[，。；、]|的)"
)
_JOINED_LIST = re.compile(r"、[\u4e00-\u9fff]{3,14}[和与及]")
_AABB = re.compile(r"([\u4e00-\u9fff])\1")


def lost_parts(subject: Subject) -> Iterator[Suspicion]:
    """A fixed phrase without a part that the document prints elsewhere: asked about the shorter one."""
    text = subject.view.text
    told: set[int] = set()
    for left, places in _said_again(subject).items():
        for short in places[:8]:
            for long in places[:8]:
                lost = _lost(text, short, long)
                if lost and short not in told:
                    told.add(short)
                    yield _lost_part(short, left, lost, text)


def _said_again(subject: Subject) -> dict[str, list[int]]:
    """The runs of eight characters that stand in more than one place, with where each ends, in order of place."""
    long = [(start, run) for start, run in subject.runs if len(run) >= _LEFT]
    pieces = [run[i : i + _LEFT] for _, run in long for i in range(len(run) - _LEFT + 1)]
    again = {piece: [] for piece, times in Counter(pieces).items() if times > 1}  # type: dict[str, list[int]]
    firsts = list(accumulate((len(run) - _LEFT + 1 for _, run in long), initial=0))
    for index in [index for index, piece in enumerate(pieces) if piece in again]:
        place = bisect_right(firsts, index) - 1
        again[pieces[index]].append(long[place][0] + index - firsts[place] + _LEFT)
    return again


def _lost(text: str, short: int, long: int) -> str:
    """What stands at ``long`` and is missing at ``short``, where the text goes on alike."""
    if text[short : short + _RIGHT] == text[long : long + _RIGHT]:
        return ""
    right = text[short : short + _RIGHT]
    if len(right) < _RIGHT or "\n" in right:
        return ""
    for width in range(2, _LOST + 1):
        if text[long + width : long + width + _RIGHT] == right and re.fullmatch(
            r"[\u4e00-\u9fff]+", text[long : long + width]
        ):
            return text[long : long + width]
    return ""


def _lost_part(place: int, left: str, lost: str, text: str) -> Suspicion:
    right = text[place : place + 2]
    message = f"“{left}{right}”在本文别处作“{left}{lost}{right}”，或脱“{lost}”"
    english = f"this phrase stands elsewhere in the document with “{lost}” in it: lost here?"
    return Suspicion(place - 4, place + 2, "phrase-variant", message, english)


def repeated_tails(subject: Subject) -> Iterator[Suspicion]:
    """A精神、B和C精神: the word that closes a list also stands inside it."""
    for start, text in subject.prose(_JOINED_LIST):
        for found in _TAIL_TWICE.finditer(text):
            tail = found.group("tail")
            if tail in found.group()[len(tail) : -len(tail)]:
                continue
            message = f"并列的各项共用一个“{tail}”，而前一项又单用一次：或衍，或脱"
            english = (
                f"“{tail}” closes the list and stands after one of its members too: added, or lost elsewhere"
            )
            yield Suspicion(start + found.start(), start + found.end(), "repeated-tail", message, english)


def _aabb(run: str, place: int) -> bool:
    """清清白白: two doubled characters in a row."""
    left, right = run[max(0, place - 2) : place], run[place + 2 : place + 4]
    return any(len(side) == 2 and side[0] == side[1] for side in (left, right))


def doubled_oddly(subject: Subject, pairs: Pairs | None = None) -> Iterator[Suspicion]:
    """A doubled character that no known word doubles: 城夜夜市, 泰泰. A name, or a character printed twice."""
    pairs = pairs or Pairs.of(subject)
    doubles = [pair for pair in pairs.odd if pair[0] == pair[1] and pair[0] not in FREE]
    told: set[str] = set()
    for start, run in subject.runs if doubles else ():
        if not any(map(run.__contains__, doubles)):
            continue
        for found in _AABB.finditer(run):
            pair = found.group()
            before, after = run[found.start() - 1 : found.start()], run[found.end() : found.end() + 1]
            if pair not in pairs.odd or pair[0] in FREE or not (before or after) or _aabb(run, found.start()):
                continue
            ends = before and before + pair[0] not in pairs.strange
            begins = after and pair[1] + after not in pairs.strange
            words = is_word(before, pair[0]) or is_word(pair[1], after)
            if ends and begins and (words or before + pair[0] in pairs.odd):
                continue
            low, high = found.start() - len(before), found.end() + len(after)
            word = run[low:high]
            if word in told:
                continue
            told.add(word)
            message = f"“{word}”中“{pair}”叠字不见于常用词：是名称，还是多印了一字？"
            english = f"“{pair}” is doubled in no known word: a name, or a character printed twice?"
            yield Suspicion(start + low, start + high, "odd-doubling", message, english)
