"""Tables with a 合计, from a file to an exit code: down the columns, along the rows, and where it is no claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from cleaner.cli.app import app
from cleaner.model import Severity, Verdict

DOWN = """青岗县2024年各镇生产情况

乡镇\t户数（户）\t产值（亿元）\t同比增长（%）
石桥镇\t1200\t3.5\t6.1
柳溪镇\t800\t2.4\t5.2
东河乡\t500\t1.6\t4.8
合计\t2500\t7.5\t5.6
"""
ALONG = """单位：万元

项目\t中央资金\t县级资金\t合计
道路\t120.5\t30.0\t150.5
供水\t80.0\t20.5\t100.5
学校\t60.2\t9.8\t70.0
"""


def sums(judge: Callable, text: str) -> list[tuple[str, ...]]:
    _, relations, _ = judge(text)
    return [
        (r.verdict.value, r.reason.value if r.reason else "")
        for r in relations
        if r.type == "parts_sum_to_whole"
    ]


def accused(judge: Callable, text: str) -> list[str]:
    return [f.message for f in judge(text)[2] if f.severity is Severity.ERROR]


def test_a_row_of_totals_sums_its_columns_but_no_rates(judge: Callable) -> None:
    assert sums(judge, DOWN) == [("consistent", ""), ("consistent", "")]


def test_means_in_columns_of_years_are_not_added_up(judge: Callable) -> None:
    rows = "行业\t2023年（元）\t2024年（元）\n合计\t68420\t71362\n制造业\t58116\t61254\n教育\t82903\t85059\n"
    assert sums(judge, f"云泽县城镇单位就业人员年平均工资\n\n{rows}") == []
    assert len(sums(judge, f"云泽县城镇单位工资总额\n\n{rows}")) == 2
    named = rows.replace("2023年（元）", "就业人员（人）")
    assert len(sums(judge, f"云泽县城镇单位就业人员及平均工资\n\n{named}")) == 1


@pytest.mark.parametrize(
    ("right", "wrong"), [("2500", "2600"), ("7.5", "7.9"), ("\t800", "\t8000"), ("2.4", "4.2")]
)
def test_a_wrong_digit_in_a_column_is_found(judge: Callable, right: str, wrong: str) -> None:
    (message,) = accused(judge, DOWN.replace(right, wrong))
    assert "合计" in message


def test_a_column_of_totals_sums_its_rows(judge: Callable) -> None:
    assert sums(judge, ALONG) == [("consistent", "")] * 3
    (message,) = accused(judge, ALONG.replace("100.5\n", "105.0\n"))
    assert message.startswith("80.0 + 20.5 合计 100.4–100.6万元；文中写 105.0。")


def test_totals_may_stand_first_and_groups_have_their_own(judge: Callable) -> None:
    first = "镇\t户数（户）\n合计\t2000\n石桥镇\t1200\n柳溪镇\t800\n"
    assert sums(judge, first) == [("consistent", "")]
    groups = "镇\t户数（户）\n石桥镇\t1200\n柳溪镇\t800\n小计\t2000\n东河乡\t500\n西山乡\t300\n小计\t800\n合计\t2800\n"
    assert sums(judge, groups) == [("consistent", "")] * 3
    assert len(accused(judge, groups.replace("小计\t800", "小计\t900"))) == 2


def test_rounding_of_many_cells_is_no_alarm(judge: Callable) -> None:
    rows = "".join(f"第{n}组\t1.4\n" for n in range(1, 10))
    table = f"组\t产值（亿元）\n{rows}合计\t13.0\n"
    assert sums(judge, table) == [("consistent", "")]
    assert len(accused(judge, table.replace("13.0", "13.6"))) == 1


@pytest.mark.parametrize(
    "table",
    [
        DOWN.replace("东河乡\t500\t1.6", "其中：东河乡\t500\t1.6").replace("2500\t7.5", "2000\t5.9"),
        DOWN.replace("\t500\t", "\t—\t"),
        DOWN.replace("青岗县2024年各镇生产情况", "主要乡镇生产情况").replace("2500\t7.5", "9500\t27.5"),
    ],
    ids=["among", "blank", "some only"],
)
def test_what_need_not_be_all_is_a_question_and_no_error(judge: Callable, table: str) -> None:
    assert accused(judge, table) == []


def test_averages_ranks_and_units_that_differ_are_not_added(judge: Callable) -> None:
    head = "镇\t人均收入（元）\t排名\t面积（亩）\t产量（吨）\t合计\n"
    table = (
        head
        + "石桥镇\t12000\t1\t300\t20\t320\n柳溪镇\t11000\t2\t200\t30\t230\n合计\t11500\t3\t500\t50\t550\n"
    )
    _, relations, _ = judge(table)
    summed = [r for r in relations if r.type == "parts_sum_to_whole"]
    assert all(r.verdict is Verdict.CONSISTENT for r in summed)
    assert len(summed) == 3


def test_an_empty_cell_keeps_the_columns_in_place(judge: Callable) -> None:
    table = "镇\t户数（户）\t产值（亿元）\n石桥镇\t\t3.5\n柳溪镇\t800\t2.4\n合计\t2000\t5.9\n"
    figures, _, _ = judge(table)
    assert [(f.text, f.unit) for f in figures if f.subject == "石桥镇"] == [("3.5", "元")]
    assert accused(judge, table) == []
    assert ("consistent", "") in sums(judge, table)


def test_pipes_and_two_tables_one_below_the_other(judge: Callable) -> None:
    piped = "| 镇 | 户数（户） |\n|---|---:|\n| 石桥镇 | 1200 |\n| 柳溪镇 | 800 |\n| 合计 | 2100 |\n"
    (message,) = accused(judge, piped)
    assert message.startswith("1200 + 800 合计 2000户；文中写 2100。")
    below = "镇\t户数（户）\n石桥镇\t1200\n柳溪镇\t800\n合计\t2000\n村\t人口（人）\n甲村\t30\n乙村\t40\n合计\t70\n"
    assert sums(judge, below) == [("consistent", ""), ("consistent", "")]


def test_a_long_column_is_not_spelled_out(judge: Callable) -> None:
    table = "组\t户数（户）\n" + "".join(f"第{i}组\t{100 + i}\n" for i in range(1, 13)) + "合计\t1000\n"
    (message,) = accused(judge, table)
    assert "…" in message
    assert "107" not in message


def test_check_stops_on_a_table_that_does_not_add_up(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(DOWN, "utf-8")
    assert CliRunner().invoke(app, ["check", "a.txt"]).exit_code == 0
    (tmp_path / "a.txt").write_text(DOWN.replace("2500", "2600"), "utf-8")
    done = CliRunner().invoke(app, ["check", "a.txt"])
    assert done.exit_code == 1
    assert (
        "a.txt:7:4: error: relation/parts_sum_to_whole: 1200 + 800 + 500 合计 2500户；文中写 2600。"
        in done.stderr
    )
    cells = ["石桥镇", "1200", "柳溪镇", "800", "合计", "2100"]
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    html = f"<table><tr><th>镇</th><th>户数（户）</th></tr>{rows}</table>\n"
    (tmp_path / "b.txt").write_text("青岗县各镇户数如下。\n\n" + html, "utf-8")
    done = CliRunner().invoke(app, ["check", "b.txt"])
    assert done.exit_code == 1
    assert "文中写 2100" in done.stderr
