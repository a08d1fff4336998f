"""Blocks printed twice: what goes, what stays, which copy, and how sure."""

from __future__ import annotations

import time

import pytest
from structure_helpers import lines, proposed, repaired

from cleaner.engine.repairs.nearness import near_pairs
from cleaner.engine.repairs.repeats import collated_readings, cut_copies, duplicate_blocks, near_duplicates
from cleaner.engine.view import View
from cleaner.model import Document, Safety

WATER = "着力建设青岗水库及其配套渠系工程，新增高效节水灌溉面积二万三千亩，惠及沿线十二个行政村。"
TAX = "纵深推进云泽县财税体制改革，加强预算绩效管理，推动零基预算改革试点扩大到全部县直部门。"
TOWN = "编制完成柳溪县国土空间规划，开展城市体检，改造老旧小区二十一个，建设口袋公园和公共停车场。"
RISK = "坚决防范化解重点领域风险，健全云泽县应急联动机制，严格落实网络舆情监测预警制度，合理管控网络舆"
REST = "情风险，守牢不发生系统性风险底线。"
PARTS = {
    "H": "深化改革 增添活力",
    "T": TAX,
    "K": "统筹城乡 拓展空间",
    "W": WATER,
    "P": TOWN,
    "S": "各位代表！",
}


def letters(spelled):
    return lines(*(PARTS[letter] for letter in spelled))


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("WKPW", "WKP"),
        ("HTKPHTKP", "HTKP"),
        ("HTWHTP", "HTWP"),
        ("TTT", "T"),
        ("TTTP", "TP"),
        ("STWSTP", "STWP"),
        ("HTKPHT", "HTKP"),
    ],
)
def test_a_copied_run_goes_with_its_headings_and_the_first_stays(damaged, restored):
    assert repaired(duplicate_blocks, letters(damaged)) == letters(restored)


@pytest.mark.parametrize("text", ["HKHK", "STSWSPS", "TKW", "HTHW"])
def test_short_blocks_by_themselves_stay(text):
    assert proposed(duplicate_blocks, letters(text)) == []


def test_a_heading_behind_the_copy_goes_with_it_and_a_salutation_stays():
    text = lines(WATER, PARTS["H"], TAX, WATER, PARTS["H"], TOWN)
    assert repaired(duplicate_blocks, text) == lines(WATER, PARTS["H"], TAX, TOWN)
    text = lines(WATER, PARTS["S"], TAX, WATER, PARTS["S"], TOWN)
    assert repaired(duplicate_blocks, text) == lines(WATER, PARTS["S"], TAX, PARTS["S"], TOWN)


def test_another_copy_inside_a_run_does_not_end_it():
    item = "九是扩大绿化，植树五千株。"
    text = lines(RISK + REST, WATER, RISK + REST, item, TAX, WATER, item)
    assert repaired(duplicate_blocks, text) == lines(RISK + REST, WATER, item, TAX)


def test_a_long_caption_goes_with_the_run_that_it_leads():
    photo = "图为青岗县云泽湖畔的丰收景象，农民正抢抓晴好天气收割晚稻，田间一派繁忙，今年又是丰年。 何田 摄"
    assert repaired(duplicate_blocks, lines(photo, WATER, TAX, photo, WATER)) == lines(photo, WATER, TAX)
    short = "云泽湖畔。 何田 摄"
    text = lines(short, WATER, TAX, short, WATER)
    assert repaired(duplicate_blocks, text) == lines(short, WATER, TAX, short)


def test_of_cut_copies_the_one_that_goes_on_stays():
    text = lines(RISK, WATER, RISK, REST)
    assert repaired(duplicate_blocks, text) == lines(WATER, RISK, REST)
    assert repaired(duplicate_blocks, lines(RISK, REST, WATER, RISK)) == lines(RISK, REST, WATER)


def test_an_exact_copy_of_forty_characters_is_certain_and_one_of_thirty_nine_is_none():
    assert [c.safety for c in proposed(duplicate_blocks, lines(WATER, TAX, WATER))] == [None]
    for length, found in ((40, 1), (39, 0)):
        block = TAX[: length - 1] + "。"
        assert len(proposed(duplicate_blocks, lines(block, WATER, block))) == found


def test_a_sentence_behind_a_dash_is_no_date_line():
    minor = "——民主法制建设取得新进步。青岗县依法行政扎实推进，保障群众权益和维护公平正义得到加强。"
    assert repaired(duplicate_blocks, lines(minor, TAX, minor)) == lines(minor, TAX)
    assert repaired(cut_copies, lines(minor, TAX, minor[:30])) == lines(minor, TAX)
    date = "——2024年1月12日在青岗县第十七届人民代表大会第四次会议上青岗县县长何田同志所作报告"
    assert proposed(duplicate_blocks, lines(date, TAX, date)) == []


def test_three_copies_in_other_company_may_be_boilerplate():
    text = lines(WATER, TAX, TOWN, WATER, PARTS["H"], "公共文化服务持续改善。", WATER, "就业稳定。")
    assert {c.safety for c in proposed(duplicate_blocks, text)} == {Safety.DOUBTFUL}
    assert repaired(duplicate_blocks, text) == text


@pytest.mark.parametrize(
    "block",
    [
        "责任单位：青岗县发展和改革局、青岗县财政局、青岗县自然资源局、青岗县农业农村局、各乡镇人民政府",
        "乙方应当按照约定期限完成云泽县水库除险加固工程的全部施工内容，并对工程质量终身负责，接受监督检查。",
        "“" + WATER + "”",
        "青岗镇\t120\t130\t140\t150\t160\t170\t180\t190\t200\t210\t220\t230\t240\t250",
        "注：本表数据均为初步统计数，部分合计数因四舍五入与分项之和略有出入，最终数据以统计年鉴公布的为准",
    ],
)
def test_what_recurs_by_design_stays(block):
    text = lines(block, TAX, block)
    for repair in (duplicate_blocks, cut_copies, near_duplicates):
        assert repaired(repair, text) == text


def test_a_cut_head_and_a_cut_tail_go_and_the_longer_block_stays():
    whole = RISK + REST
    for piece in (RISK, whole[7:]):
        assert repaired(cut_copies, lines(whole, WATER, piece)) == lines(whole, WATER)
        assert repaired(cut_copies, lines(piece, TOWN, WATER, whole)) == lines(TOWN, WATER, whole)
        assert [c.safety for c in proposed(cut_copies, lines(whole, WATER, piece))] == [None]


def test_a_cut_piece_from_the_middle_goes():
    whole = "各位代表，" + RISK + REST
    text = lines(whole, WATER, whole[9:52])
    assert repaired(cut_copies, text) == lines(whole, WATER)


def test_short_cut_pieces_need_their_neighbour():
    whole, piece = RISK + REST, "坚决防范化解重点领域风险，健全云泽县应急联动机制。严格落实网"
    whole = whole.replace("机制，", "机制。")
    assert [c.safety for c in proposed(cut_copies, lines(piece, whole))] == [Safety.PROBABLE]
    for between, safety in ((5, Safety.PROBABLE), (6, Safety.DOUBTFUL)):
        others = [f"{n}是办好实事，推进县城更新。" for n in "一二三四五六"[:between]]
        assert [c.safety for c in proposed(cut_copies, lines(piece, *others, whole))] == [safety]


def test_half_a_first_sentence_goes_and_a_headline_that_the_paragraph_takes_up_stays():
    whole = "同时我们看到，青岗县的家底还不厚，工业大项目不多，年轻人外流的势头没有根本扭转，发展任务很重。"
    assert repaired(cut_copies, lines(whole[:32], whole)) == whole
    headline = "坚持项目为王不动摇，着力扩大有效投资"
    for rest in ("，全年开工重点项目八十个。", "。全年开工重点项目八十个。"):
        assert proposed(cut_copies, lines(headline, headline + rest)) == []


def test_whole_sentences_at_the_end_of_a_block_and_as_the_next_are_only_shown():
    text = lines("三是扩大融资。" + WATER, WATER)
    assert [c.safety for c in proposed(cut_copies, text)] == [Safety.DOUBTFUL]


def test_a_heading_that_the_first_sentence_repeats_stays():
    assert proposed(cut_copies, lines("着力建设青岗水库及其配套渠系工程", WATER)) == []
    assert (
        proposed(
            cut_copies,
            lines("就业形势总体稳定，民生持续改善。", "就业形势总体稳定，民生持续改善。成绩来之不易。"),
        )
        == []
    )


def test_half_a_sentence_begun_again_is_joined():
    left, half, rest = "深化营商环境改革。", "全年新登记经营主体数量发", "展到三万户，同比增长两成。"
    assert repaired(cut_copies, lines(left + half, half + rest)) == left + half + rest
    text = lines(left + "全年新登记经营主体", "经营主体发展到三万户。")
    assert proposed(cut_copies, text) == [], "four characters recur by chance"


def test_copies_with_noise_go_and_the_cleaner_one_stays():
    noisy = TOWN.replace("空间", "空闻").replace("停车场", "停车汤")
    assert repaired(near_duplicates, lines(noisy, TOWN, WATER)) == lines(TOWN, WATER)
    assert repaired(near_duplicates, lines(TOWN, WATER, noisy)) == lines(TOWN, WATER)


def test_a_first_copy_that_is_worse_keeps_its_place_and_takes_the_better_readings():
    noisy, later = TOWN.replace("空间", "空闻").replace("停车场", "停车汤"), TOWN.replace("体检", "休检")
    assert repaired(near_duplicates, lines(noisy, WATER, TOWN)) == lines(noisy, WATER)
    assert repaired(collated_readings, lines(noisy, WATER, TOWN)) == lines(TOWN, WATER, TOWN)
    mended = repaired(collated_readings, lines(noisy, WATER, later))
    assert mended == lines(TOWN, WATER, later), "only the readings in which the second is better are taken"
    assert repaired(near_duplicates, mended) == lines(TOWN, WATER)


def test_a_reading_is_not_taken_from_a_neighbour_that_stays_or_from_a_parallel_text():
    noisy = TOWN.replace("空间", "空闻").replace("停车场", "停车汤")
    assert proposed(collated_readings, lines(noisy, TOWN)) == []
    assert proposed(collated_readings, lines(TOWN, WATER, noisy)) == []
    assert proposed(collated_readings, lines(TOWN, WATER, TOWN.replace("二十一个", "三十二个"))) == []


def test_a_character_left_out_is_supplied_and_one_printed_twice_is_not():
    short = TOWN.replace("开展城市", "开城市")
    assert repaired(collated_readings, lines(short, WATER, TOWN)) == lines(TOWN, WATER, TOWN)
    assert proposed(collated_readings, lines(TOWN, WATER, short)) == []
    twice = TOWN.replace("规划", "规划划")
    assert proposed(collated_readings, lines(TOWN, WATER, twice)) == []
    for first, second in ((short, TOWN), (TOWN, short), (twice, TOWN), (TOWN, twice)):
        assert repaired(near_duplicates, lines(first, second)) == TOWN


@pytest.mark.parametrize(("old", "new"), [("改造老旧", "不改造老旧"), ("国土", "国上"), ("老旧", "老区")])
def test_one_character_that_may_be_meant_leaves_a_doubt(old, new):
    (candidate,) = proposed(near_duplicates, lines(TOWN, WATER, TOWN.replace(old, new)))
    assert candidate.safety is Safety.DOUBTFUL


def test_one_numeral_for_another_makes_another_text():
    for old, new in (("二十一个", "三十一个"), ("二十一个", "二十七个")):
        assert proposed(near_duplicates, lines(TOWN, WATER, TOWN.replace(old, new))) == []


@pytest.mark.parametrize(
    ("old", "new"), [("二十一个", "三十二个"), ("柳溪", "云泽"), ("公共停车场", "公共充电桩和公共厕所")]
)
def test_paragraphs_that_differ_in_content_are_parallel(old, new):
    assert repaired(near_duplicates, lines(TOWN, TOWN.replace(old, new))) == lines(
        TOWN, TOWN.replace(old, new)
    )


def test_digits_keep_two_years_apart():
    this, last = (f"{y}年{TOWN[4:-1]}，完成投资{n}亿元。" for y, n in ((2024, 15), (2023, 12)))
    assert proposed(near_duplicates, lines(this, last)) == []


def test_minhash_finds_a_pair_among_many():
    marks = "甲乙丙丁戊己庚辛壬癸"
    others = [
        WATER.translate({ord(c): marks[(i + n) % 10] for n, c in enumerate(set(WATER))}) for i in range(10)
    ]
    text = lines(*others, TOWN, TOWN.replace("空间", "空闻"))
    view = View.of(text, Document("a.txt", text))
    assert (10, 11) in near_pairs(view, 40)


@pytest.mark.parametrize("repair", [duplicate_blocks, cut_copies, near_duplicates])
def test_a_megabyte_of_one_line_is_quick(repair):
    text = lines(*[WATER] * 7000, RISK)
    begun = time.process_time()
    list(proposed(repair, text))
    assert time.process_time() - begun < 8


def test_many_copies_go_as_one():
    text = lines(*[WATER] * 500)
    (candidate,) = proposed(duplicate_blocks, text)
    assert candidate.start == len(WATER)
    assert repaired(duplicate_blocks, text) == WATER


def test_clean_reports_keep_every_block(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        text = path.read_text("utf-8")
        for repair in (duplicate_blocks, cut_copies, near_duplicates):
            assert repaired(repair, text) == text, path.name


def test_two_characters_that_nobody_writes_are_noise_in_a_long_copy():
    long = TAX + WATER + TOWN + RISK
    torn = long.replace("改造老旧", "改喧蚀旧")
    other = long.replace("改造老旧", "改建新旧")
    assert repaired(near_duplicates, lines(long, PARTS["S"], torn)) == lines(long, PARTS["S"])
    assert proposed(near_duplicates, lines(long, PARTS["S"], other)) == []
    assert proposed(near_duplicates, lines(TAX, PARTS["S"], TAX.replace("试点", "喧蚀"))) == []
