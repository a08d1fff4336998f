"""Captions without a credit, told from where they stand; and that they stay captions when blank lines are put right."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.model import BlockType
from cleaner.reading.blocks import parse_blocks

PROSE = "全县经济运行稳中有进，各项社会事业全面发展，人民生活水平持续提高。"


def captions(text):
    return [text[b.start : b.end] for b in parse_blocks(text) if b.type is BlockType.CAPTION]


def set_apart(*lines):
    """Lines with three blank lines before each: a picture stood there."""
    return "".join("\n\n\n\n" + line for line in lines)


THINGS = ("云泽县万亩稻田示范区", "云泽县人民医院", "云泽湖湿地公园")


def test_a_gallery_set_apart_by_blank_lines():
    text = (
        "奋力谱写云泽新篇章"
        + set_apart(*THINGS)
        + "\n\n"
        + PROSE
        + "\n\n工作回顾\n\n"
        + PROSE
        + "\n\n"
        + PROSE
    )
    assert captions(text) == list(THINGS)


def test_a_gallery_without_blank_lines_names_things_one_after_the_other():
    text = "\n\n".join(["凝心聚力 奋勇争先", *THINGS, "云泽大桥通车 通讯员 苏白 摄", PROSE])
    assert captions(text)[:3] == list(THINGS)


@pytest.mark.parametrize("event", ["隆重开幕，县长李明代表县人民政府作政府工作报告。", "胜利召开"])
def test_a_sentence_about_the_event_behind_a_picture(event):
    line = "2月27日，云泽县第十届人民代表大会第四次会议" + event
    assert captions("\n\n".join(["回眸", PROSE, PROSE]) + set_apart(line) + "\n\n" + PROSE) == [line]


NONE = {
    "a heading behind a wide gap": "标题一\n\n" + PROSE + set_apart("2024年工作回顾") + "\n\n" + PROSE,
    "a numbered heading": "标题一\n\n"
    + PROSE
    + set_apart("一、云泽县开发区", "二、云泽县大桥")
    + "\n\n"
    + PROSE,
    "a long paragraph behind a wide gap": "标题一\n\n"
    + PROSE
    + set_apart(PROSE * 3 + "会议召开。")
    + "\n\n"
    + PROSE,
    "the sentence without a gap": "标题一\n\n" + PROSE + "\n\n2月27日，大会胜利召开。\n\n" + PROSE,
    "wide gaps everywhere": "标题一" + set_apart(PROSE, "云泽县大桥", PROSE, "云泽县公园", PROSE),
    "two headings": "云泽县\n\n开发区\n\n" + PROSE,
    "headings with their paragraphs": "\n\n".join(x for t in THINGS for x in (t, PROSE)),
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_other_lines_are_no_captions(text):
    assert captions(text) == []


def test_the_type_is_carried_to_the_clean_text_and_a_caption_is_joined_to_nothing():
    line = "2月27日，云泽县第十届人民代表大会第四次会议隆重开幕。"
    text = "\n\n".join(["回眸", PROSE, PROSE]) + set_apart(line) + "\n\n" + PROSE + "\n"
    cleaned = cleaner.clean(text)
    assert "\n\n\n" not in cleaned.text
    kept = [cleaned.text[b.start : b.end] for b in cleaned.blocks if b.type is BlockType.CAPTION]
    assert kept == [line]
    (finding,) = [f for f in cleaner.confront(text).findings if f.check == "restoration/caption"]
    assert text[finding.start : finding.end] == line


def test_blocks_below_a_caption_keep_their_section():
    text = (
        "\n\n".join(["一、工作回顾", PROSE])
        + set_apart("云泽县万亩稻田示范区")
        + "\n\n二、工作安排\n\n"
        + PROSE
    )
    blocks = cleaner.clean(text).blocks
    assert [b.type for b in blocks].count(BlockType.CAPTION) == 1
    assert [b.section for b in blocks] == [0, 0, 0, 3, 3]
