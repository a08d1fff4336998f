"""What Kanwu must show on the five real documents (they are not in the project; see KANWU_SHARED)."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from support import ROOT

from cleaner.engine.apply import invert
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document, Severity
from cleaner.packs.load import shipped_packs
from cleaner.reading.discover import discover
from cleaner.reading.formats import read_source
from cleaner.rows import edit_row
from cleaner.runs.process import judge

RULES = RuleSet.of(rule for pack in shipped_packs() for rule in pack.rules)


@cache
def results(folder):
    """Every document of a folder, restored and judged, by the start of its name."""
    found = {}
    for file in discover([str(folder)]):
        document = read_source(file).documents[0]
        found[file.doc[:3]] = judge(restore(document, RULES, Settings()))
    return found


@pytest.fixture
def seed(shared):
    return lambda name: results(shared / "seeds")[name]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_undo_idempotence_and_provenance(seed, name):
    cleaned = seed(name).cleaned
    assert invert(cleaned.text, [edit_row(e) for e in cleaned.edits]) == cleaned.document.text
    again = restore(Document(doc="a.txt", text=cleaned.text), RULES, Settings())
    assert [(e.rule, e.before, e.after) for e in again.applied] == []
    assert cleaned.problems == ()


def test_stray_and_reads_he_three_times_in_000_and_nowhere_else(seed):
    for name in ("000", "001", "002", "003", "004"):
        cleaned = seed(name).cleaned
        words = [e for e in cleaned.applied if e.rule == "wording/stray-conjunction"]
        assert len(words) == (3 if name == "000" else 0)
        assert " and " not in cleaned.text
        for right in ("GDP", "PM2.5", "LED", "CEO", "4A"):
            assert (right in cleaned.text) == (right in cleaned.document.text)


def test_002_is_the_reflowed_text_paragraph_by_paragraph(seed, shared):
    expected = (shared / "gold" / "seed002_reflowed.txt").read_text("utf-8").strip().split("\n\n")
    found = seed("002").cleaned.text.strip().split("\n\n")
    assert len(found) == len(expected) == 119

    def plain(paragraph):
        return re.sub(r"\s", "", paragraph)

    different = [(a, b) for a, b in zip(expected, found, strict=True) if plain(a) != plain(b)]
    # named fixes of the ledger: the width of one mark, the superscript of m3, the sign of ug
    for a, b in different:
        assert plain(a).replace("!", "！").replace("m3", "m³").replace("ug/", "μg/") == plain(b)
    assert len(different) <= 3


def test_repeated_blocks_are_gone_and_the_better_copy_stays(seed):
    text = seed("000").cleaned.text
    assert text.count("防范化解重大安全风险") == 1
    assert "合理管控网络舆情风险" in text
    news = seed("001").cleaned.text
    for head in ("坚定深化改革创新", "坚定推进城乡融合", "坚定抓好生态环保", "大抓设施提升"):
        assert news.count(head) == 1


def test_a_sentence_printed_three_times_stands_once_and_an_address_nine_times(seed):
    assert seed("004").cleaned.text.count("完成5家整合关闭矿山") == 1
    assert seed("002").cleaned.text.count("各位代表！") == seed("002").cleaned.document.text.count(
        "各位代表！"
    )


def test_the_minority_script_is_converted_and_names_are_kept(seed):
    text = seed("000").cleaned.text
    assert "交通运输" in text
    assert "信用问题" in text or "信访问题" in text
    assert "迴马岭" in text


def test_half_width_marks_of_003_are_full_width_and_numbers_stay(seed):
    cleaned = seed("003").cleaned
    assert not re.findall(r"(?<=[\u4e00-\u9fff])[,;!?]", cleaned.text)
    assert re.findall(r"[0-9]+\.[0-9]+", cleaned.text) == re.findall(r"[0-9]+\.[0-9]+", cleaned.document.text)


def test_typos_in_context(seed):
    text = seed("000").cleaned.text
    assert "抚标" not in text
    assert "自身建设是" in text
    assert "自身建是" not in text


def fixed(item, cleaned):
    """Whether a ledger item is fixed: no longer ``before`` at its place, but ``after``."""
    start, end = item["offset"], item["offset"] + item["length"]
    wide = cleaned.offsets.to_clean(max(0, start - 4), min(len(cleaned.document.text), end + 4))
    base = cleaned.document.text
    left, right = base[max(0, start - 4) : start], base[end : end + 4]
    now = re.sub(r"\s", "", cleaned.text[wide.start : wide.end])
    return re.sub(r"\s", "", left + item["before"] + right) != now or not item["before"].strip()


@pytest.mark.parametrize("name", ["000", "001", "002"])
def test_what_the_ledgers_call_certain_and_safe_is_fixed(seed, shared, name):
    cleaned = seed(name).cleaned
    rows = [
        json.loads(line) for line in (shared / "gold" / f"seed{name}.jsonl").read_text("utf-8").splitlines()
    ]
    safe = [
        r
        for r in rows
        if r["certainty"] == "certain" and r["action"] == "autofix_safe" and r["class"] != "spacing"
    ]
    assert safe
    assert [r["id"] for r in safe if not fixed(r, cleaned)] == []


DEFECTS = [
    ("000", "relation/share_of_total", "26.36"),
    ("000", "relation/fenbie_arity", "14889户"),
    ("000", "relation/unit_indicator_fit", "14889户"),
    ("000", "relation/heading_numbering", "（六）"),
    ("000", "relation/heading_numbering", "二、"),
    ("001", "relation/growth_vs_levels", "38462户"),
    ("004", "relation/enumerated_count", "清拆改建"),
]


@pytest.mark.parametrize(("name", "check", "told"), DEFECTS)
def test_the_known_defects_are_found(seed, name, check, told):
    found = [f for f in seed(name).findings if f.check == check and f.severity is not Severity.INFO]
    base = seed(name).cleaned.document.text
    assert any(told in f.message or told in base[f.start : f.end] for f in found), [f.message for f in found]


def test_what_agrees_raises_no_alarm(seed):
    known = {(name, check) for name, check, _ in DEFECTS}
    for name in ("000", "001", "002", "003", "004"):
        errors = {f.check for f in seed(name).findings if f.severity is Severity.ERROR}
        assert {(name, check) for check in errors} <= known
        assert not [f for f in seed(name).findings if "57.0" in f.message and f.severity is Severity.ERROR]


def han_and_digits(text):
    return re.sub(r"[^\u3400-\u9fff\U00020000-\U0003ffff0-9０-９]", "", text)


def test_clean_reports_pass_untouched(shared):
    """No Han character and no digit changes; every other edit is on a list, with its reason."""
    listed = json.loads((ROOT / "tests" / "cases" / "clean-corpus-edits.json").read_text("utf-8"))
    counted: dict[str, dict[str, int]] = {}
    for file in discover([str(shared / "corpus")]):
        document = read_source(file).documents[0]
        cleaned = restore(document, RULES, Settings())
        assert han_and_digits(cleaned.text) == han_and_digits(document.text), file.doc
        for edit in cleaned.applied:
            assert han_and_digits(edit.before) == han_and_digits(edit.after), edit
            rules = counted.setdefault(file.doc, {})
            rules[edit.rule] = rules.get(edit.rule, 0) + 1
    assert counted == {
        doc: {rule: told["count"] for rule, told in rules.items()} for doc, rules in listed.items()
    }
    assert all(told["reason"] for rules in listed.values() for told in rules.values())
