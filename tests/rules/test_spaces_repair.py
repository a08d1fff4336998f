"""Spaces inside a line: residue goes, the spaces of names, headlines and house styles stay."""

from __future__ import annotations

import time

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
        ("政 府  工 作  报 告", "政府  工作  报告"),
        ("王 磊   李 静   张晶晶   陈圆圆", "王 磊   李 静   张晶晶   陈圆圆"),
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
        (
            "全县党员干部群众共同担当 推进各项重点工程的建设，成效显著。",
            "全县党员干部群众共同担当推进各项重点工程的建设，成效显著。",
        ),
    ],
)
def test_spaces_of_a_sentence(damaged, restored):
    assert repaired(spaces.between_han, damaged) == restored


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        (
            "农业增产， 工业增效、 服务业回暖。 全县财政增收。",
            "农业增产，工业增效、服务业回暖。全县财政增收。",
        ),
        ("会议隆重开幕。 通讯员 苏白 摄。", "会议隆重开幕。 通讯员 苏白 摄。"),
        (
            "出席会议的有： 张明远 李若谷 赵亦诚，列席的有甲乙。",
            "出席会议的有： 张明远 李若谷 赵亦诚，列席的有甲乙。",
        ),
        ("一段结束。　　二是抓项目，促投资。", "一段结束。　　二是抓项目，促投资。"),
    ],
)
def test_a_space_after_a_mark_goes_but_not_a_lost_paragraph_or_a_list(damaged, restored):
    assert repaired(spaces.between_han, damaged) == restored


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("煤炭产量首次 突破1亿吨，居第三。", "煤炭产量首次突破1亿吨，居第三。"),
        ("要抓好固定资产投 资和招商引资工作，力争进位。", "要抓好固定资产投资和招商引资工作，力争进位。"),
        ("我谨代表 县人民政府作报告。", "我谨代表县人民政府作报告。"),
        ("县长 张 琼，副县长 李 由。", "县长 张 琼，副县长 李 由。"),
        ("发展科 技、教育事业。", "发展科技、教育事业。"),
        ("储备库 年 底 达 到3座，居全市前列。", "储备库年底达到3座，居全市前列。"),
    ],
)
def test_what_a_space_cuts_decides(damaged, restored):
    text = damaged
    for _ in range(4):
        text = repaired(spaces.between_han, text)
    assert text == restored


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("打造“重 要窗口”，奋力前行。", "打造“重要窗口”，奋力前行。"),
        ("举办“好品青岗 诚信天下”活动。", "举办“好品青岗 诚信天下”活动。"),
        ("举办“我们的节日 端午”活动。", "举办“我们的节日 端午”活动。"),
        ("做好“六 稳”工作，落实“六稳”。", "做好“六稳”工作，落实“六稳”。"),
    ],
)
def test_titles_keep_their_halves_and_words_do_not(damaged, restored):
    assert repaired(spaces.between_han, damaged) == restored


def test_a_cut_line_of_several_clauses_is_running_text():
    cut = "全县 上下万众一心，攻坚克难，经济运行总体平稳，社会大局和谐稳定，各项事业取得新的进步，为完成"
    assert " " not in repaired(spaces.between_han, cut)
    assert not proposed(spaces.between_han, "抢抓机遇，奋勇争先 谱写新篇")


def test_time_grows_with_the_length_of_a_line():
    line = "全县 上下 万众 一心" * 20_000 + "。"
    begun = time.process_time()
    proposed(spaces.between_han, line)
    assert time.process_time() - begun < 8


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
