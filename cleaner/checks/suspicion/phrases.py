"""Phrases that the document prints in two ways, words that repeat where a list should vary, doubled characters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.checks.suspicion.hanruns import Places
from cleaner.checks.suspicion.pairs import FREE, Pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.bonds import is_word
from cleaner.engine.repairs.likeness import Codes

_LEFT = 8
_RIGHT = 4
_LEAST_LOST, _LOST = 2, 6
"""A phrase is the same with a part lost if 8 characters before and 4 behind agree, and 2 to 6 are missing."""
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
_Numbers = npt.NDArray[np.uint64]
_MOST = 8
"""So many places of a phrase are compared with each other."""
_TAIL_TWICE = re.compile(
    r"(?P<tail>[\u4e00-\u9fff]{2})、[\u4e00-\u9fff]{3,14}[和与及](?:[\u4e00-\u9fff]{3,14})(?P=tail)(?=[，。；、]|的)"
)
_LEAST_LIST = 9
"""Characters behind the mark of such a list, with the tail: 县委会和经济会 and 精神."""
_AABB = re.compile(r"([\u4e00-\u9fff])\1")


def lost_parts(subject: Subject) -> Iterator[Suspicion]:
    """A fixed phrase without a part that the document prints elsewhere: asked about the shorter one."""
    text = subject.view.text
    told: set[int] = set()
    for left, places in _going_on_later(subject).items():
        for short in places[:_MOST]:
            for long in places[:_MOST]:
                lost = _lost(text, short, long)
                if lost and short not in told:
                    told.add(short)
                    yield _lost_part(short, left, lost, text)


def _going_on_later(subject: Subject) -> dict[str, list[int]]:
    """Phrases of eight characters that go on in one place as they go on a few characters later in another.

    With where each ends, both in the order of the text. Of those that stand in more places the first are compared.
    """
    fours = _fours(subject.runs.points)
    kinds, ends = _said_again(fours, subject.runs.windows(_LEFT))
    hits = np.zeros(len(kinds), dtype=np.bool_)
    for apart in range(1, _MOST):
        pairs = np.flatnonzero(kinds[apart:] == kinds[:-apart])
        if not len(pairs):
            break
        for short, long in ((ends[pairs], ends[pairs + apart]), (ends[pairs + apart], ends[pairs])):
            later = fours[long[:, None] + np.arange(_LEAST_LOST, _LOST + 1)]
            hits[kinds[pairs[(later == fours[short][:, None]).any(axis=1)]]] = True
    found: defaultdict[str, list[int]] = defaultdict(list)
    for end in np.sort(ends[hits[kinds]]).tolist():
        found[subject.view.text[end - _LEFT : end]].append(end)
    return found


def _said_again(fours: _Numbers, starts: Places) -> tuple[Places, Places]:
    """Which phrases of eight characters stand more than once, and where each ends: a phrase together, in order."""
    mixed = fours[starts] * _FACTORS[0] + fours[starts + _LEFT // 2] * _FACTORS[1]
    bits = np.uint64(len(fours).bit_length())  # so many hold a place, and the others tell most phrases apart
    placed = np.sort(mixed >> bits << bits | starts.astype(np.uint64))
    alike = placed[1:] >> bits == placed[:-1] >> bits
    again = placed[np.append(alike, False)[: len(placed)] | np.append(False, alike)[: len(placed)]]
    ends = (again & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64) + _LEFT
    first, second = fours[ends - _LEFT], fours[ends - _LEFT // 2]
    order = np.lexsort((ends, second, first))
    other = (np.diff(first[order]) != 0) | (np.diff(second[order]) != 0)
    return np.cumsum(np.append(False, other)[: len(ends)]), ends[order]


def _fours(points: Codes) -> _Numbers:
    """The four characters from each place on as one number; those beyond the first plane are not told apart."""
    single = np.minimum(points, 0xFFFF).astype(np.uint64)
    double = single[:-1] << np.uint64(16) | single[1:]
    return double[:-2] << np.uint64(32) | double[2:]


def _lost(text: str, short: int, long: int) -> str:
    """What stands at ``long`` and is missing at ``short``, where the text goes on alike."""
    if text[short : short + _RIGHT] == text[long : long + _RIGHT]:
        return ""
    right = text[short : short + _RIGHT]
    if len(right) < _RIGHT or "\n" in right:
        return ""
    for width in range(_LEAST_LOST, _LOST + 1):
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
    for start, text in subject.prose_at(_recurring_tails(subject)):
        for found in _TAIL_TWICE.finditer(text):
            tail = found.group("tail")
            if tail in found.group()[len(tail) : -len(tail)]:
                continue
            message = f"并列的各项共用一个“{tail}”，而前一项又单用一次：或衍，或脱"
            english = (
                f"“{tail}” closes the list and stands after one of its members too: added, or lost elsewhere"
            )
            yield Suspicion(start + found.start(), start + found.end(), "repeated-tail", message, english)


def _recurring_tails(subject: Subject) -> Iterator[int]:
    """Long runs behind 、 in which the two characters before it come again."""
    runs, text = subject.runs, subject.view.text
    which = (runs.lengths >= _LEAST_LIST) & runs.behind("、")
    for start, end in zip(runs.starts[which].tolist(), runs.ends[which].tolist(), strict=True):
        if text.find(text[max(0, start - 3) : start - 1], start, end) >= 0:
            yield start


def _aabb(run: str, place: int) -> bool:
    """清清白白: two doubled characters in a row."""
    left, right = run[max(0, place - 2) : place], run[place + 2 : place + 4]
    return any(len(side) == 2 and side[0] == side[1] for side in (left, right))


def _joins(before: str, char: str, after: str) -> bool:
    """Whether a doubled character is a word with its neighbour on either side."""
    return is_word(before, char) or is_word(char, after)


def doubled_oddly(subject: Subject, pairs: Pairs | None = None) -> Iterator[Suspicion]:
    """A doubled character that no known word doubles: 城夜夜市, 泰泰. A name, or a character printed twice."""
    pairs = pairs or Pairs.of(subject)
    told: set[str] = set()
    for start, run, odd in pairs.runs:
        if not any(seen and a == b for seen, a, b in zip(odd, run, run[1:], strict=False)):
            continue
        for found in _AABB.finditer(run):
            pair = found.group()
            before, after = run[found.start() - 1 : found.start()], run[found.end() : found.end() + 1]
            if pair not in pairs.odd or pair[0] in FREE or not (before or after) or _aabb(run, found.start()):
                continue
            ends = before and before + pair[0] not in pairs.strange
            begins = after and pair[1] + after not in pairs.strange
            if ends and begins and (before + pair[0] in pairs.odd or _joins(before, pair[0], after)):
                continue
            low, high = found.start() - len(before), found.end() + len(after)
            word = run[low:high]
            if word in told:
                continue
            told.add(word)
            message = f"“{word}”中“{pair}”叠字不见于常用词：是名称，还是多印了一字？"
            english = f"“{pair}” is doubled in no known word: a name, or a character printed twice?"
            yield Suspicion(start + low, start + high, "odd-doubling", message, english)
