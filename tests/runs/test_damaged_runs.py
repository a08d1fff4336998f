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
@pytest.mark.parametrize("key", ["inputs", "config", "schema_version"])
def test_a_record_of_the_run_that_lacks_a_key_is_named(out, command, key):
    run = json.loads((out / "run.json").read_text("utf-8"))
    del run[key]
    (out / "run.json").write_text(json.dumps(run), "utf-8")
    code, output = said(*filled(command, out))
    assert code == 2
    assert f"run.json lacks '{key}'" in output.replace("\n", "")
