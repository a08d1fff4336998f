"""Scans that were made fast give what the plain pattern or loop gives, on any text."""

from __future__ import annotations

import re
from bisect import bisect_right

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.figures.relations import calendar, enumerations, ordinals, series, wording
from cleaner.figures.relations.page import Page
from cleaner.figures.relations.words import HAN, bare_name
from cleaner.figures.scan import found_at
from cleaner.model import Cleaned, Document, OffsetMap
from cleaner.packs.relations import relation_types
from cleaner.reading.blocks import parse_blocks

_PIECES = st.sampled_from(
    ["，", "。", "；", "：", "、", "\n", "\n\n", " ", "“", "”", "！", "一", "二", "三", "十", "第", "是", "要", "届", "期", "级",
     "市", "县", "两", "全", "人大", "次会议", "常委会", "污水厂", "项目", "望", "月", "年", "日", "2024", "12", "1", "3.", ".",
     "增速", "总量", "排名", "全市", "其中", "达到", "的", "生产总值", "道路修到家门口再通水", "滨河公园"]
)  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=60).map("".join)


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
    assert _spans(found_at(calendar._DATE, text, calendar._DIGIT)) == _spans(calendar._DATE.finditer(text))


@settings(deadline=None)
@given(TEXTS)
def test_ranked_indicators_are_those_of_their_pattern(text: str) -> None:
    """The name is read from the mark before it on, as a search from the left would."""
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
    fast = [m.span(1) for m in ordinals._ITEM.finditer(text) if ordinals._after_a_mark(text, m.start())]
    assert fast == [m.span(1) for m in plain.finditer(text)]
    numeral = "[一二三四五六七八九十百]{1,3}"
    spoken = re.compile(rf"(?:(?<=[。；;：:，,！!\n\s])|^)(第?{numeral})(是|要|，|)(?=[{HAN}])")
    items = [
        m.span() for m in spoken.finditer(text) if (m[2] == "，" if m[1][0] == "第" else m[2] in ("是", "要"))
    ]
    assert _spans(ordinals._SPOKEN.finditer(text)) == items


@settings(deadline=None)
@given(TEXTS)
def test_tiers_are_whole_runs_of_their_characters(text: str) -> None:
    """市县两级: the characters before 两级, where there are two to six of them."""
    tier = "省市州县区乡镇村组"
    plain = re.compile(rf"(?<![{tier}])(?P<body>[{tier}]{{2,6}})(?P<n>[两二三四五六])级(?!以上|以下|网格)")
    assert _spans(enumerations._TIERS.finditer(text)) == _spans(plain.finditer(text))


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
