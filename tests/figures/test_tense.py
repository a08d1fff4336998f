"""Backward and forward passages: told by verbs where chapter headings are lost or stand in the wrong place."""

from __future__ import annotations

from figure_helpers import as_is

from cleaner.figures.extract import extract
from cleaner.figures.tense import Passage, evidence, looking_back

_PAGE = """柳溪县在第三届人民代表大会上部署新一年工作
回眸2023
2023年，全县生产总值完成87亿元，同比增长5%，各项事业取得了新成效。
筑牢产业根基 激发县域活力
加快园区建设，完善配套管网9公里。大力引进企业，推动项目落地，做强特色产业。
强化科技支撑，培育新兴产业，实施技改项目7个。
民生福祉得到改善
新建学校3所，城镇新增就业3500人，位居全市前列。养老中心建成投用。
办好民生实事
改造小区11个。实施管网工程，完善设施，提升服务，力争新增泊位200个。
"""


def _told(text: str) -> dict[str, tuple[str, str]]:
    figures = extract(as_is(text, year="2024")).figures
    return {f.raw: (f.period, f.status) for f in figures if f.kind in ("level", "count", "target")}


def test_columns_read_in_the_wrong_order_are_told_by_their_verbs() -> None:
    """A plan that follows a review without a heading of its own is a plan, and the review after it is none."""
    told = _told(_PAGE)
    assert told["87亿元"] == ("2023", "actual")
    assert told["9公里"] == told["7个"] == ("2024", "plan")
    assert told["3所"] == told["3500人"] == ("2023", "actual")
    assert told["11个"] == ("2024", "plan")
    assert told["200个"] == ("2024", "target")


_NUMBERED = """一、2023年工作回顾
（一）产业发展迈上新台阶。完成投资3亿元，同比增长5%，成功引进企业4家。
（二）城乡面貌得到改善。建成公园2座，惠及群众3000人。
（三）民生保障更加有力。发放补贴600万元，获得好评。
{lost}（一）加快产业升级。推动技改，完善配套，打造园区5个，建设厂房80亩。
（二）加强城乡建设。实施绿化工程，提升品质，改造道路9公里，持续整治。
"""


def test_a_chapter_whose_heading_is_lost_begins_where_the_numbers_start_again() -> None:
    """（一） after （三）: the verbs decide, and they decide as the heading would have."""
    lost, whole = _told(_NUMBERED.format(lost="")), _told(_NUMBERED.format(lost="二、2024年工作安排\n"))
    assert lost == whole
    assert lost["600万元"] == ("2023", "actual")
    assert lost["80亩"] == lost["9公里"] == ("2024", "plan")


def test_a_numbered_chapter_is_not_overruled() -> None:
    """Bare verbs under a numbered review heading are deeds, however many there are."""
    verbs = "加快道路建设，完善管网，推动改革，强化管理，提升服务，打造品牌，改造道路9公里。\n"
    text = "一、2023年工作回顾\n" + verbs * 6 + "二、2024年工作安排\n建设厂房80亩。\n"
    assert _told(text) == {"9公里": ("2023", "actual"), "80亩": ("2024", "plan")}


def test_numbered_sections_below_an_unnumbered_chapter_stay_in_it() -> None:
    """一、 and 二、 under 2023年工作回顾 are its sections, and do not begin the plans."""
    text = (
        "2023年工作回顾\n一、产业发展稳中向好\n建成园区2个，完成投资3亿元。\n二、城乡面貌焕然一新\n改造道路9公里。\n"
        "2024年工作安排\n一、做强产业\n建设厂房80亩。\n"
    )
    told = _told(text)
    assert told["3亿元"] == told["9公里"] == ("2023", "actual")
    assert told["80亩"] == ("2024", "plan")


def test_one_doubtful_passage_does_not_turn_the_tense() -> None:
    """A change costs more than one passage says, less than two do, and nothing where a chapter begins."""
    plan, doubt = Passage(-9, 12), Passage(9, 12)
    assert looking_back([plan, doubt, plan]) == [False, False, False]
    assert looking_back([plan, doubt, doubt, doubt, plan]) == [False, True, True, True, False]
    assert looking_back([plan, Passage(9, 0), Passage(-9, 0)]) == [False, True, False]
    assert looking_back([]) == []


def test_in_doubt_a_text_states_facts() -> None:
    """A weak mark of a plan alone makes none."""
    assert looking_back([Passage(-2, 12)]) == [True]
    assert looking_back([Passage(-3, 12)]) == [False]


def test_evidence_counts_marks_on_both_sides_and_is_bounded() -> None:
    """Marks of a review minus marks of a plan; a long passage says no more than ten marks do."""
    review, plan = "已建成道路，同比增长5%。", "加快建设，力争完成。"
    assert evidence(review, 0, len(review)) > 3
    assert evidence(plan, 0, len(plan)) < -3
    assert evidence(plan * 9, 0, len(plan) * 9) == -10
    assert evidence("全县有9个乡镇。", 0, 8) == 0


def test_a_statistical_bulletin_is_about_the_year_of_its_title() -> None:
    """Its date is that of printing; 上年 is the year before that of the title."""
    text = (
        "云泽县2023年国民经济和社会发展统计公报\n云泽县统计局\n2024年3月28日\n一、综合\n"
        "全年粮食产量20万吨，增产1.5%。去年末有企业40家。\n表1 主要产品\n"
    )
    figures = [
        f for f in extract(as_is(text, year="2024")).figures if f.raw in ("20万吨", "1.5%", "40家", "1")
    ]
    assert [(f.raw, f.period, f.kind) for f in figures] == [
        ("20万吨", "2023", "level"),
        ("1.5%", "2023", "growth_rate"),
        ("40家", "2022", "count"),
        ("1", "2023", "ordinal"),
    ]
    assert {f.status for f in figures} == {"actual"}
