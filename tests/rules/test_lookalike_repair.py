"""Misread look-alikes: only what both neighbours call for, and never a name, a particle or a habit."""

from __future__ import annotations

import time

import pytest
from repair_helpers import proposed, repaired

from cleaner.engine.repairs.lookalike import look_alikes
from cleaner.model import Safety


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("全年固定资严投资增长9%", "全年固定资产投资增长9%"),
        ("培育战略性新兴严业集群", "培育战略性新兴产业集群"),
        ("改草开放走深走实", "改革开放走深走实"),
    ],
)
def test_a_close_look_alike_is_put_right(damaged, restored):
    assert repaired(look_alikes, damaged) == restored
    assert not proposed(look_alikes, restored)


@pytest.mark.parametrize(
    "text",
    [
        "青岗县乔寺碑楼与澧水古渡",
        "白水绕孤城青山入画屏",
        "子曰学而时习之不亦说乎",
        "一万头生猪以上",
        "阿不都买买提艾合买提",
    ],
)
def test_names_verse_and_classics_are_silent(text):
    assert not proposed(look_alikes, text)


def test_a_wording_that_stands_twice_is_only_proposed():
    twice = proposed(look_alikes, "全年固定资严投资增长。明年固定资严投资持平。")
    assert [c.safety for c in twice] == [Safety.DOUBTFUL, Safety.DOUBTFUL]


def test_time_grows_with_length():
    start = time.perf_counter()
    proposed(look_alikes, "全年固定资严投资增长，" * 20000)
    assert time.perf_counter() - start < 10
