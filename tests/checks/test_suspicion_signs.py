"""What looks damaged is looked for where a small sign of it stands: the sign never hides what the pattern would find."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.checks.suspicion import marks, names, parallels, phrases, series, torn
from cleaner.checks.suspicion.pairs import Pairs, known_pairs
from cleaner.checks.suspicion.subject import HAN_RUN, Subject
from cleaner.model import Cleaned, Document, OffsetMap
from cleaner.reading.blocks import parse_blocks

_WORDS = """
发展 办好 特殊 教育 继续 旅游 金融 做好 抓好 工作 等 等工作 事业 所 个 家 小学 中学 和 与 精神 改革 春 夏 秋 冬 柳湖 登高 山 水
， 、 ； 。 ！ “ ” （ ） 《 》 % ％ 12 5 3.5 0 在“快”上 从“稳”字上 防控 是 开展乡村 生态 度假游 休闲游 定制 恒越 恒趣 天门
公园 公司
"""
_TEXTS = st.lists(st.sampled_from(["\n", " ", *_WORDS.split()]), max_size=40).map("".join)
_SIGNS = (
    (parallels._BARE_SIGN, (parallels._BARE, parallels._LIST_AFTER)),
    (parallels._COUNTED_SIGN, (parallels._COUNTED_TWICE,)),
    (series._LAST_SEASON, (series._SEASONS,)),
    (series._TWO_MEMBERS, (series._LIST,)),
    (torn._SCRAP_SIGN, (torn._SCRAP,)),
    (phrases._JOINED_LIST, (phrases._TAIL_TWICE,)),
    (marks._PERCENT_SIGN, (marks._PERCENT,)),
)


def _subject(text: str) -> Subject:
    cleaned = Cleaned(Document("d", text), text, (), OffsetMap.identity(len(text)), parse_blocks(text))
    return Subject.of(cleaned)


@settings(deadline=None, max_examples=200)
@given(_TEXTS)
def test_a_line_without_the_sign_holds_nothing_of_the_kind(text: str) -> None:
    """Each pattern is found in no line in which its sign is not."""
    for line in text.split("\n"):
        for sign, patterns in _SIGNS:
            assert sign.search(line) or not any(pattern.search(line) for pattern in patterns)


@settings(deadline=None)
@given(_TEXTS)
def test_a_list_of_few_clauses_is_even(text: str) -> None:
    """With fewer marks than siblings nothing can be one character off."""
    for sentence in parallels._SENTENCE.findall(text):
        if sum(map(sentence.count, parallels._CLAUSE_MARKS)) < parallels._SIBLINGS:
            assert list(parallels._uneven(0, sentence)) == []


@settings(deadline=None)
@given(_TEXTS)
def test_pairs_are_counted_within_runs_and_in_order(text: str) -> None:
    """One count over all runs gives what counting each run gives, and the same pairs are odd."""
    subject = _subject(text)
    plain: Counter[str] = Counter()
    for _, run in subject.runs:
        plain.update(map("".join, pairwise(run)))
    assert list(subject.counts.items()) == list(plain.items())
    assert [text[start : start + len(run)] for start, run in subject.runs] == [run for _, run in subject.runs]
    pairs = Pairs.of(subject)
    assert pairs.odd == plain.keys() - known_pairs()
    assert pairs is Pairs.of(subject)
    assert all(HAN_RUN.fullmatch(run) for _, run in subject.runs)


@settings(deadline=None)
@given(_TEXTS)
def test_phrases_said_again_are_those_that_stand_twice(text: str) -> None:
    """Every eight characters that recur, with all their places in order."""
    subject = _subject(text * 2)
    plain: defaultdict[str, list[int]] = defaultdict(list)
    for start, run in subject.runs:
        for i in range(len(run) - 7):
            plain[run[i : i + 8]].append(start + i + 8)
    assert phrases._said_again(subject) == {left: ends for left, ends in plain.items() if len(ends) > 1}


@settings(deadline=None)
@given(_TEXTS)
def test_frames_of_names_keep_every_contrast(text: str) -> None:
    """Frames that are passed over hold one reading; the others hold all of theirs, in the same order."""
    subject = _subject(text)
    places = [(start, run, i) for start, run in subject.runs for i in range(1, len(run) - 1)]
    plain: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for start, run, i in places:
        for left, right in names._SHAPES:
            if left <= i < len(run) - right:
                plain[run[i - left : i], run[i + 1 : i + 1 + right]].append((run[i], start + i))
    contrasts = {frame: found for frame, found in plain.items() if len({m for m, _ in found}) > 1}
    frames = names._frames(places)
    assert [frame for frame in frames if frame in contrasts] == list(contrasts)
    assert all(frames[frame] == found for frame, found in contrasts.items())


def test_every_mark_of_a_pair_is_a_mark() -> None:
    """The class that is searched holds both halves of every pair."""
    both = "".join([*marks._PAIRS, *marks._PAIRS.values()])
    assert re.fullmatch(f"(?:{marks._MARK.pattern})+", both)
