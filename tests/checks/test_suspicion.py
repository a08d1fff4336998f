"""What looks damaged and is not repaired: every detector on text of its class, and on text that only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest

import cleaner
from cleaner.checks.suspicion.pairs import Pairs
from cleaner.checks.suspicion.strange import PER_THOUSAND, strange_words
from cleaner.checks.suspicion.subject import Subject
from cleaner.model import Severity

ORDINARY = "全县经济运行稳中有进，各项社会事业全面发展，人民生活水平持续提高，生态环境质量不断改善。"
"""A sentence that no detector has anything to say about."""


def lines(*blocks: str) -> str:
    return "\n\n".join(blocks)


def flagged(text: str, kind: str) -> list[str]:
    """What the findings of one kind point at, in the base text."""
    found = [f for f in cleaner.confront(text).findings if f.check == f"restoration/{kind}"]
    assert all(f.message and f.message_en for f in found)
    return [text[f.start : f.end] for f in found]


REVIEW = "2023年，全县固定资产投资完成52.6亿元，增长8.4%，新建标准厂房12万平方米，落地项目36个。"
FIGURES = "建成高标准农田3.2万亩，粮食总产量达到4.1亿公斤，新增设施蔬菜8600亩，培育家庭农场120家，农民收入增长7.2%。"
GENERAL = (
    "去年，全县上下坚持稳字当头、稳中求进，完整准确贯彻新的发展理念，不折不扣落实上级各项决策部署，"
    "实干担当，务实进取，奋力推进各项事业，全力完成目标任务。"
)

SUSPECT = {
    "a plan above the review": (
        "block-order",
        lines("开启新程", "展望2024", ORDINARY, "回眸2023", REVIEW),
        ["展望2024", "回眸2023"],
    ),
    "heads of one pattern with others between": (
        "block-order",
        lines(
            *(f"坚定{a}\n\n{ORDINARY}" for a in ("做强工业", "发展旅游", "扩大投资")),
            *(f"{b}新成绩\n\n{FIGURES}" for b in ("农业取得", "城建取得", "民生取得")),
            *(f"坚定{c}\n\n{ORDINARY}" for c in ("抓好三农", "深化改革", "守牢安全")),
        ),
        ["坚定抓好三农"],
    ),
    "siblings under different heads": (
        "block-order",
        lines(
            "坚定发展旅游",
            "坚决打好蓝天保卫战。" + ORDINARY,
            "坚定做强工业",
            "坚决打好碧水保卫战。" + ORDINARY,
        ),
        None,
    ),
    "a head that its paragraph repeats": (
        "block-order",
        lines(
            "坚决打好碧水保卫战 全面实施河道清淤整治工程",
            "全面实施河道清淤整治工程，修复湿地三处。" + ORDINARY,
        ),
        ["坚决打好碧水保卫战 全面实施河道清淤整治工程", "全面实施河道清淤整治工程"],
    ),
    "a paragraph that starts with a scrap": (
        "orphan-head",
        lines(
            "坚定发展农业", ORDINARY, "廊道建设。按照精品示范、提档升级的标准，因地制宜补齐短板。" + ORDINARY
        ),
        ["廊道建设。"],
    ),
    "a body that is another's": (
        "missing-section",
        lines(
            *("粮食生产实现新突破", FIGURES, "经济发展取得新成绩", REVIEW),
            *("产业转型升级迈出新步伐", GENERAL),
            *("城乡建设展现新面貌", "改造老旧小区18个，新修道路36公里，城镇绿地增加12公顷。" + ORDINARY),
            *("民生改善交出新答卷", "新增城镇就业3860人，新建学校5所，改造卫生室42个。" + ORDINARY),
        ),
        ["产业转型升级迈出新步伐", GENERAL[:20]],
    ),
    "notes whose numbers are lost in the text": (
        "lost-anchors",
        lines(
            ORDINARY, "附注：", "1.四好农村路：建好、管好、护好、运营好。", "2.两山：理念。", "3.三资：资金。"
        ),
        ["附注："],
    ),
    "a comma where siblings have semicolons": (
        "list-separator",
        "围绕湖光山色，发展生态游，围绕古镇老街，发展乡村游；围绕革命旧址，发展研学游；依托矿山遗址，发展工业游。",
        ["，围绕"],
    ),
    "a clause that is a character off its siblings": (
        "uneven-list",
        "开展生态度假游，发展乡村休闲游，开展红色研学游，实施军工文化旅游，打造国宝探秘游。",
        ["军工文化旅游"],
    ),
    "a member of a list behind a comma": (
        "list-separator",
        "持续办好特殊教育，继续教育，规范民办学校。做好参保扩面，医保统筹、社会救助、优抚安置等工作。",
        ["，", "，"],
    ),
    "a letter of a phrase that is taken up as another": (
        "uneven-list",
        "践行“快准实严”的作风。在“快”上求突破，在“稳”上下功夫，在“实”上见成效，在“严”上做表率。",
        ["快准实严", "稳"],
    ),
    "seasons without a spring": (
        "uneven-list",
        "推出东山登高、柳湖夏荷花、青岗秋红叶、云泽冬冰雪等产品。",
        ["推出东山登高"],
    ),
    "a first member that is cut short": (
        "uneven-list",
        "量身定制野康养游、历史文化游、民俗乡村游、农业采摘游等线路。",
        ["野康养游"],
    ),
    "a digit behind a percent sign": (
        "odd-percent",
        "城镇居民收入增长6.19%6，农村居民收入增长7.4%0，分别提高0.3个百分点。",
        ["6.19%6", "7.4%0"],
    ),
    "a short sentence that makes no sense": (
        "strange-word",
        "抓预建设热。" + ORDINARY + "做招促招商引资。" + ORDINARY,
        ["抓预建设热", "做招促招商引资"],
    ),
    "a word between two full stops": (
        "orphan-head",
        "加强农业面源污染防治。防控。" + ORDINARY,
        ["防控。"],
    ),
    "a paragraph whose first word lost its head": (
        "orphan-head",
        lines(
            ORDINARY, "办全国乡村文艺汇演，亮相公共文化平台，群众文化生活更加丰富多彩，文化惠民工程深入实施。"
        ),
        ["办全国"],
    ),
    "a street with two names": (
        "name-variant",
        lines("改造文苑南路。", "打通文体南路。"),
        ["文苑南路", "文体南路"],
    ),
    "counts that nothing parts": ("joined-counts", "改造了10所小学2所初中。", ["10所小学2所初中"]),
    "a phrase without a part": (
        "phrase-variant",
        lines(
            "深入贯彻落实省委对全县工作的重要讲话重要指示精神，推动各项工作。",
            "认真学习省委对全县工作的重要讲话精神，推动高质量发展。",
        ),
        ["重要讲话精神"],
    ),
    "a word twice in a list that shares it": (
        "repeated-tail",
        "认真落实省党代会精神、县委全会和县委经济工作会议精神。",
        ["精神、县委全会和县委经济工作会议精神"],
    ),
    "a character doubled in no word": ("odd-doubling", "打造城夜夜市和步行街。", ["城夜夜市"]),
    "a mark without a partner": ("unpaired-mark", "深化“承诺制改革，优化环境。", ["“"]),
    "a name with one character changed": (
        "name-variant",
        lines("支持恒越汽车扩大产能。" + ORDINARY, "恒越汽车二期投产。", "推动恒趣汽车上市。"),
        ["恒趣汽车"],
    ),
    "a look-alike in a name of two": (
        "name-variant",
        lines("云泽湖畔。", "云泽城区。", "建设云泽。", "云泽人民。", "全面提升云译湖环境。"),
        ["云译湖"],
    ),
    "a name with a part lost": (
        "name-variant",
        lines("天岙湾公园建成。", "天岙体育公园开放。", "天岙站通车。"),
        ["天岙湾公园", "天岙体育公园"],
    ),
}


@pytest.mark.parametrize("case", SUSPECT.values(), ids=SUSPECT)
def test_what_looks_damaged_is_asked_about(case):
    kind, text, expected = case
    found = flagged(text, kind)
    if expected is None:
        assert [f[:9] for f in found] == ["坚决打好蓝天保卫战", "坚决打好碧水保卫战"]
    else:
        assert found == expected


def test_a_quotation_mark_is_not_quoted_by_its_own_kind():
    (found,) = (f for f in cleaner.confront("深化“承诺制改革，优化环境。").findings if "mark" in f.check)
    assert found.message == "「“」在本段没有与之成对的一半"


SOUND = {
    "the review above the plan": lines("开启新程", "回眸2023", REVIEW, "展望2024", ORDINARY),
    "one pattern without a break": lines(
        *(
            f"坚定{a}\n\n{ORDINARY}"
            for a in ("做强工业", "发展旅游", "扩大投资", "抓好三农", "深化改革", "守牢安全")
        )
    ),
    "siblings side by side": lines("坚决打好蓝天保卫战。" + ORDINARY, "坚决打好碧水保卫战。" + ORDINARY),
    "a short run-in head": lines("优化产业布局。" + ORDINARY, "建设美丽乡村。" + ORDINARY),
    "notes that the text points at": lines(
        "建设“四好农村路”[1]、“两山”[2]、“三资”[3]。",
        "附注：",
        "1.四好：好。",
        "2.两山：山。",
        "3.三资：资。",
    ),
    "verbs chained with commas": "加强农村建设，加强城市管理；加强道路养护，加强河道治理；加强生态保护，加强执法。",
    "clauses of different length": "发展生态游，建设乡村旅游，开展红色研学游，实施工业游，打造文化探秘游。",
    "parallel clauses with verbs of their own": "切实加强教育，重视教育，优先发展教育。做好防汛抗旱，加强监测、排查隐患等工作。",
    "letters that are taken up in turn": "坚持“快准实”。在“快”上突破，在“准”上用力，在“实”上见效。",
    "seasons with a spring": "推出东山春登高、柳湖夏荷花、青岗秋红叶、云泽冬冰雪等产品。",
    "a first member as long as the others": "量身定制山野康养游、历史文化游、民俗乡村游、农业采摘游等线路。",
    "percentages in a row": "三次产业占比为15.5%、57.0%、27.5%，完成率分别达到98%和100%，较上年提高2至3个百分点。",
    "short sentences with verbs of one character": "特色农业越做越精。文旅融合更富活力。科学精准谋项目。加大投入护健康。",
    "an answer in a word": "能不能办好？能办好。是的。",
    "words of trades that dictionaries lack": "规范殡仪馆管理，整治私搭乱建，投产超超临界机组、矿热炉、耐磨衬板，展出奇石文玩。",
    "villages, temples and firms with names of their own": "改造祁郭路、稷益庙，惠及苑曲村，扶持鸿鼎置业、弘瑞药业。",
    "counts with a mark between them": "改造了10所小学、2所初中。",
    "measures of two kinds": "出让土地4宗289亩，实现收入2.1亿元。",
    "characters doubled by grammar": "大家高高兴兴，紧紧依靠群众，稳稳当当推进，天天向上。",
    "two words that meet": "县委委员，绛县县委，供水水源，创新新能源，以上上线率。",
    "marks in pairs": "深化“承诺制”改革（试点），出版《县志》。",
    "streets that differ on purpose": lines("改造文昌南路。", "改造文昌北路。", "新建文昌东路。"),
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_only_looks_like_it_is_left_alone(text):
    kinds = {f.check for f in cleaner.confront(text).findings if f.check.startswith("restoration/")}
    assert kinds == set()


def test_a_lost_section_is_shown_where_the_text_breaks_off():
    text = lines(
        *(
            "一、工作回顾",
            ORDINARY,
            "（一）突出稳增长",
            ORDINARY,
            "（二）突出促转型",
            ORDINARY + "打造宜居城市。",
        ),
        *("设。超前谋划氢能项目。" + ORDINARY, "（五）突出惠民生", ORDINARY),
    )
    place = text.index("设。超前")
    (finding,) = [f for f in cleaner.confront(text).findings if f.check == "restoration/missing-section"]
    assert (finding.start, finding.end) == (place - 2, place)
    assert "（三）（四）" in finding.message
    assert finding.severity is Severity.WARNING


def test_a_whole_numbering_loses_nothing():
    text = lines("一、工作回顾", ORDINARY, "（一）突出稳增长", ORDINARY, "（二）突出促转型", ORDINARY)
    assert flagged(text, "missing-section") == []


LONG = lines(
    *[ORDINARY] * 1,
    *(f"{word}，推动全县经济社会发展取得新的更大成效。" for word in ("加快转型", "深化改革") * 40),
)


def test_a_word_that_is_none_is_asked_about_in_ordinary_prose():
    text = LONG + "\n\n全面实施晋保龙庆院保护修缮工程，支持格润冲件改造。"
    assert [w for w in flagged(text, "strange-word") if w in ("晋保龙庆院", "格润冲")] == [
        "晋保龙庆院",
        "格润冲",
    ]


def test_strange_words_keep_to_their_budget():
    odd = "皿罔丐叵、卅卞弋孑、囗亍彳亻、卮匚卣尢、夬孓屮彡"
    cleaned = cleaner.clean(LONG + "\n\n推广" + odd * 6 + "。")
    subject = Subject.of(cleaned)
    found = list(strange_words(subject, Pairs.of(subject)))
    assert len(found) <= PER_THOUSAND * len(cleaned.text) / 1000
    assert list(strange_words(Subject.of(cleaner.clean("推广" + odd + "。")))) == []


def test_a_coinage_in_quotation_marks_is_the_writers_own():
    assert flagged(LONG + "\n\n推行“晋保龙庆院”模式。", "strange-word") == []


def test_suspicions_never_overlap_and_follow_the_text():
    for _, text, _ in SUSPECT.values():
        doubts = [f for f in cleaner.confront(text).findings if f.finding_id.startswith("doubt-")]
        spans = [(f.start, f.end) for f in doubts]
        assert spans == sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert len({f.fingerprint for f in doubts}) == len(doubts)
