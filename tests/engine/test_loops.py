"""Loops: a sentence or clause printed several times in a row, and true repetition that must stay."""

from __future__ import annotations

import time

import pytest
from structure_helpers import proposed, repaired

from cleaner.engine.repairs.loops import repetition_loops
from cleaner.model import Safety

TREES = "完成三座矿山的生态修复，加快林地确权。"
ROADS = "新建改建农村公路，"


@pytest.mark.parametrize("turns", range(2, 8))
@pytest.mark.parametrize("unit", [TREES, ROADS, TREES + "巩固绿化成果，", "推进云泽县河湖治理；"])
def test_one_turn_of_a_loop_stays(unit, turns):
    before, after = "持续改善环境。", "成效明显好于预期。"
    assert repaired(repetition_loops, before + unit * turns + after) == before + unit + after


def test_the_mark_that_closes_is_kept():
    text = "统筹推进，" + "改造提升农村公路，" * 3
    assert repaired(repetition_loops, text[:-1] + "。") == "统筹推进，改造提升农村公路。"


def test_long_units_of_several_sentences():
    unit = "".join(f"第{n}批高标准农田建设项目竣工验收。" for n in "一二三四五六")
    assert repaired(repetition_loops, "总的看，" + unit * 2 + unit) == "总的看，" + unit


def test_runs_without_marks():
    assert (
        repaired(repetition_loops, "推动" + "农业提质增效" * 9 + "取得进展。") == "推动农业提质增效取得进展。"
    )
    assert repaired(repetition_loops, "发展" + "的" * 60 + "成果") == "发展的成果"


def test_a_short_clause_with_a_figure_is_not_said_three_times():
    assert (
        repaired(repetition_loops, "开局良好，" + "净增26户，" * 3 + "增长一成。")
        == "开局良好，净增26户，增长一成。"
    )
    assert proposed(repetition_loops, "开局良好，" + "净增26户，" * 2 + "增长一成。") == []


def test_how_sure():
    assert [c.safety for c in proposed(repetition_loops, TREES * 3)] == [None]
    assert [c.safety for c in proposed(repetition_loops, ROADS * 2 + "方便出行。")] == [Safety.PROBABLE]
    assert [c.safety for c in proposed(repetition_loops, "中国共产党光荣伟大正确！" * 2)] == [Safety.DOUBTFUL]
    assert [c.safety for c in proposed(repetition_loops, "“青山在，人未老。”老支书说。" * 2)] == [
        Safety.DOUBTFUL
    ]
    assert [
        c.safety for c in proposed(repetition_loops, "“我们的家乡在希望的田野上。我们的家乡在希望的田野上。”")
    ] == []


@pytest.mark.parametrize(
    "unit",
    [
        "新建便民驿站14个，",
        "全县GDP突破百亿，",
        "深化“一件事”改革，推行“容缺受理”，压减办理时限。",
        "全县干部要以更大的决心和更实的举措，把蓝图一步步变成青岗县人民看得见的实景！",
    ],
)
def test_a_unit_that_nobody_says_twice(unit):
    assert (
        repaired(repetition_loops, "开局良好。" + unit * 2 + "方便出行。")
        == "开局良好。" + unit + "方便出行。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "提升改造老旧小区，提升改造农村公路，提升改造供水管网。",
        "稳住了，稳住了，全年粮食产量稳住了。",
        "对标先进县，对标先进镇，对标先进村，全面提升。",
        "第一，推进改革。第二，推进改革。",
        "增长8.5%、8.5%、8.5%、8.5%、8.5%、8.5%、8.5%、8.5%，各季度持平。",
        "目录……………………………………………………………………………………5",
        "————————————————————————————————",
        "□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□",
        "姓名__________________________________________",
        "青岗镇\t合格率较上年提高\t合格率较上年提高\t合格率较上年提高\t合格率较上年提高",
        "新建改建农村公路，\n新建改建农村公路，\n新建改建农村公路，",
    ],
)
def test_what_repeats_by_design_stays(text):
    assert proposed(repetition_loops, text) == []


def test_offsets_in_a_long_text():
    filler = "".join(f"第{n}项工作按照时间节点有序推进，第{n}批资金足额到位。\n" for n in range(400))
    text = filler + "今年以来，" + TREES * 3 + "\n" + filler
    (candidate,) = proposed(repetition_loops, text)
    assert text[: candidate.start] + text[candidate.end :] == filler + "今年以来，" + TREES + "\n" + filler


@pytest.mark.parametrize("unit", [TREES, ROADS, "的", "推进", TREES + "\n\n"])
def test_a_megabyte_of_one_sentence_is_quick(unit):
    text = unit * (350_000 // len(unit))
    begun = time.process_time()
    found = proposed(repetition_loops, text)
    assert time.process_time() - begun < 8
    assert len(found) == (0 if "\n" in unit else 1)


def test_clean_reports_have_no_loop(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert proposed(repetition_loops, path.read_text("utf-8")) == [], path.name
