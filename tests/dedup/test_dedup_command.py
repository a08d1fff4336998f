"""`kanwu dedup` on the command line: exit codes, languages, tables for a spreadsheet, the summary."""

from __future__ import annotations

import csv
import json

import pytest
from dedup_helpers import changed, lay, paragraph
from support import kanwu

from cleaner.reports.json_report import schema


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lay(tmp_path / "exact", a=paragraph(1), b=paragraph(1))
    lay(tmp_path / "near", a=paragraph(1), b=changed(paragraph(1), 0.03))
    lay(tmp_path / "none", a=paragraph(1), b=paragraph(2))
    lay(tmp_path / "unread", a=paragraph(1), b=paragraph(1), c="")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("exact", 0),
        ("exact --fail-on exact", 1),
        ("near --fail-on exact", 0),
        ("near --fail-on near", 1),
        ("exact --fail-on near", 1),
        ("none --fail-on near", 0),
        ("unread", 2),
        ("missing", 2),
        ("exact --fail-on error", 2),
        ("exact -o near", 2),
        ("exact --threshold 2", 2),
    ],
)
def test_exit_codes(place, command, expected):
    assert kanwu("dedup", *command.split())[0] == expected


def test_an_unread_file_is_named_and_the_rest_is_compared(place):
    code, told, said = kanwu("dedup", "unread", "-o", "out", "--lang", "en")
    assert code == 2
    assert "c.txt: not read: the file is empty" in said
    assert "exact copies: 1" in told
    assert "c.txt" in (place / "out" / "summary.md").read_text("utf-8")


@pytest.mark.parametrize(("lang", "word"), [("zh", "逐字相同: 1"), ("en", "exact copies: 1")])
def test_the_summary_is_said_in_one_language(place, lang, word):
    code, told, said = kanwu("dedup", "exact", "-o", "out", "--lang", lang)
    assert code == 0
    assert word in told
    assert "out" in said
    assert kanwu("dedup", "exact", "-o", "out", "-q")[1:] == ("", "")


def test_the_csv_is_for_a_spreadsheet_and_runs_no_formula(place):
    lay(place / "formula", a="=CMD()" + paragraph(1), b="=CMD()" + paragraph(1))
    kanwu("dedup", "formula", "-o", "out")
    data = (place / "out" / "duplicates.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [(row["kind"], row["kept"], row["similarity"]) for row in rows] == [
        ("first", "true", "1.0"),
        ("exact", "false", "1.0"),
    ]
    assert rows[0]["excerpt"].startswith("'=CMD()")


def test_run_json_keeps_its_schema_and_names_what_was_asked(place):
    from jsonschema import Draft202012Validator

    for more in ([], ["--drop"]):
        kanwu("dedup", "near", "-o", "out", "--threshold", "0.9", "--min-length", "20", *more)
        run = json.loads((place / "out" / "run.json").read_text("utf-8"))
        Draft202012Validator(schema("run")).validate(run)
        assert (run["config"]["threshold"], run["config"]["min_length"]) == (0.9, 20)
        assert run["counts"]["near"] == 1


def test_what_a_configuration_file_says_of_inputs_holds(place):
    (place / "t.jsonl").write_text("".join(json.dumps({"body": paragraph(1)}) + "\n" for _ in "ab"), "utf-8")
    (place / "kanwu.toml").write_text('text-field = "body"\nlang = "en"\n', "utf-8")
    code, told, _ = kanwu("dedup", "t.jsonl", "-o", "out")
    assert code == 0
    assert "exact copies: 1" in told


def test_a_paragraph_that_many_documents_share_is_counted_by_documents(place):
    lay(place / "many", **{f"d{n}": f"{paragraph(1)}\n{paragraph(1)}\n{paragraph(n + 9)}" for n in range(4)})
    _, told, _ = kanwu("dedup", "many", "-o", "out", "--lang", "en")
    assert "documents 4, places 8: " in told
