"""The gate: whose work a contradiction is, the print's or the cleaner's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support import write_pack
from typer.testing import CliRunner

import cleaner
from cleaner.api import rules_for
from cleaner.checks import gate as gate_module
from cleaner.checks.examine import examine
from cleaner.checks.gate import CHECK, as_printed, gate
from cleaner.cli.app import app
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document, DocumentResult, Severity, State
from cleaner.runs.process import judge
from cleaner.terms import EditKind

RIGHT = (
    "云泽县三次产业结构为11.3：46.1：42.6，农业稳步发展。\n\n经营主体达到20000户，净增2000户，增长11.1%。\n"
)
WRONG = RIGHT.replace("46.1", "41.6")
BAD = {"match": "46(?=[.]1)", "replace": "64", "more": "digits: may-change"}


def with_rule(make_rules, text: str, stage: str = "wording", **rule: str) -> DocumentResult:
    cleaned = restore(Document("a.txt", text), make_rules(stage, bad_rule=rule), Settings())
    assert cleaned.applied
    return judge(cleaned)


def accused(result: DocumentResult) -> list[str]:
    return [f.check for f in result.findings if f.severity is Severity.ERROR]


def test_a_rule_that_makes_a_contradiction_is_caught_and_named(make_rules):
    result = with_rule(make_rules, RIGHT, **BAD)
    found, made = sorted(result.findings, key=lambda f: f.check)
    assert (found.check, found.state) == ("relation/parts_sum_to_whole", State.INTRODUCED)
    (edit,) = result.cleaned.applied
    assert (made.check, made.severity, made.members) == (CHECK, Severity.ERROR, (edit.edit_id,))
    assert made.spans == edit.spans
    assert "sample/bad-rule “46”→“64”" in made.message
    assert "sample/bad-rule “46”→“64”" in made.message_en
    assert found.message in made.message


def test_what_the_print_has_is_inherited_whatever_else_was_edited(make_rules):
    result = with_rule(make_rules, WRONG, match="农业稳步", replace="农业逐步")
    assert [(f.state, f.check) for f in result.findings] == [(State.INHERITED, "relation/parts_sum_to_whole")]


def test_what_an_edit_puts_right_is_fixed(make_rules):
    result = with_rule(make_rules, WRONG, match="41[.]6(?=：)", replace="46.1", more="digits: may-change")
    clean = with_rule(make_rules, RIGHT, match="稳步", replace="逐步")
    assert accused(clean) == []
    assert [f.check for f in result.fixed] == ["relation/parts_sum_to_whole"]
    assert clean.fixed == ()


FRAMED = """青岗县委、县政府把培育经营主体放在重要位置，逐项落实各项惠
企政策，经营主体稳步发展，年末达到20000户，比上年末净增2000
户，同比增长17.1%，市场活力明显增强，创业带动就业的作用日
益显现，企业服务专员走遍了十二个乡镇和两个工业园区，办结诉
求三百余件，企业满意度继续提高。
"""


def test_a_contradiction_that_shows_when_halves_are_joined_is_inherited():
    cleaned = cleaner.clean(FRAMED)
    result = judge(cleaned)
    assert "净增2000户" in cleaned.text
    assert examine(as_printed(cleaned)).findings == ()
    assert [(f.check, f.state) for f in result.findings] == [("relation/growth_vs_levels", State.INHERITED)]


def test_a_rule_that_drops_a_digit_is_caught_in_any_stage(make_rules):
    rule = {"match": "0(?=户，增长)", "replace": "", "more": "digits: removes"}
    result = with_rule(make_rules, RIGHT, stage="furniture", **rule)
    assert CHECK in accused(result)


def test_a_rule_that_changes_the_words_of_a_claim_is_caught(make_rules):
    listed = "围绕产业振兴、人才振兴、文化振兴、生态振兴、组织振兴“五大振兴”，抓好落实。\n"
    result = with_rule(make_rules, listed, match="五大", replace="四大")
    assert CHECK in accused(result)


def test_an_edit_beside_a_claim_is_not_blamed_for_it(make_rules):
    """The claim is read only since its halves came together; a word of its sentence was edited too."""
    bad = make_rules("wording", bad_rule={"match": "稳步发展", "replace": "逐步发展"})
    rules = RuleSet.of([*rules_for(Settings()), *bad])
    result = judge(restore(Document("a.txt", FRAMED), rules, Settings()))
    assert any(e.rule == "sample/bad-rule" for e in result.cleaned.applied)
    assert [(f.check, f.state) for f in result.findings] == [("relation/growth_vs_levels", State.INHERITED)]


def test_moves_are_never_blamed(make_rules):
    result = with_rule(make_rules, RIGHT, **BAD)
    moved = replace(result.cleaned, edits=tuple(replace(e, edit=EditKind.MOVE) for e in result.cleaned.edits))
    assert gate(moved, examine(moved)).introduced == ()


def test_the_base_text_is_not_read_where_nothing_can_have_changed(monkeypatch):
    def refuse(_cleaned):
        raise AssertionError("the base text was read")

    monkeypatch.setattr(gate_module, "as_printed", refuse)
    result = judge(cleaner.clean(WRONG.replace("云泽县三次", "云泽县 三次")))
    assert result.cleaned.applied
    assert [f.state for f in result.findings] == [State.INHERITED]
    with pytest.raises(AssertionError, match="the base text was read"):
        judge(cleaner.clean(RIGHT.replace("农业", "农业 and 林业")))


def test_the_gate_stops_a_pipeline_and_is_in_every_report(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(RIGHT, "utf-8")
    write_pack(tmp_path / "own", "gated", "wording", bad_rule=BAD)
    args = ["run", "in", "-o", "out", "--fail-on", "error"]
    assert CliRunner().invoke(app, args).exit_code == 0
    done = CliRunner().invoke(app, [*args, "--packs", str(tmp_path / "own")])
    assert done.exit_code == 1
    assert "restoration/introduced" in done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out/findings.jsonl").open(encoding="utf-8")]
    assert {(r["check"], r["state"]) for r in rows} == {
        (CHECK, None),
        ("relation/parts_sum_to_whole", "introduced"),
    }
    counted = json.loads((tmp_path / "out/report.json").read_text("utf-8"))["counts"]["gate"]
    assert counted == {"introduced": 1, "inherited": 0, "fixed": 0}
    summary = (tmp_path / "out/summary.md").read_text("utf-8")
    assert "改动造成 introduced **1**" in summary
    assert CHECK in (tmp_path / "out/junit.xml").read_text("utf-8")
    assert "改动造成" in (tmp_path / "out/report.html").read_text("utf-8")
