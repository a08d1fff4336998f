"""The scorer of ledgers says what was fixed, flagged, missed, and done without need."""

from __future__ import annotations

import json

import pytest

import cleaner
from cleaner.engine.restore import restore
from cleaner.engine.settings import Settings
from cleaner.model import Document, DocumentResult, Finding, Severity, Span
from cleaner.testing.ledgers import load_ledger, score

BASE = "粮食 产量稳定，抚标工作完成。\n\n全县经济平稳运行，抚标工作开展。\n"


def ledger(tmp_path, *rows):
    """A ledger file of rows given as (before, after[, more keys]), found in ``BASE`` in order."""
    lines = []
    for number, (before, after, more) in enumerate(rows):
        offset = more.pop("offset", BASE.index(before))
        row = {"id": f"r{number}", "offset": offset, "length": len(before), "before": before, "after": after}
        row |= {
            "class": "word_sub",
            "certainty": "certain",
            "action": "fix_with_context",
            "reason": "",
            **more,
        }
        lines.append(json.dumps(row, ensure_ascii=False))
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return load_ledger(path)


@pytest.fixture
def restored(make_rules):
    rules = make_rules("wording", word={"match": "抚标(?=工作完成)", "replace": "提标"})
    return restore(Document("a.txt", BASE), rules, Settings())


def finding(start, end):
    return Finding("f", "a.txt", "restoration/gap", Severity.INFO, (Span(start, end),), "")


def test_a_fix_counts_where_after_stands_and_before_does_not(restored, tmp_path):
    second = BASE.rindex("抚标")
    items = ledger(tmp_path, ("抚标", "提标", {}), ("抚标", "提标", {"offset": second}), ("稳定", "稳步", {}))
    assert score(DocumentResult(restored), items).fixed == {"r0"}


def test_a_flag_overlaps_and_is_no_longer_than_forty_or_twice_the_place(restored, tmp_path):
    items = ledger(tmp_path, ("粮食", None, {}), ("开展", None, {}))
    near, long = finding(0, 3), finding(0, 45)
    assert score(DocumentResult(restored, findings=(near,)), items).flagged == {"r0"}
    padded = [Document("b.txt", BASE * 3)]
    assert score(DocumentResult(cleaner.clean(padded[0]), findings=(long,)), items).flagged == frozenset()


def test_flags_and_edits_without_a_row_are_told(restored, tmp_path):
    items = ledger(tmp_path, ("粮食", None, {}))
    found = score(DocumentResult(restored, findings=(finding(0, 2), finding(20, 22))), items)
    assert [why for _, why in found.unmatched] == ["restoration/gap"]
    assert [e.before for e in found.strays] == ["抚标"]


def test_white_space_is_counted_where_the_row_is_about_it(make_rules, tmp_path):
    rules = make_rules("spacing", gap={"match": r"(?<=\p{Han}) (?=\p{Han})", "replace": ""})
    cleaned = restore(Document("a.txt", BASE), rules, Settings())
    items = ledger(tmp_path, ("食 产", "食产", {}), ("\n\n全", "全", {}))
    assert score(DocumentResult(cleaned), items).fixed == {"r0"}


def test_what_went_with_a_deleted_copy_is_dealt_with():
    """A row inside a duplicate needs no fix of its own."""
    sentence = (
        "推进新型城镇化建设，开展城市体检和城市更新，科学布局停车场、公共厕所和充电桩，抚标提档，补齐短板。"
    )
    base = "一、安排\n\n" + sentence + "\n\n二、保障\n\n发展养老事业。\n\n" + sentence + "\n"
    cleaned = cleaner.clean(base)
    assert cleaned.text.count("城市体检") == 1
    place = base.rindex("科学") if base.rindex("科学") > base.index("二、") else base.index("科学")
    from cleaner.testing.ledgers import Item

    row = Item("r", (Span(place, place + 2),), "科学", "合理", "word_sub", "certain", "fix_with_context")
    assert score(DocumentResult(cleaned), [row]).fixed == {"r"}


def test_halves_count_when_they_are_one(restored, tmp_path):
    items = ledger(
        tmp_path, ("完成。", None, {"joined": "工作完成。全县经济"}), ("运行", None, {"joined": "运行停顿"})
    )
    assert score(DocumentResult(restored), items).fixed == {"r0"}


def test_shares_are_of_the_rows_that_are_asked_for(restored, tmp_path):
    items = ledger(tmp_path, ("抚标", "提标", {}), ("粮食", None, {}))
    found = score(DocumentResult(restored, findings=(finding(0, 2),)), items)
    assert (found.share(items), found.share(items, also_flagged=True), found.share([])) == (0.5, 1.0, 1.0)
