"""Lines that stand twice: where a copy begins in wrapped text, a paragraph begins."""

from __future__ import annotations

import pytest
from reflow_helpers import packs, restored, run, wrap, wrapped

REPORT = [
    "过去一年，云泽县顶住经济下行的压力，办成了一批看得见、摸得着的实事，全县生产总值完成86.4亿元，同比增长5.1%，"
    "增速排名全市第三，群众的日子一天比一天好。",
    "特色产业更加红火。新上亿元以上工业项目23个，其中17个当年开工、当年投产，沙渡产业园引进了六家专精特新企业，标准"
    "厂房全部交付使用，带动就业两万余人。",
    "城乡面貌明显改观。实施农村饮水安全工程39处，硬化通村公路120公里，三个乡镇的群众喝上了放心水，县医院综合楼主体"
    "完工，新城小学秋季开学。",
    "各位代表！成绩来之不易，这是全县人民团结奋斗的结果。我们清醒地看到，民生领域还有不少短板，干部作风还需要进一步"
    "改进，我们将采取有力措施加以解决。",
]
WIDTH = 27
COPIES = packs("reflow", "repeats")


def lines_of(paragraph):
    return wrap(paragraph, 2 * WIDTH)


def clean(*parts):
    """The clean lines of wrapped ``parts``, each a list of lines."""
    text = run("\n".join(line for part in parts for line in part), COPIES).text
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("broken_off", [1, 2])
def test_a_broken_off_copy_before_the_whole_is_no_part_of_it(broken_off):
    first, second, third, last = map(lines_of, REPORT)
    assert clean(first, second, third[:broken_off], third, last) == REPORT


def test_a_copy_behind_a_full_line_that_ends_a_sentence_opens_a_paragraph():
    first, second, third, last = map(lines_of, REPORT)
    full = "县里还为山区的学校和敬老院送去了暖气与热水和新棉衣物。"
    assert len(full) == WIDTH
    assert clean(first, second, third, [*last[:-1], full], second) == [
        *REPORT[:3],
        "".join([*last[:-1], full]),
    ]


def test_the_lines_of_a_copy_behind_its_first_are_joined():
    first, second, third, last = map(lines_of, REPORT)
    text = "\n".join([*first, *second, *third, *second, *last])
    assert restored(text).split("\n") == [*REPORT[:3], REPORT[1], REPORT[3]]


def test_a_formula_that_stands_at_two_line_heads_cuts_no_sentence():
    before = (
        "一年来，全县干部群众上下同心，攻坚克难，勇于担当，着力",
        "面对重重困难，我们保持定力，办了许多好事实事，并且加快",
    )
    formula = "推进乡村全面振兴、城乡融合发展和新型城镇化建设，"
    assert {len(head) for head in before} == {WIDTH}
    paragraphs = [*REPORT, *(head + formula + REPORT[2] for head in before)]
    assert restored(wrapped(paragraphs, WIDTH)).split("\n") == paragraphs


def test_a_sentence_that_ends_with_a_line_is_no_end_of_the_copied_paragraph():
    first, second, third, last = map(lines_of, REPORT)
    full = "县里还为山区的学校和敬老院送去了暖气与热水和新棉衣物。"
    copied = full + REPORT[0]
    text = "\n".join([*second, full, *first, *third, full, *first, *last])
    assert restored(text).split("\n") == [REPORT[1], copied, REPORT[2], copied, REPORT[3]]


def test_a_loop_that_comes_round_at_a_line_head_is_one_line():
    turn = "要坚持稳字当头推动各项事业上台阶。"
    looped = f"农{turn}" * 9
    assert 3 * len(f"农{turn}") == 2 * WIDTH
    text = wrapped([*REPORT[:3], looped, REPORT[3]], WIDTH)
    assert restored(text).split("\n") == [*REPORT[:3], looped, REPORT[3]]
