"""decisions.jsonl: what it must hold, what it does to a run, and what a run says of it."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support import kanwu, write_pack

from cleaner.engine.decisions import Choice, Decision, Decisions
from cleaner.reports.json_report import schema
from cleaner.runs.decisions import (
    DecisionError,
    decision_of,
    parse_decisions,
    read_decisions,
    rendered,
    row_of,
    write_decisions,
)

TEXT = "云泽县改革 and 发展成效明显，产业 and 园区加快建设。\n"
LINE = {
    "rule": "own/stray-and",
    "before": " and ",
    "after": "和",
    "left": "云泽县改革",
    "right": "发展成效明显，产",
}
words = st.text(max_size=12)
decisions = st.builds(
    Decision,
    rule=words,
    before=words,
    after=words,
    choice=st.sampled_from(sorted(set(Choice) - {Choice.EDIT})),
    left=words,
    right=words,
    occurrence=st.integers(1, 9),
    seen=words,
) | st.builds(Decision, words, words, words, st.just(Choice.EDIT), words, words, text=words)


def _lines(*rows: dict) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@given(decisions)
def test_a_line_holds_a_decision_whole_and_fits_the_schema(decision):
    row = json.loads(json.dumps(row_of(decision)))
    assert decision_of(row) == decision
    Draft202012Validator(schema("decisions")).validate(row)


def test_lines_are_sorted_and_doubles_are_one_whatever_order_they_came_in(tmp_path):
    rows = [{**LINE, "before": b, "decision": "accept"} for b in ("乙", "甲", "乙")]
    found = parse_decisions("\ufeff" + _lines(*rows) + "\n\n", "d.jsonl")
    assert len(found.entries) == 2
    assert rendered(found) == rendered(parse_decisions(_lines(*reversed(rows)), "d.jsonl"))
    write_decisions(tmp_path / "deep" / "d.jsonl", found)
    assert read_decisions(tmp_path / "deep" / "d.jsonl") == found
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["d.jsonl"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "d.jsonl:1: found no JSON"),
        ("[]", "d.jsonl:1: found []; expected an object"),
        ("\n<<<<<<< HEAD", "d.jsonl:2: found the mark of a merge conflict; keep the lines of both sides"),
        (_lines({**LINE}), "d.jsonl:1: found decision: null; expected a text"),
        (_lines({**LINE, "decision": "maybe"}), 'found decision: "maybe"; expected one of accept, reject'),
        (_lines({**LINE, "decision": "edit"}), "expected 'text' with edit"),
        (_lines({**LINE, "decision": "accept", "text": "与"}), "expected 'text' with edit"),
        (_lines({**LINE, "decision": "accept", "rul": ""}), "found the key 'rul'; expected rule, before"),
        (
            _lines({**LINE, "decision": "accept", "occurrence": 0}),
            "found occurrence: 0; expected a number from 1",
        ),
        (_lines({**LINE, "decision": "accept", "occurrence": True}), "found occurrence: true"),
        (_lines({**LINE, "decision": "accept", "left": 3}), "found left: 3; expected a text"),
        (
            _lines({**LINE, "decision": "accept"}, {**LINE, "decision": "reject"}),
            "d.jsonl:2: decides 'reject' about a change on which line 1 decides 'accept'; keep one of the two lines",
        ),
        (
            _lines({**LINE, "decision": "always"}, {**LINE, "left": "", "decision": "never"}),
            "line 1 decides 'always'",
        ),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(text, says):
    with pytest.raises(DecisionError) as caught:
        parse_decisions(text, "d.jsonl")
    assert says in str(caught.value)


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_what_stood_there(tmp_path):
    (tmp_path / "d.jsonl").mkdir()
    with pytest.raises(DecisionError, match="cannot write"):
        write_decisions(tmp_path / "d.jsonl", Decisions())
    with pytest.raises(DecisionError, match="kanwu review OUT"):
        read_decisions(tmp_path / "none.jsonl")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a document, a pack whose one rule is doubtful, and the decision to accept its first edit."""
    monkeypatch.chdir(tmp_path)
    doubtful = {"match": " and ", "safety": "doubtful", "evidence": "reasoning"}
    write_pack(tmp_path / "packs", "own", stray_and=doubtful)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "d.jsonl").write_text(_lines({**LINE, "decision": "accept"}), "utf-8")
    return tmp_path


GIVEN = ("in", "-o", "out", "--packs", "packs", "--select", "own", "--decisions", "d.jsonl")


@pytest.mark.parametrize("command", ["run", "clean"])
def test_a_run_carries_out_what_was_decided_and_can_be_taken_back(place, command):
    code, _, told = kanwu(command, *GIVEN)
    assert (code, told.count("decisions that were not used")) == (0, 0)
    assert (place / "out" / "text" / "a.txt").read_text("utf-8") == TEXT.replace("革 and 发", "革和发")
    assert kanwu("undo", "out", "-o", "back")[0] == 0
    assert (place / "back" / "a.txt").read_bytes() == TEXT.encode()
    run = json.loads((place / "out" / "run.json").read_text("utf-8"))
    assert (run["decisions"]["entries"], run["decisions"]["unused"]) == (1, [])
    assert run["config"]["settings"]["decisions"] == run["decisions"]["sha256"]


def test_the_report_says_what_a_reader_decided(place):
    doubtful = {**LINE, "left": "展成效明显，产业", "right": "园区加快建设。"}
    (place / "d.jsonl").write_text(
        _lines({**LINE, "decision": "accept"}, {**doubtful, "decision": "reject"}), "utf-8"
    )
    kanwu("run", *GIVEN)
    page = (place / "out" / "report.html").read_text("utf-8")
    assert "a reader decided against it" in page
    assert "gave way to decision" not in page


@pytest.mark.parametrize("shards", [(), ("--shards",)])
def test_decisions_that_met_nothing_are_told_and_listed(place, shards):
    lost = {**LINE, "left": "柳溪县改革", "decision": "reject"}
    (place / "d.jsonl").write_text(_lines({**LINE, "decision": "accept"}, lost), "utf-8")
    code, _, told = kanwu("clean", *GIVEN, *shards)
    assert code == 0
    assert "decisions that were not used: 1\n  own/stray-and: reject: 柳溪县改革⟦ and ⟧发展" in told
    run = json.loads((place / "out" / "run.json").read_text("utf-8"))
    assert run["decisions"]["unused"] == [lost]


@pytest.mark.parametrize("choice", ["reject", "edit", "always", "never"])
def test_every_kind_of_decision_is_known_to_have_been_used(place, choice):
    row = {**LINE, "decision": choice, **({"text": "与"} if choice == "edit" else {})}
    (place / "d.jsonl").write_text(_lines(row), "utf-8")
    kanwu("clean", *GIVEN)
    run = json.loads((place / "out" / "run.json").read_text("utf-8"))
    assert run["decisions"]["unused"] == []


def test_a_decision_about_one_edit_among_many_that_are_one_row_is_known_to_have_been_used(place):
    (place / "in" / "a.txt").write_text("各 and 县 " + "乙 and 丙" * 70 + "\n", "utf-8")
    (place / "d.jsonl").write_text(_lines({**LINE, "decision": "always"}), "utf-8")
    kanwu("clean", *GIVEN)
    (row,) = (json.loads(line) for line in (place / "out" / "edits.jsonl").read_text("utf-8").splitlines())
    assert len(row["parts"]) == 71
    assert json.loads((place / "out" / "run.json").read_text("utf-8"))["decisions"]["unused"] == []


def test_the_configuration_may_name_the_file_and_stdin_hears_it_too(place):
    (place / "kanwu.toml").write_text('decisions = "d.jsonl"\npacks = ["packs"]\nselect = ["own"]\n', "utf-8")
    code, out, _ = kanwu("clean", "-", input=TEXT)
    assert (code, out) == (0, TEXT.replace("革 and 发", "革和发"))
    code, out, _ = kanwu("config", "in")
    assert 'decisions = "d.jsonl"' in out


def test_a_wrong_file_stops_the_run(place):
    (place / "d.jsonl").write_text("no\n", "utf-8")
    code, _, told = kanwu("clean", *GIVEN)
    assert (code, "d.jsonl:1: found no JSON" in told) == (2, True)
    assert not (place / "out").exists()


def test_parts_that_were_made_under_other_decisions_are_made_again(place):
    kanwu("clean", *GIVEN, "--shards")
    (place / "d.jsonl").write_text(_lines({**LINE, "decision": "reject"}), "utf-8")
    kanwu("clean", *GIVEN, "--cache")
    assert (place / "out" / "text" / "a.txt").read_text("utf-8") == TEXT


def test_digits_that_a_reader_changed_break_no_promise(place):
    write_pack(place / "more", "digits", misread={"match": "1O", "replace": "10"})
    (place / "in" / "a.txt").write_text("云泽县新增企业1O家。\n", "utf-8")
    row = {"rule": "digits/misread", "before": "1O", "after": "10", "left": "云泽县新增企业", "right": "家。"}
    (place / "d.jsonl").write_text(_lines({**row, "decision": "accept"}), "utf-8")
    code, _, told = kanwu("run", "in", "-o", "out", "--packs", "more", "--decisions", "d.jsonl")
    assert (code, told.count("not used")) == (0, 0), told
    assert (place / "out" / "text" / "a.txt").read_text("utf-8") == "云泽县新增企业10家。\n"
    promises = json.loads((place / "out" / "report.json").read_text("utf-8"))["contracts"]
    assert [p["success"] for p in promises if p["name"] == "expect_digit_edits_to_be_declared"] == [True]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_merges_what_two_readers_decided_and_a_contradiction_is_named(tmp_path):
    def git(*args: str) -> None:
        person = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(("git", *person, *args), cwd=tmp_path, check=True, capture_output=True)

    def decide(*given: tuple[str, str]) -> None:
        known = read_decisions(path).entries if path.exists() else ()
        made = tuple(Decision("own/a", word, "", Choice(choice)) for word, choice in given)
        write_decisions(path, Decisions((*known, *made)))
        git("add", "-A")
        git("commit", "-m", "decided")

    path = tmp_path / "decisions.jsonl"
    (tmp_path / ".gitattributes").write_text("decisions.jsonl merge=union\n", "utf-8")
    git("init", "-b", "main")
    decide(("丁", "accept"))
    git("checkout", "-b", "other")
    decide(("丙", "accept"), ("乙", "reject"))
    git("checkout", "main")
    decide(("丙", "accept"), ("甲", "accept"))
    git("merge", "other", "-m", "merged")
    assert sorted(d.before for d in read_decisions(path).entries) == sorted("甲乙丙丁")
    git("checkout", "other")
    decide(("戊", "accept"))
    git("checkout", "main")
    decide(("戊", "reject"))
    git("merge", "other", "-m", "merged again")
    with pytest.raises(DecisionError, match="keep one of the two lines"):
        read_decisions(path)
