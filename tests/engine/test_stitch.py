"""Halves of sentences that came apart, headings inside sentences, titles inside texts, and gaps."""

from __future__ import annotations

import time

import pytest
from structure_helpers import lines, proposed, repaired

from cleaner.engine.repairs.openness import balanced, seam, starts_open
from cleaner.engine.repairs.stitch import cut_blocks, displaced_title, gaps, misplaced_headings
from cleaner.engine.view import View
from cleaner.model import Document, Safety

HEAD = "净化营商环境，深化减税降费。全县经营主体数量发"
TAIL = "展到三万户，同比增长两成，实现量质同增。"
FARM = "持续做强农业科技，推广节水灌溉技术，培育新型经营主体。"
JOBS = "城镇新增就业五千人，转移农村劳动力一万二千人。"
LOST = "深入贯彻党的二十大精神。坚决落实经济工作会议精"
TOWNS = "镇化和乡村全面振兴协调推进，城乡面貌明显改观。"


def test_a_tail_comes_back_from_below_and_from_above():
    below = lines(HEAD, "稳固三农基石", FARM, TAIL, "民生改善", JOBS)
    above = lines(FARM, TAIL, "稳固三农基石", HEAD, "民生改善", JOBS)
    assert repaired(cut_blocks, below) == lines(HEAD + TAIL, "稳固三农基石", FARM, "民生改善", JOBS)
    assert repaired(cut_blocks, above) == lines(FARM, "稳固三农基石", HEAD + TAIL, "民生改善", JOBS)


def test_a_tail_at_either_end_of_the_text():
    assert repaired(cut_blocks, lines(TAIL, FARM, HEAD)) == lines(FARM, HEAD + TAIL)
    assert repaired(cut_blocks, lines(HEAD, "稳固三农基石", FARM, TAIL)) == lines(
        HEAD + TAIL, "稳固三农基石", FARM
    )


def test_a_move_is_one_group_that_loses_nothing():
    text = lines(HEAD, "稳固三农基石", FARM, TAIL, JOBS)
    found = proposed(cut_blocks, text)
    assert len({c.group for c in found}) == 1
    assert "".join(text[c.start : c.end] for c in found).strip() == "".join(c.after for c in found) == TAIL


def test_two_sentences_find_their_own_halves():
    other, rest = "强化产权管理。加强村级集体经济建设，进一步规", "范农村集体资产管理，壮大集体经济。"
    text = lines(rest, FARM, HEAD, "稳固三农基石", JOBS, other, "民生改善", FARM[:-1] + "壮大产业。", TAIL)
    restored = repaired(cut_blocks, text)
    assert HEAD + TAIL in restored
    assert other + rest in restored


@pytest.mark.parametrize(
    "text",
    [
        lines(LOST, "聚力项目建设", FARM, TOWNS),
        lines(HEAD, "稳固三农基石", FARM, JOBS),
        lines(JOBS, TAIL, FARM),
        lines(HEAD, FARM, HEAD.replace("净化", "优化"), JOBS, TAIL, FARM[2:]),
        lines("净化“营商环境。全县经营主体数量发", FARM, JOBS, TAIL),
        lines(HEAD, TAIL, FARM),
        lines("发展文旅产业 增添发展活力", FARM, TAIL),
    ],
)
def test_nothing_is_joined_without_a_joint_that_stands_alone(text):
    assert repaired(cut_blocks, text) == text


def test_a_lone_pair_without_proof_is_only_shown():
    text = lines("做好服务。深入开展产品出口", "稳固三农基石", FARM, "质，推动名优产品走出国门。", JOBS)
    found = proposed(cut_blocks, text)
    assert {c.safety for c in found} <= {Safety.DOUBTFUL}


def test_wrapped_lines_are_no_halves():
    line = "各乡镇要落实责任。推动农业农村工作全面发"
    text = lines(*[line, "展到新的阶段，取得明显成效。各部门要协同配"] * 20, "民生改善", TAIL)
    assert repaired(cut_blocks, text) == text
    assert list(gaps(View.of(text, Document("a", text)))) == []


OUT = (
    "稳定对外贸易。鼓励小微企业抓订单。着力提升产品出口",
    "2025年工作安排",
    "资质，推动名优产品走出国门。",
    JOBS,
)


def test_a_heading_in_a_sentence_goes_behind_the_paragraph():
    head, heading, tail, following = OUT
    assert repaired(misplaced_headings, lines(*OUT)) == lines(head + tail, heading, following)
    assert repaired(misplaced_headings, lines(HEAD, "民生改善", "城乡融合", TAIL)) == lines(
        HEAD + TAIL, "民生改善", "城乡融合"
    )


@pytest.mark.parametrize(
    "text",
    [
        lines(LOST, "聚力聚焦项目建设", "全盘谋项目。坚持项目是第一支撑，千方百计扩大投资。"),
        lines(LOST, "聚力聚焦项目建设", TOWNS),
        lines(FARM, "民生改善", TAIL),
        lines(HEAD, "民生改善", JOBS),
        lines(HEAD, "民生改善", "这一年，城镇新增就业五千人。"),
        lines(HEAD, "民生改善"),
    ],
)
def test_headings_in_their_place_stay(text):
    assert proposed(misplaced_headings, text) == []


def test_captions_are_moved_by_the_rule_that_names_them():
    text = lines(HEAD, "云泽县万亩稻田 王某 摄", TAIL)
    assert proposed(misplaced_headings, text) == []
    assert repaired(misplaced_headings, text, interrupts=["caption"]) == lines(
        HEAD + TAIL, "云泽县万亩稻田 王某 摄"
    )


TITLE = (
    "政府工作报告",
    "——2024年2月20日在云泽县第十届人民代表大会第四次会议上",
    "云泽县人民政府县长 林 远 舟",
)
BODY = ("各位代表：", "现在，我代表县人民政府报告工作。", FARM, "一、工作回顾", JOBS)


def test_a_title_inside_is_proposed_and_moved_on_request():
    text = lines(*BODY, *TITLE, "坚持项目为王，扩大有效投资。")
    assert {c.safety for c in proposed(displaced_title, text)} == {Safety.DOUBTFUL}
    assert repaired(displaced_title, text) == text
    restored = lines(*TITLE, *BODY, "坚持项目为王，扩大有效投资。")
    assert repaired(displaced_title, text, reorder=True) == restored
    view = View.of(text, Document("a", text), reorder=True)
    assert {c.safety for c in displaced_title(view, {})} == {None}


@pytest.mark.parametrize(
    "text",
    [
        lines(*TITLE, *BODY, FARM),
        lines(*BODY, *TITLE, "各位代表：", "受县人民政府委托，报告预算。"),
        lines(*BODY, "政府工作报告", FARM),
        lines(FARM, JOBS, FARM, *TITLE, FARM),
        lines(*BODY, *TITLE, FARM, *TITLE, FARM),
    ],
)
def test_titles_in_their_place_and_titles_of_other_texts_stay(text):
    assert proposed(displaced_title, text, reorder=True) == []


def test_gaps_are_the_ends_that_nothing_continues():
    text = lines(FARM, LOST, "聚力项目建设", TOWNS, JOBS, "设。超前谋划氢能项目，优化风电布局。", "民生改善")
    found = list(gaps(View.of(text, Document("a", text))))
    assert [kind for *_, kind, _ in found] == ["cut_end", "cut_start", "cut_start"]
    assert [text[a:b] for a, b, *_ in found] == [LOST[-12:], TOWNS[:12], "设。超前谋划氢能项目，优"]


def test_where_a_title_stands_inside_the_text_after_it_lost_its_head():
    text = lines(*BODY, *TITLE, "独特的资源禀赋、产业基础等优势，让更多项目落户。")
    assert [(text[a:b][:5], kind) for a, b, kind, _ in gaps(View.of(text, Document("a", text)))] == [
        ("独特的资源", "cut_start")
    ]


def test_what_a_joint_says():
    assert seam(HEAD, TAIL) == 2
    assert seam("会议精", "镇化和乡村") == seam("推动土", "镇化和乡村") == 0
    assert seam("", TAIL) == seam(HEAD, "") == 0
    assert balanced("“五抓”（含一促）") and not balanced("“五抓") and not balanced("五抓”")
    assert not any(
        map(
            starts_open,
            ("这一年，全县", "干，干，干！", "同时，加快", "水、电、路", "农业，稳中有进", "", "（一）加快"),
        )
    )


@pytest.mark.parametrize("repair", [cut_blocks, misplaced_headings, displaced_title])
def test_a_megabyte_is_quick(repair):
    text = lines(*[HEAD, "民生改善", FARM] * 6000)
    begun = time.process_time()
    proposed(repair, text)
    assert time.process_time() - begun < 8


def test_clean_reports_have_no_loose_end(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        text = path.read_text("utf-8")
        for repair in (cut_blocks, misplaced_headings, displaced_title):
            assert proposed(repair, text) == [], path.name
        assert list(gaps(View.of(text, Document(path.name, text)))) == [], path.name


def test_a_rest_near_by_is_moved_though_no_word_was_cut():
    head = "坚持以人民为中心的发展思想，扎实做好民生保障工作。全面落实就业优先政策，完善创业扶持、"
    tail = "技能培训等措施，城镇新增就业稳中有增，重点群体就业保持稳定。"
    text = lines(head, "（二）着力推动产业升级", FARM, tail, JOBS)
    found = proposed(cut_blocks, text)
    assert tail in [c.after for c in found]
    assert {c.safety for c in found} == {None}


def test_a_rest_of_another_sentence_is_not_taken():
    text = lines(LOST, "（二）着力推动产业升级", FARM, TOWNS, JOBS)
    assert repaired(cut_blocks, text) == text


def test_one_block_of_marks_is_no_pair():
    assert repaired(cut_blocks, "，" * 60) == "，" * 60


def test_a_caption_is_neither_half():
    caption = "工人在车间里组装新能源汽车电池，生产线一派繁忙景象 本报记者 王明 摄"
    text = lines("各乡镇要落实责任，推动重点工程", caption, FARM, JOBS)
    assert repaired(cut_blocks, text) == text


def test_printed_lines_are_not_sorted_into_one_another():
    """Lines of a page that was read line by line all stop inside a sentence: none of them is moved."""
    text = lines(
        "坚持以人民为中心的发展思想，扎实做好民生",
        "保障工作，全面落实就业优先政策，完善创业",
        "扶持、技能培训等措施，城镇新增就业稳中有",
        "增，重点群体就业保持稳定，居民收入持续增",
        "长，社会保障网织得更密更牢，教育医疗水平",
    )
    assert repaired(cut_blocks, text) == text


def test_nothing_is_moved_that_a_number_or_a_stop_holds():
    """12,135.2|7元, and a line that is a stop: what stands beside is the other half."""
    court = (
        "本院受理原告云泽县农村信用合作联社与被告王某某金融借款合同纠纷一案，已审理终结。判决如下：一、被告王某某于本判决生效\n"
        "之日起十日内偿还原告借款本金48,600.00元及利息12,135.2\n"
        "7元（截至2025年3月20日），本息合计60,735.27元；二、被告李某某承担连带清偿责任。\n\n"
        "限你自公告之日起30日内来本院领取民事判决书。\n"
    )
    talk = (
        "第三，谁主管谁负责、谁审批谁负责、谁监管谁负责、谁使用谁负责\n\n。\n\n"
        "同志们，道虽迩，不行不至；事虽小，不为不成。让我们……（全场\n\n起立，长时间热烈鼓掌）\n\n谢谢大家！\n"
    )
    for text in (court, talk):
        assert [c for c in proposed(cut_blocks, text) if c.safety is not Safety.DOUBTFUL] == []


@pytest.mark.parametrize(
    "text",
    [
        "大干大支持，小干小支持，不干不支持！",
        "啊，云泽，啊，云泽，我爱你的山，我爱你的水。",
        "百分之百、千真万确、万无一失，一件也不能少。",
        "用法：水煎服，日1剂，分2次服。医师：甘　草　审核：白　术",
        "入场前请关闭手机。【提示】请带身份证。｛备用｝",
    ],
)
def test_calls_and_signatures_are_no_gaps(text):
    assert list(gaps(View.of(text, Document("a.txt", text)))) == []
