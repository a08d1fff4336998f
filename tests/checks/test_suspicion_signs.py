"""Detectors look only where their matter can stand: what they find is what a plain look at everything finds."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.checks.suspicion import leads, marks, names, parallels, phrases, sections, series, strange, torn
from cleaner.checks.suspicion.pairs import Pairs, known_pairs, read_pairs
from cleaner.checks.suspicion.subject import Detector, Subject, Suspicion
from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.model import BlockType, Cleaned, Document, OffsetMap
from cleaner.reading.blocks import parse_blocks

_WORDS = """
发展 办好 特殊 教育 继续 旅游 金融 做好 抓好 工作 等 等工作 事业 所 个 家 小学 中学 和 与 精神 改革 春 夏 秋 冬 柳湖 登高 山 水
， 、 ； 。 ！ “ ” （ ） 《 》 % ％ 12 5 3.5 0 在“快”上 从“稳”字上 防控 是 开展乡村 生态 度假游 休闲游 定制 恒越 恒趣 天门
公园 公司 夜夜 \U00020000
"""
_PASSAGES = """
围绕湖光山色，发展生态游，围绕古镇老街，发展乡村游；围绕革命旧址，发展研学游；依托矿山遗址，发展工业游。
完善社区特殊教育，继续教育，规范民办学校。
做好参保扩面，医保统筹、社会救助、优抚安置等工作。
开展生态度假游，发展乡村休闲游，开展红色研学游，实施军工文化旅游，打造国宝探秘游。
践行“快准实严”的作风。在“快”上求突破，在“稳”上下功夫，在“实”上见成效，在“严”上做表率。
推出东山登高、柳湖夏荷花、青岗秋红叶、云泽冬冰雪等产品。
量身定制野康养游、历史文化游、民俗乡村游、农业采摘游等线路。
城镇收入增长6.19%6，农村增长7.4%0，分别提高0.3个百分点。
抓预建设热。
做招促招商引资。
加强农业面源污染防治。防控。
改造了10所小学2所初中。
深入贯彻落实省委对全县工作的重要讲话重要指示精神，推动各项工作。
认真学习省委对全县工作的重要讲话精神，推动高质量发展。
认真落实省党代会精神、县委全会和县委经济工作会议精神。
打造城夜夜市和步行街。
深化“承诺制改革（试点），优化《环境。
推行“承诺制改革。
优化环境”试点。
收入增长5.1%9，农村增长7.2%。
改造了3所初级中学20所小学。
全面发展。抓预建设热。
办全国乡村文艺汇演，亮相公共文化平台，群众文化生活更加丰富多彩，文化惠民工程深入实施。
一市场秩序得到规范，亮相公共文化平台，群众文化生活更加丰富多彩，文化惠民工程深入实施开展。
廊道建设。按照精品示范标准。
"""
_PIECES = st.one_of(
    st.sampled_from(["\n", " "]), st.sampled_from(_WORDS.split()), st.sampled_from(_PASSAGES.split())
)
_WHOLE = st.lists(_PIECES, max_size=24).map("".join)


@st.composite
def _broken(draw: st.DrawFn) -> str:
    """A text out of which a few characters were taken, so that its passages are nearly what they were."""
    text = draw(_WHOLE)
    for place in draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=3)):
        text = text[:place] + text[place + 1 :]
    return text


_TEXTS = st.one_of(_WHOLE, _broken())


class _Everywhere(Subject):
    """A subject of which a detector is shown every block of prose."""

    def prose(self, sign: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        return self.prose_at(sign)

    def prose_at(self, places: object) -> Iterator[tuple[int, str]]:
        del places
        return ((block.start, self.view.text[block.start : block.end]) for block in self.blocks)


def _cleaned(text: str) -> Cleaned:
    return Cleaned(Document("d", text), text, (), OffsetMap.identity(len(text)), parse_blocks(text))


def _subject(text: str) -> Subject:
    return Subject.of(_cleaned(text))


def _plain_runs(subject: Subject) -> list[tuple[int, str]]:
    """Start and characters of every unbroken run of Han characters in the prose."""
    text, han = subject.view.text, re.compile(r"[\u4e00-\u9fff]+")
    return [(r.start(), r.group()) for b in subject.blocks for r in han.finditer(text, b.start, b.end)]


_BY_SIGN: tuple[Detector, ...] = (
    parallels.list_separators,
    parallels.unparted_members,
    parallels.uneven_members,
    parallels.joined_counts,
    series.letters_taken_up,
    series.lost_season,
    series.shortened_first,
    torn.stray_scraps,
    phrases.repeated_tails,
    marks.digits_behind_percent,
    marks.unpaired_marks,
)


@pytest.mark.parametrize("detector", _BY_SIGN, ids=lambda detector: detector.__name__)
@settings(deadline=None, max_examples=60)
@given(text=_TEXTS)
def test_a_block_that_is_passed_over_holds_nothing(detector: Detector, text: str) -> None:
    """A detector that is shown every block finds no more than where the sign of its matter stands."""
    assert list(detector(_subject(text))) == list(detector(_Everywhere.of(_cleaned(text))))


@pytest.mark.parametrize("detector", _BY_SIGN, ids=lambda detector: detector.__name__)
def test_the_passages_show_every_detector(detector: Detector) -> None:
    """The same over passages that every detector finds something in."""
    found = list(detector(_subject(_PASSAGES)))
    assert found
    assert found == list(detector(_Everywhere.of(_cleaned(_PASSAGES))))


@settings(deadline=None)
@given(_TEXTS, st.integers(1, 9))
def test_runs_are_the_unbroken_stretches_of_prose(text: str, length: int) -> None:
    """Their places, what stands around them, and the windows in them are those that a pattern finds."""
    subject = _subject(text)
    runs, plain = subject.runs, _plain_runs(subject)
    assert list(zip(runs.starts, runs.ends, strict=True)) == [(s, s + len(r)) for s, r in plain]
    assert list(runs.behind("，。")) == [text[:s].endswith(("，", "。")) for s, _ in plain]
    assert list(runs.before("，。")) == [text[s + len(r) :].startswith(("，", "。")) for s, r in plain]
    windows = [s + i for s, r in plain for i in range(len(r) - length + 1)]
    assert list(runs.windows(length)) == windows
    within = [i for i, (_, r) in enumerate(plain) if len(r) >= length]
    assert list(runs.at(np.array(windows, dtype=np.int64))) == within


@given(st.sets(st.text("一丁龟鉴发展", min_size=2, max_size=2)), st.text("一丁龟鉴发展业\u3007\U00020000"))
def test_a_set_of_pairs_holds_its_members_alone(pairs: set[str], text: str) -> None:
    """Asked for a whole text or for one pair, and read from the rows of a list."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in sorted(pairs):
        rows[first].append(second)
    known = read_pairs("".join(f"{first}{''.join(seconds)}\n" for first, seconds in rows.items()))
    asked = [a + b for a, b in pairwise(text)]
    assert [pair in known for pair in asked] == [pair in pairs for pair in asked]
    assert "" not in known
    assert not any(first in known for first in rows)
    points = np.array([ord(char) for char in text.replace("\U00020000", "")], dtype=np.uint32)
    plain = [chr(a) + chr(b) in pairs for a, b in pairwise(points)]
    assert list(known.holds(points[:-1], points[1:])) == plain


@settings(deadline=None)
@given(_TEXTS)
def test_pairs_are_counted_within_runs_and_in_order(text: str) -> None:
    """What counting each run gives: the odd pairs with their times, in the order of the text, and their runs."""
    subject = _subject(text)
    plain = Counter(a + b for _, run in _plain_runs(subject) for a, b in pairwise(run))
    pairs, known = Pairs.of(subject), known_pairs()
    assert list(pairs.odd.items()) == [item for item in plain.items() if item[0] not in known]
    assert pairs.strange == {pair for pair, seen in pairs.odd.items() if seen == 1}
    odd = [
        (start, run, [pairs.odd.get(a + b, 0) for a, b in pairwise(run)])
        for start, run in _plain_runs(subject)
    ]
    assert list(pairs.runs) == [each for each in odd if len(each[1]) > 2 and any(each[2])]
    assert {pair: pairs.seen(pair) for pair in [*plain, "龟业", ""]} == {**plain, "龟业": 0, "": 0}
    assert pairs is Pairs.of(subject)


@settings(deadline=None)
@given(_TEXTS)
@example(_PASSAGES)
def test_short_sentences_are_those_between_full_stops(text: str) -> None:
    """The mangled ones are all that a pattern for short sentences finds."""
    subject = _subject(text)
    pairs = Pairs.of(subject)
    short = re.compile(r"(?:(?<=。)|^)[\u4e00-\u9fff]{4,10}(?=。)")
    plain = [
        (block.start + found.start(), block.start + found.end())
        for block in subject.blocks
        for found in short.finditer(text[block.start : block.end])
        if leads._is_mangled(found.group(), pairs)
    ]
    assert [(found.start, found.end) for found in leads.mangled_leads(subject)] == plain


def _plain_strange_words(subject: Subject, pairs: Pairs) -> Iterator[tuple[int, str, float]]:
    """Every stretch of characters that are loose on both sides in runs of three and more, and what it weighs."""
    seen, total = corpus_bigrams().heads, corpus_bigrams().total
    rarest = max(-math.log2((times + 1) / total) for times in seen.values())
    for start, run in _plain_runs(subject):
        odd = [True, *(a + b in pairs.strange for a, b in pairwise(run)), True]
        loose = "".join("x" if odd[i] and odd[i + 1] else " " for i in range(len(run)))
        for found in re.finditer("x+", loose if any(odd[1:-1]) and len(run) > 2 else ""):
            word = run[found.start() : found.end()]
            core = word.strip(strange._ENDS)
            bits = {c: -math.log2((seen[c] + 1) / total) if c in seen else rarest for c in core}
            weight = sum(bits[c] * (strange._FREE_SHARE if c in strange.FREE else 1) for c in core)
            rank = weight * (strange._TRADE_SHARE if strange._TRADE.issuperset(core) else 1)
            named = strange.NAME_TAIL.match(run, found.end()) is not None
            in_print = all(len(c.encode("gb2312", "ignore")) == 2 for c in core)
            place = not strange._PLACE.isdisjoint(core[-1:] + run[found.end() : found.end() + 1])
            rank += strange._NAME_BITS * named + strange._PLACE_BITS * (in_print and place)
            if len(core) > 1 and rank >= strange.LEAST_BITS:
                yield start + found.start() + word.index(core), core, rank


_RARE = st.text("皿罔丐叵卅卞弋孑囗亍彳亻卮匚卣尢恒鑫瑞泰的和村庙公司𠀀，。", min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(st.one_of(_RARE, st.sampled_from(_PASSAGES.split()))).map("".join))
@example("丝伐公司，皿罔丐村。丐叵亍村")
def test_strange_words_are_the_stretches_that_are_loose(text: str) -> None:
    """Without the budget: the same words with the same weights."""
    subject = _subject(text)
    pairs = Pairs.of(subject)
    found = [s for start, run, odd in pairs.runs for s in strange._in_run(start, run, odd)]
    plain = _plain_strange_words(subject, pairs)
    assert [(s.start, text[s.start : s.end], s.rank) for s in found] == list(plain)


def _plain_lost_parts(subject: Subject) -> Iterator[Suspicion]:
    text, told = subject.view.text, set()
    places: defaultdict[str, list[int]] = defaultdict(list)
    for start, run in _plain_runs(subject):
        for i in range(len(run) - 7):
            places[run[i : i + 8]].append(start + i + 8)
    for left, ends in places.items():
        for short in ends[:8]:
            for long in ends[:8]:
                lost = phrases._lost(text, short, long)
                if lost and short not in told:
                    told.add(short)
                    yield phrases._lost_part(short, left, lost, text)


_AGAIN = st.lists(
    st.sampled_from(
        ["重要精神", "建设重要精神", "重要建设精神", "精神", "精神工作", "，", "。\n", "重要", "重"]
    )
).map(lambda ends: "".join(f"全县经济社会发展{end}" for end in ends))


@settings(deadline=None, max_examples=200)
@given(st.one_of(_AGAIN, _TEXTS.map(lambda text: text * 2)))
def test_phrases_with_a_part_lost_are_those_of_every_pair(text: str) -> None:
    """Comparing every two places of every eight characters that recur finds the same."""
    assert list(phrases.lost_parts(_subject(text))) == list(_plain_lost_parts(_subject(text)))


@settings(deadline=None)
@given(_TEXTS)
def test_frames_of_names_keep_every_contrast(text: str) -> None:
    """Frames that are passed over hold one reading; the others hold all of theirs, in the same order."""
    subject = _subject(text)
    places = [(start, run, i) for start, run in _plain_runs(subject) for i in range(1, len(run) - 1)]
    plain: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for start, run, i in places:
        for left, right in names._SHAPES:
            if left <= i < len(run) - right:
                plain[run[i - left : i], run[i + 1 : i + 1 + right]].append((run[i], start + i))
    contrasts = {frame: found for frame, found in plain.items() if len({m for m, _ in found}) > 1}
    frames = names._frames(places)
    assert [frame for frame in frames if frame in contrasts] == list(contrasts)
    assert all(frames[frame] == found for frame, found in contrasts.items())


@settings(deadline=None)
@given(_TEXTS)
@example(_PASSAGES)
def test_torn_paragraphs_are_those_of_a_look_at_each(text: str) -> None:
    """Starts that are the second half of a word, and scraps of sentences, by the plain conditions."""
    subject = _subject(text)
    seen = corpus_bigrams().pairs
    torn_starts, scraps = [], []
    for _, block in subject.view.of_type(BlockType.PARAGRAPH):
        content = text[block.start : block.end]
        head, known = content[:3], seen.get(content[:2], 0)
        fits = known and head[:2] not in bonds().starts and seen.get(head[1:], 0) >= torn._TIMES * known
        if (
            fits
            and torn._HEAD.match(content)
            and len(content) >= torn._LEAST
            and head[0] not in torn._OPENING
        ):
            torn_starts.append((block.start, block.start + 3))
        if scrap := sections._SCRAP.match(content):
            scraps.append((block.start, block.start + scrap.end()))
    assert [(found.start, found.end) for found in torn.torn_starts(subject)] == torn_starts
    assert [(found.start, found.end) for found in sections.scraps(subject)] == scraps


@given(st.text("湖1①²³⑳Aa/[]〔〕【】（）()注，。”", max_size=12), st.integers(0, 12))
def test_numbers_of_notes_are_found_where_the_pattern_finds_them(text: str, end: int) -> None:
    """Looking only where such a number can begin finds one whenever there is one."""
    assert sections._has_anchor(text, end) == (sections._ANCHOR.search(text, 0, end) is not None)


def test_every_mark_of_a_pair_is_a_mark() -> None:
    """The class that is searched holds both halves of every pair."""
    both = "".join([*marks._PAIRS, *marks._PAIRS.values()])
    assert re.fullmatch(f"(?:{marks._MARK.pattern})+", both)
