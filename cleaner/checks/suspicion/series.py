"""Series that lost a member or a part of one: letters that a passage takes up one by one, seasons, lists of equal length."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from cleaner.checks.suspicion.hanruns import Places
from cleaner.checks.suspicion.pairs import known_pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.cohesion import corpus_bigrams

_KIND = "uneven-list"
_QUOTED = re.compile(r"“([\u4e00-\u9fff]{3,6})”")
_TAKEN_UP = re.compile(r"[在从]“(?P<letter>[\u4e00-\u9fff])”字?上")
_LEAST_LETTERS = 3
_PART = r"[^，。；：、\n春夏秋冬]"
_SEASONS = re.compile(
    rf"(?<![^，。；：、\n])(?P<lost>{_PART}{{2,14}})、{_PART}{{1,8}}夏{_PART}{{1,8}}、{_PART}{{1,8}}秋{_PART}{{1,8}}、{_PART}{{1,8}}冬{_PART}"
)
_LAST_SEASON = re.compile("冬")
_TAKEN_UP_SIGN = re.compile(r"“[\u4e00-\u9fff]”字?上")
_SHORTEST, _LONGEST = 4, 8
_LIST = re.compile(
    rf"(?P<first>[\u4e00-\u9fff]{{5,20}})(?P<rest>(?:、(?:(?!等)[\u4e00-\u9fff]){{{_SHORTEST},{_LONGEST}}}){{2,}})(?=[，。；0-9等])"
)


def letters_taken_up(subject: Subject) -> Iterator[Suspicion]:
    """“快准实”, …在“快”上…，在“稳”上…，在“实”上…: a phrase is taken up letter by letter, and one letter differs."""
    for start, text in subject.prose(_TAKEN_UP_SIGN):
        letters = list(_TAKEN_UP.finditer(text))
        if len(letters) < _LEAST_LETTERS:
            continue
        taken = [found.group("letter") for found in letters]
        for quoted in _QUOTED.finditer(text, 0, letters[0].start()):
            phrase = quoted.group(1)
            lost = {*phrase} ^ {*taken}
            if len(phrase) == len(taken) and lost and 2 * len({*phrase} & {*taken}) > len(taken):
                yield _letter(start + quoted.start(1), phrase, taken)
                for found in letters:
                    if found.group("letter") in lost:
                        yield _letter(start + found.start("letter"), found.group("letter"), taken)


def _letter(place: int, word: str, taken: list[str]) -> Suspicion:
    message = f"“{word}”与下文逐字分说的“{'、'.join(taken)}”对不上：有一处误认"
    english = (
        "a phrase is taken up character by character, and one of them differs: one of the two is misread"
    )
    return Suspicion(place, place + len(word), _KIND, message, english)


def lost_season(subject: Subject) -> Iterator[Suspicion]:
    """东山登高、柳湖夏荷、青岗秋叶、云泽冬雪: summer, autumn and winter are named, and the first member names no spring."""
    for start, text in subject.prose(_LAST_SEASON):
        for found in _SEASONS.finditer(text):
            place = start + found.start("lost")
            message = f"后三项分说夏、秋、冬，“{found.group('lost')}”没有“春”字：或脱"
            english = "the members that follow name summer, autumn and winter, and this one no spring: lost?"
            yield Suspicion(place, start + found.end("lost"), _KIND, message, english)


def shortened_first(subject: Subject) -> Iterator[Suspicion]:
    """定制|水研学游、历史文化游、民俗乡村游: the members are of one length and end alike, the first is cut short."""
    for start, text in subject.prose_at(_members(subject)):
        for found in _LIST.finditer(text):
            first, rest = found.group("first"), found.group("rest")[1:].split("、")
            width = len(rest[0])
            alike = all(len(r) == width and r[-1] == first[-1] for r in rest)
            if alike and len(first) > width and _cuts_a_word(first, len(first) - width):
                place = start + found.end("first")
                message = f"各项都是{width}字，以“{first[-1]}”收尾，唯首项“{first[1 - width :]}”少一字：或脱"
                english = (
                    f"the members have {width} characters and end alike; the first is one short: was it lost?"
                )
                yield Suspicion(place - width + 1, place, _KIND, message, english)


def _members(subject: Subject) -> Places:
    """Members between 、 and 、 that end as the longer run before them, in which a member as long would begin no word."""
    runs, points, lengths = subject.runs, subject.runs.points, subject.runs.lengths
    listed = runs.behind("、") & runs.before("、") & (lengths >= _SHORTEST) & (lengths <= _LONGEST)
    joined = (runs.ends[:-1] + 1 == runs.starts[1:]) & (lengths[:-1] > lengths[1:])
    members = np.flatnonzero(listed[1:] & joined) + 1
    first = runs.ends[members - 1]
    members = members[points[first - 1] == points[runs.ends[members] - 1]]
    cut = runs.ends[members - 1] - lengths[members]
    found: Places = runs.starts[members[~known_pairs().holds(points[cut], points[cut + 1])]]
    return found


def _cuts_a_word(clause: str, place: int) -> bool:
    """Whether a member that began at ``place`` would begin inside a word, and with no word."""
    around, head = clause[place - 1 : place + 1], clause[place : place + 2]
    return around in corpus_bigrams().pairs and head not in known_pairs()
