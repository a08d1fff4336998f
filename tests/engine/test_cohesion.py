"""The table of pairs, and what it says of a seam."""

from __future__ import annotations

from collections import Counter

import pytest

from cleaner.engine.repairs.cohesion import coheres, corpus_bigrams, document_pairs, seam_bits
from cleaner.engine.repairs.data.build_bigrams import TABLE, count, main, render


@pytest.mark.parametrize(
    ("left", "right"),
    [("特别是总投", "资八十亿元"), ("稳定在", "3.1亿斤"), ("完成26", "亿元"), ("打造", "“三无”环境")],
)
def test_true_seams_cohere(left, right):
    assert coheres(left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("持续推动土", "镇化建设"), ("工作会议精", "聚力聚焦项目"), ("一", "。")]
)
def test_chance_seams_do_not(left, right):
    assert not coheres(left, right)


@pytest.mark.parametrize(("left", "right"), [("增长1", "5%"), ("Gr", "een"), ("取得实效。", "今年")])
def test_where_the_corpus_says_nothing_there_are_no_bits(left, right):
    assert seam_bits(left, right) is None


def test_pairs_are_counted_within_runs_and_numbers_are_one_sign():
    pairs = count(["投资12.5亿元，投资3亿元。资源"])
    assert pairs["投资"] == 2
    assert pairs["资0"] == pairs["0亿"] == 2
    assert "元投" not in pairs


def test_rare_pairs_are_left_out_of_the_table():
    assert render(Counter({"投资": 3, "投票": 2, "资金": 5}), minimum=3) == "投 资3\n资 金5\n"


def test_the_margins_are_the_sums_of_the_pairs():
    table = corpus_bigrams()
    assert table.total == sum(table.heads.values()) == sum(table.tails.values()) == sum(table.pairs.values())
    assert table.heads["投"] == sum(n for pair, n in table.pairs.items() if pair[0] == "投")


def test_document_pairs_do_not_span_lines():
    assert document_pairs(["青岗", "县城"]) == Counter({"青岗": 1, "县城": 1})


def test_the_shipped_table_is_what_the_script_makes(shared, tmp_path, monkeypatch):
    made = tmp_path / "table.txt"
    monkeypatch.setattr("cleaner.engine.repairs.data.build_bigrams.TABLE", made)
    main(str(shared / "corpus"))
    assert made.read_text("utf-8") == TABLE.read_text("utf-8")
