"""Clean text of other genres goes through untouched: budgets, bulletins, prose, verse, classics, code."""

from __future__ import annotations

import json

import pytest
from support import ROOT

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document
from cleaner.packs.load import shipped_packs

LISTED = ROOT / "tests" / "cases" / "clean-corpus-edits.json"
PACKS = {"glyph", "markup", "script", "spacing", "punctuation", "wording", "names-yuncheng", "numeral"}
RULES = RuleSet.of(rule for pack in shipped_packs() if pack.name in PACKS for rule in pack.rules)

GENRES = {
    "budget": "青岗县2024年预算执行情况\n\n一般公共预算收入5.62亿元，为预算的101.3%，增长7.8%。其中：税收收入3,214万元。\n\n"
    "科目编码\t科目名称\t预算数\n201\t一般公共服务支出\t12,345.60\n20101\t  人大事务\t320.00",
    "bulletin": "注：[1]公报中数据均为初步统计数。[2]部分数据因四舍五入，存在总计与分项合计不等的情况。\n"
    "三次产业结构为15.5：57.0：27.5。全年PM2.5平均浓度35μg/m³，优良天数比例92.6%。时间：9:30—11:00，比分3:2。",
    "english": "由 Public Library of Science 出版的论文Deep learning for the classification of rice（Wang and Li, 2021）指出，"
    "R&D投入与GDP增长相关。The county, with 3 towns and 12 villages, is in the south. See http://a.cn/b?c=1&d=2.",
    "classics": "子曰：“学而时习之，不亦说乎？”孟子曰：“穷则独善其身，达则兼善天下。”青出于蓝而胜于蓝。",
    "traditional": "各位代表：本縣認真貫徹各項決策部署，經濟發展質量提高，開發區建設進展順利，農業農村環境改善。",
    "verse": "登云泽楼\n\n白水绕孤城 青山入画屏\n渔歌何处起 一夜满湖星",
    "list": "（一）抓项目\n1.新建泵站3座；\n2.改造渠道12.5公里；\n38.完善台账。\n①第一类 ②第二类",
    "signature": "——在青岗县第十届人民代表大会第三次会议上\n\n青岗县人民政府县长 张 琼\n\n（2024年1月5日）\n\n各位代表：",
    "headlines": "坚定抓好“三农”事业 稳固发展基石\n抢抓机遇 踔厉奋发 奋力谱写新篇章\n“好品青岗 诚信天下”活动启动",
    "names": "联系人王**，账号6222****8888。阿不都.买买提、古丽娜尔·艾合买提出席。“粤滇·澜湄线”开行，乡村e镇建成。",
    "doubled": "农民工工资按时支付，本科以上上线率提高，创新新能源模式，天天向上，好好学习，常态长效。",
    "numbers": "合同额$100万，2020—2035年，10-100亿元，A/B两案，京G·12345，乐政发〔2018〕59号，“7×24”小时，13710督办。",
    "chemistry": "总投资1.2亿元的N2O减排项目，型号M3，H₂O，x^2+y^2=1，f(参数)，文件名demo_2.txt。",
    "phrases": "他讲述自己经历的故事，"
    "来自已有项目的资料。打人民战争，会上强调，基建是重点，信用体系健全，托儿所开放。",
    "crossing words": "讲述自己经历，来自已有项目，利己经营，社保待遇，三处埋设管道，水管埋深，"
    "新建没有达标的设施，违建没收，三项日常工作，屋顶目前完好，一封项目建议书，究竟技术如何，脱贫固本，致贫因素。"
    "已经挤进前列，海关健康申报，机关健身，关键全在落实，护士地位提升，人士地区，一批淮河治理工程，"
    "对淮北地区，年末能够完成，周末必到，长期未达标，三晋及周边，城墙长100米，墙强度。"
    "率先迸发活力，诸侯车马，新台价格，高价段房源，落实旌德县，循环竟然，落实沅江治理，前往房山，"
    "新村料理店，数目渐多，未稍作休息，收入民心工程，深入民间，喜悦收获，科普级别，本月末来访。",
    "ethnic": "彝族火把节“朵洛荷”展演，傣历新年放高升，藏历土蛇年，蒙古包里敬奶茶。",
    "emphatic": "太好了！！真的吗？？他想了想……没有回答。——这是后话。",
}


@pytest.mark.parametrize("genre", GENRES)
def test_nothing_is_edited(genre):
    cleaned = restore(Document("a.txt", GENRES[genre]), RULES, Settings())
    assert [(e.rule, e.before, e.after) for e in cleaned.applied] == []


def test_clean_reports_keep_every_character_and_digit(shared):
    """Edits to the 28 clean reports are spaces and marks alone, and only of the kinds that are listed."""
    listed = json.loads(LISTED.read_text("utf-8"))
    for path in sorted((shared / "corpus").glob("*.txt")):
        cleaned = restore(Document(path.name, path.read_text("utf-8")), RULES, Settings())
        counts: dict[str, int] = {}
        for edit in cleaned.applied:
            for _, _, before, after in edit.parts or ((0, 0, edit.before, edit.after),):
                assert words(before) == words(after), (path.name, edit.rule, before, after)
                counts[edit.rule] = counts.get(edit.rule, 0) + 1
        allowed = listed.get(path.name, {})
        assert {r: n for r, n in counts.items() if n > allowed.get(r, {}).get("count", 0)} == {}, path.name


def words(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
