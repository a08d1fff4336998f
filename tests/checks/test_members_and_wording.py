"""Members of a whole, and the questions about the words around figures: what is asked once, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.model import Finding, Severity


def said(judge: Callable, text: str, kind: str) -> list[Finding]:
    return [f for f in judge(text)[2] if f.check == f"relation/{kind}"]


LOOP = "全年改造老旧小区12个、惠及居民3400户。"


def test_a_loop_is_asked_about_once(judge: Callable) -> None:
    found = said(judge, LOOP * 5, "repeated_text")
    assert [f.severity for f in found] == [Severity.INFO]
    assert "12个、3400户" in found[0].message
    assert "count its figures once" in found[0].message_en


@pytest.mark.parametrize(
    "text",
    [
        f"{LOOP}\n\n新建口袋公园5处，群众休闲有了好去处。\n\n{LOOP}",
        "改造小区12个。改造小区12个。",
        "我们坚持以人民为中心的发展思想。我们坚持以人民为中心的发展思想。",
    ],
    ids=["another paragraph", "short", "without figures"],
)
def test_what_may_be_said_twice_is_not_asked_about(judge: Callable, text: str) -> None:
    assert said(judge, text, "repeated_text") == []


@pytest.mark.parametrize(
    "text",
    [
        "固定资产投资增速排名全市第2，一般公共预算收入增速居全市第5。",
        "固定资产投资增长9.4%，一般公共预算收入完成6.1亿元。投资增速全市第1，一般公共预算收入增速全市第3。",
        "固定资产投资增长9.4%，固定资产投资增速排名全市第1。",
    ],
    ids=["no figures at all", "figure in the sentence before", "one rank"],
)
def test_a_rank_without_a_lost_figure_is_left_alone(judge: Callable, text: str) -> None:
    assert said(judge, text, "orphan_indicator") == []


@pytest.mark.parametrize(
    "text",
    [
        "力争旅游收入由20亿元增加到30亿元，实现翻番。",
        "旅游收入由20亿元增加到40亿元，实现翻番。",
        "自来水普及率达到88.5%，基本实现全覆盖。",
        "增速位居全市第一（第1名）。",
    ],
)
def test_words_of_size_that_fit_or_only_promise_are_left_alone(judge: Callable, text: str) -> None:
    assert said(judge, text, "qualitative_claim") == []


def test_what_is_asked_names_word_and_figure(judge: Callable) -> None:
    (finding,) = said(judge, "工业增加值占比42.0%，占据半壁江山。", "qualitative_claim")
    assert finding.severity is Severity.INFO
    assert "占据半壁江山" in finding.message
    assert "42.0%" in finding.message_en


@pytest.mark.parametrize(
    "text",
    [
        "新建项目60个，其中产业项目49个，民生项目25个。",
        "新建项目60个，其中省级49个、市级25个。",
        "新建项目60个，其中产业项目19个、民生项目25个，完成投资80亿元。",
    ],
    ids=["clauses may overlap", "levels may nest", "they fit"],
)
def test_parts_that_may_overlap_are_not_accused(judge: Callable, text: str) -> None:
    assert said(judge, text, "partial_sum_le_total") == []


def test_parts_beyond_their_total_are_named_with_their_sum(judge: Callable) -> None:
    text = "总投资154.2亿元的36个项目中，输水工程80.0亿元、光伏电站120.0亿元。"
    (finding,) = said(judge, text, "partial_sum_le_total")
    assert finding.severity is Severity.ERROR
    assert "154.2亿元" in finding.message
    assert "more than the whole" in finding.message_en


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值增长9.0%，第一产业增长3.2%，第二产业增长7.1%，第三产业下降5.9%。",
        "地区生产总值增长9.0%，第一产业增长3.2%，第二产业增长7.1%。",
        "地区生产总值增长9.0%，规模以上工业增长3.2%，固定资产投资增长7.1%，社会消费品零售总额增长5.9%。",
    ],
    ids=["a fall", "two industries", "other indicators"],
)
def test_growth_is_bounded_only_by_all_three_industries(judge: Callable, text: str) -> None:
    assert said(judge, text, "accounting_bound") == []
