"""Hard wraps and cut paragraphs: what belongs together is one line, and nothing else is."""

from __future__ import annotations

import json
import re

import pytest
from reflow_helpers import joins, lines_of_text, restored, run, wrapped

from cleaner.engine.repairs.seams import gap_of_words
from cleaner.model import Safety

REPORT = [
    "一、过去一年工作回顾",
    "过去一年，云泽县顶住经济下行的压力，办成了一批看得见、摸得着的实事。全县生产总值完成86.4亿元，同比增长5.1%，"
    "两年平均增速6.3%；固定资产投资完成21.7亿元，增速排名全市第3。城乡居民收入分别达到31260元和14085元，同比增长"
    "6.2%、8.4%，群众的日子一天比一天好。",
    "（一）聚力兴产业、强动能，发展质量稳步提升。新上亿元以上工业项目23个，其中17个当年开工、当年投产，带动就业2.6万"
    "余人。沙渡产业园引进了6家“专精特新”企业，标准厂房全部交付使用。农业方面，粮食总产量达到2.2亿公斤，新建高标准农田"
    "3.8万亩，改造老旧果园4000亩，优质梨的种植面积位居全市第一。",
    "（二）聚力补短板、惠民生，城乡面貌明显改观。实施农村饮水安全工程39处，硬化通村公路120公里，3个乡镇的群众喝上了"
    "放心水。教育、医疗、养老等事业取得新的进展，县医院综合楼主体完工，新城小学秋季开学，社区养老服务中心投入运营。",
    "各位代表！成绩来之不易，这是全县人民团结奋斗的结果。我们清醒地看到，经济总量偏小、结构不优的问题依然存在，"
    "民生领域还有不少短板，干部作风还需要进一步改进，我们将采取有力措施加以解决。",
    "二、今年工作安排",
    "今年是实施“十四五”规划的关键之年。我们要咬定目标、稳中求进，一张蓝图绘到底，一茬接着一茬干，推动高质量发展"
    "取得新成效。主要预期目标是：生产总值增长6%左右，一般公共预算收入增长5%，居民收入增长与经济增长同步。",
    "附注：",
    "1.“两山一河”：青岗山、云泽山和沙渡河，是我县生态保护和文化旅游开发的重点区域，总面积约320平方公里。",
    "2.“双提双减”行动：提高质量、提高效益，减少排放、减少浪费，在全县规模以上工业企业和各类园区中全面开展。",
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["hidden", "visible"])
@pytest.mark.parametrize("width", [17, 26, 28, 34])
def test_wrapped_text_comes_back_paragraph_by_paragraph(width, indent, gap):
    broken = wrapped(REPORT, width, indent, gap)
    assert [line.strip() for line in lines_of_text(restored(broken))] == REPORT


@pytest.mark.parametrize("width", range(26, 35))
def test_without_indents_a_short_line_ends_the_paragraph(width):
    needed, joined, wrong = joins(REPORT, wrapped(REPORT, width, "none", "\n\n"))
    assert joined >= needed - 2
    assert wrong <= 1  # a paragraph whose last line or sentence ends on a full line cannot be told for sure


def test_restored_text_is_left_alone():
    assert restored("\n\n".join(REPORT)) == "\n\n".join(REPORT)
    once = restored(wrapped(REPORT, 28, "hidden", "\n\n"))
    assert restored(once) == once


def test_text_that_was_cut_every_so_many_characters_comes_back():
    broken = "\n".join(p[i : i + 30] for p in REPORT for i in range(0, len(p), 30))
    assert lines_of_text(restored(broken)) == REPORT


def test_a_space_at_the_head_of_a_page_decides_nothing():
    lines = wrapped(REPORT, 28, "hidden", "\n\n").split("\n\n")
    pages = ["\n\n".join(lines[i : i + 9]) for i in range(0, len(lines), 9)]
    assert [line.strip() for line in lines_of_text(restored("\n ".join(pages)))] == REPORT


def test_decimals_counts_and_year_ranges_at_the_start_of_a_line_join():
    paragraph = (
        "全年新增就业岗位数和劳动力转移数同比分别增长了10.3%和2.6%。《云泽县国土空间总体规划（2020—2035年）》"
        "获得批复，先后开展5次集中开工活动，共转移安置群众2.6万余名，规划的约束力得到切实增强，村庄规划编制工作全面铺开。"
    )
    lines = [
        "全年新增就业岗位数和劳动力转移数同比分别增长了",
        "10.3%和2.6%。《云泽县国土空间总体规划（2020",
        "—2035年）》获得批复，先后开展5次集中开工活动，",
    ]
    rest = paragraph.removeprefix("".join(lines))
    broken = "\n".join([*lines, *(rest[i : i + 23] for i in range(0, len(rest), 23))])
    assert restored(broken) == paragraph


def test_a_date_line_in_two_halves_is_one():
    head = [
        "——2023年2月8日在云泽县第十六届人民代表大会",
        "第三次会议上",
        "云泽县人民政府县长 李 某",
        "各位代表：",
    ]
    broken = "\n\n".join([*head, wrapped(REPORT, 28, "hidden", "\n\n")])
    found = lines_of_text(restored(broken))
    assert found[:3] == [head[0] + head[1], head[2], head[3]]


def test_list_items_keep_their_lines_and_cut_numbers_do_not_make_items():
    items = [
        f"{n}.“工程{n}”：由县直部门牵头，各乡镇配合，分年度实施的重点民生工程，总投资{n}.{n}亿元。"
        for n in range(1, 9)
    ]
    assert lines_of_text(restored(wrapped(items, 20, "hidden", "\n\n"))) == items


def test_words_of_two_lines_keep_one_space_between_them():
    lines = [
        "展会期间，来自三十多个国家和地区的客商与本县企业签订了Green",
        "Energy Storage合作协议并在园区设立研发中心，推动产业升级换代和",
        "技术创新走深走实。",
    ]
    sentence = f"{lines[0]} {lines[1]}{lines[2]}"
    text = wrapped(REPORT, 31, "none") + "\n" + "\n".join(lines)
    assert sentence in restored(text)


@pytest.mark.parametrize(("head", "tail"), [("an", "d"), (" a", "nd "), (" an", "d "), ("o", "r")])
def test_a_conjunction_that_a_line_end_cut_is_one_word_again(head, tail):
    left, right = "云泽县扎实推进城乡融合发展。全县加快建设现代产业", "体系，新建园区两个，引进企业六家。"
    assert restored(f"{REPORT[1]}\n{left}{head}\n\n{tail}{right}").endswith(left + head + tail + right)
    first = "一年来全县上下一心、攻坚克难，办成了许多好事实事。"[: len(left)]
    lines = wrapped([*REPORT, first + left], len(left), "none")
    assert restored(f"{lines}{head}\n{tail}{right}").endswith(first + left + head + tail + right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("签订Gre", "d合作"), ("引进an", "d Storage"), ("建成an", "dB标准"), ("参加 Expo an", "d展")],
)
def test_other_words_of_two_lines_keep_their_space(left, right):
    assert gap_of_words(left, right) == " "


@pytest.mark.parametrize(
    ("head", "tail", "one"),
    [
        ("，新登记市场主体20", "00户，同比增长一成；", True),
        ("，主要目标任务到20", "25年全面完成，成效初显；", True),
        ("，全年累计完成投资1", "58.9亿元，比上年有增长；", True),
        ("，综合服务热线为0311", "8765432转接各乡镇便民中心；", False),
        ("，增长率先后达到5.1", "6.3%左右，走势逐步向好；", False),
    ],
)
def test_digits_of_one_number_meet_and_those_of_two_keep_a_space(head, tail, one):
    start = "全县经济运行总体平稳有序，重点项目建设加快推进，群众收入持续稳步增长，社会大局和谐安宁"
    room = 28 - len(head) + (sum(c.isascii() for c in head) + 1) // 2
    lines = [start[:28], start[28:][: 28 - 1], (start * 2)[:room] + head, tail]
    text = wrapped(REPORT, 28, "none") + "\n" + "\n".join(lines)
    assert (head[-2:] + ("" if one else " ") + tail[:3]) in restored(text)


def test_equal_lines_that_do_not_run_on_are_no_wraps():
    offices = "\n".join(
        ["云泽县农业农村局", "云泽县水务管理局", "云泽县交通运输局", "云泽县市场监管局", "云泽县文化旅游局"]
        * 3
    )
    slogans = "\n".join(
        ["◆发展动能在精准有力中加速集聚", "◆新型工业在改旧育新中聚势向强", "◆乡村振兴在强基固本中扎实推进"]
        * 4
    )
    assert restored(offices) == offices
    assert restored(slogans) == slogans


def test_clauses_set_one_a_line_are_no_wraps():
    clauses = [
        f"{part}，" for paragraph in REPORT for part in re.split("[，。；：]", paragraph) if len(part) > 8
    ]
    assert restored("\n".join(clauses)) == "\n".join(clauses)


def test_parts_set_to_different_widths_are_each_undone():
    annex = [line.replace("云泽", "青岗") for line in REPORT]
    text = wrapped(REPORT * 3, 28, "hidden", "\n\n") + "\n\n" + wrapped(annex * 3, 19, "visible", "\n\n")
    needed, joined, wrong = joins(REPORT * 3 + annex * 3, text)
    assert joined >= 0.97 * needed
    assert wrong <= 2


def test_a_paragraph_that_a_page_end_cut_is_joined():
    cleaned = run("十四个项目开工建设，前期工作取得进展。特别是总投\n\n资80亿元的风电项目已获批复。")
    assert cleaned.text == "十四个项目开工建设，前期工作取得进展。特别是总投资80亿元的风电项目已获批复。"
    (edit,) = cleaned.edits
    assert (edit.rule, edit.before, edit.after) == ("reflow/cut-paragraph", "\n\n", "")


def test_the_document_itself_can_know_a_seam():
    known = "我们要加强昴毕文化的研究。"
    cut = "青岗县历史悠久，底蕴深厚。县里正在深入挖掘昴\n\n毕文化的内涵，讲好青岗故事。"
    assert restored(f"{known}\n\n{cut}") == f"{known}\n\n{cut}".replace("昴\n\n毕", "昴毕")


def test_a_quotation_that_the_second_half_closes_joins_the_halves():
    assert (
        restored("今年要抓好三件事。一是打造“三\n\n无”营商环境，二是招商引资。")
        == "今年要抓好三件事。一是打造“三无”营商环境，二是招商引资。"
    )


def test_an_unknown_seam_is_only_proposed():
    text = "一年来的工作令人鼓舞。我们要持续推动土\n\n镇化和乡村全面振兴，统筹发展和安全。"
    cleaned = run(text)
    assert cleaned.text == text
    assert [(e.safety, e.applied) for e in cleaned.edits] == [(Safety.DOUBTFUL, False)]


@pytest.mark.parametrize(
    "text",
    [
        "一年来的工作令人鼓舞。全县经营主体数量发\n\n坚定抓好三农事业 稳固发展基石",
        "县 长 李 某 某\n\n独特的资源禀赋，让更多项目落户青岗县。",
        "（一）突出稳增长、提能级\n\n工业转型势头强劲。深化改革，推进产业升级。",
        "打造宜居、安全的城市。\n\n设。超前谋划氢能项目，优化风电布局。",
        "治理效能更好更优。深化“承诺制+标准\n\n政府工作报告",
        "一年来，我们着力抓好重点领域改革，着力优化营商环境，进一步规\n\n大抓设施提升。推进景区建设，完善服务设施。",
        "主要预期目标是：\n\n生产总值增长6%，居民收入稳步增长。",
    ],
)
def test_what_does_not_go_on_stays_apart(text):
    assert restored(text) == text


def test_clean_reports_get_no_join(shared):
    found = {
        path.name: run(path.read_text("utf-8")).edits for path in sorted((shared / "corpus").glob("*.txt"))
    }
    assert {name: edits for name, edits in found.items() if edits} == {}


def test_the_wrapped_report_comes_back_as_its_gold(shared):
    gold = (shared / "gold" / "seed002_reflowed.txt").read_text("utf-8")
    text = next((shared / "seeds").glob("002_*.txt")).read_text("utf-8")
    squeeze = [re.sub(r"\s", "", line) for line in lines_of_text(restored(text))]
    assert squeeze == [re.sub(r"\s", "", line) for line in lines_of_text(gold)]


def test_every_break_that_the_gold_keeps_is_kept(shared):
    text = next((shared / "seeds").glob("002_*.txt")).read_text("utf-8")
    cleaned = run(text)
    rows = [json.loads(line) for line in (shared / "gold" / "seed002.jsonl").read_text("utf-8").splitlines()]
    kept = [row for row in rows if row["class"] == "keep_break"]
    lost = [r["id"] for r in kept if not _holds_break(cleaned, r["offset"], r["before"])]
    assert len(kept) > 100
    assert lost == []


def _holds_break(cleaned, offset, before):
    gap = re.search(r"\s*\n\s*", before)
    place = cleaned.offsets.to_clean(offset + gap.start(), offset + gap.end())
    return "\n" in cleaned.text[place.start : place.end]


@pytest.mark.parametrize("indent", ["none", "hidden", "visible"])
def test_wraps_made_of_clean_reports_are_undone(shared, indent):
    needed = joined = wrong = 0
    for number, path in enumerate(sorted((shared / "corpus").glob("*.txt"))[::4]):
        paragraphs = [" ".join(line.split()) for line in lines_of_text(path.read_text("utf-8"))]
        result = joins(paragraphs, wrapped(paragraphs, 26 + number, indent, "\n\n"))
        needed, joined, wrong = (a + b for a, b in zip((needed, joined, wrong), result, strict=True))
    assert joined / needed >= 0.985
    assert joined / (joined + wrong) >= 0.99


def test_a_headline_that_fills_two_lines_is_not_joined_to_the_indented_paragraph_after_it():
    head = (
        "（九）坚持生态优先、绿色发展，统筹山水林田湖草沙系统治理，努力建设人与自然和谐相处的美丽的青岗新家园"
    )
    paragraphs = [*REPORT, head, *REPORT[1:]]
    assert len(head) % 26 == 24  # with its indent it ends where the line does
    assert lines_of_text(restored(wrapped(paragraphs, 26, "visible"))) == paragraphs


def test_a_full_line_ends_the_paragraph_where_the_next_opens_minutes():
    minutes = [
        "会议指出，今年以来全县各级各部门认真贯彻落实县委决策部署，",
        "主要经济指标保持平稳增长，民生保障有力有效，社会大局和谐稳",
        "定。同时要看到，经济运行仍面临不少困难，需要引起高度重视。",
        "会议要求，要突出抓好以下工作：",
        "一是抓项目。要紧盯重点项目建设进度，倒排工期、挂图作战，确",
        "保按期完成全年投资任务。",
        "二是抓企业。要深入开展入企服务，帮助企业解决用地、用工、融",
        "资等方面的实际困难。",
        "三是抓民生。要兜牢民生底线，办好民生实事，不断增强群众的获",
        "得感、幸福感、安全感。",
        "会议强调，要压紧压实责任，加强督导检查。",
    ]
    assert "引起高度重视。\n会议要求，要突出抓好以下工作：\n一是" in restored("\n".join(minutes))
