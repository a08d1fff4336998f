"""Lists, ratios and tables: which figure belongs to which noun. The counties are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_helpers import data


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "财政总收入和一般预算收入分别完成12.4亿元、3.8亿元，均居全市第4，增长2.3%、2.6%。",
            [
                ("财政总收入", "G1:1/2"),
                ("一般预算收入", "G1:2/2"),
                ("财政总收入、一般预算收入", "G1:*/2"),
                ("财政总收入", "G1:1/2"),
                ("一般预算收入", "G1:2/2"),
            ],
        ),
        ("城乡居民收入分别增长6%和7%。", [("城镇居民收入", "G1:1/2"), ("农村居民收入", "G1:2/2")]),
        ("存贷款余额分别达到9亿元和7亿元。", [("存款余额", "G1:1/2"), ("贷款余额", "G1:2/2")]),
        ("事故起数和死亡人数分别下降9%、8%。", [("事故起数", "G1:1/2"), ("死亡人数", "G1:2/2")]),
        (
            "一二三产业增加值分别增长4%、6%、5%。",
            [(f"第{n}产业增加值", f"G1:{i}/3") for i, n in enumerate("一二三", 1)],
        ),
        ("刑事、治安案件分别下降3.4%、8.6%。", [("刑事案件", "G1:1/2"), ("治安案件", "G1:2/2")]),
        ("水果、蔬菜产量分别达到15万吨、8177.5吨。", [("水果产量", "G1:1/2"), ("蔬菜产量", "G1:2/2")]),
        (
            "生铁10万吨、焦炭20万吨，分别增长2%、3.1%。",
            [("生铁", "G1:1/2"), ("焦炭", "G1:2/2"), ("生铁", "G1:1/2"), ("焦炭", "G1:2/2")],
        ),
    ],
)
def test_lists_are_aligned_by_order(text: str, groups: list[tuple[str, str]]) -> None:
    """Values take the names before 分别 in order, and later rates inherit them."""
    assert [(f.indicator, f.group) for f in data(text)] == groups


def test_a_list_of_a_rate_and_a_rise_gives_each_its_kind() -> None:
    """失业率 is a share although 涨幅 stands nearer; where a verb says that both changed, both are rates of growth."""
    kinds = [f.kind for f in data("登记失业率、消费价格涨幅分别控制在4%和2%以内。")]
    assert kinds == ["share", "growth_rate"]
    assert [f.kind for f in data("发案率、破案率分别下降5%和3%。")] == ["growth_rate", "growth_rate"]


def test_a_list_that_does_not_fit_is_not_aligned_but_told() -> None:
    """Three values against two names: the mismatch is in the group, no name is handed out."""
    found = data("收入和支出分别完成3亿元、5亿元、7亿元。")
    assert [f.group for f in found] == ["G1:1/3≠2", "G1:2/3≠2", "G1:3/3≠2"]
    lost = data("新开户1489户，增长4.7%、9.3%。")
    assert [f.group for f in lost] == ["", "G1:1/2≠1", "G1:2/2≠1"]


def test_a_ratio_of_more_than_three_loses_no_part() -> None:
    """A misread mark makes four parts of three; each of them is there to be added up."""
    found = data("三次产业比例为14.9: 41:2: 43.9。")
    assert [(f.text, f.kind) for f in found] == [(n, "share") for n in ("14.9", "41", "2", "43.9")]


def test_a_ratio_of_three_is_three_shares() -> None:
    """12.5：50.0：37.5 is no time of day; the unit comes from what is compared."""
    found = data("三次产业比例为12.5：50.0：37.5。")
    assert [(f.value, f.unit, f.kind, f.group) for f in found] == [
        (Decimal("12.5"), "%", "share", "G1:1/3"),
        (Decimal("50.0"), "%", "share", "G1:2/3"),
        (Decimal("37.5"), "%", "share", "G1:3/3"),
    ]
    assert data("会议10：30开始，比分3：2。") == []


def test_a_table_takes_indicator_and_unit_from_its_header() -> None:
    """Rows of indicators under years, a column of rates, units in the label or above the table."""
    text = "单位：万元\n指标\t2022年\t2023年\t同比增长（%）\n财政收入\t12,345\t13579.5\t10.0\n粮食（万吨）\t3.2\t3.3\t-3.1\n"
    told = [(f.indicator, f.period, f.value, f.unit, f.kind) for f in data(text)]
    assert told == [
        ("财政收入", "2022", Decimal(123450000), "元", "level"),
        ("财政收入", "2023", Decimal(135795000), "元", "level"),
        ("财政收入", "2023", Decimal("10.0"), "%", "growth_rate"),
        ("粮食", "2022", Decimal(32000), "吨", "level"),
        ("粮食", "2023", Decimal(33000), "吨", "level"),
        ("粮食", "2023", Decimal("-3.1"), "%", "growth_rate"),
    ]


def test_a_table_of_places_has_them_as_subjects() -> None:
    """Rows of places under indicators."""
    found = data("乡镇\t户数（户）\t产值（亿元）\n青岗镇\t1200\t3.5\n")
    assert [(f.subject, f.indicator, f.value) for f in found] == [
        ("青岗镇", "户数", 1200),
        ("青岗镇", "产值", 350000000),
    ]
