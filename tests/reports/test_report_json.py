"""report.json, run.json and the JSON lines against their published schemas."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError
from report_samples import hostile_run, sample_run

from cleaner.model import RunResult
from cleaner.reports import jsonl
from cleaner.reports.json_report import (
    OPTIONAL_RUN_FIELDS,
    RUN_FIELDS,
    SCHEMAS,
    render_json,
    render_run,
    report,
    schema,
)

RUN = {
    "schema_version": 1, "product": "kanwu", "version": "0.1.0", "python": "3.11.9",
    "started": "2024-01-02T03:04:05+00:00", "finished": "2024-01-02T03:04:06+00:00",
    "packs": {"numeral": "ab" * 32}, "opencc": "1.4.2", "config": {"level": "probable"},
    "inputs": [{
        "doc": "a.txt", "path": "in/a.txt", "sha256": "ab" * 32, "kind": "text", "encoding": "utf-8", "bom": "efbbbf",
        "line_ends": "\n", "text_field": "", "rows": {}, "output_sha256": "cd" * 32,
    }],
    "outputs": [{"path": "text/a.txt", "sha256": "cd" * 32}], "counts": {"documents": 1},
    "timings": {"clean": 0.1}, "problems": [], "refusals": [], "exit_code": 0,
}  # fmt: skip


def check(name: str, value) -> None:
    Draft202012Validator(schema(name)).validate(value)


def lines(writer, run: RunResult) -> list[dict]:
    target = io.StringIO(newline="")
    writer(run, target)
    target.getvalue().encode()
    return [json.loads(line) for line in target.getvalue().splitlines()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas_and_allow_no_unknown_field(name):
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["additionalProperties"] is False
    optional = {
        "run": set(OPTIONAL_RUN_FIELDS),
        "decisions": {"left", "right", "occurrence", "text", "seen"},
    }.get(name, set())
    assert set(schema(name)["required"]) == set(schema(name)["properties"]) - optional


def test_an_unknown_schema_is_an_error():
    with pytest.raises(KeyError):
        schema("../html")


@pytest.mark.parametrize(
    "run", [sample_run(), hostile_run(), RunResult(())], ids=["sample", "hostile", "empty"]
)
def test_report_json_fits_its_schema(run):
    check("report", json.loads(render_json(run)))


@pytest.mark.parametrize(
    ("name", "writer"),
    [("edits", jsonl.write_edits), ("findings", jsonl.write_findings), ("blocks", jsonl.write_blocks)],
)
def test_json_lines_fit_their_schema(name, writer):
    for run in (sample_run(), hostile_run()):
        rows = lines(writer, run)
        assert rows
        for row in rows:
            check(name, row)
        assert len({tuple(row) for row in rows}) == 1


def test_every_edit_is_a_line_in_ledger_order():
    rows = lines(jsonl.write_edits, sample_run())
    assert [row["edit_id"] for row in rows] == [f"e{n:04d}" for n in range(12)]


def test_blocks_carry_base_and_clean_places():
    run = sample_run()
    cleaned = run.documents[0].cleaned
    row = next(
        r for r in lines(jsonl.write_blocks, run) if r["clean_start"] == cleaned.text.index("过去一年")
    )
    assert row["type"] == "paragraph"
    assert cleaned.document.text[row["start"] : row["end"]].startswith("过去一年,全县")


def test_lines_are_lines_even_with_separators_and_lone_surrogates():
    text = jsonl.line({"a": "甲\u2028乙\x85\n丙"})
    assert len(text.splitlines()) == 1
    assert json.loads(text)["a"] == "甲\u2028乙\x85\n丙"
    assert json.loads(jsonl.line({"a": "\ud800"}).encode())["a"] == "\ud800"
    assert "云泽" in jsonl.line({"a": "云泽"})


def test_report_counts_what_is_there():
    content = report(sample_run())
    first = content["documents"][0]
    assert content["counts"]["edits_applied"] == first["edits"]["applied"] == 10
    assert content["counts"]["edits_shown"] == first["edits"]["shown"] == 2
    assert sum(r["applied"] + r["shown"] for r in first["edits"]["by_rule"]) == 12
    assert content["counts"]["findings"] == {"error": 1, "warning": 1, "info": 0}
    assert content["coverage"] == {"in_equality": 3, "in_inequality": 1, "in_nothing": 4, "not_understood": 1}
    assert content["counts"]["contracts"] == {"kept": 1, "not_applicable": 1, "broken": 3}


def test_text_that_utf8_cannot_hold_is_escaped():
    run = sample_run()
    broken = replace(run, refusals=(replace(run.refusals[0], reason="\ud800"),))
    assert json.loads(render_json(broken).encode())["refusals"][0]["reason"] == "\ud800"


def test_run_json_has_its_fields_in_their_order_and_fits_its_schema():
    shuffled = dict(sorted(RUN.items(), reverse=True))
    loaded = json.loads(render_run(shuffled))
    assert tuple(loaded) == RUN_FIELDS
    check("run", loaded)


def test_run_json_with_a_missing_or_unknown_field_is_refused():
    with pytest.raises(ValueError, match="exit_code"):
        render_run({k: v for k, v in RUN.items() if k != "exit_code"})
    with pytest.raises(ValueError, match="extra"):
        render_run({**RUN, "extra": 1})
    with pytest.raises(ValidationError):
        check("run", {**RUN, "exit_code": 3})
