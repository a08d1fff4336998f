"""blocks.jsonl tells where page matter stood."""

from __future__ import annotations

from cleaner import clean
from cleaner.model import DocumentResult, RunResult
from cleaner.reports.jsonl import block_rows


def test_a_page_number_that_was_taken_out_is_a_furniture_block():
    base = "全县各部门要把农村饮水\n\n- 5 -\n\n安全工程抓紧抓实抓好。\n\n坚持稳中求进的总基调不动摇。"
    cleaned = clean(base)
    rows = list(block_rows(RunResult((DocumentResult(cleaned),))))
    (furniture,) = [row for row in rows if row["type"] == "furniture"]
    assert "- 5 -" in base[furniture["start"] : furniture["end"]]
    assert furniture["clean_start"] == furniture["clean_end"]
    assert [row["type"] for row in rows].count("paragraph") == 2


def test_a_heading_keeps_the_level_of_the_mark_it_lost():
    cleaned = clean("## 产业发展\n\n全县工业经济稳中向好，质量效益同步提升。")
    assert cleaned.text.startswith("产业发展")
    rows = list(block_rows(RunResult((DocumentResult(cleaned),))))
    assert (rows[0]["type"], rows[0]["level"]) == ("heading", 2)
