"""Sentences as county reports write them, right and with one planted error: silent on the first, loud on the second."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from cleaner.model import Severity

PLANTED = r"""
一般公共预算收入完成5.50亿元，增长6.2%，其中税收收入4.20亿元，占一般公共预算收入的比重为⟦76.4→67.4⟧%。
一般公共预算收入完成5.50亿元。税收收入完成4.20亿元，增长3.1%，占一般公共预算收入比重达⟦76.4→67.4⟧%。
固定资产投资完成50.0亿元，其中工业投资30.0亿元，占固定资产投资的⟦60→80⟧%。
一般公共预算支出完成24.00亿元。民生支出19.92亿元，占一般公共预算支出的⟦83→38⟧%。
一般公共预算支出完成24.00亿元，其中民生支出19.92亿元，占比⟦83→38⟧%。
实施重点项目60个，其中产业项目39个，占⟦65→56⟧%。
实施重点项目60个，其中产业项目39个，占项目总数的⟦65→56⟧%。
全县常住人口24.50万人，其中城镇人口12.25万人，占总人口的⟦50.0→55.0⟧%。
经营主体达到20000户，比上年净增2000户，增长⟦11.1→17.1⟧%。
经营主体净增2000户、达到20000户，同比增长⟦11.1→17.1⟧%。
经营主体发展到20000户，较上年末增加2000户，增幅⟦11.1→17.1⟧%。
各项贷款余额达到120.0亿元，较年初净增10.0亿元，同比增长⟦9.1→19.1⟧%。
接待游客由80.0万人次增加到96.0万人次，增长⟦20→26⟧%。
小麦、玉米、大豆播种面积分别达到20.1万亩、15.2万亩⟦、3.3万亩→⟧。
财政总收入和一般公共预算收入分别完成15.2亿元⟦、5.1亿元→⟧，同比增长12.1%、13.2%。
固定资产投资增长9.4%；⟦城乡居民人均可支配收入分别达到36211元、→⟧16211元，增长4.7%、9.3%，全市领先。
坚持“⟦控煤治污管车降尘→控煤治污管车尘⟧”四管齐下。
坚持“水、电、⟦路、→⟧气、讯”五网共建。
推进⟦县乡村→县乡⟧三级联动。
聚焦教育、医疗、养老⟦、托育→⟧四大领域补短板。
围绕产业振兴、人才振兴、文化振兴、生态振兴⟦、组织振兴→⟧“五大振兴”，抓好落实。
实施“四大行动”：强基行动、提质行动⟦、扩容行动→⟧、增效行动。
“五办”机制：主动办、马上办、一次办⟦、网上办→⟧、就近办。
今年重点办好⟦六→五⟧件民生实事：一是修路；二是建校；三是供水；四是植树；五是供暖；六是养老。
今年重点办好六件民生实事：一是修路；二是建校；⟦三是供水；→⟧四是植树；五是供暖；六是养老。
三次产业结构由12.1：45.2：42.7调整为11.3：⟦46.1→41.6⟧：42.6。
第一、二、三产业占比分别为11.3%、⟦46.1→41.6⟧%、42.6%。
全年粮食总产量达3.20亿斤（⟦1.60→1.80⟧亿公斤）。
新建高标准农田3.0万亩（⟦2000→2600⟧公顷）。
争取上级资金12.6亿元，完成全年目标任务12.0亿元的⟦105→150⟧%。
城镇化率由⟦46.3→64.3⟧%提高到47.5%。
2月26日至⟦29→25⟧日，会议召开。
完成人大代表建议92件、政协提案63件，共计⟦155→165⟧件。
外贸进出口总额完成8.20亿元，其中出口5.10亿元，进口⟦3.10→3.70⟧亿元。
今年重点抓好以下四个方面工作：\n\n（一）修路\n\n修好。\n\n（二）建校\n\n建好。\n\n⟦（三）供水\n\n供好。\n\n→⟧（四）植树\n\n植好。
今年重点抓好以下⟦三→四⟧个方面工作：\n\n（一）修路\n\n修好。\n\n（二）建校\n\n建好。\n\n（三）植树\n\n植好。
"""
_MARK = regex.compile("(?s)⟦(.*?)→(.*?)⟧")


@pytest.mark.parametrize("line", PLANTED.strip().split("\n"))
def test_planted_error_is_found_and_the_right_text_is_left_alone(judge: Callable, line: str) -> None:
    sentence = line.replace("\\n", "\n")
    right, wrong = _MARK.sub(r"\1", sentence), _MARK.sub(r"\2", sentence)
    assert judge(right)[2] == ()
    assert any(f.severity is not Severity.INFO for f in judge(wrong)[2])


SILENT = {
    "城乡低保、残疾人“两项补贴”等标准稳步提升。": "the count belongs to the last item of a longer list",
    "坚定“四个自信”、增强“四个意识”。": "two codes side by side, none lists the other",
    "制定和实施“十五五”规划。": "the name of a plan period",
    "二氧化硫、氮氧化物排放量分别下降3%左右和4%左右。": "bounds between the values",
    "城镇居民人均可支配收入达到30493元，农村居民人均可支配收入达到13255元，扣除价格因素，分别增长5.6%和6.2%。": (
        "the indicators stand in earlier clauses"
    ),
    "开展规范节庆、论坛、展会行动，数量分别压减75%、95%、73%。": "the list stands one clause earlier",
    "水泥、生铁、化肥产量达到412.6万吨、87.3万吨、5.4万吨，分别增长6.1%、4.8%、11.5%。": "three and three",
    "优良天数达到290天、增加19天，细颗粒物浓度下降6.2%。": "the rate belongs to another indicator",
    "政府公共投资9200亿元，比上年预算增加5000亿元，其中，保障性住房投资占44%。": "no target is named",
    "综合考核由第9名提升至第2名。": "a better rank is a smaller number",
    "完成投资50.0亿元，其中输水工程总投资80.0亿元。": "the part is counted over several years",
    "出让土地由20宗增加到35宗，面积由120亩减少到95亩。": "up and down as the words say",
    "工业企业产值占全省的比重为12.3%，全县工业企业产值完成50.0亿元。": "the total of another scope",
    "全年完成投资260天，比上年目标减少9天。": "a lower target is a floor",
    "推进全省市县两级改革。": "the first character belongs to the word before",
    "高考二本以上上线1129人，完成市下达任务的110%。": "a completion rate may pass 100",
}


@pytest.mark.parametrize("sentence", SILENT)
def test_right_sentences_that_look_wrong_are_left_alone(judge: Callable, sentence: str) -> None:
    assert [f for f in judge(sentence)[2] if f.severity is not Severity.INFO] == [], SILENT[sentence]
