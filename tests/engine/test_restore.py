"""The engine: rules to a fixed point, a ledger that is whole, promises that rules cannot break."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz
from support import ROOT, write_pack

from cleaner.api import clean
from cleaner.engine.apply import invert
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document, Safety
from cleaner.packs.load import load_packs, shipped_packs
from cleaner.rows import edit_row

AND = {"match": r"(?<=\p{Han}) *and *(?=\p{Han})"}


def run(rules, text, **settings):
    return restore(Document(doc="a.txt", text=text), rules, Settings(**settings))


def test_edits_are_applied_and_recorded(make_rules):
    cleaned = run(make_rules(stray_word=AND), "平台 and 零工，图书 and 影音。")
    assert cleaned.text == "平台和零工，图书和影音。"
    assert [(e.start, e.end, e.before, e.after) for e in cleaned.edits] == [
        (2, 7, " and ", "和"),
        (12, 17, " and ", "和"),
    ]
    assert all(e.applied and e.rule == "sample/stray-word" for e in cleaned.edits)


def test_clean_places_are_those_of_the_clean_text(make_rules):
    cleaned = run(make_rules(stray_word=AND), "平台 and 零工，图书 and 影音。")
    assert [cleaned.text[e.clean_start : e.clean_end] for e in cleaned.edits] == ["和", "和"]


def test_the_ledger_takes_the_run_back(make_rules):
    base = "甲 and 乙 and 丙\n\n丁 and 戊"
    cleaned = run(make_rules(stray_word=AND), base)
    assert invert(cleaned.text, [edit_row(e) for e in cleaned.edits]) == base


def test_doubtful_rules_are_shown_and_not_applied(make_rules):
    rules = make_rules(stray_word={**AND, "safety": "doubtful", "evidence": "reasoning"})
    cleaned = run(rules, "平台 and 零工")
    assert cleaned.text == "平台 and 零工"
    (edit,) = cleaned.edits
    assert (edit.applied, edit.safety, edit.withheld_by) == (False, Safety.DOUBTFUL, None)


def test_level_certain_withholds_probable_edits(make_rules):
    rules = make_rules(stray_word={**AND, "safety": "probable", "evidence": "internal"})
    cleaned = run(rules, "平台 and 零工", level=Safety.CERTAIN)
    assert cleaned.text == "平台 and 零工"
    assert cleaned.edits[0].withheld_by == "level"


def test_an_undeclared_change_of_digits_is_refused(make_rules):
    rules = make_rules(wrong_year={"match": "2024", "replace": "2025"})
    cleaned = run(rules, "2024年")
    assert cleaned.text == "2024年"
    assert cleaned.edits[0].withheld_by == "digits"


def test_a_declared_change_of_digits_is_applied(make_rules):
    rules = make_rules(wrong_year={"match": "2024", "replace": "2025", "more": "digits: may-change"})
    assert run(rules, "2024年").text == "2025年"


def test_removes_allows_digits_to_go_and_not_to_change(make_rules):
    gone = make_rules(page_number={"match": "- 5 -", "replace": "", "more": "digits: removes"})
    assert run(gone, "甲- 5 -乙").text == "甲乙"
    changed = make_rules(page_number={"match": "- 5 -", "replace": "6", "more": "digits: removes"})
    assert run(changed, "甲- 5 -乙").text == "甲- 5 -乙"


def test_protected_names_stay(make_rules):
    rules = make_rules(stray_word=AND)
    cleaned = run(rules, "商号甲 and 乙在此，丙 and 丁", protected=frozenset({"甲 and 乙"}))
    assert cleaned.text == "商号甲 and 乙在此，丙和丁"
    assert {e.withheld_by for e in cleaned.edits if not e.applied} == {"protected"}


def test_a_protected_string_is_not_replaced_by_an_edit_around_it(make_rules):
    rules = make_rules(
        stray_word=AND, page_number={"match": "- 5 甲-", "replace": "", "more": "digits: removes"}
    )
    cleaned = run(rules, "粮食 and 蔬菜", protected=frozenset({"and", ""}))
    assert cleaned.text == "粮食 and 蔬菜"
    assert {e.withheld_by for e in cleaned.edits} == {"protected"}
    assert run(rules, "云- 5 甲-泽", protected=frozenset({"甲"})).text == "云泽"


def test_rules_that_fight_are_named_and_leave_the_document(make_rules):
    rules = make_rules(first={"match": "甲", "replace": "乙"}, second={"match": "乙", "replace": "甲"})
    cleaned = run(rules, "甲子")
    assert cleaned.text == "甲子"
    assert not cleaned.applied
    assert "sample/first" in cleaned.problems[0]
    assert "sample/second" in cleaned.problems[0]


def test_a_rule_that_takes_too_long_loses_its_edits_and_is_named(make_rules):
    # a pattern that RE2 sees the end of is not run at all: it is the lookahead that keeps this one running
    slow = r"(?:[甲乙]|[甲乙]{2}|[甲乙]{3})+(?![甲乙止])"
    rules = make_rules(stray_word=AND, slow={"match": slow, "replace": "丙"})
    text = "丙 and 丁" + "甲乙" * 40 + "止"
    cleaned = run(rules, text, time_limit=0.05)
    assert "丙和丁" in cleaned.text
    assert "sample/slow" in cleaned.problems[0]
    assert not any(e.rule == "sample/slow" for e in cleaned.edits)


def test_a_later_stage_sees_what_an_earlier_one_left(tmp_path):
    early = write_pack(tmp_path / "packs", "early", "spacing", gap={"match": "(?<=抚) (?=标)", "replace": ""})
    late = write_pack(tmp_path / "packs", "late", "wording", typo={"match": "抚标", "replace": "提标"})
    rules = RuleSet.of(rule for pack in load_packs([early, late]) for rule in pack.rules)
    cleaned = run(rules, "完成抚 标工作")
    assert cleaned.text == "完成提标工作"
    typo = next(e for e in cleaned.edits if e.rule == "late/typo")
    assert [(s.start, s.end) for s in typo.spans] == [(2, 3), (4, 5)]


def test_the_loser_of_an_overlap_is_withheld_if_its_reading_still_stands(make_rules):
    rules = make_rules(long={"match": "甲乙", "replace": "丙乙"}, short={"match": "乙丁", "replace": "戊丁"})
    cleaned = run(rules, "甲乙丁")
    assert cleaned.text in ("丙乙丁", "丙戊丁")
    assert next(e.rule for e in cleaned.edits if e.applied) == "sample/long"


def test_dense_damage_folds_into_one_row_with_parts(make_rules):
    base = "字 " * 80 + "字"
    cleaned = run(make_rules(gap={"match": r"(?<=\p{Han}) (?=\p{Han})", "replace": ""}), base)
    (edit,) = cleaned.edits
    assert cleaned.text == "字" * 81
    assert len(edit.parts) == 80
    assert all(base[start:end] == before == " " and after == "" for start, end, before, after in edit.parts)
    assert invert(cleaned.text, [edit_row(edit)]) == base


def test_no_half_of_a_move_is_listed(make_rules):
    """A move that lost one of its halves to another edit leaves no row of its own."""
    text = (
        "净化营商环境，深化减税降费。全县经营主体数量发\n\n稳固三农基石\n\n持续做强农业科技，推广节水灌溉技术，"
        "培育新型经营主体。\n\n展到三万户，同比增长两成，实现量质同增。\n\n城镇新增就业五千人，转移农村劳动力一万人。"
    )
    packs = [pack for pack in shipped_packs() if pack.stage == "stitch"]
    cleaned = run(RuleSet.of(rule for pack in packs for rule in pack.rules), text)
    groups = [e.group for e in cleaned.edits if e.group]
    assert groups
    assert all(groups.count(group) >= 2 for group in groups)


@pytest.mark.parametrize("name", ["lanchuan_2024_news", "yanhu_2025_news"])
def test_what_was_moved_is_placed_where_it_stands_now(name):
    cleaned = clean((ROOT / "seeds" / f"{name}.txt").read_text("utf-8"))
    moved = [e for e in cleaned.applied if e.group and e.start == e.end]
    assert moved
    for edit in moved:  # later edits may have changed some of it
        assert fuzz.ratio(cleaned.text[edit.clean_start : edit.clean_end], edit.after) > 90


def test_what_was_taken_out_is_placed_behind_what_stood_before_it(make_rules):
    rules = make_rules(stray_word={"match": "and", "replace": ""}, stray_sign={"match": "#", "replace": ""})
    cleaned = restore(Document("a", "甲乙and#丙丁"), rules, Settings())
    assert {(e.clean_start, e.clean_end) for e in cleaned.applied} == {(2, 2)}
