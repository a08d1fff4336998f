"""Every non-blank line is a block, typed on its face."""

from __future__ import annotations

import pytest

from cleaner.model import BlockType
from cleaner.reading.blocks import parse_blocks


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("一、2023年工作回顾", BlockType.HEADING, 1),
        ("（二）突出扩投资、强保障", BlockType.HEADING, 2),
        ("（一）坚持实干。全县上下齐心协力，取得了很好的成绩。", BlockType.PARAGRAPH, 0),
        ("# 政府工作报告", BlockType.HEADING, 1),
        ("县 长 李 明 远", BlockType.SIGNATURE, 0),
        ("——2024年2月20日在云泽县第十七届人民代表大会第四次会议上", BlockType.SIGNATURE, 0),
        ("——全面落实各项惠民政策，群众生活稳步改善。", BlockType.PARAGRAPH, 0),
        ("1.新建公路三条。", BlockType.LIST_ITEM, 0),
        ("◆发展动能加速集聚", BlockType.LIST_ITEM, 0),
        ("10.3%。一年来，我们主要做了以下工作：", BlockType.PARAGRAPH, 0),
        ("大会开幕现场。 本报记者 王明 摄", BlockType.CAPTION, 0),
        ("各位代表！", BlockType.PARAGRAPH, 0),
        ("坚定做强新型工业 挺起高质量发展脊梁", BlockType.HEADING, 3),
        ("指标\t数值", BlockType.TABLE_CELL, 0),
        ("注：数据为快报数。", BlockType.NOTE, 0),
        ("全县经济运行稳中有进，各项工作取得新的成绩。", BlockType.PARAGRAPH, 0),
    ],
)
def test_a_line_is_typed_on_its_face(line, kind, level):
    (_, block) = parse_blocks("引言。\n\n" + line)
    assert (block.type, block.level) == (kind, level)


def test_blocks_leave_out_indents_and_know_their_section():
    text = "一、回顾\n\n　　全县经济稳中有进。\n"
    heading, paragraph = parse_blocks(text)
    assert text[paragraph.start : paragraph.end] == "全县经济稳中有进。"
    assert (heading.section, paragraph.section) == (0, 0)
