"""Page numbers and running heads go; numbers and lines that mean something stay."""

from __future__ import annotations

import pytest
from reflow_helpers import lines_of_text, packs, restored, run, wrapped
from test_reflow import REPORT

from cleaner.model import Safety

FURNITURE = packs("furniture")
PAGES = [
    "柳溪县今年继续推进城乡供水一体化，新建管网八十公里，改造老旧水厂四座，让更多的群众喝上放心水，切实增强获得",
    "感和幸福感。县里同步推进农村公路改造，四好农村路里程继续增加，通村班车开到了每一个山村，群众出行更加方",
    "便快捷。产业园区建设提速，标准厂房交付使用，六家企业落户投产，带动就业一千余人，为县域经济发展注入新动",
    "能和新活力。下一步，我们要把好事办实，把实事办好，让发展成果更多更公平惠及全县人民，不断开创工作新局",
    "面。新的一年，任务更加艰巨，使命更加光荣，全县上下要同心同德，真抓实干，奋力完成各项目标任务。",
]
STYLES = {
    "hyphen": "- {} -",
    "dash": "— {} —",
    "wide": "－{}－",
    "bare": "{}",
    "page": "第 {} 页",
    "page_of": "第{}页 共9页",
    "slash": "{}/9",
    "dots": "·{}·",
    "english": "Page {}",
    "brackets": "〔{}〕",
    "chinese": "第{}页",
    "waves": "~ {} ~",
}


def number(style, value):
    written = "一二三四五六七八九"[value - 1] if style == "chinese" else value
    return STYLES[style].format(written)


def with_pages(between):
    """The pages with something between each two of them."""
    text = PAGES[0]
    for value, page in enumerate(PAGES[1:], 4):
        text += between(value) + page
    return text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n\n"])
def test_numbers_on_their_own_line_go_and_the_sentence_is_closed(style, gap):
    text = with_pages(lambda n: gap + number(style, n) + gap)
    assert restored(text) == "".join(PAGES)


@pytest.mark.parametrize("style", ["hyphen", "dash", "wide", "page", "page_of", "dots", "english", "waves"])
@pytest.mark.parametrize("space", ["", " "])
def test_self_delimiting_numbers_inside_a_sentence_go(style, space):
    text = with_pages(lambda n: space + number(style, n) + space)
    assert restored(text) == "".join(PAGES)


def test_bracketed_numbers_set_off_in_a_sentence_go():
    assert restored(with_pages(" [{}] ".format)) == "".join(PAGES)
    assert restored(with_pages("[{}]".format)) == with_pages("[{}]".format)


@pytest.mark.parametrize("mark", ["\n- {} -", "- {} -\n", " — {} —\n\n", "\n\n— {} — "])
def test_numbers_at_the_edge_of_a_line_go(mark):
    assert restored(with_pages(mark.format)) == "".join(PAGES)


def test_numbers_between_wrapped_lines_go_and_the_lines_join():
    lines = wrapped(REPORT, 28, "hidden", "\n\n").split("\n\n")
    pages = ["\n\n".join(lines[i : i + 8]) for i in range(0, len(lines), 8)]
    text = pages[0]
    for value, page in enumerate(pages[1:], 5):
        text += f"\n\n\n\n- {value} -\n\n{page}"
    assert lines_of_text(restored(text)) == REPORT


def test_one_removal_takes_the_number_and_one_gap():
    cleaned = run("改造水厂，实施农村\n\n\n- 5 -\n\n饮水安全工程。", FURNITURE)
    assert cleaned.text == "改造水厂，实施农村\n\n饮水安全工程。"
    (edit,) = cleaned.edits
    assert (edit.before, edit.safety) == ("\n\n\n- 5 -", Safety.CERTAIN)


def test_a_lone_number_that_cuts_nothing_is_only_probable():
    (edit,) = run("政府工作报告\n\n- 1 -\n\n各位代表：", FURNITURE).edits
    assert (edit.applied, edit.safety) == (True, Safety.PROBABLE)


def test_where_the_next_page_follows_even_an_unknown_seam_is_closed():
    pages = [PAGES[0], PAGES[1] + PAGES[2] + "村民爱吃昴", "毕果。" + PAGES[3] + PAGES[4], "下面讲第二点。"]
    text = pages[0] + "".join(f"\n\n- {n} -\n\n{page}" for n, page in enumerate(pages[1:], 4))
    assert "爱吃昴毕果。能和" in restored(text)


def test_a_gap_is_not_closed_where_a_page_is_missing():
    fresh = "各级各部门加快推进农村公路改造，四好农村路里程继续增加，通村班车开到了每一个山村。"
    text = "\n\n".join([PAGES[0], "- 4 -", PAGES[1], "- 9 -", fresh, "- 10 -", PAGES[1]])
    assert f"{PAGES[1]}\n\n{fresh}" in restored(text)


@pytest.mark.parametrize(
    "text",
    [
        "年营业收入10-100亿元的企业7家，比上年增加2家。",
        "《国土空间规划（2020\n\n—2035 年）》获得批复。",
        "38.“全科网格”：社区网格员制度。\n\n39.“双控”：总量和强度双控。",
        "展望\n\n2024\n\n新的一年，我们要继续努力。\n\n2025\n\n再接再厉。",
        "5 次集中开工，6 次现场会，7 个项目投产。",
        "见第3页。其余见第4页，附表见第5页，名单见第6页。",
        "供水\n1\n100\n供热\n2\n200\n道路\n3\n300\n绿化\n4\n400",
        "项目\t1\t— 2 —\n合计\t3\t— 4 —",
        "办公电话0359-7522-110，传真0359-7522-111。",
        "总占比为1/3，其中一季度占比\n\n2/5\n\n三季度占比较高。",
    ],
)
def test_numbers_that_mean_something_stay(text):
    assert [e for e in run(text, FURNITURE).edits if e.applied] == []


def test_numbered_items_on_lines_of_their_own_are_no_pages():
    items = "\n\n".join(f"{n}\n\n{page}。" for n, page in enumerate(PAGES, 1))
    assert run(items, FURNITURE).text == items


HEADS = [
    "柳溪县工作简报 {}",
    "{} 柳溪县工作简报",
    "柳溪县工作简报 · {} ·",
    "柳溪县第十六届人大会议文件（{}）",
]


@pytest.mark.parametrize("head", HEADS)
def test_counted_heads_on_their_own_line_go(head):
    assert restored(with_pages(lambda n: "\n\n" + head.format(n) + "\n\n")) == "".join(PAGES)


@pytest.mark.parametrize("head", HEADS[:3])
def test_counted_heads_glued_into_a_sentence_go(head):
    assert restored(with_pages(head.format)) == "".join(PAGES)


def test_heads_without_a_counter_go_where_they_cut_sentences():
    assert restored(with_pages(lambda _: "\n\n柳溪县工作简报\n\n")) == "".join(PAGES)


def test_the_title_stays_where_its_repetitions_go():
    title = "柳溪县人民政府工作报告"
    text = f"{title}\n\n" + with_pages(lambda _: f"\n\n{title}\n\n")
    assert restored(text) == f"{title}\n\n" + "".join(PAGES)


def test_a_head_beside_a_page_number_goes_with_it():
    text = with_pages(lambda n: f"\n\n- {n} -\n\n柳溪县工作简报\n\n")
    assert restored(text) == "".join(PAGES)


@pytest.mark.parametrize("line", ["各位代表！", "主要成效", "牵头单位：县水务局", "◆抓项目、增后劲"])
def test_lines_that_come_back_between_paragraphs_stay(line):
    text = f"\n\n{line}\n\n".join(["引言。", *(f"第{n}段，{page}。" for n, page in enumerate(PAGES))])
    assert run(text, FURNITURE).text == text


def test_lines_of_a_text_that_was_copied_are_no_heads():
    copy = "\n".join(wrapped(REPORT, 28, "hidden").split("\n"))
    text = "\n".join([copy] * 4)
    assert run(text, FURNITURE).text == text


def test_a_line_full_of_marks_costs_no_more_than_its_length():
    text = "- 5 - " * 20_000
    assert run(text, FURNITURE).text


def test_clean_reports_lose_nothing(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert run(path.read_text("utf-8"), FURNITURE).edits == (), path.name


def paged(between, count=8):
    """A report of ``count`` pages, each stopping inside a sentence; ``between`` gives what stands at the end of page n."""
    return FIRST + "".join(PAGE.format("甲乙丙丁戊己庚辛"[n]) + between(n) for n in range(count - 1)) + LAST


PAGE = (
    "感和幸福感，{0}镇新建管网八十公里，改造老旧水厂四座，让更多的群众喝上放心水。"
    "通村班车开到了每一个山村，{0}镇群众出行更加方便快捷。为县域经济发展注入新动能，{0}镇切实增强获得"
)
FIRST, LAST = "全县群众增强获得", "感和幸福感。"
BODY = FIRST + "".join(PAGE.format(place) for place in "甲乙丙丁戊己庚") + LAST


@pytest.mark.parametrize(
    "style", ["2024年柳溪县工作报告 {}", "{} 柳溪县工作报告", "柳溪日报 2025年1月25日 {}", "柳溪文件 第{}页"]
)
def test_a_head_with_other_numbers_than_its_counter_goes(style):
    assert restored(paged(lambda n: f"\n\n{style.format(n + 3)}\n\n")) == BODY


@pytest.mark.parametrize("style", ["2024年柳溪县工作报告 {}", "{} 柳溪县工作报告", "柳溪文件 第{}页"])
@pytest.mark.parametrize("space", ["", " "])
def test_a_head_that_runs_on_in_the_line_goes_by_the_number_that_is_missing(style, space):
    def between(n):
        head = style.format(n + 3)
        return f"{space}{head}{space}" if n in {2, 5} else f"\n\n{head}\n\n"

    assert restored(paged(between)) == BODY


def test_what_looks_like_a_head_in_the_line_stays_where_no_number_is_missing():
    said = "学习柳溪文件 9 份"
    text = paged(lambda n: f"{said if n == 2 else ''}\n\n柳溪文件 {n + 3}\n\n")
    assert said in restored(text)


def test_a_head_without_a_counter_needs_few_cuts_if_it_comes_back_often():
    def between(n):
        return "\n\n柳溪县工作简报\n\n" if n in {1, 4} else f"感。\n\n柳溪县工作简报\n\n{'群众有获得'}"

    assert "简报" not in restored(paged(between))


def test_a_heading_that_comes_back_between_paragraphs_stays():
    text = paged(lambda _: "感。\n\n主要成效\n\n群众有获得")
    assert restored(text) == text


def test_a_head_that_repeats_the_title_goes_and_the_title_stays():
    def between(n):
        return "感。" + f"{'甲乙丙丁'[n]}镇群众有获得感，" * 40 + "\n\n柳溪县政府工作报告\n\n群众有获得"

    body = paged(between, 5)
    found = restored("柳溪县政府工作报告\n\n" + body)
    assert found.startswith("柳溪县政府工作报告\n\n全县")
    assert found.count("柳溪县政府工作报告") == 1


def test_the_heading_of_a_part_stays_where_it_first_stands():
    rest = paged(lambda _: "\n\n一、工作回顾\n\n", 5)
    text = PAGE.format("壬")[:40] + "。\n\n一、工作回顾\n\n" + rest
    assert restored(text).count("一、工作回顾") == 1


def test_two_equal_lines_inside_two_sentences_are_a_head():
    assert "简报" not in restored(paged(lambda _: "\n\n柳溪县工作简报\n\n", 3))


def test_a_sentence_is_closed_over_a_head_though_the_seam_is_not_known():
    text = paged(lambda _: "\n\n柳溪县工作简报\n\n").replace("获得\n", "获罍\n").replace("\n感", "\n罍感")
    assert "获罍罍感" in restored(text)


@pytest.mark.parametrize("number", ["{}/9", "{}"])
def test_numbers_of_a_known_sequence_go_inside_a_line_too(number):
    def between(n):
        mark = number.format(n + 1)
        return f" {mark} " if n == 3 else f"\n\n{mark}\n\n"

    assert restored(paged(between)) == BODY


def test_a_figure_in_the_line_stays_though_its_number_is_missing_elsewhere():
    text = paged(lambda n: "" if n == 3 else f"\n\n{n + 1}\n\n").replace("丙镇新建管网", "丙镇新建管网 4 处")
    assert "管网 4 处" in restored(text)


def test_sections_that_are_numbered_on_lines_of_their_own_keep_their_numbers():
    text = paged(lambda n: f"感。\n\n{n + 1}\n\n群众有获得")
    assert restored(text) == text


def test_a_heading_before_a_head_is_not_joined_to_the_paragraph_after_it():
    head = "\n\n柳溪县工作简报\n\n"
    text = paged(lambda n: f"感。\n\n2025年工作安排{head}2025年，各镇有获得" if n == 3 else head)
    assert "\n\n2025年工作安排\n\n2025年，" in restored(text)


def test_a_wrapped_line_of_a_text_that_is_printed_twice_is_no_head():
    line = "光等清洁能源，加快推进水电站核准"
    text = paged(lambda _: f"\n\n{line}\n\n", 3)
    assert restored(text).count(line) == 2


LONG = [f"{town}镇新建管网三十公里，群众喝上了放心水，" * 25 + f"{town}镇群众有获得" for town in "甲乙丙丁戊"]
"""Five pages of 500 characters, each but the last cut inside a word."""


def long_pages(between, count=3):
    text = LONG[0]
    for n in range(1, count + 1):
        text += between(n) + "感。" + LONG[n]
    return text + "感。"


STANDS = "感。\n\n{}\n\n群众有获得"


@pytest.mark.parametrize("head", ["云泽县工作简报 {}", "{} 云泽县工作简报", "云泽县工作简报 第{}页"])
@pytest.mark.parametrize("inside", [1, 2, 3])
def test_a_head_on_two_lines_and_once_inside_a_sentence_is_one(head, inside):
    text = long_pages(lambda n: (" {} " if n == inside else STANDS).format(head.format(n + 4)))
    assert "简报" not in restored(text)


@pytest.mark.parametrize("heading", ["202{}年主要指标", "典型案例{}", "重点项目 {}", "{}季度统计公报"])
def test_counted_headings_between_paragraphs_stay(heading):
    text = long_pages(lambda n: STANDS.format(heading.format(n + 1)))
    assert restored(text) == text
    said = f"感，参照{heading.format(4)}，群众有获得"
    quoted = long_pages(lambda n: said if n == 3 else STANDS.format(heading.format(n + 1)))
    assert said in restored(quoted)


def test_the_name_of_a_paper_is_a_head_though_it_cuts_nothing():
    text = long_pages(lambda _: STANDS.format("云泽日报 2025年1月25日"))
    assert "日报" not in restored(text)


def test_a_title_below_the_name_of_its_place_stays():
    text = long_pages(lambda n: f"感。\n\n{'甲乙丙'[n - 1]}镇\n\n政府工作报告\n\n群众有获得")
    assert restored(text) == text


def test_the_sentence_is_closed_over_the_last_head_where_its_halves_belong_together():
    text = long_pages(lambda _: "\n\n云泽县工作简报\n\n")
    assert restored(text) == text.replace("\n\n云泽县工作简报\n\n", "")
    lost = text.replace("感。丁镇", "馨读书月活动启动，丁镇")
    assert "有获得馨" not in run(lost, FURNITURE).text


def test_numbers_with_their_total_go_though_they_cut_nothing():
    text = long_pages(lambda n: STANDS.format(f"{n + 7}/12"))
    assert "/12" not in restored(text)
    shares = long_pages(lambda n: STANDS.format(f"{n}/{n + 1}"))
    assert restored(shares) == shares


BODY_LINES = "群众有获得感。\n\n产业发展稳中有进\n\n各镇迎来新面貌，群众有奔头。\n\n新建水厂投产。\n\n"


def test_a_number_below_one_of_many_headings_is_no_number_of_a_section():
    heading = "民生福祉持续增进\n\n"
    text = long_pages(lambda n: f"感。\n\n{BODY_LINES}{heading if n == 2 else ''}{n + 1}\n\n群众有获得")
    assert "民生福祉持续增进\n\n群众" in restored(text)
    sections = long_pages(lambda n: f"感。\n\n{BODY_LINES}{n + 1}\n\n群众有获得")
    assert restored(sections) == sections


def test_the_first_section_of_every_chapter_keeps_its_number():
    text = long_pages(lambda n: f"感。\n\n{BODY_LINES}第{'一二三'[n - 1]}章 水利\n\n{n + 1}\n\n群众有获得")
    assert run(text, FURNITURE).text == text


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("云泽县人民政府文件", "云政发〔2025〕{}号"),
        ("云泽县工作简报", "（总第{}期）"),
        ("云泽县工作简报", "2025年第{}期"),
        ("政府工作报告", "——2025年1月{}日"),
    ],
)
def test_a_name_over_texts_of_their_own_stays(line, below):
    text = f"{line}\n\n{below.format(1)}\n\n" + long_pages(
        lambda n: f"感。\n\n{line}\n\n{below.format(n + 1)}\n\n群众有获得", 4
    )
    assert run(text, FURNITURE).text == text


@pytest.mark.parametrize("inside", [1, 2, 3])
def test_two_numbers_on_lines_and_the_third_inside_a_sentence_are_pages(inside):
    text = long_pages(lambda n: f" {n + 1} " if n == inside else STANDS.format(n + 1))
    assert not set("234") & set(restored(text))


def test_a_number_in_its_place_that_the_document_sets_apart_from_its_unit_stays():
    text = long_pages(lambda n: "新建水厂 3 座，群众有获得" if n == 2 else STANDS.format(n + 1))
    assert "水厂 3 座" in restored(text)


def test_the_first_line_of_a_wrapped_address_is_a_head_where_it_comes_back():
    line = "各位代表，现在我代表柳溪县人民政府，向大会作"
    text = f"{line}\n\n工作报告。\n\n" + long_pages(lambda _: f"\n\n{line}\n\n", 4)
    assert restored(text).count("现在我代表") == 1


@pytest.mark.parametrize("mark", ["— {} —", "云泽县工作简报 {}"])
def test_a_short_beginning_that_stops_at_a_comma_is_closed_where_the_next_page_follows(mark):
    cut = "感。\n\n（二）强化水利保障，\n\n" + mark + "\n\n各水厂供水稳定，群众有获得"
    text = long_pages(lambda n: cut.format(n) if n == 2 else STANDS.format(mark.format(n)))
    assert "（二）强化水利保障，各水厂供水稳定，" in run(text, FURNITURE).text
