"""Does a text go on, begin afresh, or belong elsewhere: the odds at a joint, and what a document's joints share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_helpers import lines, proposed, repaired

from cleaner.engine.repairs.data.build_sentence_heads import count
from cleaner.engine.repairs.edges import end_as_meant, head_as_meant
from cleaner.engine.repairs.joints import SURE, Joints, Odds, believed
from cleaner.engine.repairs.reflow import cut_paragraphs
from cleaner.engine.repairs.seams import half_clause, levels_of_headings
from cleaner.model import Safety

FRESH = "加快城乡供水一体化，新建管网八十公里，改造老旧水厂四座，让更多的群众喝上放心水。"
SOUND = "粮食生产再获丰收，农业基础更加稳固，特色产业不断壮大，柳溪县的好日子越过越红火，群众笑在脸上。"
CUT = (
    (
        "青岗县坚持稳中求进，全年经济运行总体平稳。全县规模以上工业增加",
        "值增长较快，新增就业岗位六百个，群众收入稳步提高。",
    ),
    ("农村道路面貌一新。县里继续推进农村人居环境整", "治提升行动，清理河道二十条，村容村貌焕然一新。"),
    ("教育事业稳步前进。新建改扩建中小学校四所，新增学", "位一千二百个，择校现象得到缓解，家长交口称赞。"),
)


def joined(*blocks):
    return repaired(cut_paragraphs, lines(*blocks), least=45, belief=0.5, strict=2)


def doubts(*blocks):
    return [
        c
        for c in proposed(cut_paragraphs, lines(*blocks), least=45, belief=0.5, strict=2)
        if c.safety is Safety.DOUBTFUL
    ]


@pytest.mark.parametrize(("left", "right"), CUT)
def test_a_paragraph_cut_inside_a_word_is_one_again(left, right):
    assert joined(SOUND, left, right, SOUND) == lines(SOUND, left + right, SOUND)


def test_a_sentence_whose_rest_is_elsewhere_is_not_joined_to_the_next_paragraph():
    left = CUT[0][0]
    assert joined(SOUND, left, FRESH) == lines(SOUND, left, FRESH)
    (doubt,) = doubts(SOUND, left, FRESH)
    assert "缺文" in doubt.why


def test_the_rest_of_another_sentence_is_not_joined():
    left = "生态底色更加鲜亮。县里统筹推进历史遗留矿山综合整"
    right = "镇化建设步伐加快，县城面貌日新月异，群众交口称赞，幸福感不断增强。"
    assert joined(SOUND, left, right) == lines(SOUND, left, right)


def test_a_weak_joint_is_believed_among_cuts_and_doubted_among_open_ends():
    weak = Odds(-0.9, 1.0)
    among_cuts = believed([Odds(6.0, 3.0)] * 5 + [weak])[-1]
    among_ends = believed([Odds(-5.0, 0.0)] * 5 + [weak])[-1]
    alone = believed([weak])[0]
    assert among_ends < 0.2 < alone < 0.5 < among_cuts


def test_no_joints_no_beliefs():
    assert believed([]) == []


def test_a_number_or_word_that_may_have_been_cut_has_no_odds():
    assert Joints.of([]).odds("全年新增就业1", "2万人。") is None
    assert Joints.of([]).odds("推广Wi", "Fi服务。") is None
    assert Joints.of([]).odds("投入资金☆", "改造水厂。") is None


def test_a_comma_leaves_no_doubt_that_a_rest_is_missing():
    rest = "推动农村公路提档升级，方便群众出行。"
    left = "农业基础更加稳固。县里持续用力抓好道路建设，"
    assert Joints.of([]).odds(left, rest).stray == 0
    assert joined(SOUND, left, rest) == lines(SOUND, left + rest)


def test_run_in_heads_count_against_a_joint_only_where_paragraphs_have_them():
    left, right = "改造水厂四座，群众", "生活明显改善。新建管网八十公里。"
    assert Joints.of([FRESH] * 20).odds(left, right).afresh > Joints.of([right] * 20).odds(left, right).afresh


def test_what_the_document_begins_sentences_with_counts():
    left, right = "让更多的群众出行更加方", "全县粮食生产再获丰收，产量稳步增长。"
    own = ["粮食丰收。全县新增就业六百人。全县改造水厂四座。全县新建管网八十公里。"] * 5
    assert Joints.of(own).odds(left, right).afresh < Joints.of([]).odds(left, right).afresh - 1


@pytest.mark.parametrize(
    ("left", "scrap", "sound"),
    [("成", "就。群众满意。", "就业稳步增长。"), ("着", "走、等着看。", "走村入户，")],
)
def test_a_scrap_before_a_mark_is_a_rest(left, scrap, sound):
    left = "文化事业面貌一新。各乡镇推" + left
    assert Joints.of([]).odds(left, scrap).afresh > Joints.of([]).odds(left, sound).afresh


def test_a_rest_further_on_speaks_against_the_next_text_and_none_speaks_for_it():
    joints, left = Joints.of([]), "教育事业稳步前进。新建改扩建中小学校四所，新增学"
    fresh = ["坚持稳中求进工作总基调。", "各位代表！成绩来之不易。"]
    none, one = (
        joints.elsewhere(left, fresh),
        joints.elsewhere(left, [*fresh, "位一千二百个，家长交口称赞。"]),
    )
    assert none < 0.5
    assert one > 1
    weak = Odds(-0.9, 1.0)
    assert believed([replace(weak, elsewhere=none)])[0] > believed([weak])[0]
    assert believed([replace(weak, elsewhere=one)])[0] < believed([weak])[0]


def test_half_a_sentence_is_not_joined_to_the_next_paragraph_if_its_rest_stands_behind_that():
    (left, right), middle = (
        CUT[2],
        "特色产业不断壮大，柳溪县的好日子越过越红火，群众笑在脸上，粮食生产再获丰收。",
    )
    assert joined(SOUND, left, middle, right) == lines(SOUND, left, middle, right)
    assert joined(SOUND, left, right, middle) == lines(SOUND, left + right, middle)


LEAD = "（二）聚力补短板、惠民生，公共服务"
TAIL = "水平不断提高，城乡面貌明显改善。实施农村饮水安全工程三十九处，硬化通村公路一百二十公里。"
RUN_IN = [f"（{n}）聚力抓好第{n}件事。{SOUND}" for n in "三四五"]


def test_a_mark_of_a_heading_before_first_sentences_makes_no_heading():
    assert joined(*CUT[0], LEAD, TAIL, *RUN_IN) == lines("".join(CUT[0]), LEAD + TAIL, *RUN_IN)
    headings = [text.split("。")[0] for text in RUN_IN]
    alone = [part for heading in headings for part in (heading, SOUND)]
    assert LEAD in joined(*CUT[0], LEAD, TAIL, *alone).split("\n")


def test_lines_of_one_clause_are_headings_where_there_are_many_and_no_cuts():
    heading, below = (
        "坚持生态优先，守护绿水青山底色",
        "底色更亮。云泽县完成造林三万亩，新建口袋公园十二处，群众推窗见绿。",
    )
    text = lines(*[part for _ in range(5) for part in (heading, below)])
    assert repaired(cut_paragraphs, text, least=45, belief=0.5, strict=2) == text


def test_commas_of_figures_make_no_clause():
    text = lines("上级各项补助收入188,240", "其中一般性转移支付152,310", "专项转移支付的各项收入35,930")
    assert repaired(cut_paragraphs, text, least=45, belief=0.5, strict=2) == text
    assert not half_clause("其中一般性转移支付152,310")


@pytest.mark.parametrize(("text", "levels"), [("一、", {2}), ("（一）", {1}), ("", {1, 2})])
def test_levels_whose_marks_stand_before_sentences_are_no_headings(text, levels):
    assert levels_of_headings([f"{text}粮食丰收。产量增加。"] * 3) == levels


def test_odds_that_marks_decide_outweigh_the_others():
    assert believed([Odds(-5.0, 0.0)] * 5 + [SURE])[-1] > 0.9


@pytest.mark.parametrize(
    "blocks",
    [
        (
            "坚定不移促改革，激发创新新动力",
            "提升创新能力。发挥企业主体作用，组建创新联合体三家，转化成果十二项，企业活力不断迸发出来。",
        ),
        (
            "（一）抓项目、扩投资，发展后劲更加充足",
            "项目建设全面提速。坚持一个项目、一名领导、一套班子，集中力量推进重点工程建设，成效明显。",
        ),
        ("春风拂过岚江岸，", "满载稻香入画来。"),
        (
            "文化惠民暖人心",
            "文化服务更加便捷。县图书馆、文化馆全部免费开放，送戏下乡一百余场，群众文化生活丰富多彩。",
        ),
    ],
)
def test_headlines_and_verses_keep_their_lines(blocks):
    assert joined(*blocks) == lines(*blocks)


def test_a_short_half_is_joined_where_the_seam_is_plain():
    left, right = (
        "县里实施积极的就业政策，落实稳健的货币政",
        "策，坚持正确处理改革发展稳定的关系，经济运行保持在合理区间，各项事业全面进步。",
    )
    assert joined(SOUND, left, right) == lines(SOUND, left + right)


def test_sentence_heads_are_counted_once_a_sentence():
    found = count(
        ["过去一年，柳溪县经济运行总体平稳向好。2023年新增就业六百人。“三农”工作稳步推进。\n短行。"]
    )
    assert found == {"过去": 1, "0年": 1, "“三": 1}


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [("加加快城乡供水", "加快城乡供水"), ("搶抓机遇，", "抢抓机遇，"), ("推推進集体林权", "推进集体林权")],
)
def test_a_damaged_edge_is_weighed_as_it_was_meant(damaged, meant):
    joints, left = Joints.of([]), "（三）坚持改革开放，激发内生动力"
    assert head_as_meant(damaged) == meant
    assert joints.odds(left, damaged) == joints.odds(left, meant)
    assert joints.odds(left.replace("动力", "動力力"), meant) == joints.odds(left, meant)


@pytest.mark.parametrize("head", ["推", "人人享有", "常常", "渐渐", "１１月", "推进"])
def test_a_sound_edge_is_weighed_as_it_stands(head):
    assert (head_as_meant(head), end_as_meant(head)) == (head, head)


@pytest.mark.parametrize("first", ["推推进", "推進"])
def test_a_heading_keeps_its_line_above_a_damaged_head(first):
    heading, rest = (
        "深化改革开放，激发内生动力",
        "农村集体产权制度改革，发放各类贷款九千万元，新增经营主体八百户，盘活闲置土地二百亩。",
    )
    text = lines(SOUND, heading, first + rest, SOUND)
    assert repaired(cut_paragraphs, text, least=45, belief=0.5, strict=2) == text
