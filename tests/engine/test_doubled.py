"""Characters and words printed twice, and the many that are doubled on purpose."""

from __future__ import annotations

import time

import pytest
from structure_helpers import proposed, repaired

from cleaner.engine.repairs.doubled import doubled_characters, doubled_words
from cleaner.model import Safety


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("项目开工工率达到九成，去年开工率达到八成。", "项目开工率达到九成，去年开工率达到八成。"),
        ("屋顶光伏伏覆盖率达到三成。", "屋顶光伏覆盖率达到三成。"),
        ("自觉接受受人大监督。", "自觉接受人大监督。"),
        ("全面面推进乡村振兴。", "全面推进乡村振兴。"),
        ("新增养老床位位400张。", "新增养老床位400张。"),
        ("强化行政监监督。", "强化行政监督。"),
        ("深化制度改改革，推进公路关关键路段建设。", "深化制度改革，推进公路关键路段建设。"),
        ("坚持稳中求进，推推动高质量发展。", "坚持稳中求进，推动高质量发展。"),
        ("任期经济济责任审计。", "任期经济责任审计。"),
        ("专项行动动，成效明显。", "专项行动，成效明显。"),
    ],
)
def test_the_second_character_goes(damaged, restored):
    assert repaired(doubled_characters, damaged) == restored


@pytest.mark.parametrize(
    "text",
    [
        "农民工工资、施工工地、开工工程、供水水源、市政道路路面、以上上线率、创新新能源、退税缓税缓费。",
        "干干净净、紧紧围绕、刚刚过去、家家户户、方方面面、点点滴滴、仅仅、往往、稳稳当当。",
        "县县委、云泽县县长、柳溪市市委、青岗镇镇长、全乡乡道。",
        "农业税税率、中小学校校舍、中医医院、特困困难老人、激发发展活力。",
        "久久为功，牢牢守住，人人参与，处处可见，年年丰收，天天向上。",
        "打造城夜夜市，立力同等等企业，辛辛智能，金泰泰公司，张莹莹同志，绿油油的稻田。",
        "财政超收收入，土地用途管制制度，城镇新建建筑，信心来自自治区。",
        "以钉钉子精神抓落实，先行行业标准，说说心里话。",
        "教育育人，服务务工人员，培育育种基地，农业税税率，口蹄疫疫苗，政策策略，绿化化肥，市场场地。",
        "成都都市圈，太湖湖西，燕山山地，低空空域，汽车车辆，增值税税制，葡萄酒酒庄，合作社社员。",
        "人人尽展其才，“老老人”与“小小孩”，天天实干，高高举起，大大提高，一座座新城，绿油油，沉甸甸。",
        "把屋子打扫打扫，让大家高兴高兴，雪白雪白的墙，认真总结总结经验。",
    ],
)
def test_what_is_doubled_on_purpose_or_unproved_stays(text):
    assert proposed(doubled_characters, text) == []
    assert proposed(doubled_words, text) == []


def test_a_document_may_teach_the_single_form_but_not_a_word_that_goes_on():
    assert repaired(doubled_characters, "竣工工率偏低。全年竣工率回升。") == "竣工率偏低。全年竣工率回升。"
    text = "加强医院院感防控，减少医院感染。"
    assert repaired(doubled_characters, text) == text


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("民宿发展发展到163家。", "民宿发展到163家。"),
        ("检查结果结果互认。", "检查结果互认。"),
        ("推动高质量发展高质量发展取得新成效。", "推动高质量发展取得新成效。"),
        ("绿色循环发展发展试点。", "绿色循环发展试点。"),
        ("扎实推进基础设施重点项目建设建设，补齐短板。", "扎实推进基础设施重点项目建设，补齐短板。"),
        ("在全县范围内开展开展“清洁家园”活动。", "在全县范围内开展“清洁家园”活动。"),
        ("保持政策的连续性和稳定性，促进消费消费的回升。", "保持政策的连续性和稳定性，促进消费的回升。"),
    ],
)
def test_a_word_printed_twice_stands_once(damaged, restored):
    assert repaired(doubled_words, damaged) == restored


@pytest.mark.parametrize(
    "text",
    [
        "一代一代接续奋斗，一步一步走来，一件一件解决，逐项逐项落实。",
        "新兴产业创业创新平台，市属高校一校一策，连战连胜，纪委监委监督。",
        "研究研究再定，讨论讨论方案。",
        "家政服务服务业增多。",
    ],
)
def test_words_that_meet_on_purpose_stay(text):
    assert repaired(doubled_words, text) == text


@pytest.mark.parametrize("text", ["联动文化文化。", "让城乡群众的生活更加便利便利，", "消费活力活力。"])
def test_at_the_end_of_a_short_clause_or_after_an_adverb_another_word_may_have_stood(text):
    assert [c.safety for c in proposed(doubled_words, text)] in ([Safety.DOUBTFUL], [])
    assert repaired(doubled_words, text) == text


def test_tables_and_signatures_are_left_alone():
    assert proposed(doubled_words, "发展发展情况\t发展发展情况\t120") == []


@pytest.mark.parametrize("text", ["的" * 350_000, "农民工工资、" * 60_000, "文化" * 170_000])
def test_a_megabyte_is_quick(text):
    begun = time.process_time()
    assert proposed(doubled_characters, text) == []
    proposed(doubled_words, text)
    assert time.process_time() - begun < 8


def test_clean_reports_have_none(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        text = path.read_text("utf-8")
        assert proposed(doubled_characters, text) == [], path.name
        assert proposed(doubled_words, text) == [], path.name
