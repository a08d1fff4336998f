"""What reads a run back says which file, and where, was changed; it never ends in a traceback."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cleaner.cli.app import app


def said(*command):
    result = CliRunner().invoke(app, list(map(str, command)))
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, result.output


@pytest.fixture
def out(tmp_path):
    (tmp_path / "a.txt").write_text("全县粮食 and 蔬菜丰收。\n", "utf-8")
    assert said("run", tmp_path / "a.txt", "-o", tmp_path / "out", "-q")[0] == 0
    return tmp_path / "out"


COMMANDS = (("undo", "OUT", "-o", "BACK"), ("diff", "OUT"), ("blame", "OUT", "a.txt", "1"), ("check", "OUT"))


def filled(command, out):
    return [{"OUT": out, "BACK": out.parent / "back"}.get(word, word) for word in command]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
@pytest.mark.parametrize(
    "line", ["{", "[1]", '{"doc": "a.txt"}', "\udcff"], ids=["torn", "list", "short", "bytes"]
)
def test_a_line_that_is_no_row_of_a_ledger_is_named(out, command, line):
    rows = (out / "edits.jsonl").read_bytes()
    (out / "edits.jsonl").write_bytes(rows + line.encode("utf-8", "surrogateescape") + b"\n")
    code, output = said(*filled(command, out))
    assert code == 2
    number = rows.count(b"\n") + 1
    assert f"edits.jsonl:{number}: " in output.replace("\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
@pytest.mark.parametrize("key", ["inputs", "config", "schema_version", "refusals"])
def test_a_record_of_the_run_that_lacks_a_key_is_named(out, command, key):
    run = json.loads((out / "run.json").read_text("utf-8"))
    del run[key]
    (out / "run.json").write_text(json.dumps(run), "utf-8")
    code, output = said(*filled(command, out))
    assert code == 2
    assert f"run.json lacks '{key}'" in output.replace("\n", "")


def test_what_a_run_could_not_read_is_no_pass_when_the_run_is_judged(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("全县工作扎实推进。\n", "utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x00\x01\x02\x03")
    out = tmp_path / "out"
    assert said("run", tmp_path / "in", "-o", out, "-q")[0] == 2
    junit = tmp_path / "junit.xml"
    code, output = said("check", out, "--report", f"junit={junit}")
    assert code == 2
    assert "bad.txt" in output
    assert "bad.txt" in junit.read_text("utf-8")


def test_a_rule_that_was_left_out_is_no_pass_when_the_run_is_judged(out):
    run = json.loads((out / "run.json").read_text("utf-8"))
    run["problems"] = ["a.txt: sample/slow took longer than 2.0 s and was left out"]
    (out / "run.json").write_text(json.dumps(run), "utf-8")
    code, output = said("check", out)
    assert code == 2
    assert "sample/slow" in output
