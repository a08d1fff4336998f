"""kanwu diff and kanwu blame as plain text."""

from __future__ import annotations

import pytest
from report_samples import HOSTILE, RULES, hostile_run, sample_document, sample_run

from cleaner.reports.diff import blame, blame_cleaned, diff_rows, render_diff
from cleaner.rows import edit_row


@pytest.fixture
def cleaned():
    return sample_document().cleaned


def rows(cleaned):
    return [edit_row(edit) for edit in cleaned.edits]


def test_a_changed_row_shows_both_sides_and_its_rules(cleaned):
    shown = render_diff(cleaned)
    assert (
        "- 云泽县二O二三年工作报告\n+ 云泽县二〇二三年工作报告\n  # 1:4 numeral/letter-o-as-zero certain"
        in shown
    )
    assert "- - 3 -\n  # 6:1 furniture/page-number" in shown
    assert "占比70.2%" not in shown


def test_joined_lines_are_two_lines_against_one(cleaned):
    shown = render_diff(cleaned)
    assert "- 过去一年,全县粮食产量40.5万吨，\n- 增长3.2%" in shown
    assert "+ 过去一年，全县粮食产量40.5万吨，增长3.2%" in shown


def test_the_ledger_on_disk_gives_the_same_diff(cleaned):
    base = cleaned.document
    assert diff_rows(base.doc, rows(cleaned), base.text, cleaned.text) == render_diff(cleaned)


def test_every_applied_edit_is_named_and_no_other(cleaned):
    shown = render_diff(cleaned)
    for edit in cleaned.edits:
        assert (edit.rule in shown) == edit.applied or edit.rule == "wording/dropped"
    assert "wording/dropped" not in shown


def test_an_untouched_document_has_no_diff():
    assert render_diff(sample_run().documents[1].cleaned) == ""


def test_long_lines_are_cut_around_their_changes():
    from report_samples import Change, clean_sample

    from cleaner.model import Document

    text = "粮" * 400 + "二O二三" + "食" * 400 + "\n"
    shown = render_diff(clean_sample(Document("a.txt", text), [Change("O", "〇", "numeral/o")]))
    assert "粮粮二O二三" not in shown.replace("二O二三", "")
    assert max(map(len, shown.splitlines())) < 80
    assert "…" in shown


def test_nothing_of_a_stranger_controls_the_terminal():
    for document in hostile_run().documents:
        shown = render_diff(document.cleaned)
        told = blame_cleaned(document.cleaned, len(document.cleaned.text) - 8)
        assert not any(ord(c) < 32 and c != "\n" for c in shown + told)
        assert "\u202e" not in shown + told


def test_blame_names_the_edit_its_place_and_its_grounds(cleaned):
    base = cleaned.document.text
    at = cleaned.text.index("身子") + 1
    told = blame(rows(cleaned), base, cleaned.text, at, rules=RULES)
    assert "offset 144–145" in told
    assert base[144] == "予"
    assert "底本 base  10:7" in told
    assert "wording/lookalike  形近讹字 / look-alike character" in told
    assert "改而出校 probable" in told
    assert "固定搭配。" in told
    assert told == blame_cleaned(cleaned, at, rules=RULES)


def test_blame_of_an_untouched_place_gives_its_base_place(cleaned):
    told = blame_cleaned(cleaned, cleaned.text.index("青岗镇"))
    assert f"offset {cleaned.document.text.index('青岗镇')}–" in told
    assert "未经改动" in told


def test_blame_just_after_a_removal_names_it(cleaned):
    told = blame_cleaned(cleaned, cleaned.text.index("其中规模"))
    assert "furniture/page-number" in told
    assert "“- 3 -⏎” → “”" in told


def test_blame_outside_the_text_is_an_error(cleaned):
    for at in (-1, len(cleaned.text)):
        with pytest.raises(IndexError):
            blame_cleaned(cleaned, at)


def test_blame_of_a_hostile_rule_is_one_line_each():
    cleaned = hostile_run().documents[1].cleaned
    told = blame_cleaned(cleaned, cleaned.text.index("\n") + 1, rules={HOSTILE[1]: {"title": "甲\n乙"}})
    assert "甲⏎乙" in told
