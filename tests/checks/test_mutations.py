"""One digit substituted where an equality holds: how often the checks notice. Every digit, every other digit.

What stays unnoticed is what rounding hides: 18.0亿元 misread as 18.1亿元 still fits its share of 15.0 %. So these are
shares and not proofs; a relation that notices less than it should has lost its reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
import regex

from cleaner.model import Severity

NUMERAL = regex.compile(r"\d+(?:\.\d+)?")

EQUALITIES = {
    "share": "固定资产投资完成34.07亿元。重点项目完成投资26.36亿元，占固定资产投资的77.37%。",
    "share of a budget": "一般公共预算支出完成24.00亿元，其中民生支出19.92亿元，占一般公共预算支出的83.0%。",
    "growth from an increase": "经营主体达到38462户，净增7778户，同比增长25.35%。",
    "growth between levels": "接待游客由118.4万人次增加到136.2万人次，增长15.0%。",
    "ratio to a target": "争取上级资金12.62亿元，完成全年目标任务12.00亿元的105.2%。",
    "structure": "三次产业结构调整为15.5：57.0：27.5。",
    "two halves": "外贸进出口总额完成82.04亿元，其中出口51.02亿元，进口31.02亿元。",
    "list with its sum": "引进龙头企业15家、配套企业24家、物流企业18家，共计57家。",
    "two units": "全年粮食总产量达3.24亿斤（1.62亿公斤）。",
}
LEVELS = (
    "地区生产总值120.0亿元，其中第一产业增加值18.0亿元、第二产业增加值48.0亿元、第三产业增加值54.0亿元，三次产业比例为15.0：40.0：45.0。",
    "全县地区生产总值64.5亿元，其中第一产业增加值9.0亿元、第二产业增加值24.5亿元、第三产业增加值31.0亿元，三次产业结构为14.0：38.0：48.0。",
)
TABLE = "镇\t户数（户）\t产值（亿元）\n石桥镇\t1243\t3.52\n柳溪镇\t807\t2.41\n东河乡\t564\t1.63\n合计\t2614\t7.56\n"


def substitutions(text: str, low: int = 0, high: int | None = None) -> Iterator[str]:
    """The text with one digit of one numeral substituted; no numeral begins with a 0 that it did not have."""
    for numeral in NUMERAL.finditer(text, low, len(text) if high is None else high):
        for place in range(numeral.start(), numeral.end()):
            old = text[place]
            leading = place == numeral.start() and text[place + 1 : place + 2].isdigit()
            if old != ".":
                for new in "0123456789":
                    if new != old and not (new == "0" and leading):
                        yield text[:place] + new + text[place + 1 :]


def thinned(text: str, step: int, low: int = 0) -> Iterator[str]:
    """Every ``step``-th substitution: all of them in the long form of a test."""
    return islice(substitutions(text, low), 0, None, step)


def told(judge: Callable, text: str) -> set[tuple[str, str]]:
    return {(f.check, f.message) for f in judge(text)[2] if f.severity is not Severity.INFO}


def noticed(judge: Callable, text: str, mutants: Iterator[str]) -> tuple[int, int]:
    """How many mutants say something that the text did not say, and how many there are."""
    known = told(judge, text)
    found = [bool(told(judge, mutant) - known) for mutant in mutants]
    return sum(found), len(found)


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", EQUALITIES)
def test_three_of_four_digits_substituted_in_an_equality_are_noticed(
    judge: Callable, kind: str, step: int
) -> None:
    assert told(judge, EQUALITIES[kind]) == set()
    found, tried = noticed(judge, EQUALITIES[kind], thinned(EQUALITIES[kind], step))
    assert tried > 50 // step
    assert found >= 0.75 * tried, (found, tried)


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_three_shares_with_their_levels_leave_one_digit_in_twenty(judge: Callable, step: int) -> None:
    assert all(told(judge, text) == set() for text in LEVELS)
    counts = [noticed(judge, text, thinned(text, step)) for text in LEVELS]
    found, tried = (sum(column) for column in zip(*counts, strict=True))
    assert tried > 350 // step
    assert found >= 0.95 * tried, counts


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_digits_of_a_table_that_is_added_up_are_noticed(judge: Callable, step: int) -> None:
    assert told(judge, TABLE) == set()
    found, tried = noticed(judge, TABLE, thinned(TABLE, step, TABLE.index("\n")))
    assert found >= 0.9 * tried, (found, tried)


def test_a_digit_outside_every_relation_is_not_noticed_and_not_claimed_to_be(judge: Callable) -> None:
    text = "新建农村公路86公里，改造老旧小区12个，投放贷款4.7亿元。"
    assert noticed(judge, text, substitutions(text))[0] == 0


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_equalities_of_real_reports_where_they_stand(judge: Callable, shared: Path) -> None:
    """The structure of one report, and the share of another with the figure that it should have had."""
    structure = (shared / "gold" / "seed002_reflowed.txt").read_text("utf-8")
    share = next((shared / "seeds").glob("000_*.txt")).read_text("utf-8").replace("74.69%", "77.37%")
    found = tried = 0
    for text, numerals in ((structure, ["15.5：57.0：27.5"]), (share, ["26.36亿", "34.07亿", "77.37%"])):
        for printed in numerals:
            low = text.index(printed)
            some = list(substitutions(text, low, low + len(printed)))[::2]
            more = noticed(judge, text, iter(some))
            found, tried = found + more[0], tried + more[1]
    assert tried > 80
    assert found >= 0.75 * tried, (found, tried)
