"""White space outside the blocks: what a page or a picture left goes, layout stays."""

from __future__ import annotations

import pytest
from repair_helpers import proposed, repaired

from cleaner.engine.repairs import blank


@pytest.mark.parametrize(
    ("repair", "damaged", "restored"),
    [
        (blank.leading_blank_lines, "\n \n　　各位代表", "　　各位代表"),
        (blank.leading_blank_lines, "　　各位代表\n", "　　各位代表\n"),
        (blank.leading_blank_lines, "\n\n", "\n\n"),
        (blank.trailing_spaces, "甲 \n　\n　　乙\t\n丙", "甲\n\n　　乙\n丙"),
        (blank.trailing_spaces, "指标\t数\t\n粮食\t3\t", "指标\t数\t\n粮食\t3\t"),
        (blank.blank_line_runs, "甲\n\n\n\n乙\n\n丙\n\n\n", "甲\n\n乙\n\n丙\n"),
        (blank.blank_line_runs, "甲\n\n乙\n", "甲\n\n乙\n"),
        (blank.odd_spaces, "甲\u00a0乙\u2003丙　丁", "甲 乙 丙　丁"),
    ],
)
def test_white_space(repair, damaged, restored):
    assert repaired(repair, damaged) == restored


def test_markdown_keeps_its_hard_break():
    assert repaired(blank.trailing_spaces, "甲  \n乙 \n", format="md") == "甲  \n乙\n"


def test_a_page_top_opens_the_paragraph_that_the_form_feed_hid():
    text = " 报告\n\n甲段。\n\n乙段。\n 丙段。\n\n丁段。"
    assert repaired(blank.page_top_spaces, text) == "报告\n\n甲段。\n\n乙段。\n\n丙段。\n\n丁段。"


def test_a_form_feed_is_a_page_top_however_many_there_are():
    text = "甲段。\n\n\f乙段。\n\f丙段。\n\n\f丁段。\n\n戊段。\n\n己段。"
    assert repaired(blank.page_top_spaces, text) == "甲段。\n\n乙段。\n\n丙段。\n\n丁段。\n\n戊段。\n\n己段。"
    assert repaired(blank.page_top_spaces, "\f甲\n\f乙\n\f丙\n\f丁") == "甲\n乙\n丙\n丁"


def test_a_page_top_is_only_a_space_where_lines_are_not_set_apart():
    text = "甲段。\n乙段。\n 丙段。\n丁段。"
    assert repaired(blank.page_top_spaces, text) == "甲段。\n乙段。\n丙段。\n丁段。"


@pytest.mark.parametrize("text", ["　　甲段。\n　　乙段。", " 甲\n 乙\n 丙\n 丁\n 戊", "  甲段。\n\n乙段。"])
def test_indents_stay(text):
    assert not proposed(blank.page_top_spaces, text)
