"""Minority script: convert what OpenCC vouches for, and leave texts, quotations and names alone."""

from __future__ import annotations

import time

import pytest
from repair_helpers import COUNTY, proposed, repaired

from cleaner.engine.repairs import script
from cleaner.engine.repairs.script import minority_script
from cleaner.model import Safety
from cleaner.packs.cache import FOLDER_VARIABLE

ALSO = {"also": "於後", "in_words": "徵乾夥菸", "protect": ["迴龙渡", "於潜"]}


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("交通運輸业", "交通运输业"),
        ("信访問題", "信访问题"),
        ("製造业提质", "制造业提质"),
        ("標準地改革", "标准地改革"),
        ("關於改革", "关于改革"),
        ("為了群众", "为了群众"),
        ("疫情週期", "疫情周期"),
        ("二轮承包到期後再延长", "二轮承包到期后再延长"),
        ("奋进新徵程，徵求意见", "奋进新征程，征求意见"),
        ("助企紓困，公共衞生", "助企纾困，公共卫生"),
        ("合作夥伴，乾旱少雨，菸草专卖", "合作伙伴，干旱少雨，烟草专卖"),
    ],
)
def test_stray_traditional_characters_are_converted(damaged, restored):
    assert repaired(minority_script, COUNTY + damaged, ALSO) == COUNTY + restored


@pytest.mark.parametrize(
    "word",
    [
        "農村公路",
        "川藏鐵路",
        "構建山区路网",
        "堅持山水林田",
        "就業门路",
        "重點向乡村",
        "书记對云泽",
        "又要爲农村谋出路",
    ],
)
def test_a_common_word_is_no_name_of_a_place_or_person(word):
    (candidate,) = proposed(minority_script, COUNTY + word)
    assert candidate.safety is None


def test_a_name_that_the_document_has_in_simplified_script_is_no_other_name():
    assert repaired(minority_script, COUNTY + "紅沿河电站。红沿河电站") == COUNTY + "红沿河电站。红沿河电站"
    (candidate,) = proposed(minority_script, COUNTY + "紅沿河电站")
    assert candidate.safety is Safety.DOUBTFUL


def test_a_run_is_one_candidate():
    (candidate,) = proposed(minority_script, COUNTY + "交通運輸业")
    assert (candidate.start, candidate.after) == (len(COUNTY) + 2, "运输")


@pytest.mark.parametrize("name", ["鄆国路", "張家村", "県长張三", "縣长趙四"])
def test_a_single_character_of_a_likely_name_is_only_proposed(name):
    candidates = proposed(minority_script, COUNTY + name)
    assert all(c.safety is Safety.DOUBTFUL for c in candidates if c.start != len(COUNTY))


@pytest.mark.parametrize(
    "text",
    [
        "迴马岭古道",
        "迴龙渡老街",
        "於潜竹编",
        "乾县与乾陵",
        "徵音宫调",
        "角徵羽与魏徵",
        "获益甚夥",
        "乾隆年间",
        "壮大乾新、乾安等企业",
        "慰藉与狼藉",
    ],
)
def test_variants_names_and_shared_characters_stay(text):
    assert not proposed(minority_script, COUNTY + text, ALSO)


def test_a_traditional_text_is_untouched():
    text = "各位代表：本縣認真貫徹各項決策部署，經濟發展質量提高，開發區建設進展順利，農業農村環境改善。"
    assert not proposed(minority_script, text, ALSO)


def test_a_traditional_block_or_quotation_in_a_simplified_text_is_untouched():
    block = COUNTY * 4 + "\n\n風調雨順國泰民安，歲稔年豐萬象更新\n\n" + COUNTY
    quotation = COUNTY * 4 + "匾额“風調雨順國泰民安萬歲豐年”保存完好。"
    assert not proposed(minority_script, block)
    assert not proposed(minority_script, quotation)


def test_too_little_simplified_text_decides_nothing():
    assert not proposed(minority_script, "運輸問題")


def test_time_grows_with_length():
    text = (COUNTY + "交通運輸。\n") * 4000
    start = time.perf_counter()
    assert len(proposed(minority_script, text)) == 4000
    assert time.perf_counter() - start < 8


def test_tables_are_kept_between_runs(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    fresh = script._tables.__wrapped__("t2s", "於徵", "乾")
    monkeypatch.setattr(script, "_derived", lambda *_: pytest.fail("derived twice"))
    assert script._tables.__wrapped__("t2s", "於徵", "乾") == fresh
