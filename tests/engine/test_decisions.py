"""What a reader decided about one change, laid over what the rules propose."""

from __future__ import annotations

import pytest
from support import write_pack

from cleaner.engine.apply import invert
from cleaner.engine.decisions import Choice, Decision, Decisions, Surroundings
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document, Edit
from cleaner.offsets import Span
from cleaner.packs.load import load_pack
from cleaner.rows import edit_row
from cleaner.terms import Evidence, Safety

TEXT = "云泽县改革 and 发展成效明显，产业 and 园区加快建设。\n各村 and 各社区同步推进。\n"
AND = {"match": " and ", "safety": "doubtful", "evidence": "reasoning"}


@pytest.fixture
def rules(tmp_path):
    return _rules(tmp_path, stray_and=AND)


def _rules(folder, name="sample", **given):
    return RuleSet.of(load_pack(write_pack(folder, name, **given), shipped=False).rules)


def _restored(rules, text, *decisions, **settings) -> Cleaned:
    settings = Settings(decisions=Decisions(tuple(decisions)), **settings)
    return restore(Document("a.txt", text), rules, settings)


def _decision(edit: Edit, base: str, choice: Choice, **more) -> Decision:
    left, right, occurrence = Surroundings(base).of(edit.spans)
    return Decision(edit.rule, edit.before, edit.after, choice, left, right, occurrence, **more)


def _one(rules, base, index, choice, **more) -> Decision:
    return _decision(_restored(rules, base).edits[index], base, choice, **more)


def _inverts(cleaned: Cleaned) -> bool:
    return invert(cleaned.text, map(edit_row, cleaned.edits)) == cleaned.document.text


def _rests(rules, cleaned: Cleaned, *decisions) -> bool:
    """Whether cleaning the clean text with the same decisions makes no edit."""
    return not _restored(rules, cleaned.text, *decisions).applied


def test_a_doubtful_edit_is_applied_where_it_was_accepted_and_nowhere_else(rules):
    accepted = _one(rules, TEXT, 1, Choice.ACCEPT)
    cleaned = _restored(rules, TEXT, accepted)
    assert cleaned.text == TEXT.replace("产业 and 园区", "产业和园区")
    (edit,) = cleaned.applied
    assert (edit.safety, edit.safety_set_by, edit.evidence) == (Safety.CERTAIN, "decision", Evidence.WITNESS)
    assert _inverts(cleaned)
    assert _rests(rules, cleaned, accepted)


def test_an_applied_edit_that_was_rejected_stays_as_it_was(tmp_path):
    rules = _rules(tmp_path, stray_and={"match": " and "})
    rejected = _one(rules, TEXT, 0, Choice.REJECT)
    cleaned = _restored(rules, TEXT, rejected)
    assert cleaned.text == TEXT.replace(" and ", "和").replace("改革和发展", "改革 and 发展")
    assert [e.withheld_by for e in cleaned.edits if not e.applied] == ["decision"]
    assert _inverts(cleaned)


def test_a_rejection_is_known_again_where_cleaning_changed_the_words_around_it(tmp_path):
    rules = _rules(tmp_path, stray_and={"match": " and "}, misread={"match": "抚标", "replace": "提标"})
    text = "全县改革抚标 and 发展成效明显。\n"
    rejected = _decision(
        next(e for e in _restored(rules, text).edits if e.before == " and "), text, Choice.REJECT
    )
    cleaned = _restored(rules, text, rejected)
    assert cleaned.text == "全县改革提标 and 发展成效明显。\n"
    assert _rests(rules, cleaned, rejected)


def test_a_long_removal_that_was_rejected_is_known_again_though_words_in_it_were_mended(tmp_path):
    rules = _rules(
        tmp_path,
        copy={"match": "重出之句[^。]*。", "replace": ""},
        misread={"match": "抚标", "replace": "提标"},
    )
    text = "云泽县加快建设。重出之句谈的是园区改造与抚标扩容，一字不差。\n"
    (edit,) = (e for e in _restored(rules, text).edits if e.rule == "sample/copy")
    rejected = _decision(edit, text, Choice.REJECT)
    cleaned = _restored(rules, text, rejected)
    assert cleaned.text == text.replace("抚标", "提标")
    assert _rests(rules, cleaned, rejected)


def test_a_rejection_at_one_place_says_nothing_of_another_document(tmp_path):
    rules = _rules(tmp_path, stray_and={"match": " and "})
    rejected = _one(rules, TEXT, 0, Choice.REJECT)
    assert "柳溪县水利和交通" in _restored(rules, "柳溪县水利 and 交通项目开工。\n", rejected).text


def test_a_rejected_change_is_not_made_by_another_rule(tmp_path):
    rules = _rules(tmp_path, a={"match": " and "}, b={"match": " and "})
    rejected = _one(rules, TEXT, 0, Choice.REJECT)
    assert "改革 and 发展" in _restored(rules, TEXT, rejected).text


def test_what_a_reader_wrote_stands_and_no_rule_touches_it(tmp_path):
    rules = _rules(tmp_path, stray_and=AND, misread={"match": "与", "replace": "同"})
    written = _one(rules, TEXT, 0, Choice.EDIT, text="与")
    cleaned = _restored(rules, TEXT, written)
    assert cleaned.text == TEXT.replace("改革 and 发展", "改革与发展")
    assert _inverts(cleaned)
    assert _rests(rules, cleaned, written)


@pytest.mark.parametrize("wording", ["旧 and 新", " and  and ", "x and "])
def test_what_a_reader_wrote_may_hold_the_very_thing_that_the_rule_looks_for(rules, wording):
    written = _one(rules, TEXT, 0, Choice.EDIT, text=wording)
    cleaned = _restored(rules, TEXT, written)
    assert cleaned.text == TEXT.replace("改革 and 发展", f"改革{wording}发展")
    assert not cleaned.problems
    assert _rests(rules, cleaned, written)


def test_an_accepted_edit_whose_result_holds_what_the_rule_looks_for_is_made_once(tmp_path):
    rules = _rules(tmp_path, doubled={**AND, "match": "改革", "replace": "改革开放"})
    accepted = _one(rules, TEXT, 0, Choice.ACCEPT)
    cleaned = _restored(rules, TEXT, accepted)
    assert cleaned.text == TEXT.replace("改革", "改革开放")
    assert not cleaned.problems
    assert _rests(rules, cleaned, accepted)


def test_no_rule_takes_back_what_was_accepted(tmp_path):
    rules = _rules(
        tmp_path, there={**AND, "match": "甲方", "replace": "乙方"}, back={"match": "乙方", "replace": "甲方"}
    )
    text = "合同由甲方签字盖章后生效。\n"
    accepted = _one(rules, text, 0, Choice.ACCEPT)
    cleaned = _restored(rules, text, accepted)
    assert (cleaned.text, cleaned.problems) == ("合同由乙方签字盖章后生效。\n", ())
    assert _rests(rules, cleaned, accepted)


def test_a_change_of_digits_needs_an_explicit_decision(tmp_path):
    rules = _rules(tmp_path, misread={**AND, "match": "1O", "replace": "10"})
    text = "新增企业1O家。\n"
    assert _restored(rules, text).text == text
    accepted = _one(rules, text, 0, Choice.ACCEPT)
    assert _restored(rules, text, accepted).text == "新增企业10家。\n"
    written = _one(rules, text, 0, Choice.EDIT, text="16")
    assert _restored(rules, text, written).text == "新增企业16家。\n"


def test_what_is_accepted_wins_over_what_would_win_the_place(tmp_path):
    rules = _rules(
        tmp_path,
        longer={"match": "改革 and 发展", "replace": "发展"},
        stray={"match": " and ", "replace": "及"},
    )
    before = _restored(rules, TEXT)
    assert "云泽县发展成效" in before.text
    left, right, _ = Surroundings(TEXT).of((Span(5, 10),))
    accepted = Decision("sample/stray", " and ", "及", Choice.ACCEPT, left, right)
    cleaned = _restored(rules, TEXT, accepted)
    assert "云泽县改革及发展成效" in cleaned.text
    assert _inverts(cleaned)


def test_a_protected_name_gives_way_to_a_decision_about_this_place_but_not_to_one_about_all(rules):
    protected = {"protected": frozenset(["产业 and 园区"])}
    accepted = _one(rules, TEXT, 1, Choice.ACCEPT)
    assert "产业和园区" in _restored(rules, TEXT, accepted, **protected).text
    always = _one(rules, TEXT, 1, Choice.ALWAYS)
    cleaned = _restored(rules, TEXT, always, **protected)
    assert "产业 and 园区" in cleaned.text
    assert "各村和各社区" in cleaned.text


def test_always_and_never_hold_in_any_context(tmp_path, rules):
    always = _one(rules, TEXT, 0, Choice.ALWAYS)
    assert " and " not in _restored(rules, TEXT, always).text
    sure = _rules(tmp_path / "sure", stray_and={"match": " and "})
    never = _one(rules, TEXT, 0, Choice.NEVER)
    cleaned = _restored(sure, "别处 and 别县。\n" + TEXT, never)
    assert cleaned.text == "别处 and 别县。\n" + TEXT
    assert _rests(sure, cleaned, never)


def test_a_decision_about_one_place_outranks_one_about_the_series(rules):
    always, rejected = _one(rules, TEXT, 0, Choice.ALWAYS), _one(rules, TEXT, 1, Choice.REJECT)
    assert _restored(rules, TEXT, always, rejected).text == TEXT.replace("革 and 发", "革和发").replace(
        "村 and 各", "村和各"
    )


def test_of_equal_places_the_number_tells_which(rules):
    text = "改革 and 发展成效明显突出的乡镇。\n" * 3
    accepted = _one(rules, text, 1, Choice.ACCEPT)
    lines = _restored(rules, text, accepted).text.splitlines()
    assert [" and " in line for line in lines] == [True, False, True]


def test_decisions_about_places_hold_when_lines_were_wrapped_otherwise(rules):
    accepted = _one(rules, TEXT, 1, Choice.ACCEPT)
    wrapped = "无关的一行。\n\n" + TEXT.replace("发展成效", "发展\n成效")
    assert "产业和园区" in _restored(rules, wrapped, accepted).text


def test_a_decision_without_its_place_changes_nothing(rules):
    accepted = _one(rules, TEXT, 0, Choice.ACCEPT)
    text = "青岗县教育 and 卫生事业进步。\n"
    assert _restored(rules, text, accepted).text == text


def test_the_level_of_a_run_does_not_hold_back_what_was_accepted(tmp_path):
    rules = _rules(tmp_path, stray_and={"match": " and ", "safety": "probable", "evidence": "internal"})
    accepted = _one(rules, TEXT, 0, Choice.ACCEPT)
    cleaned = _restored(rules, TEXT, accepted, level=Safety.CERTAIN)
    assert cleaned.text == TEXT.replace("改革 and 发展", "改革和发展")


@pytest.mark.parametrize("text", ["", "\n", "甲", " 甲 乙\n", "甲乙丙丁戊己庚辛壬癸"])
def test_a_place_is_found_again_by_its_surroundings(text):
    around = Surroundings(text)
    for start in range(len(text)):
        if text[start].isspace():
            continue
        left, right, number = around.of((Span(start, start + 1),))
        decision = Decision("a/b", text[start], "", Choice.ACCEPT, left, right, number)
        assert around.find(decision) == Span(start, start + 1)
