"""Pages that Tesseract really read: the error rate falls by half at least where layout and marks are the errors."""

from __future__ import annotations

import sys

import pytest
from support import ROOT

from cleaner.api import clean

sys.path.insert(0, str(ROOT))
from benchmarks.ocr.confusions import TABLE, confusions
from benchmarks.ocr.pages import Press, lines_of, missing, pages_of, read_pages
from benchmarks.ocr.run import error_rate, mark_errors, opening

CLEAN = Press(size=22, blur=0.4, specks=0.0)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_kanwu_halves_the_error_rate_of_pages_that_tesseract_read():
    lack = missing()
    if lack:
        pytest.skip(f"real pages are not read: {lack}")
    truth = opening((ROOT / "tests" / "gold" / "yunze_2024_scan_truth.txt").read_text("utf-8"), CLEAN, 2)
    read = read_pages(truth, CLEAN)
    before, after = error_rate(read, truth), error_rate(clean(read).text, truth)
    assert before > 0.02, "nothing to put right"
    assert after <= before / 2, (before, after)
    assert mark_errors(clean(read).text, truth) <= mark_errors(read, truth) / 2


def test_pages_are_set_as_a_press_sets_them():
    pages = pages_of("全县" * 40 + "，\n第二段。\n", Press(columns=10, rows=4))
    assert [page[0] for page in pages] == ["政府工作报告"] * len(pages)
    assert [page[-1] for page in pages] == [f"- {n} -" for n in range(1, len(pages) + 1)]
    lines = [line for page in pages for line in page[1:-1]]
    assert "".join(lines).replace("　", "") == "全县" * 40 + "，第二段。"
    assert lines == list(lines_of("全县" * 40 + "，\n第二段。", 10))
    assert not any(line.startswith("，") for line in lines)


def test_a_confusion_stands_alone_between_two_right_characters():
    printed, read = "全县实现\n脱贫摘帽目标。", "全 县买现脱贪摘帽目标，"
    assert sorted(confusions(printed, read)) == [("买", "实"), ("贪", "贫")]
    assert list(confusions("甲乙丙丁戊", "甲子丑丁戊")) == []


def test_the_table_holds_what_was_read_for_what_was_printed():
    rows = [line.split(" ") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) > 500
    assert all(len(wrong) == len(right) == 1 and wrong != right and int(n) > 0 for wrong, right, n in rows)
    counts = [int(n) for _, _, n in rows]
    assert counts == sorted(counts, reverse=True)


def test_an_error_rate_counts_characters_and_paragraph_marks():
    assert error_rate("甲乙丙丁\n", "甲乙丙丁\n\n") == 0
    assert error_rate("  甲乙\n丙丁", "甲乙丙丁") == 0.25


def test_errors_in_marks_are_those_without_a_letter_or_a_digit():
    assert mark_errors("甲 乙,丙\n丁", "甲乙，丙丁") == 3
    assert mark_errors("甲以丙", "甲乙丙丁5") == 0
