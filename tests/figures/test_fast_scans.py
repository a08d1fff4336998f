"""Scans that were made fast give what the plain pattern or loop gives, on any text."""

from __future__ import annotations

import pickle
import re
from bisect import bisect_right
from dataclasses import FrozenInstanceError, fields

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.figures import grammar, indicators, numerals, periods, quantities, tense, units
from cleaner.figures.extract import _Base
from cleaner.figures.passages import Passage, Token
from cleaner.figures.quick import quick
from cleaner.figures.relations import (
    bounds,
    calendar,
    enumerations,
    glossary,
    ordinals,
    series,
    sums,
    wording,
)
from cleaner.figures.relations import words as words_of_relations
from cleaner.figures.relations.page import Page
from cleaner.figures.relations.words import HAN, bare_name
from cleaner.figures.scan import found_at, found_from
from cleaner.model import Block, BlockType, Cleaned, Document, Figure, OffsetMap, Piece, Relation, Span
from cleaner.packs.relations import relation_types
from cleaner.reading.blocks import parse_blocks

_PIECES = st.sampled_from(
    ["，", "。", "；", "：", "、", "\n", "\n\n", " ", "“", "”", "！", "一", "二", "三", "十", "第", "是", "要", "届", "期", "级",
     "市", "县", "两", "全", "人大", "次会议", "常委会", "污水厂", "项目", "望", "月", "年", "日", "2024", "12", "1", "3.", ".",
     "增速", "总量", "排名", "全市", "其中", "达到", "的", "生产总值", "道路修到家门口再通水", "滨河公园"]
)  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=60).map("".join)


_BESIDE_NUMERALS = """
一 二 两 三 十 万 亿 十八 百 千 5 12 120 2024 1.5 3.0 １２ 11 12345 1,234 第 前 其 表 是
要 、 ， 。 ： : ∶ . ； （ ） “ ” ‘ 分之 届 次会议 中全会 大 年 年度 月 日 号 世纪 季度 — 至 到 多 余
版 展望 项规定 条措施 条 A级 级 类 等奖 星级 期 轮 线 × + 国道 省道 高速 热线 强 时代 G PM kWh m3 % 个
亿元 万元 人 吨标准煤 微克/立方米 全市 位 居 列 比例 共 页 - 超 近 以上 左右 个番 番
"""
_NUMERALS = st.sampled_from([" ", "\u3000", "\n", *_BESIDE_NUMERALS.split()])


@settings(deadline=None)
@given(st.lists(_NUMERALS, max_size=24).map("".join))
def test_a_reading_that_is_not_tried_would_not_have_read(text: str) -> None:
    """Readings are chosen by what stands beside a numeral; those that are passed over have nothing to say of it."""
    for line in re.finditer(r"[^\n]+", text):
        passage = Passage(text, line.start(), line.end())
        for found in grammar._NUMERAL.finditer(text, line.start(), line.end()):
            token = Token(passage, found.start(), found.end(), found.lastgroup == "chinese")
            tried = grammar._readings(token)
            clues = grammar._CHINESE if token.chinese else grammar._ARABIC
            assert [c.reading.__name__ for c in clues if c.reading not in tried and c.reading(token)] == []


@settings(deadline=None)
@given(st.lists(_NUMERALS, max_size=16).map("".join))
def test_numerals_are_those_of_the_plain_pattern(text: str) -> None:
    """The first character alone, and then what it begins, is the numeral as a whole."""
    whole = re.compile(f"(?P<arabic>{numerals.ARABIC})|(?P<chinese>{numerals.CHINESE})")
    plain, position = [], 0
    while start := numerals.START.search(text, position):
        found = whole.match(text, start.start())
        position = found.end() if found else start.end()
        plain += [found.span()] if found else []
    assert _spans(grammar._NUMERAL.finditer(text)) == plain


def _page(text: str) -> Page:
    return Page.of(
        Cleaned(Document("d", text), text, (), OffsetMap.identity(len(text)), parse_blocks(text)), ()
    )


def _spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@settings(deadline=None)
@given(TEXTS)
def test_sessions_phases_and_dates_are_those_of_their_patterns(text: str) -> None:
    """Looking only where a rare word stands loses none."""
    assert _spans(calendar._all_sessions(text)) == _spans(calendar._SESSION.finditer(text))
    assert _spans(series._named_phases(text)) == _spans(series._PHASE.finditer(text))


@settings(deadline=None)
@given(TEXTS)
def test_ranked_indicators_are_those_of_their_pattern(text: str) -> None:
    """The name is read from the mark before it on, as a search from the left would; the rank is looked for first."""
    kind = relation_types()["orphan_indicator"]
    placed = (
        rf"{kind.words('placed')}?{kind.words('scope')}{kind.words('placed')}?第[0-9一二三四五六七八九十]+"
    )
    plain = re.compile(rf"(?:^|[，、；。\n])(?P<name>[{HAN}“”]{{4,20}}?){kind.words('growth')}{placed}")
    assert _spans(wording._placed_by_growth(text, kind)) == _spans(plain.finditer(text))


@settings(deadline=None)
@given(TEXTS)
def test_numbers_of_items_are_those_behind_a_mark(text: str) -> None:
    """1. and 一是 open an item behind a mark, over blanks, or at the start of the text."""
    plain = re.compile(r"(?:(?<=[：:。；\n])|^)\s*([1-9][0-9]?)[.．](?![0-9])")
    fast = [m.span(1) for m in ordinals._items(text) if ordinals._after_a_mark(text, m.start())]
    assert fast == [m.span(1) for m in plain.finditer(text)]
    numeral = "[一二三四五六七八九十百]{1,3}"
    spoken = re.compile(rf"(?:(?<=[。；;：:，,！!\n\s])|^)(第?{numeral})(是|要|，|)(?=[{HAN}])")
    items = [
        m.span() for m in spoken.finditer(text) if (m[2] == "，" if m[1][0] == "第" else m[2] in ("是", "要"))
    ]
    assert _spans(found_from(ordinals._SPOKEN, text, ordinals._spoken_starts(text))) == items


@settings(deadline=None)
@given(TEXTS)
def test_tiers_are_whole_runs_of_their_characters(text: str) -> None:
    """市县两级: the characters before 两级, where there are two to six of them."""
    tier = "省市州县区乡镇村组"
    plain = re.compile(rf"(?<![{tier}])(?P<body>[{tier}]{{2,6}})(?P<n>[两二三四五六])级(?!以上|以下|网格)")
    assert _spans(enumerations._all_tiers(text)) == _spans(plain.finditer(text))


_BESIDE_DIGITS = st.sampled_from(
    ["1", "12", "2024", "１", "٣", ".", "．", " ", "\u3000", "\n", "年", "月", "日", "—", "-", "~", "：", ":", "∶", "亿元", "%",
     "三次产业结构", "三", "十二", "行动", "规划", "（", "2022", "2024", "）", "连续", "已连续",
     "大工程", "“", "甲、乙", "，", "。"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_BESIDE_DIGITS, max_size=40).map("".join))
def test_numerals_with_a_mark_behind_them_are_those_of_their_patterns(text: str) -> None:
    """Dates, ratios and ranges begin where the rare mark behind their first number says that one may begin."""
    page = _page(text)
    ranges = bounds._range(relation_types()["range_monotone"])
    for pattern, marks in ((calendar._DATE, "年月"), (sums._RATIO, ":：∶"), (ranges, "—–~～-")):
        fast = found_from(pattern, text, page.numerals_before(marks))
        assert _spans(fast) == _spans(pattern.finditer(text))


@settings(deadline=None)
@given(st.lists(_BESIDE_DIGITS, max_size=40).map("".join))
def test_lists_and_programmes_are_those_of_their_patterns(text: str) -> None:
    """三年行动, 连续三年 and 三大工程： are looked for before 年, behind 续 and before the colon."""
    for name, pattern, starts in (
        ("enumerated_count", glossary._list, glossary._list_starts),
        ("programme_period", calendar._programme, calendar._programme_starts),
        ("continuity", series._running, series._running_starts),
    ):
        kind = relation_types()[name]
        fast = found_from(pattern(kind), text, starts(text, kind))
        assert _spans(fast) == _spans(pattern(kind).finditer(text))


@settings(deadline=None)
@given(TEXTS)
def test_sentences_said_twice_are_found_where_they_stand(text: str) -> None:
    """Every long sentence that stands again, each time that it stands."""
    plain = [m for m in re.finditer(r"[^。；！？\n]+", text) if len(m.group().strip()) >= 12]
    said = [m.group().strip() for m in plain]
    expected = [m.span() for m, words in zip(plain, said, strict=True) if said.count(words) > 1]
    assert list(wording._sentences_said_twice(_page(text), relation_types()["repeated_text"])) == expected


@settings(deadline=None)
@given(TEXTS, st.integers(0, 130))
def test_sentences_and_clauses_are_cut_at_the_nearest_mark(text: str, position: int) -> None:
    """The fast look-ups agree with the list of all sentences, at any position."""
    page = _page(text)
    index = max(bisect_right([start for start, _ in page.sentences], position) - 1, 0)
    start, end = page.sentences[index] if page.sentences else (0, 0)
    if position < len(text):
        assert page.sentence(position) == (
            max(start, position - 600),
            min(max(end, position), position + 600),
        )
    before = text[max(0, position - 120) : position] if position <= len(text) else ""
    nearest = max(before.rfind(mark) for mark in "，,；;：:。！？!?\n") + 1
    if position <= len(text):
        assert page.clause_start(position) == max(0, position - 120) + nearest


_WORDS_OF_UNITS = """
比 较 与 上年 去年 2023年 1998年 到 至 力争到 2025年底 今年 本年 明年 上一年 上年度 过去五年 这五年 五年来
“十四五” 十三五期间 八五时期 两年平均 年 ， 。 12 — 来 要坚持 力争 同比 了 已 荣获国 获评 建成 落成 月底前
3月底完工 年底前 年竣工 打造 完成5 增长3 达到4 超5 一年来 成工投
"""
_OF_UNITS = st.sampled_from(
    [*units.UNITS, "余", "多", "万", "亿", " ", "、", "至", "—", "5", "12.5", "的", "场所", "人才", "家庭"]
)


@settings(deadline=None)
@given(st.lists(_OF_UNITS, max_size=8).map("".join))
def test_a_unit_is_that_of_all_alternatives(text: str) -> None:
    """Trying the units of one first character gives what trying all of them gives."""
    plain = re.compile(f"(?P<unit>{units.UNIT})(?P<odd>[余多])?")
    for start in range(len(text)):
        one, other = units.unit_at(text, start, len(text)), plain.match(text, start)
        assert (one and (one.span(), one["odd"])) == (other and (other.span(), other["odd"]))
        range_at = quantities._RANGE.match(text, start)
        assert range_at is None or quantities._JOINT.search(text, start, start + quantities._FAR)


_OF_TIME = st.sampled_from(["\n", " ", *_WORDS_OF_UNITS.split()])


@settings(deadline=None)
@given(st.lists(_OF_TIME, max_size=24).map("".join))
def test_words_of_time_are_those_of_their_pattern(text: str) -> None:
    """Local words of time, and the words that look back or ahead, wherever a line begins and ends."""
    assert _spans(found_at(periods._LOCAL, text, periods._MAY_BE_LOCAL)) == _spans(
        periods._LOCAL.finditer(text)
    )
    clause = re.compile(rf"(?:(?<=[，。；：！？\n、“”])|\A)\s?{tense._BARE_VERB}")
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        assert tense._bare_verbs(text, start, end) == len(clause.findall(text, start, end))
        for fast, plain in _PLAIN.items():
            assert len(getattr(tense, fast).findall(text, start, end)) == len(plain.findall(text, start, end))


_PLAIN = {
    "_AHEAD_STRONG": re.compile(
        r"力争|争创|今年(?!以来|[0-9])|确保(?!了)|要(?:继续|坚持|深入|加快|加强|进一步|切实|全面)"
        r"|将(?:以|坚持|继续|全力|围绕)|年底前|[0-9]月底?前|[年月]底?(?:完工|竣工|投用|通车|开工|建成)"
    ),
    "_BACK_STRONG": re.compile(
        r"同比|累计(?!达)|成功(?!率)|首次|荣?获[评得批国省全市]|入选|被(?:评|认|授|列|确|命)|圆满|位居|居全|排名全|跃居|已"
        r"|比上年|较上年|增速|[成竣完]工投|投入使用|全面完成|顺利[完实通推竣投]|成效|再创|迈[上出]|相继"
        r"|[一五]年来|过去[一五]年|去年|清醒地?认识|还存在|还面临"
    ),
    "_BACK": re.compile(
        r"了|更加|不断|明显|显著|得[到以]|(?:增长|达到?|完成|超过?|新增)(?=[0-9])|[建落]成|完工|竣工|通车|投用|投产|实现|惠及"
        r"|有[效力]|稳步|全年|突破|交出|取得|获"
    ),
}
"""The same alternatives as they are read by a person, with classes and optional characters in front."""


def test_the_han_script_is_that_of_unicode() -> None:
    """The class written out for ``re`` holds what the regex module calls Han, and nothing else of the basic plane."""
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x40000)]))
    ours, theirs = set(re.findall(f"[{HAN}]", everything)), set(regex.findall(r"\p{Han}", everything))
    assert theirs <= ours
    assert not [c for c in ours - theirs if ord(c) < 0x10000]


@pytest.mark.parametrize("word", ["达到", "全县", "增加到", "预计"])
def test_a_lead_that_repeats_one_word_has_a_name_at_once(word: str) -> None:
    """Text that a reading machine looped does not make the reader try every way to cut it."""
    assert bare_name(word * 60) == ""
    assert bare_name(word * 60 + "人数") == ("人数" if word in ("全县", "预计") else word * 60 + "人数")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["keep", "drop", "swap"]), st.integers(0, 4)), min_size=1, max_size=8),
    st.data(),
)
def test_places_in_the_base_text_are_those_of_the_offset_map(
    edits: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Looking into one kept piece gives what the map gives, whatever was removed or replaced around it."""
    pieces, here, base = [], 0, 0
    for kind, length in edits:
        width = 0 if kind == "drop" else length
        pieces.append(Piece(here, here + width, base, base + length + (kind == "swap"), kind == "keep"))
        here, base = pieces[-1].end, pieces[-1].base_end
    offsets = OffsetMap(tuple(pieces))
    start = data.draw(st.integers(0, here))
    end = data.draw(st.integers(start, here))
    assert _Base(offsets).spans(start, end) == offsets.to_base(start, end)


@pytest.mark.parametrize("frozen", [Figure, Relation])
def test_what_is_made_quickly_is_what_its_class_makes(frozen: type[Figure] | type[Relation]) -> None:
    """Each field in its place, each default its own, and nothing can be set any more."""
    values = [(Span(n, n + 1),) if f.name == "spans" else f.name for n, f in enumerate(fields(frozen))]
    made, plain = quick(frozen)(*values), frozen(*values)
    assert (type(made), repr(made), hash(made)) == (frozen, repr(plain), hash(plain))
    assert made == plain == pickle.loads(pickle.dumps(made))  # noqa: S301 (made one line above)
    with pytest.raises(FrozenInstanceError):
        made.doc = "another"  # type: ignore[misc]
    assert quick(frozen)(*values[:6]) == frozen(*values[:6])
    assert quick(Relation)(*values[:4]).detail is not quick(Relation)(*values[:4]).detail


_ENDS_OF_CLAUSES = """
共计 增至加 提高到 下降 跃升 全市 占比达 现 展 发展到 世界 的 大 办好 改扩建 新 及 复 重点抓好 以下 用好
增长 同比 按可比口径 不变价 剔除 因素 环比 较年初 比2023年 两年 又 涨幅 快于 高于 名义上 其中
"""
_NOUN_PIECES = st.sampled_from(
    ["道路", "学", "县", "建设", "建", "设", "全部", "全", "部", "正", "存", "在", "，", "“", "获", "荣获", "、", " ", "\n",
     "3", "1.", *_ENDS_OF_CLAUSES.split()]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_NOUN_PIECES, max_size=10).map("".join))
def test_the_words_around_a_noun_are_those_of_their_plain_patterns(words: str) -> None:
    """A verb at the end is looked for where one can end, an action by its last words, a stop by its first character."""
    stop = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{'|'.join(indicators._STOPS)})")
    fast, plain = indicators._NOUN_STOP.search(words), stop.search(words)
    assert (fast and fast.span()) == (plain and plain.span())
    action = re.compile(rf"(?:{'|'.join(indicators._ACTIONS)}|\s|^)\Z")
    assert indicators._ends_in_action(words) == (action.search(words) is not None)
    may_begin = words[:1] in indicators._GROWTH_BEGINS or words[:1].isspace() or not words
    assert may_begin or indicators._GROWTH_ONLY.fullmatch(words) is None
    may_end = words[-1:] in indicators._VERB_ENDS or words[-1:].isspace()
    assert may_end or indicators._VERBS.search(words) is None
    bare = words_of_relations._VERBS.search(words)
    assert bare is None or words[-1:].isspace() or words[-1:] in words_of_relations._VERB_ENDS


_TITLES = st.sampled_from(
    [*_ENDS_OF_CLAUSES.split(), "附注", "附件", "（一）", "(", "二", "）", " ", "道路", "。"]
)


@settings(deadline=None)
@given(st.lists(_TITLES, max_size=70).map("".join))
def test_a_long_block_that_goes_on_says_nothing_of_time(words: str) -> None:
    """No heading, no notes, no annex and no section begins with it."""
    text = words.strip() or "。"
    block = Block(BlockType.PARAGRAPH, 0, len(text))
    if periods._goes_on(text, block):
        assert not periods._is_chapter(text, block) and not periods._section(text)
        assert not periods._NOTES.match(text) and not periods._ANNEX.fullmatch(text)
        assert not periods._starts_over(text, block, periods.Setting("2024", "actual"))


@settings(deadline=None)
@given(st.lists(_NUMERALS, max_size=24).map("".join))
def test_numerals_are_read_on_from_where_the_last_reading_ended(text: str) -> None:
    """One look through a block finds what a new search behind each numeral finds."""
    plain, position = [], 0
    while found := grammar._NUMERAL.search(text, position):
        token = Token(Passage(text, 0, len(text)), found.start(), found.end(), found.lastgroup == "chinese")
        plain.append(grammar._read(token))
        position = max(plain[-1].end, token.end)
    fast = grammar.read_passage(Passage(text, 0, len(text)))
    assert [(d.start, d.end, d.kind) for d in fast] == [(d.start, d.end, d.kind) for d in plain]


_NOTE_PIECES = st.sampled_from(
    ["“", "”", "：", "。", "，", "1.", "12、", " ", "   ", "减", "五减", "注释工作名词的说明材料", "甲、乙"]
)


@settings(deadline=None)
@given(st.lists(_NOTE_PIECES, min_size=1, max_size=24).map("".join))
def test_a_note_that_spells_a_code_out_quotes_it_at_once(text: str) -> None:
    """A block without a quotation among its first characters is no such note."""
    head = re.compile(
        r"(?:[0-9]{1,3}[.．、]\s*)?(?P<head>[^：:。]{0,24}(?:“(?P<code>[^”]{2,14})”)[^：:。，]{0,12})[：:]"
    )
    block = Block(BlockType.NOTE, 0, len(text))
    assert glossary._quotes_at_once(text, block) or head.match(text) is None
