"""Marks of Markdown, HTML and LaTeX: the marks go, the words stay, and Markdown documents keep theirs."""

from __future__ import annotations

import time

import pytest
from repair_helpers import proposed, repaired

from cleaner.engine.repairs import markup
from cleaner.engine.repairs.latex import plain


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("**做强产业。**建成大棚。", "做强产业。建成大棚。"),
        ("推进__重点项目__建设", "推进重点项目建设"),
        ("**做强产业。建成大棚。", "做强产业。建成大棚。"),
        ("***加粗又倾斜***的字", "加粗又倾斜的字"),
        ("这是*强调*的话", "这是*强调*的话"),
        ("失信人王**、李**", "失信人王**、李**"),
        ("长宽2*3*4米", "长宽2*3*4米"),
        ("**推动全国文化\n中心建设**\n正文。", "推动全国文化\n中心建设\n正文。"),
        ("名单\n张三、王**\n李**", "名单\n张三、王**\n李**"),
    ],
)
def test_bold_marks(damaged, restored):
    assert repaired(markup.bold_marks, damaged) == restored


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("占比超过$\n\n49\\%$，增长", "占比超过49%，增长"),
        ("增长$20%\n$以上", "增长20%以上"),
        (r"增长$20\%$，占$30\%$" + "\n$5\\%$", "增长20%，占30%\n5%"),
        ("出口$100万\n进口$200万", "出口$100万\n进口$200万"),
    ],
)
def test_a_line_end_inside_a_formula_goes_with_its_marks(damaged, restored):
    assert repaired(markup.latex_numbers, damaged) == restored


def test_heading_marks_go_and_hashtags_stay():
    assert (
        repaired(markup.heading_marks, "## 一、回顾 ##\n正文 # 号\n#文旅#") == "一、回顾\n正文 # 号\n#文旅#"
    )


def test_pictures_go_with_their_line_and_leave_a_chinese_description():
    text = "![](images/a.png)\n\n开幕。\n\n![县城广场一角](b(1).png)\n\n闭幕。<img src='c.png'/>"
    assert repaired(markup.image_links, text) == "开幕。\n\n县城广场一角\n\n闭幕。"


def test_a_fence_around_a_page_goes():
    assert repaired(markup.code_fences, "```markdown\n第一行\n```\n第二行") == "第一行\n第二行"


def test_a_table_becomes_lines_of_cells():
    text = (
        '前文<table border="1"><tr><th>指标</th><th>数值</th></tr>\n<tr><td></td><td colspan="2">3.12<br>亿斤</td></tr>'
        "</table>\n后文"
    )
    assert repaired(markup.html_tables, text) == "前文\n指标\t数值\n\t3.12亿斤\n后文"


def test_the_words_of_a_table_are_no_part_of_an_edit():
    text = "<table><tr><td>粮食</td><td>3.12</td></tr></table>"
    touched = "".join(text[c.start : c.end] for c in proposed(markup.html_tables, text))
    assert "粮食" not in touched
    assert "3" not in touched


def test_a_table_without_an_end_is_left_alone():
    assert not proposed(markup.html_tables, "<table><tr><td>粮食</td>")


def test_tags_of_text():
    text = "<p>甲<br/>乙</p>120m<sup>3</sup>，SO<sub>2</sub>，<办法>，浓度<0.05"
    assert repaired(markup.html_tags, text) == "甲\n乙120m³，SO2，<办法>，浓度<0.05"


def test_entities():
    text = "甲&nbsp;乙&ldquo;丙&rdquo;&#8212;AT&T;R&D"
    assert repaired(markup.html_entities, text) == "甲 乙“丙”—AT&T;R&D"


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        (r"74.69\%", "74.69%"),
        (r" 12.5 \% ", "12.5%"),
        (r"35 \mu g/m^{3}", "35μg/m³"),
        (r"\text{PM}_{2.5}", "PM2.5"),
        (r"10^{-3}", "10⁻³"),
        (r"3\times10^4", "3×10⁴"),
        (r"\geq 95\%", "≥95%"),
        (r"20^{\circ}\mathrm{C}", "20°C"),
        (r"\text{增长}10\%", "增长10%"),
        ("1,200", "1,200"),
        (r"\frac{1}{2}", None),
        (r"x^n", None),
        (r"\text{未完", None),
        ("100万，另有", None),
        ("5 and ", None),
    ],
)
def test_formulae_are_read_to_the_last_sign_or_not_at_all(formula, printed):
    assert plain(formula) == printed


def test_money_is_no_formula():
    assert not proposed(markup.latex_numbers, "由US$100万增至$200万")


@pytest.mark.parametrize(
    ("repair", "text"),
    [
        (markup.bold_marks, "**做强产业。**建成大棚。"),
        (markup.heading_marks, "# 工作报告"),
        (markup.image_links, "![](a.png)"),
        (markup.code_fences, "```\n甲\n```"),
        (markup.html_tables, "<table><tr><td>甲</td></tr></table>"),
        (markup.html_tags, "甲<br>乙"),
        (markup.html_entities, "甲&nbsp;乙"),
    ],
)
def test_a_markdown_document_keeps_its_marks(repair, text):
    assert proposed(repair, text)
    assert not proposed(repair, text, format="md")


def test_hostile_input_ends():
    start = time.perf_counter()
    for text in ("<table>" * 20000, "**" * 40000, "$" * 40000, "![" * 30000, "<img " * 20000, "&" * 60000):
        for repair in (markup.html_tables, markup.bold_marks, markup.latex_numbers, markup.image_links):
            list(proposed(repair, text))
    assert time.perf_counter() - start < 20
