"""Which figures of a report are observations of an indicator, and which only look like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.model import Reason


def observed(found) -> list[tuple[int, str, str, str]]:
    return [(o.year, o.indicator.name, o.measure, f"{o.value:f}{o.unit}") for o in found.observations]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全县GDP达到146.2亿元", (2023, "地区生产总值", "level", "14620000000元")),
        ("国内生产总值完成87亿元", (2023, "地区生产总值", "level", "8700000000元")),
        ("规模以上工业增加值同比增长6.5%", (2023, "规模以上工业增加值", "growth", "6.5%")),
        ("公共财政预算收入完成5.2亿元", (2023, "一般公共预算收入", "level", "520000000元")),
        ("财政收入完成5.2亿元", (2023, "财政收入", "level", "520000000元")),
        ("财政总收入完成9.2亿元", (2023, "财政总收入", "level", "920000000元")),
        ("粮食产量3.12亿斤", (2023, "粮食总产量", "level", "156000000公斤")),
        ("粮食播种面积3万公顷", (2023, "粮食播种面积", "level", "450000亩")),
        ("城镇登记失业率3.2%", (2023, "城镇登记失业率", "level", "3.2%")),
        ("居民消费价格下降0.3%", (2023, "居民消费价格", "growth", "-0.3%")),
        ("市场主体总量达到2.9万户", (2023, "经营主体", "level", "29000户")),
        ("农民人均可支配收入17326元", (2023, "农村居民人均可支配收入", "level", "17326元")),
    ],
)
def test_a_figure_is_an_observation_of_its_indicator(panel: Callable, sentence: str, expected) -> None:
    assert observed(panel(f"2023：{sentence}。")) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "工业固定资产投资增速位居前列，技改投资完成4.1亿元",
        "第二产业固定资产投资增长9.0%",
        "上半年，地区生产总值完成45.3亿元，增长5.1%",
        "五年来地区生产总值年均增长7.0%",
        "地区生产总值比2015年增长60.5%",
        "新增市场主体5391户",
        "开发区工业投资增长22%、规上工业增加值增长15%",
        "全省地区生产总值增长5.0%",
        "一般公共预算收入净增0.42亿元",
        "民生支出占一般公共预算支出83.3%",
        "一般公共预算收入增速位居全市第3",
    ],
)
def test_what_only_looks_like_one_is_left_out(panel: Callable, sentence: str) -> None:
    found = [
        o for o in panel(f"2023：{sentence}。").observations if o.indicator.id != "industrial_investment"
    ]
    assert not found


def test_two_figures_of_one_name_that_disagree_are_both_in_doubt(panel: Callable) -> None:
    found = panel("2023：接待游客218.6万人次。节日期间市场火热。云湖景区开园以来，接待游客61.2万人次。")
    assert {o.doubt for o in found.observations} <= {Reason.SECOND_READING}


def test_a_bound_and_its_figure_agree(panel: Callable) -> None:
    found = panel("2023：全县GDP跨过140亿元大关，达到146.2亿元。")
    assert [o.doubt for o in found.observations] == [None, None]


def test_a_wish_in_a_review_is_in_doubt(panel: Callable) -> None:
    found = panel("2023：确保粮食播种面积稳定在49.5万亩以上。")
    assert [o.doubt for o in found.observations] == [Reason.SECOND_READING]


def test_a_report_without_a_place_is_named_as_left_out(make_report: Callable, make_panel) -> None:
    from dataclasses import replace

    made = make_report(2023, "地区生产总值184.1亿元。")
    nowhere = replace(made.cleaned, document=replace(made.cleaned.document, place="unknown"))
    found = make_panel([replace(made, cleaned=nowhere)])
    assert (found.left_out, found.observations) == (("2023.txt",), ())
