"""Spaces inside a line: residue goes, the spaces of names, headlines and house styles stay."""

from __future__ import annotations

import pytest
from repair_helpers import proposed, repaired

from cleaner.engine.repairs import spaces, width


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("各 位 代 表：", "各位代表："),
        ("县 长 王 予 安", "县长 王予安"),
        ("县 长　张 琼", "县长 张琼"),
        ("云泽县县长 王 予 安", "云泽县县长 王予安"),
        ("云泽县县长 张 琼", "云泽县县长 张 琼"),
        ("姓 名  性 别  年 龄", "姓名  性别  年龄"),
    ],
)
def test_lines_set_wide(damaged, restored):
    assert repaired(spaces.letter_spaced, damaged) == restored


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("全县 上下万众 一心，取得成效。", "全县上下万众一心，取得成效。"),
        ("开展“好品云泽 诚信天下”活动。", "开展“好品云泽 诚信天下”活动。"),
        ("县长 王予安作报告，全场鼓掌。", "县长 王予安作报告，全场鼓掌。"),
        ("东风夜放花千树 更吹落星如雨，有词为证。", "东风夜放花千树 更吹落星如雨，有词为证。"),
        ("会议隆重开幕。 通讯员 苏白 摄", "会议隆重开幕。 通讯员 苏白 摄"),
        ("抓项目 促投资 夯基础", "抓项目 促投资 夯基础"),
    ],
)
def test_spaces_of_a_sentence(damaged, restored):
    assert repaired(spaces.between_han, damaged) == restored


def test_abbreviations_close_up_unless_all_are_set_apart():
    apart = "用 Git 管理 Linux 和 Go 源码，装 Vim 与 Tmux 后用 Make 编译。"
    assert repaired(spaces.beside_latin, "全县 GDP 跨过大关") == "全县GDP跨过大关"
    assert not proposed(spaces.beside_latin, apart, {"consistent": 8})
    assert not proposed(spaces.beside_latin, "由 Public Library of Science 出版")


def test_full_width_signs_follow_the_rest_of_the_document():
    mixed = "2023年投资34.07亿元，２０２４年38.5亿元"
    assert repaired(width.full_width, mixed) == "2023年投资34.07亿元，2024年38.5亿元"
    assert not proposed(width.full_width, "１９９８年粮食４９２５０万吨，增长2％")
    assert repaired(width.full_width, "GDP与PM2.5，ＬＥＤ", {"what": "letters"}) == "GDP与PM2.5，LED"


def test_straight_quotes_pair_around_chinese():
    assert repaired(width.straight_quotes, '加强"三湖"治理') == "加强“三湖”治理"
    assert not proposed(width.straight_quotes, '{"地区": "云泽县"}')
    assert not proposed(width.straight_quotes, '管径10"的水管')
    assert not proposed(width.straight_quotes, 'the "Green" label')
